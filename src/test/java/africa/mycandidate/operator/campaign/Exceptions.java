package africa.mycandidate.operator.campaign;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is not as everywhere else, each with its reason. A row that is not needed fails the campaign. */
final class Exceptions {
    /** What changes on the way and not in the record: the load balancer is locked once all voters come through the CDN. */
    static final Set<String> FOLLOWS = Set.of("SecurityGroup/load-balancer");

    /** Leaves that matter when the stack is made, and change nothing of one that is there. */
    static final Map<String, String> INERT = new TreeMap<>(Map.of(
            "database.restoreFrom.instance",
                    "where the first data come from; a database that is there is not restored (RestoreTest)",
            "database.restoreFrom.snapshot",
                    "where the first data come from; a database that is there is not restored (RestoreTest)",
            "database.restoreFrom.time",
                    "where the first data come from; a database that is there is not restored (RestoreTest)"));

    /** Cases with which a new stack does not come to serve, while one that is there serves on. */
    static final Map<String, String> UNSERVED = Map.of(
            "network.natGateways = None",
            "a task that starts has no way to its image; the network is compared, and that the site serves on");

    /** Things that a change leaves as they are, and a new stack has otherwise: leaf to name to reason. */
    static final Map<String, Map<String, String>> LEFT = new TreeMap<>(Map.of(
            "tags",
            Map.of("ScalableTarget/app", "keeps the tags of its creation (AwsType.tagsShown)"),
            // "Values that are not at least 10% greater than the existing value are rounded up" (ModifyDBInstance,
            // AllocatedStorage).
            "database.storageGiB",
            Map.of("DbInstance/main", "RDS rounds a growth of less than a tenth up to a tenth")));

    /** What cannot be taken back by taking it out of the spec, although the door lets that through. */
    static final Map<String, String> STAYS =
            Map.of("storage", "the bucket stays, and that is told, until its loss is allowed (StorageTest)");

    /** What ACM validated a name by is everybody's, and stays in the zone when the name goes (ADR 12); whatever leaf comes next finds it there. */
    static boolean stays(String thing, Shapes fresh) {
        return thing.matches("CNAME _[0-9a-f]{32}[.].*") && !fresh.things().containsKey(thing);
    }

    private Exceptions() {}
}
