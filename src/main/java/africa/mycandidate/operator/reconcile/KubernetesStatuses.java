package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.aws.Port;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from the API server itself. Writes the status by server-side apply, whole, under one field manager; fields that are not in it any more go. */
public final class KubernetesStatuses implements Statuses {
    public static final String FIELD_MANAGER = "mycandidate-operator";
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesStatuses.class);
    /** The API server takes six digits after the point, no more. */
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final Port port;
    private final InstantSource clock;
    private final String instance;

    /** @param instance the name of this operator's pod, shown in events */
    public KubernetesStatuses(KubernetesClient client, Port port, InstantSource clock, String instance) {
        this.client = client;
        this.port = port;
        this.clock = clock;
        this.instance = instance;
    }

    /** A read without a resource version is not answered from a cache (Kubernetes API concepts, "Resource versions", get). */
    @Override
    public Optional<MyCandidateDeployment> latest(MyCandidateDeployment seen) {
        var metadata = seen.getMetadata();
        MyCandidateDeployment now = pass("getMyCandidateDeployment", () -> client.resources(MyCandidateDeployment.class)
                .inNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .get());
        return Optional.ofNullable(now).filter(one -> one.getMetadata().getUid().equals(metadata.getUid()));
    }

    @Override
    public String write(MyCandidateDeployment resource, Status status) {
        var fresh = new MyCandidateDeployment();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .withUid(resource.getMetadata().getUid())
                .build());
        fresh.setStatus(status);
        return pass("patchStatus", () -> client.resource(fresh)
                .subresource("status")
                .patch(APPLY)
                .getMetadata()
                .getResourceVersion());
    }

    @Override
    public void event(MyCandidateDeployment resource, boolean warning, String reason, String message) {
        var metadata = resource.getMetadata();
        var now = MICROS.format(clock.instant());
        var event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withGenerateName(metadata.getName() + ".")
                .endMetadata()
                .withInvolvedObject(new ObjectReferenceBuilder()
                        .withApiVersion(resource.getApiVersion())
                        .withKind(resource.getKind())
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .build())
                .withType(warning ? "Warning" : "Normal")
                .withReason(reason)
                .withMessage(message)
                .withAction("Reconcile")
                .withReportingComponent("mycandidate-operator")
                .withReportingInstance(instance)
                .withEventTime(new MicroTime(now))
                .build();
        try {
            pass(
                    "createEvent",
                    () -> client.resource(event).create().getMetadata().getName());
        } catch (KubernetesClientException e) {
            LOG.warn("An event could not be written: {}", e.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private <T> T pass(String operation, Port.Call call) {
        try {
            return (T) port.pass(Port.Effect.of("Kubernetes", operation), call);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
