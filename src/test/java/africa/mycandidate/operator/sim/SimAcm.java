package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.util.DefaultSdkAutoConstructList;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.*;

/** ACM: certificates that are validated by DNS, and imported ones. */
final class SimAcm implements AcmClient, Certificates {
    private static final String DOMAIN =
            "(\\*\\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])";
    private static final int NAMES = 10;

    private final SimAws aws;
    private final Table<AcmCertificate> certificates;
    private final AcmValidation validation;

    SimAcm(SimAws aws) {
        this.aws = aws;
        this.certificates = new Table<>(aws.world);
        this.validation = new AcmValidation(aws, certificates);
    }

    @Override
    public String serviceName() {
        return "acm";
    }

    @Override
    public void close() {}

    @Override
    public RequestCertificateResponse requestCertificate(RequestCertificateRequest request) {
        return aws.world.call(() -> {
            var names = Stream.concat(Stream.of(request.domainName()), request.subjectAlternativeNames().stream())
                    .map(String::toLowerCase)
                    .distinct()
                    .toList();
            check(request, names);
            var again = again(request.idempotencyToken());
            if (again != null)
                return RequestCertificateResponse.builder()
                        .certificateArn(again)
                        .build();
            var arn = newArn();
            var detail = CertificateDetail.builder()
                    .certificateArn(arn)
                    .domainName(names.getFirst())
                    .subjectAlternativeNames(names)
                    .domainValidationOptions(names.stream().map(SimAcm::pending).toList())
                    .subject("CN=" + names.getFirst())
                    .issuer("Amazon")
                    .createdAt(aws.world.now())
                    .status(CertificateStatus.PENDING_VALIDATION)
                    .type(CertificateType.AMAZON_ISSUED)
                    .keyAlgorithm(request.keyAlgorithm() == null ? KeyAlgorithm.RSA_2048 : request.keyAlgorithm())
                    .signatureAlgorithm("SHA256WITHRSA")
                    .renewalEligibility(RenewalEligibility.INELIGIBLE)
                    .options(CertificateOptions.builder()
                            .certificateTransparencyLoggingPreference(CertificateTransparencyLoggingPreference.ENABLED)
                            .build())
                    .build();
            var tags = AcmTags.added(Map.of(), request.tags());
            certificates.put(arn, new AcmCertificate(detail, tags, request.idempotencyToken(), Instant.MAX));
            validation.begin(arn);
            return RequestCertificateResponse.builder().certificateArn(arn).build();
        });
    }

    private void check(RequestCertificateRequest request, List<String> names) {
        if (request.validationMethod() != ValidationMethod.DNS)
            throw new UnsupportedOperationException("Only validation by DNS is modelled.");
        for (var name : names)
            if (!name.matches(DOMAIN) || name.length() > 253)
                throw validation("1 validation error detected: Value '" + name
                        + "' at 'domainName' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                        + DOMAIN);
        if (names.size() > NAMES)
            throw Errors.of(
                    LimitExceededException.builder(),
                    "Acm",
                    "LimitExceededException",
                    400,
                    "The number of domain names in the certificate exceeds the limit of " + NAMES + ".");
        var token = request.idempotencyToken();
        if (token != null && !token.matches("\\w{1,32}"))
            throw validation(
                    "1 validation error detected: Value at 'idempotencyToken' failed to satisfy constraint: Member must satisfy regular expression pattern: \\w+");
    }

    /** A token is good for one hour (ACM API Reference, RequestCertificate). */
    private String again(String token) {
        if (token == null) return null;
        var hourAgo = aws.world.now().minus(Duration.ofHours(1));
        return certificates.truths().stream()
                .filter(certificate -> token.equals(certificate.token()))
                .filter(certificate -> certificate.shown().createdAt().isAfter(hourAgo))
                .map(AcmCertificate::arn)
                .findFirst()
                .orElse(null);
    }

    @Override
    public DescribeCertificateResponse describeCertificate(DescribeCertificateRequest request) {
        return aws.world.call(() -> DescribeCertificateResponse.builder()
                .certificate(seen(request.certificateArn()).shown())
                .build());
    }

    /** Without a filter, only RSA_1024 and RSA_2048 are listed (ACM API Reference, ListCertificates). */
    @Override
    public ListCertificatesResponse listCertificates(ListCertificatesRequest request) {
        return aws.world.call(() -> {
            var types =
                    request.includes() == null || request.includes().keyTypes().isEmpty()
                            ? List.of(KeyAlgorithm.RSA_1024, KeyAlgorithm.RSA_2048)
                            : request.includes().keyTypes();
            var statuses = request.certificateStatuses();
            var all = certificates.seen().stream()
                    .map(AcmCertificate::shown)
                    .filter(shown -> types.contains(shown.keyAlgorithm()))
                    .filter(shown -> statuses.isEmpty() || statuses.contains(shown.status()))
                    .map(SimAcm::summary)
                    .toList();
            var page = SimPage.of(all, request.nextToken(), request.maxItems(), 1000);
            return ListCertificatesResponse.builder()
                    .certificateSummaryList(page.items())
                    .nextToken(page.next())
                    .build();
        });
    }

    @Override
    public ListTagsForCertificateResponse listTagsForCertificate(ListTagsForCertificateRequest request) {
        return aws.world.call(() -> ListTagsForCertificateResponse.builder()
                .tags(AcmTags.listed(seen(request.certificateArn()).tags()))
                .build());
    }

    @Override
    public AddTagsToCertificateResponse addTagsToCertificate(AddTagsToCertificateRequest request) {
        return aws.world.call(() -> {
            var certificate = truth(request.certificateArn());
            certificates.put(certificate.arn(), certificate.tags(AcmTags.added(certificate.tags(), request.tags())));
            return AddTagsToCertificateResponse.builder().build();
        });
    }

    @Override
    public RemoveTagsFromCertificateResponse removeTagsFromCertificate(RemoveTagsFromCertificateRequest request) {
        return aws.world.call(() -> {
            var certificate = truth(request.certificateArn());
            certificates.put(certificate.arn(), certificate.tags(AcmTags.removed(certificate.tags(), request.tags())));
            return RemoveTagsFromCertificateResponse.builder().build();
        });
    }

    @Override
    public DeleteCertificateResponse deleteCertificate(DeleteCertificateRequest request) {
        return aws.world.call(() -> {
            var certificate = truth(request.certificateArn());
            if (!certificate.shown().inUseBy().isEmpty())
                throw Errors.of(
                        ResourceInUseException.builder(),
                        "Acm",
                        "ResourceInUseException",
                        400,
                        "Certificate " + certificate.arn() + " in account " + aws.account + " is in use.");
            certificates.remove(certificate.arn());
            return DeleteCertificateResponse.builder().build();
        });
    }

    @Override
    public boolean issued(String arn) {
        return certificates
                .truth(arn)
                .filter(certificate -> certificate.shown().status() == CertificateStatus.ISSUED)
                .filter(certificate -> !aws.world.now().isBefore(certificate.usableFrom()))
                .isPresent();
    }

    @Override
    public boolean known(String arn) {
        return certificates.truth(arn).isPresent();
    }

    /** Whether it is for this name; a wildcard stands for one label. */
    boolean covers(String arn, String name) {
        return certificates
                .truth(arn)
                .filter(certificate -> certificate.shown().subjectAlternativeNames().stream()
                        .anyMatch(one -> one.equals(name)
                                || one.startsWith("*.")
                                        && name.endsWith(one.substring(1))
                                        && name.indexOf('.') == name.length() - one.length() + 1))
                .isPresent();
    }

    @Override
    public void use(String arn, String by) {
        certificates.truth(arn).ifPresent(certificate -> {
            var users = new LinkedHashSet<>(certificate.shown().inUseBy());
            if (users.add(by)) certificates.put(arn, certificate.shown(shown -> shown.inUseBy(users)));
        });
    }

    /** Stays in use for minutes after the listener is gone (docs/aws-notes.md). */
    @Override
    public void release(String arn, String by) {
        aws.world.after(
                aws.world.draw(Duration.ofMinutes(2)),
                () -> certificates.truth(arn).ifPresent(certificate -> {
                    if (aws.elb.uses(by, arn)) return;
                    var users = new ArrayList<>(certificate.shown().inUseBy());
                    users.remove(by);
                    // As it reads where nothing ever used it.
                    var left = users.isEmpty() ? DefaultSdkAutoConstructList.<String>getInstance() : users;
                    certificates.put(arn, certificate.shown(shown -> shown.inUseBy(left)));
                }));
    }

    /** DNS has changed: certificates whose records are all there now will be issued. */
    void recordsChanged() {
        validation.recordsChanged();
    }

    /** An imported certificate for the domain, issued and usable at once: test set-up. */
    String imported(String domain, Map<String, String> tags) {
        var arn = newArn();
        var now = aws.world.now();
        var detail = CertificateDetail.builder()
                .certificateArn(arn)
                .domainName(domain)
                .subjectAlternativeNames(domain)
                .subject("CN=" + domain)
                .issuer("Example CA")
                .createdAt(now)
                .importedAt(now)
                .notBefore(now)
                .notAfter(now.plus(AcmValidation.VALIDITY))
                .status(CertificateStatus.ISSUED)
                .type(CertificateType.IMPORTED)
                .keyAlgorithm(KeyAlgorithm.RSA_2048)
                .renewalEligibility(RenewalEligibility.INELIGIBLE)
                .build();
        certificates.put(arn, new AcmCertificate(detail, Map.copyOf(tags), null, now), Duration.ZERO);
        return arn;
    }

    /** What really exists: tags by ARN. */
    Map<String, Map<String, String>> existing() {
        var existing = new TreeMap<String, Map<String, String>>();
        certificates.truths().forEach(certificate -> existing.put(certificate.arn(), certificate.tags()));
        return existing;
    }

    private static DomainValidation pending(String domain) {
        return DomainValidation.builder()
                .domainName(domain)
                .validationDomain(domain)
                .validationStatus(DomainStatus.PENDING_VALIDATION)
                .validationMethod(ValidationMethod.DNS)
                .build();
    }

    private static CertificateSummary summary(CertificateDetail shown) {
        return CertificateSummary.builder()
                .certificateArn(shown.certificateArn())
                .domainName(shown.domainName())
                .subjectAlternativeNameSummaries(shown.subjectAlternativeNames())
                .hasAdditionalSubjectAlternativeNames(false)
                .status(shown.status())
                .type(shown.type())
                .keyAlgorithm(shown.keyAlgorithm())
                .inUse(!shown.inUseBy().isEmpty())
                .renewalEligibility(shown.renewalEligibility())
                .createdAt(shown.createdAt())
                .issuedAt(shown.issuedAt())
                .importedAt(shown.importedAt())
                .notBefore(shown.notBefore())
                .notAfter(shown.notAfter())
                .build();
    }

    private String newArn() {
        var id = aws.world.hex(32).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        return aws.arn("acm", "certificate/" + id);
    }

    private AcmCertificate seen(String arn) {
        return certificates.seen(checked(arn)).orElseThrow(() -> missing(arn));
    }

    private AcmCertificate truth(String arn) {
        return certificates.truth(checked(arn)).orElseThrow(() -> missing(arn));
    }

    private static String checked(String arn) {
        if (arn == null || !arn.matches("arn:aws:acm:[a-z0-9-]+:\\d{12}:certificate/[\\w-]+"))
            throw Errors.of(
                    InvalidArnException.builder(),
                    "Acm",
                    "InvalidArnException",
                    400,
                    "The ARN " + arn + " is not valid.");
        return arn;
    }

    private RuntimeException missing(String arn) {
        return Errors.of(
                ResourceNotFoundException.builder(),
                "Acm",
                "ResourceNotFoundException",
                400,
                "Could not find certificate " + arn + " in account " + aws.account + ".");
    }

    private static RuntimeException validation(String message) {
        return Errors.of(AcmException.builder(), "Acm", "ValidationException", 400, message);
    }
}
