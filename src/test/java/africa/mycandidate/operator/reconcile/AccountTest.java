package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.converge.Serial;
import africa.mycandidate.operator.sim.Holdings;
import africa.mycandidate.operator.sim.SimAws;
import africa.mycandidate.operator.sim.SimCloud;
import io.fabric8.kubernetes.api.model.Condition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.route53.Route53Client;

/** A stack in another account, reached by a role: where it lands, how often the role is assumed, and what is said when it cannot be. */
class AccountTest {
    private static final String OTHER = "210987654321";
    private static final String ROLE = "mycandidate-operator";
    private static final String ARN = "arn:aws:iam::" + OTHER + ":role/" + ROLE;
    private static final String ACCOUNT = "account: {roleArn: '" + ARN + "', externalId: kenya-7}";
    private static final String OPERATOR = "arn:aws:iam::" + Simulation.ACCOUNT + ":role/mycandidate-operator";
    private static final Port OPEN = (effect, call) -> call.run();

    private final Simulation simulation = new Simulation(61);
    private final SimAws other = simulation.aws.neighbour(OTHER, Simulation.REGION);
    private final Holdings own = Holdings.of(simulation.aws);
    private String zone;

    @BeforeEach
    void role() {
        other.of(IamClient.class)
                .createRole(request -> request.roleName(ROLE).assumeRolePolicyDocument(trust(OPERATOR)));
        simulation.rest(Duration.ofMinutes(1));
        zone = other.of(Route53Client.class)
                .createHostedZone(request -> request.name("mycandidate.africa").callerReference("test"))
                .hostedZone()
                .id()
                .replace("/hostedzone/", "");
    }

    private static String trust(String principal) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + principal
                + "\"},\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"kenya-7\"}}}]}";
    }

    private void trusting(String principal) {
        other.of(IamClient.class)
                .updateAssumeRolePolicy(request -> request.roleName(ROLE).policyDocument(trust(principal)));
    }

    private void ready() {
        simulation.until("Ready", Duration.ofHours(3), Simulation::ready);
    }

    private Condition condition(String type) {
        return Conditions.find(simulation.resource.getStatus().conditions(), type)
                .orElseThrow();
    }

    private long assumed() {
        return simulation.effects.stream()
                .filter(effect -> effect.operation().equals("assumeRole"))
                .count();
    }

    @Test
    void theStackLandsInTheOtherAccountAndOneSessionServesAnHour() {
        simulation.apply(Simulation.spec(zone, ACCOUNT));
        ready();
        assertThat(simulation.resource.getStatus().resolved().account()).isEqualTo(OTHER);
        assertThat(other.serving(Simulation.NAMES)).isEqualTo(2);
        assertThat(Holdings.of(simulation.aws).changesSince(own)).isEmpty();
        simulation.effects.clear();
        simulation.run(Duration.ofHours(24));
        System.out.printf(
                "a day in another account: %d AWS calls, %d of them AssumeRole, %d writes%n",
                simulation.effects.size() - simulation.kubernetesWrites(), assumed(), simulation.mutations());
        assertThat(assumed()).isBetween(24L, 28L);
        assertThat(simulation.mutations()).isZero();
        assertThat(simulation.ready()).isTrue();

        simulation.apply(Simulation.spec(zone, ACCOUNT, "database: {deletionProtection: false}"));
        var before = Holdings.of(simulation.aws);
        simulation.remove(Duration.ofHours(6));
        assertThat(other.existing()).noneMatch(one -> one.startsWith("vpc-"));
        assertThat(Holdings.of(simulation.aws).changesSince(before)).isEmpty();
    }

    @Test
    void whoIsNotLetInIsToldWhatToDo() {
        trusting("arn:aws:iam::" + Simulation.ACCOUNT + ":role/somebody");
        simulation.rest(Duration.ofMinutes(1));
        simulation.apply(Simulation.spec(zone, ACCOUNT));
        simulation.pass();
        var stalled = condition(Conditions.STALLED);
        System.out.println("Stalled, " + stalled.getReason() + ": " + stalled.getMessage());
        assertThat(stalled.getStatus()).isEqualTo("True");
        assertThat(stalled.getReason()).isEqualTo("AccessDenied");
        assertThat(stalled.getMessage())
                .contains(
                        "User: arn:aws:sts::123456789012:assumed-role/mycandidate-operator/session is not authorized to perform: sts:AssumeRole on resource: "
                                + ARN,
                        "The trust policy of " + ARN + " must allow sts:AssumeRole to",
                        "sts:ExternalId in it must be what spec.account.externalId says");
        assertThat(condition(Conditions.READY).getStatus()).isEqualTo("Unknown");
        assertThat(condition(Conditions.READY).getReason()).isEqualTo("AccessDenied");
        simulation.run(Duration.ofHours(1));
        assertThat(assumed()).as("asked for slowly").isLessThanOrEqualTo(61);
        assertThat(simulation.mutations()).isZero();
        trusting(OPERATOR);
        ready();
    }

    @Test
    void withoutTheExternalIdNobodyRidesOnTheSessionOfAnother() {
        simulation.apply(Simulation.spec(zone, ACCOUNT));
        simulation.until("a look", Duration.ofMinutes(5), status -> status.resolved() != null);
        for (var account : List.of("account: {roleArn: '" + ARN + "'}", ACCOUNT.replace("kenya-7", "kenya-8"))) {
            simulation.apply(Simulation.spec(zone, account));
            simulation.pass();
            assertThat(condition(Conditions.STALLED).getReason()).isEqualTo("AccessDenied");
            System.out.println(condition(Conditions.STALLED).getMessage());
        }
        simulation.apply(Simulation.spec(zone, ACCOUNT));
        ready();
    }

    @Test
    void aRoleThatThereIsNotAndOneOfNoAccount() {
        for (var arn : List.of(ARN + "-2", "arn:aws:iam::999999999999:role/mycandidate-operator")) {
            simulation.apply(Simulation.spec(zone, "account: {roleArn: '" + arn + "'}"));
            simulation.pass();
            assertThat(condition(Conditions.STALLED).getReason()).isEqualTo("AccessDenied");
            assertThat(condition(Conditions.STALLED).getMessage())
                    .contains("resource: " + arn, "If that policy asks for an external id");
        }
    }

    /** Nothing is concluded while nobody is let in, and nothing was changed when it goes on. */
    @Test
    void whoIsShutOutLaterGoesOnOnceHeIsLetInAgain() {
        simulation.apply(Simulation.spec(zone, ACCOUNT));
        ready();
        simulation.run(Duration.ofMinutes(10));
        var before = Holdings.of(other);
        simulation.effects.clear();
        trusting("arn:aws:iam::" + Simulation.ACCOUNT + ":role/somebody");
        simulation.until("shut out", Duration.ofHours(2), status -> Conditions.is(status.conditions(), "Stalled"));
        assertThat(condition(Conditions.READY).getStatus()).isEqualTo("Unknown");
        assertThat(condition(Conditions.STALLED).getReason()).isEqualTo("AccessDenied");
        var refused = assumed();
        simulation.run(Duration.ofHours(1));
        assertThat(assumed() - refused).isLessThanOrEqualTo(60);
        trusting(OPERATOR);
        simulation.until("ready again", Duration.ofMinutes(3), Simulation::ready);
        assertThat(simulation.mutations()).isZero();
        assertThat(Holdings.of(other).changesSince(before)).isEmpty();
    }

    /** A role that was deleted and made again is another one; its sessions are worth nothing, long before they end. */
    @Test
    void aRoleThatIsMadeAgainIsAssumedAgain() {
        simulation.apply(Simulation.spec(zone, ACCOUNT));
        ready();
        simulation.effects.clear();
        other.of(IamClient.class).deleteRole(request -> request.roleName(ROLE));
        other.of(IamClient.class)
                .createRole(request -> request.roleName(ROLE).assumeRolePolicyDocument(trust(OPERATOR)));
        simulation.run(Duration.ofMinutes(5));
        assertThat(simulation.ready()).isTrue();
        assertThat(assumed()).isBetween(1L, 3L);
        assertThat(simulation.mutations()).isZero();
    }

    /** Every three minutes AWS ends the sessions it gave out, always in the middle of a pass, at another call of it each time. */
    @Test
    void credentialsThatExpireInTheMiddleMakeNothingTwice() {
        simulation.apply(Simulation.spec(zone, ACCOUNT));
        var calls = new int[1];
        var expired = new int[1];
        var due = new ArrayDeque<>(List.of(simulation.clock.instant()));
        simulation.port = (effect, call) -> {
            var late = ++calls[0] % 41 == 0 && !simulation.clock.instant().isBefore(due.getFirst());
            if (late) {
                other.endSessions();
                due.addFirst(simulation.clock.instant().plus(Duration.ofMinutes(3)));
            }
            try {
                return call.run();
            } catch (AwsServiceException e) {
                if (AwsFailure.of(effect.service(), e).code().contains("Expired")) expired[0]++;
                throw e;
            }
        };
        ready();
        simulation.port = OPEN;
        System.out.printf(
                "of %d calls %d found their session expired; %d sessions were taken%n",
                calls[0], expired[0], assumed());
        assertThat(expired[0]).isGreaterThan(50);
        assertThat(Holdings.of(simulation.aws).changesSince(own)).isEmpty();
        assertThat(Holdings.of(other).census()).allSatisfy((name, count) -> {
            if (name.contains("/")) assertThat(count).as(name).isOne();
        });
        simulation.effects.clear();
        simulation.run(Duration.ofMinutes(30));
        assertThat(simulation.mutations()).isZero();
    }

    @Test
    void aRoleOfTheOperatorsOwnAccountWorksToo() {
        simulation.aws.of(IamClient.class).createRole(request -> request.roleName("mycandidate-operator-sites")
                .assumeRolePolicyDocument(trust("arn:aws:iam::" + Simulation.ACCOUNT + ":root")));
        simulation.rest(Duration.ofMinutes(1));
        simulation.apply(Simulation.spec(
                simulation.zone(),
                "account: {roleArn: 'arn:aws:iam::" + Simulation.ACCOUNT
                        + ":role/mycandidate-operator-sites', externalId: kenya-7}"));
        ready();
        assertThat(simulation.resource.getStatus().resolved().account()).isEqualTo(Simulation.ACCOUNT);
        assertThat(simulation.serving()).isEqualTo(2);
    }

    /** Lesson 11: 26 databases caused 8,662 AssumeRole an hour. */
    @Test
    void manyStacksInTwoRegionsShareOneSession() {
        other.neighbour(OTHER, "eu-west-1");
        // The operator's account has an endpoint of STS in each region.
        simulation.aws.neighbour(Simulation.ACCOUNT, "eu-west-1");
        var effects = new LinkedHashMap<String, Integer>();
        var ports = new int[1];
        var engine = new Regions(
                new SimCloud(simulation.aws, simulation.clock, 1),
                () -> {
                    ports[0]++;
                    return (effect, call) -> {
                        effects.merge(effect.toString(), 1, Integer::sum);
                        return call.run();
                    };
                },
                new Serial(),
                new Random(5),
                "operator-a-very-long-name-of-a-pod-in-a-deployment-6d4cf56db6-x7k2p");
        var reconciler = new StackReconciler(
                engine, new InMemory(), simulation.clock, new Random(5), false, new Gauges(new SimpleMeterRegistry()));
        var stacks = new ArrayList<MyCandidateDeployment>();
        for (var i = 0; i < 8; i++) stacks.add(stack("site-" + i, i % 2 == 0 ? Simulation.REGION : "eu-west-1"));
        var end = simulation.clock.instant().plus(Duration.ofHours(6));
        while (simulation.clock.instant().isBefore(end)) {
            stacks.forEach(reconciler::reconcile);
            simulation.rest(Duration.ofSeconds(60));
        }
        var calls = effects.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                "8 stacks in 2 regions of another account, 6 hours: %d calls, %d of them AssumeRole%n",
                calls, effects.get("Sts.assumeRole"));
        assertThat(effects.get("Sts.assumeRole")).isBetween(6, 8);
        assertThat(ports[0]).as("budgets: one for each account and region").isEqualTo(4);
    }

    static MyCandidateDeployment stack(String name, String region) {
        var simulated = new Simulation(1);
        var spec = Simulation.spec("", "domain: {name: " + name + ".example.org}", ACCOUNT);
        simulated.apply(Simulation.with(spec, "region", region));
        var resource = simulated.resource;
        resource.getMetadata().setName(name);
        resource.getMetadata().setUid("11111111-2222-3333-4444-" + name);
        return resource;
    }

    static final class InMemory implements Statuses {
        @Override
        public Optional<MyCandidateDeployment> latest(MyCandidateDeployment seen) {
            return Optional.of(seen);
        }

        @Override
        public String write(MyCandidateDeployment resource, Status status) {
            resource.setStatus(status);
            return "";
        }

        @Override
        public void event(MyCandidateDeployment resource, boolean warning, String reason, String message) {}
    }
}
