package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Canonical;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Identity;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Specs as a user writes them: the shortest one, and the shortest one with a field set. */
public final class Specs {
    public static final Identity SITE = new Identity("111122223333", "af-south-1", "mycandidate", "southafrica");
    public static final Facts FACTS =
            new Facts("aws", "111122223333", "af-south-1", List.of("af-south-1a", "af-south-1b", "af-south-1c"));
    public static final String UID = "uid-1";

    private Specs() {}

    public static Spec minimal() {
        return with(Map.of());
    }

    /** @param field path with dots, such as {@code container.port} */
    public static Spec with(String field, Object value) {
        return with(Map.of(field, value));
    }

    @SuppressWarnings("unchecked")
    public static Spec with(Map<String, Object> fields) {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("region", "af-south-1");
        spec.put("image", "example.org/mycandidate:1.4.2");
        spec.put(
                "domain",
                new LinkedHashMap<>(Map.of("name", "southafrica.mycandidate.africa", "hostedZoneId", "Z0123456789")));
        fields.forEach((path, value) -> {
            var block = spec;
            var names = path.split("\\.");
            for (var i = 0; i < names.length - 1; i++) {
                block = (LinkedHashMap<String, Object>)
                        block.computeIfAbsent(names[i], name -> new LinkedHashMap<String, Object>());
            }
            if ("".equals(value)) block.remove(names[names.length - 1]);
            else block.put(names[names.length - 1], value);
        });
        return new ObjectMapper().convertValue(spec, Spec.class);
    }

    public static Stack stack(Spec spec) {
        return Blueprint.of(SITE, UID, spec, Asked.NOTHING, FACTS, Instant.EPOCH);
    }

    /** Prints the hash of a stack, for a test that asks another JVM. */
    public static void main(String[] arguments) {
        System.out.print(Canonical.hash(stack(minimal())));
    }
}
