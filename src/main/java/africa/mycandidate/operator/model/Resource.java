package africa.mycandidate.operator.model;

import java.util.Optional;
import java.util.Set;

/**
 * One AWS resource as the operator wants it, or as AWS has it. An implementation is a record: each component is a field that AWS keeps, and a component
 * that is {@code null} in the desired record is not managed. What holds for a field stands on the field ({@link Immutable}, {@link Initial}, {@link Late},
 * {@link Secret}, {@link Interrupts}); what holds for the type stands on the type ({@link AwsType}).
 *
 * <p>The hooks are pure: they see what was observed, and nothing else.
 */
public interface Resource {

    /**
     * Where AWS keeps such a resource, for the types that AWS lists only there: a hosted zone's id, a cluster's name, a task definition family. Empty for a
     * type that is listed for the whole account and region.
     */
    default String place() {
        return "";
    }

    /** The name that no other resource of the type may have at the same place, for a type that AWS does not name for us (a DNS record); else empty. */
    default String uniqueName() {
        return "";
    }

    /** The next record on the way to this one, where a single jump would hurt. Called on the desired record with its references resolved. */
    default Resource towards(Observed<?> have, Snapshot seen) {
        return this;
    }

    /** What the rest of this record waits for where {@link #towards} has come as far as it may, for people. Empty where that is plain from other steps. */
    default String waitsFor() {
        return "";
    }

    /** The types whose state that hangs on: they are looked at meanwhile. */
    default Set<Class<? extends Resource>> waitsOn() {
        return Set.of();
    }

    /** Whether that is about to come, and voters would feel it if it were seen late: then it is looked at each second. */
    default boolean waitsClosely(Snapshot seen) {
        return false;
    }

    /** What an observed resource has to be like while nothing needs it any more and it still has to stay. Components that are {@code null} are left as they are. */
    default Optional<Resource> staying(Observed<?> have, Snapshot seen) {
        return Optional.empty();
    }

    /** Why an observed resource that nothing needs any more has to stay for a while, for people. */
    default Optional<String> lingers(Observed<?> have, Snapshot seen) {
        return Optional.empty();
    }

    /**
     * What others may refer to, of the resource that stands for this desired record. Called with its references resolved as far as they are known, and without the
     * fields that are set later.
     */
    default Optional<String> output(String name, Observed<?> have) {
        return Optional.ofNullable(have.outputs().get(name));
    }

    /** What a change of these fields does, where that is more than their names say; for the people who read the plan. Empty for nothing. */
    default String effect(Set<String> fields, Observed<?> have) {
        return "";
    }

    /**
     * Whether somebody may have set this field to what AWS has, so that it is no drift although it differs: what a scheduled action of theirs does to the bounds of
     * scaling. What the spec newly asks for is set all the same.
     */
    default boolean tolerates(String field, Observed<?> have) {
        return false;
    }

    /** Where it stands for this desired record. What AWS has put off, and nobody here waits for, holds nothing up. */
    default Phase phase(Observed<?> have) {
        return have.phase();
    }

    /** What people should know of it, as AWS has it, although it is as it should be: that an address is not confirmed. Empty for nothing. Called on the observed record. */
    default String notice(Observed<?> have) {
        return "";
    }

    /** Why this desired record must not be applied although it differs, for example because this revision has failed before. */
    default Optional<String> veto(Observed<?> have, Snapshot seen) {
        return Optional.empty();
    }

    /** Why this desired record must not be applied at all, although AWS would take it. Called with its references resolved as far as they are known. */
    default Optional<String> objection(Snapshot seen) {
        return Optional.empty();
    }

    /** Where it shows whether this desired record was there before, for a type that holds data and that nothing is built upon. */
    default Set<Class<? extends Resource>> witnesses() {
        return Set.of();
    }

    /** Whether its witnesses still name it. @param name the physical name that it has or would get */
    default boolean remembered(String name, Snapshot seen) {
        return false;
    }

    /** What becomes of an observed one for which nothing in the stack stands any more. */
    enum Unneeded {
        /** It is deleted. */
        GOES,
        /** It comes to its end by itself first, or by what {@link #staying} of its successor says, where it has one. */
        ENDS,
        /** It is what the stack remembers. */
        STAYS
    }

    /** Called on the observed record. */
    default Unneeded unneeded(Observed<?> have, Snapshot seen) {
        return Unneeded.GOES;
    }

    /**
     * The record that AWS must hold before this resource can be deleted: no rules that tie groups to each other, no protection. Called on the observed record;
     * components that are {@code null} are left as they are.
     */
    default Optional<Resource> leaving() {
        return Optional.empty();
    }

    /** Why the user has forbidden the deletion of this desired record, and how to allow it. Checked for the whole stack before the first delete. */
    default Optional<String> guard() {
        return Optional.empty();
    }
}
