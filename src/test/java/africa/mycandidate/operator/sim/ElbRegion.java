package africa.mycandidate.operator.sim;

import java.util.Map;

/** The hosted zones of Application Load Balancers, by region (AWS General Reference, Elastic Load Balancing endpoints). */
final class ElbRegion {
    private static final Map<String, String> ZONES = Map.ofEntries(
            Map.entry("af-south-1", "Z268VQBMOI5EKX"),
            Map.entry("ap-south-1", "ZP97RAFLXTNZK"),
            Map.entry("ap-southeast-1", "Z1LMS91P8CMLE5"),
            Map.entry("ap-southeast-2", "Z1GM3OXH4ZPM65"),
            Map.entry("ap-northeast-1", "Z14GRHDCWA56QT"),
            Map.entry("ca-central-1", "ZQSVJUPU6J1EY"),
            Map.entry("eu-central-1", "Z215JYRZR1TBD5"),
            Map.entry("eu-north-1", "Z23TAZ6LKFMNIO"),
            Map.entry("eu-west-1", "Z32O12XQLNTSW2"),
            Map.entry("eu-west-2", "ZHURV8PSTC4K8"),
            Map.entry("eu-west-3", "Z3Q77PNBQS71R4"),
            Map.entry("me-south-1", "ZS929ML54UICD"),
            Map.entry("sa-east-1", "Z2P70J7HTTTPLU"),
            Map.entry("us-east-1", "Z35SXDOTRQ7X7K"),
            Map.entry("us-east-2", "Z3AADJGX6KTTL2"),
            Map.entry("us-west-1", "Z368ELLRRE2KJ0"),
            Map.entry("us-west-2", "Z1H1FL5HABSF5"));

    private ElbRegion() {}

    static String hostedZoneId(String region) {
        var zone = ZONES.get(region);
        if (zone == null)
            throw new UnsupportedOperationException(
                    "The load balancers' hosted zone of " + region + " is not modelled.");
        return zone;
    }
}
