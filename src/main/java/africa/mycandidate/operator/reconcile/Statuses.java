package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;
import java.util.Optional;

/** Where a custom resource is read and its status written: the one port to Kubernetes. */
public interface Statuses {
    /**
     * The object as it is now. What a cache shows may be older: a new process may begin with the spec from before the last change, and would lead AWS back to it
     * ("time travel", Sun et al., Automatic Reliability Testing for Cluster Management Controllers, OSDI 2022). Empty where it is gone, or another one has its
     * name. Throws where it could not be read.
     */
    Optional<MyCandidateDeployment> latest(MyCandidateDeployment seen);

    /** Replaces the status. Throws where it could not be written. Returns the new resource version. */
    String write(MyCandidateDeployment resource, Status status);

    /** Tells people of something that happened, once. Losing it does no harm. */
    void event(MyCandidateDeployment resource, boolean warning, String reason, String message);
}
