package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.Tag;

class SimS3Test extends EdgeFixture {
    private static final String NAME = "mcd-a-files-1a2b3c4";
    private final SimS3 s3 = aws.s3;

    @BeforeEach
    void bucket() {
        create(s3, NAME, "af-south-1");
        settle();
    }

    private static void create(S3Client client, String name, String region) {
        client.createBucket(
                call -> call.bucket(name).createBucketConfiguration(where -> where.locationConstraint(region)
                        .tags(Tag.builder().key("a").value("b").build())));
    }

    private void put(String key) {
        s3.putObject(call -> call.bucket(NAME).key(key), RequestBody.empty());
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongCalls() {
        put("full");
        var elsewhere = aws.neighbour("123456789012", "eu-west-1").s3;
        var others = aws.neighbour("210987654321", "af-south-1").s3;
        return refusals(
                s3::existing,
                refusal("an own name", "BucketAlreadyOwnedByYou", 409, () -> made(s3, NAME, "af-south-1")),
                refusal(
                        "an own name elsewhere",
                        "BucketAlreadyOwnedByYou",
                        409,
                        () -> made(elsewhere, NAME, "eu-west-1")),
                refusal("somebody else's name", "BucketAlreadyExists", 409, () -> made(others, NAME, "af-south-1")),
                refusal("capital letters", "InvalidBucketName", 400, () -> made(s3, "Files", "af-south-1")),
                refusal(
                        "another region",
                        "IllegalLocationConstraintException",
                        400,
                        () -> made(s3, "files", "eu-west-1")),
                refusal(
                        "no region",
                        "IllegalLocationConstraintException",
                        400,
                        () -> s3.createBucket(call -> call.bucket("files"))),
                refusal(
                        "from another region",
                        "PermanentRedirect",
                        301,
                        () -> elsewhere.getBucketVersioning(call -> call.bucket(NAME))),
                refusal(
                        "by another account",
                        "AccessDenied",
                        403,
                        () -> others.getBucketPolicy(call -> call.bucket(NAME))),
                refusal("one that is not", "NoSuchBucket", 404, () -> s3.getBucketTagging(call -> call.bucket("none"))),
                refusal("no policy", "NoSuchBucketPolicy", 404, () -> s3.getBucketPolicy(call -> call.bucket(NAME))),
                refusal(
                        "no lifecycle",
                        "NoSuchLifecycleConfiguration",
                        404,
                        () -> s3.getBucketLifecycleConfiguration(call -> call.bucket(NAME))),
                refusal("a full one", "BucketNotEmpty", 409, () -> s3.deleteBucket(call -> call.bucket(NAME))),
                refusal("no JSON", "MalformedPolicy", 400, () -> policy("x")),
                refusal(
                        "another bucket's ARN",
                        "MalformedPolicy",
                        400,
                        () -> policy(statement("\"AWS\":\"arn:aws:iam::1:root\"", "other"))),
                refusal("everybody", "AccessDenied", 403, () -> policy(statement("\"AWS\":\"*\"", NAME))),
                refusal(
                        "AWS's own tag",
                        "InvalidTag",
                        400,
                        () -> s3.putBucketTagging(call -> call.bucket(NAME)
                                .tagging(all ->
                                        all.tagSet(tag -> tag.key("aws:a").value("b"))))),
                refusal("a rule without action", "InvalidRequest", 400, () -> rule(rule -> {})),
                refusal(
                        "days and markers",
                        "MalformedXML",
                        400,
                        () -> rule(rule -> rule.expiration(one -> one.days(1).expiredObjectDeleteMarker(true)))),
                refusal(
                        "1,001 at once",
                        "MalformedXML",
                        400,
                        () -> s3.deleteObjects(call -> call.bucket(NAME)
                                .delete(all -> all.objects(IntStream.range(0, 1001)
                                        .mapToObj(i -> ObjectIdentifier.builder()
                                                .key("k" + i)
                                                .build())
                                        .toList())))));
    }

    private static Object made(S3Client client, String name, String region) {
        create(client, name, region);
        return name;
    }

    private Object policy(String text) {
        return s3.putBucketPolicy(call -> call.bucket(NAME).policy(text));
    }

    private static String statement(String principal, String bucket) {
        return "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{" + principal
                + "},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::" + bucket + "/*\"}]}";
    }

    private Object rule(Consumer<LifecycleRule.Builder> change) {
        return s3.putBucketLifecycleConfiguration(call -> call.bucket(NAME)
                .lifecycleConfiguration(all -> all.rules(rule -> {
                    rule.id("a").status("Enabled").filter(filter -> filter.prefix(""));
                    change.accept(rule);
                })));
    }

    @Test
    void inUsEast1ASecondCreateOfOnesOwnIsAnsweredAsIfItHadBeenMade() {
        var first = aws.neighbour("123456789012", "us-east-1").s3;
        first.createBucket(call -> call.bucket("files"));
        first.createBucket(call -> call.bucket("files"));
        assertThat(first.existing()).hasSize(1);
    }

    @Test
    void aNewOneIsClosedEncryptedAndUnversioned() {
        assertThat(s3.getPublicAccessBlock(call -> call.bucket(NAME))
                        .publicAccessBlockConfiguration()
                        .restrictPublicBuckets())
                .isTrue();
        assertThat(s3.getBucketEncryption(call -> call.bucket(NAME))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .getFirst()
                        .applyServerSideEncryptionByDefault()
                        .sseAlgorithmAsString())
                .isEqualTo("AES256");
        assertThat(s3.getBucketVersioning(call -> call.bucket(NAME)).status()).isNull();
    }

    @Test
    void aVersionedOneKeepsWhatIsDeletedUntilItsVersionsGo() {
        s3.putBucketVersioning(
                call -> call.bucket(NAME).versioningConfiguration(one -> one.status(BucketVersioningStatus.ENABLED)));
        put("a");
        put("a");
        s3.deleteObject(call -> call.bucket(NAME).key("a"));
        var held = s3.listObjectVersions(call -> call.bucket(NAME));
        assertThat(held.versions()).hasSize(2);
        assertThat(held.deleteMarkers()).hasSize(1);
        var all = Stream.concat(
                        held.versions().stream().map(one -> one.versionId()),
                        held.deleteMarkers().stream().map(one -> one.versionId()))
                .map(id -> ObjectIdentifier.builder().key("a").versionId(id).build())
                .toList();
        s3.deleteObjects(call -> call.bucket(NAME).delete(one -> one.objects(all)));
        assertThat(s3.keys(NAME)).isEmpty();
        s3.deleteBucket(call -> call.bucket(NAME));
        refused("OperationAborted", 409, () -> made(s3, NAME, "af-south-1"));
        pass(Duration.ofMinutes(10));
        assertThat(made(s3, NAME, "af-south-1")).isEqualTo(NAME);
    }

    @Test
    void theListIsOfTheAccountAndOfOneRegionWhereAsked() {
        var elsewhere = aws.neighbour("123456789012", "eu-west-1").s3;
        create(elsewhere, "mcd-b-files-1a2b3c4", "eu-west-1");
        create(aws.neighbour("210987654321", "af-south-1").s3, "mcd-c-files-1a2b3c4", "af-south-1");
        settle();
        assertThat(s3.listBuckets().buckets()).hasSize(2);
        assertThat(s3.listBuckets(call -> call.prefix("mcd-").bucketRegion("af-south-1"))
                        .buckets())
                .extracting(one -> one.name())
                .isEqualTo(List.of(NAME));
    }
}
