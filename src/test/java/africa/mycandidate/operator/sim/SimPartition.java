package africa.mycandidate.operator.sim;

import africa.mycandidate.operator.aws.Port;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** All accounts and regions of one simulated AWS, and the sessions that STS gave out for their roles. */
final class SimPartition {
    private final List<SimAws> all = new ArrayList<>();
    private final Map<String, RoleInUse> sessions = new HashMap<>();
    private final Map<String, Table<SimDashboards.Row>> dashboards = new HashMap<>();
    private RoleInUse calling;

    /** @param roleId the id of the role when the session began: one of the same name, made later, is another role */
    record RoleInUse(String account, String roleName, String roleId, String sessionName, Instant ends) {
        String arn() {
            return "arn:aws:sts::" + account + ":assumed-role/" + roleName + "/" + sessionName;
        }

        RoleInUse until(Instant end) {
            return new RoleInUse(account, roleName, roleId, sessionName, end.isBefore(ends) ? end : ends);
        }
    }

    void add(SimAws aws) {
        all.add(aws);
    }

    List<SimAws> all() {
        return all;
    }

    Optional<SimAws> in(String account, String region) {
        return all.stream()
                .filter(aws -> aws.account.equals(account) && aws.region.equals(region))
                .findFirst();
    }

    /** What somebody may be told who asks for a name now. */
    Set<String> addresses(String name) {
        return all.stream()
                .flatMap(aws -> aws.route53.addresses(name).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Stream<SimAws> everywhere() {
        return List.copyOf(all).stream();
    }

    /** A role as STS sees it. IAM is global: the role may have been made by way of any region. */
    Optional<IamRole> role(String arn) {
        return all.stream().flatMap(aws -> aws.iam.knownAs(arn).stream()).findFirst();
    }

    /** Public DNS is one, whosever the zone is. */
    boolean resolves(String name, String type, String value) {
        return all.stream().anyMatch(aws -> aws.route53.resolves(name, type, value));
    }

    void recordsChanged() {
        all.forEach(aws -> aws.acm.recordsChanged());
    }

    /** "All dashboards in your account are global, not region-specific" (CloudWatch API reference, PutDashboard). */
    Table<SimDashboards.Row> dashboards(SimAws aws) {
        return dashboards.computeIfAbsent(aws.account, any -> new Table<>(aws.world));
    }

    void begin(String accessKeyId, RoleInUse session) {
        sessions.put(accessKeyId, session);
    }

    void end(Instant now) {
        sessions.replaceAll((key, session) -> session.until(now));
    }

    /** Whose call is being answered; empty where it is the operator itself. */
    Optional<RoleInUse> calling() {
        return Optional.ofNullable(calling);
    }

    /** Makes a call with a session's credentials, in the account that they lead to. */
    Object call(SimAws target, AwsSessionCredentials credentials, String service, Port.Call call) throws Throwable {
        synchronized (target.world) {
            target.world.settle();
            calling = session(target, credentials, service);
            try {
                return call.run();
            } finally {
                calling = null;
            }
        }
    }

    private RoleInUse session(SimAws target, AwsSessionCredentials credentials, String service) {
        var session = sessions.get(credentials.accessKeyId());
        if (session == null || role(session).isEmpty()) throw unknown(service);
        if (!session.ends().isAfter(target.world.now())) throw expired(service);
        if (!session.account().equals(target.account))
            throw new IllegalStateException("a session of " + session.account() + " in " + target.account);
        return session;
    }

    private Optional<IamRole> role(RoleInUse session) {
        return all.stream()
                .filter(aws -> aws.account.equals(session.account()))
                .flatMap(aws -> aws.iam.withId(session.roleId()).stream())
                .findFirst();
    }

    /** The sessions of a role that was deleted are worth nothing (IAM User Guide, "Deleting roles or instance profiles"). */
    private static AwsServiceException unknown(String service) {
        return service.equals("Ec2")
                ? error(service, "AuthFailure", 401, "AWS was not able to validate the provided access credentials")
                : error(service, "InvalidClientTokenId", 403, "The security token included in the request is invalid.");
    }

    /** EC2 calls it otherwise (EC2 API Reference, "Error codes", RequestExpired); services of the JSON protocols add Exception. */
    private static AwsServiceException expired(String service) {
        return switch (service) {
            case "Ec2" -> error(service, "RequestExpired", 400, "Request has expired.");
            case "Acm", "ApplicationAutoScaling", "CloudWatchLogs", "Ecs", "SecretsManager" ->
                error(service, "ExpiredTokenException", 400, "The security token included in the request is expired");
            default -> error(service, "ExpiredToken", 403, "The security token included in the request is expired");
        };
    }

    private static AwsServiceException error(String service, String code, int status, String message) {
        return Errors.of(AwsServiceException.builder(), service, code, status, message);
    }
}
