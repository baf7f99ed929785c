package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.converge.Failing;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.resource.Certificate;
import africa.mycandidate.operator.resource.EcsTask;
import africa.mycandidate.operator.resource.ValidationRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where each resource stands, in words, and whether anything still moves by itself. Only the user can go on where nothing does.
 *
 * @param obstacles what only the user can take away, most important first
 * @param moving whether anything else is on its way
 */
record Standing(List<Obstacle> obstacles, boolean moving, Map<Key, String> words, String state) {
    /** @param reason a condition's reason, in CamelCase */
    record Obstacle(Key key, String reason, String text) {}

    private static final int LONGEST_ROW = 500;
    private static final Pattern MINUTES = Pattern.compile("^(\\d+) min");

    static Standing of(Cycle.Result result, Mode mode) {
        var obstacles = new ArrayList<Obstacle>();
        var words = new HashMap<Key, String>();
        var waits = new ArrayList<Step>();
        for (var step : result.plan().steps()) {
            if (step instanceof Step.Keep keep) {
                var notice = keep.have().actual().notice(keep.have());
                if (!notice.isEmpty()) words.put(keep.key(), notice);
                continue;
            }
            if (isForAHeldOne(step, result)) continue;
            var failing = Optional.ofNullable(result.failing().get(step.key()));
            words.put(step.key(), words(step, failing));
            var obstacle = step instanceof Step.Held held && mode.writes()
                    ? approvalNeeded(held, result)
                    : obstacle(result, step, failing);
            obstacle.ifPresent(obstacles::add);
            if (obstacle.isEmpty()) waits.add(step);
        }
        var moving = waits.stream().anyMatch(step -> moves(step, mode, result, obstacles));
        return new Standing(
                List.copyOf(obstacles),
                moving,
                Map.copyOf(words),
                mode.writes() || mode.deletes()
                        ? state(result, obstacles, waits, moving, words, mode.deletes())
                        : watched(result, obstacles, mode));
    }

    /** What only stays until its successor comes, and that is held back: the successor says what is waited for. */
    private static boolean isForAHeldOne(Step step, Cycle.Result result) {
        return step instanceof Step.Wait wait
                && wait.idle()
                && result.plan().of(Step.Held.class).stream()
                        .anyMatch(held -> held.key().equals(wait.key()));
    }

    /** The stack is whole without it: nothing waits for it. */
    private static boolean isAside(Step step) {
        return step instanceof Step.Update update && update.isDispensable();
    }

    private static String words(Step step, Optional<Failing> failing) {
        if (failing.isPresent()) {
            return failing.get().failure() + "; it is tried again";
        }
        return switch (step) {
            case Step.Create create -> "is being created";
            case Step.Replace replace -> "is being replaced: " + replace.because();
            case Step.Update update when update.goal() instanceof EcsTask -> update.because();
            case Step.Update update ->
                "is being changed: "
                        + String.join(
                                ", ",
                                update.changes().stream()
                                        .map(change -> change.field())
                                        .toList());
            case Step.Adopt adopt -> "is being taken over";
            case Step.Delete delete -> "is being deleted";
            case Step.Wait wait -> wait.because();
            case Step.Blocked blocked -> blocked.because();
            case Step.Refuse refuse -> refuse.because();
            case Step.Held held -> held.because();
            case Step.Keep keep -> keep.because();
        };
    }

    /** What is to be done, while nothing is. Empty where there is nothing to do. */
    private static String watched(Cycle.Result result, List<Obstacle> obstacles, Mode mode) {
        if (!obstacles.isEmpty())
            return name(obstacles.getFirst().key()) + ": "
                    + obstacles.getFirst().text();
        if (result.plan().quiet()) return "";
        var acts = result.plan().steps().stream()
                .filter(step -> step instanceof Step.Act || step instanceof Step.Blocked)
                .count();
        return (acts == 1 ? "1 change is planned and not made" : acts + " changes are planned and none is made")
                + ", see status.plan: " + mode.words();
    }

    private static Optional<Obstacle> approvalNeeded(Step.Held held, Cycle.Result result) {
        if (held.waits() != Step.Held.For.APPROVAL) return Optional.empty();
        var changes =
                held.act().changes().stream().map(Object::toString).collect(java.util.stream.Collectors.joining(", "));
        return Optional.of(new Obstacle(
                held.key(),
                "ApprovalNeeded",
                (changes.isEmpty() ? held.act().because() : changes) + " is of class "
                        + held.act().interruption().title()
                        + " and waits for an approval. To approve, annotate this object with " + Annotations.APPROVE
                        + "=" + Policy.hash(result.plan())));
    }

    private static Optional<Obstacle> obstacle(Cycle.Result result, Step step, Optional<Failing> failing) {
        if (isAside(step)) return Optional.empty();
        if (step instanceof Step.Refuse refuse)
            return Optional.of(new Obstacle(step.key(), reason(refuse), refused(refuse)));
        if (failing.isPresent() && failing.get().needsUser(result.at())) {
            var reason =
                    switch (failing.get().failure().kind()) {
                        case DENIED -> "AccessDenied";
                        case QUOTA -> "QuotaExceeded";
                        case EXISTS -> "NameTaken";
                        case WITHOUT_EFFECT -> "WithoutEffect";
                        default -> "InvalidRequest";
                    };
            return Optional.of(new Obstacle(
                    step.key(),
                    reason,
                    failing.get().failure() + ". "
                            + advice(reason, failing.get().failure())));
        }
        if (step instanceof Step.Wait wait && result.seen().denied(step.key().type())) {
            var advice = RoleRefusal.in(wait.because()).map(RoleRefusal::advice).orElse(advice("AccessDenied"));
            return Optional.of(new Obstacle(step.key(), "AccessDenied", wait.because() + ". " + advice));
        }
        var certificate = step.key().type() == Certificate.class
                && result.stack().resources().containsKey(step.key());
        if (step instanceof Step.Wait && certificate && needsRecords(result)) {
            return Optional.of(new Obstacle(
                    step.key(),
                    "DnsRecordsNeeded",
                    "add the records of status.dnsRecords to your DNS zone; it goes on by itself once ACM sees them"));
        }
        return Optional.empty();
    }

    private static String advice(String reason, AwsFailure failure) {
        var elsewhere = failure.message().contains("is not permitted in zone");
        return elsewhere
                ? "Every name of a site must be in its one hosted zone, spec.domain.hostedZoneId: correct the name, or take it out of spec.domain.alternativeNames"
                : RoleRefusal.in(failure.message()).map(RoleRefusal::advice).orElse(advice(reason));
    }

    private static String reason(Step.Refuse refuse) {
        if (refuse.key().type() != EcsTask.class) return "Refused";
        return refuse.key().role().equals(EcsTask.RELEASE) ? "ReleaseFailed" : "JobFailed";
    }

    private static String advice(String reason) {
        return switch (reason) {
            case "AccessDenied" ->
                "Give the principal that AWS names here this permission; it is tried again by itself";
            case "QuotaExceeded" -> "Ask AWS for a higher quota or free some of it; it is tried again by itself";
            case "NameTaken" -> "Something with this name exists that is not ours; remove it or choose another name";
            case "WithoutEffect" ->
                "Look who else changes it, or write the value as AWS shows it; it is tried again by itself, slowly";
            default -> "Change the spec; it is also tried again by itself, slowly";
        };
    }

    private static String refused(Step.Refuse refuse) {
        if (refuse.changes().isEmpty() || refuse.key().type() == EcsTask.class) return refuse.because();
        return refuse.because() + ": "
                + String.join(
                        ", ", refuse.changes().stream().map(Object::toString).toList());
    }

    /** Without a hosted zone, somebody has to add the validation record by hand. */
    private static boolean needsRecords(Cycle.Result result) {
        return result.stack().resources().keySet().stream().noneMatch(key -> key.type() == ValidationRecord.class)
                && result.seen().ours(Certificate.class).stream().anyMatch(Standing::wantsRecords);
    }

    private static boolean wantsRecords(Observed<Certificate> one) {
        return one.phase() == Phase.PENDING
                && one.outputs().keySet().stream().anyMatch(output -> output.startsWith("validationName"));
    }

    /** A blocked step moves only if something that it waits for does. */
    private static boolean moves(Step step, Mode mode, Cycle.Result result, List<Obstacle> obstacles) {
        if (step instanceof Step.Held || isAside(step)) return false;
        if (!mode.writes() && !(step instanceof Step.Wait)) return false;
        if (step instanceof Step.Wait wait && wait.idle()) return false;
        if (step instanceof Step.Wait && step.key().type() == Certificate.class && unproven(obstacles)) return false;
        if (!(step instanceof Step.Blocked)) return true;
        var seen = new java.util.HashSet<Key>();
        return moves(step.key(), result, obstacles, seen);
    }

    /** ACM waits for records that are not made. */
    private static boolean unproven(List<Obstacle> obstacles) {
        return obstacles.stream().anyMatch(one -> one.key().type() == ValidationRecord.class);
    }

    private static boolean moves(Key key, Cycle.Result result, List<Obstacle> obstacles, java.util.Set<Key> seen) {
        if (!seen.add(key)) return false;
        if (obstacles.stream().anyMatch(obstacle -> obstacle.key().equals(key))) return false;
        for (var step : result.plan().steps()) {
            if (!step.key().equals(key)) continue;
            if (step instanceof Step.Blocked blocked)
                return blocked.by().stream().anyMatch(by -> moves(by, result, obstacles, seen));
            if (key.type() == Certificate.class && unproven(obstacles)) return false;
            return !(step instanceof Step.Keep || step instanceof Step.Held);
        }
        return false;
    }

    private static String state(
            Cycle.Result result,
            List<Obstacle> obstacles,
            List<Step> waits,
            boolean moving,
            Map<Key, String> words,
            boolean deleting) {
        var prefix = deleting ? "deleting: " : "";
        if (!obstacles.isEmpty()) {
            var first = obstacles.getFirst();
            return prefix + name(first.key()) + ": " + first.text();
        }
        var failing = waits.stream()
                .filter(step -> result.failing().containsKey(step.key()))
                .findFirst();
        var slowest = waits.stream()
                .filter(step -> step instanceof Step.Wait wait && !wait.idle())
                .max(Comparator.comparing(Standing::usualMinutes));
        var acting = waits.stream().filter(step -> step instanceof Step.Act).findFirst();
        return failing.filter(step -> slowest.isEmpty())
                .or(() -> slowest)
                .or(() -> acting)
                // What is held back, before what waits for it.
                .or(() ->
                        waits.stream().filter(step -> step instanceof Step.Held).findFirst())
                .or(() -> waits.stream().findFirst())
                .map(step -> prefix + name(step.key()) + ": " + words.get(step.key()))
                .orElse(deleting ? "deleting: looking once more whether anything is left" : "");
    }

    private static Integer usualMinutes(Step step) {
        var matcher =
                MINUTES.matcher(step.key().type().getAnnotation(AwsType.class).usually());
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static String name(Key key) {
        return key.type().getSimpleName() + " " + key.role();
    }

    /** How long reading may fail until nobody should believe an old answer. */
    static final Duration BELIEVABLE = Cycle.SWEEP.multipliedBy(3);

    static String time(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }

    /** Words short enough for a row of the status. */
    static String clipped(String words) {
        return words.length() <= LONGEST_ROW ? words : words.substring(0, LONGEST_ROW - 1) + "…";
    }
}
