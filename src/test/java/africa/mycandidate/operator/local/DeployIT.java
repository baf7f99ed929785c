package africa.mycandidate.operator.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What `make deploy` and `make undeploy` do, on a real API server. */
class DeployIT {

    private LocalCluster cluster;

    @BeforeEach
    void deploy() throws Exception {
        cluster = LocalCluster.start();
        assertThat(kubectl("apply", "--server-side", "-f", "crds/").code()).isZero();
        assertThat(kubectl("apply", "-k", "deploy/").code()).isZero();
        assertThat(kubectl("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all")
                        .code())
                .isZero();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void theOperatorMayDoItsWorkAndNoMore() throws Exception {
        for (var may : List.of(
                "watch mycandidatedeployments -A",
                "patch mycandidatedeployments -A",
                "patch mycandidatedeployments --subresource=status -A",
                "create events.events.k8s.io -A",
                "create leases.coordination.k8s.io -n mycandidate-system",
                "patch leases.coordination.k8s.io -n mycandidate-system"))
            assertThat(canI(may)).as(may).isEqualTo("yes");
        for (var mayNot : List.of(
                "get secrets -A",
                "get secrets -n mycandidate-system",
                "create pods -A",
                "delete mycandidatedeployments -A",
                "create mycandidatedeployments -A",
                "get leases.coordination.k8s.io -n default"))
            assertThat(canI(mayNot)).as(mayNot).isEqualTo("no");
    }

    @Test
    void theOperatorIsNotTakenAwayFromItsStacks() throws Exception {
        kubectl("create", "namespace", "site");
        var stack = cluster.kubeconfig().resolveSibling("stack.json");
        Files.writeString(stack, """
                {"apiVersion": "deploy.mycandidate.africa/v1alpha1", "kind": "MyCandidateDeployment",
                 "metadata": {"name": "southafrica", "namespace": "site"},
                 "spec": {"region": "af-south-1", "image": "example.org/mycandidate:1.4.2",
                          "domain": {"name": "southafrica.mycandidate.africa", "hostedZoneId": "Z0123456789"}}}
                """);
        assertThat(kubectl("apply", "-f", stack.toString()).code()).isZero();

        var refused = run("deploy/undeploy", cluster.kubectl().toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.text()).contains("site", "southafrica", "Delete them first");
        assertThat(kubectl("get", "deployment", "mycandidate-operator", "-n", "mycandidate-system")
                        .code())
                .isZero();

        assertThat(kubectl("delete", "-f", stack.toString()).code()).isZero();
        assertThat(run("deploy/undeploy", cluster.kubectl().toString()).code()).isZero();
        assertThat(kubectl("get", "deployment", "mycandidate-operator", "-n", "mycandidate-system")
                        .code())
                .isNotZero();
    }

    private String canI(String what) throws Exception {
        var command = new ArrayList<>(List.of("auth", "can-i"));
        command.addAll(List.of(what.split(" ")));
        command.add("--as=system:serviceaccount:mycandidate-system:mycandidate-operator");
        var lines =
                kubectl(command.toArray(String[]::new)).text().strip().lines().toList();
        return lines.getLast();
    }

    private record Said(int code, String text) {}

    private Said kubectl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(cluster.kubectl().toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private Said run(String... command) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("KUBECONFIG", cluster.kubeconfig().toString()));
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes());
        return new Said(process.waitFor(), text);
    }
}
