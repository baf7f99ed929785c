package africa.mycandidate.operator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import africa.mycandidate.operator.contract.Alternatives.Alternative;
import africa.mycandidate.operator.converge.Outcome;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Judging;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.ValidationRecord;
import africa.mycandidate.operator.stack.Stack;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What holds for every type of resource, on every AWS: it is absent, is made, is there without a difference; each field that AWS can change is changed, in AWS
 * and nowhere else, and changed back; a field that AWS cannot change is replaced or refused; it is deleted, and gone. The stack grows resource by resource, by
 * the engine itself, in the order in which they need each other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Contract {
    /** A change a moment before may make AWS refuse this one. */
    private static final int TAG_ATTEMPTS = 8;

    private Backend backend;
    private Site site;
    private Draft draft;
    /** What stands so far. */
    private Stack stack;

    private final Set<Key> broken = new HashSet<>();
    private final Set<Key> absent = new HashSet<>();
    private final Map<Class<? extends Resource>, Integer> deletions = new java.util.HashMap<>();
    private final Summary summary = new Summary();

    abstract Backend start();

    @BeforeAll
    void open() {
        backend = start();
        site = new Site(backend);
        draft = Draft.of(site);
        stack = draft.part(Set.of());
        site.look(stack);
    }

    @AfterAll
    void close() {
        summary.print(getClass().getSimpleName() + ", " + site.calls() + " calls", backend.exceptions());
        backend.close();
    }

    @TestFactory
    Stream<DynamicNode> everyType() {
        var keys = draft.order();
        return Stream.concat(
                keys.stream().map(key -> DynamicContainer.dynamicContainer(key.toString(), life(key))),
                Stream.of(DynamicContainer.dynamicContainer("in the end", end(keys))));
    }

    private Stream<DynamicTest> life(Key key) {
        var tests = new ArrayList<DynamicTest>();
        tests.add(test(key, "create", () -> create(key)));
        for (var field : Alternatives.updatable(key.type())) tests.add(test(key, field, () -> change(key, field)));
        for (var component : Fields.components(key.type())) {
            if (component.isAnnotationPresent(Immutable.class) && !isPlace(key, component))
                tests.add(test(key, component.getName(), () -> immutable(key, component)));
        }
        var type = key.type().getAnnotation(AwsType.class);
        if (type.tagged() && type.tagsShown()) {
            tests.add(test(key, "tags", () -> tags(key)));
            tests.add(test(key, "owner", () -> owner(key)));
        }
        tests.add(test(key, "silence", this::silence));
        return tests.stream();
    }

    /** Somewhere else is another resource. */
    private boolean isPlace(Key key, RecordComponent component) {
        var was = draft.whole.resources().get(key);
        return !was.place().equals(replaced(was, component).place());
    }

    private static Resource replaced(Resource was, RecordComponent component) {
        return Draft.with(was, component.getName(), another(component, Fields.value(component, was)));
    }

    private Stream<DynamicTest> end(List<Key> keys) {
        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest("everything is deleted", this::remove)),
                keys.stream().map(key -> test(key, "delete", () -> gone(key))));
    }

    private DynamicTest test(Key key, String what, Runnable check) {
        return DynamicTest.dynamicTest(key + " " + what, () -> {
            assumeTrue(what.equals("create") || !broken.contains(key), key + " could not be made");
            var done = backend.exceptions().attempt(key.type().getSimpleName(), what, check);
            summary.add(key, what, done);
        });
    }

    /** Absent before, there afterwards, and nothing to do. */
    private void create(Key key) {
        broken.add(key);
        grow(draft.closure(key));
        assertThat(absent).as("what was not there before").contains(key);
        assertThat(site.found(stack, key)).hasSize(1);
        broken.remove(key);
    }

    private void grow(Set<Key> keys) {
        var more = new TreeMap<Key, Resource>(draft.part(keys).resources());
        more.putAll(stack.resources());
        var grown = Draft.with(stack, more);
        for (var key : keys) {
            if (!stack.resources().containsKey(key) && site.found(grown, key).isEmpty()) absent.add(key);
        }
        site.converge(grown);
        stack = grown;
    }

    /** Another value is set, by this resource's update alone, AWS has it, and it can be taken back. */
    private void change(Key key, String field) {
        switch (Alternatives.of(key.type(), field)) {
            case Alternative.Wanted wanted -> wanted(key, field, wanted);
            case Alternative.Drifted drifted -> drifted(key, field, drifted);
            case Alternative.Emptied emptied -> emptied(key, field, emptied);
        }
        if (Set.of("password", "token").contains(field)) site.converge(stack);
    }

    private void wanted(Key key, String field, Alternative.Wanted alternative) {
        var before = value(key, field);
        var changed = Draft.with(
                stack, key, alternative.change().apply(stack.resources().get(key)));
        try {
            only(key, field, changed);
            assertThat(value(key, field)).as("what AWS has").isNotEqualTo(before);
        } finally {
            if (alternative.lasting()) stack = changed;
            else site.converge(restored(key, field), key, step -> true);
        }
    }

    /** What was not managed before is left as it is; only the mark of a failed rollout would forbid the revision from then on. */
    private Stack restored(Key key, String field) {
        var was = stack.resources().get(key);
        return field.equals("failed") ? Draft.with(stack, key, Draft.with(was, field, "")) : stack;
    }

    private void drifted(Key key, String field, Alternative.Drifted alternative) {
        var before = value(key, field);
        alternative.change().accept(backend.clients(), site.found(stack, key).getFirst());
        await(() -> has(stack, key, Step.Update.class), key);
        only(key, field, stack);
        if (Fields.of((Record) stack.resources().get(key)).get(field) instanceof Judging judging)
            assertThat(judging.accepts(value(key, field))).as("what AWS has").isTrue();
        else assertThat(value(key, field)).as("what AWS has").isEqualTo(before);
    }

    private void emptied(Key key, String field, Alternative.Emptied alternative) {
        alternative.fill().accept(backend.clients(), site.found(stack, key).getFirst());
        assertThat(value(key, field)).as("what AWS has").isNotEqualTo("");
        var emptied = alternative.change().apply(stack.resources().get(key));
        only(key, field, Draft.with(stack, key, emptied));
        assertThat(value(key, field)).as("what AWS has").isEqualTo("");
        site.converge(stack, key, step -> true);
    }

    private void only(Key key, String field, Stack wanted) {
        var before = site.mutations();
        var done = site.converge(wanted, key, step -> true);
        assertThat(done.stream().map(Outcome::key).filter(other -> other.equals(key) || !holdsCredentials(other)))
                .as("what was changed")
                .containsOnly(key);
        assertThat(fields(done)).as("the fields that were changed").contains(field);
        assertThat(site.mutations()).as("mutating calls").isGreaterThan(before);
        var quiet = site.mutations();
        assertThat(site.steps(wanted, key)).hasOnlyElementsOfType(Step.Keep.class);
        assertThat(site.mutations()).isEqualTo(quiet);
    }

    private static Set<String> fields(List<Outcome> done) {
        return done.stream()
                .filter(outcome -> outcome.step() instanceof Step.Update)
                .flatMap(outcome -> ((Step.Update) outcome.step()).fields().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Object value(Key key, String field) {
        var one = site.found(stack, key).getFirst();
        assertThat(one.unread()).as("fields that AWS does not show").doesNotContain(field);
        return Fields.of((Record) one.actual()).get(field);
    }

    /** The planner replaces it, or refuses. */
    private void immutable(Key key, RecordComponent component) {
        var other = replaced(stack.resources().get(key), component);
        var wanted = Draft.with(stack, key, other);
        var steps = site.steps(wanted, key);
        // What others may use too is never changed: another one is made beside it.
        if (site.found(stack, key).getFirst().owner() instanceof Owner.Shared) {
            assertThat(steps).hasOnlyElementsOfType(Step.Create.class);
            return;
        }
        switch (key.type().getAnnotation(AwsType.class).replacement()) {
            case CREATE_FIRST -> assertThat(steps).hasAtLeastOneElementOfType(Step.Replace.class);
            case DELETE_FIRST ->
                assertThat(steps).anySatisfy(step -> assertThat(step.because()).contains("goes first"));
            case NEVER -> assertThat(steps).hasOnlyElementsOfType(Step.Refuse.class);
        }
    }

    private boolean has(Stack wanted, Key key, Class<? extends Step> kind) {
        return site.steps(wanted, key).stream().anyMatch(kind::isInstance);
    }

    private static Object another(RecordComponent component, Object value) {
        if (value == null && component.getType() == String.class) return "another";
        return switch (value) {
            case Boolean flag -> !flag;
            case Integer number -> number + 1;
            case String text -> text + "x";
            case Ref<?> ref -> Ref.of("another");
            case Set<?> set -> Set.of("another");
            case Map<?, ?> map ->
                Map.of(
                        "another",
                        map.isEmpty() ? "one" : map.values().iterator().next());
            case null, default -> throw new AssertionError("add another value for " + component + " to this switch");
        };
    }

    /** Set, changed, and taken off again. */
    private void tags(Key key) {
        for (var wanted :
                List.of(Map.of("team", "web", "stage", "test"), Map.of("team", "data"), Map.<String, String>of())) {
            var tagged = new Stack(stack.identity(), stack.uid(), stack.resources(), wanted);
            site.converge(tagged, key, step -> step.key().equals(key));
            var shown = new TreeMap<>(site.found(stack, key).getFirst().tags());
            shown.keySet().retainAll(Set.of("team", "stage"));
            assertThat(shown).isEqualTo(wanted);
        }
    }

    /** Once it is another object's, nothing is done to it. */
    private void owner(Key key) {
        var have = site.found(stack, key).getFirst();
        tag(key, have, Map.of(Tags.OWNER, "another"));
        try {
            await(() -> has(stack, key, Step.Refuse.class), key);
            assertThat(site.steps(stack, key))
                    .allSatisfy(step -> assertThat(step.because()).contains("belongs to another object"));
        } finally {
            tag(key, have, Map.of(Tags.OWNER, stack.uid()));
            site.converge(stack, key, step -> step.key().equals(key));
        }
    }

    /** The URLs that applications are given hold the credentials, and follow them. */
    private boolean holdsCredentials(Key key) {
        return stack.resources().get(key)
                instanceof SecretValue(var description, SecretValue.Template content, var left);
    }

    /** Until a change made by another hand shows. */
    private void await(BooleanSupplier shown, Key key) {
        for (var look = 0; look < backend.patience(); look++) {
            site.found(stack, key);
            if (shown.getAsBoolean()) return;
            backend.pause(Duration.ofSeconds(5));
        }
        throw new AssertionError("AWS does not show what was changed by another hand");
    }

    @SuppressWarnings("unchecked")
    private <R extends Resource> void tag(Key key, Observed<?> have, Map<String, String> tags) {
        var handler = (Handler<R>) site.handler(key);
        for (var attempt = 0; ; attempt++) {
            try {
                handler.tag((Observed<R>) have, tags, Set.of());
                return;
            } catch (AwsServiceException e) {
                if (attempt == TAG_ATTEMPTS) throw e;
                backend.pause(Duration.ofSeconds(30));
            }
        }
    }

    /** All of it is as it should be, and looking makes no mutating call. */
    private void silence() {
        var before = site.mutations();
        backend.pause(Duration.ofSeconds(10));
        assertThat(site.converge(stack)).isEmpty();
        assertThat(site.mutations()).isEqualTo(before);
    }

    private void remove() {
        for (var outcome : site.remove(stack)) {
            if (outcome instanceof Outcome.Done && outcome.step() instanceof Step.Delete)
                deletions.merge(outcome.key().type(), 1, Integer::sum);
        }
    }

    private void gone(Key key) {
        // A validation record may be another stack's too, and stays.
        if (key.type() == ValidationRecord.class) return;
        assertThat(site.found(stack, key)).isEmpty();
        assertThat(deletions.getOrDefault(key.type(), 0))
                .as("deletions of this type")
                .isPositive();
    }
}
