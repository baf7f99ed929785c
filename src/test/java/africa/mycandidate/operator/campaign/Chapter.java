package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.reconcile.Annotations;
import africa.mycandidate.operator.reconcile.ByHand;
import africa.mycandidate.operator.reconcile.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that happens to a stack, in all of whose writes something goes wrong in turn.
 *
 * @param created whether it happens to a stack in service; else it is what begins with nothing
 * @param interrupts whether voters notice it anyway
 * @param begins what the user does
 */
record Chapter(String name, boolean created, boolean leaves, boolean interrupts, Consumer<Stand> begins) {

    /** Where it happens. @param zone the hosted zone */
    record Stand(Simulation simulation, String zone) {
        void apply(String... lines) {
            var all = Stream.concat(Stream.of("database: {deletionProtection: false}"), Stream.of(lines))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf(':')),
                            line -> line,
                            (one, other) -> other,
                            TreeMap::new));
            simulation.apply(Simulation.spec(zone, all.values().toArray(String[]::new)));
        }
    }

    /** How long it must stay as it is in the end. */
    Duration quiet() {
        // A rotation comes in stages, and is Ready between them.
        return Duration.ofMinutes(name.equals("rotation") ? 10 : 2);
    }

    static List<Chapter> all() {
        return List.of(
                new Chapter("creation", false, false, false, Stand::apply),
                new Chapter("adoption", false, false, false, Chapter::adopt),
                update("image: example.org/mycandidate:1.5.0", false),
                update("container: {port: 8000}", false),
                update("container: {healthCheck: {path: /health}, environment: {SHOW_MAP: \"yes\"}}", false),
                update("scaling: {minTasks: 3, maxTasks: 12, scaleOutCpuPercent: 60}", false),
                update(
                        "database: {deletionProtection: false, instanceClass: db.t3.medium, backupRetentionDays: 14}",
                        true),
                update("database: {deletionProtection: false, storageGiB: 30}", false),
                update("cache: {nodeType: cache.t3.small}", true),
                update("cache: {replicas: 1}", false),
                update("network: {natGateways: PerZone}", false),
                update("logs: {retentionDays: 90}", false),
                update("tags: {team: elections}", false),
                new Chapter("logs of a CDN", true, false, false, stand -> stand.apply("cdn: {}", "storage: {}")),
                new Chapter("release", true, false, false, Chapter::release),
                new Chapter("rotation", true, false, true, stand -> stand.simulation()
                        .annotate(Annotations.ROTATE_SECRETS, "2026-11-24")),
                new Chapter("deletion", true, true, true, stand -> {}));
    }

    private static Chapter update(String line, boolean interrupts) {
        return new Chapter("update, " + line, true, false, interrupts, stand -> stand.apply(line));
    }

    /** Whatever goes wrong, each command runs once. */
    private static void release(Stand stand) {
        stand.apply(
                "image: example.org/mycandidate:1.5.0",
                "release: {command: [alembic, upgrade, head]}",
                "jobs: [{name: load, command: [flask, load]}]");
    }

    private static void adopt(Stand stand) {
        var parts = new ByHand(stand.simulation()).build(stand.zone());
        stand.apply("adopt: {"
                + parts.entrySet().stream()
                        .map(part -> part.getKey() + ": \"" + part.getValue() + "\"")
                        .collect(Collectors.joining(", "))
                + "}");
    }
}
