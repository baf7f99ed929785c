package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.*;

/** RDS for PostgreSQL. */
final class SimRds implements RdsClient, Logins {
    private final SimAws aws;
    private final RdsTags tags = new RdsTags();
    private final DbSnapshots snapshots;
    private final DbSubnetGroups subnetGroups;
    private final DbParameterGroups parameterGroups;
    private final DbInstances instances;
    private final DbChanges changes;
    private final DbRestores restores;

    SimRds(SimAws aws) {
        this.aws = aws;
        this.snapshots = new DbSnapshots(aws, tags);
        this.subnetGroups = new DbSubnetGroups(aws, tags, this::subnetGroupUsed, this::subnetOccupied);
        this.parameterGroups = new DbParameterGroups(aws, tags, this::parameterGroupUsed, this::parametersChanged);
        this.instances = new DbInstances(aws, tags, subnetGroups, parameterGroups, snapshots);
        this.restores = new DbRestores(instances, snapshots);
        this.changes = new DbChanges(aws, instances, subnetGroups, parameterGroups, snapshots);
    }

    private boolean subnetGroupUsed(String name) {
        return instances.all().stream()
                .anyMatch(database ->
                        database.shown.dbSubnetGroup().dbSubnetGroupName().equals(name));
    }

    private boolean subnetOccupied(String name, String subnet) {
        return instances.all().stream()
                .filter(database ->
                        database.shown.dbSubnetGroup().dbSubnetGroupName().equals(name))
                .anyMatch(database -> database.subnets.contains(subnet));
    }

    private boolean parameterGroupUsed(String name) {
        return instances.all().stream()
                .anyMatch(database -> database.parameterGroup().equals(name));
    }

    private void parametersChanged(String group) {
        changes.parametersChanged(group);
    }

    @Override
    public String serviceName() {
        return "rds";
    }

    @Override
    public void close() {}

    /** The tags of everything that really exists, snapshots too, by ARN. */
    Map<String, Map<String, String>> existing() {
        return aws.world.call(tags::all);
    }

    Map<String, DBSnapshot> snapshots() {
        return aws.world.call(snapshots::all);
    }

    /** The truth about an instance. */
    DBInstance truth(String id) {
        return aws.world.call(() -> instances.truth(id).shown);
    }

    /** What a database holds. */
    String data(String id) {
        return aws.world.call(() -> instances.truth(id).data(aws.world.now()));
    }

    /** What a snapshot holds. */
    String snapshotData(String id) {
        return aws.world.call(() -> snapshots.content(id).data());
    }

    /** Somebody writes into a database. */
    void write(String id, String data) {
        aws.world.call(() -> instances.truth(id).data.put(aws.world.now(), data));
    }

    /** Storage autoscaling, as it happens by itself. */
    void growStorage(String id, int gib) {
        aws.world.call(() -> {
            changes.grow(id, gib);
            return null;
        });
    }

    void tended(Optional<String> status) {
        instances.tended(status);
    }

    void deleteFailed() {
        instances.deleteFailed();
    }

    void growStorages() {
        for (var database : instances.all())
            if (database.shown.endpoint() != null)
                changes.grow(database.id(), (database.shown.allocatedStorage() * 11 + 9) / 10);
    }

    void upgradeMinors() {
        changes.upgradeMinors();
    }

    @Override
    public CreateDbSubnetGroupResponse createDBSubnetGroup(CreateDbSubnetGroupRequest request) {
        return aws.world.call(() -> subnetGroups.create(request));
    }

    @Override
    public DescribeDbSubnetGroupsResponse describeDBSubnetGroups(DescribeDbSubnetGroupsRequest request) {
        return aws.world.call(() -> subnetGroups.describe(request));
    }

    @Override
    public ModifyDbSubnetGroupResponse modifyDBSubnetGroup(ModifyDbSubnetGroupRequest request) {
        return aws.world.call(() -> subnetGroups.modify(request));
    }

    @Override
    public DeleteDbSubnetGroupResponse deleteDBSubnetGroup(DeleteDbSubnetGroupRequest request) {
        return aws.world.call(() -> subnetGroups.delete(request));
    }

    @Override
    public CreateDbParameterGroupResponse createDBParameterGroup(CreateDbParameterGroupRequest request) {
        return aws.world.call(() -> parameterGroups.create(request));
    }

    @Override
    public DescribeDbParameterGroupsResponse describeDBParameterGroups(DescribeDbParameterGroupsRequest request) {
        return aws.world.call(() -> parameterGroups.describe(request));
    }

    @Override
    public DescribeDbParametersResponse describeDBParameters(DescribeDbParametersRequest request) {
        return aws.world.call(() -> parameterGroups.parameters(request));
    }

    @Override
    public ModifyDbParameterGroupResponse modifyDBParameterGroup(ModifyDbParameterGroupRequest request) {
        return aws.world.call(() -> parameterGroups.modify(request));
    }

    @Override
    public DeleteDbParameterGroupResponse deleteDBParameterGroup(DeleteDbParameterGroupRequest request) {
        return aws.world.call(() -> parameterGroups.delete(request));
    }

    @Override
    public CreateDbInstanceResponse createDBInstance(CreateDbInstanceRequest request) {
        return aws.world.call(() -> instances.create(request));
    }

    @Override
    public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
        return aws.world.call(() -> instances.describe(request));
    }

    @Override
    public ModifyDbInstanceResponse modifyDBInstance(ModifyDbInstanceRequest request) {
        return aws.world.call(() -> changes.modify(request));
    }

    @Override
    public RebootDbInstanceResponse rebootDBInstance(RebootDbInstanceRequest request) {
        return aws.world.call(() -> changes.reboot(request));
    }

    @Override
    public DeleteDbInstanceResponse deleteDBInstance(DeleteDbInstanceRequest request) {
        return aws.world.call(() -> instances.delete(request));
    }

    @Override
    public CreateDbSnapshotResponse createDBSnapshot(CreateDbSnapshotRequest request) {
        return aws.world.call(() -> snapshots.create(request, instances.truth(request.dbInstanceIdentifier())));
    }

    @Override
    public RestoreDbInstanceFromDbSnapshotResponse restoreDBInstanceFromDBSnapshot(
            RestoreDbInstanceFromDbSnapshotRequest request) {
        return aws.world.call(() -> restores.fromSnapshot(request));
    }

    @Override
    public RestoreDbInstanceToPointInTimeResponse restoreDBInstanceToPointInTime(
            RestoreDbInstanceToPointInTimeRequest request) {
        return aws.world.call(() -> restores.toPointInTime(request));
    }

    @Override
    public DescribeDbInstanceAutomatedBackupsResponse describeDBInstanceAutomatedBackups(
            DescribeDbInstanceAutomatedBackupsRequest request) {
        return aws.world.call(() -> instances.backups.describe(request));
    }

    @Override
    public DescribeDbSnapshotsResponse describeDBSnapshots(DescribeDbSnapshotsRequest request) {
        return aws.world.call(() -> snapshots.describe(request));
    }

    @Override
    public DescribeEventsResponse describeEvents(DescribeEventsRequest request) {
        return aws.world.call(() -> snapshots.events(request));
    }

    @Override
    public AddTagsToResourceResponse addTagsToResource(AddTagsToResourceRequest request) {
        return aws.world.call(() -> {
            tags.add(request.resourceName(), request.tags());
            return AddTagsToResourceResponse.builder().build();
        });
    }

    @Override
    public RemoveTagsFromResourceResponse removeTagsFromResource(RemoveTagsFromResourceRequest request) {
        return aws.world.call(() -> {
            tags.remove(request.resourceName(), request.tagKeys());
            return RemoveTagsFromResourceResponse.builder().build();
        });
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return aws.world.call(() -> ListTagsForResourceResponse.builder()
                .tagList(tags.of(request.resourceName()))
                .build());
    }

    @Override
    public Login login(
            String host,
            int port,
            List<String> fromGroups,
            String user,
            String password,
            String database,
            boolean tls) {
        return aws.world.call(() -> instances.all().stream()
                .filter(one -> one.shown.endpoint() != null
                        && one.shown.endpoint().address().equals(host))
                .findFirst()
                .map(one -> {
                    if (!one.serving() || port != one.port || !aws.ec2.reaches(fromGroups, one.groups(), port))
                        return Login.UNREACHABLE;
                    var fits = one.shown.masterUsername().equals(user)
                            && one.password.equals(password)
                            && (database.equals(one.shown.dbName()) || database.equals("postgres"));
                    return fits && (tls || !"1".equals(one.parameters.get("rds.force_ssl"))) ? Login.OK : Login.REFUSED;
                })
                .orElse(Login.NO_SUCH_HOST));
    }
}
