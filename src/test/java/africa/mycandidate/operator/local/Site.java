package africa.mycandidate.operator.local;

import africa.mycandidate.operator.Main;
import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** A local API server with the CRD, and the operator over the simulated AWS: what {@code make run} and {@code make demo} show. */
final class Site implements AutoCloseable {
    static final String NAMESPACE = "default";
    static final String NAME = "southafrica";

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final LocalCluster cluster;
    private String told = "";

    /** What is done on a site. */
    interface Act {
        void on(Site site) throws Exception;
    }

    private Site(LocalCluster cluster) {
        this.cluster = cluster;
    }

    /** Does it on a new site and ends this JVM: with 0, or with 1 and a sentence that says what went wrong. */
    static void perform(Act act) {
        Site site = null;
        try {
            site = open();
            act.on(site);
        } catch (Exception | ExceptionInInitializerError e) {
            // Ctrl-C takes the API server away under our hands, and the JVM is ending already.
            if (site != null && site.cluster.isClosed()) return;
            say("It did not work: " + (e instanceof ExceptionInInitializerError ? e.getCause() : e).getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static Site open() throws IOException {
        say("The simulated AWS runs " + new LocalCloud().pace() + " times as fast as the real one; SEED="
                + LocalCloud.seed() + " repeats its chances.");
        say("Starting a local API server ...");
        var site = new Site(LocalCluster.start());
        for (var file : crds()) site.client().load(Files.newInputStream(file)).create();
        say("It is up. From another terminal:");
        say("  export KUBECONFIG=" + site.cluster.kubeconfig());
        say("  kubectl get mcd --watch");
        System.setProperty("kubeconfig", site.cluster.kubeconfig().toString());
        Main.main(new String[0]);
        return site;
    }

    private static Iterable<Path> crds() throws IOException {
        try (var files = Files.list(Path.of("crds"))) {
            return files.filter(file -> file.toString().endsWith(".yml")).toList();
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

    void patch(String change) {
        say("$ kubectl patch mcd " + NAME + " --type=merge -p '" + change + "'");
        handle().patch(PatchContext.of(PatchType.JSON_MERGE), change);
    }

    void delete() {
        say("$ kubectl delete mcd " + NAME + " --wait=false");
        handle().delete();
    }

    Resource<MyCandidateDeployment> handle() {
        return client().resources(MyCandidateDeployment.class)
                .inNamespace(NAMESPACE)
                .withName(NAME);
    }

    /**
     * Waits, and says each new word of the status; returns how long it took.
     *
     * @param what what is waited for, as the subject of "did not happen"
     * @param atMost how long, in AWS's time; throws afterwards
     */
    Duration await(String what, Duration atMost, Predicate<MyCandidateDeployment> happened)
            throws InterruptedException {
        var start = Instant.now();
        var limit = atMost.dividedBy(new LocalCloud().pace());
        while (true) {
            var now = handle().get();
            var waited = Duration.between(start, Instant.now());
            tell(now, waited);
            if (happened.test(now)) return waited;
            if (waited.compareTo(limit) > 0)
                throw new IllegalStateException(
                        what + " did not happen within " + limit.toSeconds() + " s. The last status said: " + told);
            Thread.sleep(LOOK_EVERY);
        }
    }

    private void tell(MyCandidateDeployment resource, Duration waited) {
        if (resource == null
                || resource.getStatus() == null
                || resource.getStatus().summary() == null) return;
        var words = words(resource.getStatus());
        if (words.equals(told)) return;
        told = words;
        say(String.format(Locale.ROOT, "%5.1f s  %s", waited.toMillis() / 1000.0, words));
    }

    private static String words(Status status) {
        var words = new StringBuilder();
        var progress = status.progress();
        if (progress != null) words.append(String.format(Locale.ROOT, "%2d of %d", progress.done(), progress.total()));
        if (status.summary().tasks() != null)
            words.append(", tasks ").append(status.summary().tasks());
        return words.append(words.isEmpty() ? "" : "  ")
                .append(status.summary().state())
                .toString();
    }

    static Optional<Condition> condition(Status status, String type) {
        return status.conditions() == null
                ? Optional.empty()
                : status.conditions().stream()
                        .filter(one -> one.getType().equals(type))
                        .findFirst();
    }

    /** Whether the condition is true for the present generation. */
    static boolean is(MyCandidateDeployment resource, String type) {
        return resource != null
                && resource.getStatus() != null
                && resource.getMetadata()
                        .getGeneration()
                        .equals(resource.getStatus().observedGeneration())
                && condition(resource.getStatus(), type)
                        .filter(one -> one.getStatus().equals("True"))
                        .isPresent();
    }

    static void say(String words) {
        System.out.println(words);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
