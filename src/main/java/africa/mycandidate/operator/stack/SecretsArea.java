package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.SecretValue.Generated;
import africa.mycandidate.operator.stack.Parts.Part;

/** Values that are made once and kept before anything uses them. */
record SecretsArea(Part<SecretValue> databasePassword, Part<SecretValue> cacheToken, Part<SecretValue> secretKey) {
    private static final int PASSWORD_LENGTH = 32;
    private static final int TOKEN_LENGTH = 64;

    static SecretsArea of(Parts parts) {
        return new SecretsArea(
                generated(parts, "database-password", "Master password of the database", PASSWORD_LENGTH),
                generated(parts, "cache-token", "AUTH token of the cache", TOKEN_LENGTH),
                generated(parts, "flask-key", "Flask's SECRET_KEY: signs the sessions", TOKEN_LENGTH));
    }

    private static Part<SecretValue> generated(Parts parts, String role, String description, int length) {
        return parts.add(role, new SecretValue(description, new Generated(length, ""), false));
    }
}
