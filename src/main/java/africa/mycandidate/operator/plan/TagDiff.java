package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.stack.Stack;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tags that are missing or wrong, and those that came out of the spec. Tags of others are theirs. The version tag alone is never a difference: a new
 * operator leaves an old stack as it is.
 */
record TagDiff(Map<String, String> set, Set<String> remove, Map<String, String> actual) {
    static final TagDiff NONE = new TagDiff(Map.of(), Set.of(), Map.of());

    static TagDiff of(Key key, Stack stack, Observed<?> have) {
        if (!Claims.type(key.type()).tagged()) return NONE;
        var wanted = stack.tagsOf(key);
        var set = new HashMap<>(wanted);
        set.remove(Tags.VERSION);
        set.entrySet().removeAll(have.tags().entrySet());
        var remove = new HashSet<String>();
        for (var was : have.tags().getOrDefault(Tags.KEYS, "").split(" ")) {
            if (have.tags().containsKey(was) && !wanted.containsKey(was)) remove.add(was);
        }
        if (have.tags().containsKey(Tags.KEYS) && !wanted.containsKey(Tags.KEYS)) remove.add(Tags.KEYS);
        return new TagDiff(Map.copyOf(set), Set.copyOf(remove), have.tags());
    }

    /** The tags as one change, for people. */
    Optional<Change> change() {
        if (set.isEmpty() && remove.isEmpty()) return Optional.empty();
        var keys = new TreeSet<>(set.keySet());
        keys.addAll(remove);
        var want = new HashMap<String, String>();
        var have = new HashMap<String, String>();
        for (var key : keys) {
            if (set.containsKey(key)) want.put(key, set.get(key));
            if (actual.containsKey(key)) have.put(key, actual.get(key));
        }
        return Optional.of(new Change(Change.TAGS, Words.of(want), Words.of(have), Interruption.NONE));
    }
}
