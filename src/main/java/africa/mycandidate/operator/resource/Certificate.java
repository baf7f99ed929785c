package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Tags;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.CertificateType;
import software.amazon.awssdk.services.acm.model.InvalidArnException;
import software.amazon.awssdk.services.acm.model.KeyAlgorithm;
import software.amazon.awssdk.services.acm.model.ResourceNotFoundException;
import software.amazon.awssdk.services.acm.model.Tag;
import software.amazon.awssdk.services.acm.model.ValidationMethod;

/**
 * A TLS certificate of ACM, validated by DNS. ACM shows the validation record some seconds after the request; its idempotency token holds for an hour only, so
 * it is found by tag. ACM cannot change its names: another set of names is another certificate. Outputs: {@code arn}, for each name the name and the value of
 * its validation record once ACM shows them, {@code issuedArn} once it is issued.
 */
@AwsType(uniqueness = Uniqueness.TOKEN, usually = "2 min after its DNS record exists")
public record Certificate(
        @Immutable String domain, @Immutable Set<String> alternativeNames) implements Resource {
    /** The output that says until when it is valid; ACM renews what it validated by DNS 60 days before (ACM user guide, "Managed certificate renewal"). */
    public static final String NOT_AFTER = "notAfter";

    /** The output with the name of the record by which ACM validates one of the names of a certificate for {@code domain}. */
    public static String validationName(String name, String domain) {
        return "validationName" + suffix(name, domain);
    }

    /** The output with that record's value. */
    public static String validationValue(String name, String domain) {
        return "validationValue" + suffix(name, domain);
    }

    private static String suffix(String name, String domain) {
        return name.equals(domain) ? "" : " " + name;
    }

    /** Every name that it is for. */
    public Set<String> names() {
        var names = new TreeSet<>(alternativeNames);
        names.add(domain);
        return names;
    }
}

final class CertificateHandler implements Handler<Certificate> {
    private final AcmClient acm;

    CertificateHandler(Clients clients) {
        this.acm = clients.of(AcmClient.class);
    }

    @Override
    public Class<Certificate> type() {
        return Certificate.class;
    }

    /**
     * Others' certificates are listed too, since the spec may name one. ACM lists only RSA certificates of 2048 bits unless it is told the key types; it takes one list call a second
     * (acm-limits).
     */
    @Override
    public List<Observed<Certificate>> list(String place) {
        return all().stream().filter(one -> !CdnCertificate.isOne(one.tags())).toList();
    }

    /** Those for CloudFront too. */
    List<Observed<Certificate>> all() {
        var keys = KeyAlgorithm.knownValues();
        return acm
                .listCertificatesPaginator(request ->
                        request.includes(filter -> filter.keyTypes(keys)).maxItems(1000))
                .certificateSummaryList()
                .stream()
                .<Observed<Certificate>>map(summary -> ours(summary).orElseGet(() -> foreign(summary)))
                .toList();
    }

    private static boolean requested(CertificateSummary summary) {
        return summary.type() == null || summary.type() == CertificateType.AMAZON_ISSUED;
    }

    @Override
    public List<Observed<Certificate>> find(String id) {
        try {
            return List.of(described(id, tags(id)));
        } catch (ResourceNotFoundException | InvalidArnException e) {
            return List.of();
        }
    }

    private Optional<Observed<Certificate>> ours(CertificateSummary summary) {
        if (!requested(summary)) return Optional.empty();
        var tags = tags(summary.certificateArn());
        if (!tags.containsKey(Tags.STACK)) return Optional.empty();
        return Optional.of(described(summary.certificateArn(), tags));
    }

    private Map<String, String> tags(String arn) {
        var tags = new TreeMap<String, String>();
        for (var tag : acm.listTagsForCertificate(request -> request.certificateArn(arn))
                .tags()) tags.put(tag.key(), tag.value() == null ? "" : tag.value());
        return tags;
    }

    private Observed<Certificate> described(String arn, Map<String, String> tags) {
        return observed(
                acm.describeCertificate(request -> request.certificateArn(arn)).certificate(), tags);
    }

    /** One that carries no tag of ours, as the list shows it. */
    private static Observed<Certificate> foreign(CertificateSummary summary) {
        var arn = summary.certificateArn();
        var domain = summary.domainName().toLowerCase(Locale.ROOT);
        return Observed.of(
                new Certificate(domain, others(domain, summary.subjectAlternativeNameSummaries())),
                arn,
                arn,
                phase(summary.status()),
                Map.of("arn", arn),
                Map.of());
    }

    private static Set<String> others(String domain, List<String> names) {
        var others = new HashSet<String>();
        for (var name : names) others.add(name.toLowerCase(Locale.ROOT));
        others.remove(domain);
        return others;
    }

    private static Phase phase(CertificateStatus status) {
        return switch (status) {
            case ISSUED -> Phase.READY;
            // Without its DNS record it waits for 72 hours, and can be deleted at any time (ACM user guide, "DNS
            // validation").
            case PENDING_VALIDATION -> Phase.PENDING;
            case null, default -> Phase.FAILED;
        };
    }

    private static Observed<Certificate> observed(CertificateDetail certificate, Map<String, String> tags) {
        var arn = certificate.certificateArn();
        var domain = certificate.domainName().toLowerCase(Locale.ROOT);
        var phase = phase(certificate.status());
        var outputs = new TreeMap<>(Map.of("arn", arn));
        if (phase == Phase.READY) outputs.put("issuedArn", arn);
        if (certificate.notAfter() != null)
            outputs.put(Certificate.NOT_AFTER, certificate.notAfter().toString());
        for (var validation : certificate.domainValidationOptions()) {
            var record = validation.resourceRecord();
            if (record == null) continue;
            var name = validation.domainName().toLowerCase(Locale.ROOT);
            outputs.put(Certificate.validationName(name, domain), RecordNames.normal(record.name()));
            outputs.put(Certificate.validationValue(name, domain), RecordNames.normal(record.value()));
        }
        return Observed.of(
                        new Certificate(domain, others(domain, certificate.subjectAlternativeNames())),
                        arn,
                        arn,
                        phase,
                        outputs,
                        tags)
                .withMessage(phase == Phase.FAILED ? reason(certificate) : "");
    }

    private static String reason(CertificateDetail certificate) {
        var reason = certificate.failureReasonAsString();
        return certificate.statusAsString() + (reason == null ? "" : ": " + reason);
    }

    @Override
    public String create(Certificate want, Creation creation) {
        return acm.requestCertificate(request -> {
                    request.domainName(want.domain())
                            .validationMethod(ValidationMethod.DNS)
                            .idempotencyToken(creation.shortToken())
                            .tags(tags(creation.tags()));
                    if (want.alternativeNames() != null
                            && !want.alternativeNames().isEmpty())
                        request.subjectAlternativeNames(
                                want.alternativeNames().stream().sorted().toList());
                })
                .certificateArn();
    }

    @Override
    public void update(Observed<Certificate> have, Certificate goal, Set<String> fields) {
        throw new IllegalStateException("a certificate has no field that can change");
    }

    @Override
    public void delete(Observed<Certificate> have, Deletion deletion) {
        acm.deleteCertificate(request -> request.certificateArn(have.id()));
    }

    @Override
    public void tag(Observed<Certificate> have, Map<String, String> set, Set<String> remove) {
        if (!set.isEmpty())
            acm.addTagsToCertificate(
                    request -> request.certificateArn(have.id()).tags(tags(set)));
        if (remove.isEmpty()) return;
        var keys = remove.stream().map(key -> Tag.builder().key(key).build()).toList();
        acm.removeTagsFromCertificate(
                request -> request.certificateArn(have.id()).tags(keys));
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
