package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * An IAM role. Documents come back URL-encoded, with single-element lists collapsed or not, so they are compared as values. Outputs: {@code arn}, and
 * {@code readyArn} once it has a policy.
 */
@AwsType(placed = true, replacement = Replacement.NEVER, nameLength = 64)
public record Role(
        @Immutable String path,
        String description,
        Policy trust,
        @Late Map<String, Policy> policies,
        @Late Set<String> managedPolicyArns)
        implements Resource {

    /** The statements of a policy document. */
    public record Policy(Set<Statement> statements) {}

    /**
     * @param effect {@code Allow} or {@code Deny}
     * @param principal the service that may assume the role; empty in a permission policy
     * @param resources ARNs or patterns; empty in a trust policy
     * @param rest what else stands in the statement (conditions, other principals), as JSON in the form of
     *     {@link PolicyDocument#canonical}: keys and lists in order, no list of one element; empty where there is nothing
     */
    public record Statement(
            String effect,
            String principal,
            Set<String> actions,
            Set<Ref<? extends Resource>> resources,
            String rest) {}

    @Override
    public String place() {
        return path;
    }

    /** IAM keeps a role that has policies (DeleteConflict). */
    @Override
    public Optional<Resource> leaving() {
        return Optional.of(new Role(path, null, null, Map.of(), Set.of()));
    }
}

final class RoleHandler implements Handler<Role> {
    private final IamClient iam;

    RoleHandler(Clients clients) {
        this.iam = clients.of(IamClient.class);
    }

    @Override
    public Class<Role> type() {
        return Role.class;
    }

    /** ListRoles gives neither tags nor policies (IAM API reference): each role is asked for them. */
    @Override
    public List<Observed<Role>> list(String place) {
        return iam.listRolesPaginator(request -> request.pathPrefix(place)).roles().stream()
                .filter(role -> role.path().equals(place) && role.roleName().startsWith("mcd-"))
                .map(role -> observed(role.roleName()))
                .toList();
    }

    private Observed<Role> observed(String name) {
        var role = iam.getRole(request -> request.roleName(name)).role();
        var policies = policies(name);
        var managed = managed(name);
        var outputs = new TreeMap<>(Map.of("arn", role.arn()));
        if (!policies.isEmpty() || !managed.isEmpty()) outputs.put("readyArn", role.arn());
        var tags = new TreeMap<String, String>();
        for (var tag : role.tags()) tags.put(tag.key(), tag.value());
        var trust = PolicyDocument.read(role.assumeRolePolicyDocument());
        var actual = new Role(role.path(), role.description(), trust, policies, managed);
        return Observed.of(actual, name, name, Phase.READY, outputs, tags);
    }

    private Map<String, Role.Policy> policies(String role) {
        var found = new HashMap<String, Role.Policy>();
        for (var name :
                iam.listRolePoliciesPaginator(request -> request.roleName(role)).policyNames()) {
            var policy = iam.getRolePolicy(request -> request.roleName(role).policyName(name));
            found.put(name, PolicyDocument.read(policy.policyDocument()));
        }
        return found;
    }

    private Set<String> managed(String role) {
        var found = new HashSet<String>();
        iam.listAttachedRolePoliciesPaginator(request -> request.roleName(role))
                .attachedPolicies()
                .forEach(policy -> found.add(policy.policyArn()));
        return found;
    }

    @Override
    public String create(Role want, Creation creation) {
        return iam.createRole(request -> request.path(want.path())
                        .roleName(creation.name())
                        .description(want.description())
                        .assumeRolePolicyDocument(PolicyDocument.write(want.trust()))
                        .tags(tags(creation.tags())))
                .role()
                .roleName();
    }

    @Override
    public void update(Observed<Role> have, Role goal, Set<String> fields) {
        var name = have.id();
        if (fields.contains("trust")) {
            var trust = PolicyDocument.write(goal.trust());
            iam.updateAssumeRolePolicy(request -> request.roleName(name).policyDocument(trust));
        }
        if (fields.contains("description"))
            iam.updateRole(request -> request.roleName(name).description(goal.description()));
        if (fields.contains("policies")) putPolicies(name, have.actual().policies(), goal.policies());
        if (fields.contains("managedPolicyArns"))
            attach(name, have.actual().managedPolicyArns(), goal.managedPolicyArns());
    }

    private void putPolicies(String role, Map<String, Role.Policy> have, Map<String, Role.Policy> goal) {
        for (var policy : new TreeMap<>(goal).entrySet()) {
            if (policy.getValue().equals(have.get(policy.getKey()))) continue;
            iam.putRolePolicy(request -> request.roleName(role)
                    .policyName(policy.getKey())
                    .policyDocument(PolicyDocument.write(policy.getValue())));
        }
        for (var old : have.keySet()) {
            if (!goal.containsKey(old))
                iam.deleteRolePolicy(request -> request.roleName(role).policyName(old));
        }
    }

    private void attach(String role, Set<String> have, Set<String> goal) {
        for (var arn : goal) {
            if (!have.contains(arn))
                iam.attachRolePolicy(request -> request.roleName(role).policyArn(arn));
        }
        for (var arn : have) {
            if (!goal.contains(arn))
                iam.detachRolePolicy(request -> request.roleName(role).policyArn(arn));
        }
    }

    @Override
    public void delete(Observed<Role> have, Deletion deletion) {
        iam.deleteRole(request -> request.roleName(have.id()));
    }

    @Override
    public void tag(Observed<Role> have, Map<String, String> set, Set<String> remove) {
        if (!set.isEmpty()) iam.tagRole(request -> request.roleName(have.id()).tags(tags(set)));
        if (!remove.isEmpty())
            iam.untagRole(request -> request.roleName(have.id()).tagKeys(remove));
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
