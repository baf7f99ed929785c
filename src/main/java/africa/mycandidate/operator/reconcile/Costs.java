package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.CostItem;
import africa.mycandidate.operator.api.CostView;
import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.cost.CostChange;
import africa.mycandidate.operator.cost.Estimate;
import africa.mycandidate.operator.cost.PriceSheet;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.stack.Stack;
import java.util.stream.Stream;

/** What a stack costs, as the status and the command line show it. */
public final class Costs {
    private static final PriceSheet SHEET = PriceSheet.shipped();
    /** No bill depends on it. */
    private static final String ANY_ACCOUNT = "000000000000";

    private Costs() {}

    static Estimate of(Stack stack) {
        return Estimate.of(stack.resources().values(), stack.identity().region(), SHEET);
    }

    static CostChange change(Stack stack, Snapshot seen) {
        return new CostChange(Estimate.now(seen, stack.identity().region(), SHEET), of(stack));
    }

    /** Of what an object asks for, without asking AWS: the names of the account and of its zones change no price. */
    public static Estimate of(MyCandidateDeployment resource) {
        var region = resource.getSpec().region();
        var zones = Stream.of("a", "b", "c", "d", "e", "f").map(region::concat).toList();
        return of(StackReconciler.stack(resource, new Facts("aws", ANY_ACCOUNT, region, zones)));
    }

    static CostView view(Estimate estimate) {
        return new CostView(
                "USD",
                Estimate.dollars(estimate.monthly()),
                estimate.lines().stream()
                        .map(line -> new CostItem(
                                line.name(),
                                line.monthly() == null ? "unknown" : Estimate.dollars(line.monthly()),
                                line.basis()))
                        .toList(),
                estimate.basis(),
                null);
    }
}
