package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.sim.Logins.Login;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.rds.model.*;

class SimRdsTest extends EdgeFixture {
    private static final Duration LONG = Duration.ofHours(1);

    private final SimRds rds = aws.rds;
    private Vpc vpc;
    private String clients;
    private String servers;

    @BeforeEach
    void network() {
        vpc = vpc("10.0");
        clients = group("clients");
        servers = group("servers");
        aws.ec2.authorizeSecurityGroupIngress(call -> call.groupId(servers).ipPermissions(rule -> rule.ipProtocol("tcp")
                .fromPort(5432)
                .toPort(5432)
                .userIdGroupPairs(pair -> pair.groupId(clients))));
        rds.createDBSubnetGroup(call -> call.dbSubnetGroupName("Site")
                .dbSubnetGroupDescription("site")
                .subnetIds(vpc.publicSubnets().getFirst(), vpc.privateSubnet()));
        rds.createDBParameterGroup(call -> call.dbParameterGroupName("site")
                .dbParameterGroupFamily("postgres16")
                .description("site"));
        settle();
    }

    private String group(String name) {
        var id = aws.ec2
                .createSecurityGroup(
                        call -> call.vpcId(vpc.id()).groupName(name).description(name))
                .groupId();
        settle();
        return id;
    }

    private CreateDbInstanceRequest request(Consumer<CreateDbInstanceRequest.Builder> change) {
        var request = CreateDbInstanceRequest.builder()
                .dbInstanceIdentifier("Main")
                .engine("postgres")
                .engineVersion("16")
                .dbInstanceClass("db.t3.small")
                .multiAZ(true)
                .allocatedStorage(20)
                .maxAllocatedStorage(100)
                .storageEncrypted(true)
                .dbName("candidates")
                .masterUsername("owner")
                .masterUserPassword("correct-horse")
                .dbSubnetGroupName("site")
                .dbParameterGroupName("site")
                .vpcSecurityGroupIds(servers)
                .preferredMaintenanceWindow("Sun:02:00-Sun:03:00")
                .preferredBackupWindow("00:00-00:30")
                .backupRetentionPeriod(7)
                .tags(Tag.builder().key("k").value("v").build());
        change.accept(request);
        return request.build();
    }

    private DBInstance shown() {
        return rds.describeDBInstances(call -> call.dbInstanceIdentifier("main"))
                .dbInstances()
                .getFirst();
    }

    private void running() {
        rds.createDBInstance(request(call -> {}));
        pass(LONG);
    }

    private DynamicTest creation(String name, String code, Consumer<CreateDbInstanceRequest.Builder> change) {
        return refusals(
                        rds::existing,
                        refusal(
                                name,
                                code,
                                code.endsWith("NotFoundFault") || code.endsWith("NotFound") ? 404 : 400,
                                () -> rds.createDBInstance(request(change))))
                .findFirst()
                .orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> creations() {
        return Stream.of(
                creation("an unknown class", "InvalidParameterValue", call -> call.dbInstanceClass("db.t9.small")),
                creation("an unknown version", "InvalidParameterCombination", call -> call.engineVersion("16.99")),
                creation(
                        "a class that the version is not sold with",
                        "InvalidParameterCombination",
                        call -> call.engineVersion("16.8")),
                creation("a reserved user", "InvalidParameterValue", call -> call.masterUsername("admin")),
                creation("a user of the engine", "InvalidParameterValue", call -> call.masterUsername("pg_x")),
                creation("a short password", "InvalidParameterValue", call -> call.masterUserPassword("short")),
                creation(
                        "a password with an at sign",
                        "InvalidParameterValue",
                        call -> call.masterUserPassword("correct@horse")),
                creation(
                        "a zone with Multi-AZ",
                        "InvalidParameterCombination",
                        call -> call.availabilityZone("af-south-1a")),
                creation("little storage", "InvalidParameterCombination", call -> call.allocatedStorage(5)),
                creation(
                        "a lower limit than the storage",
                        "InvalidParameterCombination",
                        call -> call.maxAllocatedStorage(10)),
                creation("IOPS for small gp3", "InvalidParameterCombination", call -> call.iops(4000)),
                creation("a key without encryption", "InvalidParameterCombination", call -> call.storageEncrypted(false)
                        .kmsKeyId("k")),
                creation("retention of 36 days", "InvalidParameterValue", call -> call.backupRetentionPeriod(36)),
                creation("an unknown group", "InvalidParameterValue", call -> call.vpcSecurityGroupIds("sg-0")),
                creation(
                        "an unknown subnet group",
                        "DBSubnetGroupNotFoundFault",
                        call -> call.dbSubnetGroupName("none")),
                creation(
                        "an unknown parameter group",
                        "DBParameterGroupNotFound",
                        call -> call.dbParameterGroupName("none")),
                creation(
                        "a parameter group of another family",
                        "InvalidParameterCombination",
                        call -> call.engineVersion("17")),
                creation(
                        "advanced insights without history",
                        "InvalidParameterCombination",
                        call -> call.databaseInsightsMode("advanced")),
                creation("insights for 8 days", "InvalidParameterValue", call -> call.enablePerformanceInsights(true)
                        .performanceInsightsRetentionPeriod(8)),
                creation(
                        "an id with a double hyphen",
                        "InvalidParameterValue",
                        call -> call.dbInstanceIdentifier("a--b")));
    }

    private static Refusal wrong(String name, String code, Supplier<?> call) {
        return refusal(name, code, code.endsWith("NotFoundFault") || code.endsWith("NotFound") ? 404 : 400, call);
    }

    private Refusal change(String name, String code, Consumer<ModifyDbInstanceRequest.Builder> change) {
        return wrong(name, code, () -> rds.modifyDBInstance(call -> change.accept(call.dbInstanceIdentifier("main"))));
    }

    @TestFactory
    Stream<DynamicTest> changesAndNames() {
        running();
        rds.modifyDBInstance(call -> call.dbInstanceIdentifier("main").deletionProtection(true));
        return refusals(
                rds::existing,
                wrong("a taken id", "DBInstanceAlreadyExists", () -> rds.createDBInstance(request(call -> {}))),
                change("no change", "InvalidParameterCombination", call -> call.multiAZ(true)),
                change("less storage", "InvalidParameterCombination", call -> call.allocatedStorage(19)),
                change("a little more storage", "InvalidParameterCombination", call -> call.allocatedStorage(21)),
                change("an unknown class", "InvalidParameterValue", call -> call.dbInstanceClass("big")),
                change("an older version", "InvalidParameterCombination", call -> call.engineVersion("15")),
                change("a major version unasked", "InvalidParameterCombination", call -> call.engineVersion("17")),
                change(
                        "a major version with the old parameter group",
                        "InvalidParameterCombination",
                        call -> call.engineVersion("17").allowMajorVersionUpgrade(true)),
                change("a bad password", "InvalidParameterValue", call -> call.masterUserPassword("x")),
                wrong(
                        "none to change",
                        "DBInstanceNotFound",
                        () -> rds.modifyDBInstance(call -> call.dbInstanceIdentifier("none"))),
                wrong(
                        "none to describe",
                        "DBInstanceNotFound",
                        () -> rds.describeDBInstances(call -> call.dbInstanceIdentifier("none"))),
                wrong(
                        "deletion of a protected one",
                        "InvalidParameterCombination",
                        () -> rds.deleteDBInstance(
                                call -> call.dbInstanceIdentifier("main").skipFinalSnapshot(true))),
                wrong(
                        "subnet group in use",
                        "InvalidDBSubnetGroupStateFault",
                        () -> rds.deleteDBSubnetGroup(call -> call.dbSubnetGroupName("site"))),
                wrong(
                        "a used subnet taken out",
                        "SubnetAlreadyInUse",
                        () -> rds.modifyDBSubnetGroup(
                                call -> call.dbSubnetGroupName("site").subnetIds(vpc.publicSubnets()))),
                wrong(
                        "parameter group in use",
                        "InvalidDBParameterGroupState",
                        () -> rds.deleteDBParameterGroup(call -> call.dbParameterGroupName("site"))),
                wrong(
                        "a taken subnet group",
                        "DBSubnetGroupAlreadyExists",
                        () -> rds.createDBSubnetGroup(call -> call.dbSubnetGroupName("site")
                                .dbSubnetGroupDescription("x")
                                .subnetIds(vpc.publicSubnets()))),
                wrong(
                        "one zone",
                        "DBSubnetGroupDoesNotCoverEnoughAZs",
                        () -> rds.createDBSubnetGroup(call -> call.dbSubnetGroupName("x")
                                .dbSubnetGroupDescription("x")
                                .subnetIds(vpc.privateSubnet()))),
                wrong(
                        "an unknown subnet",
                        "InvalidSubnet",
                        () -> rds.createDBSubnetGroup(call -> call.dbSubnetGroupName("x")
                                .dbSubnetGroupDescription("x")
                                .subnetIds("subnet-0"))),
                wrong(
                        "no subnet group",
                        "DBSubnetGroupNotFoundFault",
                        () -> rds.deleteDBSubnetGroup(call -> call.dbSubnetGroupName("x"))),
                wrong(
                        "a taken parameter group",
                        "DBParameterGroupAlreadyExists",
                        () -> rds.createDBParameterGroup(call -> call.dbParameterGroupName("site")
                                .dbParameterGroupFamily("postgres16")
                                .description("x"))),
                wrong(
                        "an unknown family",
                        "InvalidParameterValue",
                        () -> rds.createDBParameterGroup(call -> call.dbParameterGroupName("x")
                                .dbParameterGroupFamily("x")
                                .description("x"))),
                wrong(
                        "no parameter group",
                        "DBParameterGroupNotFound",
                        () -> rds.describeDBParameters(call -> call.dbParameterGroupName("x"))),
                wrong(
                        "an unknown parameter",
                        "InvalidParameterValue",
                        () -> rds.modifyDBParameterGroup(
                                call -> call.dbParameterGroupName("site").parameters(one -> one.parameterName("x")
                                        .parameterValue("1")
                                        .applyMethod("immediate")))),
                wrong(
                        "a static parameter at once",
                        "InvalidParameterCombination",
                        () -> rds.modifyDBParameterGroup(call -> call.dbParameterGroupName("site")
                                .parameters(one -> one.parameterName("max_connections")
                                        .parameterValue("100")
                                        .applyMethod("immediate")))),
                wrong(
                        "tags of none",
                        "DBInstanceNotFound",
                        () -> rds.listTagsForResource(call -> call.resourceName(aws.arn("rds", "db:none")))),
                wrong(
                        "a tag key of its own",
                        "InvalidParameterValue",
                        () -> rds.addTagsToResource(call -> call.resourceName(aws.arn("rds", "subgrp:site"))
                                .tags(tag -> tag.key("rds:owner").value("me")))),
                wrong(
                        "a tag value of its own",
                        "InvalidParameterValue",
                        () -> rds.addTagsToResource(call -> call.resourceName(aws.arn("rds", "subgrp:site"))
                                .tags(tag -> tag.key("owner").value("aws:me")))),
                wrong(
                        "a page of 5",
                        "InvalidParameterValue",
                        () -> rds.describeDBInstances(call -> call.maxRecords(5))));
    }

    @Test
    void creationShowsAnEndpointLateAndThenLetsTasksIn() {
        rds.createDBInstance(request(call -> {}));
        pass(Duration.ofMinutes(1));
        assertThat(shown().dbInstanceStatus()).isEqualTo("creating");
        assertThat(shown().endpoint()).isNull();
        refused(
                "InvalidDBInstanceState",
                400,
                () -> rds.modifyDBInstance(
                        call -> call.dbInstanceIdentifier("main").multiAZ(false)));
        refused(
                "InvalidDBInstanceState",
                400,
                () -> rds.deleteDBInstance(
                        call -> call.dbInstanceIdentifier("main").finalDBSnapshotIdentifier("last")));
        pass(LONG);
        var instance = shown();
        assertThat(instance.dbInstanceStatus()).isEqualTo("available");
        assertThat(instance.engineVersion()).isEqualTo("16.9");
        assertThat(instance.storageType()).isEqualTo("gp3");
        assertThat(instance.preferredMaintenanceWindow()).isEqualTo("sun:02:00-sun:03:00");
        assertThat(instance.tagList())
                .containsExactly(Tag.builder().key("k").value("v").build());
        var host = instance.endpoint().address();
        assertThat(host).matches("main\\.c[0-9a-f]{11}\\.af-south-1\\.rds\\.amazonaws\\.com");
        var from = List.of(clients);
        assertThat(rds.login(host, 5432, from, "owner", "correct-horse", "candidates", true))
                .isEqualTo(Login.OK);
        assertThat(rds.login(host, 5432, from, "owner", "correct-horse", "candidates", false))
                .as("TLS is forced")
                .isEqualTo(Login.REFUSED);
        assertThat(rds.login(host, 5432, from, "owner", "wrong", "candidates", true))
                .isEqualTo(Login.REFUSED);
        assertThat(rds.login(host, 5432, from, "owner", "correct-horse", "other", true))
                .isEqualTo(Login.REFUSED);
        assertThat(rds.login(host, 5432, List.of(servers), "owner", "correct-horse", "candidates", true))
                .isEqualTo(Login.UNREACHABLE);
        assertThat(rds.login(host, 1, from, "owner", "correct-horse", "candidates", true))
                .isEqualTo(Login.UNREACHABLE);
        assertThat(rds.login("none", 5432, from, "owner", "correct-horse", "candidates", true))
                .isEqualTo(Login.NO_SUCH_HOST);
    }

    @Test
    void aDeferredChangeWaitsForTheWindowOrTheNextImmediateOne() {
        running();
        rds.modifyDBInstance(call -> call.dbInstanceIdentifier("main").dbInstanceClass("db.t3.medium"));
        pass(Duration.ofHours(2));
        assertThat(shown().dbInstanceClass()).isEqualTo("db.t3.small");
        assertThat(shown().pendingModifiedValues().dbInstanceClass()).isEqualTo("db.t3.medium");
        rds.modifyDBInstance(
                call -> call.dbInstanceIdentifier("main").allocatedStorage(40).applyImmediately(true));
        assertThat(rds.truth("main").dbInstanceStatus()).as("the status lags").isEqualTo("available");
        pass(Duration.ofSeconds(70));
        assertThat(shown().dbInstanceStatus()).isEqualTo("modifying");
        pass(LONG.plus(LONG).plus(LONG));
        assertThat(shown().dbInstanceClass()).isEqualTo("db.t3.medium");
        assertThat(shown().allocatedStorage()).isEqualTo(40);
        assertThat(shown().pendingModifiedValues())
                .isEqualTo(PendingModifiedValues.builder().build());
        refused(
                "InvalidParameterCombination",
                400,
                () -> rds.modifyDBInstance(call ->
                        call.dbInstanceIdentifier("main").allocatedStorage(80).applyImmediately(true)));
        rds.modifyDBInstance(call -> call.dbInstanceIdentifier("main").multiAZ(false));
        pass(Duration.ofDays(8));
        assertThat(shown().multiAZ()).isFalse();
    }

    @Test
    void aPasswordAndAClassAskedTogetherBothArrive() {
        running();
        rds.modifyDBInstance(call -> call.dbInstanceIdentifier("main")
                .masterUserPassword("another-horse")
                .dbInstanceClass("db.t3.medium")
                .applyImmediately(true));
        assertThat(rds.truth("main").pendingModifiedValues().masterUserPassword())
                .isEqualTo("****");
        pass(LONG.plus(LONG));
        assertThat(shown().dbInstanceClass()).isEqualTo("db.t3.medium");
        assertThat(rds.login(
                        shown().endpoint().address(),
                        5432,
                        List.of(clients),
                        "owner",
                        "another-horse",
                        "candidates",
                        true))
                .isEqualTo(Login.OK);
    }

    @Test
    void parametersNeedARebootWhenTheyAreStatic() {
        running();
        rds.modifyDBParameterGroup(call -> call.dbParameterGroupName("site")
                .parameters(
                        one -> one.parameterName("rds.force_ssl")
                                .parameterValue("0")
                                .applyMethod("immediate"),
                        one -> one.parameterName("max_connections")
                                .parameterValue("90")
                                .applyMethod("pending-reboot")));
        pass(Duration.ofMinutes(5));
        assertThat(rds.describeDBParameters(
                                call -> call.dbParameterGroupName("site").source("user"))
                        .parameters())
                .extracting(Parameter::parameterName)
                .containsExactly("max_connections", "rds.force_ssl");
        assertThat(shown().dbParameterGroups().getFirst().parameterApplyStatus())
                .isEqualTo("pending-reboot");
        assertThat(rds.login(
                        shown().endpoint().address(),
                        5432,
                        List.of(clients),
                        "owner",
                        "correct-horse",
                        "candidates",
                        false))
                .isEqualTo(Login.OK);
        rds.rebootDBInstance(call -> call.dbInstanceIdentifier("main"));
        pass(Duration.ofMinutes(10));
        assertThat(shown().dbParameterGroups().getFirst().parameterApplyStatus())
                .isEqualTo("in-sync");
    }

    @Test
    void storageGrowsByItselfAndBackupsComeUninvited() {
        running();
        rds.growStorage("main", 30);
        settle();
        assertThat(shown().dbInstanceStatus()).isEqualTo("storage-optimization");
        assertThat(shown().allocatedStorage()).isEqualTo(30);
        pass(Duration.ofDays(1));
        assertThat(rds.snapshots().keySet()).anyMatch(id -> id.startsWith("rds:main-"));
        assertThat(rds.describeEvents(call -> call.duration(2880)).events())
                .extracting(Event::message)
                .contains("Backing up DB instance");
    }

    @Test
    void deletionLeavesOnlyTheLastSnapshot() {
        running();
        refused(
                "InvalidParameterCombination",
                400,
                () -> rds.deleteDBInstance(call -> call.dbInstanceIdentifier("main")));
        refused(
                "InvalidParameterCombination",
                400,
                () -> rds.deleteDBInstance(call -> call.dbInstanceIdentifier("main")
                        .skipFinalSnapshot(true)
                        .finalDBSnapshotIdentifier("last")));
        rds.deleteDBInstance(call -> call.dbInstanceIdentifier("main").finalDBSnapshotIdentifier("last"));
        settle();
        assertThat(shown().dbInstanceStatus()).isEqualTo("deleting");
        refused(
                "InvalidDBInstanceState",
                400,
                () -> rds.deleteDBInstance(
                        call -> call.dbInstanceIdentifier("main").skipFinalSnapshot(true)));
        pass(LONG);
        refused("DBInstanceNotFound", 404, this::shown);
        assertThat(rds.snapshots().get("last").status()).isEqualTo("available");
        rds.deleteDBSubnetGroup(call -> call.dbSubnetGroupName("site"));
        rds.deleteDBParameterGroup(call -> call.dbParameterGroupName("site"));
        assertThat(rds.existing()).containsOnlyKeys(aws.arn("rds", "snapshot:last"));
        aws.ec2.deleteSecurityGroup(call -> call.groupId(servers));
    }

    @Test
    void theNameOfTheLastSnapshotIsTakenOnce() {
        running();
        rds.deleteDBInstance(call -> call.dbInstanceIdentifier("main").finalDBSnapshotIdentifier("last"));
        pass(LONG);
        running();
        refused(
                "DBSnapshotAlreadyExists",
                400,
                () -> rds.deleteDBInstance(
                        call -> call.dbInstanceIdentifier("main").finalDBSnapshotIdentifier("last")));
    }
}
