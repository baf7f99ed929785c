package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.converge.Serial;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.sim.SimAws;
import africa.mycandidate.operator.sim.SimCloud;
import africa.mycandidate.operator.sim.VirtualClock;
import africa.mycandidate.operator.sim.World;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** The operator against the simulated AWS, in virtual time and on one thread, with the custom resource held in memory. */
public final class Simulation {
    public static final String ACCOUNT = "123456789012";
    public static final String REGION = "af-south-1";

    public final VirtualClock clock = new VirtualClock();
    public final World world;
    public final SimAws aws;
    public final List<Port.Effect> effects = new ArrayList<>();
    public final List<String> events = new ArrayList<>();
    public MyCandidateDeployment resource;
    public Port port = (effect, call) -> call.run();
    private final long seed;
    private StackReconciler reconciler;
    private long version = 1;

    public Simulation(long seed) {
        this.seed = seed;
        this.world = new World(seed, clock::instant);
        this.aws = new SimAws(world, ACCOUNT, REGION);
        start();
    }

    /** A new process: everything that the last one remembered is gone. */
    public void start() {
        Port counting = (effect, call) -> {
            effects.add(effect);
            return port.pass(effect, call);
        };
        var regions = new Regions(
                new SimCloud(aws, clock, 1), () -> counting, new Serial(), new Random(seed ^ effects.size()));
        reconciler = new StackReconciler(regions, new Held(counting), clock, new Random(seed));
    }

    public static Spec minimal(String zone) {
        var text = "region: " + REGION
                + "\nimage: example.org/mycandidate:1.4.2\ndomain: {name: southafrica.mycandidate.africa, hostedZoneId: "
                + zone + "}\n";
        return Serialization.unmarshal(text, Spec.class);
    }

    /** The same record with one component changed. */
    public static <T extends Record> T with(T record, String component, Object changed) {
        return Fields.map(record, (one, value) -> one.getName().equals(component) ? changed : value);
    }

    public void apply(Spec spec) {
        if (resource == null) {
            resource = new MyCandidateDeployment();
            resource.setMetadata(new ObjectMetaBuilder()
                    .withNamespace("mycandidate")
                    .withName("southafrica")
                    .withUid("11111111-2222-3333-4444-555555555555")
                    .withGeneration(0L)
                    .withCreationTimestamp(clock.instant().toString())
                    .build());
        }
        resource.setSpec(spec);
        resource.getMetadata().setGeneration(resource.getMetadata().getGeneration() + 1);
        resource.getMetadata().setResourceVersion(Long.toString(++version));
    }

    /** One pass, then the time until the next. */
    public Duration pass() {
        var next = reconciler.reconcile(resource);
        clock.advance(next);
        return next;
    }

    /** Passes until the status is as wanted; fails after the given virtual time. */
    public void until(String what, Duration atMost, Predicate<Status> wanted) {
        var end = clock.instant().plus(atMost);
        do {
            pass();
            if (resource.getStatus() != null && wanted.test(resource.getStatus())) return;
        } while (clock.instant().isBefore(end));
        throw new AssertionError(what + " did not happen within " + atMost + "; " + describe());
    }

    public boolean ready() {
        return resource.getStatus() != null
                && Conditions.is(resource.getStatus().conditions(), Conditions.READY);
    }

    public static boolean ready(Status status) {
        return Conditions.is(status.conditions(), Conditions.READY);
    }

    /** Deletes until nothing is left. */
    public void remove(Duration atMost) {
        var end = clock.instant().plus(atMost);
        while (clock.instant().isBefore(end)) {
            var answer = reconciler.remove(resource);
            if (answer instanceof Answers.Gone) return;
            clock.advance(answer.next());
        }
        throw new AssertionError("not gone within " + atMost + "; " + describe());
    }

    public String describe() {
        var status = resource.getStatus();
        if (status == null) return "no status";
        var text = new StringBuilder(
                        status.summary() == null ? "" : status.summary().state())
                .append('\n');
        if (status.plan() != null)
            status.plan().steps().forEach(step -> text.append("  ")
                    .append(step.action())
                    .append(' ')
                    .append(step.resource())
                    .append(": ")
                    .append(step.because())
                    .append(' ')
                    .append(step.changes())
                    .append('\n'));
        if (status.resources() != null)
            status.resources().stream().filter(row -> !row.message().isEmpty()).forEach(row -> text.append("  ")
                    .append(row.type())
                    .append('/')
                    .append(row.role())
                    .append(' ')
                    .append(row.phase())
                    .append(": ")
                    .append(row.message())
                    .append('\n'));
        if (status.conditions() != null)
            status.conditions().forEach(one -> text.append("  ")
                    .append(one.getType())
                    .append('=')
                    .append(one.getStatus())
                    .append(' ')
                    .append(one.getReason())
                    .append(": ")
                    .append(one.getMessage())
                    .append('\n'));
        return text.toString();
    }

    public long mutations() {
        return effects.stream()
                .filter(Port.Effect::mutating)
                .filter(effect -> !effect.service().equals("Kubernetes"))
                .count();
    }

    public long kubernetesWrites() {
        return effects.stream()
                .filter(effect -> effect.service().equals("Kubernetes"))
                .count();
    }

    /** Keeps the status in the resource, as the API server would. */
    private final class Held implements Statuses {
        private final Port through;

        Held(Port through) {
            this.through = through;
        }

        @Override
        public String write(MyCandidateDeployment of, Status status) {
            pass("patchStatus", () -> {
                resource.setStatus(status);
                resource.getMetadata().setResourceVersion(Long.toString(++version));
                return null;
            });
            return Long.toString(version);
        }

        @Override
        public void event(MyCandidateDeployment of, boolean warning, String reason, String message) {
            pass("createEvent", () -> events.add((warning ? "Warning " : "Normal ") + reason + ": " + message));
        }

        private void pass(String operation, Port.Call call) {
            try {
                through.pass(Port.Effect.of("Kubernetes", operation), call);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
