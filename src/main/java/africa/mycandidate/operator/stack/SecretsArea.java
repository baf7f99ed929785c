package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.SecretValue.Generated;
import africa.mycandidate.operator.stack.Parts.Part;

/** Values that are made once and kept before anything uses them. */
record SecretsArea(Part<SecretValue> databasePassword, Part<SecretValue> cacheToken, Part<SecretValue> secretKey) {
    private static final int PASSWORD_LENGTH = 32;
    private static final int TOKEN_LENGTH = 64;
    private static final int MARK_LENGTH = 12;

    /** @param rotation a mark that asks for new values when it changes; empty for none */
    static SecretsArea of(String rotation, Parts parts) {
        var mark = rotation.isEmpty() ? "" : Canonical.hash(rotation).substring(0, MARK_LENGTH);
        return new SecretsArea(
                generated(parts, mark, "database-password", "Master password of the database", PASSWORD_LENGTH),
                generated(parts, mark, "cache-token", "AUTH token of the cache", TOKEN_LENGTH),
                generated(
                        parts,
                        mark,
                        "flask-key",
                        "Flask's SECRET_KEY: signs the sessions, so a new one ends them",
                        TOKEN_LENGTH));
    }

    private static Part<SecretValue> generated(
            Parts parts, String rotation, String role, String description, int length) {
        return parts.add(role, new SecretValue(description, new Generated(length, rotation), false));
    }
}
