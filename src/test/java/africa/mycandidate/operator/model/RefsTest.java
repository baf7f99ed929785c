package africa.mycandidate.operator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.resource.SecurityGroup.Peer;
import africa.mycandidate.operator.resource.SecurityGroup.Rule;
import africa.mycandidate.operator.resource.Vpc;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RefsTest {
    private static final Ref<SecurityGroup> TASKS = Ref.to(SecurityGroup.class, "tasks", "id");
    private static final Ref<Vpc> VPC = Ref.to(Vpc.class, "main", "id");
    private static final SecurityGroup GROUP = new SecurityGroup(
            VPC,
            "x",
            Set.of(new Rule("tcp", 1, 1, new Peer.Group(TASKS))),
            Set.of(new Rule("tcp", 2, 2, new Peer.Group(Ref.of("sg-2")))));

    @Test
    void theyAreFoundHoweverDeepTheyStand() {
        assertThat(Refs.open(GROUP)).containsExactlyInAnyOrder((Ref.Output<?>) TASKS, (Ref.Output<?>) VPC);
        assertThat(Refs.known(GROUP)).extracting(Refs.Pointer::value).containsExactly("sg-2");
        assertThat(Refs.open(Map.of("a", List.of(TASKS)))).containsExactly((Ref.Output<?>) TASKS);
        assertThat(Refs.open(null)).isEmpty();
    }

    @Test
    void whatIsKnownIsFilledInAndTheRestStaysOpen() {
        var resolved = Refs.resolve(GROUP, ref -> ref.role().equals("tasks") ? Optional.of("sg-1") : Optional.empty());
        assertThat(resolved.ingress()).containsExactly(new Rule("tcp", 1, 1, new Peer.Group(Ref.of("sg-1"))));
        assertThat(resolved.vpc()).isEqualTo(VPC);
        assertThat(resolved.egress()).isEqualTo(GROUP.egress());
        assertThat(Refs.resolve(GROUP, ref -> Optional.empty())).isEqualTo(GROUP);
    }

    @Test
    void fieldsThatAreUnmanagedStaySo() {
        assertThat(Refs.resolve(new SecurityGroup(VPC, null, null, Set.of()), ref -> Optional.of("vpc-1")))
                .isEqualTo(new SecurityGroup(Ref.of("vpc-1"), null, null, Set.of()));
    }

    @Test
    void anOpenOneHasNoValue() {
        assertThatThrownBy(VPC::value).hasMessageContaining("id of Vpc/main");
        assertThat(Ref.of("x").value()).isEqualTo("x");
    }
}
