package africa.mycandidate.operator.sim;

import java.util.Map;

/** A load balancer, target group or listener, with what is read by calls of its own. */
record ElbRow<T>(T shown, Map<String, String> attributes, Map<String, String> tags) {
    ElbRow<T> shown(T next) {
        return new ElbRow<>(next, attributes, tags);
    }

    ElbRow<T> attributes(Map<String, String> next) {
        return new ElbRow<>(shown, Map.copyOf(next), tags);
    }

    ElbRow<T> tags(Map<String, String> next) {
        return new ElbRow<>(shown, attributes, Map.copyOf(next));
    }
}
