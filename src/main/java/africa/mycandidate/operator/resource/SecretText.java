package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.SecretValue.Content;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Makes the value of a secret. Nothing here is kept, and no exception carries a value. */
final class SecretText {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z0-9_-]+)}");
    /** Between the ARN and the version id, where a task definition could name a JSON key and a stage. */
    private static final String VERSION_MARK = ":::";

    private final SecretsManagerClient secrets;
    private final RandomGenerator random;

    SecretText(SecretsManagerClient secrets, RandomGenerator random) {
        this.secrets = secrets;
        this.random = random;
    }

    String of(Content content) {
        return switch (content) {
            case SecretValue.Generated generated -> generate(generated.length());
            case SecretValue.Template template -> render(template);
            case SecretValue.Stored _ -> throw new IllegalStateException("a stored secret cannot be made again");
        };
    }

    /** The application rewrites every "postgres" in its database URL, the password included (app.py of MyCandidate). */
    private String generate(int length) {
        while (true) {
            var text = new StringBuilder(length);
            for (var i = 0; i < length; i++) text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            if (!text.toString().toLowerCase(Locale.ROOT).contains("postgres")) return text.toString();
        }
    }

    private String render(SecretValue.Template template) {
        return PLACE.matcher(template.text())
                .replaceAll(place -> Matcher.quoteReplacement(value(template, place.group(1))));
    }

    private String value(SecretValue.Template template, String name) {
        var plain = template.values().get(name);
        if (plain != null) return plain.value();
        var secret = template.secrets().get(name);
        if (secret == null)
            throw new IllegalStateException("nothing is given for {" + name + "} in a secret's template");
        return read(secret);
    }

    private String read(Ref<SecretValue> secret) {
        var valueFrom = secret.value();
        var mark = valueFrom.indexOf(VERSION_MARK);
        if (mark < 0) throw new IllegalStateException("no version in the reference to a secret: " + valueFrom);
        return secrets.getSecretValue(request -> request.secretId(valueFrom.substring(0, mark))
                        .versionId(valueFrom.substring(mark + VERSION_MARK.length())))
                .secretString();
    }
}
