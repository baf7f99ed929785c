package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;

/** Where the status of a custom resource is written: the one port to Kubernetes. */
public interface Statuses {
    /** Replaces the status. Throws where it could not be written. Returns the new resource version. */
    String write(MyCandidateDeployment resource, Status status);

    /** Tells people of something that happened, once. Losing it does no harm. */
    void event(MyCandidateDeployment resource, boolean warning, String reason, String message);
}
