package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.reconcile.Statuses;
import java.util.Optional;

/** Passes everything on, so that who comes in between overrides one thing. */
class StatusRelay implements Statuses {
    private final Statuses inner;

    StatusRelay(Statuses inner) {
        this.inner = inner;
    }

    @Override
    public Optional<MyCandidateDeployment> latest(MyCandidateDeployment seen) {
        return inner.latest(seen);
    }

    @Override
    public String write(MyCandidateDeployment resource, Status status) {
        return inner.write(resource, status);
    }

    @Override
    public void event(MyCandidateDeployment resource, boolean warning, String reason, String message) {
        inner.event(resource, warning, reason, message);
    }
}
