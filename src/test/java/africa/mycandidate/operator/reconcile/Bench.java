package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Cloud;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.converge.Serial;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.resource.FactsReader;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.stack.Stack;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;

/** The operator on one thread over an AWS of one's choice, with the custom resource held in memory: no API server, no queue. */
public abstract class Bench {
    public static final String REGION = "af-south-1";
    public static final String DOMAIN = "southafrica.mycandidate.africa";
    /** What the names of the stack's resources begin with. */
    public static final String NAMES = "mcd-southafrica";

    private static final Duration RESTART = Duration.ofSeconds(5);

    public final List<Port.Effect> effects = new ArrayList<>();
    public final List<String> events = new ArrayList<>();
    public MyCandidateDeployment resource;
    public Port port = (effect, call) -> call.run();
    /** What the operator shows to Prometheus since it started. */
    public PrometheusMeterRegistry metrics;
    /** Whether the operator only reads, from its next start on. */
    public boolean readOnly;

    private final long seed;
    private final String name;
    private final Sabotage sabotage;
    private StackReconciler reconciler;
    private long version = 1;
    private int incarnation;
    private int starts;
    private String uids = "11111111-2222-3333-4444-55555555555";

    protected Bench(long seed) {
        this(seed, "southafrica", Sabotage.NONE);
    }

    /** @param name of the custom resource */
    protected Bench(long seed, String name, Sabotage sabotage) {
        this.seed = seed;
        this.name = name;
        this.sabotage = sabotage;
    }

    /** The objects of this cluster get other UIDs than those of another. @param all but the last digit */
    public void uids(String beginning) {
        uids = beginning;
    }

    /** The AWS that the operator works against. */
    protected abstract Cloud cloud();

    /** The same AWS, as somebody else reaches it. */
    public abstract Clients clients();

    /** Time passes without the operator. */
    public abstract void rest(Duration time);

    public final Instant now() {
        return cloud().clock().instant();
    }

    /** How many processes there were. */
    public final int starts() {
        return starts;
    }

    /** A new process: everything that the last one remembered is gone. */
    public final void start() {
        starts++;
        Port counting = (effect, call) -> {
            effects.add(effect);
            return port.pass(effect, call);
        };
        var cloud = cloud();
        var sabotaged = Port.chain(sabotage.port(cloud.clock()), counting);
        var regions = new Regions(
                cloud,
                () -> sabotaged,
                new Serial(),
                new Random(seed ^ (long) starts << 32 ^ effects.size()),
                "simulation",
                new Sabotaged());
        metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        reconciler = new StackReconciler(
                regions,
                sabotage.statuses(new Held(sabotaged)),
                cloud.clock(),
                new Random(seed),
                readOnly,
                new Gauges(metrics));
    }

    /** The engine, with the mistake in it. */
    private final class Sabotaged implements Engine {
        @Override
        public List<Handler<?>> handlers(Clients clients, RandomGenerator random) {
            return sabotage.handlers(Engine.STANDARD.handlers(sabotage.wire(clients), random));
        }

        @Override
        public Plan plan(Stack stack, Snapshot seen, Policy policy) {
            return sabotage.plan(stack, seen, policy);
        }

        @Override
        public Plan leaving(Stack stack, Snapshot seen) {
            return sabotage.departure(stack, seen);
        }
    }

    /** The process dies: nothing of it runs on, and what it remembered is gone. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        public Crash() {
            super("killed", null, false, false);
        }
    }

    /** The API server did not answer a write. The queue calls the reconciler again. */
    private static final class Unwritten extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unwritten(Throwable cause) {
            super(cause);
        }
    }

    /** Makes a hosted zone for mycandidate.africa, as somebody did long before. */
    public String zone() {
        var made = clients().of(Route53Client.class).createHostedZone(request -> request.name("mycandidate.africa")
                .callerReference("test"));
        return made.hostedZone().id().replace("/hostedzone/", "");
    }

    /** The smallest spec with more lines of YAML. */
    public static Spec spec(String zone, String... lines) {
        var all = String.join("\n", lines);
        var text = new StringBuilder("region: " + REGION + "\n");
        if (!all.contains("domain:")) text.append("domain: {name: " + DOMAIN + ", hostedZoneId: " + zone + "}\n");
        if (!all.contains("image:")) text.append("image: example.org/mycandidate:1.4.2\n");
        for (var line : lines) text.append(line).append('\n');
        return Serialization.unmarshal(text.toString(), Spec.class);
    }

    public static Spec minimal(String zone) {
        return spec(zone);
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
                    .withName(name)
                    .withUid(uids + incarnation++ % 10)
                    .withGeneration(0L)
                    .withCreationTimestamp(now().toString())
                    .build());
        }
        resource.setSpec(spec);
        resource.getMetadata().setGeneration(resource.getMetadata().getGeneration() + 1);
        resource.getMetadata().setResourceVersion(Long.toString(++version));
    }

    /** Annotates the resource, as {@code kubectl annotate --overwrite} does. */
    public void annotate(String name, String value) {
        var annotations = new java.util.TreeMap<String, String>();
        if (resource.getMetadata().getAnnotations() != null)
            annotations.putAll(resource.getMetadata().getAnnotations());
        annotations.put(name, value);
        resource.getMetadata().setAnnotations(annotations);
        resource.getMetadata().setResourceVersion(Long.toString(++version));
    }

    /** What the spec comes to. */
    public Stack stack() {
        return StackReconciler.stack(resource, new FactsReader(clients(), REGION).read(), now());
    }

    /** One pass, then the time until the next. */
    public Duration pass() {
        var next = look(resource);
        rest(next);
        return next;
    }

    /**
     * One pass, and no time.
     *
     * @param as the resource as the operator sees it, which may be older than what the API server has
     * @return how long until the next
     */
    public Duration look(MyCandidateDeployment as) {
        try {
            return reconciler.reconcile(as);
        } catch (Unwritten unwritten) {
            return RESTART;
        } catch (Crash crash) {
            start();
            return RESTART;
        }
    }

    /** Passes for the given time. */
    public void run(Duration time) {
        var end = now().plus(time);
        while (now().isBefore(end)) pass();
    }

    /** Passes until the status is as wanted; fails after the given virtual time. */
    public void until(String what, Duration atMost, Predicate<Status> wanted) {
        var end = now().plus(atMost);
        do {
            pass();
            if (resource.getStatus() != null && wanted.test(resource.getStatus())) return;
        } while (now().isBefore(end));
        throw new AssertionError(what + " did not happen within " + atMost + "; " + describe());
    }

    /** The service of this stack, as AWS shows it. */
    public Service service() {
        var ecs = clients().of(EcsClient.class);
        var cluster = ecs.listClusters().clusterArns().stream()
                .filter(one -> one.contains(NAMES))
                .findFirst()
                .orElseThrow();
        var names = ecs.listServices(request -> request.cluster(cluster)).serviceArns();
        return ecs.describeServices(request -> request.cluster(cluster).services(names))
                .services()
                .getFirst();
    }

    /** Within what bounds it scales, as AWS shows it. */
    public ScalableTarget bounds() {
        return clients()
                .of(ApplicationAutoScalingClient.class)
                .describeScalableTargets(request -> request.serviceNamespace(ServiceNamespace.ECS)
                        .resourceIds("service/" + service().clusterArn().replaceFirst(".*/", "") + "/"
                                + service().serviceName()))
                .scalableTargets()
                .getFirst();
    }

    /** When AWS maintains our database, and the first node of our cache. */
    public List<String> maintenance() {
        return List.of(
                clients().of(RdsClient.class).describeDBInstances().dbInstances().stream()
                        .filter(one -> one.dbInstanceIdentifier().startsWith(NAMES + "-"))
                        .findFirst()
                        .orElseThrow()
                        .preferredMaintenanceWindow(),
                clients().of(ElastiCacheClient.class).describeCacheClusters().cacheClusters().stream()
                        .filter(one -> one.cacheClusterId().startsWith(NAMES + "-"))
                        .findFirst()
                        .orElseThrow()
                        .preferredMaintenanceWindow());
    }

    public boolean ready() {
        return resource.getStatus() != null
                && Conditions.is(resource.getStatus().conditions(), Conditions.READY);
    }

    public static boolean ready(Status status) {
        return Conditions.is(status.conditions(), Conditions.READY);
    }

    /** One pass of a deletion, then the time until the next. Returns whether the finalizer goes. */
    public boolean leave() {
        var answer = depart();
        if (answer instanceof Answers.Gone) return true;
        rest(answer.next());
        return false;
    }

    /** One pass of a deletion, and no time. */
    public Answers depart() {
        return depart(resource);
    }

    /** @param as the resource as the operator sees it, which may be older than what the API server has */
    Answers depart(MyCandidateDeployment as) {
        try {
            return sabotage.leaving(reconciler.remove(as));
        } catch (Unwritten unwritten) {
            return new Answers.Show(null, RESTART);
        } catch (Crash crash) {
            start();
            return new Answers.Show(null, RESTART);
        }
    }

    /** Deletes until nothing is left. */
    public void remove(Duration atMost) {
        var end = now().plus(atMost);
        while (now().isBefore(end)) {
            if (leave()) {
                resource = null;
                return;
            }
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
        return mutating().size();
    }

    /** The calls that changed AWS, in order. */
    public List<Port.Effect> mutating() {
        return effects.stream()
                .filter(Port.Effect::mutating)
                .filter(effect -> !effect.service().equals("Kubernetes"))
                .toList();
    }

    public long kubernetesWrites() {
        return effects.stream()
                .filter(effect -> effect.mutating() && effect.service().equals("Kubernetes"))
                .count();
    }

    /** Keeps the status in the resource, as the API server would. */
    private final class Held implements Statuses {
        private final Port through;

        Held(Port through) {
            this.through = through;
        }

        @Override
        public Optional<MyCandidateDeployment> latest(MyCandidateDeployment seen) {
            pass("getMyCandidateDeployment", () -> null);
            return Optional.ofNullable(resource)
                    .filter(one ->
                            one.getMetadata().getUid().equals(seen.getMetadata().getUid()));
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
            } catch (Error e) {
                throw e;
            } catch (Throwable e) {
                throw new Unwritten(e);
            }
        }
    }
}
