package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Dispensable;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is to be done about one resource, and why. */
public sealed interface Step {
    Key key();

    /** The reason, for people. */
    String because();

    /** It is as it should be. */
    record Keep(Key key, Observed<?> have) implements Step {
        @Override
        public String because() {
            return "as it should be";
        }
    }

    /** A step that calls AWS. */
    sealed interface Act extends Step {
        Interruption interruption();

        List<Change> changes();
    }

    /**
     * It is made.
     *
     * @param name its physical name; empty for a type without one
     * @param token its client token, 64 hexadecimal digits
     * @param interruption what it means that this one is new: an empty one in place of one that held data loses them
     */
    record Create(
            Key key,
            Resource want,
            String name,
            String token,
            Map<String, String> tags,
            String because,
            Interruption interruption)
            implements Act {
        @Override
        public List<Change> changes() {
            return List.of();
        }
    }

    /**
     * Somebody else made it, and it becomes this stack's: it is tagged, and nothing else is done to it.
     *
     * @param tags tags to set
     */
    record Adopt(Key key, Observed<?> have, Map<String, String> tags) implements Act {
        public Adopt {
            tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
        }

        @Override
        public String because() {
            return have.id() + " is taken over as spec.adopt asks: it is tagged, and nothing else is done to it";
        }

        @Override
        public Interruption interruption() {
            return Interruption.NONE;
        }

        @Override
        public List<Change> changes() {
            return List.of();
        }
    }

    /** Its successor is made; the old one goes once nothing refers to it. */
    record Replace(Create create, Observed<?> old, List<Change> changes) implements Act {
        public Replace {
            changes = List.copyOf(changes);
        }

        @Override
        public Key key() {
            return create.key();
        }

        @Override
        public String because() {
            return create.because();
        }

        @Override
        public Interruption interruption() {
            return mildestThatCovers(changes);
        }
    }

    /**
     * Fields of it are set.
     *
     * @param goal the record with the values to set; the fields that differ are those of {@code changes}
     * @param setTags tags to set
     * @param removeTags keys of tags to take off
     */
    record Update(
            Key key,
            Observed<?> have,
            Resource goal,
            List<Change> changes,
            Map<String, String> setTags,
            Set<String> removeTags,
            String because)
            implements Act {
        public Update {
            changes = List.copyOf(changes);
        }

        /** Names of the record's components that differ, without the tags. */
        public Set<String> fields() {
            return changes.stream()
                    .map(Change::field)
                    .filter(field -> !field.equals(Change.TAGS))
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** Whether all that is left of it is what the stack is whole without. */
        public boolean isDispensable() {
            return !changes.isEmpty() && changes.stream().allMatch(this::isDispensable);
        }

        /** What the stack is whole without comes once all else is done, so that its refusal holds up nothing else. */
        public Update needed() {
            return isDispensable()
                    ? this
                    : only(changes.stream()
                            .filter(change -> !isDispensable(change))
                            .toList());
        }

        /** Whether the stack is whole without this change ({@link Dispensable}). */
        public boolean isDispensable(Change change) {
            return Fields.components(goal.getClass()).stream()
                    .anyMatch(field ->
                            field.getName().equals(change.field()) && field.isAnnotationPresent(Dispensable.class));
        }

        @Override
        public Interruption interruption() {
            return mildestThatCovers(changes);
        }

        /** The same step with some of its changes. */
        Update only(List<Change> some) {
            if (some.size() == changes.size()) return this;
            var tagged = some.stream().anyMatch(change -> change.field().equals(Change.TAGS));
            return new Update(
                    key, have, goal, some, tagged ? setTags : Map.of(), tagged ? removeTags : Set.of(), because);
        }
    }

    /** It is taken away. @param changes what its successor has otherwise, where it goes for that */
    record Delete(Key key, Observed<?> have, String because, List<Change> changes) implements Act {
        public Delete {
            changes = List.copyOf(changes);
        }

        @Override
        public Interruption interruption() {
            return mildestThatCovers(changes);
        }
    }

    /**
     * It could be done, and is not: somebody has to allow it, or its time has to come.
     *
     * @param drift whether it would put back what somebody else changed, rather than do what the spec newly asks for
     * @param hash what a person approves
     */
    record Held(Act act, For waits, boolean drift, String hash, String because) implements Step {
        /** What it waits for. */
        public enum For {
            /** {@code driftPolicy: Correct}. */
            CORRECT,
            /** The maintenance window, or an approval. */
            WINDOW,
            /** An approval. */
            APPROVAL,
            /** The end of an election. */
            ELECTION;

            /** Whether somebody's yes ends the wait. */
            boolean yieldsToApproval() {
                return this == WINDOW || this == APPROVAL;
            }
        }

        @Override
        public Key key() {
            return act.key();
        }

        /** Whether the resource is all the same as the spec has it, but for what somebody else changed. */
        public boolean harmless() {
            return drift && (act instanceof Update || act instanceof Delete);
        }
    }

    /**
     * AWS is at work on it, or it could not be read.
     *
     * @param idle whether nothing happens to it by itself: it only goes once others have moved
     * @param changes what is to be changed once AWS takes changes
     */
    record Wait(Key key, String because, boolean idle, List<Change> changes) implements Step {
        public Wait {
            changes = List.copyOf(changes);
        }

        public Wait(Key key, String because, boolean idle) {
            this(key, because, idle, List.of());
        }

        public Wait(Key key, String because) {
            this(key, because, false, List.of());
        }
    }

    /**
     * Other steps of this plan come first.
     *
     * @param closely whether it must go on within a second of them
     */
    record Blocked(Key key, Set<Key> by, String because, boolean closely) implements Step {
        public Blocked {
            by = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(by));
        }

        public Blocked(Key key, Set<Key> by, String because) {
            this(key, by, because, false);
        }

        /** Until these outputs of others are known. */
        static Blocked on(Key key, Set<Ref.Output<?>> awaited) {
            return new Blocked(
                    key,
                    awaited.stream().map(Ref.Output::key).collect(Collectors.toSet()),
                    "waits for "
                            + awaited.stream()
                                    .map(ref -> ref.key() + " (" + ref.output() + ")")
                                    .sorted()
                                    .distinct()
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** Only the user can go on: nothing is done to it. */
    record Refuse(Key key, String because, List<Change> changes) implements Step {
        public Refuse {
            changes = List.copyOf(changes);
        }
    }

    static Interruption mildestThatCovers(List<Change> changes) {
        return changes.stream()
                .map(Change::interruption)
                .max(Comparator.naturalOrder())
                .orElse(Interruption.NONE);
    }
}
