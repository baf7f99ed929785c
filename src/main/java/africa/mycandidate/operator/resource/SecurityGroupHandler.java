package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

final class SecurityGroupHandler implements Handler<SecurityGroup> {
    /** How many values a filter takes (EC2 user guide, "List and filter your resources"). */
    private static final int FILTER_VALUES = 200;

    private final Ec2Client ec2;

    SecurityGroupHandler(Clients clients) {
        this.ec2 = clients.of(Ec2Client.class);
    }

    @Override
    public Class<SecurityGroup> type() {
        return SecurityGroup.class;
    }

    @Override
    public List<Observed<SecurityGroup>> list(String place) {
        return withRules(
                ec2.describeSecurityGroupsPaginator(request -> request.maxResults(1000)).securityGroups().stream()
                        .filter(group -> Identity.names(group.groupName()))
                        .toList());
    }

    @Override
    public List<Observed<SecurityGroup>> find(String id) {
        var named = Filter.builder().name("group-id").values(id).build();
        return withRules(
                ec2
                        .describeSecurityGroupsPaginator(
                                request -> request.filters(named).maxResults(1000))
                        .securityGroups()
                        .stream()
                        .toList());
    }

    private List<Observed<SecurityGroup>> withRules(
            List<software.amazon.awssdk.services.ec2.model.SecurityGroup> groups) {
        var ids = groups.stream()
                .map(software.amazon.awssdk.services.ec2.model.SecurityGroup::groupId)
                .toList();
        var rules = new HashMap<String, List<SecurityGroupRule>>();
        for (var rule : rules(ids))
            rules.computeIfAbsent(rule.groupId(), id -> new ArrayList<>()).add(rule);
        return groups.stream()
                .map(group -> observed(group, rules.getOrDefault(group.groupId(), List.of())))
                .toList();
    }

    private List<SecurityGroupRule> rules(List<String> groups) {
        var found = new ArrayList<SecurityGroupRule>();
        for (var from = 0; from < groups.size(); from += FILTER_VALUES) {
            var some = groups.subList(from, Math.min(groups.size(), from + FILTER_VALUES));
            var filter = Filter.builder().name("group-id").values(some).build();
            ec2.describeSecurityGroupRulesPaginator(
                            request -> request.filters(filter).maxResults(1000))
                    .securityGroupRules()
                    .forEach(found::add);
        }
        return found;
    }

    private static Observed<SecurityGroup> observed(
            software.amazon.awssdk.services.ec2.model.SecurityGroup group, List<SecurityGroupRule> rules) {
        var id = group.groupId();
        var ingress = new HashSet<SecurityGroup.Rule>();
        var egress = new HashSet<SecurityGroup.Rule>();
        for (var rule : rules) (rule.isEgress() ? egress : ingress).add(rule(rule));
        var actual = new SecurityGroup(Ref.of(group.vpcId()), group.description(), ingress, egress);
        return Observed.of(actual, id, group.groupName(), Phase.READY, Map.of("id", id), Ec2Tags.map(group.tags()));
    }

    static SecurityGroup.Rule rule(SecurityGroupRule rule) {
        var protocol =
                switch (rule.ipProtocol()) {
                    case "1" -> "icmp";
                    case "6" -> "tcp";
                    case "17" -> "udp";
                    case "58" -> "icmpv6";
                    default -> rule.ipProtocol();
                };
        var ported = !protocol.equals("-1");
        return new SecurityGroup.Rule(
                protocol,
                ported && rule.fromPort() != null ? rule.fromPort() : -1,
                ported && rule.toPort() != null ? rule.toPort() : -1,
                peer(rule));
    }

    private static SecurityGroup.Peer peer(SecurityGroupRule rule) {
        if (rule.cidrIpv4() != null) return new SecurityGroup.Peer.Cidr(rule.cidrIpv4());
        if (rule.cidrIpv6() != null) return new SecurityGroup.Peer.Cidr(rule.cidrIpv6());
        if (rule.prefixListId() != null) return new SecurityGroup.Peer.PrefixList(rule.prefixListId());
        return new SecurityGroup.Peer.Group(Ref.of(rule.referencedGroupInfo().groupId()));
    }

    @Override
    public String create(SecurityGroup want, Creation creation) {
        return ec2.createSecurityGroup(request -> request.groupName(creation.name())
                        .description(want.description())
                        .vpcId(want.vpc().value())
                        .tagSpecifications(Ec2Tags.specification(ResourceType.SECURITY_GROUP, creation.tags())))
                .groupId();
    }

    /** The rules are read once more: AWS revokes by rule id, which the record does not hold. */
    @Override
    public void update(Observed<SecurityGroup> have, SecurityGroup goal, Set<String> fields) {
        var ingress = new LinkedHashMap<String, SecurityGroup.Rule>();
        var egress = new LinkedHashMap<String, SecurityGroup.Rule>();
        for (var rule : rules(List.of(have.id())))
            (rule.isEgress() ? egress : ingress).put(rule.securityGroupRuleId(), rule(rule));
        if (fields.contains("ingress")) {
            var missing = missing(goal.ingress(), ingress);
            if (!missing.isEmpty())
                ec2.authorizeSecurityGroupIngress(
                        request -> request.groupId(have.id()).ipPermissions(missing));
        }
        if (fields.contains("egress")) {
            var missing = missing(goal.egress(), egress);
            if (!missing.isEmpty())
                ec2.authorizeSecurityGroupEgress(
                        request -> request.groupId(have.id()).ipPermissions(missing));
        }
        revoke(have.id(), fields, goal, ingress, egress);
    }

    private void revoke(
            String id,
            Set<String> fields,
            SecurityGroup goal,
            Map<String, SecurityGroup.Rule> ingress,
            Map<String, SecurityGroup.Rule> egress) {
        if (fields.contains("ingress")) {
            var extra = extra(goal.ingress(), ingress);
            if (!extra.isEmpty())
                ec2.revokeSecurityGroupIngress(request -> request.groupId(id).securityGroupRuleIds(extra));
        }
        if (fields.contains("egress")) {
            var extra = extra(goal.egress(), egress);
            if (!extra.isEmpty())
                ec2.revokeSecurityGroupEgress(request -> request.groupId(id).securityGroupRuleIds(extra));
        }
    }

    private static List<IpPermission> missing(Set<SecurityGroup.Rule> goal, Map<String, SecurityGroup.Rule> have) {
        return goal.stream()
                .filter(rule -> !have.containsValue(rule))
                .map(SecurityGroupHandler::permission)
                .toList();
    }

    private static List<String> extra(Set<SecurityGroup.Rule> goal, Map<String, SecurityGroup.Rule> have) {
        return have.entrySet().stream()
                .filter(rule -> !goal.contains(rule.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    static IpPermission permission(SecurityGroup.Rule rule) {
        var permission = IpPermission.builder().ipProtocol(rule.protocol());
        if (!rule.protocol().equals("-1")) permission.fromPort(rule.fromPort()).toPort(rule.toPort());
        switch (rule.peer()) {
            case SecurityGroup.Peer.Cidr(String block)
            when block.contains(":") ->
                permission.ipv6Ranges(Ipv6Range.builder().cidrIpv6(block).build());
            case SecurityGroup.Peer.Cidr(String block) ->
                permission.ipRanges(IpRange.builder().cidrIp(block).build());
            case SecurityGroup.Peer.Group(var group) ->
                permission.userIdGroupPairs(
                        UserIdGroupPair.builder().groupId(group.value()).build());
            case SecurityGroup.Peer.PrefixList(String id) ->
                permission.prefixListIds(PrefixListId.builder().prefixListId(id).build());
        }
        return permission.build();
    }

    @Override
    public void delete(Observed<SecurityGroup> have, Deletion deletion) {
        ec2.deleteSecurityGroup(request -> request.groupId(have.id()));
    }

    @Override
    public void tag(Observed<SecurityGroup> have, Map<String, String> set, Set<String> remove) {
        Ec2Tags.change(ec2, have.id(), set, remove);
    }
}
