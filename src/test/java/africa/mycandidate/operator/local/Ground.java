package africa.mycandidate.operator.local;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.RealCloud;
import africa.mycandidate.operator.sim.Holdings;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.services.route53.Route53Client;

/** What the packaged operator stands on in tests: an audited API server with the CRD and the shipped RBAC, and a moto with a hosted zone. */
final class Ground implements AutoCloseable {
    static final String REGION = "af-south-1";
    static final String NAMESPACE = "site";
    static final String NAME = "southafrica";
    static final String OPERATOR = "system:serviceaccount:mycandidate-system:mycandidate-operator";

    final LocalCluster cluster = LocalCluster.startAudited();
    final Kubectl kubectl = new Kubectl(cluster);
    final Moto moto;
    final Clients aws;
    final String zone;
    /** What was there before any stack. */
    final Holdings before;

    private final Path kubeconfig;
    private final Ambient ambient;

    Ground() throws IOException, InterruptedException {
        this(Moto.start());
    }

    Ground(Moto moto) throws IOException, InterruptedException {
        this.moto = moto;
        kubectl.does("apply", "--server-side", "-f", "crds/");
        kubectl.does("apply", "-k", "deploy/");
        kubectl.does("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
        kubectl.does("create", "namespace", NAMESPACE);
        kubeconfig = cluster.kubeconfigOf("mycandidate-system", "mycandidate-operator");
        ambient = new Ambient(moto);
        aws = new RealCloud(Clock.systemUTC()).clients(REGION);
        zone = aws.of(Route53Client.class)
                .createHostedZone(request -> request.name("mycandidate.africa").callerReference("test"))
                .hostedZone()
                .id()
                .replace("/hostedzone/", "");
        // It also makes every client, while the settings are those of this moto.
        before = Holdings.of(aws);
    }

    /** The operator with its service account's rights. */
    PackagedOperator operator(Map<String, String> environment) throws IOException {
        return PackagedOperator.start(kubeconfig, environment);
    }

    /** {@code kubectl apply} of samples/minimal.yaml, in the hosted zone that was made beforehand. */
    void apply() throws IOException, InterruptedException {
        var file = kubeconfig.resolveSibling("minimal.yaml");
        Files.writeString(
                file, Files.readString(Path.of("samples/minimal.yaml")).replace("Z0123456789", zone));
        kubectl.does("apply", "-n", NAMESPACE, "-f", file.toString());
    }

    void serve() {
        Moto.serve(aws);
    }

    boolean hasService() {
        return Moto.hasService(aws);
    }

    Resource<MyCandidateDeployment> handle() {
        return cluster.client()
                .resources(MyCandidateDeployment.class)
                .inNamespace(NAMESPACE)
                .withName(NAME);
    }

    Status status() {
        var resource = handle().get();
        return resource == null ? null : resource.getStatus();
    }

    boolean isReady() {
        return Site.is(handle().get(), "Ready");
    }

    @Override
    public void close() {
        ambient.close();
        moto.close();
        cluster.close();
    }
}
