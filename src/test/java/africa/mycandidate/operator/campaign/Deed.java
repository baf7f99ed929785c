package africa.mycandidate.operator.campaign;

import java.util.List;
import java.util.Random;

/** What people do to a stack in the course of its life. */
sealed interface Deed {
    /** The spec gets this line in place of another of the same part. */
    record Change(String line) implements Deed {}

    /** The spec becomes what it was before the last change. */
    record ChangeBack() implements Deed {}

    /** New secrets are asked for. */
    record Rotate() implements Deed {}

    /** Somebody deletes or changes something of ours in the console. */
    record ByHand(long chance) implements Deed {}

    /** The same, of the one whose description begins so. */
    record Slip(String what) implements Deed {}

    /** Voters come, for a quarter of an hour at first: so much CPU in percent. */
    record Crowd(double percent) implements Deed {}

    /** The object is deleted, and applied again under the same name. */
    record Recreate() implements Deed {}

    /** The object is deleted, and that is the end of it. */
    record Delete() implements Deed {}

    /** Another object, in another cluster, claims the same stack by its name. */
    record Twin() implements Deed {}

    /** Another object claims the same domain. */
    record DomainRival() implements Deed {}

    /** The operator is restarted, as for an upgrade. */
    record Restart() implements Deed {}

    List<String> LINES = List.of(
            "image: example.org/mycandidate:1.5.0",
            "image: example.org/mycandidate:1.6.0",
            "container: {cpu: 1024, memory: 2048}",
            "container: {port: 8000}",
            "container: {environment: {SHOW_MAP: \"yes\"}}",
            "container: {healthCheck: {path: /health}}",
            "scaling: {minTasks: 3, maxTasks: 12}",
            "scaling: {scaleOutCpuPercent: 60}",
            "database: {deletionProtection: false, backupRetentionDays: 14}",
            "database: {deletionProtection: false, instanceClass: db.t3.medium}",
            "cache: {nodeType: cache.t3.small}",
            "cache: {replicas: 1}",
            "network: {natGateways: PerZone}",
            "logs: {retentionDays: 90}",
            "release: {command: [alembic, upgrade, head]}",
            "jobs: [{name: load, command: [flask, load]}]",
            "tags: {team: elections}");

    static Deed draw(Random random) {
        return switch (random.nextInt(16)) {
            case 0, 1 -> new ChangeBack();
            case 2 -> new Rotate();
            case 3, 4, 5 -> new ByHand(random.nextLong());
            case 6 -> new Recreate();
            case 7 -> new Twin();
            case 8 -> new DomainRival();
            case 9 -> new Restart();
            default -> new Change(LINES.get(random.nextInt(LINES.size())));
        };
    }
}
