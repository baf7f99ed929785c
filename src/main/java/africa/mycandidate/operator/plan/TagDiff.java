package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Tags;
import africa.mycandidate.operator.stack.Stack;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
        if (!Claims.type(key.type()).tagged() || !Claims.type(key.type()).tagsShown()) return NONE;
        var wanted = stack.tagsOf(key);
        var set = new HashMap<>(wanted);
        set.remove(Tags.VERSION);
        set.entrySet().removeAll(have.tags().entrySet());
        var remove = new HashSet<String>();
        for (var was : have.tags().getOrDefault(Tags.KEYS, "").split(" ")) {
            if (have.tags().containsKey(was) && !wanted.containsKey(was)) remove.add(was);
        }
        if (have.tags().containsKey(Tags.KEYS) && !wanted.containsKey(Tags.KEYS)) remove.add(Tags.KEYS);
        if (!remove.isEmpty() && set.containsKey(Tags.KEYS)) keepNamed(set, have);
        return new TagDiff(Map.copyOf(set), Set.copyOf(remove), have.tags());
    }

    /** For one that somebody else made: all of them, the version too. */
    static TagDiff all(Key key, Stack stack, Observed<?> have) {
        return new TagDiff(stack.tagsOf(key), Set.of(), have.tags());
    }

    /**
     * Tags are set by one call and taken off by another. Until they are off, the list of keys names them too: a crash, or a refusal, between the two would
     * leave them for ever.
     */
    private static void keepNamed(Map<String, String> set, Observed<?> have) {
        var named = have.tags().getOrDefault(Tags.KEYS, "");
        var keys = new TreeSet<>(List.of(named.split(" ")));
        keys.addAll(List.of(set.get(Tags.KEYS).split(" ")));
        var all = String.join(" ", keys);
        if (all.equals(named)) set.remove(Tags.KEYS);
        else set.put(Tags.KEYS, all);
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
