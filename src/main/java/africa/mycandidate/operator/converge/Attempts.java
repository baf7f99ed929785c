package africa.mycandidate.operator.converge;

import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What this process has tried for one stack. Nothing in it needs to survive: it only keeps the same step from being repeated on the same observation before AWS
 * had the time to show its effect, and spaces the attempts that fail.
 */
final class Attempts {
    /** How long AWS may hide the effect of a write. */
    static final Duration READ_LAG = Duration.ofSeconds(60);

    /** How often AWS may take a change that does not show. */
    private static final int WITHOUT_EFFECT = 2;

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final double JITTER = 0.2;

    private final RandomGenerator random;
    private final Map<String, Last> lasts = new ConcurrentHashMap<>();

    /** @param failure null after a success @param accepted how often AWS took it, and nothing changed */
    private record Last(
            String fingerprint, Instant since, int failures, Instant notBefore, AwsFailure failure, int accepted) {
        /** It had its effect. */
        Last fresh() {
            return new Last(fingerprint, since, failures, notBefore, failure, 0);
        }
    }

    Attempts(RandomGenerator random) {
        this.random = random;
    }

    /** Until when this step must not be tried again, and why. */
    Optional<Outcome.Postponed> postponed(Step.Act step, Instant now) {
        var last = lasts.get(slot(step));
        if (last == null || !last.fingerprint().equals(fingerprint(step)) || !now.isBefore(last.notBefore()))
            return Optional.empty();
        var because = last.failure() == null
                ? "done a moment ago; AWS does not show it yet"
                : last.failure().toString();
        return Optional.of(new Outcome.Postponed(step, last.notBefore(), because));
    }

    /**
     * AWS took the step. Where it took the same one on the same observation before, and time enough had passed to show it, it has no effect: that is said, and
     * tried again only slowly, in place of a call on each pass.
     */
    void done(Step.Act step, Instant now) {
        var last = lasts.get(slot(step));
        var accepted = last != null && last.fingerprint().equals(fingerprint(step)) ? last.accepted() + 1 : 1;
        if (!(step instanceof Step.Update update) || accepted < WITHOUT_EFFECT) {
            var next = now.plus(failedBefore(step) ? pause(AwsFailure.Kind.QUOTA, accepted) : READ_LAG);
            lasts.put(slot(step), new Last(fingerprint(step), now, 0, next, null, accepted));
            return;
        }
        var failure = withoutEffect(update, accepted);
        lasts.put(
                slot(step),
                new Last(
                        fingerprint(step),
                        last.failure() == null ? now : last.since(),
                        1,
                        now.plus(patience(accepted)),
                        failure,
                        accepted));
    }

    private static AwsFailure withoutEffect(Step.Update update, int accepted) {
        var type = update.key().type().getSimpleName();
        var times = "AWS accepted this change " + accepted + " times, and ";
        if (!update.have().message().isEmpty())
            return new AwsFailure(
                    AwsFailure.Kind.INVALID,
                    type,
                    "NotSucceeded",
                    times + "says: " + update.have().message(),
                    "");
        var shown = update.changes().stream()
                .map(change -> change.field() + " as " + change.actual() + ", not " + change.desired())
                .collect(Collectors.joining("; "));
        return new AwsFailure(
                AwsFailure.Kind.WITHOUT_EFFECT,
                type,
                "WithoutEffect",
                times + "still shows " + shown + ". Something puts it back, or AWS keeps another form of the value",
                "");
    }

    /** Nobody waits for it: it is tried again at long last, whatever was in its way. */
    private static boolean isDispensable(Step.Act step) {
        return step instanceof Step.Update update && update.isDispensable();
    }

    /** It takes the place of one on which AWS gave up after it had accepted it: the next may fail as well, and differs from it in its token alone. */
    private static boolean failedBefore(Step.Act step) {
        return step instanceof Step.Replace replace && replace.old().phase() == Phase.FAILED;
    }

    void failed(Step.Act step, AwsFailure failure, Instant now) {
        var last = lasts.get(slot(step));
        var again = last != null && last.failure() != null && last.fingerprint().equals(fingerprint(step));
        var failures = again ? last.failures() + 1 : 1;
        var since = again ? last.since() : now;
        lasts.put(
                slot(step),
                new Last(
                        fingerprint(step),
                        since,
                        failures,
                        now.plus(pause(isDispensable(step) ? AwsFailure.Kind.RESTING : failure.kind(), failures)),
                        failure,
                        again ? last.accepted() : 0));
    }

    /** The failure that keeps a step from happening, and since when. */
    Optional<Failing> failing(Step.Act step) {
        var last = lasts.get(slot(step));
        if (last == null || last.failure() == null || !last.fingerprint().equals(fingerprint(step)))
            return Optional.empty();
        return Optional.of(new Failing(last.failure(), last.since(), last.notBefore()));
    }

    private Duration pause(AwsFailure.Kind kind, int failures) {
        var longest =
                switch (kind) {
                    case ABSENT, EXISTS, NOT_YET -> Duration.ofSeconds(20);
                    case THROTTLED, TRANSIENT -> Duration.ofSeconds(25);
                    case RESTING -> Duration.ofMinutes(10);
                    // What somebody grants is noticed within a minute; a refused value stays refused until the spec
                    // changes.
                    case DENIED, QUOTA -> Duration.ofSeconds(40);
                    case INVALID -> Duration.ofMinutes(5);
                    case WITHOUT_EFFECT -> LONGEST;
                };
        var pause = SOON.toMillis() * Math.pow(1.6, Math.min(failures - 1, 30));
        var capped = Math.min(pause, longest.toMillis());
        return Duration.ofMillis(Math.round(capped * (1 + JITTER * random.nextDouble())));
    }

    /** Five times as long after each time that AWS took a change without effect, up to an hour. */
    private static Duration patience(int accepted) {
        var patience = READ_LAG.multipliedBy((long) Math.pow(5, Math.min(accepted, 5) - 1.0));
        return patience.compareTo(LONGEST) > 0 ? LONGEST : patience;
    }

    private static String slot(Step.Act step) {
        return step.getClass().getSimpleName() + " " + step.key();
    }

    /** The step together with the observation that it was planned on. */
    private static String fingerprint(Step.Act step) {
        return Canonical.hash(
                switch (step) {
                    case Step.Create create -> List.of(create.want(), create.name(), create.token());
                    case Step.Replace replace
                    when failedBefore(step) ->
                        List.of(replace.create().want(), replace.old().phase());
                    case Step.Replace replace ->
                        List.of(
                                replace.create().want(),
                                replace.create().name(),
                                replace.create().token());
                    case Step.Update update ->
                        List.of(update.have().id(), update.have().phase(), update.goal(), update.changes());
                    case Step.Adopt adopt ->
                        List.of(adopt.have().id(), adopt.have().phase(), adopt.tags());
                    case Step.Delete delete ->
                        List.of(delete.have().id(), delete.have().phase());
                });
    }

    /**
     * Forgets what was tried for a resource that is as it should be. A success is remembered for as long as AWS may yet show an older state of it, so that a stale
     * answer is not taken for somebody's change.
     */
    void settled(Key key, Instant now) {
        var slots = " " + key;
        lasts.entrySet()
                .removeIf(entry -> entry.getKey().endsWith(slots)
                        && (entry.getValue().failure() != null
                                || !now.isBefore(entry.getValue().notBefore())));
        lasts.replaceAll((slot, last) -> slot.endsWith(slots) ? last.fresh() : last);
    }
}
