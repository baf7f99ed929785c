package africa.mycandidate.operator.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** kubectl with the rights of the cluster's administrator, as people call it. */
record Kubectl(LocalCluster cluster) {

    /** @param text what it printed, errors too */
    record Said(int code, String text) {}

    Said run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(cluster.kubectl().toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes());
        return new Said(process.waitFor(), text);
    }

    /** What it printed; fails where it failed. */
    String does(String... arguments) throws IOException, InterruptedException {
        var said = run(arguments);
        assertThat(said.code())
                .as("kubectl %s: %s", String.join(" ", arguments), said.text())
                .isZero();
        return said.text().strip();
    }
}
