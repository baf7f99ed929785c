package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.resource.Handlers;
import africa.mycandidate.operator.stack.Stack;
import java.util.List;
import java.util.random.RandomGenerator;

/** What the engine of a region is made of: how each AWS type is handled, and how a plan is made. */
interface Engine extends Cycle.Planning {
    Engine STANDARD = new Engine() {};

    default List<Handler<?>> handlers(Clients clients, RandomGenerator random) {
        return Handlers.all(clients, random);
    }

    @Override
    default Plan plan(Stack stack, Snapshot seen, Policy policy) {
        return Planner.plan(stack, seen, policy);
    }
}
