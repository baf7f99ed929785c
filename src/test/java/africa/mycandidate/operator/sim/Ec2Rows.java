package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.invalid;
import static africa.mycandidate.operator.sim.Ec2Refusal.refuse;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The resources of one EC2 type, with what all types have in common: ids, tags, read lag, filters, pages. */
final class Ec2Rows<V> {
    private final SimEc2State ec2;
    private final Type<V> type;
    private final Table<V> table;

    /**
     * What tells one type from another.
     *
     * @param name as in a tag specification, {@code route-table}
     * @param prefix of the ids
     * @param notFound the error code for an unknown id
     * @param noun the type in the message of that error, {@code "routeTable ID"}
     * @param lives false for the tombstone of a resource that is gone
     * @param filters the modelled filters besides those by tag: the values that a row has for each
     */
    record Type<V>(
            String name,
            String prefix,
            String notFound,
            String noun,
            Function<V, String> id,
            Predicate<V> lives,
            Map<String, Function<V, Stream<String>>> filters) {
        Type(
                String name,
                String prefix,
                String notFound,
                String noun,
                Function<V, String> id,
                Map<String, Function<V, Stream<String>>> filters) {
            this(name, prefix, notFound, noun, id, row -> true, filters);
        }
    }

    record Page<V>(List<V> rows, String next) {}

    Ec2Rows(SimEc2State ec2, Type<V> type) {
        this.ec2 = ec2;
        this.type = type;
        this.table = new Table<>(ec2.world());
        ec2.register(this);
    }

    String name() {
        return type.name();
    }

    String newId() {
        return type.prefix() + "-" + ec2.world().hex(17);
    }

    boolean owns(String id) {
        return id.matches(type.prefix() + "-[0-9a-f]{8,17}");
    }

    /** Adds a resource with the tags of its create call. */
    void create(V value, List<TagSpecification> tags) {
        ec2.tags.create(type.id().apply(value), type.name(), tags);
        put(value);
    }

    void put(V value) {
        table.put(type.id().apply(value), value);
    }

    void remove(String id) {
        table.remove(id);
        ec2.tags.remove(id);
    }

    Optional<V> truth(String id) {
        return table.truth(id);
    }

    List<V> truths() {
        return table.truths();
    }

    /** The ids of all that is there in truth. */
    List<String> living() {
        return table.truths().stream().filter(type.lives()).map(type.id()).toList();
    }

    Optional<V> seen(String id) {
        return table.seen(id);
    }

    /**
     * The resource that a call names: refused while the replica that answers does not show it yet (KOPS tagsEventualConsistencyErrors, CAPA's retry lists), and
     * once it is gone.
     */
    V need(String id) {
        if (id == null) throw Ec2Refusal.missing(type.noun());
        if (table.seen(id).isEmpty()) throw absent(id);
        return table.truth(id).orElseThrow(() -> absent(id));
    }

    RuntimeException absent(String id) {
        return refuse(type.notFound(), "The " + type.noun() + " '" + id + "' does not exist");
    }

    /** What a describe call lists: by ids it fails for one that is not there, by filters it does not. */
    List<V> list(List<String> ids, List<Filter> filters, Predicate<V> listed) {
        for (var id : ids) if (table.seen(id).filter(listed).isEmpty()) throw absent(id);
        var matching = filters.stream().map(this::matching).toList();
        return table.seen().stream()
                .filter(listed)
                .filter(row -> ids.isEmpty() || ids.contains(type.id().apply(row)))
                .filter(row -> matching.stream().allMatch(one -> one.test(row)))
                .sorted(Comparator.comparing(type.id()))
                .toList();
    }

    private void check(Filter filter) {
        // EC2 user guide, "List and filter your resources".
        if (filter.values().size() > 200)
            throw refuse(
                    "FilterLimitExceeded", "The maximum number of filter values specified on a single call is 200");
        if (!byTag(filter) && !type.filters().containsKey(filter.name()))
            throw new UnsupportedOperationException(
                    "SimEc2 does not model the filter " + filter.name() + " of " + type.name());
    }

    private static boolean byTag(Filter filter) {
        return filter.name().equals("tag-key") || filter.name().startsWith("tag:");
    }

    private Predicate<V> matching(Filter filter) {
        check(filter);
        var patterns = filter.values().stream().map(Ec2Rows::pattern).toList();
        return row -> {
            var values = byTag(filter)
                    ? ec2.tags.indexed(type.id().apply(row), filter.name())
                    : type.filters().get(filter.name()).apply(row);
            return values.anyMatch(value ->
                    patterns.stream().anyMatch(pattern -> pattern.matcher(value).matches()));
        };
    }

    /** Filters know {@code *} and {@code ?} (DOC:Using_Filtering). */
    private static Pattern pattern(String value) {
        return Pattern.compile(Stream.of(value.split("(?<=[*?])|(?=[*?])"))
                .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                .collect(Collectors.joining()));
    }

    /**
     * One page of a describe call. Without MaxResults everything is listed, up to the operation's own page (BC: "if this parameter is not specified, then all
     * items are returned"; route tables 100). A token names the last row given, so that rows that come and go between two pages neither repeat nor hide others.
     */
    Page<V> page(List<String> ids, List<Filter> filters, Predicate<V> listed, Integer max, String token) {
        if (max != null && !ids.isEmpty())
            throw refuse(
                    "InvalidParameterCombination",
                    "The parameter MaxResults cannot be used with the parameter " + type.noun() + "s");
        if (max != null && (max < 5 || max > 1000))
            throw invalid(
                    "Value ( " + max + " ) for parameter maxResults is invalid. Expecting a value from 5 to 1000.");
        var query = type.name() + Integer.toHexString(filters.hashCode());
        var from = token == null ? "" : after(query, token);
        var rest = list(ids, filters, listed).stream()
                .filter(row -> type.id().apply(row).compareTo(from) > 0)
                .toList();
        var size = Math.min(max == null ? 1000 : max, ec2.pageOf(type.name()));
        if (rest.size() <= size) return new Page<>(rest, null);
        return new Page<>(rest.subList(0, size), query + "|" + type.id().apply(rest.get(size - 1)));
    }

    private static String after(String query, String token) {
        if (!token.startsWith(query + "|"))
            throw refuse("InvalidNextToken", "The token '" + token + "' is not valid for this request.");
        return token.substring(query.length() + 1);
    }
}
