package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.reconcile.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** One world, and the object in it that changes its spec again and again. Worlds of the same seed begin with the same things of others, under the same ids. */
final class Voyage {
    private static final long SEED = 4711;
    private static final Duration LONGEST = Duration.ofHours(6);
    /** Who waits for the user for so long does not go on alone. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** Until every voter comes through the CDN, and the load balancer takes nobody else. */
    private static final Duration LOCKED = Duration.ofMinutes(15);

    private static final Duration AFTERWARDS = Duration.ofMinutes(5);
    private static final Duration SELDOM = Duration.ofMinutes(9);
    /** So often at most is one call that AWS refuses tried again in the passes of a quiet hour. */
    private static final int SLOWLY = 8;

    /** Databases and caches by the words of AWS's calls. */
    private static final Pattern DATA_LOST =
            Pattern.compile("delete(DBInstance|ReplicationGroup|Bucket|Objects)", Pattern.CASE_INSENSITIVE);

    private static final Pattern DATA_MADE = Pattern.compile("(create|restore)(DBInstance|ReplicationGroup|Bucket).*");
    private static final String DATA = "candidates of 2029";

    final Simulation simulation = new Simulation(SEED);
    private final String zone = simulation.zone();
    private final String secret;
    private final String certificate;
    private final Map<String, Integer> made = new TreeMap<>();
    private String database = "";

    /** Where an apply came to. */
    enum End {
        READY,
        STALLED,
        WAITING
    }

    /**
     * @param words what the status says
     * @param violations what must never be
     */
    record Landing(End end, String words, Shapes shapes, List<String> violations) {}

    Voyage() {
        secret = simulation
                .aws
                .of(SecretsManagerClient.class)
                .createSecret(request -> request.name("theirs").secretString("a value of somebody else"))
                .arn();
        certificate = simulation.aws.importedCertificate(Simulation.DOMAIN);
        simulation.rest(Duration.ofMinutes(1));
    }

    String zone() {
        return zone;
    }

    /** What stands in the account, by how its ARN begins. */
    Map<String, String> things() {
        return new TreeMap<>(Map.of("arn:aws:secretsmanager:", secret, "arn:aws:acm:", certificate));
    }

    /** A stack made of nothing. */
    Landing made(Document document) {
        simulation.apply(document.spec());
        var end = settle();
        if (document.spec().cdn() != null) simulation.run(LOCKED);
        return new Landing(end, "", Shapes.of(simulation.holdings()), List.of());
    }

    /** Applies a spec, waits for its end, and looks on for an hour. */
    Landing to(Document document) {
        simulation.effects.clear();
        simulation.apply(document.spec());
        var violations = new ArrayList<String>();
        var end = settle();
        var words = end == End.READY ? "" : simulation.describe();
        dataStand(violations);
        var serving = simulation.serving();
        if (serving == 0 && !database.isEmpty()) violations.add("nothing serves");
        if (end == End.READY && database.isEmpty()) begin();
        var shapes = Shapes.of(simulation.holdings());
        quiet(end, violations);
        return new Landing(end, words, shapes, List.copyOf(violations));
    }

    /** Whether the loss of such a resource would be seen. */
    static boolean watches(Class<? extends Resource> type) {
        return DATA_LOST.matcher("delete" + type.getSimpleName()).matches();
    }

    private End settle() {
        var end = simulation.now().plus(LONGEST);
        var stalled = simulation.now();
        while (simulation.now().isBefore(end)) {
            simulation.pass();
            var status = simulation.resource.getStatus();
            if (Simulation.ready(status)) {
                // A rollout is done before its old revision is put away.
                simulation.run(AFTERWARDS);
                if (simulation.ready()) return End.READY;
            }
            if (!stalled(status)) stalled = simulation.now();
            else if (simulation.now().isAfter(stalled.plus(PATIENCE))) return End.STALLED;
        }
        return End.WAITING;
    }

    private static boolean stalled(Status status) {
        return status.conditions().stream()
                .anyMatch(one ->
                        one.getType().equals("Stalled") && one.getStatus().equals("True"));
    }

    private void begin() {
        database = simulation
                .aws
                .of(RdsClient.class)
                .describeDBInstances()
                .dbInstances()
                .getFirst()
                .dbInstanceIdentifier();
        simulation.aws.write(database, DATA);
    }

    private void dataStand(List<String> violations) {
        for (var effect : simulation.mutating()) {
            if (DATA_LOST.matcher(effect.operation()).matches()) violations.add("data deleted: " + effect.operation());
            var making = DATA_MADE.matcher(effect.operation());
            if (making.matches() && made.merge(making.group(2), 1, Integer::sum) > 1)
                violations.add("data made anew: " + effect.operation());
        }
        if (!database.isEmpty() && !DATA.equals(simulation.aws.data(database))) violations.add("the data are others");
    }

    /**
     * An hour in which nothing is written: passes at first as they come, then one in ten minutes, which sees all that a pass in between would. What AWS refuses is
     * tried again, slowly.
     */
    private void quiet(End end, List<String> violations) {
        simulation.effects.clear();
        simulation.run(AFTERWARDS);
        for (var i = 0; i < 6; i++) {
            simulation.rest(SELDOM);
            simulation.pass();
        }
        var counts = simulation.mutating().stream()
                .collect(Collectors.groupingBy(
                        effect -> effect.service() + " " + effect.operation(), TreeMap::new, Collectors.counting()));
        counts.forEach((call, times) -> {
            if (end == End.READY || times > SLOWLY) violations.add("not quiet: " + call + ", " + times + " in an hour");
        });
    }
}
