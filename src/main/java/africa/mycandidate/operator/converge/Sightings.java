package africa.mycandidate.operator.converge;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which resources of a stack this process has met, and since when a look shows the others absent. One that was met, or that has neither name nor token, is made
 * only after it was absent in every look for the time that AWS may hide it: "not found" is not "gone".
 */
final class Sightings {
    private final Set<Key> met = new HashSet<>();
    private final Map<Key, Instant> absentSince = new HashMap<>();

    /** Takes in what a plan shows. */
    synchronized void take(Plan plan, Instant now) {
        for (var step : plan.steps()) {
            switch (step) {
                case Step.Create create -> absentSince.putIfAbsent(create.key(), now);
                case Step.Keep keep -> present(keep.key());
                case Step.Update update -> present(update.key());
                case Step.Replace replace -> present(replace.key());
                default -> {}
            }
        }
    }

    private void present(Key key) {
        met.add(key);
        absentSince.remove(key);
    }

    synchronized void created(Key key) {
        met.add(key);
        absentSince.remove(key);
    }

    /** It may have been made: its answer was lost. */
    synchronized void perhapsCreated(Key key, Instant now) {
        met.add(key);
        absentSince.put(key, now);
    }

    /**
     * Until when a create must wait.
     *
     * @param uncertain whether an earlier process may have made one: its intent was noted, or nobody knows
     */
    synchronized Optional<Instant> notBefore(Step.Create create, boolean uncertain, Instant now) {
        var nameless = create.key().type().getAnnotation(AwsType.class).uniqueness() == AwsType.Uniqueness.NEITHER;
        if (!met.contains(create.key()) && !(nameless && uncertain)) return Optional.empty();
        var until = absentSince.getOrDefault(create.key(), now).plus(Attempts.READ_LAG);
        return now.isBefore(until) ? Optional.of(until) : Optional.empty();
    }
}
