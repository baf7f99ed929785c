package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.AlarmMath.Metric;
import africa.mycandidate.operator.resource.Certificate;
import africa.mycandidate.operator.resource.Dashboard.Line;
import africa.mycandidate.operator.resource.EcsCluster;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.TargetGroup;
import java.util.Map;
import java.util.TreeMap;

/** The metrics of a stack that people look at, by the names that AWS's services publish them under. */
record Watched(Spec spec) {
    private static final int MINUTE = 60;

    /**
     * One metric of one resource.
     *
     * @param statistic how the values of a period are put together; null until somebody says so
     */
    record Series(
            String namespace,
            String name,
            Map<String, Ref<? extends Resource>> dimensions,
            String statistic,
            int period) {
        Series statistic(String how) {
            return new Series(namespace, name, dimensions, how, period);
        }

        Series every(int seconds) {
            return new Series(namespace, name, dimensions, statistic, seconds);
        }

        /** The same of another resource. */
        Series of(String dimension, Ref<? extends Resource> value) {
            var more = new TreeMap<>(dimensions);
            more.put(dimension, value);
            return new Series(namespace, name, more, statistic, period);
        }

        Metric metric(String how, int seconds) {
            return new Metric(namespace, name, dimensions, how, seconds);
        }

        /** In a graph. */
        Line line(String label) {
            return new Line(
                    namespace, name, dimensions, "{\"label\":\"" + label + "\",\"stat\":\"" + statistic + "\"}");
        }
    }

    private static Series series(String namespace, String name, Map<String, Ref<? extends Resource>> dimensions) {
        return new Series(namespace, name, dimensions, null, MINUTE);
    }

    // Elastic Load Balancing user guide, "CloudWatch metrics for your Application Load Balancer".

    private static Series balancer(String name) {
        return series(
                "AWS/ApplicationELB", name, Map.of("LoadBalancer", Ref.to(LoadBalancer.class, "main", "metricName")));
    }

    private static Series targets(String name) {
        return balancer(name).of("TargetGroup", Ref.to(TargetGroup.class, "app", "metricName"));
    }

    Series healthy() {
        return targets("HealthyHostCount");
    }

    Series unhealthy() {
        return targets("UnHealthyHostCount");
    }

    Series requests() {
        return balancer("RequestCount");
    }

    /** Answers of tasks. */
    Series failed() {
        return balancer("HTTPCode_Target_5XX_Count");
    }

    /** Answers of the load balancer itself: no task answered, or not in time. */
    Series unanswered() {
        return balancer("HTTPCode_ELB_5XX_Count");
    }

    Series latency() {
        return balancer("TargetResponseTime");
    }

    // Amazon ECS developer guide, "CloudWatch metrics", and CloudWatch user guide, "Amazon ECS Container Insights
    // metrics". Insights are on in every stack. It counts restarts of containers only where a task definition has a
    // restart policy, and ours has none: ECS replaces the task.

    private static Series service(String namespace, String name) {
        return series(
                namespace,
                name,
                Map.of(
                        "ClusterName",
                        Ref.to(EcsCluster.class, "app", "name"),
                        "ServiceName",
                        Ref.to(EcsService.class, "app", "name")));
    }

    Series taskCpu() {
        return service("AWS/ECS", "CPUUtilization");
    }

    Series taskMemory() {
        return service("AWS/ECS", "MemoryUtilization");
    }

    Series running() {
        return service("ECS/ContainerInsights", "RunningTaskCount");
    }

    Series desired() {
        return service("ECS/ContainerInsights", "DesiredTaskCount");
    }

    // Amazon RDS user guide, "Amazon CloudWatch metrics for Amazon RDS".

    private static Series database(String name) {
        return series(
                "AWS/RDS",
                name,
                Map.of("DBInstanceIdentifier", Ref.to(DataArea.DATABASE.type(), DataArea.DATABASE.role(), "id")));
    }

    Series databaseCpu() {
        return database("CPUUtilization");
    }

    Series databaseStorage() {
        return database("FreeStorageSpace");
    }

    Series databaseConnections() {
        return database("DatabaseConnections");
    }

    // Amazon ElastiCache user guide, "Metrics for Valkey and Redis OSS": of each node.

    private static Series cache(String name) {
        return series("AWS/ElastiCache", name, Map.of());
    }

    Ref<ReplicationGroup> node(int number) {
        return Ref.to(ReplicationGroup.class, DataArea.CACHE.role(), "node" + number);
    }

    Series cacheMemory() {
        return cache("DatabaseMemoryUsagePercentage");
    }

    Series cacheEvictions() {
        return cache("Evictions");
    }

    Series cacheLag() {
        return cache("ReplicationLag");
    }

    Series cacheCpu() {
        return cache("EngineCPUUtilization");
    }

    // Amazon VPC user guide, "Monitor NAT gateways with Amazon CloudWatch".

    Series ports(String gateway) {
        return series(
                "AWS/NATGateway",
                "ErrorPortAllocation",
                Map.of("NatGatewayId", Ref.to(NatGateway.class, gateway, "id")));
    }

    /** AWS Certificate Manager user guide, "Supported CloudWatch metrics". */
    Series certificate() {
        var given = spec.domain().certificateArn();
        Ref<Certificate> arn = given == null ? Ref.to(Certificate.class, "site", "issuedArn") : Ref.of(given);
        return series("AWS/CertificateManager", "DaysToExpiry", Map.of("CertificateArn", arn));
    }
}
