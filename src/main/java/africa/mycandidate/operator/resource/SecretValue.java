package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Judging;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Yields;
import java.util.Map;

/**
 * A secret value in Secrets Manager. The id of its version is the fingerprint of what it was made from, so a listing shows whether it is current and nobody
 * reads a value to compare it. A secret is never deleted at once: it is scheduled for deletion and {@code released}, and the same stack may restore it.
 * Outputs: {@code arn}, {@code name}, {@code valueFrom} ({@code arn:::version-id}, as a task definition takes it).
 */
@AwsType(replacement = Replacement.NEVER, nameLength = 200)
public record SecretValue(String description, @africa.mycandidate.operator.model.Secret @Yields("valueFrom") Content content, @Late Boolean scheduledForDeletion)
        implements Resource {

    /** What the value is made from. */
    public sealed interface Content {}

    /**
     * Random letters and digits, made once and never again.
     *
     * @param rotation a mark that asks for a new value when it changes; empty at first
     */
    public record Generated(int length, String rotation) implements Content, Judging {
        @Override
        public boolean accepts(Object actual) {
            return isCurrent(this, actual);
        }
    }

    /**
     * A text with {@code {name}} where a value goes.
     *
     * @param values plain values by name
     * @param secrets {@code valueFrom} of the secrets whose values go in, by name
     */
    public record Template(String text, Map<String, Ref<? extends Resource>> values, Map<String, Ref<SecretValue>> secrets)
            implements Content, Judging {
        @Override
        public boolean accepts(Object actual) {
            return isCurrent(this, actual);
        }
    }

    /** The current version as AWS has it. */
    public record Stored(String version) implements Content {}

    /** The version id and client token of a value made from this content, 64 hexadecimal digits. */
    public static String fingerprint(Content content) {
        return content instanceof Stored stored ? stored.version() : Canonical.hash(content);
    }

    private static boolean isCurrent(Content wanted, Object actual) {
        return actual instanceof Stored(String version) && version.equals(fingerprint(wanted));
    }
}
