package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;

class SimSecretsManagerTest extends EdgeFixture {
    private static final String ONE = "1".repeat(32);
    private static final String TWO = "2".repeat(32);
    private static final String THREE = "3".repeat(32);

    private final SimSecretsManager secrets = aws.secrets;

    private String create(String name) {
        var arn = secrets.createSecret(call -> call.name(name)
                        .clientRequestToken(ONE)
                        .secretString("a")
                        .tags(tag -> tag.key("k").value("v")))
                .arn();
        settle();
        return arn;
    }

    @TestFactory
    Stream<DynamicTest> refusals() {
        create("app");
        create("leaving");
        secrets.deleteSecret(call -> call.secretId("leaving").recoveryWindowInDays(7L));
        settle();
        return refusals(
                secrets::existing,
                refusal(
                        "a name that looks like an ARN's end",
                        "InvalidParameterException",
                        400,
                        () -> secrets.createSecret(call -> call.name("app-abc123"))),
                refusal(
                        "a name with a space",
                        "InvalidParameterException",
                        400,
                        () -> secrets.createSecret(call -> call.name("a b"))),
                refusal(
                        "a short token",
                        "InvalidParameterException",
                        400,
                        () -> secrets.createSecret(call -> call.name("x").clientRequestToken("short"))),
                refusal(
                        "a taken name",
                        "ResourceExistsException",
                        400,
                        () -> secrets.createSecret(
                                call -> call.name("app").clientRequestToken(TWO).secretString("a"))),
                refusal(
                        "the token with another value",
                        "ResourceExistsException",
                        400,
                        () -> secrets.createSecret(
                                call -> call.name("app").clientRequestToken(ONE).secretString("b"))),
                refusal(
                        "a put of the token with another value",
                        "ResourceExistsException",
                        400,
                        () -> secrets.putSecretValue(call ->
                                call.secretId("app").clientRequestToken(ONE).secretString("b"))),
                refusal(
                        "the name of a secret that leaves",
                        "InvalidRequestException",
                        400,
                        () -> secrets.createSecret(call -> call.name("leaving").secretString("a"))),
                refusal(
                        "reading one that leaves",
                        "InvalidRequestException",
                        400,
                        () -> secrets.getSecretValue(call -> call.secretId("leaving"))),
                refusal(
                        "writing one that leaves",
                        "InvalidRequestException",
                        400,
                        () -> secrets.putSecretValue(
                                call -> call.secretId("leaving").secretString("b"))),
                refusal(
                        "tagging one that leaves",
                        "InvalidRequestException",
                        400,
                        () -> secrets.tagResource(
                                call -> call.secretId("leaving").tags(tag -> tag.key("a")))),
                refusal(
                        "untagging one that leaves",
                        "InvalidRequestException",
                        400,
                        () -> secrets.untagResource(
                                call -> call.secretId("leaving").tagKeys("k"))),
                refusal(
                        "deleting it again",
                        "InvalidRequestException",
                        400,
                        () -> secrets.deleteSecret(call -> call.secretId("leaving"))),
                refusal(
                        "a window of 3 days",
                        "InvalidParameterException",
                        400,
                        () -> secrets.deleteSecret(call -> call.secretId("app").recoveryWindowInDays(3L))),
                refusal(
                        "a window and force",
                        "InvalidParameterException",
                        400,
                        () -> secrets.deleteSecret(call ->
                                call.secretId("app").recoveryWindowInDays(7L).forceDeleteWithoutRecovery(true))),
                refusal(
                        "no such version",
                        "ResourceNotFoundException",
                        400,
                        () -> secrets.getSecretValue(
                                call -> call.secretId("app").versionId(TWO))),
                refusal(
                        "no such stage",
                        "ResourceNotFoundException",
                        400,
                        () -> secrets.getSecretValue(
                                call -> call.secretId("app").versionStage("AWSPREVIOUS"))),
                refusal(
                        "describing none",
                        "ResourceNotFoundException",
                        400,
                        () -> secrets.describeSecret(call -> call.secretId("none"))),
                refusal(
                        "restoring none",
                        "ResourceNotFoundException",
                        400,
                        () -> secrets.restoreSecret(call -> call.secretId("none"))),
                refusal(
                        "deleting none",
                        "ResourceNotFoundException",
                        400,
                        () -> secrets.deleteSecret(call -> call.secretId("none"))));
    }

    @Test
    void theSameCallTwiceIsOneVersion() {
        var arn = create("app");
        assertThat(create("app")).isEqualTo(arn);
        secrets.putSecretValue(
                call -> call.secretId(arn).clientRequestToken(ONE).secretString("a"));
        settle();
        assertThat(secrets.describeSecret(call -> call.secretId(arn)).versionIdsToStages())
                .isEqualTo(Map.of(ONE, List.of("AWSCURRENT")));
    }

    @Test
    void stagesMoveFromVersionToVersion() {
        var arn = create("app");
        secrets.putSecretValue(
                call -> call.secretId(arn).clientRequestToken(TWO).secretString("b"));
        secrets.putSecretValue(
                call -> call.secretId(arn).clientRequestToken(THREE).secretString("{\"user\": \"c\"}"));
        settle();
        assertThat(secrets.describeSecret(call -> call.secretId(arn)).versionIdsToStages())
                .isEqualTo(Map.of(THREE, List.of("AWSCURRENT"), TWO, List.of("AWSPREVIOUS")));
        assertThat(secrets.getSecretValue(call -> call.secretId("app").versionStage("AWSPREVIOUS"))
                        .secretString())
                .isEqualTo("b");
        assertThat(secrets.value(arn + ":::" + ONE)).contains("a");
        assertThat(secrets.value(arn + ":user::")).contains("c");
        assertThat(secrets.value(arn + ":none::")).isEmpty();
        assertThat(secrets.value(arn + ":::" + "9".repeat(32))).isEmpty();
    }

    @Test
    void aScheduledSecretIsSeenOnlyOnRequestAndComesBack() {
        var arn = create("app");
        secrets.deleteSecret(call -> call.secretId(arn).recoveryWindowInDays(7L));
        settle();
        assertThat(secrets.listSecrets(call -> {}).secretList()).isEmpty();
        var planned = secrets.listSecrets(call -> call.includePlannedDeletion(true)
                        .filters(filter ->
                                filter.key(FilterNameStringType.TAG_KEY).values("k")))
                .secretList();
        assertThat(planned).singleElement().satisfies(entry -> {
            assertThat(entry.deletedDate()).isNotNull();
            assertThat(entry.secretVersionsToStages()).containsKey(ONE);
        });
        assertThat(secrets.value(arn)).isEmpty();
        assertThat(secrets.existing()).isEmpty();
        assertThat(secrets.scheduled()).containsOnlyKeys(arn);
        secrets.restoreSecret(call -> call.secretId(arn));
        pass(Duration.ofDays(30));
        assertThat(secrets.value(arn)).contains("a");
    }

    @Test
    void afterItsWindowTheNameIsFreeAndTheArnIsAnother() {
        var arn = create("app");
        secrets.deleteSecret(call -> call.secretId(arn).recoveryWindowInDays(7L));
        pass(Duration.ofDays(8));
        assertThat(create("app")).isNotEqualTo(arn);
    }
}
