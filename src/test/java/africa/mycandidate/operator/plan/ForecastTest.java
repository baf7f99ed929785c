package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.DATABASE;
import static africa.mycandidate.operator.plan.PlannerTest.SUBNET;
import static africa.mycandidate.operator.plan.PlannerTest.VPC;
import static africa.mycandidate.operator.plan.PlannerTest.network;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.plan.Forecast.Action;
import africa.mycandidate.operator.plan.Forecast.Entry;
import africa.mycandidate.operator.stack.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the exit code and the last line of {@code plan} say of all the entries together. */
class ForecastTest {
    private static Entry entry(Action action, Key key, Interruption felt) {
        var changes = List.of(new Change("field", "new", "old", felt));
        return new Entry(action, key, "id", "", changes, Map.of(), Optional.empty());
    }

    @Test
    void aStackThatStandsAsksForNothing() {
        var forecast = Sight.standing(site()).forecast(site());
        assertThat(forecast.isEmpty()).isTrue();
        assertThat(forecast.acts()).isFalse();
        assertThat(forecast.worst()).isEqualTo(Interruption.NONE);
    }

    @Test
    void waitingForAwsIsNoChange() {
        var forecast = Sight.standing(network()).phase(VPC, Phase.CREATING).forecast(network());
        assertThat(forecast.count(Action.WAIT)).isPositive();
        assertThat(forecast.isEmpty()).isTrue();
        assertThat(forecast.acts()).isFalse();
    }

    @Test
    void whatIsRefusedWouldBeAChangeAndIsDoneByNobody() {
        var forecast =
                Sight.standing(site()).field(DATABASE, "encrypted", false).forecast(site());
        assertThat(forecast.isEmpty()).isFalse();
        assertThat(forecast.acts()).isFalse();
        assertThat(forecast.worst()).isEqualTo(Interruption.NONE);
    }

    @Test
    void whatIsHeldBackIsAChangeThatNobodyFeelsYet() {
        var bigger = Specs.stack(Specs.with("database.instanceClass", "db.t3.medium"));
        var held = Sight.standing(site()).forecast(bigger, Doings.NONE.approval());
        assertThat(held.isEmpty()).isFalse();
        assertThat(held.acts()).isFalse();
        assertThat(held.worst()).isEqualTo(Interruption.NONE);
        assertThat(held.entries()).singleElement().satisfies(entry -> assertThat(entry.interruption())
                .isEqualTo(Interruption.FAILOVER));
        var open = Sight.standing(site()).forecast(bigger);
        assertThat(open.acts()).isTrue();
        assertThat(open.worst()).isEqualTo(Interruption.FAILOVER);
    }

    @Test
    void whatIsHeldBackIsFeltAsItsStepWouldBe() {
        var stack = Specs.stack(Specs.with("allowDataLoss", List.of("database")));
        var forecast = Sight.standing(site()).remove(DATABASE).forecast(stack, Doings.NONE.approval());
        assertThat(forecast.entries())
                .filteredOn(entry -> entry.action() == Action.HELD)
                .singleElement()
                .satisfies(entry -> assertThat(entry.interruption()).isEqualTo(Interruption.DATA_LOSS));
    }

    @Test
    void theWorstOfSeveralIsTold() {
        var forecast = new Forecast(
                List.of(
                        entry(Action.UPDATE, VPC, Interruption.RESTART),
                        entry(Action.REPLACE, SUBNET, Interruption.REPLACEMENT),
                        entry(Action.REFUSED, DATABASE, Interruption.DATA_LOSS)),
                0);
        assertThat(forecast.worst()).isEqualTo(Interruption.REPLACEMENT);
        assertThat(forecast.count(Action.UPDATE)).isOne();
        assertThat(forecast.count(Action.CREATE)).isZero();
    }

    @Test
    void entriesAreInTheSameOrderEveryTime() {
        var entries = new ArrayList<>(List.of(
                entry(Action.UPDATE, VPC, Interruption.NONE),
                entry(Action.HELD, SUBNET, Interruption.NONE),
                entry(Action.UPDATE, SUBNET, Interruption.NONE)));
        assertThat(new Forecast(entries, 0).entries())
                .extracting(entry -> entry.action() + " " + entry.key())
                .containsExactly("UPDATE Subnet/a", "HELD Subnet/a", "UPDATE Vpc/main");
    }

    @Test
    void fieldsKeepTheOrderOfTheRecordAndCannotBeChanged() {
        var forecast = Sight.empty(network()).forecast(network());
        var vpc = forecast.entries().getLast();
        assertThat(vpc.fields().keySet()).containsExactly("cidr", "dnsSupport", "dnsHostnames");
        assertThatThrownBy(() -> vpc.fields().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
