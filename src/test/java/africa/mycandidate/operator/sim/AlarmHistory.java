package africa.mycandidate.operator.sim;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The last datapoints of one alarm since it was last put; M of N of them make an alarm. */
final class AlarmHistory {
    private final Deque<Optional<Double>> points = new ArrayDeque<>();
    private Instant lastPoint;

    /** @return the state to be in, or empty while the period is not over */
    Optional<StateValue> evaluate(MetricAlarm alarm, Double value, Instant now) {
        if (lastPoint != null && lastPoint.plusSeconds(period(alarm)).isAfter(now)) return Optional.empty();
        lastPoint = now;
        points.addLast(Optional.ofNullable(value));
        while (points.size() > alarm.evaluationPeriods()) points.removeFirst();
        var needed = alarm.datapointsToAlarm() == null ? alarm.evaluationPeriods() : alarm.datapointsToAlarm();
        var missing = points.stream().filter(Optional::isEmpty).count();
        var breaching = points.stream()
                .filter(point -> point.map(known -> breaches(alarm, known))
                        .orElse(alarm.treatMissingData().equals("breaching")))
                .count();
        if (breaching >= needed) return Optional.of(StateValue.ALARM);
        if (missing < points.size() || alarm.treatMissingData().equals("notBreaching"))
            return Optional.of(StateValue.OK);
        return alarm.treatMissingData().equals("missing")
                ? Optional.of(StateValue.INSUFFICIENT_DATA)
                : Optional.of(alarm.stateValue());
    }

    /** What several metrics come to is computed for the period that they share. */
    private static int period(MetricAlarm alarm) {
        if (alarm.period() != null) return alarm.period();
        return alarm.metrics().stream()
                .filter(query -> query.metricStat() != null)
                .mapToInt(query -> query.metricStat().period())
                .max()
                .orElse(60);
    }

    private static boolean breaches(MetricAlarm alarm, double value) {
        return switch (alarm.comparisonOperator()) {
            case GREATER_THAN_THRESHOLD -> value > alarm.threshold();
            case GREATER_THAN_OR_EQUAL_TO_THRESHOLD -> value >= alarm.threshold();
            case LESS_THAN_THRESHOLD -> value < alarm.threshold();
            case LESS_THAN_OR_EQUAL_TO_THRESHOLD -> value <= alarm.threshold();
            default -> throw new UnsupportedOperationException(alarm.comparisonOperatorAsString());
        };
    }
}
