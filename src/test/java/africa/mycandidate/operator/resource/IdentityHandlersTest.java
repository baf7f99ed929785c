package africa.mycandidate.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.Role.Policy;
import africa.mycandidate.operator.resource.Role.Statement;
import africa.mycandidate.operator.resource.SecretValue.Generated;
import africa.mycandidate.operator.resource.SecretValue.Template;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The handlers of roles, secrets and log groups, over the simulated IAM, Secrets Manager and CloudWatch Logs. */
class IdentityHandlersTest {
    private static final Policy TRUST = new Policy(
            Set.of(new Statement("Allow", "ecs-tasks.amazonaws.com", Set.of("sts:AssumeRole"), Set.of(), "")));
    private static final String MANAGED = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

    private final Simulated aws = new Simulated(11);
    private final Life life = aws.life;

    @Test
    void aRoleGainsAndLosesPolicies() {
        var role = life.create(new Role("/mycandidate/", "runs tasks", TRUST, Map.of(), Set.of()), "execution");
        assertThat(role.outputs()).containsKey("arn").doesNotContainKey("readyArn");
        var read = new Policy(Set.of(new Statement(
                "Allow",
                "",
                Set.of("secretsmanager:GetSecretValue"),
                Set.of(Ref.of("arn:aws:secretsmanager:a:1:secret:b")),
                "")));
        var wider = new Role("/mycandidate/", "runs our tasks", TRUST, Map.of("read", read), Set.of(MANAGED));
        var ready = life.converge(wider, role.id());
        assertThat(ready.actual()).isEqualTo(wider);
        assertThat(ready.outputs()).containsKey("readyArn");
        assertThat(ready.owner()).isEqualTo(new Owner.Stack("test/site", "uid-1", "execution", "1"));
        life.delete(ready);
        assertThat(life.handler(Role.class).list("/mycandidate/")).isEmpty();
    }

    @Test
    void aPasswordIsMadeOnceAndPutIntoAUrl() {
        var password = life.create(new SecretValue("password", new Generated(32, ""), false), "password");
        assertThat(text(password)).matches("[A-Za-z0-9]{32}");
        var url = new Template(
                "postgres://app:{password}@{host}/site",
                Map.of("host", Ref.of("db.example.org:5432")),
                Map.of("password", valueFrom(password)));
        var secret = life.create(new SecretValue("url", url, false), "url");
        assertThat(text(secret)).isEqualTo("postgres://app:" + text(password) + "@db.example.org:5432/site");
        assertThat(secret.toString() + secret.actual()).doesNotContain(text(password));

        var old = text(password);
        var rotated = life.converge(new SecretValue("changed", new Generated(32, "2"), false), password.id());
        assertThat(text(rotated)).isNotEqualTo(old);
        assertThat(rotated.actual().description()).isEqualTo("changed");
    }

    @Test
    void goingBackMakesTheOldVersionCurrentAgain() {
        var first = new SecretValue("key", new Generated(50, "1"), false);
        var secret = life.create(first, "key");
        var value = text(secret);
        life.converge(new SecretValue("key", new Generated(50, "2"), false), secret.id());
        life.converge(new SecretValue("key", new Generated(50, "3"), false), secret.id());
        var back = life.converge(first, secret.id());
        assertThat(text(back)).isEqualTo(value);
        var unasked = life.converge(new SecretValue("key", new Generated(50, ""), false), secret.id());
        assertThat(text(unasked)).as("nobody asks any more").isEqualTo(value);
    }

    @Test
    void aDeletedSecretCanBeHadBack() {
        var want = new SecretValue("key", new Generated(50, ""), false);
        var secret = life.create(want, "key");
        var value = text(secret);
        life.delete(secret);
        var scheduled = life.await(SecretValue.class, "", secret.id(), one -> one.phase() == Phase.RESTORABLE);
        assertThat(scheduled.owner()).isEqualTo(new Owner.Stack("test/site", Owner.Stack.RELEASED, "key", "1"));
        assertThat(scheduled.outputs()).isEmpty();
        assertThat(text(life.converge(want, secret.id()))).isEqualTo(value);
    }

    @Test
    void aLogGroupKeepsItsLinesAsLongAsTheRecordSays() {
        var group = life.create(new LogGroup(30), "app");
        assertThat(group.outputs().get("arn")).endsWith(":log-group:" + group.name() + ":*");
        life.handler(LogGroup.class).tag(group, Map.of("team", "a"), Set.of());
        var longer = life.converge(new LogGroup(60), group.id());
        life.handler(LogGroup.class).tag(longer, Map.of(), Set.of("team"));
        var untagged =
                life.await(LogGroup.class, "", group.id(), one -> !one.tags().containsKey("team"));
        assertThat(untagged.owner()).isEqualTo(group.owner());
        life.delete(untagged);
    }

    private String text(Observed<SecretValue> secret) {
        return aws.clients
                .of(SecretsManagerClient.class)
                .getSecretValue(request -> request.secretId(secret.id()))
                .secretString();
    }

    private static Ref<SecretValue> valueFrom(Observed<SecretValue> secret) {
        return Ref.of(secret.outputs().get("valueFrom"));
    }
}
