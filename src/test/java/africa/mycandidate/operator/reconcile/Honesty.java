package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Status;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What must hold of every status that is shown, and of Ready against the truth in AWS. */
public final class Honesty {
    private final Simulation simulation;

    public Honesty(Simulation simulation) {
        this.simulation = simulation;
    }

    /** To be called after each pass. */
    public void check() {
        var status = simulation.resource.getStatus();
        assertThat(status).isNotNull();
        assertThat(status.observedGeneration())
                .as("the observed generation")
                .isEqualTo(simulation.resource.getMetadata().getGeneration());
        var conditions = status.conditions();
        assertThat(Conditions.find(conditions, Conditions.READY))
                .as("Ready stands from the first status on")
                .isPresent();
        assertThat(is(status, Conditions.RECONCILING) && is(status, Conditions.STALLED))
                .as("never both: kstatus takes the first")
                .isFalse();
        if (is(status, Conditions.READY)) {
            assertThat(is(status, Conditions.PROVISIONED) && is(status, Conditions.SERVING))
                    .as("Ready is Provisioned and Serving")
                    .isTrue();
            assertThat(is(status, Conditions.STALLED)).as("Ready and Stalled").isFalse();
            // What somebody else changed is put back while the site serves as ever.
            assertThat(is(status, Conditions.RECONCILING) && is(status, Conditions.IN_SYNC))
                    .as("Ready and at work, without drift")
                    .isFalse();
        }
        for (var condition : conditions) {
            assertThat(condition.getObservedGeneration()).isEqualTo(status.observedGeneration());
            assertThat(Instant.parse(condition.getLastTransitionTime())).isBeforeOrEqualTo(simulation.clock.instant());
        }
    }

    /** Ready is never said where nobody answers. Where AWS lets a target die this may be some seconds late, so it is asked of a stack that comes up. */
    public void readyMeansServing() {
        if (simulation.ready())
            assertThat(simulation.serving())
                    .as("Ready is said where nobody answers")
                    .isPositive();
    }

    /** No secret's value, nor a part of a URL that is one, in a status or an event. */
    public void tellsNoSecret() {
        var told = Serialization.asJson(simulation.resource.getStatus()) + simulation.events;
        for (var value : secrets())
            assertThat(told.contains(value)).as("a secret was told").isFalse();
    }

    private List<String> secrets() {
        var secrets = simulation.aws.of(SecretsManagerClient.class);
        return secrets.listSecrets(request -> {}).secretList().stream()
                .map(secret -> secrets.getSecretValue(request -> request.secretId(secret.arn()))
                        .secretString())
                .filter(value -> value.length() >= 20)
                .toList();
    }

    private static boolean is(Status status, String type) {
        return Conditions.is(status.conditions(), type);
    }
}
