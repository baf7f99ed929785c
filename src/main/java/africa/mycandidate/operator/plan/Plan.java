package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The steps for a stack, in order of their keys: the preview, the drift report and the progress in one.
 *
 * @param complete whether everything could be read, so that "nothing there" can be believed
 * @param matches how each resource that exists compares with what is wanted of it
 */
public record Plan(List<Step> steps, boolean complete, Map<Key, Match> matches) {
    /** @param want with its references filled in @param unmet names of the fields that are not as wanted, or not known to be */
    public record Match(Resource want, Set<String> unmet) {
        public Match {
            unmet = Set.copyOf(unmet);
        }
    }

    public Plan(List<Step> steps, boolean complete) {
        this(steps, complete, Map.of());
    }

    public Plan {
        matches = Map.copyOf(matches);
        steps = steps.stream()
                .sorted(Comparator.comparing(Step::key)
                        .thenComparing(step -> step.getClass().getSimpleName()))
                .toList();
    }

    public <S extends Step> List<S> of(Class<S> kind) {
        return stream(kind).toList();
    }

    public boolean has(Class<? extends Step> kind) {
        return stream(kind).findAny().isPresent();
    }

    /** Whether all of it is as it should be. For a plan of deletion: whether nothing is left. */
    public boolean settled() {
        return complete && steps.stream().allMatch(Step.Keep.class::isInstance);
    }

    /** Whether nothing is outstanding but what somebody else changed and is left so for now. */
    public boolean quiet() {
        return complete
                && steps.stream()
                        .allMatch(
                                step -> step instanceof Step.Keep || step instanceof Step.Held held && held.harmless());
    }

    private <S extends Step> Stream<S> stream(Class<S> kind) {
        return steps.stream().filter(kind::isInstance).map(kind::cast);
    }
}
