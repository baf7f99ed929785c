package africa.mycandidate.operator.drift;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.plan.Change;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.resource.Handlers;
import africa.mycandidate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One change to one resource behind the operator's back.
 *
 * @param field empty where all of it goes
 */
record Case(Key key, String field, Tampering.Deed deed) {

    /** Each change to each field of one resource of each type. */
    static List<Case> all(Stack stack) {
        var cases = new ArrayList<Case>();
        for (var key : oneOfEachType(stack)) {
            for (var field : Tampering.fields(stack.resources().get(key))) {
                if (isSettled(key, field)) continue;
                for (var deed : Tampering.of(key.type(), field)) cases.add(new Case(key, field, deed));
            }
            cases.addAll(tags(key));
            for (var deed : Tampering.wholly(key.type())) cases.add(new Case(key, "", deed));
        }
        return cases;
    }

    /** The one with the most fields in use; of those the first. */
    private static List<Key> oneOfEachType(Stack stack) {
        return stack.resources().keySet().stream()
                .collect(Collectors.groupingBy(
                        Key::type,
                        Collectors.maxBy(Comparator.comparing((Key key) -> Tampering.fields(
                                                stack.resources().get(key))
                                        .size())
                                .thenComparing(Comparator.reverseOrder()))))
                .values()
                .stream()
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    /** Values that judge themselves take what AWS makes of them by itself: there is no other value that somebody could set. */
    private static boolean isSettled(Key key, String field) {
        return Set.of("DbInstance.engineVersion", "DbInstance.storageGiB", "ReplicationGroup.engineVersion")
                .contains(key.type().getSimpleName() + "." + field);
    }

    /** A tag of ours changed, and one taken off; the tags of others are theirs. */
    private static List<Case> tags(Key key) {
        var type = key.type().getAnnotation(AwsType.class);
        if (!type.tagged() || !type.tagsShown()) return List.of();
        return List.of(
                new Case(key, Change.TAGS, tag("one changed", key, Map.of("country", "nowhere"), Set.of())),
                new Case(key, Change.TAGS, tag("one taken off", key, Map.of(), Set.of("country"))));
    }

    private static Tampering.Deed tag(String what, Key key, Map<String, String> set, Set<String> remove) {
        return new Tampering.Deed(what, Set.of(), false, (clients, have) -> tag(clients, key, have, set, remove));
    }

    @SuppressWarnings("unchecked")
    private static <R extends Resource> void tag(
            Clients clients, Key key, Observed<?> have, Map<String, String> set, Set<String> remove) {
        var handler = (Handler<R>) Handlers.all(clients, new Random(1)).stream()
                .filter(one -> one.type() == key.type())
                .findFirst()
                .orElseThrow();
        handler.tag((Observed<R>) have, set, remove);
    }

    boolean isGone() {
        return field.isEmpty();
    }

    String type() {
        return key.type().getSimpleName();
    }

    /** As exceptions.tsv has it. */
    String what() {
        return ("drift " + field).strip();
    }

    String title() {
        return (key + " " + field).strip() + ": " + deed.what();
    }

    /** As the status tells it. */
    Set<String> told() {
        return Stream.concat(Stream.of(field), deed.also().stream())
                .map(one -> (key + " " + one).strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether putting it back waits for the maintenance window. */
    boolean interrupts() {
        return Fields.components(key.type()).stream()
                .filter(component -> component.getName().equals(field))
                .map(component -> component.getAnnotation(Interrupts.class))
                .anyMatch(how -> how != null && how.value().compareTo(Interruption.FAILOVER) >= 0);
    }
}
