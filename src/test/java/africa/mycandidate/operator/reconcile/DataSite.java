package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.api.StepView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/** A site whose data are in danger, and the person who puts them there. */
final class DataSite {
    static final Duration LONGEST = Duration.ofHours(6);

    final Simulation simulation;
    final RdsClient rds;
    final String zone;

    DataSite(long seed) {
        simulation = new Simulation(seed);
        rds = simulation.aws.of(RdsClient.class);
        zone = simulation.zone();
    }

    void apply(String... lines) {
        simulation.apply(Simulation.spec(zone, lines));
    }

    void ready(String... lines) {
        apply(lines);
        settle(String.join(" ", lines));
    }

    void settle(String what) {
        simulation.until(what, LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(15));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        simulation.effects.clear();
    }

    /** What AWS refuses from now on, by the call and its words; filled as it goes. */
    List<String> refusals() {
        var refused = new ArrayList<String>();
        simulation.port = (effect, call) -> {
            try {
                return call.run();
            } catch (AwsServiceException e) {
                refused.add(effect + ": " + e.getMessage());
                throw e;
            }
        };
        return refused;
    }

    /** Passes until somebody is told that only they can go on, and returns what they read. */
    String stalled() {
        simulation.until(
                "Stalled", Duration.ofHours(1), status -> Conditions.is(status.conditions(), Conditions.STALLED));
        return message();
    }

    String message() {
        return Conditions.find(status().conditions(), Conditions.STALLED)
                .orElseThrow()
                .getMessage();
    }

    Status status() {
        return simulation.resource.getStatus();
    }

    List<StepView> steps(String resource) {
        return status().plan().steps().stream()
                .filter(step -> step.resource().equals(resource))
                .toList();
    }

    DBInstance database() {
        return rds.describeDBInstances().dbInstances().stream()
                .filter(one -> one.dbInstanceIdentifier().startsWith(Simulation.NAMES))
                .findFirst()
                .orElseThrow();
    }

    String id() {
        return database().dbInstanceIdentifier();
    }

    String data() {
        return simulation.aws.data(id());
    }

    List<DBSnapshot> snapshots() {
        return rds.describeDBSnapshots().dbSnapshots();
    }

    /** Somebody deletes the database in the console, and keeps what they ask for. */
    void deleteByHand(String finalSnapshot, boolean keepBackups) {
        var id = id();
        rds.modifyDBInstance(request -> request.dbInstanceIdentifier(id).deletionProtection(false));
        simulation.rest(Duration.ofSeconds(30));
        rds.deleteDBInstance(request -> request.dbInstanceIdentifier(id)
                .finalDBSnapshotIdentifier(finalSnapshot)
                .skipFinalSnapshot(finalSnapshot == null)
                .deleteAutomatedBackups(!keepBackups));
        simulation.run(Duration.ofMinutes(40));
    }

    void deleteCacheByHand() {
        var cache = simulation.aws.of(ElastiCacheClient.class);
        var id =
                cache.describeReplicationGroups().replicationGroups().getFirst().replicationGroupId();
        cache.deleteReplicationGroup(request -> request.replicationGroupId(id));
        simulation.run(Duration.ofMinutes(40));
    }

    /** A database of somebody's, made before the site. */
    void other(String id, String data, java.util.function.Consumer<CreateDbInstanceRequest.Builder> change) {
        var request = CreateDbInstanceRequest.builder()
                .dbInstanceIdentifier(id)
                .engine("postgres")
                .engineVersion("16.9")
                .dbInstanceClass("db.t3.medium")
                .allocatedStorage(20)
                .storageEncrypted(true)
                .dbName("mycandidate")
                .masterUsername("mycandidate")
                .masterUserPassword("their-own-password")
                .dbSubnetGroupName(group())
                .backupRetentionPeriod(3);
        change.accept(request);
        rds.createDBInstance(request.build());
        simulation.rest(Duration.ofHours(1));
        simulation.aws.write(id, data);
        simulation.rest(Duration.ofMinutes(10));
    }

    void snapshot(String of, String name) {
        rds.createDBSnapshot(request -> request.dbInstanceIdentifier(of).dbSnapshotIdentifier(name));
        simulation.rest(Duration.ofMinutes(20));
    }

    /** Their own network. */
    private String group() {
        var ec2 = simulation.aws.of(software.amazon.awssdk.services.ec2.Ec2Client.class);
        if (!rds.describeDBSubnetGroups().dbSubnetGroups().isEmpty())
            return rds.describeDBSubnetGroups().dbSubnetGroups().getFirst().dbSubnetGroupName();
        var vpc =
                ec2.createVpc(request -> request.cidrBlock("10.9.0.0/16")).vpc().vpcId();
        simulation.rest(Duration.ofSeconds(30));
        var subnets = List.of("a", "b").stream()
                .map(letter -> ec2.createSubnet(request -> request.vpcId(vpc)
                                .cidrBlock("10.9." + (letter.equals("a") ? 0 : 1) + ".0/24")
                                .availabilityZone(Simulation.REGION + letter))
                        .subnet()
                        .subnetId())
                .toList();
        simulation.rest(Duration.ofSeconds(30));
        rds.createDBSubnetGroup(request -> request.dbSubnetGroupName("theirs")
                .dbSubnetGroupDescription("theirs")
                .subnetIds(subnets));
        simulation.rest(Duration.ofSeconds(30));
        return "theirs";
    }

    List<String> calls() {
        return simulation.effects.stream()
                .filter(effect -> effect.service().equals("Rds") && effect.mutating())
                .map(effect -> effect.operation())
                .toList();
    }
}
