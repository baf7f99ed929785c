package africa.mycandidate.operator.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import africa.mycandidate.operator.sim.Holdings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The jar that ships, on a real API server with the rights that it ships with, over moto. */
class OperatorIT {
    private static final Duration CREATION = Duration.ofMinutes(4);
    private static final Duration DELETION = Duration.ofMinutes(5);
    private static final Duration TWO_SWEEPS = Duration.ofSeconds(150);
    private static final int LOOKS = 10;
    private static final int MISCONFIGURED = 78;
    private static final int TERMINATED = 143;
    private static final Set<String> TIMES = Set.of("lastTransitionTime", "lastVerifiedTime", "since");

    @Test
    void theLifeOfAStack() throws Exception {
        try (var ground = new Ground()) {
            try (var operator = ground.operator(ground.moto.environment())) {
                becomesReady(ground, operator);
                isShownByKubectl(ground);
                staysSilent(ground, operator);
                isPlannedWithoutACluster(ground, operator);
                endsWhenToldTo(operator);
            }
            var status = timeless(ground);
            ground.kubectl.does(
                    "patch",
                    "mcd",
                    Ground.NAME,
                    "-n",
                    Ground.NAMESPACE,
                    "--subresource=status",
                    "--type=json",
                    "-p",
                    "[{\"op\":\"remove\",\"path\":\"/status\"}]");
            assertThat(ground.status()).isNull();
            try (var operator = ground.operator(ground.moto.environment())) {
                findsItsStackAgain(ground, operator, status);
                refusesToDeleteWhatIsProtected(ground, operator);
                deletesWhatIsNotProtected(ground);
                assertThat(Holdings.of(ground.aws).changesSince(ground.before))
                        .allMatch(change -> change.startsWith("+Snapshot")
                                || change.startsWith("+Scheduled secret")
                                || change.startsWith("+CNAME _"))
                        .anyMatch(change -> change.startsWith("+Snapshot"));
                assertThat(operator.log()).noneMatch(line -> line.contains(" ERROR ") || line.contains(" WARN "));
            }
        }
    }

    private static void becomesReady(Ground ground, PackagedOperator operator) throws Exception {
        ground.apply();
        await().atMost(Duration.ofSeconds(60)).until(() -> ground.status() != null);
        var soon = ground.kubectl.run(
                "wait", "-n", Ground.NAMESPACE, "mcd/" + Ground.NAME, "--for=condition=Ready", "--timeout=1s");
        assertThat(soon.code()).as("it cannot be Ready yet: %s", soon.text()).isNotZero();
        await().atMost(CREATION).pollInterval(Duration.ofSeconds(1)).until(ground::hasService);
        ground.serve();
        var ready = ground.kubectl.run(
                "wait",
                "-n",
                Ground.NAMESPACE,
                "mcd/" + Ground.NAME,
                "--for=condition=Ready",
                "--timeout=" + CREATION.toSeconds() + "s");
        assertThat(ready.code())
                .as("%s\n%s\n%s", ready.text(), ground.status(), String.join("\n", operator.log()))
                .isZero();
        System.out.println("Ready on moto after " + operator.mutatingCalls() + " mutating AWS calls");
    }

    private static void isShownByKubectl(Ground ground) throws Exception {
        var table = ground.kubectl
                .does("get", "mcd", "-n", Ground.NAMESPACE)
                .lines()
                .toList();
        assertThat(table.getFirst().split("\\s{2,}"))
                .containsExactly("NAME", "READY", "STATE", "TASKS", "DRIFT", "COST", "URL", "VERIFIED", "AGE");
        assertThat(table.getLast())
                .startsWith(Ground.NAME)
                .containsPattern("True +\\w+")
                .contains("2/2", "https://southafrica.mycandidate.africa");
        assertThat(ground.kubectl.does("get", "mcd", "-n", Ground.NAMESPACE, "-o", "wide"))
                .contains(Ground.NAME);
        assertThat(ground.kubectl.does("explain", "mcd.spec.scaling.minTasks")).contains("DESCRIPTION");
        assertThat(ground.kubectl.does("get", "events", "-n", Ground.NAMESPACE))
                .contains("Ready", "mycandidatedeployment/" + Ground.NAME);
        assertThat(ground.handle().get().getMetadata().getFinalizers())
                .containsExactly("deploy.mycandidate.africa/stack");
        assertThat(new AuditLog(ground.cluster.auditLog()).writesOf(Ground.OPERATOR))
                .as("nothing is refused to the operator")
                .allMatch(write -> write.endsWith(" 200") || write.endsWith(" 201"));
    }

    /** Looks that are asked for by annotation, which renew lastVerifiedTime, then two of the operator's own sweeps, which write nothing. */
    private static void staysSilent(Ground ground, PackagedOperator operator) throws Exception {
        // What is to be remembered of a new resource is written a minute after it came (ResourceRows).
        var young = looks(operator);
        await().atMost(TWO_SWEEPS).until(() -> looks(operator) >= young + 2);
        settle(operator);
        var audit = new AuditLog(ground.cluster.auditLog());
        var calls = operator.mutatingCalls();
        var status = timeless(ground);
        var writes = audit.writesOf(Ground.OPERATOR);
        for (var i = 0; i < LOOKS; i++) {
            var looks = looks(operator);
            ground.kubectl.does(
                    "annotate",
                    "mcd",
                    Ground.NAME,
                    "-n",
                    Ground.NAMESPACE,
                    "--overwrite",
                    "mycandidate.africa/verify-at=look-" + i);
            await().atMost(Duration.ofSeconds(20)).until(() -> looks(operator) > looks);
        }
        settle(operator);
        assertThat(timeless(ground)).as("what was asked for renews a time").isEqualTo(status);
        var asked = audit.writesOf(Ground.OPERATOR);
        assertThat(asked.subList(writes.size(), asked.size()))
                .as("%s\n%s", ground.kubectl.does("get", "events", "-n", Ground.NAMESPACE), last(operator.log()))
                .hasSizeLessThanOrEqualTo(LOOKS)
                .allMatch("patch mycandidatedeployments/status 200"::equals);
        var looks = looks(operator);
        await().atMost(TWO_SWEEPS).until(() -> looks(operator) >= looks + 2);
        assertThat(operator.mutatingCalls()).as("AWS is left alone").isEqualTo(calls);
        assertThat(audit.writesOf(Ground.OPERATOR)).as("so is Kubernetes").isEqualTo(asked);
    }

    private static String last(List<String> lines) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /** What the command says of a stack that the operator made, and of a change of it. */
    private static void isPlannedWithoutACluster(Ground ground, PackagedOperator operator) throws Exception {
        var before = operator.mutatingCalls();
        var same = Files.readString(Path.of("samples/minimal.yaml")).replace("Z0123456789", ground.zone);
        var none = planned(ground, same);
        assertThat(none.code()).as("%s%s", none.out(), none.err()).isZero();
        assertThat(none.out()).contains("No changes.");
        var image = planned(ground, same.replace(":1.4.2", ":1.5.0"));
        assertThat(image.code()).as("%s%s", image.out(), image.err()).isEqualTo(2);
        assertThat(image.out()).contains("± TaskDefinition/app", "0 to create, 1 to change, 1 to replace, 0 to delete");
        assertThat(operator.mutatingCalls())
                .as("nothing was left for the operator to put right")
                .isEqualTo(before);
        System.out.println("mycandidate plan beside the operator: exit codes " + none.code() + " and " + image.code());
    }

    private static Launcher.Ended planned(Ground ground, String file) throws Exception {
        var written = Files.writeString(Files.createTempFile("plan-", ".yaml"), file);
        try {
            return Launcher.run(
                    ground.moto.environment(), "plan", "-f", written.toString(), "--namespace", Ground.NAMESPACE);
        } finally {
            Files.delete(written);
        }
    }

    private static void endsWhenToldTo(PackagedOperator operator) throws Exception {
        assertThat(operator.stop()).isEqualTo(TERMINATED);
        assertThat(operator.log()).noneMatch(line -> line.contains(" ERROR ") || line.contains(" WARN "));
    }

    private static void findsItsStackAgain(Ground ground, PackagedOperator operator, JsonNode status) throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(ground::isReady);
        settle(operator);
        assertThat(timeless(ground)).isEqualTo(status);
        assertThat(operator.mutatingCalls()).isZero();
    }

    private static void refusesToDeleteWhatIsProtected(Ground ground, PackagedOperator operator) throws Exception {
        ground.kubectl.does("delete", "mcd", Ground.NAME, "-n", Ground.NAMESPACE, "--wait=false");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Site.is(ground.handle().get(), "Stalled"));
        var refusal = Site.condition(ground.status(), "Stalled").orElseThrow();
        assertThat(refusal.getMessage()).contains("spec.database.deletionProtection");
        settle(operator);
        assertThat(operator.mutatingCalls()).isZero();
    }

    private static void deletesWhatIsNotProtected(Ground ground) throws Exception {
        ground.kubectl.does(
                "patch",
                "mcd",
                Ground.NAME,
                "-n",
                Ground.NAMESPACE,
                "--type=merge",
                "-p",
                "{\"spec\":{\"database\":{\"deletionProtection\":false}}}");
        var gone = ground.kubectl.run(
                "wait",
                "-n",
                Ground.NAMESPACE,
                "mcd/" + Ground.NAME,
                "--for=delete",
                "--timeout=" + DELETION.toSeconds() + "s");
        assertThat(gone.code()).as("%s\n%s", gone.text(), ground.status()).isZero();
    }

    @Test
    void oneWorksAndTheOtherTakesOver() throws Exception {
        try (var ground = new Ground();
                var first = ground.operator(replica(ground, "operator-a"))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !first.get("/readyz").isEmpty());
            ground.apply();
            await().atMost(Duration.ofSeconds(60)).until(() -> first.mutatingCalls() > 0);
            try (var second = ground.operator(replica(ground, "operator-b"))) {
                await().atMost(Duration.ofSeconds(60)).until(() -> first.mutatingCalls() >= 20);
                assertThat(second.mutatingCalls()).isZero();
                first.kill();
                await().atMost(CREATION).pollInterval(Duration.ofSeconds(1)).until(ground::hasService);
                ground.serve();
                await().atMost(CREATION).until(ground::isReady);
                assertThat(second.mutatingCalls()).isPositive();
                assertThat(second.log()).noneMatch(line -> line.contains(" ERROR "));
            }
            assertThat(Holdings.of(ground.aws).census())
                    .as("no second one of anything")
                    .allSatisfy((name, count) -> {
                        if (name.contains("/")) assertThat(count).as(name).isOne();
                    });
        }
    }

    private static Map<String, String> replica(Ground ground, String pod) {
        var environment = new HashMap<>(ground.moto.environment());
        environment.put("POD_NAMESPACE", "mycandidate-system");
        environment.put("POD_NAME", pod);
        return environment;
    }

    @Test
    void saysWhatIsMissingWhereTheClusterDoesNotKnowTheResource() throws Exception {
        try (var cluster = LocalCluster.start();
                var operator = PackagedOperator.start(cluster.kubeconfig(), Map.of())) {
            assertThat(operator.exitCode(Duration.ofSeconds(60))).isEqualTo(MISCONFIGURED);
            assertThat(operator.log()).anyMatch(line -> line.contains("make install"));
        }
    }

    /** A process that does nothing but answer its probes would never be started again. */
    @Test
    void endsWhereThereIsNoApiServer() throws Exception {
        var nowhere = Files.createTempFile("kubeconfig-", "");
        Files.writeString(nowhere, """
                apiVersion: v1
                kind: Config
                current-context: nowhere
                clusters: [{name: nowhere, cluster: {server: "https://127.0.0.1:1"}}]
                contexts: [{name: nowhere, context: {cluster: nowhere, user: nowhere}}]
                users: [{name: nowhere, user: {token: "none"}}]
                """);
        try (var operator = PackagedOperator.start(nowhere, Map.of())) {
            assertThat(operator.exitCode(Duration.ofMinutes(2))).isOne();
            assertThat(operator.log()).anyMatch(line -> line.contains("The Kubernetes API server cannot be used"));
        } finally {
            Files.delete(nowhere);
        }
    }

    /** How often it has listed the VPCs, which each look at all of AWS does once. */
    private static long looks(PackagedOperator operator) {
        return operator.get("/metrics")
                .lines()
                .filter(line -> line.startsWith("mycandidate_calls_total{") && line.contains("\"describeVpcs\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Lets the pass that made it Ready, and the writes that follow it, come to their end. */
    private static void settle(PackagedOperator operator) throws InterruptedException {
        for (var before = -1L; before != looks(operator); Thread.sleep(Duration.ofSeconds(5))) before = looks(operator);
    }

    private static JsonNode timeless(Ground ground) throws IOException {
        var json = JsonMapper.builder().build();
        return timeless(json.valueToTree(ground.status()));
    }

    private static JsonNode timeless(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                object.remove(List.copyOf(TIMES));
                object.forEach(OperatorIT::timeless);
            }
            case ArrayNode array -> array.forEach(OperatorIT::timeless);
            default -> {}
        }
        return node;
    }
}
