package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.aws.AwsFailure;
import africa.mycandidate.operator.converge.Cycle;
import africa.mycandidate.operator.converge.Memory;
import africa.mycandidate.operator.converge.Notes;
import africa.mycandidate.operator.cost.CostChange;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Forecast;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Policy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What the operator would do for an object that stands in a file and in no cluster. The way is the operator's own: facts, blueprint, a look at AWS, the planner. It
 * has no UID and no status, so that the owner of what is there is taken for this object, and drift is not told from a change of the spec.
 */
public final class Preview {
    private static final String UNBORN = "(UID of the new object)";
    private static final String MAY_READ =
            "Give these credentials the reading actions (Describe, Get, List) of deploy/iam-policy.json";
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(9));

    private final Regions regions;
    private final InstantSource wall;
    private final RandomGenerator random;
    private final Consumer<Duration> pause;

    /** What came of it. */
    public sealed interface Answer {
        /**
         * @param owner UID of the object that owns the stack, empty where nothing stands yet
         * @param approval what {@code mycandidate.africa/approve} has to say for the held-back steps; empty where there is none
         * @param cost what a month costs by list prices
         * @param notes what a reader has to know besides, in sentences
         */
        record Planned(
                Identity identity,
                String owner,
                Forecast forecast,
                String approval,
                List<String> notes,
                CostChange cost)
                implements Answer {}

        /** There is no plan. @param why what to do about it, in sentences */
        record Failed(List<String> why) implements Answer {}
    }

    /** @param pause waits; between two tries of a read that AWS refused for the moment */
    public Preview(Regions regions, InstantSource wall, RandomGenerator random, Consumer<Duration> pause) {
        this.regions = regions;
        this.wall = wall;
        this.random = random;
        this.pause = pause;
    }

    /** @param resource valid, with a name and a namespace */
    public Answer of(MyCandidateDeployment resource) {
        Regions.Region region;
        Facts facts;
        try {
            region = regions.of(Home.of(resource.getSpec()));
            facts = region.facts();
        } catch (RuntimeException e) {
            return new Answer.Failed(List.of(unreachable(AwsFailure.of("AWS", e))));
        }
        var few = StackReconciler.tooFewZones(resource, facts);
        if (few.isPresent()) return new Answer.Failed(List.of(few.get()));
        var written = Objects.requireNonNullElse(resource.getMetadata().getUid(), "");
        if (written.isEmpty()) resource.getMetadata().setUid(UNBORN);
        var seen = look(resource, region, facts);
        if (!seen.complete()) return new Answer.Failed(unread(seen));
        var owners = Owners.of(seen, written, Annotations.asked(resource).takeOver());
        if (!owners.ours().isEmpty()) resource.getMetadata().setUid(owners.ours());
        var stack = StackReconciler.stack(resource, facts, region.now());
        var mode = Mode.of(resource.getSpec(), false);
        var policy = Policies.of(resource, mode, Policy.OPEN.origin(), region.now(), true);
        var plan = Planner.plan(stack, seen, policy);
        var forecast = Forecast.of(stack, seen, plan);
        return new Answer.Planned(
                stack.identity(),
                owners.ours(),
                forecast,
                Policy.hash(plan),
                notes(resource, mode, policy, owners, forecast, plan),
                Costs.change(stack, seen));
    }

    private static String unreachable(AwsFailure failure) {
        // What the SDK says then is a page on each of its providers.
        if (failure.message().startsWith("Unable to load credentials"))
            return "there are no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run it"
                    + " where a role gives them";
        return "AWS cannot be asked: " + failure + ". "
                + (failure.kind() == AwsFailure.Kind.DENIED
                        ? MAY_READ
                        : "See whether `aws sts get-caller-identity` works");
    }

    /** One look, repeated a few times while AWS only wants to be asked later. Each is a whole one: its pauses are not those of the operator's watches. */
    private Snapshot look(MyCandidateDeployment resource, Regions.Region region, Facts facts) {
        var stack = StackReconciler.stack(resource, facts, region.now());
        var memory = new Memory(random);
        var tries = PAUSES.iterator();
        while (true) {
            var seen = region.cycle()
                    .pass(stack, Policy.OPEN, new Cycle.Aim.Observe(true), memory, Notes.NONE)
                    .seen();
            if (seen.complete() || isDenied(seen) || !tries.hasNext()) return seen;
            pause.accept(tries.next());
        }
    }

    private static boolean isDenied(Snapshot seen) {
        return seen.readings().keySet().stream().anyMatch(where -> seen.denied(where.type()));
    }

    private static List<String> unread(Snapshot seen) {
        var why = new ArrayList<>(seen.readings().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Snapshot.Reading.Unread)
                .map(entry ->
                        entry.getKey() + " could not be read: " + ((Snapshot.Reading.Unread) entry.getValue()).error())
                .sorted()
                .toList());
        why.add(isDenied(seen) ? MAY_READ : "Put that right, or try again: a plan of what could be read would mislead");
        return why;
    }

    /**
     * Whose the stack's resources are, by their tags.
     *
     * @param ours the UID that is taken for this object's; empty where there is none
     * @param counts resources of each UID
     */
    private record Owners(String ours, Map<String, Long> counts) {
        /** @param written the UID in the file, if there is one @param given of an object that is lost or given up */
        static Owners of(Snapshot seen, String written, String given) {
            Map<String, Long> counts = seen.readings().keySet().stream()
                    .map(Snapshot.Where::type)
                    .distinct()
                    .flatMap(type -> seen.ours(type).stream())
                    .map(one -> ((Owner.Stack) one.owner()).uid())
                    .filter(uid -> !uid.equals(Owner.Stack.RELEASED))
                    .collect(Collectors.groupingBy(uid -> uid, TreeMap::new, Collectors.counting()));
            if (!written.isEmpty()) return new Owners(written, counts);
            var ours = counts.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(given))
                    .max(Map.Entry.<String, Long>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .map(Map.Entry::getKey)
                    .orElse("");
            return new Owners(ours, counts);
        }

        String words() {
            return counts.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                    .collect(Collectors.joining(", "));
        }
    }

    private static List<String> notes(
            MyCandidateDeployment resource, Mode mode, Policy policy, Owners owners, Forecast forecast, Plan plan) {
        var notes = new ArrayList<String>();
        var asked = Annotations.asked(resource);
        var strangers = owners.counts().keySet().stream()
                .filter(uid -> !uid.equals(owners.ours()) && !uid.equals(asked.takeOver()))
                .toList();
        if (!strangers.isEmpty())
            notes.add("Resources of this stack carry the UIDs of several objects: " + owners.words()
                    + ". This plan is for " + (owners.ours().isEmpty() ? "a new object" : owners.ours())
                    + "; what belongs to others is refused.");
        if (!mode.writes()) notes.add("The operator makes none of these changes: " + mode.words() + ".");
        if (forecast.isEmpty()) return notes;
        notes.addAll(byHand(policy, forecast));
        var hash = Policy.hash(plan);
        if (!hash.isEmpty() && mode.writes())
            notes.add("To approve what is held back, annotate the object with " + Annotations.APPROVE + ": " + hash
                    + " (here, in metadata.annotations, or in the cluster).");
        return notes;
    }

    /** Without a status nobody knows which differences are drift, so that is said of all. */
    private static List<String> byHand(Policy policy, Forecast forecast) {
        var changes = forecast.entries().stream()
                .filter(entry -> !entry.changes().isEmpty() && entry.action() != Forecast.Action.REFUSED)
                .toList();
        if (changes.isEmpty()) return List.of();
        if (!policy.leftAlone().isEmpty())
            return List.of("What somebody changed in AWS by hand is only reported and left alone: " + policy.leftAlone()
                    + ".");
        var felt = changes.stream().anyMatch(entry -> entry.interruption().compareTo(Interruption.FAILOVER) >= 0);
        if (!felt || policy.approval()) return List.of();
        return List.of(
                "A change of class Failover or above that puts back what somebody changed in AWS by hand waits for the maintenance window, "
                        + policy.window().words() + "; one that the spec newly asks for is made at once.");
    }
}
