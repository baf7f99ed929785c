package africa.mycandidate.operator.local;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.api.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Predicate;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/** The election of {@code samples/election.yaml}, moved to two weeks from now. The clock of AWS is put forward where nothing happens. */
final class ElectionDay {
    private static final Path SAMPLE = Path.of("samples/election.yaml");
    private static final Duration LIMIT = Duration.ofHours(3);
    private static final Duration AHEAD = Duration.ofDays(14);
    private static final Duration LASTS = Duration.ofHours(20);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final String IMAGE = "example.org/mycandidate:1.6.0";

    private final Site site;
    private final LocalCloud cloud = new LocalCloud();
    private final Spec sample;
    private final ZoneId zone;
    private final Instant from;
    private final Instant to;

    ElectionDay(Site site) throws IOException {
        this.site = site;
        this.sample = site.client()
                .getKubernetesSerialization()
                .unmarshal(Files.readString(SAMPLE), MyCandidateDeployment.class)
                .getSpec();
        this.zone = ZoneId.of(sample.timeZone());
        this.from = cloud.clock().instant().plus(AHEAD).truncatedTo(java.time.temporal.ChronoUnit.HOURS);
        this.to = from.plus(LASTS);
    }

    void play() throws Exception {
        var election = sample.elections().getFirst();
        var usual = bounds().minCapacity();
        site.patch("{\"spec\":{\"timeZone\":\"" + zone.getId() + "\",\"elections\":[{\"name\":\"" + election.name()
                + "\",\"from\":\"" + local(from) + "\",\"to\":\"" + local(to) + "\",\"minTasks\":"
                + election.minTasks() + "}]}}");
        site.await("Ready with the schedule", LIMIT, now -> Site.is(now, "Ready"));
        var lead = from.minus(Duration.ofHours(1));
        pass(lead.minus(Duration.ofHours(46)));
        await("the checks of the election", status -> Site.condition(status, "ElectionReady")
                .isPresent());
        Site.say("ElectionReady: "
                + Site.condition(site.handle().get().getStatus(), "ElectionReady")
                        .orElseThrow()
                        .getMessage());
        pass(lead.minus(Duration.ofMinutes(3)));
        Demo.check(bounds().minCapacity().equals(usual), "The floor was raised too early.");
        site.await("the capacity of the election", Duration.ofHours(1), now -> running() >= election.minTasks());
        Demo.check(cloud.clock().instant().isBefore(from), "The capacity was up only after the first voter.");
        Site.say(running() + " tasks run "
                + Duration.between(cloud.clock().instant(), from).toMinutes() + " min before the first voter.");

        pass(from.plus(Duration.ofHours(1)));
        var before = Demo.service().taskDefinition();
        site.patch("{\"spec\":{\"image\":\"" + IMAGE + "\"}}");
        await(
                "the word that the image waits",
                status -> status.summary().state().contains("waits for the end"));
        pass(to.minus(Duration.ofMinutes(2)));
        Demo.check(Demo.service().taskDefinition().equals(before), "The tasks were rolled in a frozen window.");
        Site.say("In the frozen window the image waited.");
        site.await(
                "the image after the election",
                LIMIT,
                now -> Site.is(now, "Ready")
                        && IMAGE.equals(now.getStatus().rollout().image()));
        Demo.check(cloud.clock().instant().isAfter(to), "The image was rolled out before the end of the election.");
        site.await("the usual floor", LIMIT, now -> bounds().minCapacity().equals(usual));
        Site.say("The election is over: AWS keeps at least " + usual + " tasks again, and the image is rolled out.");
    }

    private String local(Instant moment) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm").withZone(zone).format(moment);
    }

    /** A day at a time, and then to that moment; the operator looks in between. */
    private void pass(Instant moment) throws InterruptedException {
        while (cloud.clock().instant().isBefore(moment)) {
            var left = Duration.between(cloud.clock().instant(), moment);
            LocalCloud.skip(left.compareTo(A_DAY) > 0 ? A_DAY : left);
            Thread.sleep(Duration.ofSeconds(90).dividedBy(cloud.pace()));
        }
    }

    private void await(String what, Predicate<Status> happened) throws InterruptedException {
        site.await(what, LIMIT, now -> now.getStatus() != null && happened.test(now.getStatus()));
    }

    private static ScalableTarget bounds() {
        return LocalCloud.aws()
                .of(ApplicationAutoScalingClient.class)
                .describeScalableTargets(request -> request.serviceNamespace(ServiceNamespace.ECS))
                .scalableTargets()
                .getFirst();
    }

    private static int running() {
        return Demo.service().runningCount();
    }
}
