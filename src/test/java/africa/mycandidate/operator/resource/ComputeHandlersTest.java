package africa.mycandidate.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.Listener.Action;
import africa.mycandidate.operator.resource.Role.Policy;
import africa.mycandidate.operator.resource.Role.Statement;
import africa.mycandidate.operator.resource.ScalingPolicy.Adjustment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The handlers of ECS, scaling and alarms take every type through its life in the simulated AWS. */
class ComputeHandlersTest {
    /** In a stack the cluster, its service and the family have one name. */
    private static final String NAME = Life.creation(EcsCluster.class, "app").name();

    private static final String SERVICE = "service/" + NAME + "/" + NAME;

    private final Simulated aws = new Simulated(17);
    private final Life life = aws.life;

    @Test
    void aClusterChangesInPlace() {
        var cluster = life.create(new EcsCluster("enabled"), "app");
        assertThat(cluster.outputs()).containsEntry("name", NAME);
        cluster = life.converge(new EcsCluster("enhanced"), cluster.id());
        life.delete(cluster);
    }

    @Test
    void aRevisionKeepsTheMarkOfItsFailure() {
        var first = life.create(revision(Ref.of("arn:aws:iam::123456789012:role/x"), null), "app");
        var second = life.create(revision(Ref.of("arn:aws:iam::123456789012:role/x"), null), "app");
        assertThat(second.id()).isNotEqualTo(first.id());
        var marked = life.converge(
                revision(Ref.of("arn:aws:iam::123456789012:role/x"), "circuit breaker: it did not start"), first.id());
        assertThat(marked.tags()).containsEntry("mycandidate.africa/failed", "circuit breaker: it did not start");
        life.delete(first);
        life.delete(second);
        assertThat(life.handler(TaskDefinition.class).list(NAME)).allMatch(one -> one.phase() == Phase.GONE);
    }

    @Test
    void aServiceWithItsScalingComesAndGoes() {
        var ground = new Ground(aws);
        var targets = attachedTargets(ground);
        var trust = new Policy(
                Set.of(new Statement("Allow", "ecs-tasks.amazonaws.com", Set.of("sts:AssumeRole"), Set.of(), "")));
        var role = life.create(new Role("/mycandidate/", "starts tasks", trust, Map.of(), Set.of()), "execution");
        var cluster = life.create(new EcsCluster("enabled"), "app");
        var revision = life.create(revision(Ref.of(role.outputs().get("arn")), null), "app");

        var service = life.create(service(revision.id(), ground, targets, 90), "app");
        assertThat(service.outputs()).containsEntry("resourceId", SERVICE);
        assertThat(service.unread()).isEmpty();
        service = life.converge(service(revision.id(), ground, targets, 60), service.id());

        var scaling = life.create(new ScalableTarget(Ref.of(SERVICE), 2, 10, Set.of()), "app");
        scaling = life.converge(new ScalableTarget(Ref.of(SERVICE), 3, 10, Set.of()), scaling.id());
        assertThat(scaling.owner()).isEqualTo(new Owner.Child(EcsService.class, "resourceId", SERVICE, "app"));
        var policy = life.create(policy(60, new Adjustment(0.0, 15.0, 1), new Adjustment(15.0, null, 3)), "scale-out");
        policy = life.converge(policy(90, new Adjustment(0.0, null, 2)), policy.id());
        var alarm = life.create(alarm(70, policy.outputs().get("arn")), "cpu-high");
        alarm = life.converge(alarm(75, policy.outputs().get("arn")), alarm.id());
        life.handler(Alarm.class).tag(alarm, Map.of("team", "a"), Set.of());
        life.await(Alarm.class, "", alarm.id(), one -> "a".equals(one.tags().get("team")));

        life.delete(alarm);
        life.delete(policy);
        life.delete(scaling);
        life.delete(service);
        life.delete(cluster);
        assertThat(life.handler(ScalableTarget.class).list("")).isEmpty();
        assertThat(life.handler(ScalingPolicy.class).list("")).isEmpty();
        assertThat(life.handler(Alarm.class).list("")).isEmpty();
    }

    @Test
    void aClusterThatIsNotThereHasNoServices() {
        assertThat(life.handler(EcsService.class).list("mcd-nowhere")).isEmpty();
    }

    private Ref<TargetGroup> attachedTargets(Ground ground) {
        var subnets = Set.of(ground.first, ground.second);
        var balancer =
                life.create(new LoadBalancer("internet-facing", subnets, Set.of(ground.outside), Map.of()), "lb");
        var targets = life.create(
                new TargetGroup(
                        ground.vpc,
                        5000,
                        "HTTP",
                        "ip",
                        "HTTP",
                        TargetGroup.TRAFFIC_PORT,
                        "/",
                        "200-399",
                        10,
                        5,
                        2,
                        3,
                        Map.of()),
                "tg");
        Ref<TargetGroup> group = Ref.of(targets.id());
        life.create(new Listener(Ref.of(balancer.id()), 80, "HTTP", null, null, new Action.Forward(group)), "http");
        return group;
    }

    private static TaskDefinition revision(Ref<Role> role, String failed) {
        return new TaskDefinition(
                NAME,
                "example.org/mycandidate:1.4.2",
                512,
                1024,
                5000,
                "1000",
                true,
                true,
                Map.of("FLASK_ENV", "production"),
                Map.of("SECRET_KEY", Ref.of("arn:aws:secretsmanager:af-south-1:123456789012:secret:mcd-x-AbCdEf:::1")),
                null,
                role,
                role,
                Ref.of("mcd-logs"),
                Simulated.REGION,
                failed);
    }

    private static EcsService service(String revision, Ground ground, Ref<TargetGroup> targets, int grace) {
        return new EcsService(
                NAME,
                Ref.of(NAME),
                Ref.of(revision),
                new AtLeast(0),
                Set.of(ground.first, ground.second),
                Set.of(ground.inside),
                false,
                Set.of(targets),
                5000,
                grace,
                100,
                200,
                true,
                true,
                true);
    }

    private static ScalingPolicy policy(int cooldown, Adjustment... adjustments) {
        return new ScalingPolicy(Ref.of(SERVICE), "scale-out", cooldown, List.of(adjustments));
    }

    private static Alarm alarm(double threshold, String action) {
        return new Alarm(
                "CPU is high",
                "AWS/ECS",
                "CPUUtilization",
                Map.of("ClusterName", Ref.of(NAME), "ServiceName", Ref.of(NAME)),
                "Average",
                60,
                2,
                "GreaterThanThreshold",
                threshold,
                "missing",
                Set.of(Ref.of(action)));
    }
}
