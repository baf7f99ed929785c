package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.resource.Bucket;
import africa.mycandidate.operator.resource.DeliverySource;
import africa.mycandidate.operator.resource.Role.Statement;
import java.util.Map;
import java.util.Set;

/** Who may write access logs into a bucket. */
final class LogDelivery {
    private static final String LOAD_BALANCERS = "logdelivery.elasticloadbalancing.amazonaws.com";

    /** ELB's own account in each region that is older than August 2022; in newer ones the service writes under its name. That page, and terraform-aws-modules/terraform-aws-s3-bucket#219. */
    private static final Map<String, String> ACCOUNTS = Map.ofEntries(
            Map.entry("af-south-1", "098369216593"),
            Map.entry("ap-east-1", "754344448648"),
            Map.entry("ap-northeast-1", "582318560864"),
            Map.entry("ap-northeast-2", "600734575887"),
            Map.entry("ap-northeast-3", "383597477331"),
            Map.entry("ap-south-1", "718504428378"),
            Map.entry("ap-southeast-1", "114774131450"),
            Map.entry("ap-southeast-2", "783225319266"),
            Map.entry("ap-southeast-3", "589379963580"),
            Map.entry("ca-central-1", "985666609251"),
            Map.entry("cn-north-1", "638102146993"),
            Map.entry("cn-northwest-1", "037604701340"),
            Map.entry("eu-central-1", "054676820928"),
            Map.entry("eu-north-1", "897822967062"),
            Map.entry("eu-south-1", "635631232127"),
            Map.entry("eu-west-1", "156460612806"),
            Map.entry("eu-west-2", "652711504416"),
            Map.entry("eu-west-3", "009996457667"),
            Map.entry("me-south-1", "076674570225"),
            Map.entry("sa-east-1", "507241528517"),
            Map.entry("us-east-1", "127311923021"),
            Map.entry("us-east-2", "033677994240"),
            Map.entry("us-gov-east-1", "190560391635"),
            Map.entry("us-gov-west-1", "048591011584"),
            Map.entry("us-west-1", "027434742980"),
            Map.entry("us-west-2", "797873946194"));

    /** Where the sources of what is global are. */
    private static final String GLOBAL = "us-east-1";

    /** One {@code ?} for each character of the hash in the name, which nobody knows before there is a distribution. */
    private static final String ANY_GENERATION = "??????";

    private LogDelivery() {}

    /**
     * ELB User Guide, "Enable access logs for your Application Load Balancer", step 2.
     *
     * @param place ARN of the bucket, and the prefix, below which ELB makes {@code AWSLogs/<account>/}
     */
    static Statement ofLoadBalancers(Facts facts, String place) {
        var account = ACCOUNTS.get(facts.region());
        return new Statement(
                "Allow",
                account == null ? LOAD_BALANCERS : "",
                Set.of("s3:PutObject"),
                Set.of(Ref.of(place + "/AWSLogs/" + facts.account() + "/*")),
                account == null
                        ? ""
                        : "{\"Principal\":{\"AWS\":\"arn:" + facts.partition() + ":iam::" + account + ":root\"}}");
    }

    /**
     * The statement that CloudWatch Logs itself appends to a bucket's policy where none lets it deliver (CloudWatch Logs User Guide, "Logs sent to Amazon S3", V2), so
     * that it appends none to ours: with the ACL in it, which the delivery names although it means nothing where ACLs are off. Only this stack's source may send.
     *
     * @param place ARN of the bucket, and the prefix below which the logs go
     */
    static Statement ofDistributions(Identity identity, Facts facts, String place) {
        var source = "arn:" + facts.partition() + ":logs:" + GLOBAL + ":" + facts.account() + ":delivery-source:"
                + identity.physical(CdnLogsArea.ROLE, DeliverySource.NAME_LENGTH, ANY_GENERATION);
        return new Statement(
                "Allow",
                Bucket.LOG_DELIVERY,
                Set.of("s3:PutObject"),
                Set.of(Ref.of(place + "/*")),
                "{\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"" + source
                        + "\"},\"StringEquals\":{\"aws:SourceAccount\":\"" + facts.account()
                        + "\",\"s3:x-amz-acl\":\"bucket-owner-full-control\"}}}");
    }
}
