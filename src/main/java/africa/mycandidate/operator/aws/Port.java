package africa.mycandidate.operator.aws;

import java.util.regex.Pattern;

/**
 * The one place that every effect passes on its way out: an AWS call, or a write to Kubernetes. It counts, keeps the budget and checks that this instance leads;
 * tests deny, fail, delay and crash here.
 */
public interface Port {

    /**
     * What is about to happen.
     *
     * @param service {@code Ec2}, {@code Rds}, or {@code Kubernetes}
     * @param operation {@code describeVpcs}, {@code createVpc}, {@code patchStatus}
     * @param mutating whether it changes something
     */
    record Effect(String service, String operation, boolean mutating) {
        private static final Pattern READS = Pattern.compile("(describe|list|get|head|simulate|assume).*");

        public static Effect of(String service, String operation) {
            return new Effect(service, operation, !READS.matcher(operation).matches());
        }

        @Override
        public String toString() {
            return service + "." + operation;
        }
    }

    /** The call itself. */
    interface Call {
        Object run() throws Throwable;
    }

    /** Lets the call happen, or throws in its place. */
    Object pass(Effect effect, Call call) throws Throwable;

    /** Lets everything pass. */
    Port OPEN = (effect, call) -> call.run();

    /** Refuses every call that would change something. Nothing plans one while the operator is read-only; this is the second lock on that door. */
    Port READ_ONLY = (effect, call) -> {
        if (effect.mutating()) throw new CallRefused(effect + " would change AWS, and the operator is read-only");
        return call.run();
    };

    /** One port behind the other, the first one outermost. */
    static Port chain(Port... ports) {
        return (effect, call) -> through(ports, 0, effect, call);
    }

    private static Object through(Port[] ports, int index, Effect effect, Call call) throws Throwable {
        return index == ports.length
                ? call.run()
                : ports[index].pass(effect, () -> through(ports, index + 1, effect, call));
    }
}
