package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.DATABASE;
import static africa.mycandidate.operator.plan.PlannerTest.VPC;
import static africa.mycandidate.operator.plan.PlannerTest.network;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.Sight.key;
import static africa.mycandidate.operator.plan.TellerTest.entries;
import static africa.mycandidate.operator.plan.TellerTest.entry;
import static africa.mycandidate.operator.plan.TellerTest.told;
import static africa.mycandidate.operator.plan.TellerTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.plan.Forecast.Action;
import africa.mycandidate.operator.plan.Forecast.Entry;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.resource.ValidationRecord;
import org.junit.jupiter.api.Test;

/** What is told of that which stands in AWS for nothing in the stack, and what counts as a predecessor. */
class TellerLeftoverTest {
    private static final Key NAT = key(NatGateway.class, "a");

    @Test
    void whatLeftTheStackIsToldAsGoingEvenWhileOthersHoldIt() {
        var sight = Sight.standing(with("network.natGateways", "PerZone"));
        var forecast = sight.forecast(site());
        var other = entry(forecast, key(NatGateway.class, "b"));
        assertThat(other.action()).isEqualTo(Action.DELETE);
        assertThat(other.because()).contains("still in use");
        var gone = Sight.standing(Sight.stack("main", PlannerTest.vpc(), "other", PlannerTest.vpc()))
                .forecast(Sight.stack("main", PlannerTest.vpc()));
        assertThat(told(gone)).containsExactly("DELETE Vpc/other");
        assertThat(gone.entries().getFirst().id()).isEqualTo("vpc-other");
        assertThat(gone.kept()).isOne();
    }

    @Test
    void aSecondOneInARoleIsToldAsGoingBesideTheOneThatStays() {
        var sight = Sight.standing(network());
        sight.add(Sight.withId(sight.get(VPC), "zzz"));
        var forecast = sight.forecast(network());
        assertThat(told(forecast)).containsExactly("DELETE Vpc/main");
        assertThat(entry(forecast, VPC).id()).isEqualTo("zzz");
        assertThat(forecast.kept()).isEqualTo(2);
    }

    @Test
    void whatLeftTheStackAndHasToBeEmptiedFirstIsToldAsGoing() {
        var group = key(SecurityGroup.class, "cache");
        var stack = Sight.stack("main", PlannerTest.vpc());
        var sight = Sight.standing(stack).add(Sight.standing(site()).get(group));
        var plan = sight.plan(stack);
        assertThat(PlannerTest.step(plan, group, Step.Update.class).fields()).isNotEmpty();
        var entry = entry(sight.forecast(stack), group);
        assertThat(entry.action()).isEqualTo(Action.DELETE);
        assertThat(entry.id()).isEqualTo("securitygroup-cache");
    }

    @Test
    void dataThatLeftTheStackStayAndAreToldSo() {
        var sight = Sight.standing(network()).add(Sight.standing(site()).get(DATABASE));
        assertThat(told(sight.forecast(network()))).containsExactly("REFUSED DbInstance/main");
        sight.phase(DATABASE, Phase.DELETING);
        assertThat(told(sight.forecast(network()))).containsExactly("WAIT DbInstance/main");
    }

    @Test
    void aSecondOneThatHasToBeEmptiedFirstIsToldAsGoing() {
        var group = key(SecurityGroup.class, "cache");
        var sight = Sight.standing(site());
        sight.add(Sight.withId(sight.get(group), "zzz"));
        var forecast = sight.forecast(site());
        assertThat(told(forecast)).containsExactly("DELETE SecurityGroup/cache");
        assertThat(entry(forecast, group).id()).isEqualTo("zzz");
    }

    @Test
    void whatIsBeingDeletedIsNoPredecessorEither() {
        var forecast = Sight.standing(site()).phase(NAT, Phase.DELETING).forecast(site());
        assertThat(entries(forecast, NAT)).extracting(Entry::action).contains(Action.CREATE);
    }

    @Test
    void anotherCertificatesRecordIsNoPredecessor() {
        var record = key(ValidationRecord.class, "site");
        var forecast = Sight.standing(site())
                .field(record, "name", Ref.of("_other.example.org"))
                .forecast(site());
        assertThat(entry(forecast, record).action()).isEqualTo(Action.CREATE);
        assertThat(entry(forecast, record).fields()).containsKey("domain");
    }
}
