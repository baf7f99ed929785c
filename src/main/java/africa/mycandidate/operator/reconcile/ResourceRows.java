package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.ResourceStatus;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.converge.Outcome;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row of the status for each resource: whether it is there, what it is doing, and since when. */
record ResourceRows(Cycle.Result result, Standing standing, Applied applied, StatusWriter.Times times) {

    List<ResourceStatus> list(boolean deleting) {
        var rows = new ArrayList<ResourceStatus>();
        var steps = result.plan().steps().stream().collect(Collectors.groupingBy(Step::key));
        var keys = new TreeSet<>(result.stack().resources().keySet());
        keys.addAll(steps.keySet());
        for (var key : keys) {
            var planned = steps.getOrDefault(key, List.of());
            if (planned.isEmpty() && deleting) continue;
            rows.add(row(key, planned, applied.row(key)));
        }
        return List.copyOf(rows);
    }

    private static boolean isBlocked(List<Step> steps) {
        var telling =
                steps.stream().filter(step -> !(step instanceof Step.Keep)).findFirst();
        return telling.filter(Step.Blocked.class::isInstance).isPresent();
    }

    private ResourceStatus row(Key key, List<Step> steps, ResourceStatus old) {
        var have = observed(key, steps);
        var unknown = have.isEmpty() && isUnread(key);
        var phase = have.map(one -> phase(one.phase()))
                .orElse(unknown ? "Unknown" : isBlocked(steps) ? "Blocked" : "Absent");
        var since = old != null && phase.equals(old.phase()) ? old.since() : Standing.time(times.now());
        var words = standing.words().get(key);
        return new ResourceStatus(
                key.type().getSimpleName(),
                key.role(),
                have.map(Observed::id).orElse(unknown && old != null ? old.id() : null),
                isMadeAnew(key) || isYoung(old)
                        ? null
                        : applied.next(
                                key,
                                result.plan().matches().get(key),
                                have.filter(one -> one.phase().moving()).isPresent()),
                phase,
                words == null ? "" : Standing.clipped(words),
                since);
    }

    /**
     * AWS may not show all of it yet that comes with its creation (a security group's own rules): what shows up within the read lag was not changed by anybody. A
     * row that is new in a status is another matter: there nobody knows how old its resource is.
     */
    private boolean isYoung(ResourceStatus old) {
        return old != null
                && old.applied() == null
                && times.now().isBefore(Instant.parse(old.since()).plus(times.readLag()));
    }

    /** What it still lacks then is not drift: nobody changed it, it has yet to be set. */
    private boolean isMadeAnew(Key key) {
        return result.outcomes().stream()
                .anyMatch(outcome -> outcome instanceof Outcome.Done
                        && outcome.key().equals(key)
                        && outcome.step() instanceof Step.Create create
                        && !create.key()
                                .type()
                                .getAnnotation(AwsType.class)
                                .data()
                                .isEmpty());
    }

    private static String phase(Phase phase) {
        var name = phase.name().toLowerCase(Locale.ROOT);
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private Optional<Observed<?>> observed(Key key, List<Step> steps) {
        for (var one : steps) {
            if (one instanceof Step.Keep keep) return Optional.of(keep.have());
            if (one instanceof Step.Update update) return Optional.of(update.have());
            if (one instanceof Step.Adopt adopt) return Optional.of(adopt.have());
            if (one instanceof Step.Held(Step.Update update, var waits, var drift, var hash, var because))
                return Optional.of(update.have());
        }
        var seen = result.seen();
        var hidden = seen.all(key.type()).stream().filter(one -> result.stack().isHidden(key, one));
        return Stream.<Observed<?>>concat(seen.ours(key.type(), key.role()).stream(), hidden)
                .filter(one -> one.phase() != Phase.GONE && one.phase() != Phase.RESTORABLE)
                .findFirst();
    }

    /** What could not be read is unknown, never absent; so is the child of a parent that could not be read. */
    private boolean isUnread(Key key) {
        var seen = result.seen();
        return seen.unread(key.type()).isPresent()
                || seen.all(key.type()).stream()
                        .anyMatch(one -> one.owner() instanceof Owner.Child child
                                && child.role().equals(key.role())
                                && seen.isOwnerUnread(one));
    }
}
