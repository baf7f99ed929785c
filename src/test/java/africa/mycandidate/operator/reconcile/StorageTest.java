package africa.mycandidate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.sim.SimAws;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

/** The bucket of a site: what is in it is nobody's to lose. */
class StorageTest {
    private static final String STORAGE = "storage: {}";
    private static final String UNPROTECTED = "database: {deletionProtection: false}";
    private static final Duration LONGEST = Duration.ofHours(6);

    private final DataSite site = new DataSite(91);
    private final Simulation simulation = site.simulation;
    private final S3Client s3 = simulation.aws.of(S3Client.class);

    @Test
    void aSiteWithStorageHasOneBucketThatOnlyItAndItsLoadBalancerUse() {
        site.ready(STORAGE);
        var name = bucket();
        assertThat(name).matches("mcd-southafrica-files-[0-9a-f]{7}");
        var block = s3.getPublicAccessBlock(request -> request.bucket(name)).publicAccessBlockConfiguration();
        assertThat(List.of(
                        block.blockPublicAcls(),
                        block.blockPublicPolicy(),
                        block.ignorePublicAcls(),
                        block.restrictPublicBuckets()))
                .containsOnly(true);
        assertThat(s3.getBucketOwnershipControls(request -> request.bucket(name))
                        .ownershipControls()
                        .rules()
                        .getFirst()
                        .objectOwnership())
                .isEqualTo(ObjectOwnership.BUCKET_OWNER_ENFORCED);
        assertThat(s3.getBucketVersioning(request -> request.bucket(name)).status())
                .isEqualTo(BucketVersioningStatus.ENABLED);
        assertThat(s3.getBucketPolicy(request -> request.bucket(name)).policy())
                .contains("\"Effect\":\"Deny\"", "\"aws:SecureTransport\":\"false\"")
                .contains("arn:aws:iam::098369216593:root")
                .contains(name + "/logs/alb/AWSLogs/" + Simulation.ACCOUNT + "/*");
        assertThat(s3.getBucketLifecycleConfiguration(request -> request.bucket(name))
                        .rules())
                .extracting(rule -> rule.id() + " " + rule.filter().prefix())
                .containsExactlyInAnyOrder("files files/", "logs logs/", "leftovers ");
        assertThat(logging())
                .containsEntry("access_logs.s3.enabled", "true")
                .containsEntry("access_logs.s3.bucket", name)
                .containsEntry("access_logs.s3.prefix", "logs/alb");
        assertThat(simulation.aws.files(name))
                .as("what ELB writes to try it")
                .containsExactly("logs/alb/AWSLogs/" + Simulation.ACCOUNT + "/ELBAccessLogTestFile");
        assertThat(environment()).containsEntry("STORAGE_BUCKET", name);
        assertThat(taskPolicy())
                .contains("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket")
                .contains("arn:aws:s3:::" + name + "/files/*")
                .doesNotContain("/*\",\"", "s3:*");
    }

    @Test
    void theLoadBalancerIsToldToLogOnlyOnceItMay() {
        var refused = site.refusals();
        site.ready(STORAGE);
        assertThat(logging()).containsEntry("access_logs.s3.enabled", "true");
        assertThat(refused).noneMatch(one -> one.contains("Access Denied for bucket"));
    }

    @Test
    void aSiteWithoutStorageHasNoneOfIt() {
        site.ready();
        assertThat(s3.listBuckets().buckets()).isEmpty();
        assertThat(logging()).containsEntry("access_logs.s3.enabled", "false");
        assertThat(environment()).doesNotContainKey("STORAGE_BUCKET");
        simulation.run(Duration.ofMinutes(5));
        assertThat(calls()).isEmpty();
    }

    @Test
    void storageIsAddedToASiteThatServes() {
        site.ready();
        site.apply(STORAGE);
        simulation.until("ready", LONGEST, status -> {
            assertThat(simulation.serving()).isPositive();
            return Simulation.ready(status);
        });
        assertThat(environment()).containsEntry("STORAGE_BUCKET", bucket());
        assertThat(logging()).containsEntry("access_logs.s3.bucket", bucket());
    }

    @Test
    void takenOutOfTheSpecTheBucketStaysUntilItsLossIsAllowed() {
        site.ready(STORAGE);
        var name = bucket();
        for (var i = 0; i < 1300; i++) write(name, "files/" + i % 900);
        site.apply();
        assertThat(site.stalled())
                .contains(name + " holds data and is not part of the spec; it is left alone")
                .contains("list storage in spec.allowDataLoss");
        simulation.run(Duration.ofMinutes(30));
        assertThat(simulation.aws.files(name)).hasSize(1301);
        assertThat(logging()).containsEntry("access_logs.s3.enabled", "false");
        assertThat(environment()).doesNotContainKey("STORAGE_BUCKET");
        assertThat(simulation.serving()).isPositive();
        simulation.effects.clear();
        site.apply("allowDataLoss: [storage]", "approval: Disruptive");
        simulation.run(Duration.ofMinutes(10));
        assertThat(site.steps("Bucket/files")).singleElement().satisfies(step -> assertThat(step.interruption())
                .isEqualTo("DataLoss"));
        assertThat(calls()).isEmpty();
        site.apply("allowDataLoss: [storage]");
        simulation.until("ready", LONGEST, Simulation::ready);
        assertThat(s3.listBuckets().buckets()).isEmpty();
        assertThat(calls()).filteredOn("S3.deleteObjects"::equals).hasSize(2);
        site.ready(STORAGE);
        assertThat(bucket()).isEqualTo(name);
    }

    @Test
    void whatIsPutBackIntoTheSpecIsTheSameBucket() {
        site.ready(STORAGE);
        write(bucket(), "files/list.csv");
        site.apply();
        site.stalled();
        site.ready(STORAGE);
        assertThat(simulation.aws.files(bucket())).contains("files/list.csv");
        assertThat(environment()).containsEntry("STORAGE_BUCKET", bucket());
    }

    @Test
    void oneThatSomebodyDeletedIsNotMadeAgainByItself() {
        site.ready(STORAGE);
        var name = bucket();
        deleteByHand(name);
        assertThat(site.stalled())
                .contains("it is gone, although others were built on it")
                .contains("list storage in spec.allowDataLoss");
        simulation.run(Duration.ofHours(1));
        assertThat(s3.listBuckets().buckets()).isEmpty();
        assertThat(simulation.serving()).isPositive();
        site.ready(STORAGE, "allowDataLoss: [storage]");
        assertThat(bucket()).isEqualTo(name);
    }

    @Test
    void oneThatIsGoneAndNoLongerWantedLeavesNoLogsToWhoeverHasItsNameNext() {
        site.ready(STORAGE);
        deleteByHand(bucket());
        site.ready();
        assertThat(logging()).containsEntry("access_logs.s3.enabled", "false");
        assertThat(taskPolicies()).isEmpty();
    }

    @Test
    void deletionLeavesTheBucketAndTheNextOfTheSameNameTakesItBack() {
        site.ready(STORAGE, UNPROTECTED);
        var name = bucket();
        write(name, "files/list.csv");
        var held = simulation.aws.files(name);
        var told = new java.util.TreeSet<String>();
        var end = simulation.now().plus(LONGEST);
        while (!simulation.leave()) {
            assertThat(simulation.now()).isBefore(end);
            site.steps("Bucket/files").forEach(step -> told.add(step.because()));
        }
        simulation.resource = null;
        assertThat(told).anyMatch(because -> because.contains("it stays, with what is in it"));
        assertThat(simulation.aws.files(name)).isEqualTo(held);
        assertThat(simulation.aws.releasedBuckets()).containsExactly(name);
        assertThat(simulation.aws.existing()).noneMatch(one -> one.contains(":s3:"));
        site.ready(STORAGE, UNPROTECTED);
        assertThat(simulation.aws.releasedBuckets()).isEmpty();
        assertThat(simulation.aws.files(name)).containsAll(held);
        assertThat(environment()).containsEntry("STORAGE_BUCKET", name);
    }

    @Test
    void deletionPolicyDeleteEmptiesItToo() {
        site.ready(STORAGE, UNPROTECTED, "deletionPolicy: Delete");
        var name = bucket();
        for (var i = 0; i < 2500; i++) write(name, "files/" + i);
        s3.deleteObject(request -> request.bucket(name).key("files/1"));
        simulation.remove(LONGEST);
        assertThat(s3.listBuckets().buckets()).isEmpty();
        assertThat(simulation.aws.releasedBuckets()).isEmpty();
        assertThat(calls()).filteredOn("S3.deleteObjects"::equals).hasSize(3);
    }

    @Test
    void retainTakesOnlyItsTags() {
        site.ready(STORAGE, "deletionPolicy: Retain");
        var name = bucket();
        write(name, "files/list.csv");
        simulation.remove(LONGEST);
        assertThat(simulation.aws.files(name)).contains("files/list.csv");
        site.apply(STORAGE);
        simulation.run(Duration.ofMinutes(10));
        assertThat(site.steps("Bucket/files")).singleElement().satisfies(step -> assertThat(step.because())
                .contains("exists and is not ours"));
    }

    @Test
    void aNameThatAnotherAccountHasIsToldAndNeverUsed() {
        site.ready(STORAGE);
        var name = bucket();
        var elsewhere = new DataSite(92);
        var others = elsewhere.simulation.aws.neighbour("210987654321", Simulation.REGION);
        create(others, name);
        elsewhere.apply(STORAGE);
        assertThat(elsewhere.stalled()).contains("BucketAlreadyExists");
        elsewhere.simulation.run(Duration.ofHours(1));
        assertThat(others.files(name)).isEmpty();
        assertThat(elsewhere.simulation.effects)
                .filteredOn(effect -> effect.service().equals("S3") && effect.mutating())
                .extracting(Port.Effect::operation)
                .containsOnly("createBucket");
    }

    private static void create(SimAws aws, String name) {
        aws.of(S3Client.class).createBucket(request -> request.bucket(name)
                .createBucketConfiguration(where -> where.locationConstraint(BucketLocationConstraint.AF_SOUTH_1)));
    }

    private void write(String bucket, String key) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.empty());
    }

    private void deleteByHand(String name) {
        for (var version :
                s3.listObjectVersions(request -> request.bucket(name)).versions())
            s3.deleteObject(request -> request.bucket(name).key(version.key()).versionId(version.versionId()));
        s3.deleteBucket(request -> request.bucket(name));
        simulation.run(Duration.ofMinutes(5));
    }

    private String bucket() {
        return s3.listBuckets().buckets().getFirst().name();
    }

    private List<String> calls() {
        return simulation.effects.stream()
                .filter(Port.Effect::mutating)
                .filter(effect -> !effect.service().equals("Kubernetes"))
                .map(Port.Effect::toString)
                .toList();
    }

    private Map<String, String> logging() {
        var elb = simulation.aws.of(ElasticLoadBalancingV2Client.class);
        var balancer = elb.describeLoadBalancers().loadBalancers().getFirst().loadBalancerArn();
        var attributes = new TreeMap<String, String>();
        elb.describeLoadBalancerAttributes(request -> request.loadBalancerArn(balancer))
                .attributes()
                .forEach(one -> attributes.put(one.key(), one.value()));
        return attributes;
    }

    private Map<String, String> environment() {
        var ecs = simulation.aws.of(EcsClient.class);
        var cluster = ecs.listClusters().clusterArns().getFirst();
        var service = ecs.listServices(request -> request.cluster(cluster))
                .serviceArns()
                .getFirst();
        var definition = ecs.describeServices(
                        request -> request.cluster(cluster).services(service))
                .services()
                .getFirst()
                .taskDefinition();
        var environment = new TreeMap<String, String>();
        ecs.describeTaskDefinition(request -> request.taskDefinition(definition))
                .taskDefinition()
                .containerDefinitions()
                .getFirst()
                .environment()
                .forEach(one -> environment.put(one.name(), one.value()));
        return environment;
    }

    private List<String> taskPolicies() {
        return iam().listRolePolicies(request -> request.roleName(taskRole())).policyNames();
    }

    private String taskPolicy() {
        var document = iam().getRolePolicy(
                        request -> request.roleName(taskRole()).policyName("storage"))
                .policyDocument();
        return java.net.URLDecoder.decode(document, java.nio.charset.StandardCharsets.UTF_8);
    }

    private String taskRole() {
        return iam().listRoles().roles().stream()
                .map(role -> role.roleName())
                .filter(role -> role.contains("-task-"))
                .findFirst()
                .orElseThrow();
    }

    private IamClient iam() {
        return simulation.aws.of(IamClient.class);
    }
}
