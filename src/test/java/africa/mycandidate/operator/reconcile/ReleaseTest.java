package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.RunStatus;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.aws.Port;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command of a new image runs once, before the image serves; where it does not succeed, the old one serves on. Looked at in every second of virtual time. */
class ReleaseTest {
    private static final Duration LONGEST = Duration.ofHours(3);
    private static final String RELEASE = "release: {command: [alembic, upgrade, head]}";
    private static final String COMMAND = " alembic upgrade head";

    private final Simulation simulation = new Simulation(71);
    private final List<String> story = new ArrayList<>();
    private String zone;
    private int dark;

    @BeforeEach
    void converged() {
        zone = simulation.zone();
        simulation.apply(Simulation.spec(zone, RELEASE));
        simulation.until("Ready", LONGEST, Simulation::ready);
        simulation.run(Duration.ofMinutes(10));
        simulation.eachSecond = () -> {
            dark += simulation.serving() == 0 ? 1 : 0;
            tell();
        };
    }

    private void apply(String image, String... lines) {
        var all = new ArrayList<>(List.of(lines));
        all.add("image: example.org/mycandidate:" + image);
        if (all.stream().noneMatch(line -> line.startsWith("release:"))) all.add(RELEASE);
        all.remove("release:");
        simulation.apply(Simulation.spec(zone, all.toArray(String[]::new)));
    }

    /** What a user sees, line by line, when it becomes another. */
    private void tell() {
        var status = simulation.resource.getStatus();
        var rollout = status.rollout();
        var release = rollout == null ? null : rollout.release();
        var line = status.summary().state()
                + (release == null
                        ? ""
                        : " | release " + release.state()
                                + (release.exitCode() == null ? "" : ", exit code " + release.exitCode()))
                + (rollout == null ? "" : " | serves " + rollout.image() + " " + rollout.state())
                + (rollout == null || rollout.failed() == null
                        ? ""
                        : " | failed " + rollout.failed().image() + " in "
                                + rollout.failed().stage() + ", log "
                                + rollout.failed().log());
        if (story.isEmpty() || !story.getLast().equals(line)) story.add(line);
    }

    private void ready() {
        simulation.until(
                "Ready",
                LONGEST,
                status -> Simulation.ready(status)
                        && status.observedGeneration()
                                .equals(simulation.resource.getMetadata().getGeneration()));
        simulation.run(Duration.ofMinutes(5));
        assertThat(simulation.ready()).as(simulation.describe()).isTrue();
        bright();
    }

    private void bright() {
        assertThat(dark).as("seconds without a healthy target").isZero();
    }

    private void stalled() {
        simulation.until("Stalled", LONGEST, status -> Conditions.is(status.conditions(), Conditions.STALLED));
        bright();
    }

    private String words() {
        return Conditions.find(status().conditions(), Conditions.STALLED)
                .orElseThrow()
                .getMessage();
    }

    private Status status() {
        return simulation.resource.getStatus();
    }

    private RunStatus release() {
        return status().rollout().release();
    }

    private List<String> commands() {
        return simulation.aws.commands().stream()
                .map(one -> one.replace("example.org/mycandidate:", "").replace(COMMAND, ""))
                .toList();
    }

    private void print(String what) {
        System.out.println(what + ": " + dark + " s without a healthy target");
        story.forEach(line -> System.out.println("    " + line));
    }

    @Test
    void theFirstRunsOnceTheDatabaseIsThereAndBeforeTheServiceIs() {
        assertThat(commands()).containsExactly("1.4.2");
        var order = simulation.mutating().stream().map(Port.Effect::operation).toList();
        assertThat(order.indexOf("runTask")).isLessThan(order.indexOf("createService"));
        assertThat(order.indexOf("createDBInstance")).isLessThan(order.indexOf("runTask"));
        assertThat(release().state()).isEqualTo("Succeeded");
        assertThat(release().exitCode()).isZero();
        assertThat(release().log()).matches("mcd-southafrica-app-\\w+ app/app/[0-9a-f]{32}");
        simulation.eachSecond = null;
        simulation.effects.clear();
        simulation.run(Duration.ofHours(3));
        assertThat(simulation.mutations()).isZero();
    }

    @Test
    void aGoodOneIsReleasedThenServed() {
        apply("1.5.0");
        ready();
        print("a good release");
        assertThat(commands()).containsExactly("1.4.2", "1.5.0");
        assertThat(status().rollout().image()).endsWith(":1.5.0");
        assertThat(status().rollout().failed()).isNull();
    }

    @Test
    void oneWhoseMigrationFailsNeverServes() {
        apply("1.5.0-badmigration");
        stalled();
        print("a failing migration");
        failedAndLeftAlone("1.5.0-badmigration", 1);
        apply("1.5.1");
        ready();
        assertThat(commands()).containsExactly("1.4.2", "1.5.0-badmigration", "1.5.1");
        assertThat(status().rollout().failed()).isNull();
    }

    @Test
    void oneWhoseImageCrashesNeverServes() {
        apply("1.5.0-crash");
        stalled();
        print("a crashing image");
        failedAndLeftAlone("1.5.0-crash", 139);
        apply("1.4.2");
        ready();
        assertThat(commands()).as("the old one was released before").containsExactly("1.4.2", "1.5.0-crash");
    }

    private void failedAndLeftAlone(String image, int exitCode) {
        var failed = status().rollout().failed();
        assertThat(failed.image()).endsWith(image);
        assertThat(failed.stage()).isEqualTo("Release");
        assertThat(failed.exitCode()).isEqualTo(exitCode);
        assertThat(failed.log()).contains(" app/app/");
        assertThat(status().rollout().image()).endsWith(":1.4.2");
        assertThat(words())
                .contains(image)
                .contains("exit code " + exitCode)
                .contains("previous version keeps serving");
        assertThat(Conditions.find(status().conditions(), Conditions.STALLED)
                        .orElseThrow()
                        .getReason())
                .isEqualTo("ReleaseFailed");
        var ran = commands();
        var eachSecond = simulation.eachSecond;
        simulation.eachSecond = null;
        simulation.run(Duration.ofMinutes(10));
        simulation.effects.clear();
        simulation.run(Duration.ofHours(2));
        simulation.start();
        simulation.run(Duration.ofHours(2));
        simulation.eachSecond = eachSecond;
        assertThat(simulation.mutations()).as("not tried again").isZero();
        assertThat(commands()).isEqualTo(ran);
        assertThat(status().rollout().failed()).isEqualTo(failed);
        bright();
    }

    /** What fails when it is to serve is told in the same way. */
    @Test
    void aRolloutThatFailsAfterItsReleaseIsToldAlike() {
        apply("1.5.0-unhealthy");
        stalled();
        print("a release that succeeds, and a rollout that fails");
        var failed = status().rollout().failed();
        assertThat(failed.image()).endsWith("1.5.0-unhealthy");
        assertThat(failed.stage()).isEqualTo("Rollout");
        assertThat(release().state()).isEqualTo("Succeeded");
        assertThat(status().rollout().image()).endsWith(":1.4.2");
    }
}
