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

    /** ELB's accounts there (ELB User Guide, "Enable access logs", "Regions available before August 2022"). */
    private static final Map<String, String> LOG_WRITERS = Map.ofEntries(
            Map.entry("af-south-1", "098369216593"),
            Map.entry("ap-northeast-1", "582318560864"),
            Map.entry("ap-south-1", "718504428378"),
            Map.entry("ap-southeast-1", "114774131450"),
            Map.entry("ap-southeast-2", "783225319266"),
            Map.entry("ca-central-1", "985666609251"),
            Map.entry("eu-central-1", "054676820928"),
            Map.entry("eu-north-1", "897822967062"),
            Map.entry("eu-west-1", "156460612806"),
            Map.entry("eu-west-2", "652711504416"),
            Map.entry("eu-west-3", "009996457667"),
            Map.entry("me-south-1", "076674570225"),
            Map.entry("sa-east-1", "507241528517"),
            Map.entry("us-east-1", "127311923021"),
            Map.entry("us-east-2", "033677994240"),
            Map.entry("us-west-1", "027434742980"),
            Map.entry("us-west-2", "797873946194"));

    private ElbRegion() {}

    /** Who writes access logs there, as a policy names it: kind of principal, and name. */
    static String[] logWriter(String region) {
        var account = LOG_WRITERS.get(region);
        return account == null
                ? new String[] {"Service", "logdelivery.elasticloadbalancing.amazonaws.com"}
                : new String[] {"AWS", "arn:aws:iam::" + account + ":root"};
    }

    static String hostedZoneId(String region) {
        var zone = ZONES.get(region);
        if (zone == null)
            throw new UnsupportedOperationException(
                    "The load balancers' hosted zone of " + region + " is not modelled.");
        return zone;
    }
}
