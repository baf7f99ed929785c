package africa.mycandidate.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.Role.Policy;
import africa.mycandidate.operator.resource.Role.Statement;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyDocumentTest {
    private static final Policy READ = new Policy(Set.of(new Statement(
            "Allow",
            "",
            Set.of("secretsmanager:GetSecretValue", "kms:Decrypt"),
            Set.of(Ref.of("arn:aws:secretsmanager:a:1:secret:b")),
            "")));

    @Test
    void whatIsWrittenReadsAsTheSame() {
        assertThat(PolicyDocument.read(PolicyDocument.write(READ))).isEqualTo(READ);
    }

    @Test
    void iamEncodesIt() {
        var encoded = URLEncoder.encode(PolicyDocument.write(READ), StandardCharsets.UTF_8)
                .replace("+", "%20");
        assertThat(PolicyDocument.read(encoded)).isEqualTo(READ);
    }

    @Test
    void orderListsOfOneAndIdsMeanNothing() {
        var text = """
                {"Statement": {"Sid": "any", "Resource": ["arn:aws:secretsmanager:a:1:secret:b"],
                 "Action": ["secretsmanager:GetSecretValue", "kms:Decrypt"], "Effect": "Allow"}, "Version": "2012-10-17"}""";
        assertThat(PolicyDocument.read(text)).isEqualTo(READ);
    }

    @Test
    void aServiceThatMayAssumeARole() {
        var trust = new Policy(
                Set.of(new Statement("Allow", "ecs-tasks.amazonaws.com", Set.of("sts:AssumeRole"), Set.of(), "")));
        assertThat(PolicyDocument.read(PolicyDocument.write(trust))).isEqualTo(trust);
    }

    @Test
    void whatTheRecordHasNoFieldForIsADifference() {
        var text = """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com", "AWS": "*"},
                 "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"b": ["1"], "a": ["3", "2"]}}}]}""";
        var rest =
                "{\"Condition\":{\"StringEquals\":{\"a\":[\"2\",\"3\"],\"b\":\"1\"}},\"Principal\":{\"AWS\":\"*\",\"Service\":\"ecs-tasks.amazonaws.com\"}}";
        var policy = PolicyDocument.read(text);
        assertThat(policy)
                .isEqualTo(new Policy(Set.of(new Statement("Allow", "", Set.of("sts:AssumeRole"), Set.of(), rest))));
        assertThat(PolicyDocument.read(PolicyDocument.write(policy))).isEqualTo(policy);
    }
}
