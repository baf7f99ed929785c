package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.reconcile.Simulation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Good documents for leaves to stand on: the shortest, and those that some leaf needs beside it to be taken. */
final class Bases {
    private Bases() {}

    static Map<String, Document> of(String zone) {
        var bases = new LinkedHashMap<String, Document>();
        var shortest = new Document(Map.of())
                .with("region", Simulation.REGION)
                .with("image", "example.org/mycandidate:1.4.2")
                .with("domain.name", Simulation.DOMAIN)
                .with("domain.hostedZoneId", zone);
        bases.put("the shortest", shortest);
        // Room for large values: Fargate's pairs, RDS's tenth above, the connections of a class.
        bases.put(
                "a large one",
                shortest.with("container.cpu", 1024L)
                        .with("container.memory", 4096L)
                        .with("container.databaseConnections", 1L)
                        .with("scaling.maxTasks", 7L)
                        .with("database.instanceClass", "db.r5.4xlarge")
                        .with("database.maxStorageGiB", 65536L));
        bases.put("a restored one", shortest.with("database.restoreFrom.instance", "theirs"));
        bases.put("one without a zone", shortest.without(List.of("domain", "hostedZoneId")));
        return bases;
    }
}
