package africa.mycandidate.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.Listener.Action;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The handlers of the load balancer take every type through its life in the simulated AWS. */
class EdgeHandlersTest {
    private final Simulated aws = new Simulated(13);
    private final Life life = aws.life;
    private final Ground ground = new Ground(aws);

    @Test
    void aLoadBalancerComesChangesAndGoes() {
        var guarded = Map.of(
                LoadBalancer.DELETION_PROTECTION, "true", "routing.http.drop_invalid_header_fields.enabled", "true");
        var subnets = Set.of(ground.first, ground.second);
        var balancer = life.create(new LoadBalancer("internet-facing", subnets, Set.of(ground.inside), guarded), "lb");
        assertThat(balancer.outputs()).containsKeys("activeArn", "dnsName", "zoneId");
        balancer = life.converge(
                new LoadBalancer("internet-facing", subnets, Set.of(ground.outside), guarded), balancer.id());

        var targets = life.create(targets("/", 10), "tg");
        assertThat(targets.outputs()).doesNotContainKey("attachedArn");
        life.converge(targets("/ready", 20), targets.id());

        Ref<LoadBalancer> on = Ref.of(balancer.id());
        var forward = new Listener(on, 80, "HTTP", null, null, new Action.Forward(Ref.of(targets.id())));
        var listener = life.create(forward, "http");
        var attached = life.await(
                TargetGroup.class, "", targets.id(), one -> one.outputs().containsKey("attachedArn"));
        assertThat(attached.outputs()).containsEntry("healthy", "0");
        listener = life.converge(
                new Listener(on, 80, "HTTP", null, null, new Action.Redirect("HTTPS", 443, 301)), listener.id());

        life.delete(listener);
        life.delete(targets);
        life.delete(balancer);
        assertThat(life.handler(LoadBalancer.class).list("")).isEmpty();
        assertThat(life.handler(Listener.class).list("")).isEmpty();
    }

    private TargetGroup targets(String path, int interval) {
        return new TargetGroup(
                ground.vpc,
                5000,
                "HTTP",
                "ip",
                "HTTP",
                TargetGroup.TRAFFIC_PORT,
                path,
                "200-399",
                interval,
                5,
                2,
                3,
                Map.of("deregistration_delay.timeout_seconds", "30"));
    }
}
