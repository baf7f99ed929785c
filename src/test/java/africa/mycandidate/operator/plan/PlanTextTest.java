package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.Sight.key;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.resource.SecurityGroup.Peer;
import africa.mycandidate.operator.resource.SecurityGroup.Rule;
import africa.mycandidate.operator.resource.Vpc;
import africa.mycandidate.operator.stack.Specs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people read of a plan, in a handful of situations. The expected texts are the files in {@code src/test/resources/plans}; after a wanted change they are
 * written anew by {@code mvn test -Dtest=PlanTextTest -Dplans.write=true}, and their difference is read before it is committed.
 */
class PlanTextTest {
    private static final Path FILES = Path.of("src/test/resources/plans");

    static Stream<Arguments> situations() {
        return Stream.of(
                situation("creation-first-look", () -> Sight.empty(site()).plan()),
                situation("image-change", () -> Sight.standing(site())
                        .plan(Specs.stack(Specs.with("image", "example.org/mycandidate:1.5.0")))),
                situation("class-change", () -> Sight.standing(site())
                        .plan(Specs.stack(Specs.with("database.instanceClass", "db.t3.medium")))),
                situation("port-change", () -> Sight.standing(site())
                        .plan(Specs.stack(Specs.with("container.port", 8000)))),
                situation("drifted-rule", PlanTextTest::driftedRule),
                situation("database-deleted-by-hand", () -> Sight.standing(site())
                        .remove(key(DbInstance.class, "main"))
                        .plan()),
                situation("secret-changed-by-hand", PlanTextTest::changedSecret),
                situation("unread", () -> Sight.standing(site())
                        .unread(Vpc.class, "ec2 RequestLimitExceeded: slow down")
                        .plan()),
                situation("deletion-refused", () -> Sight.standing(site()).leave()),
                situation("deletion-first-look", () -> Sight.standing(LeavingTest.unprotected())
                        .leave()));
    }

    private static Arguments situation(String name, Supplier<Plan> plan) {
        return Arguments.of(name, plan);
    }

    private static Plan driftedRule() {
        var open = Set.of(
                new Rule("tcp", 5432, 5432, new Peer.Group(Ref.of("securitygroup-tasks"))),
                new Rule("tcp", 5432, 5432, new Peer.Cidr("0.0.0.0/0")));
        return Sight.standing(site())
                .field(key(SecurityGroup.class, "database"), "ingress", open)
                .plan();
    }

    private static Plan changedSecret() {
        return Sight.standing(site())
                .field(key(SecretValue.class, "redis-url"), "content", new SecretValue.Stored("hunter2", ""))
                .field(key(ReplicationGroup.class, "main"), "nodeType", "cache.t3.small")
                .plan();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void textIsAsExpected(String name, Supplier<Plan> plan) throws IOException {
        var text = PlanText.of(plan.get());
        var file = FILES.resolve(name + ".txt");
        if (Boolean.getBoolean("plans.write")) Files.writeString(file, text);
        assertThat(text).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }

    @Test
    void noSecretIsInAnyText() {
        assertThat(PlanText.of(changedSecret())).doesNotContain("hunter2").contains("(secret, differs)");
    }

    @Test
    void everyFileHasItsSituation() throws IOException {
        try (var files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", ""))
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(
                            situations().map(one -> (String) one.get()[0]).toList());
        }
    }
}
