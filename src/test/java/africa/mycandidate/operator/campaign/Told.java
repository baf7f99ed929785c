package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.reconcile.Honesty;
import africa.mycandidate.operator.reconcile.Simulation;
import africa.mycandidate.operator.reconcile.Statuses;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What must hold of all that is told: it is so, it never goes back, and no secret is in it. A breach is a {@link Violation}. */
final class Told {
    /** How long Ready may stand while not all of AWS can be read. */
    private static final Duration BELIEVABLE = Duration.ofMinutes(20);

    /** AWS may show what is gone for some seconds, and a settled stack is looked at once a minute. */
    private static final Duration STALE = Duration.ofMinutes(3);

    /** What stands before the name in the ARN of types whose names alone tell nothing: a stack's database and its cache bear the same. */
    private static final Map<String, String> ARN = Map.of(
            "DbInstance", ":db:",
            "DbSubnetGroup", ":subgrp:",
            "DbParameterGroup", ":pg:",
            "ReplicationGroup", ":replicationgroup:",
            "CacheSubnetGroup", ":subnetgroup:");

    /** Types of which the simulated account has no list by id: they are part of another resource, go by themselves, or bear its id. */
    private static final Set<String> UNLISTED = Set.of(
            "ValidationRecord",
            "DnsRecord",
            "CacheToken",
            "EcsTask",
            "Listener",
            "ScalingPolicy",
            "ScalableTarget",
            "ScheduledAction");

    private final Simulation simulation;
    private final Honesty honesty;
    private final Map<String, Instant> missing = new HashMap<>();
    private final Map<String, Instant> denied = new HashMap<>();
    /** By type and role, the id that was told last. */
    private final Map<String, String> ids = new HashMap<>();
    /** By the uid of the object, the newest generation that a status told of. */
    private final Map<String, Long> observed = new HashMap<>();

    Told(Simulation simulation) {
        this.simulation = simulation;
        this.honesty = new Honesty(simulation);
    }

    /**
     * After each pass.
     *
     * @param excused whether people or faults take targets away now
     */
    void check(boolean excused) {
        if (simulation.resource == null || simulation.resource.getStatus() == null) return;
        try {
            honesty.check();
            if (!excused) honesty.readyMeansServing();
        } catch (AssertionError e) {
            throw new Violation("the status is not honest: " + e.getMessage() + "; " + simulation.describe());
        }
        var status = simulation.resource.getStatus();
        believable(status);
        if (status.resources() == null || isUnread(status)) {
            missing.clear();
            denied.clear();
            return;
        }
        var there = simulation.aws.existing();
        exists(status, there);
        absent(status, there);
    }

    /** Ready is not said for long of what cannot be read. */
    private void believable(Status status) {
        Guard.check(
                !simulation.ready()
                        || status.lastVerifiedTime() == null
                        || Instant.parse(status.lastVerifiedTime())
                                .plus(BELIEVABLE)
                                .isAfter(simulation.clock.instant()),
                "Ready is said although AWS was last read at " + status.lastVerifiedTime());
    }

    /** A row that says Ready stands for something that is there. */
    private void exists(Status status, Set<String> there) {
        var now = simulation.clock.instant();
        for (var row : status.resources()) {
            var where = row.type() + "/" + row.role() + " " + row.id();
            var shown = row.id() != null && "Ready".equals(row.phase()) && !UNLISTED.contains(row.type());
            if (!shown || isThere(row.type(), row.id(), there)) {
                missing.remove(where);
                continue;
            }
            var since = missing.computeIfAbsent(where, key -> now);
            Guard.check(
                    since.plus(STALE).isAfter(now),
                    "the status says Ready of " + where + ", which has not been there since " + since);
        }
    }

    /** A row that says Absent stands for nothing that is there: what could not be read is Unknown. */
    private void absent(Status status, Set<String> there) {
        var now = simulation.clock.instant();
        for (var row : status.resources()) {
            if (UNLISTED.contains(row.type())) continue;
            var where = row.type() + "/" + row.role();
            if (row.id() != null) ids.put(where, row.id());
            var id = ids.get(where);
            if (id == null || !row.phase().equals("Absent") || !isThere(row.type(), id, there)) {
                denied.remove(where);
                continue;
            }
            var since = denied.computeIfAbsent(where, key -> now);
            Guard.check(
                    since.plus(STALE).isAfter(now),
                    "the status has said Absent of " + where + " since " + since + ", and " + id + " is there");
        }
    }

    private static boolean isThere(String type, String id, Set<String> there) {
        var name = ARN.getOrDefault(type, "") + id;
        return there.stream().anyMatch(one -> one.equals(id) || one.endsWith(name));
    }

    /** Whether it says that AWS cannot be asked, so that its rows are what was seen last. */
    private static boolean isUnread(Status status) {
        return status.conditions().stream()
                .anyMatch(
                        one -> one.getType().equals("Ready") && one.getReason().equals("Unreachable"));
    }

    /** Between the operator and Kubernetes: what is told is searched for secrets. */
    Statuses listening(Statuses inner) {
        return new StatusRelay(inner) {
            @Override
            public String write(MyCandidateDeployment resource, Status status) {
                secrets(Serialization.asJson(status));
                forward(resource, status);
                return super.write(resource, status);
            }

            @Override
            public void event(MyCandidateDeployment resource, boolean warning, String reason, String message) {
                secrets(message);
                super.event(resource, warning, reason, message);
            }
        };
    }

    /** A pass that took an older spec for the newest would tell of an older generation than was told before. */
    private void forward(MyCandidateDeployment resource, Status status) {
        if (status.observedGeneration() == null) return;
        var before = observed.merge(resource.getMetadata().getUid(), status.observedGeneration(), Math::max);
        Guard.check(
                before.equals(status.observedGeneration()),
                "the status goes back from generation " + before + " to " + status.observedGeneration());
    }

    /** No secret is among what was told. */
    void secrets(String told) {
        for (var value : simulation.aws.secretValues()) Guard.check(!told.contains(value), "a secret was told");
    }
}
