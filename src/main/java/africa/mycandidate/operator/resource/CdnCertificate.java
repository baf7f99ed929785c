package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Uniqueness;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The certificate that CloudFront shows, which has to be in us-east-1 (CloudFront Developer Guide, "Requirements for using SSL/TLS certificates"). In all else, the
 * outputs too, it is like a {@link Certificate}; a stack that is in us-east-1 itself needs no second one.
 */
@AwsType(uniqueness = Uniqueness.TOKEN, optional = true, usually = "2 min after its DNS record exists")
public record CdnCertificate(
        @Immutable String domain, @Immutable Set<String> alternativeNames) implements Resource {
    Certificate regional() {
        return new Certificate(domain, alternativeNames);
    }

    static CdnCertificate of(Certificate one) {
        return new CdnCertificate(one.domain(), one.alternativeNames());
    }

    /** Whether the tags say that it is one for CloudFront: in us-east-1 it stands among those of load balancers. */
    static boolean isOne(Map<String, String> tags) {
        return tags.getOrDefault(Tags.RESOURCE, "").startsWith(CdnCertificate.class.getSimpleName() + "/");
    }
}

final class CdnCertificateHandler implements Handler<CdnCertificate> {
    private final CertificateHandler inner;

    CdnCertificateHandler(Clients clients) {
        this.inner = new CertificateHandler(clients.global());
    }

    @Override
    public Class<CdnCertificate> type() {
        return CdnCertificate.class;
    }

    @Override
    public List<Observed<CdnCertificate>> list(String place) {
        return inner.all().stream()
                .filter(one -> CdnCertificate.isOne(one.tags()))
                .map(one -> Observed.of(
                                CdnCertificate.of(one.actual()),
                                one.id(),
                                one.name(),
                                one.phase(),
                                one.outputs(),
                                one.tags())
                        .withMessage(one.message()))
                .toList();
    }

    @Override
    public String create(CdnCertificate want, Creation creation) {
        return inner.create(want.regional(), creation);
    }

    @Override
    public void update(Observed<CdnCertificate> have, CdnCertificate goal, Set<String> fields) {
        throw new IllegalStateException("a certificate has no field that can change");
    }

    @Override
    public void delete(Observed<CdnCertificate> have, Deletion deletion) {
        inner.delete(regional(have), deletion);
    }

    @Override
    public void tag(Observed<CdnCertificate> have, Map<String, String> set, Set<String> remove) {
        inner.tag(regional(have), set, remove);
    }

    private static Observed<Certificate> regional(Observed<CdnCertificate> have) {
        return Observed.of(have.actual().regional(), have.id(), have.name(), have.phase(), have.outputs(), have.tags());
    }
}
