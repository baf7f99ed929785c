package africa.mycandidate.operator.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Alarm;
import africa.mycandidate.operator.resource.AlarmMath;
import africa.mycandidate.operator.resource.Bucket;
import africa.mycandidate.operator.resource.CapacityUnits;
import africa.mycandidate.operator.resource.Dashboard;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.ElasticIp;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.ScalableTarget;
import africa.mycandidate.operator.resource.TaskDefinition;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final PriceSheet SHEET = PriceSheet.of("""
            region	item	unit	usd	source	read
            us-east-1	fargate-vcpu-hour	per vCPU-hour	0.04	a page	2026-01-01
            us-east-1	fargate-gb-hour	per GB-hour	0.004	a page	2026-01-01
            us-east-1	rds-postgres:db.t3.small	per hour	0.03	a page	2026-01-01
            us-east-1	rds-postgres-multi-az:db.t3.small	per hour	0.07	a page	2026-01-01
            us-east-1	rds-gp3-gb-month	per GB-month	0.1	a page	2026-01-01
            us-east-1	rds-gp3-multi-az-gb-month	per GB-month	0.25	a page	2026-01-01
            us-east-1	elasticache-redis:cache.t3.micro	per hour	0.02	a page	2026-01-01
            us-east-1	alb-hour	per hour	0.03	a page	2026-01-01
            us-east-1	alb-reserved-lcu-hour	per LCU-hour	0.01	a page	2026-01-01
            us-east-1	nat-gateway-hour	per hour	0.05	a page	2026-01-01
            us-east-1	public-ipv4-hour	per hour	0.01	a page	2026-01-01
            af-south-1	nat-gateway-hour	per hour	0.06	another page	2026-02-01
            """);

    /** A record with these fields, and nothing in the others. */
    private static <R extends Resource> R with(Class<R> type, Map<String, Object> fields) {
        var components = type.getRecordComponents();
        var types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = Stream.of(components)
                .map(component -> fields.get(component.getName()))
                .toArray();
        try {
            return type.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Estimate of(Resource... resources) {
        return Estimate.of(List.of(resources), "us-east-1", SHEET);
    }

    private static String sum(Resource... resources) {
        return of(resources).monthly().toPlainString();
    }

    @Test
    void theFewestTasksRunAllMonthWithTheirShareOfAProcessor() {
        var task = with(TaskDefinition.class, Map.of("cpu", 512, "memory", 2048));
        var target = with(ScalableTarget.class, Map.of("minTasks", 3, "maxTasks", 10));
        assertThat(of(task, target).lines())
                .containsExactly(new Estimate.Line(
                        "Fargate tasks",
                        // 3 × 730 × (0.5 × 0.04 + 2 × 0.004)
                        new BigDecimal("61.320"),
                        "3 × 0.5 vCPU at $0.04 per vCPU-hour + 3 × 2 GB at $0.004 per GB-hour"));
    }

    @Test
    void aDatabaseInTwoZonesIsPaidAtItsOwnPrice() {
        var single = with(DbInstance.class, Map.of("instanceClass", "db.t3.small", "storageGiB", new AtLeast(20)));
        var twice = with(
                DbInstance.class,
                Map.of("instanceClass", "db.t3.small", "storageGiB", new AtLeast(20), "multiAz", true));
        assertThat(sum(single)).isEqualTo("23.90");
        assertThat(sum(twice)).isEqualTo("56.10");
    }

    @Test
    void whereItsPriceIsNotKnownBothInstancesArePaidEach() {
        var sheet = PriceSheet.of("""
                region	item	unit	usd	source	read
                us-east-1	rds-postgres:db.m5.large	per hour	0.2	a page	2026-01-01
                """);
        var twice = with(DbInstance.class, Map.of("instanceClass", "db.m5.large", "multiAz", true));
        var estimate = Estimate.of(List.of(twice), "us-east-1", sheet);
        assertThat(estimate.lines().getFirst().basis()).isEqualTo("2 × db.m5.large at $0.2 per hour");
        assertThat(estimate.monthly()).isEqualTo("292.00");
    }

    @Test
    void whatABucketWillHoldIsShownByItsPriceAndNotCounted() {
        var sheet = PriceSheet.of("""
                region	item	unit	usd	source	read
                us-east-1	s3-standard-gb-month	per GB-month	0.023	a page	2026-01-01
                """);
        var estimate = Estimate.of(List.of(with(Bucket.class, Map.of())), "us-east-1", sheet);
        assertThat(estimate.lines().getFirst().basis())
                .isEqualTo("what is stored (not counted) at $0.023 per GB-month");
        assertThat(estimate.monthly()).isEqualByComparingTo("0");
        assertThat(estimate.unknown()).isEmpty();
    }

    @Test
    void replicasOfTheCacheArePaidToo() {
        var cache = with(ReplicationGroup.class, Map.of("nodeType", "cache.t3.micro", "replicas", 2));
        assertThat(sum(cache)).isEqualTo("43.80");
        assertThat(of(cache).lines().getFirst().basis()).isEqualTo("3 × cache.t3.micro at $0.02 per hour");
    }

    @Test
    void anAlarmIsPaidForEachMetricAndADashboardAsIfItWereTheFourth() {
        var metric = new AlarmMath.Metric("AWS/ApplicationELB", "RequestCount", Map.of(), "Sum", 60);
        var rate = with(Alarm.class, Map.of("math", new AlarmMath("a / b", Map.of("a", metric, "b", metric))));
        var simple = with(Alarm.class, Map.of("metric", "CPUUtilization"));
        var sheet = PriceSheet.of("""
                region	item	unit	usd	source	read
                us-east-1	cloudwatch-alarm-month	each per month	0.10	a page	2026-01-01
                us-east-1	cloudwatch-dashboard-month	each per month	3.00	a page	2026-01-01
                """);
        var estimate = Estimate.of(List.of(rate, simple, new Dashboard(List.of())), "us-east-1", sheet);
        assertThat(estimate.monthly()).isEqualTo("3.30");
        assertThat(estimate.lines())
                .extracting(Estimate.Line::basis)
                .containsExactly(
                        "1 (the first three of an account are free) at $3.00 each per month",
                        "3 at $0.10 each per month");
    }

    @Test
    void aPublicLoadBalancerHasAnAddressInEachSubnetAndANatGatewayOne() {
        var subnets = Set.of(Ref.of("subnet-a"), Ref.of("subnet-b"));
        var balancer = with(LoadBalancer.class, Map.of("scheme", "internet-facing", "subnets", subnets));
        var gateway = with(NatGateway.class, Map.of());
        var address = with(ElasticIp.class, Map.of());
        assertThat(of(balancer, gateway, address).lines())
                .extracting(Estimate.Line::name, Estimate.Line::basis)
                .containsExactly(
                        tuple("NAT gateway", "1 at $0.05 per hour"),
                        tuple("Load balancer", "1 at $0.03 per hour"),
                        tuple("Public IPv4 addresses", "3 at $0.01 per hour"));
    }

    @Test
    void whatIsPaidByUseIsLeftOut() {
        assertThat(of(with(LogGroup.class, Map.of())).lines()).isEmpty();
    }

    @Test
    void aPriceThatNoSourceShowsIsNotInvented() {
        var cache = with(ReplicationGroup.class, Map.of("nodeType", "cache.x9.huge"));
        var estimate = of(cache, with(NatGateway.class, Map.of()));
        assertThat(estimate.monthly()).isEqualTo("36.50");
        assertThat(estimate.brief()).isEqualTo("$37+");
        assertThat(estimate.lines().getFirst().monthly()).isNull();
        assertThat(estimate.basis()).contains("their prices are not known: elasticache-redis:cache.x9.huge");
    }

    @Test
    void whereTheRegionsPriceIsNotKnownThatOfAnotherStandsForItAndIsSaid() {
        var gateway = with(NatGateway.class, Map.of());
        var ours = Estimate.of(List.of(gateway), "af-south-1", SHEET);
        assertThat(ours.brief()).isEqualTo("$44");
        assertThat(ours.basis()).doesNotContain("us-east-1");
        var both = Estimate.of(List.of(gateway, with(ElasticIp.class, Map.of())), "af-south-1", SHEET);
        assertThat(both.brief()).isEqualTo("~$51");
        assertThat(both.basis())
                .contains("shows what af-south-1 asks for public-ipv4-hour: the prices of us-east-1 stand for that");
        var other = Estimate.of(List.of(gateway), "eu-west-1", SHEET);
        assertThat(other.basis()).contains("shows what eu-west-1 costs: the prices of us-east-1 stand for that");
    }

    @Test
    void aChangeSaysWhatItAdds() {
        var gateway = with(NatGateway.class, Map.of());
        var address = with(ElasticIp.class, Map.of());
        assertThat(new CostChange(of(gateway), of(gateway, address)).words())
                .isEqualTo("about $43.80 a month by list prices, $7.30 more than now");
        assertThat(new CostChange(of(gateway, address), of(gateway)).words())
                .isEqualTo("about $36.50 a month by list prices, $7.30 less than now");
        assertThat(new CostChange(of(gateway), of(gateway)).words())
                .isEqualTo("about $36.50 a month by list prices, as now");
        assertThat(new CostChange(of(), of(gateway)).words()).isEqualTo("about $36.50 a month by list prices");
    }

    @Test
    void reservedCapacityIsPaidByTheHourAndWhatAwsCouldNotReserveIsNot() {
        assertThat(sum(with(LoadBalancer.class, Map.of("capacityUnits", CapacityUnits.of(0)))))
                .isEqualTo("21.90");
        // 730 × (0.03 + 200 × 0.01)
        assertThat(sum(with(LoadBalancer.class, Map.of("capacityUnits", CapacityUnits.of(200)))))
                .isEqualTo("1481.90");
        var failed = new CapacityUnits(200, CapacityUnits.State.FAILED);
        assertThat(sum(with(LoadBalancer.class, Map.of("capacityUnits", failed))))
                .isEqualTo("21.90");
    }
}
