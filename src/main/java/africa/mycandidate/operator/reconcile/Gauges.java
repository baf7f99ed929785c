package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.api.Status;
import io.fabric8.kubernetes.api.model.Condition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the status of each object says, in numbers: {@code mycandidate_drift} and {@code mycandidate_condition}. A number that the status does not give is not
 * shown, rather than an old one.
 */
public final class Gauges {
    private static final String DRIFT = "mycandidate.drift";
    private static final String CONDITION = "mycandidate.condition";

    private final MeterRegistry registry;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();

    /** The gauges of one object; passes over it never run at the same time. */
    private static final class Shown {
        private final Map<Name, Meter> meters = new HashMap<>();
        private volatile Map<Name, Double> values = Map.of();

        double value(Name name) {
            return values.getOrDefault(name, Double.NaN);
        }
    }

    private record Name(String metric, Tags tags) {}

    public Gauges(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows what a pass found. */
    void show(MyCandidateDeployment resource, Status status) {
        var one = shown.computeIfAbsent(key(resource), key -> new Shown());
        one.values = values(resource, status);
        one.values.keySet().forEach(name -> one.meters.computeIfAbsent(name, fresh -> register(one, fresh)));
        one.meters.entrySet().removeIf(entry -> {
            if (one.values.containsKey(entry.getKey())) return false;
            registry.remove(entry.getValue());
            return true;
        });
    }

    /** The object is gone. */
    void gone(MyCandidateDeployment resource) {
        var last = shown.remove(key(resource));
        if (last != null) last.meters.values().forEach(registry::remove);
    }

    private Meter register(Shown one, Name name) {
        return Gauge.builder(name.metric(), () -> one.value(name))
                .description(
                        name.metric().equals(DRIFT)
                                ? "fields in AWS that somebody else changed"
                                : "a condition of the status: 1 true, 0 false, -1 unknown")
                .tags(name.tags())
                .register(registry);
    }

    private static Map<Name, Double> values(MyCandidateDeployment resource, Status status) {
        var metadata = resource.getMetadata();
        var tags = Tags.of("namespace", metadata.getNamespace(), "name", metadata.getName());
        var values = new HashMap<Name, Double>();
        if (status.drift() != null)
            values.put(new Name(DRIFT, tags), (double) status.drift().size());
        for (var condition : status.conditions() == null ? List.<Condition>of() : status.conditions())
            values.put(new Name(CONDITION, tags.and("condition", condition.getType())), number(condition));
        return Map.copyOf(values);
    }

    private static double number(Condition condition) {
        return switch (condition.getStatus()) {
            case "True" -> 1;
            case "False" -> 0;
            default -> -1;
        };
    }

    private static String key(MyCandidateDeployment resource) {
        return resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }
}
