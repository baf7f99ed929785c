package africa.mycandidate.operator.plan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The steps for a stack, in order of their keys: the preview, the drift report and the progress in one.
 *
 * @param complete whether everything could be read, so that "nothing there" can be believed
 */
public record Plan(List<Step> steps, boolean complete) {
    public Plan {
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

    private <S extends Step> Stream<S> stream(Class<S> kind) {
        return steps.stream().filter(kind::isInstance).map(kind::cast);
    }
}
