package africa.mycandidate.operator.local;

import africa.mycandidate.operator.sim.Holdings;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an account holds, so written that two accounts with the same stack are equal: by the name of each resource, with names in the place of ids, and nothing
 * that AWS chose by chance or by the time.
 */
record FinalState(Map<String, List<String>> things) {
    private static final Pattern CHANCE = Pattern.compile(String.join(
            "|",
            "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z",
            "\\b[a-z]+-[0-9a-f]{17}\\b",
            "\\b[0-9a-f]{12,}\\b",
            "(?<=-[0-9a-f]{7})-[0-9a-f]{6}\\b",
            "ecs-svc/\\d+",
            "\\bAROA[A-Z0-9]+\\b",
            "\\b[0-9a-z]{6}(?=\\.[a-z0-9]+\\.cache\\.amazonaws)",
            "(?<=Ip=|IpAddress=)[0-9.]+"));
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s,=(){}\\[\\]\"]+");

    static FinalState of(Ground ground) {
        var holdings = Holdings.of(ground.aws);
        var ids = holdings.things().keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        var things = new TreeMap<String, List<String>>();
        holdings.things()
                .values()
                .forEach(thing -> things.merge(
                        thing.name(), List.of(words(thing.text(), ids, holdings, ground.zone)), FinalState::both));
        return new FinalState(things);
    }

    private static List<String> both(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).sorted().toList();
    }

    /** Sorted, because AWS keeps many lists in the order in which they happened to be given. */
    private static String words(String text, List<String> ids, Holdings holdings, String zone) {
        for (var id : ids)
            text = text.replace(id, "<" + holdings.things().get(id).name() + ">");
        text = CHANCE.matcher(text.replace(zone, "<zone>")).replaceAll("#");
        return Arrays.stream(BETWEEN_WORDS.split(text)).sorted().collect(Collectors.joining(" "));
    }
}
