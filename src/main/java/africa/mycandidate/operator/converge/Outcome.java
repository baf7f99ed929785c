package africa.mycandidate.operator.converge;

import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.plan.Step;
import java.time.Instant;

/** What became of a step. */
public sealed interface Outcome {
    Step.Act step();

    default Key key() {
        return step().key();
    }

    /** @param id the physical id */
    record Done(Step.Act step, String id) implements Outcome {}

    record Failed(Step.Act step, AwsFailure failure) implements Outcome {}

    /** It was not tried now: the same was tried on the same observation a moment ago, or it must first be sure that nothing is there. */
    record Postponed(Step.Act step, Instant until, String because) implements Outcome {}
}
