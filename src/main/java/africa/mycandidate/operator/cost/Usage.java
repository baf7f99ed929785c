package africa.mycandidate.operator.cost;

import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Alarm;
import africa.mycandidate.operator.resource.Bucket;
import africa.mycandidate.operator.resource.CapacityUnits;
import africa.mycandidate.operator.resource.Dashboard;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.ElasticIp;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.ScalableTarget;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.TaskDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What of an item of the price sheet a month of 730 hours takes.
 *
 * @param name what it is for, as it stands in the bill for people
 * @param count how many there are
 * @param each how much of the item each takes in a month: hours times size, gigabytes, or one
 * @param basis the same in words
 */
record Usage(String name, String item, int count, BigDecimal each, String basis) {
    /** AWS's own month: 8,760 hours a year in twelve. */
    private static final BigDecimal HOURS = BigDecimal.valueOf(730);

    private static final BigDecimal CPU_UNITS = BigDecimal.valueOf(1024);

    /** Of all that is paid for by the hour, the gigabyte or the month, whether anybody visits or not. */
    static List<Usage> of(Collection<? extends Resource> resources, String region, PriceSheet sheet) {
        var tasks = resources.stream()
                .filter(ScalableTarget.class::isInstance)
                .mapToInt(target -> number(((ScalableTarget) target).minTasks()))
                .sum();
        var usages = new ArrayList<Usage>();
        for (var resource : resources) {
            switch (resource) {
                case TaskDefinition task -> usages.addAll(fargate(task, tasks));
                case DbInstance database -> usages.addAll(database(database, region, sheet));
                case ReplicationGroup cache -> usages.add(cache(cache));
                case LoadBalancer balancer -> usages.addAll(loadBalancer(balancer));
                case NatGateway gateway -> usages.add(hourly("NAT gateway", "nat-gateway-hour", 1));
                case ElasticIp address -> usages.add(address(1));
                case SecretValue secret -> usages.add(monthly("Secrets", "secret-month"));
                // Nobody knows how much there will be: the price is shown, and counts nothing.
                case Bucket bucket ->
                    usages.add(new Usage(
                            "Files in S3", "s3-standard-gb-month", 1, BigDecimal.ZERO, "what is stored (not counted)"));
                case Alarm alarm -> usages.add(alarm(alarm));
                case Dashboard dashboard ->
                    usages.add(new Usage(
                            "CloudWatch dashboards",
                            "cloudwatch-dashboard-month",
                            1,
                            BigDecimal.ONE,
                            "1 (the first three of an account are free)"));
                default -> {
                    // Costs nothing by itself, or by use alone: traffic, logs, requests.
                }
            }
        }
        return usages;
    }

    private static List<Usage> fargate(TaskDefinition task, int tasks) {
        var cpu = BigDecimal.valueOf(number(task.cpu())).divide(CPU_UNITS);
        var memory = BigDecimal.valueOf(number(task.memory())).divide(CPU_UNITS);
        return List.of(
                new Usage("Fargate tasks", "fargate-vcpu-hour", tasks, cpu.multiply(HOURS), plain(cpu) + " vCPU"),
                new Usage("Fargate tasks", "fargate-gb-hour", tasks, memory.multiply(HOURS), plain(memory) + " GB"));
    }

    /** Where no source shows the price of Multi-AZ, both instances and their storage are paid each (RDS User Guide, "On-Demand DB instances"). */
    private static List<Usage> database(DbInstance database, String region, PriceSheet sheet) {
        var twice = Boolean.TRUE.equals(database.multiAz());
        var size = kind(database.instanceClass());
        var usages = new ArrayList<Usage>();
        usages.add(
                twice && sheet.prefers(region, "rds-postgres-multi-az:" + size, "rds-postgres:" + size)
                        ? new Usage("RDS instance", "rds-postgres-multi-az:" + size, 1, HOURS, size + ", Multi-AZ")
                        : new Usage("RDS instance", "rds-postgres:" + size, twice ? 2 : 1, HOURS, size));
        if (database.storageGiB() == null) return usages;
        var gigabytes = BigDecimal.valueOf(database.storageGiB().value());
        var basis = database.storageGiB() + " GiB gp3";
        usages.add(
                twice && sheet.prefers(region, "rds-gp3-multi-az-gb-month", "rds-gp3-gb-month")
                        ? new Usage("RDS storage", "rds-gp3-multi-az-gb-month", 1, gigabytes, basis + ", Multi-AZ")
                        : new Usage("RDS storage", "rds-gp3-gb-month", twice ? 2 : 1, gigabytes, basis));
        return usages;
    }

    private static Usage cache(ReplicationGroup cache) {
        return new Usage(
                "ElastiCache nodes",
                "elasticache-redis:" + kind(cache.nodeType()),
                1 + number(cache.replicas()),
                HOURS,
                kind(cache.nodeType()));
    }

    /** Each metric that it looks at is paid (Amazon CloudWatch pricing, "Alarms"). */
    private static Usage alarm(Alarm alarm) {
        var metrics = alarm.math() == null ? 1 : alarm.math().metrics().size();
        return new Usage("CloudWatch alarms", "cloudwatch-alarm-month", metrics, BigDecimal.ONE, "");
    }

    /** One that is taken over and whose class the spec leaves out keeps the one that it has, which only AWS knows. */
    private static String kind(String maybe) {
        return maybe == null ? "(left out in the spec)" : maybe;
    }

    /** One that faces the internet has a public address in each of its subnets (ELB, "Load balancer public addresses"). */
    private static List<Usage> loadBalancer(LoadBalancer balancer) {
        var usages = new ArrayList<>(List.of(hourly("Load balancer", "alb-hour", 1)));
        if ("internet-facing".equals(balancer.scheme()) && balancer.subnets() != null)
            usages.add(address(balancer.subnets().size()));
        reserved(balancer).ifPresent(usages::add);
        return usages;
    }

    /** Paid for while they are reserved, used or not (ELB User Guide, "Request Load balancer Capacity Unit reservation"). */
    private static Optional<Usage> reserved(LoadBalancer balancer) {
        var units = balancer.capacityUnits();
        if (units == null || units.units() == 0 || units.state() == CapacityUnits.State.FAILED) return Optional.empty();
        return Optional.of(new Usage(
                "Load balancer capacity",
                "alb-reserved-lcu-hour",
                units.units(),
                HOURS,
                units.units() + " LCU reserved"));
    }

    private static Usage address(int count) {
        return hourly("Public IPv4 addresses", "public-ipv4-hour", count);
    }

    private static Usage hourly(String name, String item, int count) {
        return new Usage(name, item, count, HOURS, "");
    }

    private static Usage monthly(String name, String item) {
        return new Usage(name, item, 1, BigDecimal.ONE, "");
    }

    private static int number(Integer maybe) {
        return maybe == null ? 0 : maybe;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    BigDecimal amount() {
        return each.multiply(BigDecimal.valueOf(count));
    }
}
