package africa.mycandidate.operator.local;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the simulated AWS differs from what it held before a stack came and went. It is the truth of the simulation, not what its lagging reads show.
 *
 * @param kept what a deletion leaves on purpose: snapshots and the validation records of certificates, which are shared
 * @param secrets how many secrets are within their recovery window
 * @param forgotten what should not be there
 * @param missing what was there before and was not the stack's
 */
record Leftovers(Set<String> kept, int secrets, Set<String> forgotten, Set<String> missing) {
    static Leftovers since(Set<String> before) {
        var now = LocalCloud.aws().existing();
        var more = without(now, before);
        var kept = more.stream().filter(Leftovers::isKept).collect(Collectors.toCollection(TreeSet::new));
        return new Leftovers(
                kept, LocalCloud.aws().scheduledSecrets().size(), without(more, kept), without(before, now));
    }

    private static boolean isKept(String name) {
        return name.contains(":snapshot:") || name.startsWith("CNAME record _");
    }

    private static Set<String> without(Set<String> all, Set<String> others) {
        var rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    /** Throws, with names, where the deletion left or took something that it should not have. */
    Leftovers check() {
        if (!forgotten.isEmpty())
            throw new IllegalStateException("AWS still holds " + String.join(", ", forgotten) + ".");
        if (!missing.isEmpty())
            throw new IllegalStateException(
                    "AWS does not hold any more what the stack did not make: " + String.join(", ", missing) + ".");
        return this;
    }

    @Override
    public String toString() {
        var text = new StringBuilder("AWS holds what it held before, and what is kept on purpose:");
        for (var one : kept) text.append("\n  ").append(one);
        return text.append("\n  ")
                .append(secrets)
                .append(" secrets, which can be restored for 30 days")
                .toString();
    }
}
