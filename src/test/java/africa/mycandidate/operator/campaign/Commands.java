package africa.mycandidate.operator.campaign;

import static africa.mycandidate.operator.campaign.Guard.check;

import africa.mycandidate.operator.reconcile.Simulation;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** What must hold of what runs once: no command runs twice, and no image serves before its release succeeded. */
final class Commands {
    private static final Pattern TAG_TO_TAKE_OFF =
            Pattern.compile("the tag (mycandidate\\.africa/run/\\S+) (?:is taken off|of) the ECS cluster ([\\w-]+)");

    private final Simulation simulation;
    /** How often each may have run by now; once where nothing stands here. */
    private final Map<String, Integer> allowed = new HashMap<>();

    Commands(Simulation simulation) {
        this.simulation = simulation;
    }

    void ranOnce() {
        var ran = simulation.aws.commands();
        for (var one : ran) {
            var times = Collections.frequency(ran, one);
            check(times <= allowed.getOrDefault(one, 1), one + " ran " + times + " times");
        }
    }

    /** The stack is another, or people forget what ran: whatever ran until now may do so again, beside one that may be about to. */
    void mayRunAgain() {
        var ran = simulation.aws.commands();
        ran.forEach(one -> allowed.put(one, Collections.frequency(ran, one) + 2));
    }

    /** Where a release or a job failed for want of something that is there again, its tag is taken off, as the condition says. */
    void retry() {
        var told = simulation.resource.getStatus().conditions().stream()
                .filter(one -> one.getReason().matches("(Release|Job)Failed"))
                .findFirst();
        if (told.isEmpty()) return;
        var found = TAG_TO_TAKE_OFF.matcher(told.get().getMessage());
        if (!found.find()) return;
        var ecs = simulation.aws.of(EcsClient.class);
        var cluster = ecs.describeClusters(request -> request.clusters(found.group(2)))
                .clusters()
                .getFirst()
                .clusterArn();
        ecs.untagResource(request -> request.resourceArn(cluster).tagKeys(found.group(1)));
        mayRunAgain();
    }

    /** A service is about to be given a task definition. */
    void mayServe(String definition, List<Service> services) {
        var spec = simulation.resource.getSpec();
        if (spec.release() == null || definition == null) return;
        var image = image(definition);
        var serves = services.stream()
                .flatMap(service -> Stream.concat(
                        Stream.of(service.taskDefinition()),
                        service.deployments().stream().map(one -> one.taskDefinition())))
                .anyMatch(one -> image(one).equals(image));
        var release = image + " " + String.join(" ", spec.release().command());
        check(
                serves
                        || !image.equals(spec.image())
                        || simulation.aws.succeeded().contains(release),
                image + " is to serve before its release succeeded");
    }

    private String image(String definition) {
        return simulation
                .aws
                .of(EcsClient.class)
                .describeTaskDefinition(request -> request.taskDefinition(definition))
                .taskDefinition()
                .containerDefinitions()
                .getFirst()
                .image();
    }
}
