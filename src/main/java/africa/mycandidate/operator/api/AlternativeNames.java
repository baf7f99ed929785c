package africa.mycandidate.operator.api;

/** CEL rules on {@code spec.domain.alternativeNames}: each is a name as the first one is, and each is told once what is wrong with it. */
final class AlternativeNames {
    private static final String EACH = "!has(self.alternativeNames) || self.alternativeNames.all(n, ";
    private static final String EXAMPLE = "such as www.southafrica.mycandidate.africa";

    static final String ALONE = EACH + "!n.contains('/') && !n.contains(':'))";
    static final String ALONE_MESSAGE =
            "write each alternative name alone, " + EXAMPLE + ", without https:// and without a path";

    static final String FULL = EACH + "n.contains('.'))";
    static final String FULL_MESSAGE = "write each alternative name in full, with its dots, " + EXAMPLE;

    static final String LOWER = EACH + "n == n.lowerAscii())";
    static final String LOWER_MESSAGE = "write each alternative name in lower case, " + EXAMPLE;

    static final String NO_LAST_DOT = EACH + "!n.endsWith('.'))";
    static final String NO_LAST_DOT_MESSAGE = "write each alternative name without a dot at the end, " + EXAMPLE;

    static final String NO_SIGNS = EACH + "!n.contains('_') && !n.contains('*'))";
    static final String NO_SIGNS_MESSAGE =
            "an alternative name has no underscore and no asterisk: list each name in full, " + EXAMPLE;

    static final String LABELS = EACH + "n.matches('[/:_*A-Z]') || n.endsWith('.') || !n.contains('.') || "
            + "n.matches('^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z][a-z0-9-]{0,61}[a-z0-9]$'))";
    static final String LABELS_MESSAGE =
            "write alternative names of labels of letters, digits and hyphens with dots " + "between them, " + EXAMPLE;

    static final String ONCE = EACH + "self.alternativeNames.exists_one(other, other == n))";
    static final String ONCE_MESSAGE = "write each alternative name once";

    static final String NOT_THE_NAME = EACH + "n != self.name)";
    static final String NOT_THE_NAME_MESSAGE = "domain.name is served anyway: write only further names";

    private AlternativeNames() {}
}
