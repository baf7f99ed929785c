package africa.mycandidate.operator.sim;

import africa.mycandidate.operator.sim.SimPartition.RoleInUse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** Who calls, the operator's own role or one that it assumed, and sessions of roles (STS API Reference, AssumeRole). */
final class SimSts implements StsClient {
    /** The operator's own role, which is itself a session, as in EKS. */
    private static final String OPERATOR = "mycandidate-operator";

    private final SimAws aws;

    SimSts(SimAws aws) {
        this.aws = aws;
    }

    @Override
    public String serviceName() {
        return "sts";
    }

    @Override
    public void close() {}

    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
        return aws.world.call(() -> GetCallerIdentityResponse.builder()
                .account(aws.account)
                .arn(aws.partition.calling().map(RoleInUse::arn).orElse(operator()))
                .userId("AROA0123456789ABCDEF0:session")
                .build());
    }

    private String operator() {
        return "arn:aws:sts::" + aws.account + ":assumed-role/" + OPERATOR + "/session";
    }

    /** That the role is not there and that it does not trust the caller are the same answer: nobody learns which roles an account has. */
    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
        return aws.world.call(() -> {
            check(request);
            var role = aws.partition
                    .role(request.roleArn())
                    .filter(one -> admits(one, request))
                    .orElseThrow(() -> error(
                            "AccessDenied",
                            403,
                            "User: " + operator() + " is not authorized to perform: sts:AssumeRole on resource: "
                                    + request.roleArn()));
            var seconds = request.durationSeconds() == null ? 3600 : request.durationSeconds();
            if (seconds > role.shown().maxSessionDuration())
                throw error(
                        "ValidationError",
                        400,
                        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
            if (seconds > 3600)
                throw error(
                        "ValidationError",
                        400,
                        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
            var session = new RoleInUse(
                    account(request),
                    role.shown().roleName(),
                    role.shown().roleId(),
                    request.roleSessionName(),
                    aws.world.now().plus(Duration.ofSeconds(seconds)));
            var key = "ASIA" + aws.world.hex(16).toUpperCase(Locale.ROOT);
            aws.partition.begin(key, session);
            return AssumeRoleResponse.builder()
                    .credentials(given -> given.accessKeyId(key)
                            .secretAccessKey(aws.world.hex(40))
                            .sessionToken(aws.world.hex(200))
                            .expiration(session.ends()))
                    .assumedRoleUser(user ->
                            user.arn(session.arn()).assumedRoleId(session.roleId() + ":" + session.sessionName()))
                    .build();
        });
    }

    private boolean admits(IamRole role, AssumeRoleRequest request) {
        var caller = Set.of(
                "*",
                operator(),
                "arn:aws:iam::" + aws.account + ":role/" + OPERATOR,
                "arn:aws:iam::" + aws.account + ":root",
                aws.account);
        var context = new HashMap<String, String>();
        context.put("sts:ExternalId", request.externalId() == null ? "" : request.externalId());
        return IamPolicy.trust(role.trust()).admits(caller, context);
    }

    private static String account(AssumeRoleRequest request) {
        return request.roleArn().split(":", 6)[4];
    }

    private static void check(AssumeRoleRequest request) {
        if (request.roleArn() == null || request.roleArn().length() < 20)
            throw invalid("roleArn", "Member must have length greater than or equal to 20");
        if (request.roleSessionName() == null || !request.roleSessionName().matches("[\\w+=,.@-]{2,64}"))
            throw invalid("roleSessionName", "Member must satisfy regular expression pattern: [\\w+=,.@-]*");
        if (request.externalId() != null && !request.externalId().matches("[\\w+=,.@:/-]{2,1224}"))
            throw invalid("externalId", "Member must satisfy regular expression pattern: [\\w+=,.@:\\/-]*");
        var seconds = request.durationSeconds();
        if (seconds != null && (seconds < 900 || seconds > 43_200))
            throw invalid("durationSeconds", "Member must have value between 900 and 43200");
    }

    private static RuntimeException invalid(String field, String why) {
        return error(
                "ValidationError",
                400,
                "1 validation error detected: Value at '" + field + "' failed to satisfy constraint: " + why);
    }

    private static RuntimeException error(String code, int status, String message) {
        return Errors.of(StsException.builder(), "Sts", code, status, message);
    }
}
