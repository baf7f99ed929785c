package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.reconcile.Simulation;
import java.util.Random;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Writes go wrong by chance, to AWS and to Kubernetes alike: the process dies before one, or after its effect; or the answer is lost. */
final class Chaos implements Port {
    private final Random random;
    private final int percent;
    private final Consumer<String> story;
    /** So that a life gets on at all. */
    private int left = 12;

    Chaos(Random random, int percent, Consumer<String> story) {
        this.random = random;
        this.percent = percent;
        this.story = story;
    }

    @Override
    public Object pass(Effect effect, Call call) throws Throwable {
        if (!effect.mutating() || left == 0 || random.nextInt(100) >= percent) return call.run();
        left--;
        switch (random.nextInt(3)) {
            case 0 -> {
                story.accept("the process dies before " + effect);
                throw new Simulation.Crash();
            }
            case 1 -> {
                call.run();
                story.accept("the process dies after " + effect);
                throw new Simulation.Crash();
            }
            default -> {
                call.run();
                story.accept("the answer to " + effect + " is lost");
                throw SdkClientException.create("Unable to execute HTTP request: Read timed out");
            }
        }
    }
}
