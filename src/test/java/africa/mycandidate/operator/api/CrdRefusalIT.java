package africa.mycandidate.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Refusals.Refusal;
import africa.mycandidate.operator.local.LocalCluster;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kubectl apply says to wrong specs, on a real API server with the CRD as it ships. */
class CrdRefusalIT {
    private static final String RUNNING =
            "{'database': {'engineVersion': '16.4', 'storageGiB': 50}, 'cache': {'engineVersion': '7.1'}}";

    private static LocalCluster cluster;

    @TempDir
    static Path folder;

    /** @param said standard output and error together */
    private record Answer(int code, String said) {}

    @BeforeAll
    static void start() throws Exception {
        cluster = LocalCluster.start();
        must(kubectl("apply", "-f", "crds"));
        must(kubectl("wait", "--for=condition=Established", "crd/mycandidatedeployments.deploy.mycandidate.africa"));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) cluster.close();
    }

    @Test
    void everyWrongSpecGetsItsSentence() throws Exception {
        var table = Stream.of(Refusals.NEW, Refusals.RESTORES, Refusals.CDN, Refusals.UNSUPPORTED)
                .flatMap(List::stream)
                .toList();
        assertThat(table).hasSizeGreaterThan(40);
        refused(table, "new", "{}");
    }

    @Test
    void whatCannotChangeIsRefusedWhenItChanges() throws Exception {
        must(apply("running", RUNNING));
        refused(Refusals.CHANGES, "running", RUNNING);
        must(apply("keyed", "{'database': {'kmsKeyArn': 'arn:aws:kms:af-south-1:123456789012:key/1234'}}"));
        refused(
                List.of(new Refusal(
                        "a key removed", "{'database': null}", "the key of an encrypted database cannot change")),
                "keyed",
                "{}");
        must(apply("adopting", "{'adopt': {'DnsRecord/site': 'southafrica.mycandidate.africa'}}"));
        refused(
                List.of(new Refusal("what was taken over let go", "{'adopt': null}", "what was taken over stays so")),
                "adopting",
                "{}");
    }

    @Test
    void aStackStaysInItsAccountWhateverItsRoleIsCalled() throws Exception {
        var elsewhere = "{'account': {'roleArn': '" + Refusals.ROLE + "'}}";
        must(apply("elsewhere", elsewhere));
        refused(
                List.of(
                        new Refusal(
                                "back to the operator's account",
                                "{'account': null}",
                                "a stack cannot move to another account; write account.roleArn: " + Refusals.ROLE
                                        + " again"),
                        new Refusal(
                                "a third account",
                                "{'account': {'roleArn': 'arn:aws:iam::111122223333:role/mycandidate-operator'}}",
                                "a stack cannot move to another account")),
                "elsewhere",
                elsewhere);
        must(
                apply(
                        "elsewhere",
                        "{'account': {'roleArn': 'arn:aws:iam::210987654321:role/teams/sites', 'externalId': 'kenya-7/a@b:c'}}"));
    }

    @Test
    void whatCanChangeChanges() throws Exception {
        for (var change : Refusals.FINE_CHANGES) {
            must(apply("changing", RUNNING));
            must(apply("changing", RUNNING, change));
            must(kubectl("delete", "mcd", "changing"));
        }
    }

    @Test
    void theSamplesApply() throws Exception {
        for (var sample : List.of("minimal", "election", "full", "existing-certificate", "adopt"))
            must(kubectl("apply", "-f", "samples/" + sample + ".yaml"));
    }

    @Test
    void aNameThatIsTooLongForTagsIsRefused() throws Exception {
        var answer = apply("a".repeat(64), "{}");
        assertThat(answer.code()).isNotZero();
        assertThat(answer.said()).contains("write at most 63 characters in metadata.name");
    }

    @Test
    void everyFieldIsExplained() throws Exception {
        assertThat(must(kubectl("explain", "mcd.spec.container.memory")))
                .contains("in MiB")
                .contains("Default 1024");
        assertThat(must(kubectl("explain", "mcd"))).contains("At least region, image and domain.name");
        var bare = new ArrayList<String>();
        var crd = Serialization.unmarshal(Files.readString(crd()), CustomResourceDefinition.class);
        var schema = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        undocumented("", schema, bare);
        // The conditions are Kubernetes' own type.
        bare.removeIf(path -> path.startsWith(".status.conditions."));
        assertThat(bare).isEmpty();
    }

    @Test
    void theColumnsStandInTheOrderOfReading() throws Exception {
        must(apply("columns", "{}"));
        var status = """
                {"status": {"conditions": [{"type": "Ready", "status": "True", "reason": "R", "message": "m", "lastTransitionTime": "2026-01-01T00:00:00Z"}],
                 "url": "https://a.example.org", "lastVerifiedTime": "2026-01-01T00:00:00Z",
                 "summary": {"state": "ready", "tasks": "2/2", "drift": 0, "costPerMonth": "$173"}, "resolved": {"spec": {"logs": {"retentionDays": 30}}}}}
                """;
        must(kubectl("patch", "mcd", "columns", "--subresource=status", "--type=merge", "-p", status));
        var lines = must(kubectl("get", "mcd", "columns")).lines().toList();
        assertThat(lines.getFirst()).matches("NAME +READY +STATE +TASKS +DRIFT +COST +URL +VERIFIED +AGE *");
        assertThat(lines.getLast())
                .matches("columns +True +ready +2/2 +0 +\\$173 +https://a.example.org +\\S+ +\\S+ *");
        assertThat(must(kubectl("get", "mcd", "columns", "-o", "jsonpath={.status.resolved.spec.logs.retentionDays}")))
                .isEqualTo("30");
    }

    private static void refused(List<Refusal> table, String name, String base) throws Exception {
        var missed = new ArrayList<String>();
        for (var refusal : table) {
            var answer = apply(name, base, refusal.fields());
            var said = answer.said().replaceFirst("(?s)^.*? is invalid: ", "").strip();
            System.out.printf("%-42s %s%n", refusal.what(), said.replace("\n", "\n" + " ".repeat(43)));
            if (answer.code() == 0 || !answer.said().contains(refusal.sentence()))
                missed.add(refusal + " got: " + answer.said());
        }
        assertThat(missed).isEmpty();
    }

    private static void undocumented(String path, JSONSchemaProps schema, List<String> bare) {
        if (schema.getProperties() == null) return;
        schema.getProperties().forEach((name, field) -> {
            var here = path + "." + name;
            if (field.getDescription() == null || field.getDescription().isBlank()) bare.add(here);
            undocumented(here, field, bare);
            if (field.getItems() != null && field.getItems().getSchema() != null)
                undocumented(here, field.getItems().getSchema(), bare);
        });
    }

    private static Path crd() throws IOException {
        try (var files = Files.list(Path.of("crds"))) {
            return files.findFirst().orElseThrow();
        }
    }

    /** Applies the good object of that name with these merge patches of its spec. */
    private static Answer apply(String name, String... patches) throws Exception {
        var file = Files.writeString(folder.resolve("object.json"), Refusals.object(name, patches));
        return kubectl("apply", "-f", file.toString());
    }

    private static String must(Answer answer) {
        assertThat(answer.code()).as(answer.said()).isZero();
        return answer.said();
    }

    private static Answer kubectl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                cluster.kubectl().toString(),
                "--kubeconfig",
                cluster.kubeconfig().toString(),
                "-n",
                "default"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        return new Answer(process.waitFor(), said);
    }
}
