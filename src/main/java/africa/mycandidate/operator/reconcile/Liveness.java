package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether every resource is still being looked at. The SDK can keep one wedged for ever after a missed event (java-operator-sdk issue 3416), so the operator
 * watches itself: one that was not reconciled for several sweeps fails the liveness check, and the restart heals it.
 */
public final class Liveness {
    private static final Duration TOO_LONG = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Map<String, Instant> looked = new ConcurrentHashMap<>();

    public Liveness(InstantSource clock) {
        this.clock = clock;
    }

    void reconciled(MyCandidateDeployment resource) {
        looked.put(name(resource), clock.instant());
    }

    void gone(MyCandidateDeployment resource) {
        looked.remove(name(resource));
    }

    /** Forgets all: another instance leads now. */
    public void clear() {
        looked.clear();
    }

    /** Names of resources that nobody has looked at for ten minutes. */
    public List<String> neglected() {
        var since = clock.instant().minus(TOO_LONG);
        return looked.entrySet().stream()
                .filter(entry -> entry.getValue().isBefore(since))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static String name(MyCandidateDeployment resource) {
        return resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }
}
