package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.sim.SimAws;
import africa.mycandidate.operator.sim.World;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What goes wrong at AWS for a time: what the operator's calls meet ({@link CallFault}), or what really happens there ({@link CloudFault}). All of it is over at
 * the end of its span, but for what a user must do then.
 */
public sealed interface Fault permits CallFault, CloudFault {

    /** One for each kind of fault, with parameters of its own. */
    List<Function<Random, Fault>> KINDS =
            Stream.concat(CallFault.KINDS.stream(), CloudFault.KINDS.stream()).toList();

    Span span();

    /** What goes wrong, as a clause: {@code RDS answers nothing}. */
    String what();

    /** A sentence for a story: {@code from minute 12, for 6 h: RDS answers nothing}. */
    default String story() {
        return span() + ": " + what();
    }

    /** Whether only a user can end it: then, and only then, {@code Stalled} is the truth. */
    boolean needsUser();

    /** What the operator's calls meet while it lasts. Its span counts from this moment on. */
    default Port port(InstantSource clock, Random random) {
        return Port.OPEN;
    }

    /** What happens in AWS. Its span counts from this moment on. */
    default void arm(World world, SimAws aws) {}

    /** What the user writes when it is over, where that alone does not heal it. */
    default Spec remedied(Spec spec) {
        return spec;
    }

    /** A random one; every kind is as likely as any other. */
    static Fault draw(Random random) {
        return KINDS.get(random.nextInt(KINDS.size())).apply(random);
    }
}
