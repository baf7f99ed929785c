package africa.mycandidate.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Snapshot.Reading;
import africa.mycandidate.operator.model.Snapshot.Where;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.resource.SecurityGroup.Peer;
import africa.mycandidate.operator.resource.SecurityGroup.Rule;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the rules of a group become what they should be. */
class SecurityGroupTest {
    private static final String STACK = "mycandidate/southafrica";
    private static final Reading UNREAD = new Reading.Unread("timed out", false);
    private static final Reading NONE = new Reading.Read(List.of());

    private static Map<String, String> ours(String resource) {
        return Map.of(Tags.STACK, STACK, Tags.OWNER, "uid", Tags.RESOURCE, resource, Tags.VERSION, "1");
    }

    private static Observed<SecurityGroup> group(String id) {
        var group = new SecurityGroup(Ref.of("vpc-1"), "Tasks", Set.of(), Set.of());
        return Observed.of(group, id, id, Phase.READY, Map.of("id", id), ours("SecurityGroup/tasks"));
    }

    private static Rule from(String group) {
        return new Rule("tcp", 5432, 5432, new Peer.Group(Ref.of(group)));
    }

    private static Set<Rule> keptFor(Reading services) {
        var readings = new LinkedHashMap<Where, Reading>();
        readings.put(new Where(SecurityGroup.class, ""), new Reading.Read(List.of(group("sg-old"), group("sg-new"))));
        for (var type : List.of(LoadBalancer.class, DbInstance.class, ReplicationGroup.class))
            readings.put(new Where(type, ""), NONE);
        readings.put(new Where(EcsService.class, ""), services);
        var had = new SecurityGroup(Ref.of("vpc-1"), "Database", Set.of(from("sg-old")), Set.of());
        var have = Observed.of(had, "sg-db", "db", Phase.READY, Map.of(), ours("SecurityGroup/database"));
        var want = new SecurityGroup(Ref.of("vpc-1"), "Database", Set.of(from("sg-new")), Set.of());
        return ((SecurityGroup) want.towards(have, new Snapshot(STACK, readings, Instant.EPOCH))).ingress();
    }

    @Test
    void theRuleOfAGroupStaysWhileNobodyKnowsWhetherTasksAreInIt() {
        assertThat(keptFor(NONE)).containsExactly(from("sg-new"));
        assertThat(keptFor(UNREAD)).containsExactlyInAnyOrder(from("sg-new"), from("sg-old"));
    }
}
