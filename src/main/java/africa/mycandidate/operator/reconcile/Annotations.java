package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.stack.Asked;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The annotations by which somebody asks for something to be done once. Each wakes the reconciler. */
public final class Annotations {
    /** A new value asks for a full look at AWS now. */
    public static final String VERIFY_AT = "mycandidate.africa/verify-at";
    /** The hash of the plan in the status: its held-back steps may go on. */
    public static final String APPROVE = "mycandidate.africa/approve";
    /** The UID of another object, lost or given up, whose resources this one takes over. */
    public static final String TAKE_OVER = "mycandidate.africa/take-over";
    /** A new value makes every secret anew. */
    public static final String ROTATE_SECRETS = "mycandidate.africa/rotate-secrets";

    private Annotations() {}

    static Asked asked(MyCandidateDeployment resource) {
        var approved = Arrays.stream(of(resource, APPROVE).split("[^0-9a-zA-Z]+"))
                .filter(hash -> !hash.isEmpty())
                .collect(Collectors.toSet());
        return new Asked(of(resource, ROTATE_SECRETS), of(resource, TAKE_OVER), approved);
    }

    /** Null where it was never set. */
    static String verifyAt(MyCandidateDeployment resource) {
        return all(resource).get(VERIFY_AT);
    }

    private static String of(MyCandidateDeployment resource, String name) {
        return Objects.requireNonNullElse(all(resource).get(name), "").strip();
    }

    private static Map<String, String> all(MyCandidateDeployment resource) {
        return Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.of());
    }
}
