package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.plan.Step.Held;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the steps that could be done are held back, and what they wait for. What the spec asks for happens now, unless it needs an approval; what somebody
 * else changed is put back now, unless that would interrupt: they may have had a reason.
 *
 * @param leftAlone why drift is not repaired at all; empty where it is
 * @param approval whether steps of class Failover and above wait for an approval, whoever asked for them
 * @param freeze what an election holds back, whatever was approved
 * @param approved hashes of steps that were approved
 */
public record Policy(
        Origin origin, String leftAlone, boolean approval, Window window, Freeze freeze, Set<String> approved) {
    /** Nothing is held back, and nothing is drift. */
    public static final Policy OPEN = new Policy(
            new Origin() {
                @Override
                public boolean isDrift(Key key, Resource want, String field) {
                    return false;
                }

                @Override
                public boolean isGone(Key key, Resource want) {
                    return false;
                }

                @Override
                public boolean isAdded(Key key) {
                    return false;
                }

                @Override
                public String since(Key key, String field) {
                    return "";
                }
            },
            "",
            false,
            new Window(true, ""),
            Freeze.NONE,
            Set.of());

    private static final int HASH_LENGTH = 8;

    /** Tells what somebody else did from what the spec now asks for. */
    public interface Origin {
        /** Whether the field had the wanted value before, so that a difference is somebody else's doing. */
        boolean isDrift(Key key, Resource want, String field);

        /** Whether the resource existed as it is wanted, so that its absence is somebody else's doing. */
        boolean isGone(Key key, Resource want);

        /** Whether it was never part of the stack, so that its presence is somebody else's doing. */
        boolean isAdded(Key key);

        /** Since when the field is drift. An approval is for this one time, not for the same drift next month. */
        String since(Key key, String field);
    }

    /** The weekly time for repairs that interrupt. @param words when it begins, such as {@code Sun 02:00} */
    public record Window(boolean open, String words) {}

    /**
     * An election is on, or about to be.
     *
     * @param from the mildest class of change that waits; null where only the sizes wait
     * @param sizes fields that wait in any case: what the election itself asked for comes before it or not at all
     * @param repairs whether what somebody else broke is put back all the same, as nobody is answered any more
     * @param words the election, and until when, for people
     */
    public record Freeze(Interruption from, Set<String> sizes, boolean repairs, String words) {
        /** No election is near. */
        public static final Freeze NONE = new Freeze(null, Set.of(), false, "");

        public Freeze {
            sizes = Set.copyOf(sizes);
        }

        private boolean holds(Interruption interruption, boolean drift) {
            return from != null && interruption.compareTo(from) >= 0 && !(drift && repairs);
        }
    }

    public Policy {
        approved = Set.copyOf(approved);
    }

    /**
     * What becomes of a step: itself, or what is left of it, and what is held back. Never empty.
     *
     * @param want for an update, the whole of what is wanted in the end
     */
    List<Step> judge(Step.Act act, Resource want) {
        return switch (act) {
            case Step.Update update -> split(update, want);
            case Step.Replace replace -> {
                var drift = !replace.changes().isEmpty()
                        && replace.changes().stream()
                                .allMatch(change -> origin.isDrift(
                                        replace.key(), replace.create().want(), change.field()));
                yield List.of(whole(replace, drift));
            }
            case Step.Create create -> List.of(made(create));
            case Step.Delete delete -> List.of(whole(delete, origin.isAdded(delete.key())));
            case Step.Adopt adopt -> List.of(adopt);
        };
    }

    private Step made(Step.Create create) {
        var drift = origin.isGone(create.key(), create.want()) && !losesData(create);
        // Where nobody is answered, what is missing is made all the same.
        if (!drift && freeze.repairs() && create.interruption().compareTo(Interruption.FAILOVER) < 0) return create;
        return whole(create, drift);
    }

    /** That data may be lost, the spec says; somebody else's doing it is not. */
    private static boolean losesData(Step.Act act) {
        return act.interruption() == Interruption.DATA_LOSS;
    }

    private Step whole(Step.Act act, boolean drift) {
        var waits = waits(act.interruption(), drift, false);
        return waits == null || isApproved(act, waits, drift) ? act : held(act, waits, drift);
    }

    private List<Step> split(Step.Update update, Resource want) {
        var going = new ArrayList<Change>();
        record Group(Held.For waits, boolean drift) {}
        Map<Group, List<Change>> groups = new LinkedHashMap<>();
        for (var change : update.changes()) {
            var drift = origin.isDrift(update.key(), want, change.field()) && !takesOver(update, change);
            if (drift && want.tolerates(change.field(), update.have())) continue;
            var waits = waits(change.interruption(), drift, freeze.sizes().contains(change.field()));
            if (waits == null) going.add(change);
            else
                groups.computeIfAbsent(new Group(waits, drift), any -> new ArrayList<>())
                        .add(change);
        }
        var held = new ArrayList<Step>();
        groups.forEach((group, changes) -> {
            var part = update.only(changes);
            if (isApproved(part, group.waits(), group.drift())) going.addAll(changes);
            else held.add(held(part, group.waits(), group.drift()));
        });
        if (going.isEmpty()) return held.isEmpty() ? List.of(new Step.Keep(update.key(), update.have())) : held;
        var steps = new ArrayList<Step>();
        steps.add(update.only(going));
        steps.addAll(held);
        return steps;
    }

    /** A new owner's tag was asked for by name. */
    private static boolean takesOver(Step.Update update, Change change) {
        return change.field().equals(Change.TAGS) && update.setTags().containsKey(Tags.OWNER);
    }

    /** What a change of this class waits for; null for nothing. */
    private Held.For waits(Interruption interruption, boolean drift, boolean size) {
        if (drift && !leftAlone.isEmpty()) return Held.For.CORRECT;
        if (size || freeze.holds(interruption, drift)) return Held.For.ELECTION;
        if (interruption.compareTo(Interruption.FAILOVER) < 0) return null;
        if (approval) return Held.For.APPROVAL;
        return drift && !window.open() ? Held.For.WINDOW : null;
    }

    private boolean isApproved(Step.Act act, Held.For waits, boolean drift) {
        return waits.yieldsToApproval() && approved.contains(hash(act, drift));
    }

    private Held held(Step.Act act, Held.For waits, boolean drift) {
        var hash = hash(act, drift);
        var because =
                switch (waits) {
                    case CORRECT -> "is left alone: " + leftAlone;
                    case WINDOW -> "waits for the maintenance window, " + window.words() + ", or for an approval";
                    case APPROVAL -> "waits for an approval";
                    case ELECTION -> "waits for the end of " + freeze.words();
                };
        return new Held(act, waits, drift, hash, because);
    }

    /**
     * What a person approves: the same step on the same resource towards the same values has the same hash. What AWS has on the way there does not count, as a
     * change may take several steps.
     */
    private String hash(Step.Act act, boolean drift) {
        var id =
                switch (act) {
                    case Step.Update update -> update.have().id();
                    case Step.Replace replace -> replace.old().id();
                    case Step.Delete delete -> delete.have().id();
                    case Step.Adopt adopt -> adopt.have().id();
                    case Step.Create create -> "";
                };
        var changes = act.changes().stream()
                .map(change -> change.field() + "=" + change.desired()
                        + (drift ? " since " + origin.since(act.key(), change.field()) : ""))
                .sorted()
                .toList();
        return Canonical.hash(List.of(
                        act.getClass().getSimpleName(),
                        act.key().toString(),
                        id,
                        changes,
                        act.interruption().name()))
                .substring(0, HASH_LENGTH);
    }

    /** The hash of a plan: of the steps in it that an approval lets go on. Empty where there is none. */
    public static String hash(Plan plan) {
        return plan.of(Held.class).stream()
                .filter(held -> held.waits().yieldsToApproval())
                .map(Held::hash)
                .sorted()
                .collect(Collectors.joining("-"));
    }
}
