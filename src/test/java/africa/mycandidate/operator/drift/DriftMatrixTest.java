package africa.mycandidate.operator.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import africa.mycandidate.operator.api.DriftEntry;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.converge.Inventory;
import africa.mycandidate.operator.converge.Serial;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Change;
import africa.mycandidate.operator.reconcile.Simulation;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.resource.Handlers;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.ValidationMethod;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;

/**
 * Each managed field of each type is changed behind the operator's back, with the plain SDK. Exactly that field is told, with both values, within one sweep; it is
 * left alone under Report, and put back under Correct: at once, or, where that interrupts, once it is approved.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftMatrixTest {
    private static final Duration SWEEP = Duration.ofMinutes(1);
    /** A sweep, what AWS may hide for a moment, and the look that confirms. */
    private static final Duration TOLD = SWEEP.plusSeconds(35);

    private Simulation simulation;
    private final Set<String> types = new TreeSet<>();
    private final Set<String> fields = new TreeSet<>();
    private final Set<String> fixed = new TreeSet<>();
    private Stack stack;
    private String zone;

    @BeforeAll
    void converged() {
        simulation = new Simulation(73);
        zone = simulation.zone();
        policy("Correct");
        simulation.until("Ready", Duration.ofHours(3), Simulation::ready);
        policy("Report");
        simulation.run(Duration.ofMinutes(30));
        stack = simulation.stack();
        foreigners();
    }

    /** What somebody else has in the same account, and points our resources to. */
    private void foreigners() {
        var acm = simulation.aws.of(AcmClient.class);
        var certificate = acm.requestCertificate(
                        request -> request.domainName("*.mycandidate.africa").validationMethod(ValidationMethod.DNS))
                .certificateArn();
        simulation.rest(Duration.ofMinutes(1));
        var record = acm.describeCertificate(request -> request.certificateArn(certificate))
                .certificate()
                .domainValidationOptions()
                .getFirst()
                .resourceRecord();
        simulation.aws.of(Route53Client.class).changeResourceRecordSets(request -> request.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(
                        change -> change.action(ChangeAction.UPSERT).resourceRecordSet(set -> set.name(record.name())
                                .type(RRType.CNAME)
                                .ttl(300L)
                                .resourceRecords(one -> one.value(record.value()))))));
        simulation.rest(Duration.ofMinutes(30));
    }

    @AfterAll
    void count() {
        System.out.printf(
                "drift matrix: %d types, %d fields changed behind the operator's back; %d more fields that AWS itself keeps from being changed%n",
                types.size(), fields.size(), fixed.size());
    }

    private void policy(String policy) {
        simulation.apply(Simulation.spec(
                zone,
                "driftPolicy: " + policy,
                "cache: {replicas: 1}",
                "network: {availabilityZones: 3}",
                "tags: {country: South Africa}"));
    }

    @TestFactory
    Stream<DynamicTest> everyFieldOfEveryType() {
        var cases = new ArrayList<DynamicTest>();
        for (var key : oneOfEachType()) {
            var want = stack.resources().get(key);
            types.add(key.type().getSimpleName());
            for (var field : Tampering.fixed(want)) fixed.add(key.type().getSimpleName() + "." + field);
            for (var field : Tampering.fields(want)) {
                if (isSettled(key, field)) continue;
                fields.add(key.type().getSimpleName() + "." + field);
                for (var deed : Tampering.of(key.type(), field))
                    cases.add(DynamicTest.dynamicTest(
                            key + " " + field + ": " + deed.what(), () -> toldAndRepaired(key, field, deed)));
            }
        }
        for (var key : oneOfEachType()) cases.addAll(tags(key));
        return cases.stream();
    }

    /** A tag of ours changed, and one taken off; the tags of others are theirs. */
    private List<DynamicTest> tags(Key key) {
        var type = key.type().getAnnotation(AwsType.class);
        if (!type.tagged() || !type.tagsShown()) return List.of();
        var field = key.type().getSimpleName() + "." + Change.TAGS;
        fields.add(field);
        return List.of(
                DynamicTest.dynamicTest(
                        key + " tags: one changed",
                        () -> toldAndRepaired(key, Change.TAGS, tag(key, Map.of("country", "nowhere"), Set.of()))),
                DynamicTest.dynamicTest(
                        key + " tags: one taken off",
                        () -> toldAndRepaired(key, Change.TAGS, tag(key, Map.of(), Set.of("country")))));
    }

    private Tampering.Deed tag(Key key, Map<String, String> set, Set<String> remove) {
        return new Tampering.Deed("", Set.of(), false, (clients, have) -> tag(clients, key, have, set, remove));
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

    /** Values that judge themselves take what AWS makes of them by itself: there is no other value that somebody could set. */
    private static boolean isSettled(Key key, String field) {
        return Set.of("DbInstance.engineVersion", "DbInstance.storageGiB", "ReplicationGroup.engineVersion")
                .contains(key.type().getSimpleName() + "." + field);
    }

    /** The one with the most fields in use; of those the first. */
    private List<Key> oneOfEachType() {
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

    private void toldAndRepaired(Key key, String field, Tampering.Deed deed) {
        // A case that failed leaves its mark; the next one begins on new ground.
        if (!simulation.resource.getStatus().drift().isEmpty() || !simulation.ready()) converged();
        simulation.effects.clear();
        if (deed.refused()) {
            assertThatThrownBy(() -> deed.commit(simulation.aws, observed(key)))
                    .isInstanceOf(AwsServiceException.class);
            return;
        }
        deed.commit(simulation.aws, observed(key));
        simulation.run(TOLD);
        var expected = new TreeSet<>(deed.also());
        expected.add(field);
        if (isHiddenWhileChanging(key, field))
            simulation.until("told", Duration.ofMinutes(40), status -> told().equals(expected));
        assertThat(simulation.resource.getStatus().drift().stream()
                        .map(DriftEntry::resource)
                        .collect(Collectors.toSet()))
                .as(simulation.describe())
                .containsExactly(key.toString());
        assertThat(told()).isEqualTo(expected);
        assertThat(simulation.resource.getStatus().drift()).allSatisfy(entry -> {
            assertThat(entry.desired()).isNotEqualTo(entry.actual());
            assertThat(entry.action()).contains("driftPolicy is Report");
        });
        simulation.run(Duration.ofMinutes(5));
        assertThat(simulation.mutations()).as("calls under Report").isZero();

        policy("Correct");
        simulation.run(TOLD);
        if (interrupts(key, field)) {
            assertThat(simulation.resource.getStatus().drift())
                    .as(simulation.describe())
                    .anySatisfy(entry -> assertThat(entry.action()).contains("maintenance window, Sun 02:00"));
            assertThat(simulation.mutations()).as("calls before the approval").isZero();
            simulation.annotate(
                    "mycandidate.africa/approve",
                    simulation.resource.getStatus().plan().hash());
        }
        simulation.until(
                "repaired",
                // RDS takes no second change of storage for six hours.
                Duration.ofHours(14),
                status -> status.drift().isEmpty() && Simulation.ready(status));
        policy("Report");
        simulation.run(Duration.ofMinutes(3));
    }

    /** ElastiCache shows neither the tags nor the members of a group that it is changing, and RDS not whether a parameter group will ask for a restart. */
    private static boolean isHiddenWhileChanging(Key key, String field) {
        return key.type() == ReplicationGroup.class || key.type() == DbInstance.class && field.equals("parameterGroup");
    }

    private Set<String> told() {
        return simulation.resource.getStatus().drift().stream()
                .map(DriftEntry::field)
                .collect(Collectors.toSet());
    }

    private static boolean interrupts(Key key, String field) {
        return Fields.components(key.type()).stream()
                .filter(component -> component.getName().equals(field))
                .map(component -> component.getAnnotation(Interrupts.class))
                .anyMatch(one -> one != null && one.value().compareTo(Interruption.FAILOVER) >= 0);
    }

    private Observed<?> observed(Key key) {
        var handlers = Handlers.all(simulation.aws, new Random(1));
        var inventory = new Inventory(handlers, simulation.clock::instant, new Serial());
        Function<Snapshot.Where, Instant> now = where -> simulation.clock.instant();
        var seen = inventory.look(stack.identity().stack(), stack.places(), now);
        return seen.ours(key.type(), key.role()).stream()
                .filter(one -> one.phase() != Phase.GONE)
                .findFirst()
                .orElseThrow();
    }
}
