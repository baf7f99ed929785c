package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.CostItem;
import africa.mycandidate.operator.api.StepView;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.converge.Inventory;
import africa.mycandidate.operator.converge.Serial;
import africa.mycandidate.operator.cost.Estimate;
import africa.mycandidate.operator.plan.Forecast;
import africa.mycandidate.operator.resource.Handlers;
import africa.mycandidate.operator.sim.SimCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A site that somebody made by hand is taken over: what is named is only tagged, the rest is built beside it, and voters notice nothing. */
class AdoptionTest {
    private static final Duration LONGEST = Duration.ofHours(3);
    private static final Set<String> TOUCHING = Set.of("Update", "Replace", "Delete");
    private static final Set<Forecast.Action> TOLD_AS_CHANGED =
            Set.of(Forecast.Action.UPDATE, Forecast.Action.REPLACE, Forecast.Action.DELETE);

    private final Simulation simulation = new Simulation(83);
    private String zone;
    private Map<String, String> parts;
    private int dark;

    @BeforeEach
    void aSiteMadeByHand() {
        zone = simulation.zone();
        parts = new ByHand(simulation).build(zone);
        assertThat(answering()).as("the old site").isEqualTo(2);
        simulation.eachSecond = () -> {
            if (answering() == 0) dark++;
        };
    }

    private void apply(String... lines) {
        var all = new ArrayList<>(List.of(lines));
        all.add("adopt: {"
                + parts.entrySet().stream()
                        .map(part -> part.getKey() + ": \"" + part.getValue() + "\"")
                        .collect(Collectors.joining(", "))
                + "}");
        simulation.apply(Simulation.spec(zone, all.toArray(String[]::new)));
    }

    /** How many tasks answer where the domain's name leads to. */
    private int answering() {
        var target = address();
        return simulation.aws.of(ElasticLoadBalancingV2Client.class).describeLoadBalancers().loadBalancers().stream()
                .filter(one -> target.contains(one.dnsName().toLowerCase(Locale.ROOT)))
                .mapToInt(one -> simulation.aws.serving(one.loadBalancerName()))
                .sum();
    }

    private String address() {
        return simulation
                .aws
                .of(Route53Client.class)
                .listResourceRecordSets(request -> request.hostedZoneId(zone))
                .resourceRecordSets()
                .stream()
                .filter(set -> set.name().startsWith(Simulation.DOMAIN))
                .map(AdoptionTest::leadsTo)
                .collect(Collectors.joining(" "));
    }

    private static String leadsTo(ResourceRecordSet set) {
        var value = set.aliasTarget() == null
                ? set.resourceRecords().getFirst().value()
                : set.aliasTarget().dnsName();
        return value.toLowerCase(Locale.ROOT);
    }

    private List<StepView> planned() {
        return simulation.resource.getStatus().plan().steps();
    }

    private DBInstance database() {
        return simulation
                .aws
                .of(RdsClient.class)
                .describeDBInstances(request -> request.dbInstanceIdentifier("legacy-db"))
                .dbInstances()
                .getFirst();
    }

    /** Everything that can be said of the data and the network before and after; until when it can be restored goes on with time. */
    private String settings() {
        return database().toBuilder()
                .tagList(List.of())
                .latestRestorableTime(null)
                .build()
                .toString();
    }

    @Test
    void isProvedBeforeAnyWriteThenDoneWithoutANoticeAndOwned() {
        var before = settings();
        apply("management: Observe");
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.mutations()).isZero();
        assertThat(planned()).as("what is named").noneSatisfy(step -> {
            assertThat(parts).containsKey(step.resource());
            assertThat(TOUCHING).contains(step.action());
        });
        var adopted = planned().stream()
                .filter(step -> step.action().equals("Adopt"))
                .map(StepView::resource)
                .collect(Collectors.toSet());
        var named = new TreeMap<>(parts);
        named.remove("DnsRecord/site");
        assertThat(adopted).as(simulation.describe()).isEqualTo(named.keySet());
        assertThat(planned())
                .filteredOn(step -> step.resource().equals("DnsRecord/site"))
                .singleElement()
                .satisfies(step -> assertThat(step.because()).contains("waits for LoadBalancer/main (dnsName)"));
        assertThat(planned())
                .filteredOn(step -> step.action().equals("Create"))
                .isNotEmpty()
                .noneMatch(step -> parts.containsKey(step.resource()));

        assertThat(forecast().count(Forecast.Action.ADOPT)).isEqualTo(named.size());
        assertThat(forecast().entries())
                .filteredOn(entry -> TOLD_AS_CHANGED.contains(entry.action()))
                .as("what changes of it in the end")
                .extracting(entry -> entry.key().toString())
                .containsOnly("DnsRecord/site");

        apply();
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(30));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        assertThat(address()).contains("mcd-").doesNotContain("legacy");
        assertThat(answering()).isEqualTo(2);
        assertThat(settings()).as("the database").isEqualTo(before);
        assertThat(database().tagList()).anyMatch(tag -> tag.key().equals("mycandidate.africa/owner"));
        assertThat(changed()).as("calls that could change what was taken over").isEmpty();

        simulation.effects.clear();
        simulation.run(Duration.ofMinutes(30));
        assertThat(simulation.mutations()).as("steady").isZero();
        apply("database: {backupRetentionDays: 10}");
        simulation.run(Duration.ofMinutes(10));
        assertThat(database().backupRetentionPeriod()).isEqualTo(10);
        apply("image: example.org/mycandidate:2.0.0", "database: {backupRetentionDays: 10}");
        simulation.run(Duration.ofMinutes(1));
        simulation.until("Ready", LONGEST, Simulation::ready);
        assertThat(dark).as("seconds without an answer").isZero();
    }

    /** As {@code mycandidate plan} tells it. */
    private Forecast forecast() {
        var cloud = new SimCloud(simulation.aws, simulation.clock, 1);
        var regions = new Regions(cloud, () -> Port.READ_ONLY, new Serial(), new Random(1), "plan");
        var preview = new Preview(regions, simulation.clock, new Random(1), simulation::rest);
        return ((Preview.Answer.Planned) preview.of(simulation.resource)).forecast();
    }

    private List<String> changed() {
        var touching = Set.of(
                "modifyDBInstance",
                "modifyReplicationGroup",
                "deleteSecurityGroup",
                "authorizeSecurityGroupIngress",
                "revokeSecurityGroupIngress",
                "revokeSecurityGroupEgress",
                "putSecretValue",
                "createSecret",
                "createVpc",
                "createSubnet",
                "createDBInstance",
                "createReplicationGroup");
        return simulation.effects.stream()
                .map(Port.Effect::operation)
                .filter(touching::contains)
                .toList();
    }

    /** Its classes are not in the spec, and AWS shows them; and what it takes over was paid for before. */
    @Test
    void whatIsTakenOverCostsWhatItCost() {
        apply("management: Observe");
        simulation.run(Duration.ofMinutes(2));
        var cost = simulation.resource.getStatus().cost();
        assertThat(cost.items()).extracting(CostItem::monthly).doesNotContain("unknown");
        assertThat(cost.items())
                .filteredOn(item -> item.name().equals("RDS instance"))
                .singleElement()
                .satisfies(item -> assertThat(item.basis()).contains(database().dbInstanceClass()));
        var inventory = new Inventory(Handlers.all(simulation.clients(), new Random(1)), simulation::now, new Serial());
        var stack = simulation.stack();
        var seen = inventory.look(stack.identity().stack(), stack.places(), where -> simulation.now());
        assertThat(Costs.change(stack, seen).now().lines())
                .extracting(Estimate.Line::name)
                .contains("RDS instance", "ElastiCache nodes");
    }

    @Test
    void whatIsGivenBackStaysAndServesOn() {
        apply("database: {deletionProtection: false}");
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(10));
        var before = settings();
        simulation.eachSecond = null;
        simulation.remove(Duration.ofHours(3));
        assertThat(settings()).isEqualTo(before);
        assertThat(database().tagList()).noneMatch(tag -> tag.key().startsWith("mycandidate.africa/"));
        assertThat(simulation.aws.of(SecretsManagerClient.class).listSecrets().secretList())
                .hasSize(3)
                .allSatisfy(secret -> assertThat(secret.deletedDate()).isNull());
        assertThat(simulation.aws.serving("legacy-web")).isEqualTo(2);
    }

    @Test
    void aNameThatDoesNotExistIsToldAndNothingIsMadeInItsPlace() {
        parts.put("DbInstance/main", "legacy-bd");
        apply();
        simulation.run(Duration.ofMinutes(20));
        assertThat(simulation.describe()).contains("spec.adopt names legacy-bd, and there is no such DbInstance");
        assertThat(simulation.aws.of(RdsClient.class).describeDBInstances().dbInstances())
                .hasSize(1);
        assertThat(dark).isZero();
    }

    @Test
    void aSettingThatTheSpecWritesIsAnUpdateThatThePlanShows() {
        apply("management: Observe", "database: {instanceClass: db.t3.large}");
        simulation.run(Duration.ofMinutes(5));
        assertThat(planned()).anySatisfy(step -> {
            assertThat(step.resource()).isEqualTo("DbInstance/main");
            assertThat(step.action()).isEqualTo("Update");
            assertThat(step.interruption()).isEqualTo("Failover");
            assertThat(step.changes().toString()).contains("instanceClass: db.t3.medium → db.t3.large");
        });
    }

    @Test
    void anExistingNetworkIsUsedAndNeverTouched() {
        simulation.apply(Simulation.spec(
                zone,
                "domain: {name: other.mycandidate.africa, hostedZoneId: " + zone + "}",
                "database: {deletionProtection: false}",
                "network: {existing: {vpcId: " + parts.get("Vpc/main") + ", publicSubnetIds: ["
                        + parts.get("Subnet/public-a") + ", " + parts.get("Subnet/public-b")
                        + "], privateSubnetIds: [" + parts.get("Subnet/private-a") + ", "
                        + parts.get("Subnet/private-b") + "]}}"));
        simulation.until("Ready", LONGEST, Simulation::ready);
        var network =
                Set.of("createTags", "deleteTags", "createVpc", "createSubnet", "createRouteTable", "createRoute");
        assertThat(simulation.effects).noneMatch(effect -> network.contains(effect.operation()));
        simulation.eachSecond = null;
        simulation.remove(Duration.ofHours(3));
        assertThat(simulation.aws.serving("legacy-web")).isEqualTo(2);
        assertThat(dark).isZero();
    }
}
