package africa.mycandidate.operator.plan;

import static africa.mycandidate.operator.plan.PlannerTest.DATABASE;
import static africa.mycandidate.operator.plan.PlannerTest.REVISION;
import static africa.mycandidate.operator.plan.PlannerTest.SERVICE;
import static africa.mycandidate.operator.plan.PlannerTest.network;
import static africa.mycandidate.operator.plan.PlannerTest.site;
import static africa.mycandidate.operator.plan.Sight.key;
import static africa.mycandidate.operator.plan.TellerTest.entry;
import static africa.mycandidate.operator.plan.TellerTest.told;
import static africa.mycandidate.operator.plan.TellerTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.plan.Forecast.Action;
import africa.mycandidate.operator.resource.Listener;
import africa.mycandidate.operator.resource.ScalableTarget;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.ValidationRecord;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told of what only follows from a change: it is done later, once the change is. */
class TellerFollowsTest {
    private static final Key FLASK_KEY = key(SecretValue.class, "flask-key");

    @Test
    void aNewImageReplacesTheRevisionAndTheServiceFollows() {
        var forecast = Sight.standing(site()).forecast(with("image", "example.org/mycandidate:1.5.0"));
        // The old revision's end is part of its replacement.
        assertThat(told(forecast)).containsExactly("UPDATE EcsService/app", "REPLACE TaskDefinition/app");
        var revision = entry(forecast, REVISION);
        assertThat(revision.because()).isEqualTo("AWS cannot change its image; a new one takes its place");
        assertThat(revision.id()).isEqualTo("taskdefinition-app");
        assertThat(revision.interruption()).isEqualTo(Interruption.RESTART);
        var service = entry(forecast, SERVICE);
        assertThat(service.because()).isEqualTo("follows from TaskDefinition/app");
        assertThat(service.changes()).extracting(Change::field).containsExactly("taskDefinition");
        assertThat(forecast.kept()).isEqualTo(site().resources().size() - 2);
    }

    @Test
    void anotherPortIsFollowedThroughEveryoneThatNamesWhatGivesWay() {
        var forecast = Sight.standing(site()).forecast(with("container.port", 8000));
        assertThat(told(forecast))
                .contains("REPLACE TargetGroup/app", "REPLACE TaskDefinition/app", "UPDATE EcsService/app")
                .contains("UPDATE Listener/https")
                .noneMatch(line -> line.startsWith("DELETE"));
        assertThat(entry(forecast, key(Listener.class, "https")).because()).isEqualTo("follows from TargetGroup/app");
        assertThat(entry(forecast, SERVICE).because()).isEqualTo("follows from TargetGroup/app, TaskDefinition/app");
        assertThat(entry(forecast, SERVICE).changes())
                .extracting(Change::field)
                .contains("taskDefinition", "targetGroups", "containerPort");
    }

    @Test
    void whatIsReplacedForTheSakeOfItsParentIsToldAsAReplacement() {
        var standing = Sight.standing(network());
        var other = Sight.stack("main", PlannerTest.vpc(), "a", PlannerTest.subnet(), "b", PlannerTest.subnet());
        assertThat(told(standing.forecast(other))).containsExactly("CREATE Subnet/b");
        var target = key(ScalableTarget.class, "app");
        // The service gives way to a new one, so its scaling does too, and the policies with it.
        var sight = Sight.standing(site()).field(SERVICE, "cluster", Ref.of("somebody-elses"));
        var forecast = sight.forecast(site());
        assertThat(entry(forecast, SERVICE).action()).isEqualTo(Action.REPLACE);
        assertThat(entry(forecast, target).action()).isEqualTo(Action.REPLACE);
        assertThat(entry(forecast, target).because()).isEqualTo("follows from EcsService/app");
        assertThat(told(forecast)).contains("REPLACE ScalingPolicy/scale-out");
    }

    @Test
    void whatIsOnlyChangedMayComeOutWithTheOutputThatItHas() {
        var forecast = Sight.standing(site())
                .field(FLASK_KEY, "content", new SecretValue.Stored("somebody-elses", ""))
                .forecast(site());
        var secret = entry(forecast, FLASK_KEY);
        assertThat(secret.action()).isEqualTo(Action.UPDATE);
        assertThat(secret.because()).startsWith("a new version of: Flask's SECRET_KEY");
        assertThat(secret.changes()).singleElement().satisfies(change -> assertThat(change.desired())
                .isEqualTo("(secret, current)"));
        assertThat(entry(forecast, REVISION).because()).isEqualTo("may follow from SecretValue/flask-key");
        assertThat(entry(forecast, SERVICE).because()).isEqualTo("follows from TaskDefinition/app");
    }

    @Test
    void aChainIsFollowedToItsEndWhateverElseIsToBeDone() {
        var password = key(SecretValue.class, "database-password");
        var record = key(ValidationRecord.class, "site");
        var sight = Sight.standing(site()).field(password, "content", new SecretValue.Stored("tampered", ""));
        for (var missing : List.of(false, true)) {
            if (missing) sight.remove(record);
            var forecast = sight.forecast(site());
            assertThat(told(forecast))
                    .contains(
                            "UPDATE SecretValue/database-password",
                            "UPDATE DbInstance/main",
                            "UPDATE SecretValue/database-url",
                            "REPLACE TaskDefinition/app",
                            "UPDATE EcsService/app");
            assertThat(entry(forecast, DATABASE).because()).startsWith("may follow from SecretValue/database-password");
        }
    }

    @Test
    void whatChangesTogetherIsToldTogether() {
        var forecast = Sight.standing(site())
                .field(SERVICE, "targetGroups", Set.of(Ref.of("somebody-elses")))
                .forecast(with("image", "example.org/mycandidate:1.5.0"));
        assertThat(entry(forecast, SERVICE).changes())
                .extracting(Change::field)
                .containsExactlyInAnyOrder("taskDefinition", "targetGroups");
    }
}
