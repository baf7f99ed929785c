package africa.mycandidate.operator.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Client tokens of one EC2 operation. A token stays bound to what it made, dead or alive (DOC:ec2-api-idempotency). */
final class ClientTokens<V> {
    private final Map<String, Use<V>> uses = new HashMap<>();

    private record Use<V>(Object request, V made) {}

    /** Makes the resource, or gives what the same request with the same token made before. */
    V once(String token, Object request, Supplier<V> make) {
        if (token == null) return make.get();
        var use = uses.get(token);
        if (use == null) {
            use = new Use<>(request, make.get());
            uses.put(token, use);
        }
        if (!use.request().equals(request))
            throw Ec2Refusal.refuse(
                    "IdempotentParameterMismatch", "The client token is bound to a request with other parameters.");
        return use.made();
    }
}
