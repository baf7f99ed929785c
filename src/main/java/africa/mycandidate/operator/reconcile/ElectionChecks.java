package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.DriftEntry;
import africa.mycandidate.operator.api.ElectionCheck;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.Alarm;
import africa.mycandidate.operator.resource.CdnCertificate;
import africa.mycandidate.operator.resource.Certificate;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.Quotas;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.ScalableTarget;
import africa.mycandidate.operator.resource.ScheduledAction;
import africa.mycandidate.operator.resource.Subscription;
import africa.mycandidate.operator.resource.Topic;
import africa.mycandidate.operator.stack.DatabaseClass;
import africa.mycandidate.operator.stack.ElectionWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the day of an election will need, item by item. Each one that is not well says what to do. A pure function of what a pass saw.
 *
 * @param spec with its defaults filled in
 */
record ElectionChecks(
        Spec spec, ElectionWindow window, Cycle.Result result, Serving serving, List<DriftEntry> drift, Quotas quotas) {
    private static final double CPU_UNITS = 1024;
    /** RDS writes its logs to S3 every five minutes (RDS User Guide, "Restoring a DB instance to a specified time"); the output is cut to the hour. */
    private static final Duration RECENT = Duration.ofMinutes(90);

    List<ElectionCheck> list() {
        var checks = new ArrayList<ElectionCheck>();
        checks.add(capacity());
        checks.add(quota());
        checks.add(connections());
        if (isResized()) checks.add(classes());
        if (window.capacityUnits() > 0) checks.add(new ReservationCheck(window, result).check());
        checks.add(certificate());
        checks.add(maintenance());
        checks.add(backups());
        checks.add(alarms());
        checks.add(rollout());
        checks.add(noDrift());
        return List.copyOf(checks);
    }

    private static ElectionCheck check(String name, boolean passed, String well, String otherwise) {
        return new ElectionCheck(name, passed, passed ? well : otherwise);
    }

    private ElectionCheck capacity() {
        var open = open(Set.of(ScheduledAction.class, ScalableTarget.class));
        var election = window.election();
        return check(
                "capacity",
                open.isEmpty(),
                "AWS keeps " + election.minTasks() + " to " + election.maxTasks() + " tasks from "
                        + Standing.time(window.raise()) + " to " + Standing.time(window.to()),
                "not scheduled yet: " + String.join(", ", open) + "; status.resources says what each waits for");
    }

    private ElectionCheck quota() {
        var vcpus = window.election().maxTasks() * spec.container().cpu() / CPU_UNITS;
        var most = window.election().maxTasks();
        if (!quotas.unread().isEmpty())
            return new ElectionCheck(
                    "quotas",
                    false,
                    "could not be read: " + quotas.unread()
                            + ". Allow servicequotas:GetServiceQuota (deploy/iam-policy-options.json)");
        var lacks = new ArrayList<String>();
        if (vcpus > quotas.fargateVcpus())
            lacks.add(most + " tasks take " + number(vcpus) + " vCPUs, and all Fargate tasks of this account in "
                    + spec.region() + " may have " + number(quotas.fargateVcpus())
                    + ". Ask Service Quotas for more of L-3032A538; that takes AWS hours to days");
        if (most > quotas.targets())
            lacks.add(most + " tasks are more than the " + number(quotas.targets())
                    + " targets of a load balancer. Ask Service Quotas for more of L-7E6692B2");
        var units = window.capacityUnits();
        if (units > quotas.capacityUnits())
            lacks.add("all load balancers of this account in " + spec.region() + " may reserve "
                    + number(quotas.capacityUnits()) + " capacity units, and the election wants " + units
                    + ". Ask Service Quotas for more of " + Quotas.CAPACITY_UNITS + "; that takes AWS hours to days");
        return check(
                "quotas",
                lacks.isEmpty(),
                most + " tasks take " + number(vcpus) + " of the " + number(quotas.fargateVcpus())
                        + " vCPUs on Fargate that this account may have in " + spec.region() + " altogether",
                String.join("; ", lacks));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** Minor versions and patches restart a database or a cache, at a time that AWS knows already. */
    private ElectionCheck maintenance() {
        var met = Stream.concat(
                        only(DbInstance.class)
                                .map(one -> one.actual().maintenanceWindow())
                                .filter(one -> one.meets(window.span()))
                                .map(one -> "the database in " + one)
                                .stream(),
                        only(ReplicationGroup.class)
                                .map(one -> one.actual().maintenanceWindow())
                                .filter(one -> one.meets(window.span()))
                                .map(one -> "the cache in " + one)
                                .stream())
                .toList();
        return check(
                "maintenance",
                met.isEmpty(),
                "AWS maintains neither database nor cache in the election",
                "AWS may maintain " + String.join(", and ", met)
                        + " (UTC), which is in the election. What the operator made it moves itself within minutes, unless the election "
                        + "lasts a week; of what is adopted, move the maintenance window in RDS or ElastiCache");
    }

    /** By the class that the database has, not by the one that it should have. */
    private ElectionCheck connections() {
        var has =
                only(DbInstance.class).map(one -> one.actual().instanceClass()).orElse(null);
        var room = DatabaseClass.room(has);
        var wanted = window.election().maxTasks() * spec.container().databaseConnections();
        var sum = window.election().maxTasks() + " tasks open up to " + wanted + " connections";
        if (room.isEmpty())
            return new ElectionCheck("connections", true, sum + "; how many " + has + " allows is not known here");
        return check(
                "connections",
                wanted <= room.getAsInt(),
                sum + ", and " + has + " has room for " + room.getAsInt(),
                sum + ", but " + has + " has room for " + room.getAsInt()
                        + ". Lower the election's maxTasks or write a larger databaseClass");
    }

    private boolean isResized() {
        return !window.election().databaseClass().equals(spec.database().instanceClass())
                || !window.election().cacheNodeType().equals(spec.cache().nodeType());
    }

    private ElectionCheck classes() {
        var database =
                only(DbInstance.class).map(one -> one.actual().instanceClass()).orElse("none");
        var cache =
                only(ReplicationGroup.class).map(one -> one.actual().nodeType()).orElse("none");
        var settled = open(Set.of(DbInstance.class, ReplicationGroup.class)).isEmpty();
        var wanted =
                window.election().databaseClass() + " and " + window.election().cacheNodeType();
        return check(
                "classes",
                settled
                        && database.equals(window.election().databaseClass())
                        && cache.equals(window.election().cacheNodeType()),
                "database and cache are " + wanted,
                "database and cache are " + database + " and " + cache + ", not " + wanted
                        + " yet; status.plan says what waits. In the last hour before the election they are left as"
                        + " they are");
    }

    /** Of the load balancer and of the CDN; that which ends first counts. */
    private ElectionCheck certificate() {
        var until = Stream.of(Certificate.class, CdnCertificate.class)
                .flatMap(type -> result.seen().ours(type).stream())
                .filter(one -> one.phase() != Phase.GONE)
                .flatMap(one -> Stream.ofNullable(one.outputs().get(Certificate.NOT_AFTER)))
                .min(Comparator.comparing(Instant::parse));
        if (until.isEmpty() && spec.domain().certificateArn() != null)
            return new ElectionCheck(
                    "certificate", true, "domain.certificateArn is yours: see yourself that it stays valid");
        var valid = until.isPresent() && Instant.parse(until.get()).isAfter(window.to());
        return check(
                "certificate",
                valid,
                "valid until " + until.orElse(""),
                until.isEmpty()
                        ? "there is no issued certificate; status.resources says what it waits for"
                        : "valid until " + until.get()
                                + ", which is before the end. ACM could not renew it: see that its validation record"
                                + " stands in DNS");
    }

    private ElectionCheck backups() {
        var until = only(DbInstance.class).map(one -> one.outputs().get(DbInstance.RESTORABLE_UNTIL));
        var recent = until.isPresent()
                && Instant.parse(until.get()).isAfter(result.at().minus(RECENT));
        return check(
                "backups",
                recent,
                "the database can be restored to any moment up to the last minutes",
                until.isEmpty()
                        ? "there is no backup of the database. Set database.backupRetentionDays to 7, and wait for the"
                                + " first backup"
                        : "the last moment that can be restored is about " + until.get()
                                + ". See RDS's events of the instance");
    }

    private ElectionCheck alarms() {
        var open = open(Set.of(Alarm.class, Topic.class, Subscription.class));
        if (!open.isEmpty())
            return new ElectionCheck(
                    "alarms",
                    false,
                    "not in place: " + String.join(", ", open) + "; status.resources says what each waits for");
        if (spec.alarms() == null)
            return new ElectionCheck("alarms", false, "nobody would be woken. Set alarms.email or alarms.topicArn");
        // A subscription takes no tags: it is ours as the plan says, not as AWS does.
        var unread = result.plan().of(Step.Keep.class).stream()
                .filter(keep -> keep.key().type() == Subscription.class)
                .anyMatch(keep -> !"true".equals(keep.have().outputs().get("confirmed")));
        return check(
                "alarms",
                !unread,
                "in place",
                "nobody has followed the link in the mail to " + spec.alarms().email()
                        + " yet, so no alarm reaches it");
    }

    private ElectionCheck rollout() {
        var service = only(EcsService.class);
        var completed = service.map(
                        one -> one.outputs().getOrDefault("rollout", "").equals("COMPLETED"))
                .orElse(false);
        return check(
                "rollout",
                completed && serving.answers() && open(Set.of(EcsService.class)).isEmpty(),
                "the last one is complete, and healthy targets answer",
                serving.answers()
                        ? "the last one is not complete; status.rollout and the row of EcsService say why. Correct the"
                                + " image, or go back to the one that serves"
                        : serving.words());
    }

    private ElectionCheck noDrift() {
        return check(
                "drift",
                drift.isEmpty(),
                "AWS is as it was left",
                drift.size() + (drift.size() == 1 ? " difference" : " differences")
                        + " in status.drift. Approve the repair, or write into the spec what is to stay");
    }

    private List<String> open(Set<Class<? extends Resource>> types) {
        return result.plan().steps().stream()
                .filter(step -> !(step instanceof Step.Keep))
                .filter(step -> types.contains(step.key().type()))
                .map(step -> step.key().toString())
                .distinct()
                .toList();
    }

    private <R extends Resource> Optional<Observed<R>> only(Class<R> type) {
        return result.seen().ours(type).stream()
                .filter(one -> one.phase() != Phase.GONE)
                .findFirst();
    }
}
