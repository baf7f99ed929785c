package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/**
 * What the user wants: one country's site in one AWS region. Nothing here has a default in the schema; the defaults
 * live in Blueprint.
 */
@Block
@ValidationRule(
        value = Rules.CERTIFICATE_REGION,
        messageExpression = Rules.CERTIFICATE_REGION_MESSAGE,
        fieldPath = ".domain")
@ValidationRule(
        value = Rules.CERTIFICATE_ACCOUNT,
        messageExpression = Rules.CERTIFICATE_ACCOUNT_MESSAGE,
        fieldPath = ".domain")
@ValidationRule(value = Rules.TOPIC_REGION, messageExpression = Rules.TOPIC_REGION_MESSAGE, fieldPath = ".alarms")
@ValidationRule(value = Rules.TOPIC_ACCOUNT, messageExpression = Rules.TOPIC_ACCOUNT_MESSAGE, fieldPath = ".alarms")
@ValidationRule(value = Rules.CONNECTIONS, messageExpression = Rules.CONNECTIONS_MESSAGE)
@ValidationRule(value = Rules.REGION_STAYS, messageExpression = Rules.REGION_STAYS_MESSAGE, fieldPath = ".region")
@ValidationRule(value = Rules.ACCOUNT_STAYS, messageExpression = Rules.ACCOUNT_STAYS_MESSAGE)
@ValidationRule(value = Rules.CIDR_STAYS, messageExpression = Rules.CIDR_STAYS_MESSAGE)
@ValidationRule(value = Rules.ZONES_STAY, messageExpression = Rules.ZONES_STAY_MESSAGE)
@ValidationRule(value = Rules.KEY_STAYS, message = Rules.KEY_STAYS_MESSAGE)
@ValidationRule(value = Rules.STORAGE_GROWS, messageExpression = Rules.STORAGE_GROWS_MESSAGE)
@ValidationRule(value = Rules.DATABASE_VERSION_RISES, messageExpression = Rules.DATABASE_VERSION_RISES_MESSAGE)
@ValidationRule(value = Rules.CACHE_VERSION_RISES, messageExpression = Rules.CACHE_VERSION_RISES_MESSAGE)
@ValidationRule(value = Regions.KNOWN, message = Regions.MESSAGE, fieldPath = ".region")
@ValidationRule(
        value = "!has(self.timeZone) || "
                + "self.timeZone.matches('^([A-Z][A-Z]+|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2})$')",
        message = "write the IANA name of a time zone, such as Africa/Johannesburg or UTC; an offset such as "
                + "+02:00 is not one",
        fieldPath = ".timeZone")
@ValidationRule(
        value = "!has(self.allowDataLoss) || self.allowDataLoss.all(c, c in ['database', 'cache', 'storage'])",
        message = "write components that hold data: database, cache or storage",
        fieldPath = ".allowDataLoss")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(k, self.tags[k].matches('^[\\\\p{L}\\\\p{Z}\\\\p{N}_.:/=+@-]*$'))",
        message = "a tag's value may hold letters, digits, spaces and _ . : / = + - @; take other characters out",
        fieldPath = ".tags")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(k, k.matches('^[A-Za-z0-9_.:/=+@-]{1,127}$'))",
        message =
                "write tag keys of letters, digits and _ . : / = + - @, without spaces and of at most 127 characters, "
                        + "such as cost-centre",
        fieldPath = ".tags")
@ValidationRule(
        value = "!has(self.tags) || (self.tags.all(k, !k.lowerAscii().startsWith('aws:') && "
                + "!k.startsWith('rds:') && !k.startsWith('mycandidate.africa/')))",
        message = "tag keys that begin with aws:, rds: or mycandidate.africa/ belong to AWS and to the operator; "
                + "write another key",
        fieldPath = ".tags")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(k, !self.tags[k].startsWith('aws:') && "
                + "!self.tags[k].startsWith('rds:'))",
        message = "a tag's value that begins with aws: or rds: belongs to AWS; write another value",
        fieldPath = ".tags")
@ValidationRule(
        value = "!has(self.tags) || self.tags.map(k, size(k)).sum() <= 200",
        message = "the keys of spec.tags are longer than 200 characters together; write shorter or fewer ones",
        fieldPath = ".tags")
@ValidationRule(
        value =
                ""
                        + "self.image.matches('^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[a-f0-9]{64})?$')",
        message = "write an image as registry/repository:tag in lower case and without https://, such as "
                + "example.org/mycandidate:1.4.2",
        fieldPath = ".image")
@ValidationRule(
        value = "self.image.contains('@') || "
                + "self.image.split('/')[self.image.split('/').size() - 1].contains(':')",
        message = "write a tag or a digest, such as example.org/mycandidate:1.4.2: without one nobody knows "
                + "which version serves",
        fieldPath = ".image")
@ValidationRule(
        value = "self.image.contains('@') || !self.image.endsWith(':latest')",
        message = "latest means another image every day; pin a version, such as example.org/mycandidate:1.4.2, "
                + "or a digest",
        fieldPath = ".image")
@ValidationRule(
        value = "!has(self.imagePullSecretArn) || "
                + "self.imagePullSecretArn.matches('^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^ "
                + "]+$')",
        message = "write the ARN of a Secrets Manager secret, such as "
                + "arn:aws:secretsmanager:af-south-1:123456789012:secret:registry-AbCdEf",
        fieldPath = ".imagePullSecretArn")
@ValidationRule(
        value = "!has(self.jobs) || self.jobs.all(j, self.jobs.exists_one(k, k.name == j.name))",
        message = "two jobs have the same name; give each a name of its own",
        fieldPath = ".jobs")
@ValidationRule(value = Rules.ELECTIONS_APART, message = Rules.ELECTIONS_APART_MESSAGE, fieldPath = ".elections")
@ValidationRule(value = Rules.ELECTION_NAMES, message = Rules.ELECTION_NAMES_MESSAGE, fieldPath = ".elections")
@ValidationRule(
        value = Rules.ELECTION_CONNECTIONS,
        message = Rules.ELECTION_CONNECTIONS_MESSAGE,
        fieldPath = ".elections")
@ValidationRule(
        value = "!has(self.cdn) || has(self.domain.hostedZoneId)",
        message = "a CDN needs spec.domain.hostedZoneId: only in the zone does the operator see when voters come "
                + "through the CDN, and so can close the way beside it; write the zone's id, or remove spec.cdn",
        fieldPath = ".cdn")
@ValidationRule(
        value = "!has(self.cdn) || !(self.region.startsWith('cn-') || self.region.startsWith('us-gov-'))",
        message = "CloudFront cannot be had in the partitions aws-cn and aws-us-gov in the same way; remove spec.cdn",
        fieldPath = ".cdn")
@ValidationRule(value = Rules.ELECTION_ADOPTED, message = Rules.ELECTION_ADOPTED_MESSAGE, fieldPath = ".elections")
@ValidationRule(value = Rules.BUCKET_VARIABLE, message = Rules.BUCKET_VARIABLE_MESSAGE, fieldPath = ".container")
@ValidationRule(value = "!has(self.waf)", message = "waf is not supported yet; remove spec.waf", fieldPath = ".waf")
@ValidationRule(value = Takeover.PARTS, message = Takeover.PARTS_MESSAGE, fieldPath = ".adopt")
@ValidationRule(value = Takeover.IDS, message = Takeover.IDS_MESSAGE, fieldPath = ".adopt")
@ValidationRule(value = Takeover.ONCE, message = Takeover.ONCE_MESSAGE, fieldPath = ".adopt")
@ValidationRule(value = Takeover.WHOLE_NETWORK, message = Takeover.WHOLE_NETWORK_MESSAGE, fieldPath = ".adopt")
@ValidationRule(value = Takeover.DATA_NETWORK, message = Takeover.DATA_NETWORK_MESSAGE, fieldPath = ".adopt")
@ValidationRule(value = Takeover.DATA_GROUP, message = Takeover.DATA_GROUP_MESSAGE, fieldPath = ".adopt")
@ValidationRule(value = Takeover.TASK_GROUP, message = Takeover.TASK_GROUP_MESSAGE, fieldPath = ".adopt")
@ValidationRule(value = Takeover.GROUP_NETWORK, message = Takeover.GROUP_NETWORK_MESSAGE, fieldPath = ".adopt")
@ValidationRule(value = Takeover.DATABASE_URL, message = Takeover.DATABASE_URL_MESSAGE, fieldPath = ".adopt")
@ValidationRule(value = Takeover.REDIS_URL, message = Takeover.REDIS_URL_MESSAGE, fieldPath = ".adopt")
@ValidationRule(value = Takeover.RECORD, message = Takeover.RECORD_MESSAGE, fieldPath = ".adopt")
@ValidationRule(value = Takeover.CERTIFICATE, message = Takeover.CERTIFICATE_MESSAGE, fieldPath = ".adopt")
@ValidationRule(value = Takeover.STAYS, message = Takeover.STAYS_MESSAGE)
@ValidationRule(value = Takeover.ONE_NETWORK, message = Takeover.ONE_NETWORK_MESSAGE)
@ValidationRule(value = Takeover.EXISTING_STAYS, message = Takeover.EXISTING_STAYS_MESSAGE)
public record Spec(
        @Required
        @Size(min = 1, max = 32)
        @JsonPropertyDescription("AWS region that the stack lives in, such as af-south-1. Cannot be changed later.")
        String region,

        @JsonPropertyDescription(
                "Another AWS account to deploy to, by an assumed role. Absent: the account of the operator's own "
                        + "credentials. Its account number cannot change; the role and the external id can.")
        Account account,

        @JsonPropertyDescription(
                "Manage: the operator changes AWS. Observe: it only plans and reports, in status.plan and status.drift; "
                        + "deleting the object then leaves AWS as it is. Default Manage.")
        Management management,

        @JsonPropertyDescription(
                "What happens to a change that somebody made in AWS. Correct: it is put back, and where "
                        + "that would interrupt the site, in the maintenance window or once approved. Report: it is only "
                        + "reported. Default Correct.")
        DriftPolicy driftPolicy,

        @JsonPropertyDescription(
                "None: changes of the spec happen at once. Disruptive: a change that fails the database or cache "
                        + "over, or worse, waits until mycandidate.africa/approve is annotated with status.plan.hash. Default "
                        + "None.")
        Approval approval,

        @JsonPropertyDescription(
                "Weekly time in which a change that somebody made in AWS is put back where that interrupts the site. "
                        + "Default Sun 02:00, 2 hours, in spec.timeZone. AWS keeps its own window for its own maintenance.")
        MaintenanceWindow maintenanceWindow,

        @Size(max = 64)
        @JsonPropertyDescription(
                "IANA name of the time zone of every date and time in this spec, such as Africa/Johannesburg. Default "
                        + "UTC.")
        String timeZone,

        @Size(max = 3)
        @JsonPropertyDescription(
                "Components (database, cache, storage) whose data may be lost: an empty one is made in place of one that "
                        + "was deleted by hand, a change that AWS cannot make replaces it, and a bucket that is no longer "
                        + "in the spec is deleted with what is in it. Take it out again afterwards. Default: none.")
        List<@Size(max = 64) String> allowDataLoss,

        @JsonPropertyDescription(
                "What happens when this object is deleted. Snapshot: everything but the bucket goes, after a final "
                        + "snapshot of the database. Retain: everything stays, without the tags that make it this object's. Delete: "
                        + "everything goes, the bucket with all files too, without a snapshot. Default Snapshot.")
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription(
                "true: the operator only looks, and leaves AWS alone until it is false again; a deletion waits too. "
                        + "Default false.")
        Boolean suspend,

        @Size(max = 20)
        @JsonPropertyDescription(
                "Tags that every AWS resource of the stack gets besides the operator's own: at most 20, keys together "
                        + "at most 200 characters. Default: none.")
        Map<String, @Size(max = 256) String> tags,

        @Required
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "Container image of the site with a tag or a digest, such as example.org/mycandidate:1.4.2. The tag "
                        + "latest is refused.")
        String image,

        @Size(max = 512)
        @JsonPropertyDescription(
                "ARN of the Secrets Manager secret with the user name and password of a private image registry. "
                        + "Absent: the image is public, or in ECR.")
        String imagePullSecretArn,

        @JsonPropertyDescription("The container that serves the site: size, user, environment, health check.")
        Container container,

        @JsonPropertyDescription(
                "A command, such as a database migration, that runs once for each new image before it serves. Absent: "
                        + "none.")
        Release release,

        @Size(max = 10)
        @JsonPropertyDescription(
                "Commands that run once each, such as loading a list of candidates, in the image that serves. A job that "
                        + "is taken out is forgotten. Absent: none.")
        List<Job> jobs,

        @JsonPropertyDescription("How many tasks run, and when tasks are added or removed.")
        Scaling scaling,

        @Size(max = 20)
        @JsonPropertyDescription(
                "Elections, for which the stack is scaled up ahead of time and frozen, at most 20. They may not "
                        + "overlap; past ones are shown as past and may stay. Absent: none.")
        List<Election> elections,

        @Required @JsonPropertyDescription("Domain name of the site, and who does its DNS and certificate.")
        Domain domain,

        @JsonPropertyDescription("The PostgreSQL database (Amazon RDS).")
        Database database,

        @JsonPropertyDescription("The Redis cache (Amazon ElastiCache) for sessions and API answers.")
        Cache cache,

        @JsonPropertyDescription("The VPC, its subnets and NAT gateways.")
        Network network,

        @JsonPropertyDescription("The log group of the containers (Amazon CloudWatch Logs).")
        Logs logs,

        @JsonPropertyDescription(
                "A CloudFront distribution before the load balancer, which then admits nobody else. Absent: none.")
        Cdn cdn,

        @JsonPropertyDescription(
                "A private, versioned S3 bucket: the site keeps files in it below files/ and finds its name in the "
                        + "environment variable STORAGE_BUCKET, and the load balancer and the CDN write their access logs to "
                        + "it. It outlives this object unless deletionPolicy is Delete. Absent: none.")
        Storage storage,

        @JsonPropertyDescription(
                "Who is told when the stack is in trouble, by CloudWatch alarms; a dashboard comes with them. Absent: nobody, and none of it is made.")
        Alarms alarms,

        @JsonPropertyDescription("A web application firewall before the site. Absent: none. Not supported yet.")
        Waf waf,

        @Size(max = 20)
        @JsonPropertyDescription(
                "AWS resources that somebody else made and this object takes over: the part that each is to play, such as "
                        + "DbInstance/main, to the id by which AWS knows it. They are only tagged; of their settings only "
                        + "those are managed that this spec sets itself. Deleting this object gives them back. Absent: none.")
        Map<String, @Size(max = 256) String> adopt) {
    /** Whether the operator changes AWS. */
    public enum Management {
        /** Converge AWS to the spec. */
        @JsonProperty("Manage")
        MANAGE,
        /** Plan and report only. */
        @JsonProperty("Observe")
        OBSERVE
    }

    /** What happens to drift. */
    public enum DriftPolicy {
        /** Put it back. */
        @JsonProperty("Correct")
        CORRECT,
        /** Report it and leave it. */
        @JsonProperty("Report")
        REPORT
    }

    /** What waits for somebody's yes. */
    public enum Approval {
        /** Nothing. */
        @JsonProperty("None")
        NONE,
        /** Steps of class Failover and above. */
        @JsonProperty("Disruptive")
        DISRUPTIVE
    }

    /** What deletion leaves. */
    public enum DeletionPolicy {
        /** A final snapshot of the database. */
        @JsonProperty("Snapshot")
        SNAPSHOT,
        /** The whole stack. */
        @JsonProperty("Retain")
        RETAIN,
        /** Nothing. */
        @JsonProperty("Delete")
        DELETE
    }
}
