package africa.mycandidate.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.AccountRole;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Cloud;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.cli.Shell.Ended;
import africa.mycandidate.operator.reconcile.Simulation;
import africa.mycandidate.operator.sim.SimCloud;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * {@code mycandidate plan} over stacks that the operator made in the simulated AWS. The expected outputs are the files in {@code src/test/resources/cli}; after a
 * wanted change they are written anew by {@code mvn test -Dtest=PlanCommandTest -Dplans.write=true}, and their difference is read before it is committed.
 */
class PlanCommandTest {
    private static final Path FILES = Path.of("src/test/resources/cli");
    private static final Map<String, List<String>> FORMS = Map.of(
            "txt",
            List.of(),
            "ansi",
            List.of(),
            "md",
            List.of("--output", "markdown"),
            "json",
            List.of("--output=json"));

    /** As the operator left it. */
    private static final Simulation STACK = new Simulation(71);
    /** Changed by hand afterwards. */
    private static final Simulation DRIFTED = new Simulation(72);

    private static String zone;
    private static String driftedZone;

    @BeforeAll
    static void stacks() {
        zone = ready(STACK);
        driftedZone = ready(DRIFTED);
        tamper();
    }

    private static String ready(Simulation simulation) {
        var zone = simulation.zone();
        simulation.apply(Simulation.minimal(zone));
        simulation.until("Ready", Duration.ofHours(3), Simulation::ready);
        simulation.run(Duration.ofMinutes(15));
        return zone;
    }

    private static void tamper() {
        var ec2 = DRIFTED.aws.of(Ec2Client.class);
        var database = ec2.describeSecurityGroups().securityGroups().stream()
                .filter(group ->
                        group.tags().stream().anyMatch(tag -> tag.value().equals("SecurityGroup/database")))
                .map(SecurityGroup::groupId)
                .findFirst()
                .orElseThrow();
        ec2.authorizeSecurityGroupIngress(
                request -> request.groupId(database).ipPermissions(rule -> rule.ipProtocol("tcp")
                        .fromPort(5432)
                        .toPort(5432)
                        .ipRanges(range -> range.cidrIp("0.0.0.0/0"))));
        var logs = DRIFTED.aws.of(CloudWatchLogsClient.class);
        var group = logs.describeLogGroups().logGroups().getFirst().logGroupName();
        logs.putRetentionPolicy(request -> request.logGroupName(group).retentionInDays(7));
        var secrets = DRIFTED.aws.of(SecretsManagerClient.class);
        var url = secrets.listSecrets().secretList().stream()
                .filter(secret -> secret.name().contains("redis-url"))
                .findFirst()
                .orElseThrow();
        secrets.putSecretValue(
                request -> request.secretId(url.arn()).secretString("rediss://canary:hunter2hunter2@x:6379"));
        DRIFTED.rest(Duration.ofMinutes(2));
    }

    /** A file for the stack that stands, with more lines in its spec. */
    private static String file(String zone, String... lines) {
        var all = String.join("\n", lines);
        var text = new StringBuilder("apiVersion: deploy.mycandidate.africa/v1alpha1\nkind: MyCandidateDeployment\n");
        text.append("metadata: {name: southafrica, namespace: mycandidate}\nspec:\n  region: af-south-1\n");
        if (!all.contains("image:")) text.append("  image: example.org/mycandidate:1.4.2\n");
        if (!all.contains("domain:"))
            text.append("  domain: {name: southafrica.mycandidate.africa, hostedZoneId: ")
                    .append(zone)
                    .append("}\n");
        for (var line : lines) text.append("  ").append(line).append('\n');
        return text.toString();
    }

    private static Shell at(Simulation simulation) {
        return new Shell(new SimCloud(simulation.aws, simulation.clock, 1));
    }

    private record Situation(String name, Simulation simulation, String file, int code) {}

    private static List<Situation> situations() {
        return List.of(
                new Situation(
                        "new-stack",
                        STACK,
                        file(zone)
                                .replace("name: southafrica,", "name: lesotho,")
                                .replace("southafrica.", "lesotho."),
                        2),
                new Situation("no-change", STACK, file(zone), 0),
                new Situation("image-change", STACK, file(zone, "image: example.org/mycandidate:1.5.0"), 2),
                new Situation("class-change", STACK, file(zone, "database: {instanceClass: db.t3.medium}"), 2),
                new Situation(
                        "class-change-held",
                        STACK,
                        file(zone, "approval: Disruptive", "database: {instanceClass: db.t3.medium}"),
                        2),
                new Situation("port-change", STACK, file(zone, "container: {port: 8000}"), 2),
                new Situation(
                        "pull-request",
                        STACK,
                        file(zone, "image: example.org/mycandidate:1.5.0", "database: {instanceClass: db.t3.medium}"),
                        2),
                new Situation("refused-change", STACK, file(zone, "network: {cidr: 10.1.0.0/16}"), 2),
                new Situation("drift", DRIFTED, file(driftedZone), 2));
    }

    static Stream<Arguments> outputs() {
        return situations().stream()
                .flatMap(situation ->
                        FORMS.keySet().stream().sorted().map(form -> Arguments.of(situation.name(), form, situation)));
    }

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("outputs")
    void theOutputIsAsExpected(String name, String form, Situation situation) throws IOException {
        var shell = at(situation.simulation());
        shell.colour = form.equals("ansi");
        var ended = shell.plan(situation.file(), FORMS.get(form).toArray(String[]::new));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isEqualTo(situation.code());
        assertThat(shell.mutations()).isZero();
        var text = timeless(ended.out());
        var file = FILES.resolve(name + "." + form);
        if (Boolean.getBoolean("plans.write")) Files.writeString(file, text);
        assertThat(text).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }

    /** Ids that AWS draws, and hashes of them, are the same only as long as the simulation is. */
    private static String timeless(String text) {
        return text.replaceAll("(?<![0-9a-zA-Z])[0-9a-f]{16,17}(?![0-9a-zA-Z])", "0123456789abcdef0")
                .replaceAll("Z[A-Z0-9]{12,}", "Z0123456789ABC")
                .replaceAll(
                        "\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b",
                        "12345678-1234-1234-1234-123456789012");
    }

    @Test
    void everyFileHasItsSituation() throws IOException {
        var names = outputs().map(one -> one.get()[0] + "." + one.get()[1]).toList();
        try (var files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void theReadmeShowsWhatIsPrinted() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        for (var form : List.of("txt", "md")) {
            for (var line : Files.readAllLines(FILES.resolve("pull-request." + form)))
                if (!line.isBlank()) assertThat(readme).contains("    " + line + "\n");
        }
    }

    @Test
    void noSecretIsInAnyOutputAndNoneIsRead() {
        var canaries = new ArrayList<String>();
        for (var simulation : List.of(STACK, DRIFTED)) {
            var secrets = simulation.aws.of(SecretsManagerClient.class);
            for (var secret : secrets.listSecrets().secretList())
                canaries.add(secrets.getSecretValue(request -> request.secretId(secret.arn()))
                        .secretString());
        }
        canaries.add("hunter2");
        assertThat(canaries).hasSize(11).allMatch(canary -> canary.length() > 6);
        for (var situation : situations()) {
            for (var form : FORMS.values()) {
                var shell = at(situation.simulation());
                var ended = shell.plan(situation.file(), form.toArray(String[]::new));
                assertThat(ended.out() + ended.err()).doesNotContain(canaries.toArray(String[]::new));
                assertThat(shell.effects).extracting(Port.Effect::operation).doesNotContain("getSecretValue");
            }
        }
    }

    @Test
    void aWholeDayOfPlansChangesNothing() {
        var before = STACK.holdings();
        var calls = 0;
        for (var situation : situations()) {
            var shell = at(situation.simulation());
            shell.plan(situation.file());
            assertThat(shell.mutations()).isZero();
            calls += shell.effects.size();
        }
        System.out.printf(
                "%d plans: %d AWS calls, 0 of them mutating%n", situations().size(), calls);
        assertThat(STACK.holdings().changesSince(before)).isEmpty();
    }

    @Test
    void severalDocumentsArePlannedEach() {
        var other = file(zone, "image: example.org/mycandidate:2");
        var ended =
                at(STACK).plan("kind: ConfigMap\n---\n" + file(zone) + "---\n# nothing\n---\n" + other, "-o", "json");
        assertThat(ended.code()).isEqualTo(2);
        var report = json(ended);
        assertThat(report.get("changes").asBoolean()).isTrue();
        assertThat(report.get("deployments")).hasSize(2);
        assertThat(report.at("/deployments/0/steps")).isEmpty();
        assertThat(report.at("/deployments/0/owner").asText())
                .isEqualTo(STACK.resource.getMetadata().getUid());
        assertThat(report.at("/deployments/1/summary/replace").asInt()).isEqualTo(1);
    }

    @Test
    void theNamespaceIsThatOfTheFileOrOfTheOptionOrDefault() {
        var without = file(zone).replace(", namespace: mycandidate", "");
        assertThat(at(STACK).plan(without, "-n", "mycandidate").code()).isZero();
        var ended = at(STACK).plan(without, "--output=json");
        assertThat(json(ended).at("/deployments/0/namespace").asText()).isEqualTo("default");
        assertThat(at(STACK).plan(file(zone), "--namespace=other").err())
                .contains("metadata.namespace is mycandidate, and --namespace is other");
    }

    @Test
    void aStackOfSeveralOwnersIsTold() {
        var vpc = STACK.aws.of(Ec2Client.class).describeVpcs().vpcs().getFirst().vpcId();
        own(vpc, "other-uid");
        try {
            var ended = at(STACK).plan(file(zone));
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.out())
                    .contains(
                            "UIDs of several objects: "
                                    + STACK.resource.getMetadata().getUid() + " (",
                            "other-uid (1)")
                    .contains("! Vpc/main", "belongs to another object of the same name");
            var taking = file(zone)
                    .replace(
                            "namespace: mycandidate",
                            "namespace: mycandidate, annotations: {mycandidate.africa/take-over: other-uid}");
            assertThat(at(STACK).plan(taking).out())
                    .doesNotContain("several objects", "!")
                    .contains("~ Vpc/main", "1 to change");
        } finally {
            own(vpc, STACK.resource.getMetadata().getUid());
        }
    }

    private static void own(String vpc, String uid) {
        STACK.aws.of(Ec2Client.class).createTags(request -> request.resources(vpc)
                .tags(tag -> tag.key("mycandidate.africa/owner").value(uid)));
        STACK.rest(Duration.ofMinutes(2));
    }

    @Test
    void aStackThatIsTakenOverChangesOwnersAndNothingElse() {
        var uid = STACK.resource.getMetadata().getUid();
        var taking = file(zone)
                .replace(
                        "namespace: mycandidate",
                        "namespace: mycandidate, annotations: {mycandidate.africa/take-over: " + uid + "}");
        var report = json(at(STACK).plan(taking, "--output=json"));
        assertThat(report.at("/deployments/0/steps")).hasSizeGreaterThan(20);
        for (var step : report.at("/deployments/0/steps")) {
            assertThat(step.get("action").asText()).as(step.toString()).isEqualTo("change");
            assertThat(fields(step)).isEqualTo(List.of("tags"));
        }
    }

    /** What the plan of a file promises is what happens when the file is applied. */
    @Test
    void whatIsForetoldHappens() {
        var simulation = new Simulation(73);
        var zone = ready(simulation);
        var file =
                file(zone, "image: example.org/mycandidate:2", "container: {port: 8000}", "logs: {retentionDays: 7}");
        var steps = json(at(simulation).plan(file, "--output=json")).at("/deployments/0/steps");
        var foretold = new ArrayList<String>();
        for (var step : steps)
            foretold.add(step.get("type").asText() + "/" + step.get("role").asText());
        simulation.apply(Simulation.spec(
                zone, "image: example.org/mycandidate:2", "container: {port: 8000}", "logs: {retentionDays: 7}"));
        var touched = new java.util.TreeSet<String>();
        for (var pass = 0; pass < 3000 && !(simulation.ready() && pass > 50); pass++) {
            simulation.pass();
            var plan = simulation.resource.getStatus().plan();
            if (plan != null)
                plan.steps().stream()
                        .filter(step ->
                                List.of("Create", "Update", "Replace", "Delete").contains(step.action()))
                        .forEach(step -> touched.add(step.resource()));
        }
        System.out.println("foretold " + foretold + ", touched " + touched);
        assertThat(touched).isNotEmpty();
        assertThat(foretold).containsExactlyInAnyOrderElementsOf(touched);
        assertThat(at(simulation).plan(file).code()).isZero();
    }

    @Test
    void anApprovalCanBeGivenInTheFile() {
        var lines = new String[] {"approval: Disruptive", "database: {instanceClass: db.t3.medium}"};
        var held = json(at(STACK).plan(file(zone, lines), "--output=json"));
        var hash = held.at("/deployments/0/approve").asText();
        assertThat(hash).isNotEmpty();
        assertThat(held.at("/deployments/0/steps/0/action").asText()).isEqualTo("held");
        var approved = file(zone, lines)
                .replace(
                        "namespace: mycandidate",
                        "namespace: mycandidate, annotations: {mycandidate.africa/approve: \"" + hash + "\"}");
        var report = json(at(STACK).plan(approved, "--output=json"));
        assertThat(report.at("/deployments/0/steps/0/action").asText()).isEqualTo("change");
        assertThat(report.at("/deployments/0/summary/interruption").asText()).isEqualTo("Failover");
    }

    @Test
    void whatIsOnlyObservedIsSaidSo() {
        assertThat(at(STACK)
                        .plan(file(zone, "management: Observe", "logs: {retentionDays: 7}"))
                        .out())
                .contains("The operator makes none of these changes: management is Observe");
        assertThat(at(DRIFTED).plan(file(driftedZone, "driftPolicy: Report")).out())
                .contains("only reported and left alone: driftPolicy is Report");
    }

    @Test
    void whatAwsRefusesForTheMomentIsAskedAgain() {
        var shell = at(STACK);
        var left = new int[] {2};
        shell.port = (effect, call) -> {
            if (effect.operation().equals("describeDBInstances") && left[0]-- > 0) throw refusal("Throttling");
            return call.run();
        };
        shell.pause = STACK.clock::advance;
        assertThat(shell.plan(file(zone)).code()).isZero();
        assertThat(shell.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    @Test
    void whatCannotBeReadIsAnErrorAndNoPlan() {
        var denied = failing("describeDBInstances", refusal("AccessDenied"));
        assertThat(denied.err())
                .contains(
                        "DbInstance could not be read", "AccessDenied", "deploy/iam-policy.json", "There is no plan.");
        var throttled = failing("describeDBInstances", refusal("Throttling"));
        assertThat(throttled.err()).contains("Throttling", "try again");
        var nobody = new Shell(new Cloud() {
            @Override
            public Clients clients(String region) {
                throw SdkClientException.create(
                        "Unable to load credentials from any of the providers in the chain: ...");
            }

            @Override
            public Clients clients(String region, AccountRole role, Supplier<AwsSessionCredentials> session) {
                return clients(region);
            }

            @Override
            public InstantSource clock() {
                return STACK.clock;
            }

            @Override
            public int pace() {
                return 1;
            }
        });
        var ended = nobody.plan(file(zone));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("there are no AWS credentials. Set AWS_PROFILE");
    }

    private static Ended failing(String operation, RuntimeException with) {
        var shell = at(STACK);
        shell.port = (effect, call) -> {
            if (effect.operation().equals(operation)) throw with;
            return call.run();
        };
        var ended = shell.plan(file(zone), "--output=json");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        return ended;
    }

    private static AwsServiceException refusal(String code) {
        return AwsServiceException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("no")
                        .serviceName("Rds")
                        .build())
                .build();
    }

    private static List<String> fields(JsonNode step) {
        return StreamSupport.stream(step.get("changes").spliterator(), false)
                .map(change -> change.get("field").asText())
                .toList();
    }

    private static JsonNode json(Ended ended) {
        try {
            return new ObjectMapper().readTree(ended.out());
        } catch (IOException e) {
            throw new AssertionError(ended.toString(), e);
        }
    }
}
