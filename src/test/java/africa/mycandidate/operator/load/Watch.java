package africa.mycandidate.operator.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** CloudWatch and Application Auto Scaling for one rule: measures, publishes later, evaluates, scales, waits. */
final class Watch {
    private record Datapoint(double visibleAt, double value) {}

    private final Rule rule;
    private final double delay;
    private final List<Datapoint> datapoints = new ArrayList<>();
    private double periodEnds;
    private double evaluates;
    private Usage since = Usage.NONE;
    private double quietUntil;
    private int before;

    Watch(Rule rule, Random random) {
        this.rule = rule;
        this.delay = rule.resolution().delay(random);
        // Periods begin at whole minutes, and alarms are evaluated once in each; a load begins at any time.
        this.periodEnds = random.nextDouble() * rule.resolution().seconds;
        this.evaluates = random.nextDouble() * rule.resolution().seconds;
    }

    /** The number of tasks that should run, where so many are asked for now. */
    int desired(double now, int desired, Usage usage) {
        if (now >= periodEnds) {
            var value = usage.minus(since).value(rule.metric());
            // An alarm's action gets the statistic; a metric without tasks has none.
            if (!Double.isNaN(value)) datapoints.add(new Datapoint(now + delay, value));
            since = usage;
            periodEnds += rule.resolution().seconds;
        }
        if (now < evaluates) return desired;
        evaluates += rule.resolution().seconds;
        var visible =
                datapoints.stream().filter(point -> point.visibleAt() <= now).toList();
        if (visible.size() < rule.periods()) return desired;
        var newest = visible.subList(visible.size() - rule.periods(), visible.size());
        if (!newest.stream().allMatch(point -> rule.beyond(point.value()))) return desired;
        // Its action is invoked in each period in which the alarm stays (CloudWatch user guide, "Alarm actions").
        return scaled(now, desired, newest.getLast().value());
    }

    /**
     * While a policy that adds is cooling down, what it has added counts towards what it wants next: only a larger step adds the difference. One that removes
     * does nothing meanwhile (API reference, StepScalingPolicyConfiguration). The cooldown is counted from the request, as the simulator does.
     */
    private int scaled(double now, int desired, double value) {
        var cooling = now < quietUntil;
        if (cooling && !rule.above()) return desired;
        var base = cooling ? before : desired;
        var wanted = rule.policy().wanted(base, value, rule.threshold());
        if (rule.above() ? wanted <= desired : wanted >= desired) return desired;
        before = base;
        quietUntil = now + rule.cooldown();
        return wanted;
    }
}
