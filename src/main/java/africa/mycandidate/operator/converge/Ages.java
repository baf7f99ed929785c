package africa.mycandidate.operator.converge;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** For how long this process has seen resources as they are, of the types for which that counts. A new process begins to count anew. */
final class Ages {
    private Map<String, Since> since = Map.of();

    private record Since(Resource actual, Instant at) {}

    /** The same snapshot, with ages. */
    Snapshot take(Snapshot seen, Instant now) {
        var next = new HashMap<String, Since>();
        var ages = new HashMap<String, Duration>();
        for (var type : seen.types()) {
            if (!type.getAnnotation(AwsType.class).aged()) continue;
            if (!seen.isRead(type)) keep(type, next);
            for (var one : seen.ours(type)) {
                var key = Snapshot.aged(one);
                var before = since.get(key);
                var begun =
                        before != null && before.actual().equals(one.actual()) ? before : new Since(one.actual(), now);
                next.put(key, begun);
                ages.put(key, Duration.between(begun.at(), now));
            }
        }
        since = next;
        return seen.with(ages);
    }

    /** What cannot be seen for once is taken up where it was, if it comes back as it was. */
    private void keep(Class<? extends Resource> type, Map<String, Since> next) {
        since.forEach((key, begun) -> {
            if (begun.actual().getClass() == type) next.put(key, begun);
        });
    }
}
