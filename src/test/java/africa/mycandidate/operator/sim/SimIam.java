package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.*;

/**
 * IAM roles. IAM is global: ARNs carry no region. Two views of a role lag behind the truth: what IAM's own reads show, and what other services
 * know of it (seconds more; IAM User Guide, "Changes that I make are not always immediately visible").
 */
final class SimIam implements IamClient, Roles {
    private static final Map<String, String> LINKED = Map.of(
            "ecs.amazonaws.com", "AWSServiceRoleForECS",
            "elasticloadbalancing.amazonaws.com", "AWSServiceRoleForElasticLoadBalancing",
            "rds.amazonaws.com", "AWSServiceRoleForRDS",
            "elasticache.amazonaws.com", "AWSServiceRoleForElastiCache",
            "ecs.application-autoscaling.amazonaws.com", "AWSServiceRoleForApplicationAutoScaling_ECSService");

    private final SimAws aws;
    private final Table<IamRole> roles;
    private final Table<IamRole> elsewhere;
    private final IamRolePolicies policies = new IamRolePolicies(this);

    SimIam(SimAws aws) {
        this.aws = aws;
        this.roles = new Table<>(aws.world);
        this.elsewhere = new Table<>(aws.world);
    }

    @Override
    public String serviceName() {
        return "iam";
    }

    @Override
    public void close() {}

    @Override
    public CreateRoleResponse createRole(CreateRoleRequest request) {
        return aws.world.call(() -> {
            checkName("roleName", request.roleName(), 64);
            var path = request.path() == null ? "/" : request.path();
            if (!path.startsWith("/") || !path.endsWith("/"))
                throw invalid(
                        "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.");
            checkTrust(request.assumeRolePolicyDocument());
            var hours = request.maxSessionDuration();
            if (hours != null && (hours < 3600 || hours > 43_200))
                throw invalid(
                        "1 validation error detected: Value at 'maxSessionDuration' must be between 3600 and 43200");
            if (roles.truth(request.roleName()).isPresent())
                throw Errors.of(
                        EntityAlreadyExistsException.builder(),
                        "Iam",
                        "EntityAlreadyExists",
                        409,
                        "Role with name " + request.roleName() + " already exists.");
            var shown = role(request.roleName(), path).toBuilder()
                    .description(request.description())
                    .maxSessionDuration(hours == null ? 3600 : hours)
                    .build();
            var role = new IamRole(shown, request.assumeRolePolicyDocument(), IamTags.added(Map.of(), request.tags()));
            put(role);
            return CreateRoleResponse.builder().role(full(role)).build();
        });
    }

    @Override
    public GetRoleResponse getRole(GetRoleRequest request) {
        return aws.world.call(() ->
                GetRoleResponse.builder().role(full(seen(request.roleName()))).build());
    }

    @Override
    public ListRolesResponse listRoles(ListRolesRequest request) {
        return aws.world.call(() -> {
            var prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
            // ListRoles leaves out tags (IAM API Reference, ListRoles).
            var all = roles.seen().stream()
                    .filter(role -> role.shown().path().startsWith(prefix))
                    .sorted(Comparator.comparing(role -> role.shown().roleName()))
                    .map(role -> full(role).toBuilder().tags((List<Tag>) null).build())
                    .toList();
            var page = SimPage.of(all, request.marker(), request.maxItems(), 100);
            return ListRolesResponse.builder()
                    .roles(page.items())
                    .marker(page.next())
                    .isTruncated(page.next() != null)
                    .build();
        });
    }

    @Override
    public UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest request) {
        return aws.world.call(() -> {
            var role = modifiable(request.roleName());
            checkTrust(request.policyDocument());
            put(role.trust(request.policyDocument()));
            return UpdateAssumeRolePolicyResponse.builder().build();
        });
    }

    /** A session duration that is left out becomes an hour again (IAM API Reference, UpdateRole). */
    @Override
    public UpdateRoleResponse updateRole(UpdateRoleRequest request) {
        return aws.world.call(() -> {
            var role = modifiable(request.roleName());
            var shown = role.shown().toBuilder()
                    .maxSessionDuration(request.maxSessionDuration() == null ? 3600 : request.maxSessionDuration());
            if (request.description() != null) shown.description(request.description());
            put(new IamRole(shown.build(), role.trust(), role.inline(), role.attached(), role.tags()));
            return UpdateRoleResponse.builder().build();
        });
    }

    @Override
    public DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
        return aws.world.call(() -> {
            var role = modifiable(request.roleName());
            if (!role.attached().isEmpty()) throw conflict("Cannot delete entity, must detach all policies first.");
            if (!role.inline().isEmpty()) throw conflict("Cannot delete entity, must delete policies first.");
            roles.remove(request.roleName());
            elsewhere.remove(request.roleName());
            return DeleteRoleResponse.builder().build();
        });
    }

    @Override
    public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
        return aws.world.call(() -> {
            var page = SimPage.of(
                    IamTags.listed(seen(request.roleName()).tags()), request.marker(), request.maxItems(), 100);
            return ListRoleTagsResponse.builder()
                    .tags(page.items())
                    .marker(page.next())
                    .isTruncated(page.next() != null)
                    .build();
        });
    }

    @Override
    public TagRoleResponse tagRole(TagRoleRequest request) {
        return aws.world.call(() -> {
            var role = modifiable(request.roleName());
            put(role.tags(IamTags.added(role.tags(), request.tags())));
            return TagRoleResponse.builder().build();
        });
    }

    @Override
    public UntagRoleResponse untagRole(UntagRoleRequest request) {
        return aws.world.call(() -> {
            var role = modifiable(request.roleName());
            var next = new LinkedHashMap<>(role.tags());
            request.tagKeys().forEach(next::remove);
            put(role.tags(next));
            return UntagRoleResponse.builder().build();
        });
    }

    @Override
    public PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
        return aws.world.call(() -> policies.put(request));
    }

    @Override
    public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
        return aws.world.call(() -> policies.get(request));
    }

    @Override
    public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
        return aws.world.call(() -> policies.list(request));
    }

    @Override
    public DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
        return aws.world.call(() -> policies.delete(request));
    }

    @Override
    public AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
        return aws.world.call(() -> policies.attach(request));
    }

    @Override
    public DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
        return aws.world.call(() -> policies.detach(request));
    }

    @Override
    public ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest request) {
        return aws.world.call(() -> policies.attached(request));
    }

    @Override
    public CreateServiceLinkedRoleResponse createServiceLinkedRole(CreateServiceLinkedRoleRequest request) {
        return aws.world.call(() -> {
            var name = LINKED.get(request.awsServiceName());
            if (name == null) throw unsupportedService(request.awsServiceName());
            // The error is InvalidInput, not EntityAlreadyExists (docs/aws-notes.md).
            if (roles.truth(name).isPresent())
                throw Errors.of(
                        InvalidInputException.builder(),
                        "Iam",
                        "InvalidInput",
                        400,
                        "Service role name " + name
                                + " has been taken in this account, please try a different suffix.");
            serviceLinked(request.awsServiceName());
            return CreateServiceLinkedRoleResponse.builder()
                    .role(full(roles.truth(name).orElseThrow()))
                    .build();
        });
    }

    @Override
    public boolean assumable(String roleArn, String service) {
        var context = Map.of(
                "aws:SourceAccount",
                aws.account,
                "aws:SourceArn",
                aws.arn(service.startsWith("ecs-tasks") ? "ecs" : service.split("\\.")[0], "any"));
        return known(roleArn)
                && IamPolicy.trust(elsewhere.seen(name(roleArn)).orElseThrow().trust())
                        .trusts(service, context);
    }

    @Override
    public boolean allows(String roleArn, String action, String resourceArn) {
        if (!known(roleArn)) return false;
        var role = elsewhere.seen(name(roleArn)).orElseThrow();
        var context = Map.of(
                "aws:ResourceAccount",
                aws.account,
                "aws:PrincipalAccount",
                aws.account,
                "aws:RequestedRegion",
                aws.region);
        var allowed = false;
        for (var document : role.inline().values()) {
            var effect = IamPolicy.permissions(document).evaluate(action, resourceArn, context);
            if (effect == IamPolicy.Effect.DENY) return false;
            allowed |= effect == IamPolicy.Effect.ALLOW;
        }
        for (var arn : role.attached().keySet())
            allowed |= IamManagedPolicies.of(arn).orElseThrow().evaluate(action, resourceArn, context)
                    == IamPolicy.Effect.ALLOW;
        return allowed;
    }

    @Override
    public void serviceLinked(String service) {
        var name = LINKED.get(service);
        if (name == null) throw unsupportedService(service);
        if (roles.truth(name).isPresent()) return;
        var trust = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\""
                + service + "\"},\"Action\":\"sts:AssumeRole\"}]}";
        put(new IamRole(role(name, "/aws-service-role/" + service + "/"), trust, Map.of()));
    }

    /** What really exists: tags by role name. Service-linked roles stay for good and are not in it. */
    Map<String, Map<String, String>> existing() {
        var existing = new TreeMap<String, Map<String, String>>();
        for (var role : roles.truths())
            if (!role.serviceLinked()) existing.put(role.shown().roleName(), role.tags());
        return existing;
    }

    /** The role of that ARN as STS sees it, which like every other service hears of it a little later. */
    Optional<IamRole> knownAs(String arn) {
        return known(arn) ? elsewhere.seen(name(arn)) : Optional.empty();
    }

    Optional<IamRole> withId(String roleId) {
        return roles.truths().stream()
                .filter(role -> role.shown().roleId().equals(roleId))
                .findFirst();
    }

    /** The role as reads show it. */
    IamRole seen(String name) {
        return roles.seen(name).orElseThrow(() -> noSuchRole(name));
    }

    /** The role as it is, for a change. */
    IamRole modifiable(String name) {
        var role = roles.truth(name).orElseThrow(() -> noSuchRole(name));
        if (role.serviceLinked())
            throw Errors.of(
                    UnmodifiableEntityException.builder(),
                    "Iam",
                    "UnmodifiableEntity",
                    400,
                    "Cannot perform the operation on the protected role '" + name
                            + "' - this role is only modifiable by AWS");
        return role;
    }

    void put(IamRole role) {
        var name = role.shown().roleName();
        roles.put(name, role);
        elsewhere.put(name, role, aws.world.draw(Duration.ofSeconds(7)));
    }

    private boolean known(String roleArn) {
        return roles.truth(name(roleArn)).isPresent()
                && elsewhere
                        .seen(name(roleArn))
                        .filter(role -> role.shown().arn().equals(roleArn))
                        .isPresent();
    }

    private void checkTrust(String document) {
        for (var principal : IamPolicy.trust(document).principals()) {
            var ours = principal.startsWith("arn:aws:iam::" + aws.account + ":role/");
            if (ours && elsewhere.seen(name(principal)).isEmpty())
                throw IamPolicy.malformed("Invalid principal in policy: \"AWS\":\"" + principal + "\"");
        }
    }

    private Role role(String name, String path) {
        return Role.builder()
                .roleName(name)
                .path(path)
                .arn("arn:aws:iam::" + aws.account + ":role" + path + name)
                .roleId("AROA" + aws.world.hex(17).toUpperCase())
                .createDate(aws.world.now())
                .maxSessionDuration(3600)
                .build();
    }

    private static Role full(IamRole role) {
        return role.shown().toBuilder()
                .assumeRolePolicyDocument(IamRolePolicies.encoded(role.trust()))
                .tags(role.tags().isEmpty() ? null : IamTags.listed(role.tags()))
                .build();
    }

    static void checkName(String field, String name, int most) {
        if (name == null || name.length() > most || !name.matches("[\\w+=,.@-]+"))
            throw invalid("The specified value for " + field
                    + " is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
    }

    private static String name(String roleArn) {
        return roleArn.substring(roleArn.lastIndexOf('/') + 1);
    }

    private static RuntimeException noSuchRole(String name) {
        return noSuchEntity("The role with name " + name + " cannot be found.");
    }

    static RuntimeException noSuchEntity(String message) {
        return Errors.of(NoSuchEntityException.builder(), "Iam", "NoSuchEntity", 404, message);
    }

    private static RuntimeException conflict(String message) {
        return Errors.of(DeleteConflictException.builder(), "Iam", "DeleteConflict", 409, message);
    }

    private static RuntimeException invalid(String message) {
        return Errors.of(IamException.builder(), "Iam", "ValidationError", 400, message);
    }

    private static RuntimeException unsupportedService(String service) {
        return Errors.of(
                InvalidInputException.builder(),
                "Iam",
                "InvalidInput",
                400,
                "Service-linked roles for " + service + " are not supported");
    }
}
