package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.TaskDefinition;
import java.util.Map;
import java.util.TreeMap;

/** The resources of a stack while it is being drawn up. A part that was added is referred to by the name of one of its outputs. */
final class Parts {
    private final Map<Key, Resource> resources = new TreeMap<>();

    <R extends Resource> Part<R> add(String role, R resource) {
        @SuppressWarnings("unchecked")
        var type = (Class<R>) resource.getClass();
        if (resources.put(new Key(type, role), resource) != null)
            throw new IllegalStateException("two of " + new Key(type, role));
        return new Part<>(type, role);
    }

    boolean has(Class<? extends Resource> type, String role) {
        return resources.containsKey(new Key(type, role));
    }

    Map<Key, Resource> resources() {
        return resources;
    }

    /** A resource of the stack, as others refer to it. */
    record Part<R extends Resource>(Class<R> type, String role) {
        Ref<R> output(String name) {
            return Ref.to(type, role, name);
        }

        /** An output that names a version of a secret. */
        @SuppressWarnings("unchecked")
        Ref<SecretValue> secret(String name) {
            return (Ref<SecretValue>) (Ref<?>) output(name);
        }

        /** An output that names a task definition. */
        @SuppressWarnings("unchecked")
        Ref<TaskDefinition> definition(String name) {
            return (Ref<TaskDefinition>) (Ref<?>) output(name);
        }

        Ref<R> id() {
            return output("id");
        }

        Ref<R> arn() {
            return output("arn");
        }

        Ref<R> name() {
            return output("name");
        }
    }
}
