package africa.mycandidate.operator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Wrong specs that people really write, each as a JSON merge patch of a good one, with the words of the sentence that they see. */
public final class Refusals {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GOOD = """
            {"apiVersion": "deploy.mycandidate.africa/v1alpha1", "kind": "MyCandidateDeployment", "metadata": {"name": "NAME"},
             "spec": {"region": "af-south-1", "image": "example.org/mycandidate:1.4.2",
                      "domain": {"name": "southafrica.mycandidate.africa", "hostedZoneId": "Z0123456789"}}}
            """;

    private static final String ARN = "arn:aws:secretsmanager:af-south-1:123456789012:secret:x-AbCdEf";
    private static final String EXISTING =
            "{'vpcId': 'vpc-1', 'publicSubnetIds': ['subnet-1', 'subnet-2'], 'privateSubnetIds': ['subnet-3', 'subnet-4']}";
    private static final String NETWORK =
            "'Vpc/main': 'vpc-1', 'Subnet/public-a': 'subnet-1', 'Subnet/public-b': 'subnet-2', 'Subnet/private-a': 'subnet-3', 'Subnet/private-b': 'subnet-4'";
    private static final String GROUPS = "'SecurityGroup/tasks': 'sg-1', 'SecurityGroup/load-balancer': 'sg-2'";
    private static final String CERTIFICATE = ":123456789012:certificate/12345678-1234-1234-1234-123456789012";

    static final String ROLE = "arn:aws:iam::210987654321:role/mycandidate-operator";

    /** @param fields a JSON merge patch of spec */
    public record Refusal(String what, String fields, String sentence) {}

    /** Specs that no new object may have. */
    public static final List<Refusal> NEW = List.of(
            new Refusal("no image", "{'image': null}", "spec.image: Required value"),
            new Refusal("no domain name", "{'domain': {'name': null}}", "spec.domain.name: Required value"),
            new Refusal(
                    "an unknown region",
                    "{'region': 'af-south-9'}",
                    "AWS has no such region; write the code of one, such as af-south-1"),
            new Refusal("a zone for a region", "{'region': 'af-south-1a'}", "not a zone such as af-south-1a"),
            new Refusal("a region by its name", "{'region': 'Cape Town'}", "AWS has no such region"),
            new Refusal(
                    "an account by its number",
                    "{'account': {'roleArn': '210987654321'}}",
                    "write the ARN of an IAM role (not of a user, an instance profile or a session), such as arn:aws:iam::210987654321:role/mycandidate-operator"),
            new Refusal(
                    "a user for a role",
                    "{'account': {'roleArn': 'arn:aws:iam::210987654321:user/mycandidate'}}",
                    "write the ARN of an IAM role"),
            new Refusal(
                    "an instance profile for a role",
                    "{'account': {'roleArn': 'arn:aws:iam::210987654321:instance-profile/mycandidate'}}",
                    "write the ARN of an IAM role"),
            new Refusal(
                    "a session for a role",
                    "{'account': {'roleArn': 'arn:aws:sts::210987654321:assumed-role/mycandidate/me'}}",
                    "write the ARN of an IAM role"),
            new Refusal(
                    "a role with a space",
                    "{'account': {'roleArn': 'arn:aws:iam::210987654321:role/my candidate'}}",
                    "write the ARN of an IAM role"),
            new Refusal(
                    "an account without its role",
                    "{'account': {'externalId': 'kenya-7'}}",
                    "spec.account.roleArn: Required value"),
            new Refusal(
                    "an external id with a space",
                    "{'account': {'roleArn': '" + ROLE + "', 'externalId': 'kenya 7'}}",
                    "without spaces"),
            new Refusal(
                    "an external id of one sign",
                    "{'account': {'roleArn': '" + ROLE + "', 'externalId': 'k'}}",
                    "should be at least 2 chars long"),
            new Refusal(
                    "a certificate of another account",
                    "{'account': {'roleArn': '" + ROLE + "'}, 'domain': {'certificateArn': 'arn:aws:acm:af-south-1"
                            + CERTIFICATE + "'}}",
                    "the certificate is in account 123456789012, and the load balancer is in 210987654321"),
            new Refusal(
                    "an image without a tag", "{'image': 'example.org:5000/mycandidate'}", "write a tag or a digest"),
            new Refusal(
                    "latest",
                    "{'image': 'example.org/mycandidate:latest'}",
                    "latest means another image every day; pin a version"),
            new Refusal("an image as a URL", "{'image': 'https://example.org/mycandidate:1'}", "without https://"),
            new Refusal(
                    "an image in upper case",
                    "{'image': 'example.org/MyCandidate:1'}",
                    "write an image as registry/repository:tag in lower case"),
            new Refusal(
                    "a pull secret itself",
                    "{'imagePullSecretArn': 'hunter2'}",
                    "write the ARN of a Secrets Manager secret"),
            new Refusal(
                    "a domain without a dot",
                    "{'domain': {'name': 'southafrica'}}",
                    "write the full domain name with its dots"),
            new Refusal(
                    "a domain as a URL",
                    "{'domain': {'name': 'https://a.example.org'}}",
                    "without https:// and without a path"),
            new Refusal(
                    "a domain in upper case",
                    "{'domain': {'name': 'SouthAfrica.example.org'}}",
                    "write the domain name in lower case"),
            new Refusal(
                    "a domain with a dot at the end",
                    "{'domain': {'name': 'a.example.org.'}}",
                    "without a dot at the end"),
            new Refusal(
                    "a domain with an underscore",
                    "{'domain': {'name': 'south_africa.example.org'}}",
                    "no underscore and no asterisk"),
            new Refusal("a wildcard domain", "{'domain': {'name': '*.example.org'}}", "no underscore and no asterisk"),
            new Refusal(
                    "a domain with an empty label",
                    "{'domain': {'name': 'a..example.org'}}",
                    "labels of letters, digits and hyphens"),
            new Refusal(
                    "an alternative name as a URL",
                    "{'domain': {'alternativeNames': ['https://www.example.org']}}",
                    "write each alternative name alone"),
            new Refusal(
                    "an alternative name without a dot",
                    "{'domain': {'alternativeNames': ['www']}}",
                    "write each alternative name in full, with its dots"),
            new Refusal(
                    "an alternative name in upper case",
                    "{'domain': {'alternativeNames': ['WWW.example.org']}}",
                    "write each alternative name in lower case"),
            new Refusal(
                    "an alternative name with a dot at the end",
                    "{'domain': {'alternativeNames': ['www.example.org.']}}",
                    "write each alternative name without a dot at the end"),
            new Refusal(
                    "a wildcard as an alternative name",
                    "{'domain': {'alternativeNames': ['*.example.org']}}",
                    "no underscore and no asterisk: list each name in full"),
            new Refusal(
                    "an alternative name with an empty label",
                    "{'domain': {'alternativeNames': ['www..example.org']}}",
                    "write alternative names of labels of letters"),
            new Refusal(
                    "an alternative name twice",
                    "{'domain': {'alternativeNames': ['www.example.org', 'www.example.org']}}",
                    "write each alternative name once"),
            new Refusal(
                    "the name as an alternative one",
                    "{'domain': {'alternativeNames': ['southafrica.mycandidate.africa']}}",
                    "domain.name is served anyway: write only further names"),
            new Refusal(
                    "ten alternative names",
                    "{'domain': {'alternativeNames': ['n0.example.org', 'n1.example.org', 'n2.example.org', 'n3.example.org', 'n4.example.org', 'n5.example.org', 'n6.example.org', 'n7.example.org', 'n8.example.org', 'n9.example.org']}}",
                    "must have at most 9 items"),
            new Refusal(
                    "a role for no zone",
                    "{'domain': {'hostedZoneId': null, 'hostedZoneRoleArn': 'arn:aws:iam::210987654321:role/mycandidate-operator-dns'}}",
                    "write domain.hostedZoneId too"),
            new Refusal(
                    "a zone role that the operator may not assume",
                    "{'domain': {'hostedZoneRoleArn': 'arn:aws:iam::210987654321:role/dns'}}",
                    "whose path and name begin with mycandidate-operator"),
            new Refusal(
                    "a user for the zone",
                    "{'domain': {'hostedZoneRoleArn': 'arn:aws:iam::210987654321:user/mycandidate-operator'}}",
                    "write the ARN of an IAM role"),
            new Refusal(
                    "a zone by its name",
                    "{'domain': {'hostedZoneId': 'example.org'}}",
                    "write the id of the hosted zone, such as Z0123456789"),
            new Refusal(
                    "a zone as the API gives it",
                    "{'domain': {'hostedZoneId': '/hostedzone/Z0123456789'}}",
                    "and not /hostedzone/Z0123456789"),
            new Refusal(
                    "a certificate of another region",
                    "{'domain': {'certificateArn': 'arn:aws:acm:us-east-1" + CERTIFICATE + "'}}",
                    "the certificate is in us-east-1, and the load balancer is in af-south-1; write a certificateArn of af-south-1"),
            new Refusal(
                    "an IAM certificate",
                    "{'domain': {'certificateArn': 'arn:aws:iam::123456789012:server-certificate/x'}}",
                    "write the ARN of an ACM certificate"),
            new Refusal(
                    "a Fargate pair with too little memory",
                    "{'container': {'cpu': 1024, 'memory': 1024}}",
                    "Fargate has no task with cpu 1024 and memory 1024; for this cpu write container.memory as 2048 to 8192 in steps of 1024"),
            new Refusal(
                    "a cpu that the default memory does not fit",
                    "{'container': {'cpu': 2048}}",
                    "for this cpu write container.memory as 4096 to 16384"),
            new Refusal(
                    "memory in GB",
                    "{'container': {'memory': 2}}",
                    "for this cpu write container.memory as 1024, 2048, 3072 or 4096"),
            new Refusal("a cpu in vCPU", "{'container': {'cpu': 2}}", "Fargate has no such cpu; write 256, 512, 1024"),
            new Refusal(
                    "memory as Kubernetes writes it",
                    "{'container': {'memory': '1Gi'}}",
                    "spec.container.memory: Invalid value: \"string\""),
            new Refusal("a user who is root", "{'container': {'user': 'root'}}", "the container must not run as root"),
            new Refusal("a user 0", "{'container': {'user': '0:0'}}", "the container must not run as root"),
            new Refusal(
                    "a user without quotes",
                    "{'container': {'user': 1000}}",
                    "spec.container.user: Invalid value: \"integer\""),
            new Refusal("port 80", "{'container': {'port': 80}}", "write a port from 1024 to 65535"),
            new Refusal("port 70000", "{'container': {'port': 70000}}", "write a port from 1024 to 65535"),
            new Refusal(
                    "the operator's variable",
                    "{'container': {'environment': {'DATABASE_URL': 'postgres://x'}}}",
                    "DATABASE_URL, REDIS_URL, SECRET_KEY and SITE_URL are set by the operator; take them out of container.environment"),
            new Refusal(
                    "the operator's secret",
                    "{'container': {'secrets': {'SECRET_KEY': '" + ARN + "'}}}",
                    "take them out of container.secrets"),
            new Refusal(
                    "a variable with a hyphen",
                    "{'container': {'environment': {'MAP-STYLE': 'light'}}}",
                    "write names of letters, digits and underscores"),
            new Refusal(
                    "a variable without quotes",
                    "{'container': {'environment': {'DEBUG': true}}}",
                    "spec.container.environment.DEBUG: Invalid value: \"boolean\""),
            new Refusal(
                    "a secret itself",
                    "{'container': {'secrets': {'MAPS_KEY': 'hunter2'}}}",
                    "never the secret itself"),
            new Refusal(
                    "a name twice",
                    "{'container': {'environment': {'A': 'x'}, 'secrets': {'A': '" + ARN + "'}}}",
                    "the same name stands in container.environment and in container.secrets"),
            new Refusal(
                    "a health check as a URL",
                    "{'container': {'healthCheck': {'path': 'https://a.example.org/'}}}",
                    "write a path that begins with a slash"),
            new Refusal(
                    "health codes of servers in trouble",
                    "{'container': {'healthCheck': {'codes': '200-599'}}}",
                    "write HTTP codes from 200 to 499"),
            new Refusal("no task", "{'scaling': {'minTasks': 0}}", "should be greater than or equal to 1"),
            new Refusal(
                    "min over max",
                    "{'scaling': {'minTasks': 5, 'maxTasks': 3}}",
                    "minTasks is 5 and maxTasks is 3; write a scaling.maxTasks of at least minTasks"),
            new Refusal(
                    "min over the default max", "{'scaling': {'minTasks': 12}}", "minTasks is 12 and maxTasks is 10"),
            new Refusal(
                    "thresholds the wrong way round",
                    "{'scaling': {'scaleOutCpuPercent': 25}}",
                    "tasks would be added and removed in turns"),
            new Refusal(
                    "too many connections",
                    "{'scaling': {'maxTasks': 20}}",
                    "20 tasks with 10 connections each are 200, more than db.t3.small has room for; lower scaling.maxTasks"),
            new Refusal(
                    "too small a class",
                    "{'database': {'instanceClass': 'db.t4g.micro'}}",
                    "more than db.t4g.micro has room for"),
            new Refusal(
                    "more connections than any class has",
                    "{'scaling': {'maxTasks': 500}, 'database': {'instanceClass': 'db.r7g.16xlarge'}}",
                    "has room for"),
            new Refusal(
                    "a class of EC2",
                    "{'database': {'instanceClass': 't3.small'}}",
                    "write an RDS instance class, such as db.t3.small"),
            new Refusal(
                    "an old PostgreSQL",
                    "{'database': {'engineVersion': '11'}}",
                    "write a PostgreSQL version of 12 or newer"),
            new Refusal(
                    "a version without quotes",
                    "{'database': {'engineVersion': 16}}",
                    "spec.database.engineVersion: Invalid value: \"integer\""),
            new Refusal(
                    "too little storage", "{'database': {'storageGiB': 5}}", "should be greater than or equal to 20"),
            new Refusal(
                    "no room for the storage to grow",
                    "{'database': {'storageGiB': 95}}",
                    "write a database.maxStorageGiB of at least 105"),
            new Refusal(
                    "no backups", "{'database': {'backupRetentionDays': 0}}", "0 would turn the automated backups off"),
            new Refusal("backups for a year", "{'database': {'backupRetentionDays': 365}}", "write 1 to 35 days"),
            new Refusal(
                    "a key by its alias", "{'database': {'kmsKeyArn': 'alias/mine'}}", "write the ARN of a KMS key"),
            new Refusal(
                    "a cache class of RDS", "{'cache': {'nodeType': 'db.t3.micro'}}", "write an ElastiCache node type"),
            new Refusal(
                    "a cache that cannot encrypt",
                    "{'cache': {'nodeType': 'cache.t1.micro'}}",
                    "this node type cannot encrypt"),
            new Refusal("too many replicas", "{'cache': {'replicas': 6}}", "should be less than or equal to 5"),
            new Refusal("Valkey", "{'cache': {'engineVersion': '8.0'}}", "write the Redis version"),
            new Refusal("a CIDR too small", "{'network': {'cidr': '10.0.0.0/26'}}", "write a range from /16 to /24"),
            new Refusal("a CIDR too large", "{'network': {'cidr': '10.0.0.0/8'}}", "AWS allows no larger one"),
            new Refusal("a public CIDR", "{'network': {'cidr': '52.10.0.0/16'}}", "write a private range"),
            new Refusal(
                    "a CIDR with a host's address",
                    "{'network': {'cidr': '10.0.1.5/16'}}",
                    "the address is not the first of its range; write 10.0.0.0/16"),
            new Refusal("no CIDR", "{'network': {'cidr': '10.0.0.0'}}", "write an IPv4 range, such as 10.0.0.0/16"),
            new Refusal("one zone", "{'network': {'availabilityZones': 1}}", "should be greater than or equal to 2"),
            new Refusal(
                    "an unknown choice of gateways",
                    "{'network': {'natGateways': 'Double'}}",
                    "supported values: \"None\", \"PerZone\", \"Single\""),
            new Refusal(
                    "an existing network with a CIDR",
                    "{'network': {'cidr': '10.0.0.0/16', 'existing': " + EXISTING + "}}",
                    "an existing network is used as it is; remove cidr"),
            new Refusal(
                    "a VPC by its name",
                    "{'network': {'existing': {'vpcId': 'main', 'publicSubnetIds': ['subnet-1', 'subnet-2'], 'privateSubnetIds': ['subnet-3', 'subnet-4']}}}",
                    "write the id of a VPC, such as vpc-0123456789abcdef0"),
            new Refusal(
                    "one subnet for both",
                    "{'network': {'existing': {'vpcId': 'vpc-1', 'publicSubnetIds': ['subnet-1', 'subnet-2'], 'privateSubnetIds': ['subnet-2', 'subnet-3']}}}",
                    "a subnet is public or private; name each once"),
            new Refusal(
                    "a part that there is not",
                    "{'adopt': {'EcsService/app': 'web'}}",
                    "write the part that each resource is to play: Vpc/main, Subnet/public-a"),
            new Refusal("a bucket", "{'adopt': {'Bucket/main': 'files'}}", "other types cannot be taken over"),
            new Refusal(
                    "a database by its ARN",
                    "{'adopt': {'DbInstance/main': 'arn:aws:rds:af-south-1:123456789012:db:main', 'SecretValue/database-url': '"
                            + ARN + "'}}",
                    "write the id by which AWS knows each"),
            new Refusal(
                    "a secret by its name",
                    "{'adopt': {'SecretValue/flask-key': 'flask'}}",
                    "the ARN of a secret or certificate"),
            new Refusal(
                    "half a network",
                    "{'adopt': {'Vpc/main': 'vpc-1'}}",
                    "a network is taken over whole: name Vpc/main"),
            new Refusal(
                    "one subnet twice",
                    "{'adopt': {" + NETWORK.replace("subnet-2", "subnet-1") + "}}",
                    "one resource cannot play two parts"),
            new Refusal(
                    "a database without its URL",
                    "{'adopt': {" + NETWORK + ", " + GROUPS + ", 'DbInstance/main': 'main'}}",
                    "DbInstance/main and SecretValue/database-url go together: AWS never shows a password"),
            new Refusal(
                    "a cache without its URL",
                    "{'adopt': {" + NETWORK + ", " + GROUPS + ", 'ReplicationGroup/main': 'main'}}",
                    "ReplicationGroup/main and SecretValue/redis-url go together"),
            new Refusal(
                    "a database without its network",
                    "{'adopt': {'DbInstance/main': 'main', 'SecretValue/database-url': '" + ARN + "'}}",
                    "a database or cache is reached in its own VPC only"),
            new Refusal(
                    "a database that nobody reaches",
                    "{'adopt': {" + NETWORK + ", 'DbInstance/main': 'main', 'SecretValue/database-url': '" + ARN
                            + "'}}",
                    "name as SecurityGroup/tasks the security group that the database or cache lets in"),
            new Refusal(
                    "tasks that nobody reaches",
                    "{'adopt': {" + NETWORK + ", 'SecurityGroup/tasks': 'sg-1'}}",
                    "name as SecurityGroup/load-balancer the security group that SecurityGroup/tasks lets in"),
            new Refusal(
                    "a group without its network", "{'adopt': {" + GROUPS + "}}", "a security group belongs to a VPC"),
            new Refusal(
                    "another record than the site's",
                    "{'adopt': {'DnsRecord/site': 'www.example.org'}}",
                    "DnsRecord/site is the record of domain.name in domain.hostedZoneId"),
            new Refusal(
                    "a certificate to use and to take over",
                    "{'domain': {'certificateArn': 'arn:aws:acm:af-south-1" + CERTIFICATE
                            + "'}, 'adopt': {'Certificate/site': 'arn:aws:acm:af-south-1" + CERTIFICATE + "'}}",
                    "domain.certificateArn uses a certificate, Certificate/site takes one over; write one of the two"),
            new Refusal(
                    "a network to use and to take over",
                    "{'network': {'existing': " + EXISTING + "}, 'adopt': {" + NETWORK + "}}",
                    "network.existing uses a network, adopt takes one over; write one of the two"),
            new Refusal("alarms for nobody", "{'alarms': {}}", "alarms that nobody gets wake nobody"),
            new Refusal(
                    "alarms by mail and to a topic",
                    "{'alarms': {'email': 'on-call@example.org', 'topicArn': 'arn:aws:sns:af-south-1:123456789012:on-call'}}",
                    "write alarms.email or alarms.topicArn, not both"),
            new Refusal(
                    "a name for an address",
                    "{'alarms': {'email': 'on-call'}}",
                    "write one e-mail address, such as on-call@example.org"),
            new Refusal(
                    "two addresses",
                    "{'alarms': {'email': 'a@example.org,b@example.org'}}",
                    "write one e-mail address"),
            new Refusal(
                    "a topic by its name",
                    "{'alarms': {'topicArn': 'on-call'}}",
                    "write the ARN of an SNS topic, such as arn:aws:sns:af-south-1:123456789012:on-call"),
            new Refusal(
                    "a FIFO topic",
                    "{'alarms': {'topicArn': 'arn:aws:sns:af-south-1:123456789012:on-call.fifo'}}",
                    "CloudWatch cannot notify a FIFO topic; write the ARN of a standard topic"),
            new Refusal(
                    "a topic of another region",
                    "{'alarms': {'topicArn': 'arn:aws:sns:eu-west-1:123456789012:on-call'}}",
                    "the topic is in eu-west-1, and the alarms are in af-south-1; an alarm notifies topics of its own region only, so write a topicArn of af-south-1"),
            new Refusal(
                    "a topic of another account",
                    "{'account': {'roleArn': '" + ROLE
                            + "'}, 'alarms': {'topicArn': 'arn:aws:sns:af-south-1:123456789012:on-call'}}",
                    "the topic is in account 123456789012, and the alarms are in 210987654321; write a topicArn of that account"),
            new Refusal(
                    "a retention that CloudWatch has not",
                    "{'logs': {'retentionDays': 10}}",
                    "CloudWatch Logs does not keep logs for that long; write 1, 3, 5, 7, 14, 30"),
            new Refusal(
                    "a window in words",
                    "{'maintenanceWindow': {'from': '2am'}}",
                    "write the time as 24-hour HH:MM in quotes"),
            new Refusal(
                    "a day in full", "{'maintenanceWindow': {'day': 'Sunday'}}", "supported values: \"Fri\", \"Mon\""),
            new Refusal("an offset for a zone", "{'timeZone': '+02:00'}", "an offset such as +02:00 is not one"),
            new Refusal(
                    "a tag of AWS",
                    "{'tags': {'aws:owner': 'x'}}",
                    "belong to AWS and to the operator; write another key"),
            new Refusal(
                    "a tag of the operator",
                    "{'tags': {'mycandidate.africa/stack': 'x'}}",
                    "belong to AWS and to the operator"),
            new Refusal("a tag key with a space", "{'tags': {'cost centre': 'x'}}", "without spaces"),
            new Refusal("a tag of RDS", "{'tags': {'rds:owner': 'x'}}", "belong to AWS and to the operator"),
            new Refusal("a tag value of AWS", "{'tags': {'owner': 'aws:x'}}", "belongs to AWS; write another value"),
            new Refusal("a tag value of RDS", "{'tags': {'owner': 'rds:x'}}", "belongs to AWS; write another value"),
            new Refusal(
                    "a tag key that EC2 does not take",
                    "{'tags': {'" + "a".repeat(128) + "': 'x'}}",
                    "of at most 127 characters"),
            new Refusal(
                    "long tag keys",
                    "{'tags': {'" + "a".repeat(120) + "': 'x', '" + "b".repeat(120) + "': 'y'}}",
                    "longer than 200 characters together"));

    /** Sources of a database that are none. */
    public static final List<Refusal> RESTORES = List.of(
            new Refusal(
                    "a role in allowDataLoss",
                    "{'allowDataLoss': ['DbInstance/main']}",
                    "write components that hold data: database, cache or storage"),
            new Refusal("an empty source", "{'database': {'restoreFrom': {}}}", "write either snapshot"),
            new Refusal(
                    "two sources",
                    "{'database': {'restoreFrom': {'snapshot': 'a', 'instance': 'b'}}}",
                    "write either snapshot: the name of one, or instance: the identifier of one with a time"),
            new Refusal(
                    "a snapshot with a time",
                    "{'database': {'restoreFrom': {'snapshot': 'a', 'time': '2029-05-28T06:30'}}}",
                    "a snapshot has its own time"),
            new Refusal(
                    "a time with an offset",
                    "{'database': {'restoreFrom': {'instance': 'a', 'time': '2029-05-28T06Z'}}}",
                    "write the time as YYYY-MM-DDTHH:MM in spec.timeZone"),
            new Refusal(
                    "a time with a space",
                    "{'database': {'restoreFrom': {'instance': 'a', 'time': '2029-05-28 06:30'}}}",
                    "write the time as YYYY-MM-DDTHH:MM in spec.timeZone"),
            new Refusal(
                    "an instance by its ARN",
                    "{'database': {'restoreFrom': {'instance': 'arn:aws:rds:af-south-1:123456789012:db:a'}}}",
                    "write the identifier of the instance"),
            new Refusal(
                    "an instance by its endpoint",
                    "{'database': {'restoreFrom': {'instance': 'a.b.af-south-1.rds.amazonaws.com'}}}",
                    "not its ARN and not its endpoint"),
            new Refusal(
                    "the ARN of an instance as a snapshot",
                    "{'database': {'restoreFrom': {'snapshot': 'arn:aws:rds:af-south-1:123456789012:db:a'}}}",
                    "write the name of a snapshot"),
            new Refusal(
                    "a bucket's name that the operator sets",
                    "{'storage': {}, 'container': {'environment': {'STORAGE_BUCKET': 'mine'}}}",
                    "take it out of container.environment and container.secrets"),
            new Refusal(
                    "a bucket's name as a secret",
                    "{'storage': {}, 'container': {'secrets': {'STORAGE_BUCKET': 'arn:aws:secretsmanager:af-south-1:123456789012:secret:a-AbCdEf'}}}",
                    "with spec.storage the operator sets STORAGE_BUCKET"),
            new Refusal(
                    "two jobs of one name",
                    "{'jobs': [{'name': 'load', 'command': ['a']}, {'name': 'load', 'command': ['b']}]}",
                    "two jobs have the same name; give each a name of its own"),
            new Refusal(
                    "a job with a name that no tag could bear",
                    "{'jobs': [{'name': 'Load it', 'command': ['a']}]}",
                    "write the name of a job in lower case letters, digits and hyphens, such as load-candidates"),
            new Refusal(
                    "a command longer than ECS takes",
                    "{'release': {'command': ["
                            + "'%s',".formatted("a".repeat(1000)).repeat(5).replaceAll(",$", "") + "]}}",
                    "the command is longer than 4000 characters together; put it into a script in the image"),
            new Refusal("a release without a command", "{'release': {'timeoutMinutes': 15}}", "spec.release.command"),
            new Refusal(
                    "a release that may take forever",
                    "{'release': {'command': ['a'], 'timeoutMinutes': 121}}",
                    "spec.release.timeoutMinutes"),
            new Refusal(
                    "an election's name in capitals",
                    "{'elections': [{'name': 'National 2029', 'from': '2029-05-28T00:00', 'to': '2029-05-31T00:00'}]}",
                    "write a name of lower case letters, digits and hyphens, such as national-2029"),
            new Refusal(
                    "an election with a date alone",
                    "{'elections': [{'name': 'a', 'from': '2029-05-28', 'to': '2029-05-31T00:00'}]}",
                    "write a date and time as YYYY-MM-DDTHH:MM in quotes and without a zone"),
            new Refusal(
                    "an election with a zone in its time",
                    "{'elections': [{'name': 'a', 'from': '2029-05-28T00:00Z', 'to': '2029-05-31T00:00'}]}",
                    "spec.elections[0].from: Too long: may not be more than 16"),
            new Refusal(
                    "an election on a day that there is not",
                    "{'elections': [{'name': 'a', 'from': '2029-06-31T00:00', 'to': '2029-07-01T00:00'}]}",
                    "write a date and time as YYYY-MM-DDTHH:MM"),
            new Refusal(
                    "an election that ends before it begins",
                    "{'elections': [{'name': 'a', 'from': '2029-05-28T00:00', 'to': '2029-05-27T00:00'}]}",
                    "the election a ends at 2029-05-27T00:00, which is not after its beginning, 2029-05-28T00:00; write a later to"),
            new Refusal(
                    "elections that overlap",
                    "{'elections': [{'name': 'a', 'from': '2029-05-28T00:00', 'to': '2029-05-31T00:00'}, {'name': 'b', 'from': '2029-05-30T00:00', 'to': '2029-06-02T00:00'}]}",
                    "two elections overlap: let one end before the other begins, or write one for both"),
            new Refusal(
                    "two elections of one name",
                    "{'elections': [{'name': 'a', 'from': '2029-05-28T00:00', 'to': '2029-05-31T00:00'}, {'name': 'a', 'from': '2029-06-30T00:00', 'to': '2029-07-02T00:00'}]}",
                    "two elections have the same name; write another one for each"),
            new Refusal(
                    "an election's floor above its ceiling",
                    "{'elections': [{'name': 'a', 'from': '2029-05-28T00:00', 'to': '2029-05-31T00:00', 'minTasks': 8, 'maxTasks': 6}]}",
                    "minTasks is more than maxTasks; write a lower minTasks or a higher maxTasks"),
            new Refusal(
                    "an election with more connections than its database has",
                    "{'elections': [{'name': 'a', 'from': '2029-05-28T00:00', 'to': '2029-05-31T00:00', 'maxTasks': 40}]}",
                    "lower its maxTasks or write a larger databaseClass"),
            new Refusal(
                    "an election's database class without db.",
                    "{'elections': [{'name': 'a', 'from': '2029-05-28T00:00', 'to': '2029-05-31T00:00', 'databaseClass': 'm7g.large'}]}",
                    "write an RDS instance class, such as db.m7g.large"),
            new Refusal(
                    "an election's node type without cache.",
                    "{'elections': [{'name': 'a', 'from': '2029-05-28T00:00', 'to': '2029-05-31T00:00', 'cacheNodeType': 'm7g.large'}]}",
                    "write an ElastiCache node type, such as cache.m7g.large"),
            new Refusal(
                    "an election's old node type",
                    "{'elections': [{'name': 'a', 'from': '2029-05-28T00:00', 'to': '2029-05-31T00:00', 'cacheNodeType': 'cache.m1.large'}]}",
                    "this node type cannot encrypt what it sends"),
            new Refusal(
                    "an election with fewer capacity units than AWS reserves",
                    "{'elections': [{'name': 'a', 'from': '2029-05-28T00:00', 'to': '2029-05-31T00:00', 'loadBalancerCapacityUnits': 99}]}",
                    "spec.elections[0].loadBalancerCapacityUnits"),
            new Refusal(
                    "an election's lead of two days",
                    "{'elections': [{'name': 'a', 'from': '2029-05-28T00:00', 'to': '2029-05-31T00:00', 'leadMinutes': 2880}]}",
                    "spec.elections[0].leadMinutes"));

    /** A CDN that cannot be. */
    public static final List<Refusal> CDN = List.of(
            new Refusal(
                    "a CDN without a zone",
                    "{'cdn': {}, 'domain': {'hostedZoneId': null}}",
                    "write the zone's id, or remove spec.cdn"),
            new Refusal(
                    "a CDN in China",
                    "{'cdn': {}, 'region': 'cn-north-1'}",
                    "CloudFront cannot be had in the partitions aws-cn and aws-us-gov"),
            new Refusal(
                    "a path without a slash",
                    "{'cdn': {'cachedPaths': ['static/*']}}",
                    "write path patterns that begin with a slash, such as /static/*"),
            new Refusal(
                    "all paths",
                    "{'cdn': {'cachedPaths': ['/*']}}",
                    "a pattern for all paths would show one visitor's pages to others"),
            new Refusal(
                    "a path twice",
                    "{'cdn': {'cachedPaths': ['/static/*', '/static/*']}}",
                    "stands in spec.cdn.cachedPaths twice; write each once"));

    /** What the operator does not act on yet. */
    public static final List<Refusal> UNSUPPORTED = List.of(
            later("waf", "{'waf': {}}", "waf is not supported yet"),
            later("a field that there is not", "{'scalling': {'minTasks': 3}}", "unknown field \"spec.scalling\""));

    /** Changes of an object that has database {engineVersion: 16.4, storageGiB: 50}, cache {engineVersion: 7.1} and else the defaults. */
    static final List<Refusal> CHANGES = List.of(
            new Refusal(
                    "another region",
                    "{'region': 'eu-west-1'}",
                    "a stack cannot move to another region; write region: af-south-1 again, and make a new MyCandidateDeployment for eu-west-1"),
            new Refusal(
                    "another account",
                    "{'account': {'roleArn': '" + ROLE + "'}}",
                    "a stack cannot move to another account; remove spec.account again, and make a new MyCandidateDeployment for the other account"),
            new Refusal(
                    "another CIDR than the default",
                    "{'network': {'cidr': '10.1.0.0/16'}}",
                    "write network.cidr: 10.0.0.0/16"),
            new Refusal(
                    "another domain",
                    "{'domain': {'name': 'other.example.org'}}",
                    "apply a second resource with the new name"),
            new Refusal(
                    "the hosted zone taken out",
                    "{'domain': {'hostedZoneId': null}}",
                    "the hosted zone can be added, but not changed or taken out"),
            new Refusal(
                    "a move to another network",
                    "{'network': {'existing': " + EXISTING + "}}",
                    "a site cannot move to another network"),
            new Refusal("more zones", "{'network': {'availabilityZones': 3}}", "write network.availabilityZones: 2"),
            new Refusal(
                    "a key added",
                    "{'database': {'kmsKeyArn': 'arn:aws:kms:af-south-1:123456789012:key/1234'}}",
                    "the key of an encrypted database cannot change"),
            new Refusal(
                    "storage shrunk",
                    "{'database': {'storageGiB': 30}}",
                    "a database's storage cannot shrink; write database.storageGiB of at least 50"),
            new Refusal(
                    "storage removed, which means 20",
                    "{'database': {'storageGiB': null}}",
                    "write database.storageGiB of at least 50"),
            new Refusal("the block removed", "{'database': null}", "write database.storageGiB of at least 50"),
            new Refusal(
                    "an older major version",
                    "{'database': {'engineVersion': '15'}}",
                    "a database cannot go back to an older version; write database.engineVersion: \"16.4\" or newer"),
            new Refusal(
                    "an older minor version", "{'database': {'engineVersion': '16.3'}}", "a database cannot go back"),
            new Refusal(
                    "an older Redis",
                    "{'cache': {'engineVersion': '7.0'}}",
                    "a cache cannot go back to an older version; write cache.engineVersion: \"7.1\" or newer"));

    /** Changes of the same object that are fine. */
    static final List<String> FINE_CHANGES = List.of(
            "{'network': {'cidr': '10.0.0.0/16', 'availabilityZones': 2}}",
            "{'network': null}",
            "{'domain': {'alternativeNames': ['www.southafrica.mycandidate.africa', 'xn--zca.example.org', 'n2.example.org', 'n3.example.org', 'n4.example.org', 'n5.example.org', 'n6.example.org', 'n7.example.org', 'n8.example.org']}}",
            "{'domain': {'hostedZoneRoleArn': 'arn:aws:iam::210987654321:role/mycandidate-operator/dns'}}",
            "{'database': {'engineVersion': '16'}}",
            "{'database': {'engineVersion': '17'}}",
            "{'database': {'storageGiB': 60}}",
            "{'cache': null}",
            "{'scaling': {'minTasks': 3, 'maxTasks': 16}, 'container': {'cpu': 1024, 'memory': 2048}}",
            "{'image': 'example.org/mycandidate@sha256:" + "a".repeat(64) + "'}",
            "{'database': {'instanceClass': 'db.x9.huge'}, 'scaling': {'maxTasks': 300}}",
            "{'database': {'restoreFrom': {'snapshot': 'rds:mcd-southafrica-main-2029-05-28-00-00'}}}",
            "{'database': {'restoreFrom': {'snapshot': 'arn:aws:rds:af-south-1:123456789012:snapshot:lists'}}}",
            "{'database': {'restoreFrom': {'instance': 'a', 'time': '2029-05-28T06:30'}}}",
            "{'allowDataLoss': ['database', 'cache'], 'database': {'kmsKeyArn': 'arn:aws:kms:af-south-1:123456789012:key/1234'}}",
            "{'storage': {}, 'allowDataLoss': ['storage']}",
            "{'container': {'environment': {'STORAGE_BUCKET': 'mine'}}}",
            "{'alarms': {'email': 'on-call+voting@mail.example.org'}}",
            "{'alarms': {'topicArn': 'arn:aws:sns:af-south-1:123456789012:on-call'}}",
            "{'elections': [{'name': 'a', 'from': '2029-05-28T00:00', 'to': '2029-05-31T00:00'}, {'name': 'b', 'from': '2029-05-31T00:00', 'to': '2029-06-01T00:00', 'minTasks': 20, 'databaseClass': 'db.m7g.large'}]}",
            "{'elections': [], 'suspend': false, 'management': 'Manage', 'allowDataLoss': []}");

    private static Refusal later(String what, String fields, String sentence) {
        return new Refusal("not yet: " + what, fields, sentence);
    }

    private Refusals() {}

    /** A good object of that name with these merge patches of its spec, as JSON. */
    public static String object(String name, String... patches) throws JsonProcessingException {
        var object = (ObjectNode) JSON.readTree(GOOD.replace("NAME", name));
        for (var patch : patches)
            merge((ObjectNode) object.get("spec"), (ObjectNode) JSON.readTree(patch.replace('\'', '"')));
        return object.toString();
    }

    private static void merge(ObjectNode into, ObjectNode patch) {
        patch.properties().forEach(field -> {
            var have = into.get(field.getKey());
            if (field.getValue().isNull()) into.remove(field.getKey());
            else if (have instanceof ObjectNode old && field.getValue() instanceof ObjectNode more) merge(old, more);
            else into.set(field.getKey(), field.getValue());
        });
    }
}
