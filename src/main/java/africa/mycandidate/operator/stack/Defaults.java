package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Cache;
import africa.mycandidate.operator.api.Cdn;
import africa.mycandidate.operator.api.Container;
import africa.mycandidate.operator.api.Database;
import africa.mycandidate.operator.api.Election;
import africa.mycandidate.operator.api.HealthCheck;
import africa.mycandidate.operator.api.Job;
import africa.mycandidate.operator.api.Logs;
import africa.mycandidate.operator.api.MaintenanceWindow;
import africa.mycandidate.operator.api.Network;
import africa.mycandidate.operator.api.Release;
import africa.mycandidate.operator.api.Scaling;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Fields;
import java.util.List;
import java.util.Map;

/**
 * What an omitted field comes to: the reference architecture. The defaults live here and not in the CRD, because defaults of a schema make GitOps tools see
 * differences that nobody made.
 */
public final class Defaults {
    private static final Container CONTAINER =
            new Container(5000, 512, 1024, "1000", true, Map.of(), Map.of(), 10, new HealthCheck("/", "200-399"));
    private static final Scaling SCALING = new Scaling(2, 10, 70, 30);
    private static final Database DATABASE = new Database("db.t3.small", "16", true, 20, 100, 7, true, null, null);
    private static final Cache CACHE = new Cache("cache.t3.micro", "7.1", 0);
    private static final Network NETWORK = new Network("10.0.0.0/16", 2, Network.NatGateways.SINGLE, null);
    private static final Logs LOGS = new Logs(30);

    private static final Cdn CDN = new Cdn(List.of("/static/*"));
    private static final Release RELEASE = new Release(null, 15);
    private static final Job JOB = new Job(null, null, 60);

    private static final MaintenanceWindow WINDOW = new MaintenanceWindow(MaintenanceWindow.Day.SUN, "02:00", 2);

    private Defaults() {}

    /** The same spec with every field of the reference architecture set. */
    public static Spec applied(Spec spec) {
        var container = filled(spec.container(), CONTAINER);
        var withHealth = Fields.map(
                container,
                (component, value) -> component.getName().equals("healthCheck")
                        ? filled(container.healthCheck(), CONTAINER.healthCheck())
                        : value);
        var database = storageFits(filled(spec.database(), DATABASE), spec.database());
        return new Spec(
                spec.region(),
                spec.account(),
                spec.management() == null ? Spec.Management.MANAGE : spec.management(),
                spec.driftPolicy() == null ? Spec.DriftPolicy.CORRECT : spec.driftPolicy(),
                spec.approval() == null ? Spec.Approval.NONE : spec.approval(),
                filled(spec.maintenanceWindow(), WINDOW),
                spec.timeZone() == null ? "UTC" : spec.timeZone(),
                spec.allowDataLoss() == null ? List.of() : spec.allowDataLoss(),
                spec.deletionPolicy() == null ? Spec.DeletionPolicy.SNAPSHOT : spec.deletionPolicy(),
                spec.suspend() != null && spec.suspend(),
                spec.tags() == null ? Map.of() : spec.tags(),
                spec.image(),
                spec.imagePullSecretArn(),
                withHealth,
                spec.release() == null ? null : filled(spec.release(), RELEASE),
                jobs(spec.jobs()),
                filled(spec.scaling(), SCALING),
                elections(spec),
                spec.domain(),
                database,
                filled(spec.cache(), CACHE),
                filled(spec.network(), NETWORK),
                filled(spec.logs(), LOGS),
                spec.cdn() == null ? null : filled(spec.cdn(), CDN),
                spec.storage(),
                spec.alarms(),
                spec.waf(),
                spec.adopt());
    }

    /** An election that asks for nothing more has the usual bounds and classes. */
    private static List<Election> elections(Spec spec) {
        if (spec.elections() == null) return null;
        var scaling = filled(spec.scaling(), SCALING);
        var databaseClass = filled(spec.database(), DATABASE).instanceClass();
        var nodeType = filled(spec.cache(), CACHE).nodeType();
        return spec.elections().stream()
                .map(election -> {
                    var least = election.minTasks() == null ? scaling.minTasks() : election.minTasks();
                    var most = Math.max(least, scaling.maxTasks());
                    return filled(
                            election,
                            new Election(null, null, null, 60, least, most, true, databaseClass, nodeType, null));
                })
                .toList();
    }

    private static List<Job> jobs(List<Job> given) {
        return given == null
                ? null
                : given.stream().map(job -> filled(job, JOB)).toList();
    }

    /** A storage size above the default ceiling raises the ceiling: RDS wants at least a tenth of room above it. */
    private static Database storageFits(Database filled, Database given) {
        if (given != null && given.maxStorageGiB() != null) return filled;
        var least = (int) Math.ceil(filled.storageGiB() * 1.1);
        if (filled.maxStorageGiB() >= least) return filled;
        return Fields.map(
                filled,
                (component, value) -> component.getName().equals("maxStorageGiB") ? Integer.valueOf(least) : value);
    }

    private static <T extends Record> T filled(T given, T defaults) {
        if (given == null) return defaults;
        var standard = Fields.of(defaults);
        return Fields.map(given, (component, value) -> value == null ? standard.get(component.getName()) : value);
    }
}
