package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.api.Spec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A spec as it is written: what the door sees. Whole numbers are longs, as Kubernetes has them. */
record Document(Map<String, Object> content) {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    Document with(List<String> path, Object value) {
        return new Document(object(put(content, path, value)));
    }

    /** The same without a field. A block that it leaves empty goes too: it was there for the field's sake. */
    Document without(List<String> path) {
        return new Document(object(take(content, path)));
    }

    Document with(String path, Object value) {
        return with(List.of(path.split("\\.")), value);
    }

    boolean has(List<String> path) {
        Object at = content;
        for (var name : path) {
            if (name.equals(Leaf.ITEM)) at = at instanceof List<?> list && !list.isEmpty() ? list.getFirst() : null;
            else at = at instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return at != null;
    }

    Spec spec() {
        return SERIALIZATION.convertValue(content, Spec.class);
    }

    private static Object put(Object at, List<String> path, Object value) {
        if (path.isEmpty()) return value;
        var rest = path.subList(1, path.size());
        if (path.getFirst().equals(Leaf.ITEM)) {
            var first = at instanceof List<?> list && !list.isEmpty() ? list.getFirst() : null;
            return List.of(put(first, rest, value));
        }
        var map = new LinkedHashMap<>(object(at));
        map.put(path.getFirst(), put(map.get(path.getFirst()), rest, value));
        return map;
    }

    private static Object take(Object at, List<String> path) {
        var rest = path.subList(1, path.size());
        if (path.getFirst().equals(Leaf.ITEM)) {
            var items = new ArrayList<Object>();
            if (at instanceof List<?> list) list.forEach(item -> items.add(take(item, rest)));
            return items;
        }
        var map = new LinkedHashMap<>(object(at));
        var inner = map.get(path.getFirst());
        if (rest.isEmpty()) map.remove(path.getFirst());
        else if (inner != null) {
            var left = take(inner, rest);
            if (left instanceof Map<?, ?> block && block.isEmpty()) map.remove(path.getFirst());
            else map.put(path.getFirst(), left);
        }
        return map;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object at) {
        return at instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
