package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.aws.Port;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts every effect by service, operation and outcome: {@code mycandidate_calls_total}. */
public final class CountedCalls implements Port {
    private final MeterRegistry registry;

    public CountedCalls(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Object pass(Effect effect, Call call) throws Throwable {
        try {
            var answer = call.run();
            count(effect, "ok");
            return answer;
        } catch (Throwable thrown) {
            count(effect, AwsFailure.of(effect.service(), thrown).kind().name().toLowerCase(java.util.Locale.ROOT));
            throw thrown;
        }
    }

    private void count(Effect effect, String outcome) {
        registry.counter(
                        "mycandidate.calls",
                        "service",
                        effect.service(),
                        "operation",
                        effect.operation(),
                        "mutating",
                        Boolean.toString(effect.mutating()),
                        "outcome",
                        outcome)
                .increment();
    }
}
