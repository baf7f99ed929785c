package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Refs;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Snapshot.Reading;
import africa.mycandidate.operator.model.Snapshot.Where;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.resource.CacheToken;
import africa.mycandidate.operator.resource.ScalableTarget;
import africa.mycandidate.operator.resource.ScalingPolicy;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.ValidationRecord;
import africa.mycandidate.operator.stack.Stack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A snapshot made by hand: what a stack looks like in AWS once all of it stands, and then whatever a test does to it. */
final class Sight {
    static final Identity SITE = new Identity("111122223333", "af-south-1", "mycandidate", "southafrica");
    static final String UID = "uid-1";

    private final Stack stack;
    private final List<Observed<?>> found = new ArrayList<>();
    private final Map<Class<?>, String> unread = new HashMap<>();

    private Sight(Stack stack) {
        this.stack = stack;
    }

    /** @param roles role, record, role, record … */
    static Stack stack(Object... roles) {
        return stack(Map.of(), roles);
    }

    static Stack stack(Map<String, String> tags, Object... roles) {
        var resources = new TreeMap<Key, Resource>();
        for (var i = 0; i < roles.length; i += 2) {
            var record = (Resource) roles[i + 1];
            resources.put(new Key(record.getClass(), (String) roles[i]), record);
        }
        return new Stack(SITE, UID, resources, tags);
    }

    /** AWS without anything of the stack. */
    static Sight empty(Stack stack) {
        return new Sight(stack);
    }

    /** AWS with all of the stack. */
    static Sight standing(Stack stack) {
        var sight = new Sight(stack);
        for (var key : stack.resources().keySet()) sight.found.add(sight.made(key));
        return sight;
    }

    /** The resource as AWS shows it after its creation and every late update. */
    private Observed<?> made(Key key) {
        var actual = actual(key);
        var type = key.type().getAnnotation(AwsType.class);
        var name = type.nameLength() == 0
                ? id(key)
                : stack.identity().physical(key.role(), type.nameLength(), type.generation() ? "000000" : "");
        if (!actual.uniqueName().isEmpty()) name = actual.uniqueName();
        var outputs = new TreeMap<String, String>();
        for (var output : outputs(key)) outputs.put(output, output(new Ref.Output<>(key.type(), key.role(), output)));
        if (actual instanceof SecretValue secret) {
            outputs.put(
                    "valueFrom " + SecretValue.fingerprint(secret.content()),
                    output(new Ref.Output<>(key.type(), key.role(), "valueFrom")));
        }
        var tags = type.tagged() ? stack.tagsOf(key) : Map.<String, String>of();
        var one = Observed.of(actual, id(key), name, Phase.READY, outputs, tags);
        if (key.type() == ValidationRecord.class) return one.withOwner(new Owner.Shared());
        if (key.type() == CacheToken.class)
            return one.withOwner(new Owner.Stack(stack.identity().stack(), stack.uid(), key.role(), ""));
        if (actual instanceof ScalingPolicy policy) {
            return one.withOwner(new Owner.Child(
                    ScalableTarget.class, "resourceId", policy.target().value(), key.role()));
        }
        return one;
    }

    private Resource actual(Key key) {
        var resolved = Refs.resolve(stack.resources().get(key), ref -> Optional.of(output(ref)));
        // ElastiCache does not know what the token is used for.
        if (resolved instanceof CacheToken token) return new CacheToken(token.group(), token.token(), null);
        if (!(resolved instanceof SecretValue secret)) return resolved;
        return new SecretValue(
                secret.description(),
                new SecretValue.Stored(SecretValue.fingerprint(secret.content()), ""),
                secret.scheduledForDeletion());
    }

    static String id(Key key) {
        return key.type().getSimpleName().toLowerCase(java.util.Locale.ROOT) + "-" + key.role();
    }

    /** Outputs that a handler gives whether or not this stack refers to them, and those that it refers to. */
    private Set<String> outputs(Key key) {
        var names = new TreeSet<>(Set.of("id"));
        for (var other : stack.resources().values()) {
            for (var ref : Refs.open(other)) if (ref.key().equals(key)) names.add(ref.output());
        }
        return names;
    }

    /** The word for "the same, once it can be used" is another output with the same value. */
    private String output(Ref.Output<?> ref) {
        return switch (ref.output()) {
            case "id", "attachedId", "name", "tunedName" -> id(ref.key());
            case "arn", "activeArn", "attachedArn", "issuedArn", "readyArn" -> "arn:" + id(ref.key());
            case "valueFrom", SecretValue.MADE ->
                "arn:" + id(ref.key()) + ":::" + SecretValue.fingerprint(((SecretValue) actual(ref.key())).content());
            case "acceptedFrom" ->
                output((Ref.Output<?>) ((CacheToken) stack.resources().get(ref.key())).token());
            case "subnet" -> Fields.of((Record) actual(ref.key())).get("subnet").toString();
            case "resourceId" -> "service/" + ref.role();
            default -> ref.output() + "." + id(ref.key());
        };
    }

    static Key key(Class<? extends Resource> type, String role) {
        return new Key(type, role);
    }

    Observed<?> get(Key key) {
        return found.stream().filter(one -> isOf(one, key)).findFirst().orElseThrow();
    }

    Sight add(Observed<?> one) {
        found.add(one);
        return this;
    }

    Sight remove(Key key) {
        found.removeIf(one -> isOf(one, key));
        return this;
    }

    Sight remove(Observed<?> gone) {
        found.removeIf(one -> one.type() == gone.type() && one.id().equals(gone.id()));
        return this;
    }

    Sight change(Key key, UnaryOperator<Observed<?>> change) {
        found.replaceAll(one -> isOf(one, key) ? change.apply(one) : one);
        return this;
    }

    Sight field(Key key, String field, Object value) {
        return change(key, one -> withField(one, field, value));
    }

    Sight phase(Key key, Phase phase) {
        return change(key, one -> withPhase(one, phase));
    }

    Sight unread(Class<? extends Resource> type, String error) {
        unread.put(type, error);
        return this;
    }

    private boolean isOf(Observed<?> one, Key key) {
        return one.type() == key.type() && one.id().equals(id(key));
    }

    static Observed<?> withField(Observed<?> one, String field, Object value) {
        Resource actual =
                Fields.map(one.actual(), (component, was) -> component.getName().equals(field) ? value : was);
        return copy(one, actual, one.id(), one.phase(), one.outputs(), one.tags());
    }

    static Observed<?> withPhase(Observed<?> one, Phase phase) {
        return copy(one, one.actual(), one.id(), phase, one.outputs(), one.tags());
    }

    static Observed<?> withId(Observed<?> one, String id) {
        return copy(one, one.actual(), id, one.phase(), Map.of("id", id), one.tags());
    }

    static Observed<?> withName(Observed<?> one, String name) {
        return new Observed<>(
                (Resource) one.actual(),
                one.id(),
                name,
                one.phase(),
                one.outputs(),
                one.owner(),
                one.tags(),
                one.uses(),
                one.unread(),
                one.message());
    }

    static Observed<?> withTag(Observed<?> one, String tag, String value) {
        var tags = new HashMap<>(one.tags());
        tags.put(tag, value);
        return copy(one, one.actual(), one.id(), one.phase(), one.outputs(), tags)
                .withOwner(Tags.owner(tags));
    }

    static Observed<?> withoutTag(Observed<?> one, String tag) {
        var tags = new HashMap<>(one.tags());
        tags.remove(tag);
        return copy(one, one.actual(), one.id(), one.phase(), one.outputs(), tags)
                .withOwner(Tags.owner(tags));
    }

    static Observed<?> withOutputs(Observed<?> one, Map<String, String> outputs) {
        return copy(one, one.actual(), one.id(), one.phase(), outputs, one.tags());
    }

    private static Observed<?> copy(
            Observed<?> one,
            Resource actual,
            String id,
            Phase phase,
            Map<String, String> outputs,
            Map<String, String> tags) {
        return new Observed<>(
                actual,
                id,
                one.name().equals(one.id()) ? id : one.name(),
                phase,
                outputs,
                one.owner(),
                tags,
                one.uses(),
                one.unread(),
                one.message());
    }

    Snapshot snapshot() {
        var readings = new LinkedHashMap<Where, Reading>();
        for (var where : stack.places()) readings.put(where, new Reading.Read(List.of()));
        for (var one : found) {
            var where = new Where(one.type(), one.actual().place());
            var have = readings.get(where) instanceof Reading.Read read
                    ? new ArrayList<Observed<?>>(read.found())
                    : new ArrayList<Observed<?>>();
            have.add(one);
            readings.put(where, new Reading.Read(have));
        }
        readings.replaceAll((where, reading) ->
                unread.containsKey(where.type()) ? new Reading.Unread(unread.get(where.type()), false) : reading);
        return new Snapshot(stack.identity().stack(), readings, Instant.EPOCH);
    }

    Plan plan() {
        return Planner.plan(stack, snapshot());
    }

    /** The plan towards a changed stack. */
    Plan plan(Stack towards) {
        return Planner.plan(towards, snapshot());
    }

    /** The plan towards a changed stack, with some of it held back. */
    Plan plan(Stack towards, Policy policy) {
        return Planner.plan(towards, snapshot(), policy);
    }

    /** What the plan towards a changed stack comes to in the end. */
    Forecast forecast(Stack towards, Policy policy) {
        return Forecast.of(towards, snapshot(), plan(towards, policy));
    }

    Forecast forecast(Stack towards) {
        return forecast(towards, Policy.OPEN);
    }

    Plan leave() {
        return Leaving.plan(stack, snapshot());
    }
}
