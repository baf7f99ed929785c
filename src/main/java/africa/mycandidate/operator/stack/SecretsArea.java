package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.SecretValue.Generated;
import africa.mycandidate.operator.stack.Parts.Part;

/**
 * Values that are made once and kept before anything uses them.
 *
 * @param databasePassword null where somebody else made the database
 * @param cacheToken null where somebody else made the cache
 * @param originKey null where there is no CDN
 */
record SecretsArea(
        Part<SecretValue> databasePassword,
        Part<SecretValue> cacheToken,
        Part<SecretValue> secretKey,
        Part<SecretValue> originKey) {
    private static final int PASSWORD_LENGTH = 32;
    private static final int TOKEN_LENGTH = 64;
    private static final int MARK_LENGTH = 12;
    private static final String KEY = "flask-key";

    /** @param rotation a mark that asks for new values when it changes; empty for none */
    static SecretsArea of(Spec spec, String rotation, Adoption adoption, Parts parts) {
        var mark = rotation.isEmpty() ? "" : Canonical.hash(rotation).substring(0, MARK_LENGTH);
        // Only its maker knows the password of a database, or the token of a cache, that was not made here.
        var password = adoption.names(DataArea.DATABASE)
                ? null
                : generated(parts, mark, "database-password", "Master password of the database", PASSWORD_LENGTH);
        var token = adoption.names(DataArea.CACHE)
                ? null
                : generated(parts, mark, "cache-token", "AUTH token of the cache", TOKEN_LENGTH);
        var key = adoption.names(SecretValue.class, KEY)
                ? parts.add(KEY, SecretValue.ofOthers())
                : generated(
                        parts,
                        mark,
                        KEY,
                        "Flask's SECRET_KEY: signs the sessions, so a new one ends them",
                        TOKEN_LENGTH);
        var originKey = spec.cdn() == null
                ? null
                : generated(
                        parts,
                        mark,
                        "origin-key",
                        "Header by which the load balancer knows the CDN's requests",
                        TOKEN_LENGTH);
        return new SecretsArea(password, token, key, originKey);
    }

    private static Part<SecretValue> generated(
            Parts parts, String rotation, String role, String description, int length) {
        return parts.add(role, new SecretValue(description, new Generated(length, rotation), false));
    }
}
