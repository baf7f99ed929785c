package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Key;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws up the stack that a spec asks for. A pure function: the same spec and facts give the same stack. Each area takes references to areas before it, so the
 * order of creation follows from the drawing.
 */
public final class Blueprint {
    private Blueprint() {}

    /**
     * @param spec as the user wrote it; what is omitted is filled in by {@link Defaults}
     * @param now by AWS's clock: elections ask for another stack than the days between them
     */
    public static Stack of(Identity identity, String uid, Spec spec, Asked asked, Facts facts, Instant now) {
        var calendar = ElectionCalendar.of(Defaults.applied(spec));
        var today = calendar.applied(spec, now);
        var full = Defaults.applied(today);
        var parts = new Parts();
        var adoption = Adoption.of(today);
        var network = NetworkArea.of(full, facts, adoption, parts);
        var secrets = SecretsArea.of(full, asked.rotation(), adoption, parts);
        var data = DataArea.of(full, calendar.maintenance(now), network, secrets, adoption, parts);
        var storage = StorageArea.of(identity, full, facts, parts);
        var edge = EdgeArea.of(full, calendar.capacityUnits(now), network, secrets, storage, adoption, parts);
        var compute = ComputeArea.of(identity, full, facts, network, secrets, data, storage, edge, adoption, parts);
        ScalingArea.of(full, calendar, now, compute, parts);
        if (full.alarms() != null) AlarmsArea.of(full, facts, adoption, parts);
        return new Stack(
                identity,
                uid,
                parts.resources(),
                full.tags(),
                adoption.ids(),
                expendable(full, parts),
                lasting(full),
                asked);
    }

    /** There is no last snapshot of a bucket: it stays itself, whether or not the spec still has it. */
    private static Set<Key> lasting(Spec spec) {
        return spec.deletionPolicy() == Spec.DeletionPolicy.DELETE ? Set.of() : Set.of(StorageArea.BUCKET);
    }

    /** What holds data that {@code allowDataLoss} names; a bucket also when it is no longer in the spec. */
    private static Set<Key> expendable(Spec spec, Parts parts) {
        return Stream.concat(parts.resources().keySet().stream(), Stream.of(StorageArea.BUCKET))
                .filter(key -> spec.allowDataLoss()
                        .contains(key.type().getAnnotation(AwsType.class).data()))
                .collect(Collectors.toSet());
    }
}
