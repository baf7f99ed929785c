package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Java Operator SDK's side: it queues, keeps the finalizer and leads. Every answer says when to come back, because the SDK's own retry gives up after five
 * tries; the status is written by {@link StackReconciler} itself.
 */
@ControllerConfiguration(
        name = "mycandidate",
        finalizerName = MyCandidateReconciler.FINALIZER,
        generationAwareEventProcessing = false)
public final class MyCandidateReconciler implements Reconciler<MyCandidateDeployment>, Cleaner<MyCandidateDeployment> {
    public static final String FINALIZER = "deploy.mycandidate.africa/stack";
    private static final Logger LOG = LoggerFactory.getLogger(MyCandidateReconciler.class);
    private static final Duration AFTER_A_DEFECT = Duration.ofSeconds(30);
    private static final Duration SOONEST = Duration.ofMillis(20);

    private final StackReconciler stacks;
    private final Liveness liveness;
    private final int pace;

    /** @param pace how many seconds pass in AWS in one second here */
    public MyCandidateReconciler(StackReconciler stacks, Liveness liveness, int pace) {
        this.stacks = stacks;
        this.liveness = liveness;
        this.pace = pace;
    }

    @Override
    public UpdateControl<MyCandidateDeployment> reconcile(
            MyCandidateDeployment resource, Context<MyCandidateDeployment> context) {
        liveness.reconciled(resource);
        try {
            return UpdateControl.<MyCandidateDeployment>noUpdate().rescheduleAfter(here(stacks.reconcile(resource)));
        } catch (RuntimeException e) {
            tell("A pass over", resource, e);
            return UpdateControl.<MyCandidateDeployment>noUpdate().rescheduleAfter(here(AFTER_A_DEFECT));
        }
    }

    @Override
    public DeleteControl cleanup(MyCandidateDeployment resource, Context<MyCandidateDeployment> context) {
        liveness.reconciled(resource);
        try {
            return switch (stacks.remove(resource)) {
                case Answers.Gone gone -> {
                    liveness.gone(resource);
                    yield DeleteControl.defaultDelete();
                }
                case Answers.Show show -> DeleteControl.noFinalizerRemoval().rescheduleAfter(here(show.next()));
            };
        } catch (RuntimeException e) {
            tell("A pass to delete", resource, e);
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(here(AFTER_A_DEFECT));
        }
    }

    private static void tell(String pass, MyCandidateDeployment resource, RuntimeException thrown) {
        if (thrown instanceof KubernetesClientException away)
            LOG.warn(
                    "{} {} broke off: the API server could not be asked, or did not take the status ({}); it is tried again in {} s",
                    pass,
                    name(resource),
                    away.getMessage(),
                    AFTER_A_DEFECT.toSeconds());
        else
            LOG.error(
                    "{} {} ended in an error of the operator itself; it is tried again in {} s",
                    pass,
                    name(resource),
                    AFTER_A_DEFECT.toSeconds(),
                    thrown);
    }

    private Duration here(Duration there) {
        var here = there.dividedBy(pace);
        return here.compareTo(SOONEST) < 0 ? SOONEST : here;
    }

    private static String name(MyCandidateDeployment resource) {
        return resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }
}
