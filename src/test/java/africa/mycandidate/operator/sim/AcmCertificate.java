package africa.mycandidate.operator.sim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.RecordType;
import software.amazon.awssdk.services.acm.model.ResourceRecord;

/**
 * A certificate.
 *
 * @param token the idempotency token of its request, or null
 * @param usableFrom when other services may use it: some seconds after it was issued
 */
record AcmCertificate(CertificateDetail shown, Map<String, String> tags, String token, Instant usableFrom) {
    String arn() {
        return shown.certificateArn();
    }

    boolean pending() {
        return shown.status() == CertificateStatus.PENDING_VALIDATION;
    }

    AcmCertificate shown(UnaryOperator<CertificateDetail.Builder> change) {
        return new AcmCertificate(change.apply(shown.toBuilder()).build(), tags, token, usableFrom);
    }

    AcmCertificate tags(Map<String, String> next) {
        return new AcmCertificate(shown, Map.copyOf(next), token, usableFrom);
    }

    AcmCertificate usableFrom(Instant from) {
        return new AcmCertificate(shown, tags, token, from);
    }

    /** The CNAME that proves the domain. It depends on account and domain only, so that certificates, and a wildcard with its apex, share it. */
    static ResourceRecord validation(String account, String domain) {
        var base = domain.startsWith("*.") ? domain.substring(2) : domain;
        return ResourceRecord.builder()
                .name("_" + hash("name " + account + base).substring(0, 32) + "." + base + ".")
                .type(RecordType.CNAME)
                .value("_" + hash("value " + account + base).substring(0, 32) + ".jkddzztszm.acm-validations.aws.")
                .build();
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
