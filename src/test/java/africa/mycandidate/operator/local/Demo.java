package africa.mycandidate.operator.local;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** {@code make demo}: the life of a stack, unattended. What the status says is checked against AWS. */
public final class Demo {
    private static final String IMAGE = "example.org/mycandidate:1.5.0";
    private static final int LEAST_TASKS = 3;
    private static final int MOST_TASKS = 8;

    /** In AWS's time; the slowest seeds stay far below it. */
    private static final Duration LIMIT = Duration.ofHours(5);

    private final Site site;
    private final Set<String> before = LocalCloud.aws().existing();

    private record Part(String headline, Site.Act act) {}

    private Demo(Site site) {
        this.site = site;
    }

    public static void main(String[] arguments) {
        Site.perform(site -> new Demo(site).play());
    }

    private void play() throws Exception {
        var parts = List.of(
                new Part("Ten lines become a running site", here -> create()),
                new Part("A new image rolls out", here -> rollOut()),
                new Part("The site is scaled", here -> scale()),
                new Part("A deletion is refused: the database is protected", here -> deleteInVain()),
                new Part("The protection is lifted, and the deletion goes on by itself", here -> liftProtection()));
        var start = Instant.now();
        for (var i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            var number = (i + 1) + " of " + parts.size();
            Site.say("\n== " + number + ": " + part.headline());
            var began = Instant.now();
            try {
                part.act().on(site);
            } catch (IllegalStateException e) {
                throw new IllegalStateException("part " + number + " failed. " + e.getMessage(), e);
            }
            Site.say("-- done in " + Duration.between(began, Instant.now()).toSeconds() + " s");
        }
        Site.say("\nAll of it happened, in "
                + Duration.between(start, Instant.now()).toSeconds() + " s.");
    }

    private void create() throws Exception {
        site.apply("samples/minimal.yaml");
        site.await("Ready", LIMIT, now -> Site.is(now, "Ready"));
        Site.say("Ready: " + site.handle().get().getStatus().url());
    }

    private void rollOut() throws Exception {
        site.patch("{\"spec\":{\"image\":\"" + IMAGE + "\"}}");
        site.await("Ready with the new image", LIMIT, now -> Site.is(now, "Ready"));
        var definition = LocalCloud.aws()
                .of(EcsClient.class)
                .describeTaskDefinition(
                        request -> request.taskDefinition(service().taskDefinition()))
                .taskDefinition();
        var runs = definition.containerDefinitions().getFirst().image();
        check(runs.equals(IMAGE), "The status says Ready, but the service runs " + runs + ".");
        Site.say("The service runs " + runs + " (revision " + definition.revision() + ").");
    }

    private void scale() throws Exception {
        site.patch("{\"spec\":{\"scaling\":{\"minTasks\":" + LEAST_TASKS + ",\"maxTasks\":" + MOST_TASKS + "}}}");
        site.await("Ready with " + LEAST_TASKS + " tasks", LIMIT, Demo::isScaled);
        var target = LocalCloud.aws()
                .of(ApplicationAutoScalingClient.class)
                .describeScalableTargets(request -> request.serviceNamespace(ServiceNamespace.ECS))
                .scalableTargets()
                .getFirst();
        check(
                target.minCapacity() == LEAST_TASKS && target.maxCapacity() == MOST_TASKS,
                "The status says Ready, but AWS scales between " + target.minCapacity() + " and " + target.maxCapacity()
                        + ".");
        var running = service().runningCount();
        check(running >= LEAST_TASKS, "The status says Ready, but only " + running + " tasks run.");
        Site.say("AWS keeps between " + target.minCapacity() + " and " + target.maxCapacity() + " tasks; " + running
                + " run.");
    }

    private static boolean isScaled(MyCandidateDeployment now) {
        return Site.is(now, "Ready") && now.getStatus().summary().tasks().startsWith(LEAST_TASKS + "/");
    }

    private void deleteInVain() throws Exception {
        var held = LocalCloud.aws().existing();
        site.delete();
        site.await("the refusal of the deletion", LIMIT, now -> {
            check(now != null, "The stack was deleted although its database is protected.");
            return Site.is(now, "Stalled");
        });
        var refusal = Site.condition(site.handle().get().getStatus(), "Stalled").orElseThrow();
        Site.say("Refused (" + refusal.getReason() + "): " + refusal.getMessage());
        check(refusal.getMessage().contains("deletionProtection"), "The refusal does not say how to lift it.");
        var gone = Leftovers.since(held).missing();
        check(gone.isEmpty(), "The deletion is refused, but it took " + String.join(", ", gone) + ".");
    }

    private void liftProtection() throws Exception {
        site.patch("{\"spec\":{\"database\":{\"deletionProtection\":false}}}");
        site.await("the deletion", LIMIT, now -> now == null);
        var left = Leftovers.since(before).check();
        check(
                left.kept().stream().anyMatch(name -> name.contains(":snapshot:")),
                "The database was deleted without a last snapshot.");
        Site.say(left.toString());
    }

    private static Service service() {
        var ecs = LocalCloud.aws().of(EcsClient.class);
        var cluster = ecs.listClusters().clusterArns().getFirst();
        var name = ecs.listServices(request -> request.cluster(cluster)).serviceArns();
        return ecs.describeServices(request -> request.cluster(cluster).services(name))
                .services()
                .getFirst();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) throw new IllegalStateException(otherwise);
    }
}
