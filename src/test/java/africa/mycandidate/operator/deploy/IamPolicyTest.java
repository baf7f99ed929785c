package africa.mycandidate.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.reconcile.Simulation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;

/** {@code deploy/iam-policy*.json} allow what the operator calls, and nothing that it does not need. */
class IamPolicyTest {
    private static final Path POLICY = Path.of("deploy/iam-policy.json");
    /** What the optional blocks of a spec need, such as elections. */
    private static final Path OPTIONS = Path.of("deploy/iam-policy-options.json");
    /** For operators whose sites live in other accounts. */
    private static final Path ACCOUNTS = Path.of("deploy/iam-policy-accounts.json");

    /** For the role of a hosted zone in another account. */
    private static final Path ZONE = Path.of("deploy/iam-policy-zone.json");

    private static final Path SOURCE = Path.of("src/main/java/africa/mycandidate/operator");
    /** Where AWS is called: the handlers, and who assumes roles. */
    private static final List<String> CALLERS = List.of("resource", "aws");
    /** IAM User Guide, "IAM and AWS STS quotas": white space does not count. */
    private static final int LONGEST_MANAGED_POLICY = 6_144;

    /**
     * What AWS asks for besides the action of the call: a role in a task definition, a service's first use, a snapshot at deletion, tags in a registration, the versions
     * of what is deleted, the logs of a distribution.
     */
    private static final Set<String> IMPLIED = Set.of(
            "application-autoscaling:TagResource",
            "cloudfront:AllowVendedLogDeliveryForResource",
            "iam:CreateServiceLinkedRole",
            "iam:PassRole",
            "rds:CreateDBSnapshot",
            "s3:DeleteObjectVersion",
            "s3:TagResource");

    private static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry("Acm", "acm"),
            Map.entry("ApplicationAutoScaling", "application-autoscaling"),
            Map.entry("CloudFront", "cloudfront"),
            Map.entry("CloudWatch", "cloudwatch"),
            Map.entry("CloudWatchLogs", "logs"),
            Map.entry("Ec2", "ec2"),
            Map.entry("Ecs", "ecs"),
            Map.entry("ElastiCache", "elasticache"),
            Map.entry("ElasticLoadBalancingV2", "elasticloadbalancing"),
            Map.entry("Iam", "iam"),
            Map.entry("Rds", "rds"),
            Map.entry("Route53", "route53"),
            Map.entry("SecretsManager", "secretsmanager"),
            Map.entry("S3", "s3"),
            Map.entry("Sns", "sns"),
            Map.entry("ServiceQuotas", "servicequotas"),
            Map.entry("Sts", "sts"));

    /** S3 alone names many actions otherwise (Service Authorization Reference, Amazon S3). */
    private static final Map<String, String> OF_S3 = Map.of(
            "DeleteBucketTagging", "PutBucketTagging",
            "DeleteObjects", "DeleteObject",
            "GetBucketEncryption", "GetEncryptionConfiguration",
            "GetBucketLifecycleConfiguration", "GetLifecycleConfiguration",
            "GetPublicAccessBlock", "GetBucketPublicAccessBlock",
            "ListBuckets", "ListAllMyBuckets",
            "ListObjectVersions", "ListBucketVersions",
            "PutBucketEncryption", "PutEncryptionConfiguration",
            "PutBucketLifecycleConfiguration", "PutLifecycleConfiguration",
            "PutPublicAccessBlock", "PutBucketPublicAccessBlock");

    private static final Pattern CLIENT = Pattern.compile("\\b(\\w+)Client (\\w+)\\b");
    private static final Pattern AT_ONCE = Pattern.compile("of\\((\\w+)Client\\.class\\)\\s*\\.\\s*(\\w+)\\(");

    @Test
    void whatIsTakenOverCanOnlyBeTagged() throws IOException {
        var policy = JsonMapper.builder().build().readTree(Files.readString(Path.of("deploy/iam-policy-adopt.json")));
        for (var statement : policy.get("Statement"))
            for (var action : statement.get("Action"))
                assertThat(action.asText()).containsIgnoringCase("tag");
    }

    @Test
    void theRoleOfAZoneMayDoWhatIsCalledOfRoute53InThatZoneAndNothingElse() throws IOException {
        var allowed = new TreeSet<String>();
        for (var statement : read(ZONE).get("Statement")) {
            allowed.addAll(texts(statement.get("Action")));
            assertThat(statement.get("Resource").asText()).matches("arn:aws:route53:::hostedzone/Z[0-9A-Z]+");
        }
        var called = callsInTheSource().stream().filter(call -> call.startsWith("route53:"));
        assertThat(allowed).containsExactlyElementsOf(called.toList());
    }

    @Test
    void everyCallOfTheHandlersIsAllowedAndNothingElse() throws IOException {
        var allowed = allowed();
        var calls = callsInTheSource();
        assertThat(calls).hasSizeGreaterThan(100);
        assertThat(calls).allSatisfy(call -> assertThat(allowed).anyMatch(pattern -> covers(pattern, call)));

        var unused = new TreeSet<>(allowed);
        unused.removeIf(pattern -> calls.stream().anyMatch(call -> covers(pattern, call)));
        System.out.println("The IAM policy allows these beyond what is called by name: " + unused);
        assertThat(unused).isEqualTo(new TreeSet<>(IMPLIED));
    }

    @Test
    void aSimulatedLifeMakesNoCallThatTheSourceDoesNotShow() throws IOException {
        var simulation = new Simulation(11);
        var zone = simulation
                .aws
                .of(Route53Client.class)
                .createHostedZone(request -> request.name("mycandidate.africa").callerReference("test"))
                .hostedZone()
                .id()
                .replace("/hostedzone/", "");
        var spec = Simulation.with(Simulation.minimal(zone), "storage", new africa.mycandidate.operator.api.Storage());
        simulation.apply(spec);
        simulation.until("Ready", Duration.ofHours(3), Simulation::ready);
        var unprotected =
                new africa.mycandidate.operator.api.Database(null, null, null, null, null, null, false, null, null);
        simulation.apply(Simulation.with(spec, "database", unprotected));
        simulation.remove(Duration.ofHours(6));

        var made = simulation.effects.stream()
                .filter(effect -> !effect.service().equals("Kubernetes"))
                .map(IamPolicyTest::action)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(callsInTheSource()).containsAll(made);
    }

    @Test
    void itFitsAManagedPolicy() throws IOException {
        for (var file : List.of(POLICY, OPTIONS)) {
            var length = read(file).toString().length();
            System.out.println(file + " has " + length + " of " + LONGEST_MANAGED_POLICY + " characters.");
            assertThat(length).isLessThanOrEqualTo(LONGEST_MANAGED_POLICY);
        }
    }

    /** Whatever can change or delete something of somebody else's is tied to our tag, our names or our path. */
    @Test
    void nothingOfOthersCanBeChangedOrDeleted() throws IOException {
        for (var statement : statements()) {
            if (!statement.get("Resource").toString().equals("\"*\"") || statement.has("Condition")) continue;
            assertThat(texts(statement.get("Action")))
                    .as(statement.get("Sid").asText())
                    .allMatch(action -> action.matches("[a-z0-9-]+:(Describe|List|Get|Create|Allocate).*")
                            // IAM knows no resource for them (Service Authorization Reference, Amazon ECS and Amazon
                            // SNS).
                            || action.equals("ecs:DeregisterTaskDefinition")
                            || action.equals("sns:Unsubscribe"));
        }
    }

    /** It could give itself any right by a role that it may both make and assume. */
    @Test
    void itMayNotAssumeTheRolesThatItMayMake() throws IOException {
        var assumed = resources("sts:AssumeRole");
        var made = resources("iam:CreateRole");
        assertThat(assumed).containsExactly("arn:aws:iam::*:role/mycandidate-operator*");
        assertThat(made).allMatch(arn -> arn.startsWith("arn:aws:iam::*:role/mycandidate/"));
        System.out.println("Roles it may assume: " + assumed + "; roles it may make: " + made);
    }

    private static Collection<String> resources(String action) throws IOException {
        var resources = new TreeSet<String>();
        for (var statement : statements())
            if (texts(statement.get("Action")).contains(action)) resources.addAll(texts(statement.get("Resource")));
        return resources;
    }

    private static JsonNode read(Path file) throws IOException {
        return JsonMapper.builder().build().readTree(Files.readString(file));
    }

    private static List<JsonNode> statements() throws IOException {
        var statements = new ArrayList<JsonNode>();
        for (var file : List.of(POLICY, OPTIONS, ACCOUNTS))
            read(file).get("Statement").forEach(statements::add);
        return statements;
    }

    private static Set<String> allowed() throws IOException {
        var allowed = new TreeSet<String>();
        for (var statement : statements()) allowed.addAll(texts(statement.get("Action")));
        return allowed;
    }

    private static Collection<String> texts(JsonNode node) {
        var texts = new TreeSet<String>();
        if (node.isTextual()) texts.add(node.asText());
        node.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static boolean covers(String pattern, String action) {
        return action.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }

    private static Set<String> callsInTheSource() throws IOException {
        var calls = new TreeSet<String>();
        for (var caller : CALLERS)
            try (var files = Files.list(SOURCE.resolve(caller))) {
                for (var file : files.toList()) calls.addAll(calls(Files.readString(file)));
            }
        return calls;
    }

    private static Set<String> calls(String source) {
        var calls = new TreeSet<String>();
        CLIENT.matcher(source)
                .results()
                .filter(hit -> PREFIXES.containsKey(hit.group(1)))
                .forEach(hit -> Pattern.compile("\\b" + hit.group(2) + "\\s*\\.\\s*(\\w+)\\(")
                        .matcher(source)
                        .results()
                        .filter(call -> !call.group(1).equals("serviceClientConfiguration"))
                        .forEach(call -> calls.add(action(hit.group(1), call.group(1)))));
        // What a client says of itself is no call.
        calls.removeIf(call -> call.endsWith(":ServiceClientConfiguration"));
        AT_ONCE.matcher(source).results().forEach(hit -> calls.add(action(hit.group(1), hit.group(2))));
        return calls;
    }

    private static String action(Port.Effect effect) {
        return action(effect.service(), effect.operation());
    }

    /** IAM names nearly every action as the API names its operation; those of these services all are. */
    private static String action(String service, String operation) {
        // It is allowed as CreateDistribution with TagResource (CloudFront API reference, CreateDistributionWithTags).
        var plain = operation.replaceFirst("Paginator$", "").replaceFirst("^(createDistribution)WithTags$", "$1");
        var name = Character.toUpperCase(plain.charAt(0)) + plain.substring(1);
        return PREFIXES.get(service) + ":" + (service.equals("S3") ? OF_S3.getOrDefault(name, name) : name);
    }
}
