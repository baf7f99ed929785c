package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Restores;
import africa.mycandidate.operator.stack.Stack;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a resource that holds data once it is gone, or once AWS cannot change what is wanted of it. It is restored where the spec names a source, and
 * data are lost only where the spec allows it by name.
 */
record DataKeeper(Stack stack, Policy.Origin origin) {

    /** Whether one that was deleted by hand may be made again. */
    boolean mayComeAgain(Key key, Resource want) {
        return newSource(key, want).isPresent() || stack.expendable().contains(key);
    }

    /** What is lost by making it. */
    Interruption loss(Key key, Resource want, boolean again) {
        return again && newSource(key, want).isEmpty() ? Interruption.DATA_LOSS : Interruption.NONE;
    }

    String because(Key key, Resource want, boolean again) {
        if (!again) {
            return source(want)
                    .map(from -> "it does not exist; it is restored from " + words(from, want))
                    .orElse("it does not exist");
        }
        return newSource(key, want)
                .map(from -> "it is gone; it is restored from " + words(from, want))
                .orElse("it is gone; an empty one takes its place, as spec.allowDataLoss names the " + word(key));
    }

    /** Why it is not made again, and what the user may choose. */
    String gone(Key key, Resource want) {
        var restores = Fields.components(want.getClass()).stream().anyMatch(DataKeeper::restores);
        var field = "spec." + word(key) + ".restoreFrom";
        var said =
                "it is gone, although others were built on it: somebody deleted it. An empty one is not made in its place by itself. ";
        var empty = "list " + word(key) + " in spec.allowDataLoss to have an empty one";
        if (!restores) return said + "To go on, " + empty;
        return said
                + source(want)
                        .map(from -> field + " names " + words(from, want)
                                + ", as it did while it was there: what came later is not in it. To go on, name its newest snapshot there"
                                + " (or the same one by its ARN), or ")
                        .orElse(
                                "To go on, set " + field
                                        + " to its last snapshot, or to an instance and a time, to restore it under the same name, or ")
                + empty;
    }

    /** AWS cannot change this of it: it gives way to a new one, if its data may be lost. */
    Step immovable(Key key, Resource want, Observed<?> have, List<Change> changes) {
        if (word(key).isEmpty())
            return new Step.Refuse(
                    key, "AWS cannot change this of " + have.id() + ", and it is never replaced", changes);
        var lost = changes.stream()
                .map(change -> change.as(Interruption.DATA_LOSS))
                .toList();
        if (!stack.expendable().contains(key)) {
            return new Step.Refuse(
                    key,
                    "AWS cannot change this of " + have.id()
                            + ", and replacing it loses its data. Write it as it was, or list " + word(key)
                            + " in spec.allowDataLoss to have it deleted and made anew",
                    lost);
        }
        var guard = want.guard();
        if (guard.isPresent()) return new Step.Refuse(key, guard.get(), lost);
        if (!have.phase().mutable())
            return new Step.Wait(key, "AWS is at work on it; then it gives way to a new one", false, lost);
        var because = "AWS cannot change this of it: it is deleted and made anew, as spec.allowDataLoss names the "
                + word(key);
        return Leaving.towardsAbsent(key, have, because) instanceof Step.Update first
                ? first
                : new Step.Delete(key, have, because, lost);
    }

    private static String word(Key key) {
        return Claims.type(key.type()).data();
    }

    /** A source that was not named while the resource was there: what has been named since its creation is older than what was lost. */
    private Optional<RecordComponent> newSource(Key key, Resource want) {
        return source(want).filter(field -> !origin.isDrift(key, want, field.getName()));
    }

    private static Optional<RecordComponent> source(Resource want) {
        return Fields.components(want.getClass()).stream()
                .filter(field -> restores(field) && Fields.value(field, want) != null)
                .findFirst();
    }

    private static boolean restores(RecordComponent field) {
        return field.isAnnotationPresent(Restores.class);
    }

    private static String words(RecordComponent field, Resource want) {
        return Words.of(Fields.value(field, want));
    }
}
