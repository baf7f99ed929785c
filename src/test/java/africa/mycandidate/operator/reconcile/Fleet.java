package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.converge.Serial;
import africa.mycandidate.operator.sim.SimAws;
import africa.mycandidate.operator.sim.SimCloud;
import africa.mycandidate.operator.sim.VirtualClock;
import africa.mycandidate.operator.sim.World;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.route53.Route53Client;

/** Many custom resources in one account and region, served by one operator in virtual time. */
final class Fleet {
    final VirtualClock clock = new VirtualClock();
    final SimAws aws;
    final List<MyCandidateDeployment> members = new ArrayList<>();
    /** The calls to AWS, in order. */
    final List<Port.Effect> calls = new ArrayList<>();

    private final StackReconciler reconciler;
    private final List<Instant> due = new ArrayList<>();
    private long version;

    Fleet(long seed, int size) {
        aws = new SimAws(new World(seed, clock::instant), Simulation.ACCOUNT, Simulation.REGION);
        aws.quota(2 * size);
        Port counting = (effect, call) -> {
            calls.add(effect);
            return call.run();
        };
        var regions = new Regions(new SimCloud(aws, clock, 1), () -> counting, new Serial(), new Random(seed), "fleet");
        reconciler = new StackReconciler(
                regions, new Kept(), clock, new Random(seed), false, new Gauges(new SimpleMeterRegistry()));
        var zone = aws.of(Route53Client.class)
                .createHostedZone(request -> request.name("mycandidate.africa").callerReference("test"))
                .hostedZone()
                .id()
                .replace("/hostedzone/", "");
        for (var number = 1; number <= size; number++) add("country%02d".formatted(number), zone);
    }

    private void add(String name, String zone) {
        var member = new MyCandidateDeployment();
        member.setMetadata(new ObjectMetaBuilder()
                .withNamespace("mycandidate")
                .withName(name)
                .withUid("11111111-2222-3333-4444-0000" + name.replace("country", "000000"))
                .withGeneration(1L)
                .withResourceVersion(Long.toString(++version))
                .withCreationTimestamp(clock.instant().toString())
                .build());
        member.setSpec(
                Simulation.spec(zone, "domain: {name: " + name + ".mycandidate.africa, hostedZoneId: " + zone + "}"));
        members.add(member);
        due.add(clock.instant());
    }

    /** All are made at once, and looked at together and less often than the operator would, as only the end counts. */
    void create(Duration atMost) {
        var end = clock.instant().plus(atMost);
        while (!ready()) {
            if (clock.instant().isAfter(end)) throw new AssertionError("not ready within " + atMost);
            for (var index = 0; index < members.size(); index++) pass(index);
            clock.advance(Duration.ofSeconds(20));
        }
    }

    /** Each is looked at when its time has come, until the given time has passed. */
    void run(Duration time) {
        var end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            var next = due.stream().min(Comparator.naturalOrder()).orElseThrow();
            if (next.isAfter(clock.instant())) clock.advance(Duration.between(clock.instant(), next));
            pass(due.indexOf(next));
        }
    }

    /** One look at one of them, now. */
    void pass(int index) {
        due.set(index, clock.instant().plus(reconciler.reconcile(members.get(index))));
    }

    /** Annotates one of them, as {@code kubectl annotate --overwrite} does. */
    void annotate(int index, String name, String value) {
        var metadata = members.get(index).getMetadata();
        metadata.setAnnotations(Map.of(name, value));
        metadata.setResourceVersion(Long.toString(++version));
    }

    boolean ready() {
        return members.stream().allMatch(member -> member.getStatus() != null && Simulation.ready(member.getStatus()));
    }

    /** Keeps each status in its resource, as the API server would. */
    private final class Kept implements Statuses {
        @Override
        public Optional<MyCandidateDeployment> latest(MyCandidateDeployment seen) {
            return Optional.of(seen);
        }

        @Override
        public String write(MyCandidateDeployment of, Status status) {
            of.setStatus(status);
            of.getMetadata().setResourceVersion(Long.toString(++version));
            return Long.toString(version);
        }

        @Override
        public void event(MyCandidateDeployment of, boolean warning, String reason, String message) {}
    }
}
