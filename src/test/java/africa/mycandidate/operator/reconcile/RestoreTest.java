package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A database that begins with the data of another. */
class RestoreTest {
    private final DataSite site = new DataSite(71);

    @Test
    void aNewSiteBeginsWithTheDataOfASnapshotAndItsOwnPassword() {
        site.other("theirs", "lists of 2024", any -> {});
        site.snapshot("theirs", "lists");
        site.simulation.aws.write("theirs", "lists of 2025");
        var tasksBeforeThePassword = new AtomicInteger();
        site.simulation.port = (effect, call) -> {
            var answer = call.run();
            if (effect.operation().equals("createSecret") && urlExists() && !passwordIsOurs())
                tasksBeforeThePassword.incrementAndGet();
            return answer;
        };
        site.apply("database: {restoreFrom: {snapshot: lists}, backupRetentionDays: 14}");
        site.simulation.until("Ready", DataSite.LONGEST, Simulation::ready);
        assertThat(site.calls().stream().filter(call -> call.matches("(create|restore)DBInstance.*")))
                .containsExactly("restoreDBInstanceFromDBSnapshot");
        assertThat(site.data()).isEqualTo("lists of 2024");
        assertThat(site.database().backupRetentionPeriod()).isEqualTo(14);
        assertThat(site.database().maxAllocatedStorage()).isEqualTo(100);
        assertThat(site.database().multiAZ()).isTrue();
        assertThat(tasksBeforeThePassword.get()).isZero();
        assertThat(site.simulation.serving())
                .as("they log in with our password")
                .isPositive();
        var drift = site.status().drift();
        assertThat(drift == null || drift.isEmpty()).as("%s", drift).isTrue();

        // It is there: where its first data came from matters no more.
        site.settle("settled");
        for (var later : new String[] {
            "database: {restoreFrom: {snapshot: another}, backupRetentionDays: 14}",
            "database: {backupRetentionDays: 14}",
            "database: {restoreFrom: {instance: theirs}, backupRetentionDays: 14}"
        }) {
            site.apply(later);
            site.simulation.run(Duration.ofMinutes(10));
            assertThat(site.simulation.ready()).as(site.simulation.describe()).isTrue();
            assertThat(site.simulation.mutations()).as(later).isZero();
        }
    }

    private boolean urlExists() {
        return site.simulation.aws.of(SecretsManagerClient.class).listSecrets().secretList().stream()
                .anyMatch(secret -> secret.name().contains("database-url"));
    }

    private boolean passwordIsOurs() {
        return site.database().tagList().stream().anyMatch(tag -> tag.key().equals("mycandidate.africa/password"));
    }

    @Test
    void aPointInTimeIsReadInTheTimeZoneOfTheSpec() {
        site.other("theirs", "before the mistake", any -> {});
        var before = site.simulation.clock.instant();
        site.simulation.rest(Duration.ofMinutes(10));
        site.simulation.aws.write("theirs", "after the mistake");
        site.simulation.rest(Duration.ofMinutes(30));
        var time = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm")
                .withZone(ZoneId.of("Africa/Johannesburg"))
                .format(before);
        site.ready(
                "timeZone: Africa/Johannesburg", "database: {restoreFrom: {instance: theirs, time: \"" + time + "\"}}");
        assertThat(site.data()).isEqualTo("before the mistake");
    }

    @Test
    void theLatestTimeIsTakenWhereNoneIsNamed() {
        site.other("theirs", "first", any -> {});
        site.simulation.aws.write("theirs", "second");
        site.simulation.rest(Duration.ofMinutes(30));
        site.ready("database: {restoreFrom: {instance: theirs}}");
        assertThat(site.data()).isEqualTo("second");
    }

    @Test
    void anOlderMajorVersionIsRestoredAndThenUpgraded() {
        site.other("theirs", "old", request -> request.engineVersion("15.13"));
        site.snapshot("theirs", "lists");
        site.ready("database: {restoreFrom: {snapshot: lists}}");
        assertThat(site.database().engineVersion()).startsWith("16.");
        assertThat(site.data()).isEqualTo("old");
    }

    @Test
    void aCrashAtAnyWriteMakesNoSecondOneAndNoEmptyOne() {
        site.other("theirs", "lists of 2024", any -> {});
        site.snapshot("theirs", "lists");
        var crashes = new AtomicInteger();
        site.simulation.port = (effect, call) -> {
            var answer = call.run();
            if (effect.service().equals("Rds") && effect.mutating()) {
                if (crashes.incrementAndGet() % 2 == 1) throw new Simulation.Crash();
            }
            return answer;
        };
        site.ready("database: {restoreFrom: {snapshot: lists}}");
        System.out.printf("restore: %d crashes%n", (crashes.get() + 1) / 2);
        assertThat(crashes.get()).isGreaterThan(3);
        assertThat(site.data()).isEqualTo("lists of 2024");
        assertThat(site.rds.describeDBInstances().dbInstances()).hasSize(2);
    }

    @Test
    void aDatabaseDeletedByHandIsRestoredOnceASourceIsNamed() {
        site.ready();
        var id = site.id();
        site.simulation.aws.write(id, "candidates");
        site.deleteByHand("last-of-it", false);
        assertThat(site.stalled())
                .contains("somebody deleted it")
                .contains("set spec.database.restoreFrom")
                .contains("list database in spec.allowDataLoss");
        assertThat(site.rds.describeDBInstances().dbInstances()).isEmpty();
        site.ready("database: {restoreFrom: {snapshot: last-of-it}}");
        assertThat(site.id()).isEqualTo(id);
        assertThat(site.data()).isEqualTo("candidates");
    }

    @Test
    void backupsThatWereKeptAreAsGoodAsASnapshot() {
        site.ready();
        var id = site.id();
        site.simulation.aws.write(id, "candidates");
        site.deleteByHand(null, true);
        site.stalled();
        site.ready("database: {restoreFrom: {instance: " + id + "}}");
        assertThat(site.data()).isEqualTo("candidates");
    }

    /** The source that it once began with has none of what came later. */
    @Test
    void aSourceThatWasNamedBeforeIsNotTakenTwice() {
        site.other("theirs", "lists of 2024", any -> {});
        site.snapshot("theirs", "lists");
        site.ready("database: {restoreFrom: {snapshot: lists}}");
        site.simulation.aws.write(site.id(), "votes of 2029");
        site.deleteByHand("last-of-it", false);
        assertThat(site.stalled()).contains("what came later is not in it");
        assertThat(site.rds.describeDBInstances().dbInstances()).hasSize(1);
        site.ready("database: {restoreFrom: {snapshot: last-of-it}}");
        assertThat(site.data()).isEqualTo("votes of 2029");
    }

    private DynamicTest wrong(
            String what, String spec, String sentence, Consumer<CreateDbInstanceRequest.Builder> other) {
        return DynamicTest.dynamicTest(what, () -> {
            var wrong = new DataSite(73);
            wrong.other("theirs", "theirs", other);
            wrong.snapshot("theirs", "lists");
            wrong.apply("timeZone: Africa/Johannesburg", spec);
            assertThat(wrong.stalled()).contains(sentence);
            assertThat(wrong.rds.describeDBInstances().dbInstances())
                    .as("nothing is made of it")
                    .hasSize(1);
        });
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeRestoredIsSaid() {
        return Stream.of(
                wrong(
                        "no such snapshot",
                        "database: {restoreFrom: {snapshot: list}}",
                        "there is no snapshot list in this account and region",
                        any -> {}),
                wrong(
                        "another user",
                        "database: {restoreFrom: {snapshot: lists}}",
                        "has the master user owner, and the application logs in as mycandidate",
                        request -> request.masterUsername("owner")),
                wrong(
                        "too large",
                        "database: {restoreFrom: {snapshot: lists}}",
                        "write database.storageGiB of at least 50",
                        request -> request.allocatedStorage(50)),
                wrong(
                        "a newer version",
                        "database: {restoreFrom: {snapshot: lists}}",
                        "write database.engineVersion: \"17\"",
                        request -> request.engineVersion("17.5")),
                wrong(
                        "not encrypted",
                        "database: {restoreFrom: {snapshot: lists}}",
                        "is not encrypted, and a restore cannot change that",
                        request -> request.storageEncrypted(false)),
                wrong(
                        "another database in an instance",
                        "database: {restoreFrom: {instance: theirs}}",
                        "holds the database candidates, and the application uses mycandidate",
                        request -> request.dbName("candidates")),
                wrong(
                        "no backups",
                        "database: {restoreFrom: {instance: theirs}}",
                        "there are no automated backups of an instance theirs",
                        request -> request.backupRetentionPeriod(0)),
                wrong(
                        "a time to come",
                        "database: {restoreFrom: {instance: theirs, time: \"2099-01-01T00:00\"}}",
                        "and database.restoreFrom.time is 2098-12-31T22:00:00Z",
                        any -> {}));
    }

    /** A snapshot does not show the name of its database. */
    @Test
    void anotherDatabaseInASnapshotIsFoundBeforeAnybodyLogsIn() {
        site.other("theirs", "theirs", request -> request.dbName("candidates"));
        site.snapshot("theirs", "lists");
        site.apply("database: {restoreFrom: {snapshot: lists}}");
        assertThat(site.stalled()).contains("databaseName: candidates → mycandidate");
        assertThat(urlExists()).isFalse();
    }
}
