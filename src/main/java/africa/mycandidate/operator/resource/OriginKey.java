package africa.mycandidate.operator.resource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The header by which the load balancer knows the requests of this stack's distribution from those of anybody else's. Its value is a secret, and both CloudFront and
 * the load balancer show it to whoever may describe them: it is compared by its digest, from which 64 random characters cannot be found.
 */
final class OriginKey {
    static final String HEADER = "X-MyCandidate-Origin-Key";

    private OriginKey() {}

    /** SHA-256, in hexadecimal digits. */
    static String digest(String value) {
        try {
            var bytes = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
