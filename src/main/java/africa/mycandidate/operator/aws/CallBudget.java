package africa.mycandidate.operator.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * A token bucket for each service of one account and region, below what AWS allows, so that the operator cannot starve the account's other users. A call that
 * finds its bucket empty is refused at once and made later: nobody waits in line for a token. A bucket that AWS throttles all the same is halved: where
 * only some calls are throttled most go on, and where many are, seven of them leave nothing.
 *
 * <p>Sources of the rates: EC2 API throttling (describe 100 burst, 20/s), Route 53 (5/s), ELB (as aws-load-balancer-controller limits itself), ACM quotas.
 */
public final class CallBudget implements Port {
    private final InstantSource clock;
    private final Runnable pause;
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

    /** @param pause what lets some time pass before a throttled read is asked again */
    public CallBudget(InstantSource clock, Runnable pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * A read that is throttled is asked once more: a listing is made of up to sixteen of them, and one that fails takes the whole listing with it. A write is not,
     * whatever AWS says of it: that is the engine's business.
     */
    @Override
    public Object pass(Effect effect, Call call) throws Throwable {
        try {
            return once(effect, call);
        } catch (CallRefused refused) {
            throw refused;
        } catch (Throwable thrown) {
            if (effect.mutating() || !isThrottled(effect, thrown)) throw thrown;
            pause.run();
            return once(effect, call);
        }
    }

    private Object once(Effect effect, Call call) throws Throwable {
        take(effect.service());
        try {
            return call.run();
        } catch (Throwable thrown) {
            if (isThrottled(effect, thrown)) halve(effect.service());
            throw thrown;
        }
    }

    private static boolean isThrottled(Effect effect, Throwable thrown) {
        return AwsFailure.of(effect.service(), thrown).kind() == AwsFailure.Kind.THROTTLED;
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

    private synchronized void halve(String service) {
        var bucket = buckets.get(service);
        buckets.put(service, new Bucket(bucket.tokens() / 2, bucket.at()));
    }
}
