package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.BALANCER;
import static africa.mycandidate.operator.plan.PlannerTest.DATABASE;
import static africa.mycandidate.operator.plan.PlannerTest.VPC;
import static africa.mycandidate.operator.plan.PlannerTest.network;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.Sight.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.plan.Forecast.Action;
import africa.mycandidate.operator.plan.Forecast.Entry;
import africa.mycandidate.operator.resource.DbParameterGroup;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.stack.Asked;
import africa.mycandidate.operator.stack.Specs;
import africa.mycandidate.operator.stack.Stack;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code plan} and the status tell beforehand of a change. */
class TellerTest {
    private static final Key NAT = key(NatGateway.class, "a");

    static Entry entry(Forecast forecast, Key key) {
        var entries = entries(forecast, key);
        assertThat(entries).as(key.toString()).hasSize(1);
        return entries.getFirst();
    }

    static List<Entry> entries(Forecast forecast, Key key) {
        return forecast.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .toList();
    }

    static List<String> told(Forecast forecast) {
        return forecast.entries().stream()
                .map(entry -> entry.action() + " " + entry.key())
                .toList();
    }

    static Stack with(String field, Object value) {
        return Specs.stack(Specs.with(field, value));
    }

    /** The stack, as one that takes over what somebody else made. */
    private static Stack adopting(Stack stack, Key key) {
        return new Stack(
                Sight.SITE,
                Sight.UID,
                stack.resources(),
                stack.tags(),
                Map.of(key, Sight.id(key)),
                Set.of(),
                Asked.NOTHING);
    }

    @Test
    void ofANewStackEverythingIsMadeThoughOnlyTheFirstOfItCanBeMadeNow() {
        var forecast = Sight.empty(site()).forecast(site());
        assertThat(forecast.entries()).hasSize(site().resources().size()).allSatisfy(entry -> {
            assertThat(entry.action()).isEqualTo(Action.CREATE);
            assertThat(entry.id()).isEmpty();
            assertThat(entry.because()).isEmpty();
        });
        assertThat(forecast.kept()).isZero();
        assertThat(forecast.worst()).isEqualTo(Interruption.NONE);
    }

    @Test
    void ofWhatIsMadeItSaysSizesAndVersionsAndNotWhatItIsWiredTo() {
        var forecast = Sight.empty(site()).forecast(site());
        assertThat(entry(forecast, DATABASE).fields())
                .containsEntry("instanceClass", "db.t3.small")
                .containsEntry("multiAz", "true")
                .doesNotContainKeys("password", "subnetGroup", "securityGroups", "parameterGroup", "restoreFrom");
        assertThat(entry(forecast, VPC).fields()).containsEntry("cidr", "10.0.0.0/16");
        // A whole policy is nothing that somebody decides on, nor is how the operator keeps its own books.
        for (var entry : forecast.entries()) {
            assertThat(entry.fields().values()).allSatisfy(words -> assertThat(words)
                    .hasSizeLessThanOrEqualTo(64)
                    .isNotEqualTo("(none)")
                    .doesNotContain("(id of"));
            assertThat(entry.fields()).doesNotContainKeys("environment", "content", "clusterName");
        }
    }

    @Test
    void thereIsNothingToTellOfAStackThatStands() {
        var forecast = Sight.standing(site()).forecast(site());
        assertThat(forecast.entries()).isEmpty();
        assertThat(forecast.kept()).isEqualTo(site().resources().size());
    }

    @Test
    void anUpdateSaysItsReasonOnlyWhereItIsMoreThanTheDifference() {
        var bigger = Sight.standing(site()).forecast(with("database.instanceClass", "db.t3.medium"));
        assertThat(told(bigger)).containsExactly("UPDATE DbInstance/main");
        assertThat(entry(bigger, DATABASE).because()).isEmpty();
        assertThat(entry(bigger, DATABASE).id()).isEqualTo("dbinstance-main");
        assertThat(bigger.worst()).isEqualTo(Interruption.FAILOVER);
        var group = key(DbParameterGroup.class, "database");
        var newer = Sight.standing(site()).forecast(with("database.engineVersion", "17"));
        assertThat(entry(newer, group).action()).isEqualTo(Action.REPLACE);
        assertThat(entry(newer, DATABASE).changes())
                .extracting(Change::field)
                .contains("engineVersion", "parameterGroup");
    }

    @Test
    void tagsAreToldWithTheRest() {
        var forecast = Sight.standing(network()).forecast(tagged("team", "civic"));
        assertThat(told(forecast)).containsExactly("UPDATE Subnet/a", "UPDATE Vpc/main");
        assertThat(entry(forecast, VPC).changes())
                .extracting(Change::field, Change::desired)
                .containsExactly(tuple("tags", "mycandidate.africa/tag-keys=team, team=civic"));
        var both = Sight.standing(network()).field(VPC, "dnsHostnames", false).forecast(tagged("team", "civic"));
        assertThat(entry(both, VPC).changes()).extracting(Change::field).containsExactly("dnsHostnames", "tags");
    }

    private static Stack tagged(String tag, String value) {
        return new Stack(Sight.SITE, Sight.UID, network().resources(), Map.of(tag, value));
    }

    @Test
    void aRefusalIsToldWithWhatItConcerns() {
        var forecast =
                Sight.standing(site()).field(DATABASE, "encrypted", false).forecast(site());
        assertThat(told(forecast)).containsExactly("REFUSED DbInstance/main");
        var refused = entry(forecast, DATABASE);
        assertThat(refused.because()).contains("replacing it loses its data");
        assertThat(refused.changes()).extracting(Change::field).containsExactly("encrypted");
        assertThat(forecast.kept()).isEqualTo(site().resources().size() - 1);
    }

    @Test
    void whatAwsGaveUpIsReplacedForThatReason() {
        var forecast = Sight.standing(site())
                .phase(NAT, Phase.FAILED)
                .change(NAT, one -> one.withMessage("InternalError"))
                .forecast(site());
        assertThat(entry(forecast, NAT).action()).isEqualTo(Action.REPLACE);
        assertThat(entry(forecast, NAT).because()).isEqualTo("natgateway-a failed: InternalError");
        assertThat(told(forecast)).anyMatch(line -> line.startsWith("UPDATE RouteTable/private"));
    }

    @Test
    void whatIsTakenOverIsOnlyTagged() {
        var stack = adopting(network(), VPC);
        var sight = Sight.standing(network())
                .change(VPC, one -> Sight.withoutTag(Sight.withoutTag(one, "mycandidate.africa/stack"), "x"));
        var forecast = sight.forecast(stack);
        assertThat(told(forecast)).containsExactly("ADOPT Vpc/main");
        assertThat(entry(forecast, VPC).because()).isEqualTo("is only tagged");
        assertThat(entry(forecast, VPC).id()).isEqualTo("vpc-main");
    }

    @Test
    void whatAwsIsAtWorkOnIsNoChange() {
        var forecast = Sight.standing(site()).phase(BALANCER, Phase.BUSY).forecast(site());
        assertThat(told(forecast)).containsExactly("WAIT LoadBalancer/main");
        assertThat(entry(forecast, BALANCER).because()).isEqualTo("AWS is changing it");
        assertThat(forecast.kept()).isEqualTo(site().resources().size() - 1);
    }

    @Test
    void whatIsChangedOnceAwsHasDoneIsToldNow() {
        var forecast = Sight.standing(site())
                .phase(DATABASE, Phase.BUSY)
                .forecast(with("database.instanceClass", "db.t3.medium"));
        assertThat(entry(forecast, DATABASE).action()).isEqualTo(Action.UPDATE);
        assertThat(entry(forecast, DATABASE).changes())
                .extracting(Change::field)
                .containsExactly("instanceClass");
        assertThat(entry(forecast, DATABASE).because()).endsWith("then it is changed");
    }

    @Test
    void aCacheWhoseTagsAreHiddenIsNotToldAsGoing() {
        var sight = Sight.standing(site())
                .phase(PlannerTest.CACHE, Phase.BUSY)
                .change(PlannerTest.CACHE, one -> one.withOwner(new Owner.Unreadable()));
        assertThat(told(sight.forecast(site()))).containsExactly("WAIT ReplicationGroup/main");
    }
}
