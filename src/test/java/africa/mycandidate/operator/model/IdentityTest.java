package africa.mycandidate.operator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final List<String> ROLES =
            List.of("main", "app", "load-balancer", "database-password", "private-a", "execution");

    private static Identity named(String name) {
        return new Identity("111122223333", "af-south-1", "mycandidate", name);
    }

    @Test
    void aNameSaysWhoseItIs() {
        assertThat(named("southafrica").physical("main", 63, "")).matches("mcd-southafrica-main-[0-9a-f]{7}");
        assertThat(named("southafrica").physical("app", 32, "abcdef"))
                .matches("mcd-southafri-app-[0-9a-f]{7}-abcdef".replace("southafri", "[a-z]+"));
        assertThat(Identity.names("mcd-x")).isTrue();
        assertThat(Identity.names("other")).isFalse();
        assertThat(Identity.names(null)).isFalse();
    }

    @Test
    void theHashIsTheSameForEverAndTellsStacksApart() {
        assertThat(named("southafrica").hash())
                .isEqualTo(named("southafrica").hash())
                .hasSize(7);
        var others = List.of(
                new Identity("111122223334", "af-south-1", "mycandidate", "southafrica"),
                new Identity("111122223333", "eu-west-1", "mycandidate", "southafrica"),
                new Identity("111122223333", "af-south-1", "other", "southafrica"),
                new Identity("111122223333", "af-south-1", "mycandidate-south", "africa"));
        for (var other : others)
            assertThat(other.hash()).isNotEqualTo(named("southafrica").hash());
    }

    @Test
    void aNameThatIsTooShortForItsRoleIsADefect() {
        assertThatThrownBy(() -> named("x").physical("a-very-long-role-for-a-balancer", 32, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Names that Kubernetes takes, from a seed that a failure prints. */
    @Test
    void anyNameIsOneThatAwsTakes() {
        for (var seed = 0L; seed < 5_000; seed++) {
            var random = new Random(seed);
            var name = name(random);
            var role = ROLES.get(random.nextInt(ROLES.size()));
            var generation = random.nextBoolean() ? "" : "abcdef";
            var max = List.of(40, 63, 64, 200, 255).get(random.nextInt(5));
            var physical = named(name).physical(role, max, generation);
            assertThat(physical)
                    .as("seed %d: %s", seed, name)
                    .matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")
                    .hasSizeLessThanOrEqualTo(max)
                    .doesNotContain("postgres")
                    .startsWith(Identity.PREFIX);
        }
    }

    private static String name(Random random) {
        var parts = List.of("a", "-", ".", "7", "postgres", "--", "post", "gres", "southafrica", "-.-", "z9");
        var name = new StringBuilder();
        for (var i = random.nextInt(12) + 1; i > 0; i--) name.append(parts.get(random.nextInt(parts.size())));
        return name.toString();
    }
}
