package africa.mycandidate.operator.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * A token bucket for each service of one account and region, below what AWS allows, so that the operator cannot starve the account's other users. A call that
 * finds its bucket empty is refused at once and made later: nobody sleeps with a call in hand. A bucket that AWS throttles all the same is emptied.
 *
 * <p>Sources of the rates: EC2 API throttling (describe 100 burst, 20/s), Route 53 (5/s), ELB (as aws-load-balancer-controller limits itself), ACM quotas.
 */
public final class CallBudget implements Port {
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new HashMap<>();

    private record Rate(double burst, double perSecond) {}

    private record Bucket(double tokens, Instant at) {}

    private static final Rate USUAL = new Rate(100, 10);
    private static final Map<String, Rate> RATES = Map.of(
            "Ec2",
            new Rate(100, 15),
            "Route53",
            new Rate(40, 4),
            "Acm",
            new Rate(60, 4),
            "ElasticLoadBalancingV2",
            new Rate(100, 10));

    public CallBudget(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Object pass(Effect effect, Call call) throws Throwable {
        take(effect.service());
        try {
            return call.run();
        } catch (Throwable thrown) {
            if (AwsFailure.of(effect.service(), thrown).kind() == AwsFailure.Kind.THROTTLED) empty(effect.service());
            throw thrown;
        }
    }

    private synchronized void take(String service) {
        var rate = RATES.getOrDefault(service, USUAL);
        var now = clock.instant();
        var bucket = buckets.getOrDefault(service, new Bucket(rate.burst(), now));
        var elapsed = Math.max(0, Duration.between(bucket.at(), now).toMillis() / 1000.0);
        var tokens = Math.min(rate.burst(), bucket.tokens() + elapsed * rate.perSecond());
        if (tokens < 1)
            throw new CallRefused("the operator's own limit for " + service + " is reached; the call is made later");
        buckets.put(service, new Bucket(tokens - 1, now));
    }

    private synchronized void empty(String service) {
        buckets.put(service, new Bucket(0, clock.instant()));
    }
}
