package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.aws.CallRefused;
import africa.mycandidate.operator.aws.Port;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Holds back AWS writes of an instance that may not lead any more. Leader election alone lets two lead for a while (java-operator-sdk issue 2056), so the lease
 * itself is looked at, at most every few seconds.
 */
public final class LeaseCheck implements Port {
    /** The name of the lease. */
    public static final String LEASE = "mycandidate-operator";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    private static final Duration LONGEST_UNRENEWED = Duration.ofSeconds(15);

    private final KubernetesClient client;
    private final String namespace;
    private final String instance;
    private final InstantSource clock;
    private Instant looked = Instant.MIN;
    private boolean ours;

    public LeaseCheck(KubernetesClient client, String namespace, String instance, InstantSource clock) {
        this.client = client;
        this.namespace = namespace;
        this.instance = instance;
        this.clock = clock;
    }

    @Override
    public Object pass(Effect effect, Call call) throws Throwable {
        if (effect.mutating() && !leads()) {
            throw new CallRefused(
                    "this instance does not hold a fresh lease, so it does not write; it goes on once it leads");
        }
        return call.run();
    }

    private synchronized boolean leads() {
        var now = clock.instant();
        if (now.isBefore(looked.plus(LOOK_EVERY)) && !looked.equals(Instant.MIN)) return ours;
        looked = now;
        var lease = client.leases().inNamespace(namespace).withName(LEASE).get();
        ours = lease != null
                && instance.equals(lease.getSpec().getHolderIdentity())
                && lease.getSpec().getRenewTime() != null
                && lease.getSpec().getRenewTime().toInstant().isAfter(now.minus(LONGEST_UNRENEWED));
        return ours;
    }
}
