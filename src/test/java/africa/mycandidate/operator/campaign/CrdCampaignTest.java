package africa.mycandidate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.campaign.Cases.Sorted;
import africa.mycandidate.operator.campaign.Route.Leg;
import africa.mycandidate.operator.campaign.Voyage.End;
import africa.mycandidate.operator.cli.Door;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every field of the custom resource, with every kind of value that its schema allows or forbids, set, taken back and set wrongly, in worlds in which a site
 * serves. The fields and their values come from the generated schema: a new one is covered without a case, and where no value can be made for it, this fails.
 */
class CrdCampaignTest {
    /** One-way sequences of a leaf, each in a world of its own. */
    private static final int ONE_WAY = 2;

    private static final String BEHAVIOUR = "behaviour: ";

    private final List<String> wrong = new ArrayList<>();
    private final Set<String> used = new TreeSet<>();
    private final Voyage first = new Voyage();
    private final List<Leaf> leaves = Leaf.of(Door.schema());
    private final Map<String, Document> bases = Bases.of(first.zone());
    private final Map<Leaf, Sorted> sorted = Cases.of(bases, leaves, Values.of(leaves, first.things()));

    @Test
    void everyLeafOfTheSpecDoesWhatItsFreshStackDoes() {
        leaves.forEach(this::covered);
        watched();
        var logs = routes().parallelStream().map(Route::sail).toList();
        var fresh = fresh(logs);
        logs.forEach(log -> log.legs().forEach(leg -> judge(log, leg, fresh)));
        logs.forEach(log ->
                log.fresh().violations().forEach(one -> wrong.add(log.route().base() + ", new: " + one)));
        superfluous(fresh);
        print(logs, fresh, effects(logs));
        assertThat(wrong).isEmpty();
    }

    private void covered(Leaf leaf) {
        var of = sorted.get(leaf);
        if (of.cases().isEmpty() && !of.unsupported())
            wrong.add(leaf
                    + ": no value could be made that the door takes; give it an example in its description, or what it needs in Bases. It said "
                    + of.refused().values().iterator().next());
        if (of.refused().isEmpty()) wrong.add(leaf + ": the door takes everything");
    }

    /** A type that holds data, and whose loss the voyages would not see. */
    private void watched() {
        Case.stack(bases.values().iterator().next()).resources().keySet().stream()
                .map(Key::type)
                .filter(type -> !type.getAnnotation(AwsType.class).data().isEmpty() && !Voyage.watches(type))
                .forEach(type -> wrong.add(type.getSimpleName() + " holds data: name it in Voyage"));
    }

    /** What is inert is tried on a stack that is there. */
    private List<Case> telling(Leaf leaf) {
        var telling = sorted.get(leaf).telling();
        if (!inert(leaf) || telling.isEmpty()) return telling;
        var one = telling.getFirst();
        var base = bases.entrySet().iterator().next();
        return List.of(Case.of(leaf, one.value(), base.getKey(), base.getValue(), one.after()));
    }

    private static boolean inert(Leaf leaf) {
        return Exceptions.INERT.containsKey(leaf.toString());
    }

    private List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (var base : bases.keySet()) {
            var round = new ArrayList<List<Case>>();
            for (var leaf : leaves) {
                var cases = telling(leaf).stream()
                        .filter(one -> one.base().equals(base) && fromBase(one) && one.goes() && one.returns())
                        .toList();
                if (!cases.isEmpty()) round.add(cases);
            }
            var half = (round.size() + 1) / 2;
            if (round.size() > 8) routes.add(Route.there(base, bases.get(base), round.subList(0, half)));
            if (!round.isEmpty())
                routes.add(
                        Route.there(base, bases.get(base), round.subList(round.size() > 8 ? half : 0, round.size())));
        }
        for (var leaf : leaves) {
            var oneWay = telling(leaf).stream()
                    .filter(one -> one.goes() && (!one.returns() || !fromBase(one)))
                    .limit(ONE_WAY)
                    .toList();
            oneWay.forEach(one -> routes.add(Route.there(one.base(), one.before(), List.of(List.of(one)))));
            telling(leaf).stream()
                    .filter(one -> !one.goes() && one.returns())
                    .limit(1)
                    .forEach(one -> routes.add(new Route(one.base(), one.before(), List.of(List.of(one)), true)));
        }
        return routes;
    }

    private boolean fromBase(Case one) {
        return one.before().equals(bases.get(one.base()));
    }

    private Fresh fresh(List<Route.Log> logs) {
        var shapes = new LinkedHashMap<String, Shapes>();
        for (var log : logs)
            if (!log.route().reversed())
                shapes.putIfAbsent(log.route().base(), log.fresh().shapes());
        var sailed = logs.stream().map(log -> log.route().base()).collect(Collectors.toSet());
        for (var base : bases.keySet())
            if (sailed.contains(base) && !shapes.containsKey(base))
                shapes.put(base, new Voyage().made(bases.get(base)).shapes());
        var cases = logs.stream()
                .flatMap(log -> log.legs().stream())
                .filter(leg -> !leg.toBase() && leg.landing().end() == End.READY)
                .map(Leg::from)
                .filter(one -> !inert(one.leaf()))
                .distinct()
                .toList();
        return Fresh.of(shapes, cases);
    }

    private void judge(Route.Log log, Leg leg, Fresh fresh) {
        var name = leg.from() + ", " + leg.sequence();
        leg.landing().violations().forEach(one -> wrong.add(name + ": " + one));
        if (leg.sequence().equals("S0→bad")) {
            if (leg.landing().end() != End.STALLED)
                wrong.add(
                        name + ": " + leg.landing().end() + " " + leg.landing().words());
            return;
        }
        if (leg.landing().end() != End.READY) {
            wrong.add(name + ": " + leg.landing().end() + " " + leg.landing().words());
            return;
        }
        var differences = leg.toBase() || inert(leg.from().leaf())
                ? fresh.differences(leg.from().base(), leg.landing().shapes())
                : fresh.differences(leg.from(), leg.landing().shapes());
        var left = Exceptions.LEFT.getOrDefault(leg.from().leaf().toString(), Map.of());
        differences.forEach((thing, how) -> {
            if (left.containsKey(thing)) used.add(leg.from().leaf() + ": " + thing);
            else wrong.add(name + ": " + thing + " is not as in a fresh stack: " + how);
        });
    }

    /** Each leaf changes AWS, or the plan of a new stack, or is refused, or does what the table of behaviours says. */
    private Map<String, String> effects(List<Route.Log> logs) {
        var changed = new TreeMap<String, Set<String>>();
        for (var log : logs)
            for (var leg : log.legs())
                if (leg.landing().end() == End.READY
                        && leg.toBase() == log.route().reversed())
                    changed.computeIfAbsent(leg.from().leaf().toString(), any -> new TreeSet<>())
                            .addAll(leg.landing().shapes().differing(log.fresh().shapes()));
        var behaviours = Behaviour.ALL.stream().collect(Collectors.toMap(Behaviour::leaf, one -> one));
        var effects = new TreeMap<String, String>();
        for (var leaf : leaves) effects.put(leaf.toString(), effect(leaf, changed, behaviours));
        behaviours.forEach((leaf, row) -> {
            if (!effects.getOrDefault(leaf, "").startsWith(BEHAVIOUR))
                wrong.add(leaf + ": the row of Behaviour is superfluous: " + effects.get(leaf));
            if (!row.isShown()) wrong.add(leaf + ": there is no test " + row.test());
        });
        return effects;
    }

    private String effect(Leaf leaf, Map<String, Set<String>> changed, Map<String, Behaviour> behaviours) {
        var name = leaf.toString();
        if (sorted.get(leaf).unsupported()) return "refused at the door: not supported yet";
        var things = changed.getOrDefault(name, Set.of());
        if (!things.isEmpty())
            return "AWS: " + (things.size() > 6 ? things.size() + " things" : String.join(", ", things));
        if (inert(leaf)) return "the plan of a new stack: " + Exceptions.INERT.get(name);
        var telling = telling(leaf);
        if (!telling.isEmpty() && telling.stream().noneMatch(Case::goes))
            return "the plan of a new stack; a change is refused at the door";
        if (behaviours.containsKey(name))
            return BEHAVIOUR + behaviours.get(name).does() + " ("
                    + behaviours.get(name).test().split("#")[0] + ")";
        wrong.add(leaf + ": it changes nothing, and Behaviour does not say what else it does");
        return "nothing";
    }

    private void superfluous(Fresh fresh) {
        var names = leaves.stream().map(Leaf::toString).collect(Collectors.toSet());
        Exceptions.INERT.keySet().stream()
                .filter(one -> !names.contains(one))
                .forEach(one -> wrong.add(one + ": no such leaf"));
        var unserved = fresh.unserved().stream().map(Case::toString).collect(Collectors.toSet());
        for (var one : unserved)
            if (!Exceptions.UNSERVED.containsKey(one)) wrong.add(one + ": a new stack with it does not come to serve");
        for (var one : Exceptions.UNSERVED.keySet())
            if (!unserved.contains(one)) wrong.add(one + ": serves when new; take it out of Exceptions.UNSERVED");
        Exceptions.STAYS.keySet().stream()
                .filter(one -> !names.contains(one))
                .forEach(one -> wrong.add(one + ": no such leaf"));
        Exceptions.LEFT.forEach((leaf, things) -> things.keySet().stream()
                .filter(thing -> !used.contains(leaf + ": " + thing))
                .forEach(thing ->
                        wrong.add(leaf + ": " + thing + " is as in a fresh stack; take it out of Exceptions.LEFT")));
    }

    private void print(List<Route.Log> logs, Fresh fresh, Map<String, String> effects) {
        var legs = logs.stream().flatMap(log -> log.legs().stream()).toList();
        var good = sorted.values().stream().mapToInt(one -> one.cases().size()).sum();
        var bad = sorted.values().stream().mapToInt(one -> one.refused().size()).sum();
        var sequences =
                legs.stream().collect(Collectors.groupingBy(Leg::sequence, TreeMap::new, Collectors.counting()));
        System.out.printf(
                "CRD campaign: %d leaves × %d values (the door takes %d and refuses %d), %d sequences in AWS %s, %d worlds%n",
                leaves.size(), good + bad, good, bad, legs.size(), sequences, logs.size() + fresh.worlds());
        effects.forEach((leaf, effect) -> System.out.println("  " + leaf + ": " + effect));
        System.out.println("passes the door, is Stalled, loses nothing:");
        legs.stream()
                .filter(leg -> leg.sequence().equals("S0→bad"))
                .forEach(leg -> System.out.println("  " + leg.from() + ": "
                        + leg.landing().words().lines().findFirst().orElse("")));
        System.out.println("exceptions:");
        Exceptions.STAYS.forEach((one, why) -> System.out.println("  " + one + ": " + why));
        Exceptions.UNSERVED.forEach((one, why) -> System.out.println("  " + one + ": " + why));
        Exceptions.LEFT.forEach((leaf, things) ->
                things.forEach((thing, why) -> System.out.println("  " + leaf + ": " + thing + " " + why)));
    }
}
