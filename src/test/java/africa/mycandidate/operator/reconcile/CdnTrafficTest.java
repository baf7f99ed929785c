package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The CDN is switched on, its key rotated, and switched off, under traffic. In each virtual second somebody comes to each address that DNS may have told anybody in
 * the last minute, which is how long a resolver keeps an alias.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CdnTrafficTest {
    private static final Duration LONGEST = Duration.ofHours(3);
    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final String HOST = Simulation.DOMAIN;

    /** With some other seeds ECS drains the old targets in the very second in which their successors become healthy, which nobody can be quick enough for (README, limits). */
    private final Simulation simulation = new Simulation(77);

    private String zone;
    private final Map<String, Instant> told = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private int requests;

    @BeforeAll
    void ready() {
        zone = simulation.zone();
        simulation.apply(Simulation.minimal(zone));
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(20));
    }

    @AfterAll
    void settledInTheEnd() {
        simulation.effects.clear();
        simulation.run(Duration.ofMinutes(30));
        assertThat(simulation.mutations()).isZero();
    }

    private void everySecond() {
        var now = simulation.now();
        for (var address : simulation.aws.addresses(HOST)) told.put(address, now);
        told.values().removeIf(last -> last.isBefore(now.minus(KEPT)));
        for (var address : told.keySet()) {
            requests++;
            var status = simulation.aws.visit(address, HOST);
            if (status != 200) failures.add(now + " " + address + ": " + status);
        }
    }

    /** Applies it, and runs under traffic until all is settled. */
    private void change(String what, String... lines) {
        failures.clear();
        requests = 0;
        var begun = simulation.now();
        simulation.apply(Simulation.spec(zone, lines));
        underTraffic(what, begun);
    }

    private void underTraffic(String what, Instant begun) {
        simulation.eachSecond = this::everySecond;
        simulation.run(Duration.ofMinutes(1));
        simulation.until(what, LONGEST, this::settled);
        var took = Duration.between(begun, simulation.now());
        simulation.run(Duration.ofMinutes(20));
        simulation.until(what, LONGEST, this::settled);
        simulation.eachSecond = null;
        System.out.printf(
                "%s: %d requests, %d failed; settled after %d min%n",
                what, requests, failures.size(), took.toMinutes());
        assertThat(failures).as(simulation::describe).isEmpty();
        assertThat(requests).isGreaterThan(1000);
    }

    private boolean settled(Status status) {
        return Simulation.ready(status)
                && status.observedGeneration()
                        .equals(simulation.resource.getMetadata().getGeneration());
    }

    private String balancer() {
        return simulation
                .aws
                .of(ElasticLoadBalancingV2Client.class)
                .describeLoadBalancers()
                .loadBalancers()
                .getFirst()
                .dnsName();
    }

    private String key() {
        return simulation
                .aws
                .of(CloudFrontClient.class)
                .listDistributions()
                .distributionList()
                .items()
                .getFirst()
                .origins()
                .items()
                .getFirst()
                .customHeaders()
                .items()
                .getFirst()
                .headerValue();
    }

    private void onlyTheDistributionIsLetIn() {
        assertThat(simulation.aws.visit(balancer(), HOST))
                .as("straight to the load balancer")
                .isZero();
        assertThat(simulation.aws.visitByAnotherCdn(balancer(), HOST, Map.of())).isEqualTo(403);
        assertThat(simulation.aws.visitByAnotherCdn(balancer(), HOST, Map.of("X-MyCandidate-Origin-Key", "a guess")))
                .isEqualTo(403);
        assertThat(simulation.aws.visitByAnotherCdn(balancer(), HOST, Map.of("X-MyCandidate-Origin-Key", key())))
                .as("the same way is open with the key")
                .isEqualTo(200);
    }

    @Test
    @Order(1)
    void itIsSwitchedOn() {
        assertThat(simulation.aws.visit(balancer(), HOST)).isEqualTo(200);
        change("CDN on", "cdn: {}");
        assertThat(told.keySet()).singleElement().satisfies(address -> assertThat(address)
                .endsWith(".cloudfront.net"));
        onlyTheDistributionIsLetIn();
        assertThat(simulation.resource.getStatus().endpoints().cdn())
                .isEqualTo(told.keySet().iterator().next());
    }

    @Test
    @Order(2)
    void anImageIsRolledOutBehindIt() {
        change("image behind the CDN", "cdn: {}", "image: example.org/mycandidate:2");
        change("another port behind the CDN", "cdn: {}", "image: example.org/mycandidate:2", "container: {port: 8080}");
        change("the port back", "cdn: {}");
        onlyTheDistributionIsLetIn();
    }

    @Test
    @Order(3)
    void itsKeyIsRotated() {
        var old = key();
        failures.clear();
        requests = 0;
        var begun = simulation.now();
        simulation.annotate("mycandidate.africa/rotate-secrets", "today");
        underTraffic("key rotated", begun);
        assertThat(key()).isNotEqualTo(old);
        assertThat(simulation.aws.visitByAnotherCdn(balancer(), HOST, Map.of("X-MyCandidate-Origin-Key", old)))
                .as("the old key")
                .isEqualTo(403);
        onlyTheDistributionIsLetIn();
    }

    @Test
    @Order(4)
    void aHandInTheConsoleIsPutRight() {
        var elb = simulation.aws.of(ElasticLoadBalancingV2Client.class);
        var secret = simulation.aws.of(SecretsManagerClient.class);
        assertThat(secret.listSecrets().secretList()).isNotEmpty();
        var arn = elb.describeLoadBalancers().loadBalancers().getFirst().loadBalancerArn();
        var https = elb.describeListeners(request -> request.loadBalancerArn(arn)).listeners().stream()
                .filter(listener -> listener.port() == 443)
                .findFirst()
                .orElseThrow();
        var group = elb.describeTargetGroups().targetGroups().getFirst().targetGroupArn();
        elb.modifyListener(request -> request.listenerArn(https.listenerArn())
                .defaultActions(action -> action.type("forward").targetGroupArn(group)));
        simulation.run(Duration.ofMinutes(3));
        assertThat(simulation.aws.visitByAnotherCdn(balancer(), HOST, Map.of())).isEqualTo(403);
    }

    @Test
    @Order(5)
    void aNameIsAddedAndTakenAway() {
        var more = "www." + HOST;
        change(
                "another name behind the CDN",
                "cdn: {}",
                "domain: {name: " + HOST + ", hostedZoneId: " + zone + ", alternativeNames: [" + more + "]}");
        var addresses = simulation.aws.addresses(more);
        assertThat(addresses).isEqualTo(told.keySet());
        assertThat(simulation.aws.visit(addresses.iterator().next(), more)).isEqualTo(200);
        change("the name taken away", "cdn: {}");
        assertThat(simulation.aws.addresses(more)).isEmpty();
        onlyTheDistributionIsLetIn();
    }

    @Test
    @Order(6)
    void itIsSwitchedOff() {
        change("CDN off");
        assertThat(told.keySet()).singleElement().satisfies(address -> assertThat(address)
                .endsWith(".elb.amazonaws.com"));
        assertThat(simulation.aws.visit(balancer(), HOST)).isEqualTo(200);
        simulation.run(Duration.ofMinutes(60));
        var left = new TreeSet<>(simulation.aws.existing());
        left.removeIf(one -> !one.contains(":cloudfront:") && !one.contains("listener-rule"));
        assertThat(left).isEmpty();
    }

    @Test
    @Order(7)
    void anotherPortComesWithIt() {
        change("CDN on, with another port", "cdn: {cachedPaths: [/static/*, /media/*]}", "container: {port: 8080}");
        onlyTheDistributionIsLetIn();
        change("CDN off, with another port");
        assertThat(simulation.aws.visit(balancer(), HOST)).isEqualTo(200);
    }
}
