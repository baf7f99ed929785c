package africa.mycandidate.operator.local;

import africa.mycandidate.operator.Main;
import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** A local API server with the CRD, and the operator over the simulated AWS: what {@code make run} and {@code make demo} show. */
final class Site implements AutoCloseable {
    static final String NAMESPACE = "default";
    static final String NAME = "southafrica";

    private final LocalCluster cluster;
    private String told = "";

    Site() throws IOException {
        say("Starting a local API server ...");
        cluster = LocalCluster.start();
        cluster.client().load(Files.newInputStream(crd())).create();
        say("The simulated AWS runs " + new LocalCloud().pace() + " times as fast as the real one, with seed " + LocalCloud.seed() + " (SEED=" + LocalCloud.seed() + " repeats it).");
        System.setProperty("kubeconfig", cluster.kubeconfig().toString());
        Main.main(new String[0]);
        say("From another terminal:");
        say("  export KUBECONFIG=" + cluster.kubeconfig());
        say("  kubectl get mcd --watch");
    }

    private static Path crd() throws IOException {
        try (var files = Files.list(Path.of("crds"))) {
            return files.filter(file -> file.toString().endsWith(".yml")).findFirst().orElseThrow();
        }
    }

    KubernetesClient client() {
        return cluster.client();
    }

    /** Applies a sample, with the hosted zone of the simulated account in the place of the sample's. */
    void apply(String sample) throws IOException {
        say("$ kubectl apply -f " + sample);
        var text = Files.readString(Path.of(sample)).replace("Z0123456789", LocalCloud.zone());
        var resource = client().getKubernetesSerialization().unmarshal(text, MyCandidateDeployment.class);
        client().resource(resource).inNamespace(NAMESPACE).create();
    }

    Resource<MyCandidateDeployment> handle() {
        return client().resources(MyCandidateDeployment.class).inNamespace(NAMESPACE).withName(NAME);
    }

    /** Waits, and says each new word of the status; returns how long it took. Throws where it does not happen in time. */
    Duration await(String what, Duration atMost, Predicate<MyCandidateDeployment> happened) throws InterruptedException {
        var start = Instant.now();
        while (Duration.between(start, Instant.now()).compareTo(atMost) < 0) {
            var now = handle().get();
            tell(now);
            if (happened.test(now)) return Duration.between(start, Instant.now());
            Thread.sleep(200);
        }
        throw new IllegalStateException(what + " did not happen within " + atMost.toSeconds() + " s");
    }

    private void tell(MyCandidateDeployment resource) {
        if (resource == null || resource.getStatus() == null || resource.getStatus().summary() == null) return;
        var status = resource.getStatus();
        var progress = status.progress() == null ? "" : " " + status.progress().done() + "/" + status.progress().total();
        var words = "READY=" + condition(status, "Ready").map(Condition::getStatus).orElse("-") + " TASKS=" + status.summary().tasks() + progress + "  " + status.summary().state();
        if (words.equals(told)) return;
        told = words;
        say(words);
    }

    static Optional<Condition> condition(Status status, String type) {
        return status.conditions() == null ? Optional.empty() : status.conditions().stream().filter(one -> one.getType().equals(type)).findFirst();
    }

    /** Whether the condition is true for the present generation. */
    static boolean is(MyCandidateDeployment resource, String type) {
        return resource != null
                && resource.getStatus() != null
                && resource.getMetadata().getGeneration().equals(resource.getStatus().observedGeneration())
                && condition(resource.getStatus(), type).filter(one -> one.getStatus().equals("True")).isPresent();
    }

    static void say(String words) {
        System.out.println(words);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
