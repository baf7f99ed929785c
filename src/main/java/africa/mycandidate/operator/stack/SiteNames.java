package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Domain;
import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.CdnCertificate;
import africa.mycandidate.operator.resource.Certificate;
import africa.mycandidate.operator.resource.DnsRecord;
import africa.mycandidate.operator.resource.ValidationRecord;
import africa.mycandidate.operator.stack.Parts.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The names of a site: the certificate for them, and their records in the hosted zone, where there is one. */
final class SiteNames {
    private SiteNames() {}

    private static List<String> others(Domain domain) {
        return domain.alternativeNames() == null ? List.of() : domain.alternativeNames();
    }

    static Set<String> all(Spec spec) {
        var all = new HashSet<>(others(spec.domain()));
        all.add(spec.domain().name());
        return Set.copyOf(all);
    }

    /** The certificate of the site once it is issued: until then a listener keeps the one that it has. */
    static Ref<Certificate> certificate(Spec spec, Adoption adoption, Parts parts) {
        var domain = spec.domain();
        if (domain.certificateArn() != null) return Ref.of(domain.certificateArn());
        if (adoption.names(Certificate.class, "site"))
            return parts.add("site", new Certificate(null, null)).output("issuedArn");
        var certificate = parts.add("site", new Certificate(domain.name(), Set.copyOf(others(domain))));
        if (domain.hostedZoneId() != null) {
            validation("site", domain.name(), domain, certificate, parts);
            for (var name : others(domain)) validation(name, name, domain, certificate, parts);
        }
        return certificate.output("issuedArn");
    }

    private static void validation(
            String role, String name, Domain domain, Part<Certificate> certificate, Parts parts) {
        parts.add(
                role,
                new ValidationRecord(
                        domain.hostedZoneId(),
                        name,
                        certificate.output(Certificate.validationName(name, domain.name())),
                        certificate.output(Certificate.validationValue(name, domain.name()))));
    }

    /**
     * An alternative name plays the part of its name.
     *
     * @param before what has to be there before anybody is led here by a name
     */
    static void records(
            Spec spec,
            Function<String, Ref<? extends Resource>> before,
            Ref<? extends Resource> target,
            Ref<? extends Resource> targetZone,
            Parts parts) {
        var domain = spec.domain();
        var zone = domain.hostedZoneId();
        if (zone == null) return;
        var main = domain.name();
        parts.add("site", new DnsRecord(zone, main, null, target, targetZone, before.apply(main)));
        for (var name : others(domain))
            parts.add(name, new DnsRecord(zone, name, main, target, targetZone, before.apply(name)));
    }

    /** The certificate that CloudFront shows, once it is issued. ACM asks for the same records in each region of an account. */
    static Ref<CdnCertificate> cdnCertificate(Spec spec, Parts parts) {
        var domain = spec.domain();
        var own = parts.add("site", new CdnCertificate(domain.name(), Set.copyOf(others(domain))));
        for (var name : all(spec).stream().sorted().toList()) {
            var role = name.equals(domain.name()) ? "site" : name;
            if (parts.has(ValidationRecord.class, role)) continue;
            parts.add(
                    role,
                    new ValidationRecord(
                            domain.hostedZoneId(),
                            name,
                            own.output(Certificate.validationName(name, domain.name())),
                            own.output(Certificate.validationValue(name, domain.name()))));
        }
        return own.output("issuedArn");
    }
}
