package africa.mycandidate.operator.drift;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.DriftEntry;
import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.contract.Exceptions;
import africa.mycandidate.operator.converge.Inventory;
import africa.mycandidate.operator.converge.Serial;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.reconcile.Bench;
import africa.mycandidate.operator.resource.Handlers;
import africa.mycandidate.operator.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.ValidationMethod;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;

/**
 * Each managed field of each type is changed behind the operator's back, with the plain SDK. Exactly that field is told, with both values, within one sweep; it is
 * left alone under Report, and put back under Correct: at once, or, where that interrupts, once it is approved.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DriftMatrix {
    private static final Duration SWEEP = Duration.ofMinutes(1);
    /** A sweep, what AWS may hide for a moment, and the look that confirms. */
    private static final Duration TOLD = SWEEP.plusSeconds(35);

    private Bench bench;
    private final Set<String> types = new TreeSet<>();
    private final Set<String> fields = new TreeSet<>();
    private final Set<String> deleted = new TreeSet<>();
    private final Set<String> fixed = new TreeSet<>();
    private final Set<String> impossible = new TreeSet<>();
    private Stack stack;
    private String zone;

    /** A place with nothing of ours in it, or one on which the stack can be put right. */
    abstract Bench open();

    /** Lines of the spec for what cannot be had everywhere. */
    abstract List<String> more();

    /** What cannot be changed there although AWS can change it. */
    abstract Exceptions exceptions();

    /** Whether AWS hides the change until it is done with it. */
    abstract boolean isHiddenWhileChanging(Case one);

    /** How long AWS is at work on a new stack that is ready. */
    abstract Duration afterwork();

    /** How long AWS takes at most until all is as it was. */
    abstract Duration patience();

    /** Which changes are made at the same time. */
    abstract List<List<Case>> rounds(List<Case> cases);

    @BeforeAll
    void converged() {
        bench = open();
        var fresh = bench.resource == null;
        if (fresh) zone = bench.zone();
        policy("Correct");
        if (!fresh) {
            bench.run(TOLD);
            approve();
        }
        bench.until("Ready", Duration.ofHours(3), status -> status.drift().isEmpty() && Bench.ready(status));
        policy("Report");
        bench.run(fresh ? afterwork() : SWEEP);
        stack = bench.stack();
        if (fresh) foreigners();
    }

    /** What somebody else has in the same account, and points our resources to. */
    private void foreigners() {
        var acm = bench.clients().of(AcmClient.class);
        var certificate = acm.requestCertificate(
                        request -> request.domainName("*.mycandidate.africa").validationMethod(ValidationMethod.DNS))
                .certificateArn();
        // By the same record, which ACM asks for in every region of the account.
        bench.clients().global().of(AcmClient.class).requestCertificate(request -> request.domainName(
                        "*.mycandidate.africa")
                .validationMethod(ValidationMethod.DNS));
        bench.rest(Duration.ofMinutes(1));
        var record = acm.describeCertificate(request -> request.certificateArn(certificate))
                .certificate()
                .domainValidationOptions()
                .getFirst()
                .resourceRecord();
        bench.clients().of(Route53Client.class).changeResourceRecordSets(request -> request.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(
                        change -> change.action(ChangeAction.UPSERT).resourceRecordSet(set -> set.name(record.name())
                                .type(RRType.CNAME)
                                .ttl(300L)
                                .resourceRecords(one -> one.value(record.value()))))));
        bench.rest(Duration.ofMinutes(30));
    }

    @AfterAll
    void count() {
        System.out.printf(
                "%s: %d types, %d fields changed behind the operator's back, %d types deleted; %d more fields that AWS itself keeps from being changed%n",
                getClass().getSimpleName(), types.size(), fields.size(), deleted.size(), fixed.size());
        impossible.forEach(System.out::println);
    }

    private void policy(String policy) {
        var lines = new ArrayList<>(more());
        lines.addAll(List.of(
                "driftPolicy: " + policy,
                "cache: {replicas: 1}",
                "network: {availabilityZones: 3}",
                "storage: {}",
                "alarms: {email: on-call@example.org}",
                "elections: [{name: a, from: \"2039-05-28T06:00\", to: \"2039-05-31T00:00\", minTasks: 6}]",
                "tags: {country: South Africa}"));
        bench.apply(Bench.spec(zone, lines.toArray(String[]::new)));
    }

    @TestFactory
    Stream<DynamicTest> everyFieldOfEveryType() {
        var cases = Case.all(stack);
        stack.resources().forEach((key, want) -> {
            var type = key.type().getSimpleName();
            types.add(type);
            for (var field : Tampering.fixed(want)) fixed.add(type + "." + field);
        });
        return rounds(cases).stream()
                .map(round -> DynamicTest.dynamicTest(
                        round.stream().map(Case::title).collect(Collectors.joining(", ")), () -> attempt(round)));
    }

    @Test
    void aScalingPolicyThatSomebodyAddsIsToldAndTakenAway() {
        startClean();
        var scaling = bench.clients().of(ApplicationAutoScalingClient.class);
        var ours = scaling.describeScalingPolicies(request -> request.serviceNamespace(ServiceNamespace.ECS))
                .scalingPolicies();
        var one = ours.getFirst();
        scaling.putScalingPolicy(request -> request.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(one.resourceId())
                .scalableDimension(one.scalableDimension())
                .policyName("somebody-elses")
                .policyType(one.policyType())
                .stepScalingPolicyConfiguration(one.stepScalingPolicyConfiguration()));
        bench.effects.clear();
        bench.run(TOLD);
        assertThat(told()).as(bench::describe).containsExactly("ScalingPolicy/somebody-elses");
        bench.run(Duration.ofMinutes(2));
        assertThat(bench.mutations()).as("calls under Report").isZero();
        policy("Correct");
        bench.until("repaired", Duration.ofMinutes(10), status -> status.drift().isEmpty() && Bench.ready(status));
        bench.rest(Duration.ofMinutes(1));
        assertThat(scaling.describeScalingPolicies(request -> request.serviceNamespace(ServiceNamespace.ECS))
                        .scalingPolicies())
                .hasSameSizeAs(ours)
                .noneMatch(policy -> policy.policyName().equals("somebody-elses"));
        policy("Report");
        bench.run(Duration.ofMinutes(1));
    }

    /** A round that failed leaves its mark; the next one begins on new ground. */
    private void startClean() {
        if (!bench.resource.getStatus().drift().isEmpty() || !bench.ready()) converged();
    }

    private void attempt(List<Case> round) {
        startClean();
        var first = round.getFirst();
        if (exceptions().attempt(first.type(), first.what(), () -> toldAndRepaired(round))) {
            round.forEach(one -> (one.isGone() ? deleted : fields).add(one.type() + "." + one.field()));
        } else {
            var row = exceptions().of(first.type(), first.what()).orElseThrow();
            impossible.add("  cannot: %s %s: %s (%s)".formatted(row.type(), first.title(), row.answer(), row.why()));
        }
    }

    private void toldAndRepaired(List<Case> round) {
        var done = commit(round);
        if (done.isEmpty()) return;
        bench.effects.clear();
        bench.run(TOLD);
        var expected = done.stream().flatMap(one -> one.told().stream()).collect(Collectors.toCollection(TreeSet::new));
        if (done.stream().anyMatch(this::isHiddenWhileChanging))
            bench.until("told", Duration.ofMinutes(40), status -> told().equals(expected));
        assertThat(told()).as(() -> shown(done) + bench.describe()).containsAll(expected);
        // What goes takes others with it.
        if (done.stream().noneMatch(Case::isGone)) assertThat(told()).isEqualTo(expected);
        assertThat(drift()).allSatisfy(entry -> {
            assertThat(entry.desired()).isNotEqualTo(entry.actual());
            assertThat(entry.action()).contains("driftPolicy is Report");
        });
        assertThat(bench.mutations())
                .as(() -> "calls under Report: " + bench.mutating())
                .isZero();

        policy("Correct");
        bench.run(TOLD);
        if (done.stream().anyMatch(Case::interrupts)) approved(done);
        bench.until("repaired", patience(), status -> status.drift().isEmpty() && Bench.ready(status));
        policy("Report");
        bench.run(Duration.ofMinutes(1));
    }

    /** Makes the changes. Returns those that AWS took. */
    private List<Case> commit(List<Case> round) {
        var seen = look();
        var done = new ArrayList<Case>();
        for (var one : round) {
            try {
                one.deed().commit(bench.clients(), observed(seen, one.key()));
                assertThat(one.deed().refused() && exceptions() == Exceptions.NONE)
                        .as("AWS refuses it")
                        .isFalse();
                done.add(one);
            } catch (SdkException e) {
                if (!one.deed().refused()) throw new AssertionError(one.title() + ": " + AwsFailure.of("AWS", e), e);
            }
        }
        return done;
    }

    /** What interrupts, and only that, waits until it is approved. */
    private void approved(List<Case> done) {
        assertThat(told())
                .as(bench::describe)
                .isEqualTo(done.stream()
                        .filter(Case::interrupts)
                        .flatMap(one -> one.told().stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(drift()).allSatisfy(entry -> assertThat(entry.action()).contains("maintenance window, Sun 02:00"));
        if (done.stream().allMatch(Case::interrupts))
            assertThat(bench.mutations()).as("calls before the approval").isZero();
        approve();
    }

    private void approve() {
        var hash = bench.resource.getStatus().plan().hash();
        if (hash != null) bench.annotate("mycandidate.africa/approve", hash);
    }

    /** What AWS has now of what was changed. */
    private String shown(List<Case> done) {
        var seen = look();
        return done.stream()
                .filter(one -> !told().containsAll(one.told()))
                .map(one -> one.title() + ", and AWS shows " + shown(seen, one) + "\n")
                .collect(Collectors.joining());
    }

    private static String shown(Snapshot seen, Case one) {
        if (one.isGone()) return "it";
        var have = observed(seen, one.key());
        return have.unread().contains(one.field())
                ? "nothing"
                : String.valueOf(Fields.of((Record) have.actual()).get(one.field()));
    }

    private List<DriftEntry> drift() {
        return bench.resource.getStatus().drift();
    }

    private Set<String> told() {
        return drift().stream()
                .map(entry -> (entry.resource() + " " + entry.field()).strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Snapshot look() {
        var inventory = new Inventory(Handlers.all(bench.clients(), new Random(1)), bench::now, new Serial());
        Function<Snapshot.Where, Instant> now = where -> bench.now();
        return inventory.look(stack.identity().stack(), stack.places(), now);
    }

    private static Observed<?> observed(Snapshot seen, Key key) {
        return seen.ours(key.type(), key.role()).stream()
                .filter(one -> one.phase() != Phase.GONE)
                .findFirst()
                .orElseThrow();
    }
}
