package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.sim.Holdings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each change of the spec changes what it should in AWS, and nothing else. What AWS holds is compared before and after, thing by thing; then the change is taken
 * back.
 */
class UpdatesTest {
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final String SECRET = "arn:aws:secretsmanager:af-south-1:123456789012:secret:theirs";
    private static final Set<String> ROLLOUT = Set.of("-TaskDefinition/app", "+TaskDefinition/app", "~EcsService/app");

    /** @param back what taking it back changes */
    private record Change(String spec, Set<String> changes, Set<String> back) {
        static Change of(String spec, String... changes) {
            return new Change(spec, Set.of(changes), Set.of(changes));
        }

        static Change rollout(String spec, String... more) {
            var all = new TreeSet<>(ROLLOUT);
            all.addAll(Arrays.asList(more));
            return new Change(spec, all, all);
        }

        Change andNothingBack() {
            return new Change(spec, changes, Set.of());
        }
    }

    private static final List<Change> CHANGES = List.of(
            Change.rollout("image: example.org/mycandidate:1.5.0"),
            Change.rollout("container: {cpu: 1024, memory: 2048}"),
            Change.rollout("container: {environment: {SHOW_MAP: \"yes\"}}"),
            Change.rollout("container: {secrets: {API_KEY: \"" + SECRET + "\"}}", "~Role/execution"),
            Change.rollout(
                    "container: {port: 8000}",
                    "~SecurityGroup/load-balancer",
                    "~SecurityGroup/tasks",
                    "+TargetGroup/app",
                    "-TargetGroup/app",
                    "~Listener/https"),
            Change.of("container: {healthCheck: {path: /health}}", "~TargetGroup/app"),
            Change.of("scaling: {minTasks: 3}", "~ScalableTarget/app"),
            Change.of("scaling: {maxTasks: 12}", "~ScalableTarget/app"),
            Change.of("scaling: {scaleOutCpuPercent: 60}", "~Alarm/cpu-high"),
            Change.of("scaling: {scaleInCpuPercent: 20}", "~Alarm/cpu-low"),
            Change.of("database: {backupRetentionDays: 14}", "~DbInstance/main"),
            Change.of("database: {instanceClass: db.t3.medium}", "~DbInstance/main"),
            Change.of("cache: {nodeType: cache.t3.small}", "~ReplicationGroup/main"),
            Change.of("cache: {replicas: 1}", "~ReplicationGroup/main"),
            Change.of("logs: {retentionDays: 90}", "~LogGroup/app"),
            // Last: storage never shrinks, so that taking it back changes nothing.
            Change.of("database: {storageGiB: 30}", "~DbInstance/main").andNothingBack());

    private final Simulation simulation = new Simulation(61);
    private String zone;

    private void begin() {
        zone = simulation.zone();
        simulation
                .aws
                .of(software.amazon.awssdk.services.secretsmanager.SecretsManagerClient.class)
                .createSecret(request -> request.name("theirs").secretString("a key of somebody else"));
        settle();
    }

    private void settle(String... lines) {
        simulation.apply(Simulation.spec(zone, lines));
        simulation.until(String.join(" ", lines), LONGEST, Simulation::ready);
        // A rollout is done before its old revision is put away.
        simulation.run(Duration.ofMinutes(5));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> eachChangeTouchesItsOwn() {
        begin();
        return CHANGES.stream()
                .map(change -> DynamicTest.dynamicTest(change.spec(), () -> {
                    var before = simulation.holdings();
                    settle(resolved(change.spec()));
                    var changed = simulation.holdings();
                    assertThat(changed.changesSince(before)).isEqualTo(change.changes());
                    settle();
                    assertThat(simulation.holdings().changesSince(changed)).isEqualTo(change.back());
                }));
    }

    private String resolved(String spec) {
        if (!spec.contains(SECRET)) return spec;
        var arn = simulation
                .aws
                .of(software.amazon.awssdk.services.secretsmanager.SecretsManagerClient.class)
                .describeSecret(request -> request.secretId("theirs"))
                .arn();
        return spec.replace(SECRET, arn);
    }

    @TestFactory
    Stream<DynamicTest> tagsReachEverythingAndNothingElseChanges() {
        return Stream.of(DynamicTest.dynamicTest("tags", () -> {
            begin();
            var before = simulation.holdings();
            settle("tags: {team: elections}");
            var changes = simulation.holdings().changesSince(before);
            assertThat(changes).isEqualTo(tagged(before));
        }));
    }

    /** Scaling policies and DNS records take no tags; a scalable target keeps those of its creation. */
    private static Set<String> tagged(Holdings holdings) {
        var names = new TreeSet<String>();
        holdings.census().keySet().stream()
                .filter(name ->
                        name.contains("/") && !name.startsWith("ScalingPolicy") && !name.startsWith("ScalableTarget"))
                .forEach(name -> names.add("~" + name));
        return names;
    }
}
