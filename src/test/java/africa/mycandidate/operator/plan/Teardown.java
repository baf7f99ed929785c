package africa.mycandidate.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.InternetGateway;
import africa.mycandidate.operator.resource.RouteTable;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A deletion played through: every step of each plan is taken as AWS takes it, and a delete is seen as under way for a round before the resource is gone.
 *
 * @param touched the round in which the first step of a resource was taken
 * @param gone the round in which it was gone
 * @param emptied what was emptied before it was deleted
 */
record Teardown(Sight sight, Map<String, Integer> touchedIn, Map<String, Integer> goneIn, Set<String> emptied) {
    private static final int MOST_ROUNDS = 60;

    static Teardown of(Stack stack, Sight sight) {
        var teardown = new Teardown(sight, new HashMap<>(), new HashMap<>(), new HashSet<>());
        var going = new ArrayList<Step.Delete>();
        for (var round = 0; ; round++) {
            assertThat(round)
                    .as("rounds; left is\n" + PlanText.of(sight.leave()))
                    .isLessThan(MOST_ROUNDS);
            for (var delete : going) teardown.goes(delete, round);
            going.clear();
            var plan = Leaving.plan(stack, sight.snapshot());
            if (plan.settled()) return teardown;
            for (var act : plan.of(Step.Act.class)) teardown.take(act, round, going);
        }
    }

    int touched(String key) {
        assertThat(touchedIn).containsKey(key);
        return touchedIn.get(key);
    }

    int gone(String key) {
        assertThat(goneIn).containsKey(key);
        return goneIn.get(key);
    }

    private void take(Step.Act act, int round, List<Step.Delete> going) {
        touchedIn.putIfAbsent(act.key().toString(), round);
        switch (act) {
            case Step.Delete delete -> {
                going.add(delete);
                sight.change(act.key(), one -> Sight.withPhase(one, Phase.DELETING));
            }
            case Step.Update update -> {
                emptied.add(act.key().toString());
                sight.change(act.key(), one -> updated(one, update));
            }
            default -> throw new AssertionError("a deletion makes nothing: " + act);
        }
    }

    private void goes(Step.Delete delete, int round) {
        goneIn.put(delete.key().toString(), round);
        if (delete.key().type() == SecretValue.class) sight.change(delete.key(), PlannerTest::scheduled);
        else sight.remove(delete.have());
    }

    private static Observed<?> updated(Observed<?> one, Step.Update update) {
        var goal = Fields.of((Record) update.goal());
        var next = one;
        for (var field : update.fields()) next = Sight.withField(next, field, goal.get(field));
        Class<? extends Resource> type = one.type();
        var tied = type == InternetGateway.class || type == RouteTable.class;
        return tied ? Sight.withOutputs(next, Map.of("id", one.id())) : next;
    }
}
