package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Phase;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;

/** How an ECS service stands: its rollout, whether one failed, and what AWS says of it. */
record ServiceState(Service service) {
    /** Events that tell of trouble; the others tell of every task that comes and goes. */
    private static final Pattern TROUBLE =
            Pattern.compile("unable|fail|unhealthy|error|could not", Pattern.CASE_INSENSITIVE);

    private static final Pattern TO_START = Pattern.compile("failed to start: |unhealthy in");

    Phase phase() {
        return switch (service.status() == null ? "" : service.status()) {
            case "ACTIVE" -> rolling() ? Phase.ROLLING : Phase.READY;
            case "DRAINING" -> Phase.DELETING;
            case "INACTIVE" -> Phase.GONE;
            default -> Phase.CREATING;
        };
    }

    /** Equal counts say little: at the very start of a rollout the old tasks make them equal. */
    private boolean rolling() {
        return service.deployments().size() > 1
                || service.deployments().stream()
                        .anyMatch(one -> one.rolloutState() == DeploymentRolloutState.IN_PROGRESS);
    }

    private Optional<Deployment> primary() {
        return service.deployments().stream()
                .filter(one -> "PRIMARY".equals(one.status()))
                .findFirst();
    }

    /** AWS's word for the rollout of the primary deployment. */
    Optional<String> rollout() {
        return primary().map(Deployment::rolloutStateAsString);
    }

    /** The deployment that brings a revision in now. */
    Optional<Deployment> underWay() {
        return primary().filter(one -> one.rolloutState() == DeploymentRolloutState.IN_PROGRESS);
    }

    /** The latest deployment that the circuit breaker gave up. It is listed until its last task has stopped. */
    Optional<Deployment> failed() {
        return service.deployments().stream()
                .filter(one -> one.rolloutState() == DeploymentRolloutState.FAILED && !stuck())
                .max(Comparator.comparing(Deployment::createdAt, Comparator.nullsFirst(Comparator.naturalOrder())));
    }

    /**
     * Whether the circuit breaker gave up the only deployment that there is: there was none to go back to, no task runs, and ECS starts no other by itself (ECS
     * developer guide, "How the Amazon ECS deployment circuit breaker detects failures").
     */
    boolean stuck() {
        return service.deployments().size() == 1
                && service.deployments().getFirst().rolloutState() == DeploymentRolloutState.FAILED;
    }

    /** Why it is not steady, in AWS's words; empty when it is. */
    String message() {
        if (failed().isPresent()) return text(failed().get().rolloutStateReason());
        if (!"ACTIVE".equals(service.status())) return text(service.status());
        if (stuck())
            return text(service.deployments().getFirst().rolloutStateReason())
                    + trouble(TO_START).map(" "::concat).orElse("");
        var steady = !rolling()
                && service.runningCount() != null
                && service.runningCount().equals(service.desiredCount());
        if (steady) return "";
        return trouble(TROUBLE)
                .orElseGet(
                        () -> text(primary().map(Deployment::rolloutStateReason).orElse("")));
    }

    /** The latest event, if it tells of trouble that began after this rollout did. */
    private Optional<String> trouble(Pattern words) {
        var since = primary().map(Deployment::createdAt);
        return service.events().stream()
                .filter(event -> event.message() != null
                        && words.matcher(event.message()).find())
                .filter(event -> since.isEmpty()
                        || event.createdAt() == null
                        || !event.createdAt().isBefore(since.get()))
                .findFirst()
                .map(event -> event.message());
    }

    private static String text(String words) {
        return words == null ? "" : words;
    }
}
