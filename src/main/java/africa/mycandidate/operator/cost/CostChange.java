package africa.mycandidate.operator.cost;

import java.math.BigDecimal;

/**
 * What a change of a stack means for its bill.
 *
 * @param now what is there
 * @param then what the spec asks for
 */
public record CostChange(Estimate now, Estimate then) {
    /** By how much a month becomes dearer; negative where it becomes cheaper. */
    public BigDecimal difference() {
        return then.monthly().subtract(now.monthly());
    }

    /** {@code about $165.28 a month by list prices, $32.85 more than now}. */
    public String words() {
        var difference = difference();
        var compared = now.lines().isEmpty()
                ? ""
                : difference.signum() == 0
                        ? ", as now"
                        : ", " + Estimate.dollars(difference.abs()) + (difference.signum() > 0 ? " more" : " less")
                                + " than now";
        var partly = then.unknown().isEmpty() ? "" : ", not counting " + String.join(", ", then.unknown());
        var elsewhere = then.elsewhere().isEmpty()
                ? "list prices"
                : then.own().isEmpty() ? "list prices of us-east-1" : "list prices, some of them of us-east-1";
        return "about " + Estimate.dollars(then.monthly()) + " a month by " + elsewhere + compared + partly;
    }
}
