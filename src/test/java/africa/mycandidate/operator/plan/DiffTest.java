package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.BALANCER;
import static africa.mycandidate.operator.plan.PlannerTest.DATABASE;
import static africa.mycandidate.operator.plan.PlannerTest.REVISION;
import static africa.mycandidate.operator.plan.PlannerTest.SERVICE;
import static africa.mycandidate.operator.plan.PlannerTest.VPC;
import static africa.mycandidate.operator.plan.PlannerTest.network;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.PlannerTest.vpc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.DbParameterGroup;
import africa.mycandidate.operator.resource.LoadBalancer;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.Subnet;
import africa.mycandidate.operator.resource.TaskDefinition;
import africa.mycandidate.operator.resource.Vpc;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three answers to "is it as it should be": yes, no, and "nobody knows". */
class DiffTest {
    private static final Ref<Vpc> OPEN = Ref.to(Vpc.class, "main", "id");

    private static Resource actual(Key key) {
        return (Resource) Sight.standing(site()).get(key).actual();
    }

    private static Resource with(Resource one, String field, Object value) {
        return Fields.map(one, (component, was) -> component.getName().equals(field) ? value : was);
    }

    private static Change only(Diff diff) {
        assertThat(diff.changes()).hasSize(1);
        return diff.changes().getFirst();
    }

    @Test
    void whatIsNotKnownYetIsAwaitedAndNoDifference() {
        var have = Sight.standing(network()).get(PlannerTest.SUBNET);
        var goal = with((Resource) have.actual(), "vpc", OPEN);
        var diff = Diff.between(goal, have);
        assertThat(diff.definite()).isFalse();
        assertThat(diff.awaited()).containsExactly((Ref.Output<?>) OPEN);
        assertThat(Diff.unmet(goal, have)).containsExactly("vpc");
    }

    @Test
    void whatAwsDidNotShowIsUnknownEvenWhereItsGoalIsUnknownToo() {
        var have = Sight.standing(network()).get(PlannerTest.SUBNET).withUnread(Set.of("vpc", "zone"));
        var goal = with(with((Resource) have.actual(), "vpc", OPEN), "zone", "af-south-1c");
        var diff = Diff.between(goal, have);
        assertThat(diff.unread()).containsExactlyInAnyOrder("vpc", "zone");
        assertThat(diff.awaited()).isEmpty();
        assertThat(diff.definite()).isFalse();
        assertThat(Diff.unmet(goal, have)).containsExactlyInAnyOrder("vpc", "zone");
        assertThat(Diff.inTheEnd(goal, have, ref -> true)).isEmpty();
    }

    @Test
    void aFieldThatIsNotManagedIsNeverADifference() {
        var have = Sight.standing(network()).get(VPC);
        assertThat(Diff.between(new Vpc("10.0.0.0/16", null, true), have).definite())
                .isFalse();
        assertThat(Diff.unmet(new Vpc("10.0.0.0/16", null, false), have)).containsExactly("dnsHostnames");
        assertThat(Diff.inTheEnd(new Vpc("10.0.0.0/16", null, true), have, ref -> true))
                .isEmpty();
    }

    @Test
    void whatCountsAtItsCreationOnlyIsNoDifferenceLater() {
        var have = Sight.standing(site()).get(SERVICE);
        var goal = with((Resource) have.actual(), "clusterName", "another");
        assertThat(Diff.between(goal, have).changes()).isEmpty();
        assertThat(Diff.unmet(goal, have)).isEmpty();
        assertThat(Diff.inTheEnd(goal, have, ref -> true)).isEmpty();
    }

    @Test
    void onlyAnImmutableDifferenceAsksForAReplacement() {
        var have = Sight.standing(network()).get(VPC);
        assertThat(Diff.immutable(new Vpc("10.0.0.0/16", false, false), have).definite())
                .isFalse();
        var change = only(Diff.immutable(new Vpc("10.1.0.0/16", false, false), have));
        assertThat(change).hasToString("cidr: 10.0.0.0/16 → 10.1.0.0/16");
        assertThat(change.interruption()).isEqualTo(Interruption.REPLACEMENT);
    }

    @Test
    void whatTheFieldItselfSaysOfAnInterruptionCounts() {
        var revision = Sight.standing(site()).get(REVISION);
        assertThat(only(Diff.between(with(actual(REVISION), "image", "other"), revision))
                        .interruption())
                .isEqualTo(Interruption.RESTART);
        var group = Sight.key(DbParameterGroup.class, "database");
        assertThat(only(Diff.between(
                                with(actual(group), "family", "postgres17"),
                                Sight.standing(site()).get(group)))
                        .interruption())
                .isEqualTo(Interruption.NONE);
    }

    @Test
    void ofDeclaredEntriesOnlyThoseThatDifferAreTold() {
        var drop = "routing.http.drop_invalid_header_fields.enabled";
        var protection = LoadBalancer.DELETION_PROTECTION;
        var standing = Sight.standing(site()).get(BALANCER);
        var off = Sight.withField(
                standing, "attributes", Map.of(protection, "false", drop, "true", "access_logs.s3.enabled", "true"));
        assertThat(only(Diff.between(actual(BALANCER), off)))
                .hasToString("attributes: " + protection + "=false → " + protection + "=true");
        var none = Sight.withField(standing, "attributes", Map.of(protection, "true"));
        assertThat(only(Diff.between(actual(BALANCER), none)))
                .hasToString("attributes: " + drop + "=(none) → " + drop + "=true");
    }

    @Test
    void declaredEntriesThatAwsDoesNotShowAtAllAreTold() {
        var have = Sight.withField(Sight.standing(site()).get(BALANCER), "attributes", null);
        assertThat(only(Diff.between(actual(BALANCER), have)).actual()).isEqualTo("(none)");
    }

    @Test
    void aSecretIsNeverTold() {
        var secret = Sight.key(SecretValue.class, "flask-key");
        var goal = site().resources().get(secret);
        var standing = Sight.standing(site()).get(secret);
        var other = Diff.between(goal, Sight.withField(standing, "content", new SecretValue.Stored("hunter2", "")));
        assertThat(only(other)).hasToString("content: (secret, differs) → (secret, current)");
        assertThat(only(Diff.between(goal, Sight.withField(standing, "content", null))))
                .hasToString("content: (none) → (secret, current)");
    }

    @Test
    void fieldsThatOnlyChangeTogetherWaitForTheLastOfThem() {
        var have = Sight.standing(site()).get(SERVICE);
        var goal = with(
                with(actual(SERVICE), "containerPort", 8000),
                "taskDefinition",
                Ref.to(TaskDefinition.class, "app", "arn"));
        var changed = with(goal, "assignPublicIp", true);
        var diff = Diff.between(changed, have);
        assertThat(diff.changes()).extracting(Change::field).containsExactly("assignPublicIp");
        // One that is not known, and is none of them, holds up nobody.
        var elsewhere = with(
                with(actual(SERVICE), "containerPort", 8000),
                "subnets",
                Set.of(Ref.to(Subnet.class, "private-a", "id")));
        assertThat(Diff.between(elsewhere, have).changes())
                .extracting(Change::field)
                .containsExactly("containerPort");
        assertThat(only(Diff.between(with(actual(SERVICE), "containerPort", 8000), have))
                        .field())
                .isEqualTo("containerPort");
    }

    @Test
    void inTheEndAReferenceIsADifferenceOnlyWhereItWillBeAnotherOne() {
        var have = Sight.standing(network()).get(PlannerTest.SUBNET);
        var want = network().resources().get(PlannerTest.SUBNET);
        assertThat(Diff.inTheEnd(want, have, ref -> false)).isEmpty();
        assertThat(Diff.inTheEnd(want, have, OPEN::equals))
                .extracting(Change::field, Change::actual)
                .containsExactly(tuple("vpc", "vpc-main"));
        var moved = with((Resource) have.actual(), "zone", "af-south-1b");
        assertThat(Diff.inTheEnd(moved, have, ref -> false))
                .extracting(Change::field, Change::desired, Change::actual)
                .containsExactly(tuple("zone", "af-south-1b", "af-south-1a"));
    }

    @Test
    void inTheEndOfAMapOnlyTheEntriesThatDifferAreTold() {
        var have = Sight.withField(
                Sight.standing(site()).get(REVISION), "environment", Map.of("A", "1", "B", "2", "GONE", "x"));
        var want = with(actual(REVISION), "environment", Map.of("A", "1", "B", "3", "NEW", "y"));
        assertThat(Diff.inTheEnd(want, have, ref -> false))
                .extracting(Change::field, Change::desired, Change::actual, Change::interruption)
                .containsExactly(tuple(
                        "environment", "B=3, GONE=(none), NEW=y", "B=2, GONE=x, NEW=(none)", Interruption.RESTART));
        var none = Sight.withField(have, "environment", null);
        assertThat(Diff.inTheEnd(want, none, ref -> false))
                .extracting(Change::actual)
                .isEqualTo(List.of("(none)"));
    }

    @Test
    void inTheEndASecretIsNotToldEither() {
        var have = Sight.withField(Sight.standing(site()).get(DATABASE), "password", Ref.of("arn:old"));
        assertThat(Diff.inTheEnd(actual(DATABASE), have, ref -> false))
                .singleElement()
                .hasToString("password: (secret, differs) → (secret, current)");
    }

    @Test
    void whatIsAsItShouldBeIsMet() {
        var have = Sight.standing(network()).get(VPC);
        assertThat(Diff.unmet(vpc(), have)).isEmpty();
        assertThat(Diff.between(vpc(), have).definite()).isFalse();
        assertThat(Diff.between(vpc(), have).unread()).isEmpty();
    }
}
