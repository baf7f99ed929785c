package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.RunStatus;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.aws.Port;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.rds.RdsClient;

/** Releases and jobs run once, whatever happens around them. */
class RunOnceTest {
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final String UNPROTECTED = "database: {deletionProtection: false}";

    private final Simulation simulation = new Simulation(72);
    private String zone;

    @BeforeEach
    void converged() {
        zone = simulation.zone();
        apply("1.4.2");
        until("Ready", Simulation::ready);
        simulation.run(Duration.ofMinutes(20));
    }

    private void apply(String image, String... lines) {
        var all = new ArrayList<>(List.of(lines));
        all.add("image: example.org/mycandidate:" + image);
        all.add(UNPROTECTED);
        simulation.apply(Simulation.spec(zone, all.toArray(String[]::new)));
    }

    private static String release(String more) {
        return "release: {command: [alembic, upgrade, head]" + more + "}";
    }

    private void until(String what, Predicate<Status> wanted) {
        simulation.until(
                what,
                LONGEST,
                status -> status.observedGeneration()
                                .equals(simulation.resource.getMetadata().getGeneration())
                        && wanted.test(status));
    }

    private void ready() {
        until("Ready", Simulation::ready);
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.ready()).as(simulation::describe).isTrue();
    }

    private String stalled() {
        until("Stalled", status -> Conditions.is(status.conditions(), Conditions.STALLED));
        return Conditions.find(status().conditions(), Conditions.STALLED)
                .orElseThrow()
                .getMessage();
    }

    private Status status() {
        return simulation.resource.getStatus();
    }

    private RunStatus release() {
        return status().rollout().release();
    }

    private List<String> ran() {
        return simulation.aws.commands().stream()
                .map(one -> one.replace("example.org/mycandidate:", "").replace(" alembic upgrade head", ""))
                .toList();
    }

    private void runs() {
        until("Running", status -> "Running".equals(release().state()) && !ran().isEmpty());
    }

    private EcsClient ecs() {
        return simulation.aws.of(EcsClient.class);
    }

    private String cluster() {
        return ecs().listClusters().clusterArns().getFirst();
    }

    private Map<String, String> tags() {
        return ecs().listTagsForResource(request -> request.resourceArn(cluster())).tags().stream()
                .collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private List<String> notes() {
        return tags().keySet().stream()
                .filter(key -> key.startsWith("mycandidate.africa/run/release/"))
                .toList();
    }

    private String note() {
        return notes().getFirst();
    }

    @Test
    void addedToARunningSiteItRunsOnceForTheImageThatServes() {
        apply("1.4.2", release(""));
        ready();
        assertThat(ran()).containsExactly("1.4.2");
        assertThat(simulation.effects).extracting(Port.Effect::operation).doesNotContain("updateService");
        apply("1.4.2", release(""), "container: {environment: {GREETING: hello}}");
        ready();
        assertThat(ran()).as("other settings are no other image").containsExactly("1.4.2");
        apply("1.4.2");
        ready();
        apply("1.4.2", release(""));
        ready();
        assertThat(ran()).as("taken out and put back").containsExactly("1.4.2");
        simulation.effects.clear();
        simulation.run(Duration.ofHours(30));
        assertThat(simulation.mutations()).as("steady means silent").isZero();
    }

    @Test
    void takenOutItLetsTheImageServeThatFailed() {
        apply("1.5.0-badmigration", release(""));
        stalled();
        assertThat(status().rollout().image()).endsWith(":1.4.2");
        apply("1.5.0-badmigration");
        ready();
        assertThat(status().rollout().image()).endsWith(":1.5.0-badmigration");
        assertThat(ran()).hasSize(1);
    }

    @Test
    void anotherCommandRunsAgain() {
        apply("1.4.2", "release: {command: [\"false\"]}");
        stalled();
        apply("1.4.2", release(""));
        ready();
        assertThat(ran()).containsExactly("1.4.2 false", "1.4.2");
    }

    @Test
    void theNextImageWaitsForTheEndOfTheOneBefore() {
        apply("1.5.0-slow", release(", timeoutMinutes: 120"));
        runs();
        apply("1.6.0", release(", timeoutMinutes: 120"));
        simulation.run(Duration.ofMinutes(5));
        assertThat(ran()).containsExactly("1.5.0-slow");
        assertThat(status().summary().state()).contains("comes to its end by itself first");
        ready();
        assertThat(ran()).containsExactly("1.5.0-slow", "1.6.0");
        apply("1.5.0-slow", release(", timeoutMinutes: 120"));
        ready();
        assertThat(ran()).as("its end was written down all the same").containsExactly("1.5.0-slow", "1.6.0");
    }

    @Test
    void whatTakesTooLongIsStoppedAndHasFailed() {
        apply("1.5.0-slow", release(", timeoutMinutes: 10"));
        assertThat(stalled()).contains("stopped after its timeout of 10 minutes");
        assertThat(release().state()).isEqualTo("Failed");
        assertThat(status().rollout().image()).endsWith(":1.4.2");
    }

    /** ECS forgets a stopped task after an hour. */
    @Test
    void whatNobodySawEndIsNeitherRunAgainNorTakenForDone() {
        forgotten();
        ecs().tagResource(request ->
                request.resourceArn(cluster()).tags(tag -> tag.key(note()).value("succeeded")));
        ready();
        assertThat(ran()).containsExactly("1.5.0");
        assertThat(status().rollout().image()).endsWith(":1.5.0");
    }

    @Test
    void whatNobodySawEndRunsAgainWhereTheUserSaysSo() {
        forgotten();
        ecs().untagResource(request -> request.resourceArn(cluster()).tagKeys(note()));
        ready();
        assertThat(ran()).containsExactly("1.5.0", "1.5.0");
    }

    /** People write what they like into a tag. */
    @Test
    void whatIsWrittenByHandIsBelievedWhereItCanBeRead() {
        apply("1.5.0", release(""));
        ready();
        write("retry it");
        assertThat(stalled()).contains("begins with none of the words begun, started, succeeded and failed");
        assertThat(release().state()).isEqualTo("Unknown");
        simulation.run(Duration.ofHours(2));
        write("");
        simulation.run(Duration.ofMinutes(5));
        assertThat(stalled()).contains("begins with none of the words");
        write("failed - - - - oom");
        assertThat(stalled()).contains("the release of example.org/mycandidate:1.5.0 failed");
        write("Succeeded checked by Thabo on Thursday evening");
        ready();
        assertThat(ran()).containsExactly("1.5.0");
    }

    private void write(String value) {
        ecs().tagResource(request ->
                request.resourceArn(cluster()).tags(tag -> tag.key(note()).value(value)));
        simulation.run(Duration.ofMinutes(2));
    }

    /** A migration that hangs must not hold up its own correction for two hours. */
    @Test
    void oneThatHangsIsStoppedWhenTheTimeoutOfItsSuccessorIsUp() {
        apply("1.5.0-slow", release(", timeoutMinutes: 120"));
        runs();
        apply("1.6.0", release(", timeoutMinutes: 5"));
        simulation.run(Duration.ofMinutes(15));
        ready();
        assertThat(ran()).containsExactly("1.5.0-slow", "1.6.0");
        assertThat(simulation.effects).extracting(Port.Effect::operation).contains("stopTask");
    }

    /** A role without the right to run tasks, and a user who goes back. */
    @Test
    void aNoteOfWhatWasNeverStartedIsTakenOffAgain() {
        simulation.aws.incidents().tasksFull(true);
        apply("1.5.0", release(""));
        simulation.run(Duration.ofMinutes(3));
        assertThat(note()).isNotEmpty();
        apply("1.4.2");
        simulation.run(Duration.ofMinutes(50));
        assertThat(notes()).isEmpty();
        simulation.aws.incidents().tasksFull(false);
        simulation.run(Duration.ofHours(2));
        apply("1.5.0", release(""));
        ready();
        assertThat(ran()).containsExactly("1.5.0");
    }

    @Test
    void aChangeOfTheDatabaseInTheSameSpecComesFirst() {
        simulation.effects.clear();
        simulation.apply(Simulation.spec(
                zone,
                "image: example.org/mycandidate:1.5.0",
                release(""),
                "database: {deletionProtection: false, instanceClass: db.t3.medium}"));
        var seen = new ArrayList<String>();
        simulation.eachSecond = () -> {
            if (!simulation.aws.commands().isEmpty() && seen.isEmpty())
                seen.add(simulation
                        .clients()
                        .of(RdsClient.class)
                        .describeDBInstances()
                        .dbInstances()
                        .getFirst()
                        .dbInstanceClass());
        };
        ready();
        assertThat(seen).containsExactly("db.t3.medium");
        assertThat(ran()).containsExactly("1.5.0");
    }

    /** What is left of a run is no drift. */
    @Test
    void underReportWhatIsNotedIsRunAllTheSame() {
        apply("1.5.0", release(""), "driftPolicy: Report");
        ready();
        var done = tags().get(note());
        write("begun " + simulation.now() + " " + done.split(" ")[2]);
        ready();
        assertThat(status().drift()).isEmpty();
        assertThat(tags().get(note())).startsWith("succeeded");
        assertThat(ran()).containsExactly("1.5.0", "1.5.0");
    }

    private void forgotten() {
        apply("1.5.0", release(""));
        runs();
        simulation.rest(Duration.ofHours(30));
        simulation.start();
        assertThat(stalled()).contains("nobody knows how the release of example.org/mycandidate:1.5.0 ended");
        assertThat(release().state()).isEqualTo("Unknown");
        simulation.run(Duration.ofHours(3));
        assertThat(ran()).containsExactly("1.5.0");
        assertThat(status().rollout().image()).endsWith(":1.4.2");
    }

    @Test
    void withoutRoomOnFargateItIsTriedUntilThereIs() {
        simulation.aws.incidents().tasksFull(true);
        apply("1.5.0", release(""));
        simulation.run(Duration.ofMinutes(100));
        assertThat(ran()).isEmpty();
        assertThat(status().summary().state()).contains("Capacity is unavailable at this time");
        simulation.aws.incidents().tasksFull(false);
        ready();
        assertThat(ran()).containsExactly("1.5.0");
    }

    @Test
    void whatCouldNotBeStartedRanNotAndIsTriedThreeTimes() {
        apply("1.5.0-missing", release(""));
        assertThat(stalled()).contains("CannotPullContainerError").doesNotContain("exit code");
        assertThat(ran()).isEmpty();
        assertThat(started()).isEqualTo(3);
        simulation.aws.incidents().registryDown(true);
        apply("1.5.0", release(""));
        simulation.run(Duration.ofSeconds(90));
        simulation.aws.incidents().registryDown(false);
        ready();
        assertThat(ran()).containsExactly("1.5.0");
    }

    private long started() {
        return simulation.effects.stream()
                .filter(effect -> effect.operation().equals("runTask"))
                .count();
    }

    @Test
    void deletionStopsItBeforeTheLastSnapshot() {
        apply("1.5.0-slow", release(", timeoutMinutes: 120"));
        runs();
        simulation.effects.clear();
        simulation.remove(LONGEST);
        var order = simulation.mutating().stream().map(Port.Effect::operation).toList();
        assertThat(order).contains("stopTask", "deleteDBInstance");
        assertThat(order.indexOf("stopTask")).isLessThan(order.indexOf("deleteDBInstance"));
    }

    @Test
    void aJobRunsOnceInTheImageThatServes() {
        apply("1.5.0", release(""), "jobs: [{name: load, command: [flask, load]}]");
        ready();
        assertThat(ran()).containsExactly("1.5.0", "1.5.0 flask load");
        assertThat(status().jobs()).singleElement().satisfies(job -> {
            assertThat(job.name()).isEqualTo("load");
            assertThat(job.state()).isEqualTo("Succeeded");
            assertThat(job.exitCode()).isZero();
            assertThat(job.log()).contains(" app/app/");
        });
        apply("1.6.0", release(""), "jobs: [{name: load, command: [flask, load]}]");
        ready();
        assertThat(ran()).as("not again with the next image").containsExactly("1.5.0", "1.5.0 flask load", "1.6.0");
        apply("1.6.0", release(""), "jobs: [{name: again, command: [flask, load]}]");
        ready();
        assertThat(ran()).hasSize(4).endsWith("1.6.0 flask load");
        assertThat(status().jobs()).extracting(RunStatus::name).containsExactly("again");
        apply("1.6.0");
        ready();
        assertThat(status().jobs()).isNull();
        assertThat(ecs().listTagsForResource(request -> request.resourceArn(cluster()))
                        .tags())
                .as("what is taken out is forgotten")
                .noneMatch(tag -> tag.key().contains("/run/job-"));
    }

    @Test
    void aJobThatFailsIsToldAndMayBeMended() {
        apply("1.4.2", "jobs: [{name: load, command: [\"false\"]}]");
        assertThat(stalled()).contains("the job load failed: exit code 1").contains("app/app/");
        assertThat(Conditions.find(status().conditions(), Conditions.STALLED)
                        .orElseThrow()
                        .getReason())
                .isEqualTo("JobFailed");
        simulation.run(Duration.ofHours(2));
        assertThat(ran()).containsExactly("1.4.2 false");
        apply("1.4.2", "jobs: [{name: load, command: [flask, load]}]");
        ready();
        assertThat(ran()).containsExactly("1.4.2 false", "1.4.2 flask load");
    }

    @Test
    void nothingRunsWhileAwsIsLeftAlone() {
        for (var held : List.of("suspend: true", "management: Observe")) {
            apply("1.5.0", release(""), "jobs: [{name: load, command: [flask, load]}]", held);
            simulation.run(Duration.ofHours(1));
            assertThat(ran()).isEmpty();
        }
        apply("1.5.0", release(""), "jobs: [{name: load, command: [flask, load]}]");
        ready();
        assertThat(ran()).hasSize(2);
    }
}
