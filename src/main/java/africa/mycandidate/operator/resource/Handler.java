package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one type of resource is listed, created, changed and deleted over the SDK. A handler holds clients and nothing else: no state, no retry, no wait, no
 * log. What AWS throws goes up as it is; the engine knows what each error means.
 */
public interface Handler<R extends Resource> {

    Class<R> type();

    /**
     * Everything of this type at the place, whosever it is where names must be unique, only what carries our stack tag elsewhere. Reads all pages. Throws where
     * any part could not be read, and returns an empty list only where AWS said so.
     */
    List<Observed<R>> list(String place);

    /**
     * The one with this {@link Observed#id}, whosever it is: somebody else made it, and the spec names it. Empty only where AWS said that there is none. A type whose
     * list leaves others' out looks it up.
     */
    default List<Observed<R>> find(String id) {
        return list("").stream().filter(one -> one.id().equals(id)).toList();
    }

    /** Exactly one mutating call. Returns the physical id, as {@link Observed#id} will have it. */
    String create(R want, Creation creation);

    /**
     * Brings the named fields of an existing resource to {@code goal}, with as few calls as AWS allows. Adds before it removes. A crash between two calls leaves
     * a difference that the next look finds.
     *
     * @param fields names of the components that differ
     */
    void update(Observed<R> have, R goal, Set<String> fields);

    /** One mutating call. "Not found" is thrown as it comes: the engine counts it as done. */
    void delete(Observed<R> have, Deletion deletion);

    /** Sets and removes tags. Called only for types that take them. */
    void tag(Observed<R> have, Map<String, String> set, Set<String> remove);
}
