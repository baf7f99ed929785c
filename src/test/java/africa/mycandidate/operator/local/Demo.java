package africa.mycandidate.operator.local;

import africa.mycandidate.operator.api.DriftEntry;
import africa.mycandidate.operator.api.MyCandidateDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** {@code make demo}: the life of a stack, unattended. What the status says is checked against AWS. */
public final class Demo {
    private static final String IMAGE = "example.org/mycandidate:1.5.0";
    private static final String BY_HAND = "db.t3.large";
    private static final int SSH = 22;
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
                new Part("A new image migrates the database, once, and rolls out", here -> rollOut()),
                new Part("The site is scaled", here -> scale()),
                new Part("Somebody opens a port and resizes the database behind the operator's back", here -> drift()),
                new Part("Two weeks pass, and an election comes and goes", here -> new ElectionDay(here).play()),
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
        site.patch("{\"spec\":{\"image\":\"" + IMAGE
                + "\",\"release\":{\"command\":[\"alembic\",\"upgrade\",\"head\"]}}}");
        site.await("Ready with the new image", LIMIT, now -> Site.is(now, "Ready"));
        var ran = LocalCloud.aws().commands();
        check(
                ran.equals(List.of(IMAGE + " alembic upgrade head")),
                "The status says Ready, but there ran " + ran + ".");
        var release = site.handle().get().getStatus().rollout().release();
        Site.say("The release ran once: " + release.state() + ", exit code " + release.exitCode() + ", log "
                + release.log() + ".");
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

    /** Under Report both are told and left; under Correct the open port goes at once, and what would interrupt the site waits for a yes. */
    private void drift() throws Exception {
        site.patch("{\"spec\":{\"driftPolicy\":\"Report\"}}");
        openPort();
        resizeDatabase();
        site.await("the report of both changes", LIMIT, now -> fields(now).equals(Set.of("ingress", "instanceClass")));
        site.handle().get().getStatus().drift().forEach(entry -> Site.say("Told: " + words(entry)));
        check(isOpen(), "The port was closed although driftPolicy is Report.");

        site.patch("{\"spec\":{\"driftPolicy\":\"Correct\"}}");
        site.await("the closing of the port", LIMIT, now -> fields(now).equals(Set.of("instanceClass")));
        check(!isOpen(), "The status says that the port is closed, but it is open.");
        var status = site.handle().get().getStatus();
        Site.say("The port is closed. Still told: " + words(status.drift().getFirst()));
        check(databaseClass().equals(BY_HAND), "The database was resized without anybody's yes.");
        site.patch("{\"metadata\":{\"annotations\":{\"mycandidate.africa/approve\":\""
                + status.plan().hash() + "\"}}}");
        site.await("the repair of the database", LIMIT, now -> fields(now).isEmpty() && Site.is(now, "Ready"));
        check(!databaseClass().equals(BY_HAND), "The status says that nothing differs, but the database does.");
        Site.say("The database is a " + databaseClass() + " again.");
    }

    private static Set<String> fields(MyCandidateDeployment now) {
        return now.getStatus().drift().stream().map(DriftEntry::field).collect(Collectors.toSet());
    }

    private static String words(DriftEntry entry) {
        return entry.resource() + " " + entry.field() + " is " + entry.actual() + ", not " + entry.desired() + "; it "
                + entry.action();
    }

    private static void openPort() {
        LocalCloud.aws().of(Ec2Client.class).authorizeSecurityGroupIngress(request -> request.groupId(databaseGroup())
                .ipPermissions(rule ->
                        rule.ipProtocol("tcp").fromPort(SSH).toPort(SSH).ipRanges(range -> range.cidrIp("0.0.0.0/0"))));
    }

    private static boolean isOpen() {
        return LocalCloud.aws()
                .of(Ec2Client.class)
                .describeSecurityGroupRules(request ->
                        request.filters(filter -> filter.name("group-id").values(databaseGroup())))
                .securityGroupRules()
                .stream()
                .anyMatch(rule -> Integer.valueOf(SSH).equals(rule.fromPort()));
    }

    private static String databaseGroup() {
        return database().vpcSecurityGroups().getFirst().vpcSecurityGroupId();
    }

    private static void resizeDatabase() {
        LocalCloud.aws().of(RdsClient.class).modifyDBInstance(request -> request.dbInstanceIdentifier(
                        database().dbInstanceIdentifier())
                .dbInstanceClass(BY_HAND)
                .applyImmediately(true));
    }

    /** What is asked for, while RDS is still about it. */
    private static String databaseClass() {
        var pending = database().pendingModifiedValues();
        return pending == null || pending.dbInstanceClass() == null
                ? database().dbInstanceClass()
                : pending.dbInstanceClass();
    }

    private static DBInstance database() {
        return LocalCloud.aws()
                .of(RdsClient.class)
                .describeDBInstances()
                .dbInstances()
                .getFirst();
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
        // A task that stopped a moment ago leaves its network interface to AWS, which takes it away by itself.
        var gone = Leftovers.since(held).missing().stream()
                .filter(one -> !one.startsWith("eni-"))
                .toList();
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

    static Service service() {
        var ecs = LocalCloud.aws().of(EcsClient.class);
        var cluster = ecs.listClusters().clusterArns().getFirst();
        var name = ecs.listServices(request -> request.cluster(cluster)).serviceArns();
        return ecs.describeServices(request -> request.cluster(cluster).services(name))
                .services()
                .getFirst();
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) throw new IllegalStateException(otherwise);
    }
}
