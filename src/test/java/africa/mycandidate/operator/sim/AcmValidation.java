package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.DomainStatus;
import software.amazon.awssdk.services.acm.model.DomainValidation;

/** The life of a requested certificate: its records, its issue once they resolve, its renewal or end. */
final class AcmValidation {
    static final Duration VALIDITY = Duration.ofDays(395);

    private final SimAws aws;
    private final Table<AcmCertificate> certificates;
    private final Set<String> validating = new HashSet<>();

    AcmValidation(SimAws aws, Table<AcmCertificate> certificates) {
        this.aws = aws;
        this.certificates = certificates;
    }

    void begin(String arn) {
        aws.world.after(aws.world.draw(Duration.ofSeconds(5)), () -> offerRecords(arn));
        aws.world.after(Duration.ofHours(72), () -> timeOut(arn));
    }

    /** DNS has changed: certificates whose records are all there now will be issued. */
    void recordsChanged() {
        for (var certificate : certificates.truths()) {
            if (!certificate.pending() || !proven(certificate) || !validating.add(certificate.arn())) continue;
            aws.world.after(aws.world.draw(Duration.ofMinutes(2)), () -> issue(certificate.arn()));
        }
    }

    /** The validation records are missing for some seconds after the request (ACM API Reference, DomainValidation). */
    private void offerRecords(String arn) {
        certificates.truth(arn).ifPresent(certificate -> {
            var options = certificate.shown().domainValidationOptions().stream()
                    .map(option -> option.toBuilder()
                            .resourceRecord(AcmCertificate.validation(aws.account, option.domainName()))
                            .build())
                    .toList();
            certificates.put(arn, certificate.shown(shown -> shown.domainValidationOptions(options)));
            recordsChanged();
        });
    }

    private void issue(String arn) {
        validating.remove(arn);
        certificates
                .truth(arn)
                .filter(AcmCertificate::pending)
                .filter(this::proven)
                .ifPresent(certificate -> {
                    var now = aws.world.now();
                    var issued = certificate
                            .shown(shown -> shown.status(CertificateStatus.ISSUED)
                                    .domainValidationOptions(validated(certificate, DomainStatus.SUCCESS))
                                    .issuedAt(now)
                                    .notBefore(now)
                                    .notAfter(now.plus(VALIDITY))
                                    .serial(serial()))
                            .usableFrom(now.plus(aws.world.draw(Duration.ofSeconds(4))));
                    certificates.put(arn, issued);
                    aws.world.after(VALIDITY.minusDays(60), () -> renew(arn));
                });
    }

    /** Managed renewal, 60 days ahead, where the certificate is in use and its records still stand; else it expires (ACM User Guide). */
    private void renew(String arn) {
        certificates.truth(arn).ifPresent(certificate -> {
            if (certificate.shown().inUseBy().isEmpty() || !proven(certificate)) {
                aws.world.after(Duration.ofDays(60), () -> certificates
                        .truth(arn)
                        .ifPresent(late ->
                                certificates.put(arn, late.shown(shown -> shown.status(CertificateStatus.EXPIRED)))));
                return;
            }
            certificates.put(arn, certificate.shown(shown -> shown.notAfter(
                            aws.world.now().plus(VALIDITY))
                    .serial(serial())));
            aws.world.after(VALIDITY.minusDays(60), () -> renew(arn));
        });
    }

    private void timeOut(String arn) {
        certificates
                .truth(arn)
                .filter(AcmCertificate::pending)
                .ifPresent(certificate -> certificates.put(
                        arn, certificate.shown(shown -> shown.status(CertificateStatus.VALIDATION_TIMED_OUT)
                                .domainValidationOptions(validated(certificate, DomainStatus.FAILED)))));
    }

    private boolean proven(AcmCertificate certificate) {
        if (aws.incidents.certificatesHeld) return false;
        return certificate.shown().domainValidationOptions().stream()
                .map(DomainValidation::resourceRecord)
                .allMatch(record -> record != null
                        && aws.partition.resolves(
                                DnsName.plain(record.name()), "CNAME", DnsName.plain(record.value())));
    }

    private static List<DomainValidation> validated(AcmCertificate certificate, DomainStatus status) {
        return certificate.shown().domainValidationOptions().stream()
                .map(option -> option.toBuilder().validationStatus(status).build())
                .toList();
    }

    private String serial() {
        return aws.world.hex(32).replaceAll("(..)(?=.)", "$1:");
    }
}
