package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.api.Cache;
import africa.mycandidate.operator.api.Database;
import africa.mycandidate.operator.api.Network;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.reconcile.Simulation;
import africa.mycandidate.operator.stack.Defaults;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.rds.RdsClient;

/**
 * Whether AWS has what the spec asks for, by AWS's own answers and without the operator's eyes: an operator that asks for the wrong thing finds what it asked for,
 * and is content.
 */
record Asked(Simulation simulation, Requests requests) {
    private static final Filter OURS = Filter.builder()
            .name("tag:mycandidate.africa/stack")
            .values(Guard.STACK)
            .build();

    void check(Spec given) {
        var spec = Defaults.applied(given);
        database(spec.database());
        cache(spec.cache());
        network(spec.network(), spec.tags());
        for (var service : requests.services()) service(service, spec);
        logs(spec.logs().retentionDays());
        scaling(spec.scaling().maxTasks());
    }

    private static void same(String what, Object asked, Object had) {
        Guard.check(asked.equals(had), "the spec asks for " + what + " " + asked + ", and AWS has " + had);
    }

    private void database(Database asked) {
        var databases = simulation.databases();
        for (var one : simulation.aws.of(RdsClient.class).describeDBInstances().dbInstances()) {
            if (!databases.contains(one.dbInstanceIdentifier())) continue;
            same("deletion protection", asked.deletionProtection(), one.deletionProtection());
            same("the instance class", asked.instanceClass(), one.dbInstanceClass());
            same("days of backups", asked.backupRetentionDays(), one.backupRetentionPeriod());
            same("a standby", asked.multiAz(), one.multiAZ());
        }
    }

    private void cache(Cache asked) {
        for (var one : simulation
                .aws
                .of(ElastiCacheClient.class)
                .describeReplicationGroups()
                .replicationGroups()) {
            if (!one.replicationGroupId().startsWith(Simulation.NAMES)) continue;
            same("the node type", asked.nodeType(), one.cacheNodeType());
            same("replicas", asked.replicas(), one.memberClusters().size() - 1);
        }
    }

    private void network(Network asked, Map<String, String> tags) {
        var ec2 = simulation.aws.of(Ec2Client.class);
        var working = Filter.builder().name("state").values("available").build();
        same(
                "NAT gateways",
                asked.natGateways() == Network.NatGateways.SINGLE ? 1 : asked.availabilityZones(),
                ec2.describeNatGateways(request -> request.filter(OURS, working))
                        .natGateways()
                        .size());
        var set = tags.entrySet().stream()
                .map(one ->
                        Tag.builder().key(one.getKey()).value(one.getValue()).build())
                .toList();
        for (var vpc : ec2.describeVpcs(request -> request.filters(OURS)).vpcs())
            Guard.check(
                    vpc.tags().containsAll(set), "the spec asks for the tags " + tags + ", and AWS has " + vpc.tags());
    }

    private void service(Service had, Spec spec) {
        Guard.check(
                had.deploymentConfiguration().deploymentCircuitBreaker().rollback(), "a bad rollout is not taken back");
        var definition = simulation
                .aws
                .of(EcsClient.class)
                .describeTaskDefinition(request -> request.taskDefinition(had.taskDefinition()))
                .taskDefinition();
        var container = definition.containerDefinitions().getFirst();
        same("the image", spec.image(), container.image());
        same(
                "the port",
                spec.container().port(),
                container.portMappings().getFirst().containerPort());
    }

    private void logs(int days) {
        simulation
                .aws
                .of(CloudWatchLogsClient.class)
                .describeLogGroups(request -> request.logGroupNamePrefix(Simulation.NAMES + "-app-"))
                .logGroups()
                .forEach(one -> same("days of logs", days, one.retentionInDays()));
    }

    private void scaling(int most) {
        var targets = simulation
                .aws
                .of(ApplicationAutoScalingClient.class)
                .describeScalableTargets(request -> request.serviceNamespace(ServiceNamespace.ECS))
                .scalableTargets()
                .stream()
                .filter(one -> one.resourceId().contains("/" + Simulation.NAMES))
                .map(ScalableTarget::maxCapacity)
                .toList();
        same("at most so many tasks:", List.of(most), targets);
    }
}
