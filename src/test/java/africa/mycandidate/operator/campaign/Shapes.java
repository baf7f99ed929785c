package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.sim.Holdings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an account holds, without what differs between two accounts that hold the same: ids are replaced by the part that the thing plays, and what AWS chooses
 * itself is left out. A reference to the wrong thing still shows.
 *
 * @param things the words of each description in order, by the thing's name
 */
record Shapes(Map<String, List<String>> things) {
    /** The version of a name: a hash of what the thing is made of, ids among it. */
    private static final Pattern GENERATION = Pattern.compile("(mcd-southafri[a-z-]*?)(-[0-9a-f]{6,8})+(?![0-9a-z])");

    /** What ran once is remembered: it is a stack's past, and two that are alike may have another. */
    private static final Pattern PAST = Pattern.compile("Tag\\(Key=mycandidate\\.africa/run/[^)]*\\)");

    private static final Map<Pattern, String> PRIVATE = privacy();
    private static final Pattern CHOSEN_BY_AWS = Pattern.compile("(AvailabilityZone|PreferredAvailabilityZone"
            + "|PreferredBackupWindow|PreferredMaintenanceWindow|SnapshotWindow|DbiResourceId|DBInstanceStatus|Serial|RoleId)=.*"
            + "|LatestRestorableTime(=.*)?|(Address|DNSName)=.*[.]amazonaws[.]com[.]?|[A-Za-z]+=");
    /** Zones are chosen by us. */
    private static final Pattern PLACED = Pattern.compile("Subnet/.*");

    /** Which rollout of a revision was interrupted is its history, and that of another stack is another one. */
    private static final Pattern INTERRUPTED =
            Pattern.compile("Tag\\(Key=mycandidate\\.africa/failed, Value=interrupted: [^)]*\\)");

    private static Map<Pattern, String> privacy() {
        var all = new LinkedHashMap<Pattern, String>();
        all.put(PAST, "");
        all.put(Pattern.compile("\\bdb-[0-9A-Z]{26}\\b"), "<database>");
        all.put(GENERATION, "$1");
        all.put(Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z"), "<moment>");
        all.put(Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<uuid>");
        all.put(Pattern.compile("\\b[a-z]+-[0-9a-f]{8,17}\\b"), "<id>");
        all.put(Pattern.compile("\\b(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?!/|\\d)"), "<address>");
        all.put(Pattern.compile("Revision=\\d+"), "Revision=<count>");
        all.put(Pattern.compile("\\b[0-9a-f]{12,64}\\b"), "<hex>");
        return all;
    }

    static Shapes of(Holdings holdings) {
        var ids = new TreeMap<String, String>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        holdings.things().forEach((id, thing) -> ids.put(id, "<" + thing.name() + ">"));
        var things = new TreeMap<String, List<String>>();
        holdings.things().forEach((id, thing) -> {
            // A secret in its recovery window is no part of any stack.
            if (thing.name().equals("Scheduled secret")) return;
            var text = thing.text();
            for (var other : ids.entrySet()) text = text.replace(other.getKey(), other.getValue());
            text = INTERRUPTED.matcher(text).replaceAll("");
            for (var one : PRIVATE.entrySet()) text = one.getKey().matcher(text).replaceAll(one.getValue());
            var name = GENERATION.matcher(thing.name()).replaceAll("$1");
            words(name, text, things.computeIfAbsent(name, any -> new ArrayList<>()));
        });
        things.values().forEach(words -> words.sort(Comparator.naturalOrder()));
        return new Shapes(things);
    }

    private static void words(String name, String text, List<String> words) {
        words.add("<thing>");
        for (var word : text.split("[,()\\[\\]{}\\s]+"))
            if (PLACED.matcher(name).matches() || !CHOSEN_BY_AWS.matcher(word).matches()) words.add(word);
    }

    /** In what a thing differs from what it is expected to be, by the words of its description in any order; empty where in nothing. */
    String difference(Shapes expected, String name) {
        var mine = things.getOrDefault(name, List.of());
        var theirs = expected.things.getOrDefault(name, List.of());
        if (mine.equals(theirs)) return "";
        var more = new ArrayList<>(mine);
        theirs.forEach(more::remove);
        var fewer = new ArrayList<>(theirs);
        mine.forEach(fewer::remove);
        return "has " + more + ", expected " + fewer;
    }

    /** What is not the same, by name. */
    Set<String> differing(Shapes other) {
        var names = new TreeSet<>(things.keySet());
        names.addAll(other.things.keySet());
        names.removeIf(name -> difference(other, name).isEmpty());
        return names;
    }
}
