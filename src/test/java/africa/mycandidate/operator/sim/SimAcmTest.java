package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.acm.model.*;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;

class SimAcmTest extends EdgeFixture {
    private static final String DOMAIN = "southafrica.mycandidate.africa";

    private final SimAcm acm = aws.acm;
    private String zone;

    @BeforeEach
    void zone() {
        zone = aws.route53
                .createHostedZone(call -> call.name("mycandidate.africa").callerReference("x"))
                .hostedZone()
                .id();
    }

    private String request(String domain, String token) {
        return acm.requestCertificate(call -> call.domainName(domain)
                        .validationMethod(ValidationMethod.DNS)
                        .idempotencyToken(token)
                        .tags(Tag.builder().key("stack").value("a").build()))
                .certificateArn();
    }

    private CertificateDetail describe(String arn) {
        return acm.describeCertificate(call -> call.certificateArn(arn)).certificate();
    }

    private ResourceRecord validation(String arn) {
        return describe(arn).domainValidationOptions().getFirst().resourceRecord();
    }

    private void prove(String arn) {
        var record = validation(arn);
        aws.route53.changeResourceRecordSets(call -> call.hostedZoneId(zone)
                .changeBatch(batch -> batch.changes(
                        change -> change.action(ChangeAction.UPSERT).resourceRecordSet(set -> set.name(record.name())
                                .type(RRType.CNAME)
                                .ttl(300L)
                                .resourceRecords(value -> value.value(record.value()))))));
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongCalls() {
        var used = acm.imported(DOMAIN, Map.of());
        acm.use(used, "arn:aws:elasticloadbalancing:af-south-1:123456789012:loadbalancer/app/x/0");
        settle();
        var none = "arn:aws:acm:af-south-1:123456789012:certificate/none";
        return refusals(
                acm::existing,
                refusal("a name that is no domain", "ValidationException", 400, () -> request("nodots", "t")),
                refusal("a token with a hyphen", "ValidationException", 400, () -> request(DOMAIN, "a-b")),
                refusal(
                        "eleven names",
                        "LimitExceededException",
                        400,
                        () -> acm.requestCertificate(call -> call.domainName(DOMAIN)
                                .validationMethod(ValidationMethod.DNS)
                                .subjectAlternativeNames(IntStream.range(0, 10)
                                        .mapToObj(i -> "n" + i + "." + DOMAIN)
                                        .toList()))),
                refusal(
                        "a tag of AWS",
                        "InvalidTagException",
                        400,
                        () -> acm.addTagsToCertificate(call -> call.certificateArn(used)
                                .tags(Tag.builder().key("aws:x").value("").build()))),
                refusal(
                        "51 tags",
                        "TooManyTagsException",
                        400,
                        () -> acm.addTagsToCertificate(call -> call.certificateArn(used)
                                .tags(IntStream.range(0, 51)
                                        .mapToObj(i -> Tag.builder()
                                                .key("k" + i)
                                                .value("")
                                                .build())
                                        .toList()))),
                refusal("an unknown certificate", "ResourceNotFoundException", 400, () -> describe(none)),
                refusal(
                        "tags of an unknown certificate",
                        "ResourceNotFoundException",
                        400,
                        () -> acm.listTagsForCertificate(call -> call.certificateArn(none))),
                refusal(
                        "an unknown certificate to delete",
                        "ResourceNotFoundException",
                        400,
                        () -> acm.deleteCertificate(call -> call.certificateArn(none))),
                refusal("an ARN that is none", "InvalidArnException", 400, () -> describe("certificate")),
                refusal(
                        "a certificate in use",
                        "ResourceInUseException",
                        400,
                        () -> acm.deleteCertificate(call -> call.certificateArn(used))));
    }

    @Test
    void isIssuedOnceItsRecordsResolve() {
        var arn = request(DOMAIN, "token");
        pass(Duration.ofSeconds(2));
        assertThat(acm.existing()).containsEntry(arn, Map.of("stack", "a"));
        settle();
        assertThat(describe(arn).status()).isEqualTo(CertificateStatus.PENDING_VALIDATION);
        assertThat(validation(arn).name()).endsWith("." + DOMAIN + ".");
        pass(Duration.ofHours(1));
        assertThat(acm.issued(arn)).isFalse();
        prove(arn);
        pass(Duration.ofMinutes(10));
        assertThat(acm.issued(arn)).isTrue();
        assertThat(describe(arn).status()).isEqualTo(CertificateStatus.ISSUED);
        pass(Duration.ofDays(4));
        assertThat(describe(arn).status()).isEqualTo(CertificateStatus.ISSUED);
    }

    @Test
    void theRecordIsMissingAtFirst() {
        var arn = request(DOMAIN, null);
        var missing = 0;
        for (var i = 0;
                i < 300
                        && (certificate(arn) == null
                                || certificate(arn)
                                                .domainValidationOptions()
                                                .getFirst()
                                                .resourceRecord()
                                        == null);
                i++) {
            if (certificate(arn) != null) missing++;
            pass(Duration.ofMillis(100));
        }
        assertThat(missing).isPositive();
        assertThat(validation(arn)).isNotNull();
    }

    private CertificateDetail certificate(String arn) {
        try {
            return describe(arn);
        } catch (ResourceNotFoundException e) {
            return null;
        }
    }

    @Test
    void isNotUsableInTheMomentOfItsIssue() {
        var early = 0;
        for (var i = 0; i < 5; i++) {
            var arn = request("n" + i + ".mycandidate.africa", null);
            settle();
            prove(arn);
            while (!acm.issued(arn)) {
                if (describe(arn).status() == CertificateStatus.ISSUED) early++;
                pass(Duration.ofMillis(500));
            }
        }
        assertThat(early).isPositive();
    }

    @Test
    void timesOutAfterThreeDays() {
        var arn = request(DOMAIN, null);
        pass(Duration.ofHours(73));
        assertThat(describe(arn).status()).isEqualTo(CertificateStatus.VALIDATION_TIMED_OUT);
        prove(arn);
        pass(Duration.ofHours(1));
        assertThat(acm.issued(arn)).isFalse();
    }

    @Test
    void aTokenIsGoodForAnHour() {
        var arn = request(DOMAIN, "token");
        pass(Duration.ofMinutes(59));
        assertThat(request(DOMAIN, "token")).isEqualTo(arn);
        pass(Duration.ofMinutes(2));
        assertThat(request(DOMAIN, "token")).isNotEqualTo(arn);
        assertThat(request(DOMAIN, null)).isNotEqualTo(request(DOMAIN, null));
    }

    @Test
    void certificatesOfADomainShareTheirRecord() {
        var first = request(DOMAIN, "one");
        var second = request("*." + DOMAIN, "two");
        settle();
        assertThat(validation(first)).isEqualTo(validation(second));
        prove(first);
        pass(Duration.ofMinutes(10));
        assertThat(acm.issued(first)).isTrue();
        assertThat(acm.issued(second)).isTrue();
    }

    @Test
    void staysInUseForAWhileAfterItsRelease() {
        var arn = acm.imported(DOMAIN, Map.of());
        acm.use(arn, "lb");
        settle();
        assertThat(describe(arn).inUseBy()).containsExactly("lb");
        acm.release(arn, "lb");
        refused("ResourceInUseException", 400, () -> acm.deleteCertificate(call -> call.certificateArn(arn)));
        pass(Duration.ofMinutes(7));
        acm.deleteCertificate(call -> call.certificateArn(arn));
        assertThat(acm.existing()).isEmpty();
    }

    @Test
    void anUnusedCertificateExpiresAndAUsedOneIsRenewed() {
        var unused = request(DOMAIN, "one");
        var used = request(DOMAIN, "two");
        settle();
        prove(unused);
        pass(Duration.ofMinutes(10));
        acm.use(used, "lb");
        pass(Duration.ofDays(400));
        assertThat(describe(unused).status()).isEqualTo(CertificateStatus.EXPIRED);
        assertThat(describe(used).status()).isEqualTo(CertificateStatus.ISSUED);
        assertThat(describe(used).notAfter()).isAfter(now());
    }

    @Test
    void listsOnlyRsa2048WithoutFilter() {
        var rsa = request(DOMAIN, "rsa");
        var curve = acm.requestCertificate(call -> call.domainName(DOMAIN)
                        .validationMethod(ValidationMethod.DNS)
                        .keyAlgorithm(KeyAlgorithm.EC_PRIME256_V1))
                .certificateArn();
        settle();
        assertThat(acm.listCertificates().certificateSummaryList())
                .extracting(CertificateSummary::certificateArn)
                .containsExactly(rsa);
        assertThat(acm.listCertificates(call -> call.includes(filter -> filter.keyTypes(KeyAlgorithm.EC_PRIME256_V1)))
                        .certificateSummaryList())
                .extracting(CertificateSummary::certificateArn)
                .containsExactly(curve);
        assertThat(acm.listCertificates(call -> call.certificateStatuses(CertificateStatus.ISSUED))
                        .certificateSummaryList())
                .isEmpty();
    }

    @Test
    void tagsComeAndGo() {
        var arn = request(DOMAIN, null);
        acm.addTagsToCertificate(call -> call.certificateArn(arn)
                .tags(Tag.builder().key("owner").value("b").build()));
        acm.removeTagsFromCertificate(call -> call.certificateArn(arn)
                .tags(Tag.builder().key("stack").value("other").build()));
        settle();
        assertThat(acm.listTagsForCertificate(call -> call.certificateArn(arn)).tags())
                .extracting(Tag::key)
                .containsExactly("owner", "stack");
        acm.removeTagsFromCertificate(
                call -> call.certificateArn(arn).tags(Tag.builder().key("stack").build()));
        settle();
        assertThat(acm.listTagsForCertificate(call -> call.certificateArn(arn)).tags())
                .extracting(Tag::key)
                .containsExactly("owner");
    }
}
