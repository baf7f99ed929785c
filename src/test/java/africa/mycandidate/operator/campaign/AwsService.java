package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.reconcile.Trouble;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The services that the operator calls, each with the codes of its protocol: EC2 has its own (EC2 API Reference, "Error codes"), Query and REST-XML services say
 * {@code Throttling}, JSON services {@code ThrottlingException} (each service's API Reference, "Common Errors").
 */
enum AwsService {
    EC2("Ec2", "EC2", "ec2", Protocol.EC2, 100, 20),
    RDS("Rds", "RDS", "rds", Protocol.QUERY, 50, 10),
    ELASTICACHE("ElastiCache", "ElastiCache", "elasticache", Protocol.QUERY, 50, 10),
    /** Reads 200 burst and 50/s, changes 20 and 3/s, as aws-load-balancer-controller limits itself. */
    ELB("ElasticLoadBalancingV2", "Elastic Load Balancing", "elasticloadbalancing", Protocol.QUERY, 40, 10),
    IAM("Iam", "IAM", "iam", Protocol.QUERY, 40, 15),
    CLOUDWATCH("CloudWatch", "CloudWatch", "cloudwatch", Protocol.QUERY, 9, 9),
    STS("Sts", "STS", "sts", Protocol.QUERY, 100, 50),
    /** Route 53 developer guide, quotas of API requests. */
    ROUTE53("Route53", "Route 53", "route53", Protocol.QUERY, 50, 10),
    /** ECS API Reference, "Request throttling": reads of services 100 burst, 20/s. */
    ECS("Ecs", "ECS", "ecs", Protocol.JSON, 50, 20),
    SECRETS("SecretsManager", "Secrets Manager", "secretsmanager", Protocol.JSON, 50, 50),
    LOGS("CloudWatchLogs", "CloudWatch Logs", "logs", Protocol.JSON, 10, 10),
    SCALING("ApplicationAutoScaling", "Application Auto Scaling", "application-autoscaling", Protocol.JSON, 20, 5),
    QUOTAS("ServiceQuotas", "Service Quotas", "servicequotas", Protocol.JSON, 10, 5),
    /** ACM user guide, quotas of API requests. */
    ACM("Acm", "ACM", "acm", Protocol.JSON, 10, 5),
    /** Calls about buckets have no published rate. */
    S3("S3", "S3", "s3", Protocol.S3, 50, 20);

    enum Protocol {
        EC2,
        QUERY,
        JSON,
        S3
    }

    final String title;
    /** What AWS allows: as far as it is published, else a guess. */
    final double burst;

    final double perSecond;

    private final String client;
    private final String action;
    private final Protocol protocol;

    AwsService(String client, String title, String action, Protocol protocol, double burst, double perSecond) {
        this.client = client;
        this.title = title;
        this.action = action;
        this.protocol = protocol;
        this.burst = burst;
        this.perSecond = perSecond;
    }

    static AwsService of(Port.Effect effect) {
        return Arrays.stream(values())
                .filter(one -> one.hit(effect))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service called " + effect.service()));
    }

    static AwsService draw(Random random) {
        return values()[random.nextInt(values().length)];
    }

    boolean hit(Port.Effect effect) {
        return effect.service().equals(client);
    }

    static boolean isAws(Port.Effect effect) {
        return !effect.service().equals("Kubernetes");
    }

    AwsServiceException throttled() {
        return switch (protocol) {
            case EC2 -> Trouble.error(503, "RequestLimitExceeded", "Request limit exceeded.");
            case QUERY -> Trouble.error(400, "Throttling", "Rate exceeded");
            case JSON -> Trouble.error(400, "ThrottlingException", "Rate exceeded");
            case S3 -> Trouble.error(503, "SlowDown", "Please reduce your request rate.");
        };
    }

    AwsServiceException faulty(boolean unavailable) {
        if (unavailable)
            return Trouble.error(
                    503,
                    protocol == Protocol.EC2 ? "Unavailable" : "ServiceUnavailable",
                    "The service is unavailable. Please try again shortly.");
        return Trouble.error(
                500,
                protocol == Protocol.EC2 ? "InternalError" : "InternalFailure",
                "We encountered an internal error. Please try again.");
    }

    AwsServiceException denied(Port.Effect effect) {
        var called = action + ":" + effect.operation().substring(0, 1).toUpperCase(Locale.ROOT)
                + effect.operation().substring(1);
        var message = "User: arn:aws:sts::123456789012:assumed-role/operator/1 is not authorized to perform: " + called
                + " because no identity-based policy allows the " + called + " action";
        return switch (protocol) {
            case EC2 -> Trouble.error(403, "UnauthorizedOperation", message);
            case QUERY -> Trouble.error(403, "AccessDenied", message);
            case JSON -> Trouble.error(400, "AccessDeniedException", message);
            case S3 -> Trouble.error(403, "AccessDenied", message);
        };
    }

    AwsServiceException expired() {
        return switch (protocol) {
            case EC2 -> Trouble.error(400, "RequestExpired", "Request has expired.");
            case QUERY -> Trouble.error(403, "ExpiredToken", "The security token included in the request is expired");
            case S3 -> Trouble.error(400, "ExpiredToken", "The provided token has expired.");
            case JSON ->
                Trouble.error(400, "ExpiredTokenException", "The security token included in the request is expired");
        };
    }

    /** A request whose time is more than five minutes off (IAM user guide, "Troubleshoot Signature Version 4 signing"). */
    AwsServiceException skewed() {
        var message = "Signature expired: 20260105T080000Z is now earlier than 20260105T081200Z"
                + " (20260105T081700Z - 5 min.)";
        return switch (protocol) {
            case EC2 ->
                Trouble.error(400, "RequestExpired", "Request has expired. Timestamp date is 2026-01-05T08:00:00Z.");
            case QUERY -> Trouble.error(403, "SignatureDoesNotMatch", message);
            case JSON -> Trouble.error(400, "InvalidSignatureException", message);
            case S3 ->
                Trouble.error(
                        403,
                        "RequestTimeTooSkewed",
                        "The difference between the request time and the current time is too large.");
        };
    }
}
