package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

/** Data are lost where the spec names what may be lost, and nowhere else. */
class DataLossTest {
    private static final String KEY = "arn:aws:kms:af-south-1:123456789012:key/12345678-1234-1234-1234-123456789012";
    private static final String OTHER_KEY = "database: {deletionProtection: false, kmsKeyArn: \"" + KEY + "\"}";

    private final DataSite site = new DataSite(81);

    @Test
    void anEmptyDatabaseTakesThePlaceOfOneThatIsGoneOnlyWhereAllowed() {
        site.ready();
        site.simulation.aws.write(site.id(), "candidates");
        site.deleteByHand("last-of-it", false);
        site.stalled();
        site.apply("allowDataLoss: [cache]");
        site.simulation.run(Duration.ofMinutes(30));
        assertThat(site.message()).contains("list database in spec.allowDataLoss");
        assertThat(site.rds.describeDBInstances().dbInstances()).isEmpty();
        site.apply("allowDataLoss: [database]", "management: Observe");
        site.simulation.pass();
        assertThat(site.steps("DbInstance/main"))
                .singleElement()
                .satisfies(step -> assertThat(step.interruption()).isEqualTo("DataLoss"))
                .satisfies(step -> assertThat(step.because()).contains("spec.allowDataLoss names the database"));
        site.ready("allowDataLoss: [database]");
        assertThat(site.data()).startsWith("empty since");
        assertThat(site.simulation.aws.snapshotData("last-of-it")).isEqualTo("candidates");
    }

    @Test
    void anEmptyCacheTakesThePlaceOfOneThatIsGoneOnlyWhereAllowed() {
        site.ready();
        site.deleteCacheByHand();
        assertThat(site.stalled()).contains("list cache in spec.allowDataLoss").doesNotContain("restoreFrom");
        site.ready("allowDataLoss: [cache]");
        assertThat(site.simulation.serving()).isPositive();
        assertThat(site.simulation
                        .aws
                        .of(ElastiCacheClient.class)
                        .describeReplicationGroups()
                        .replicationGroups())
                .hasSize(1);
    }

    @Test
    void anotherKeyReplacesTheDatabaseAfterALastSnapshot() {
        site.ready("database: {deletionProtection: false}");
        site.simulation.aws.write(site.id(), "candidates");
        site.apply(OTHER_KEY);
        assertThat(site.stalled())
                .contains("AWS cannot change this of")
                .contains("list database in spec.allowDataLoss")
                .contains("kmsKeyArn");
        assertThat(site.data()).isEqualTo("candidates");
        site.ready(OTHER_KEY, "allowDataLoss: [database]");
        assertThat(site.database().kmsKeyId()).isEqualTo(KEY);
        assertThat(site.data()).startsWith("empty since");
        assertThat(site.snapshots()).anyMatch(snapshot -> site.simulation
                .aws
                .snapshotData(snapshot.dbSnapshotIdentifier())
                .equals("candidates"));
        assertThat(site.simulation.serving()).isPositive();
    }

    @Test
    void deletionPolicyDeleteWantsNoLastSnapshot() {
        site.ready("database: {deletionProtection: false}");
        site.ready(OTHER_KEY, "allowDataLoss: [database]", "deletionPolicy: Delete");
        assertThat(site.snapshots())
                .noneMatch(snapshot -> snapshot.snapshotType().equals("manual"));
    }

    @Test
    void aProtectedDatabaseIsNotReplacedWhateverMayBeLost() {
        site.ready();
        site.simulation.aws.write(site.id(), "candidates");
        site.apply("database: {kmsKeyArn: \"" + KEY + "\"}", "allowDataLoss: [database]");
        assertThat(site.stalled()).contains("set spec.database.deletionProtection to false");
        assertThat(site.data()).isEqualTo("candidates");
        assertThat(site.calls()).isEmpty();
    }

    @Test
    void anApprovalIsAskedForBeforeDataGo() {
        site.ready("database: {deletionProtection: false}", "approval: Disruptive");
        site.simulation.aws.write(site.id(), "candidates");
        site.apply(OTHER_KEY, "allowDataLoss: [database]", "approval: Disruptive");
        assertThat(site.stalled())
                .contains("is of class DataLoss and waits for an approval")
                .contains("kmsKeyArn");
        assertThat(site.calls()).isEmpty();
        site.simulation.annotate(Annotations.APPROVE, site.status().plan().hash());
        site.simulation.run(Duration.ofHours(1));
        assertThat(site.message()).contains("is of class DataLoss and waits for an approval");
        assertThat(site.rds.describeDBInstances().dbInstances()).isEmpty();
        site.simulation.annotate(Annotations.APPROVE, site.status().plan().hash());
        site.settle("approved twice");
        assertThat(site.data()).startsWith("empty since");
    }

    @Test
    void replacedAndRestoredInOneGo() {
        site.ready("database: {deletionProtection: false}");
        site.other("theirs", "lists of 2024", request -> request.kmsKeyId(KEY));
        site.snapshot("theirs", "lists");
        site.ready(
                "database: {deletionProtection: false, kmsKeyArn: \"" + KEY + "\", restoreFrom: {snapshot: lists}}",
                "allowDataLoss: [database]");
        assertThat(site.data()).isEqualTo("lists of 2024");
    }
}
