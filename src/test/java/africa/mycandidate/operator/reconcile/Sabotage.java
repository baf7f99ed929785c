package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Leaving;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.stack.Stack;
import java.time.InstantSource;
import java.util.List;

/** A mistake that is put into the operator from outside, at one of the places where a test can get between its parts. */
public interface Sabotage {
    /** The operator as it is. */
    Sabotage NONE = new Sabotage() {};

    /** What its calls become on their way to AWS, and the answers on their way back. Asked for once for each process. */
    default Clients wire(Clients clients) {
        return clients;
    }

    /** What stands before its effects, outermost. Asked for once for each process. */
    default Port port(InstantSource clock) {
        return Port.OPEN;
    }

    /** The operator's own limit of calls. */
    default Port limit(Port budget) {
        return budget;
    }

    default List<Handler<?>> handlers(List<Handler<?>> all) {
        return all;
    }

    default Plan plan(Stack stack, Snapshot seen, Policy policy) {
        return Planner.plan(stack, seen, policy);
    }

    default Plan departure(Stack stack, Snapshot seen) {
        return Leaving.plan(stack, seen);
    }

    /** How it writes statuses and events. */
    default Statuses statuses(Statuses inner) {
        return inner;
    }

    /** What it answers to a deletion. */
    default Answers leaving(Answers answer) {
        return answer;
    }
}
