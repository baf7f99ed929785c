package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.Intent;
import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;
import africa.mycandidate.operator.converge.Notes;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Key;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Intents in the status. */
final class StatusNotes implements Notes {
    private final MyCandidateDeployment resource;
    private final Status before;
    private final Set<Key> keys;
    private final InstantSource wall;
    private final Consumer<Status> write;

    /**
     * @param before the status until now; may be null
     * @param keys the parts of the stack
     * @param write writes the status with the new intents, and returns when it is written
     */
    StatusNotes(
            MyCandidateDeployment resource, Status before, Set<Key> keys, InstantSource wall, Consumer<Status> write) {
        this.resource = resource;
        this.before = before;
        this.keys = keys;
        this.wall = wall;
        this.write = write;
    }

    @Override
    public Set<Key> intents() {
        if (before == null || before.intents() == null) return Set.of();
        var noted = before.intents().stream().map(Intent::resource).collect(Collectors.toSet());
        return keys.stream().filter(key -> noted.contains(key.toString())).collect(Collectors.toSet());
    }

    @Override
    public boolean lost() {
        var empty = before == null
                || before.resources() == null
                || before.resources().isEmpty();
        var created = Instant.parse(resource.getMetadata().getCreationTimestamp());
        return empty && wall.instant().isAfter(created.plusSeconds(60));
    }

    @Override
    public void intend(Set<Key> fresh) {
        var intents =
                new ArrayList<>(before == null || before.intents() == null ? List.<Intent>of() : before.intents());
        fresh.stream()
                .sorted()
                .filter(key ->
                        intents.stream().noneMatch(intent -> intent.resource().equals(key.toString())))
                .forEach(key -> intents.add(new Intent(key.toString(), Standing.time(wall.instant()))));
        var base = before == null ? BriefStatus.EMPTY : before;
        write.accept(Fields.map(
                base, (component, value) -> component.getName().equals("intents") ? List.copyOf(intents) : value));
    }
}
