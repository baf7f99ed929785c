package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.DATABASE;
import static africa.mycandidate.operator.plan.PlannerTest.REVISION;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.Sight.key;
import static africa.mycandidate.operator.plan.TellerTest.entries;
import static africa.mycandidate.operator.plan.TellerTest.entry;
import static africa.mycandidate.operator.plan.TellerTest.told;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.plan.Forecast.Action;
import africa.mycandidate.operator.plan.Forecast.Entry;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.resource.NatGateway;
import africa.mycandidate.operator.resource.Vpc;
import africa.mycandidate.operator.stack.Specs;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of steps that somebody has to allow first. */
class TellerHeldTest {
    private static final Key LOGS = key(LogGroup.class, "app");
    private static final Key NAT = key(NatGateway.class, "a");

    @Test
    void whatIsHeldBackIsToldBesideWhatIsDoneNow() {
        var stack = Specs.stack(
                Specs.with(Map.of("database.instanceClass", "db.t3.medium", "database.backupRetentionDays", 14)));
        var forecast = Sight.standing(site()).forecast(stack, Doings.NONE.approval());
        var both = entries(forecast, DATABASE);
        assertThat(both).extracting(Entry::action).containsExactly(Action.UPDATE, Action.HELD);
        assertThat(both.getFirst().changes()).extracting(Change::field).containsExactly("backupRetentionDays");
        assertThat(both.getFirst().interruption()).isEqualTo(Interruption.NONE);
        assertThat(both.getLast().changes()).extracting(Change::field).containsExactly("instanceClass");
        assertThat(both.getLast().because()).isEqualTo("waits for an approval");
        assertThat(both.getLast().held().orElseThrow().hash()).hasSize(8);
        assertThat(both.getLast().interruption()).isEqualTo(Interruption.FAILOVER);
    }

    @Test
    void nothingFollowsFromASuccessorThatIsHeldBack() {
        var forecast = Sight.standing(site())
                .field(REVISION, "image", "tampered")
                .forecast(site(), Doings.drift("image").leftAlone());
        assertThat(told(forecast)).containsExactly("HELD TaskDefinition/app");
        assertThat(entry(forecast, REVISION).id()).isEqualTo("taskdefinition-app");
        assertThat(forecast.acts()).isFalse();
    }

    @Test
    void theGatewayWhoseSuccessorWaitsForAnApprovalIsNotToldAsGoing() {
        var sight = Sight.standing(site()).field(NAT, "subnet", Ref.of("elsewhere"));
        var forecast = sight.forecast(site(), Doings.NONE.approval());
        assertThat(told(forecast))
                .containsExactly("HELD NatGateway/a", "WAIT RouteTable/private-a", "WAIT RouteTable/private-b");
        assertThat(entry(forecast, NAT).interruption()).isEqualTo(Interruption.REPLACEMENT);
        assertThat(told(sight.forecast(site())))
                .contains("REPLACE NatGateway/a")
                .doesNotContain("DELETE NatGateway/a");
    }

    @Test
    void whatWasDeletedAndIsLeftAloneIsToldOnce() {
        var forecast = Sight.standing(site())
                .remove(LOGS)
                .forecast(site(), Doings.gone(LOGS).leftAlone());
        assertThat(entry(forecast, LOGS).action()).isEqualTo(Action.HELD);
        assertThat(entry(forecast, LOGS).id()).isEmpty();
    }

    @Test
    void whatSomebodyAddedAndIsLeftAloneIsHeld() {
        var added = key(Vpc.class, "other");
        var forecast = Sight.standing(Sight.stack("main", PlannerTest.vpc(), "other", PlannerTest.vpc()))
                .forecast(
                        Sight.stack("main", PlannerTest.vpc()),
                        Doings.added(added).leftAlone());
        assertThat(told(forecast)).containsExactly("HELD Vpc/other");
        assertThat(entry(forecast, added).id()).isEqualTo("vpc-other");
        assertThat(entry(forecast, added).held()).isPresent();
        assertThat(forecast.isEmpty()).isFalse();
    }
}
