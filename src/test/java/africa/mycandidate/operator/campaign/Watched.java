package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.reconcile.Answers;
import africa.mycandidate.operator.reconcile.Sabotage;
import africa.mycandidate.operator.reconcile.Statuses;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.stack.Stack;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** The mistake that is put in, if one is, with the guard behind it once there is one. */
record Watched(Sabotage sabotage, Supplier<Guard> guard) implements Sabotage {
    @Override
    public Clients wire(Clients clients) {
        return sabotage.wire(clients);
    }

    @Override
    public Port port(InstantSource clock) {
        return sabotage.port(clock);
    }

    @Override
    public List<Handler<?>> handlers(List<Handler<?>> all) {
        return sabotage.handlers(all);
    }

    @Override
    public Plan plan(Stack stack, Snapshot seen, Policy policy) {
        return sabotage.plan(stack, seen, policy);
    }

    @Override
    public Plan departure(Stack stack, Snapshot seen) {
        return sabotage.departure(stack, seen);
    }

    @Override
    public Statuses statuses(Statuses inner) {
        return sabotage.statuses(guard.get() == null ? inner : guard.get().told.listening(inner));
    }

    @Override
    public Answers leaving(Answers answer) {
        return sabotage.leaving(answer);
    }
}
