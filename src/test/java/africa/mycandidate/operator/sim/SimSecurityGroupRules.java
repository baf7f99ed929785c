package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.invalid;
import static africa.mycandidate.operator.sim.Ec2Refusal.refuse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The rules of security groups, one row for each source or destination. */
final class SimSecurityGroupRules {
    private final SimEc2State ec2;
    final Ec2Rows<SecurityGroupRule> rows;
    /** Rules in each direction; a prefix list counts as many as its maximum entries (DOC:amazon-vpc-limits). */
    int limit = 60;

    private final Map<String, PrefixList> prefixLists = new LinkedHashMap<>();

    private record PrefixList(List<Cidr> entries, int weight) {}

    /** AWS's own list of the addresses from which CloudFront asks origins, in the range that ip-ranges.json gives to CLOUDFRONT_ORIGIN_FACING. */
    static final String CLOUDFRONT = "pl-00c10dfa";

    private static final String CLOUDFRONT_NAME = "com.amazonaws.global.cloudfront.origin-facing";
    private static final int CLOUDFRONT_WEIGHT = 55;

    DescribeManagedPrefixListsResponse describe(DescribeManagedPrefixListsRequest request) {
        var filters = request.filters();
        if (filters.size() != 1 || !filters.getFirst().name().equals("prefix-list-name"))
            throw new UnsupportedOperationException("Managed prefix lists are modelled by their name alone.");
        var found = filters.getFirst().values().contains(CLOUDFRONT_NAME)
                ? List.of(ManagedPrefixList.builder()
                        .prefixListId(CLOUDFRONT)
                        .prefixListName(CLOUDFRONT_NAME)
                        .ownerId("AWS")
                        .addressFamily("IPv4")
                        .build())
                : List.<ManagedPrefixList>of();
        return DescribeManagedPrefixListsResponse.builder().prefixLists(found).build();
    }

    /** Whether a rule lets such an address in. */
    boolean admits(String group, Cidr from, int port) {
        return of(group, false).stream()
                .filter(rule -> rule.ipProtocol().equals("-1") || rule.fromPort() <= port && port <= rule.toPort())
                .anyMatch(rule -> rule.prefixListId() != null
                        ? entries(rule.prefixListId()).stream().anyMatch(block -> block.contains(from))
                        : rule.cidrIpv4() != null && Cidr.of(rule.cidrIpv4()).contains(from));
    }

    SimSecurityGroupRules(SimEc2State ec2) {
        this.ec2 = ec2;
        this.rows = new Ec2Rows<>(
                ec2,
                new Ec2Rows.Type<>(
                        "security-group-rule",
                        "sgr",
                        "InvalidSecurityGroupRuleId.NotFound",
                        "security group rule ID",
                        SecurityGroupRule::securityGroupRuleId,
                        Map.of(
                                "security-group-rule-id", rule -> Stream.of(rule.securityGroupRuleId()),
                                "group-id", rule -> Stream.of(rule.groupId()))));
        prefixList(CLOUDFRONT, CLOUDFRONT_WEIGHT, List.of("130.176.0.0/16"));
    }

    /** Makes a managed prefix list known. */
    void prefixList(String id, int weight, List<String> entries) {
        prefixLists.put(id, new PrefixList(entries.stream().map(Cidr::of).toList(), weight));
    }

    List<Cidr> entries(String prefixList) {
        return prefixLists.containsKey(prefixList) ? prefixLists.get(prefixList).entries() : List.of();
    }

    void allowAll(SecurityGroup group, boolean egress) {
        var rule = SecurityGroupRule.builder().ipProtocol("-1").fromPort(-1).toPort(-1);
        if (egress) rule.cidrIpv4("0.0.0.0/0");
        else rule.referencedGroupInfo(info -> info.groupId(group.groupId()));
        add(group, rule.build(), egress, List.of());
    }

    private SecurityGroupRule add(
            SecurityGroup group, SecurityGroupRule rule, boolean egress, List<TagSpecification> tags) {
        var made = rule.toBuilder()
                .securityGroupRuleId(rows.newId())
                .groupId(group.groupId())
                .groupOwnerId(ec2.account())
                .isEgress(egress);
        if (rule.referencedGroupInfo() != null)
            made.referencedGroupInfo(
                    rule.referencedGroupInfo().toBuilder().userId(ec2.account()).build());
        rows.create(made.build(), tags);
        return made.build();
    }

    /** Adds all rules, or none. */
    List<SecurityGroupRule> authorize(
            String groupId, List<IpPermission> permissions, boolean egress, List<TagSpecification> tags) {
        ec2.tags.check("security-group-rule", tags);
        var group = ec2.securityGroups.rows.need(groupId);
        var wanted = IpPermissions.rules(permissions);
        if (wanted.isEmpty()) throw Ec2Refusal.missing("ipPermissions");
        wanted.forEach(rule -> checkPeer(group, rule));
        if (new HashSet<>(wanted.stream().map(IpPermissions::essence).toList()).size() < wanted.size())
            throw invalid("The same permission must not appear multiple times");
        var present = of(groupId, egress).stream().map(IpPermissions::essence).toList();
        for (var rule : wanted)
            if (present.contains(IpPermissions.essence(rule)))
                throw refuse(
                        "InvalidPermission.Duplicate",
                        "the specified rule \"" + IpPermissions.text(rule) + "\" already exists");
        var all = Stream.concat(of(groupId, egress).stream(), wanted.stream()).toList();
        if (Math.max(weight(all, false), weight(all, true)) > limit)
            throw refuse(
                    "RulesPerSecurityGroupLimitExceeded",
                    "The maximum number of rules per security group has been reached.");
        return wanted.stream()
                .map(rule -> shown(add(group, rule, egress, tags)))
                .toList();
    }

    private void checkPeer(SecurityGroup group, SecurityGroupRule rule) {
        if (rule.prefixListId() != null && !prefixLists.containsKey(rule.prefixListId()))
            throw refuse(
                    "InvalidPrefixListID.NotFound", "The prefix list ID '" + rule.prefixListId() + "' does not exist");
        if (rule.referencedGroupInfo() == null) return;
        var peer = ec2.securityGroups.rows.need(rule.referencedGroupInfo().groupId());
        if (!peer.vpcId().equals(group.vpcId()))
            throw refuse(
                    "InvalidGroup.NotFound", "You have specified two resources that belong to different networks.");
    }

    /** Quotas hold for IPv4 and for IPv6 on their own; references to groups and prefix lists count in both. */
    private int weight(List<SecurityGroupRule> rules, boolean ipv6) {
        return rules.stream()
                .filter(rule -> ipv6 ? rule.cidrIpv4() == null : rule.cidrIpv6() == null)
                .mapToInt(rule -> rule.prefixListId() == null
                        ? 1
                        : prefixLists.get(rule.prefixListId()).weight())
                .sum();
    }

    /** Removes all that is named, or, where one is missing, none (BC RevokeSecurityGroupIngress). */
    void revoke(String groupId, List<String> ids, List<IpPermission> permissions, boolean egress) {
        ec2.securityGroups.rows.need(groupId);
        if (!ids.isEmpty() && !permissions.isEmpty())
            throw refuse(
                    "InvalidParameterCombination",
                    "The parameter securityGroupRuleIds cannot be used with the parameter ipPermissions");
        if (ids.isEmpty() && permissions.isEmpty()) throw Ec2Refusal.missing("ipPermissions or securityGroupRuleIds");
        var gone = new ArrayList<String>();
        for (var id : ids) {
            var rule = rows.need(id);
            if (!rule.groupId().equals(groupId) || rule.isEgress() != egress) throw rows.absent(id);
            gone.add(id);
        }
        for (var rule : IpPermissions.rules(permissions))
            gone.add(of(groupId, egress).stream()
                    .filter(present -> IpPermissions.essence(present).equals(IpPermissions.essence(rule)))
                    .map(SecurityGroupRule::securityGroupRuleId)
                    .findFirst()
                    .orElseThrow(() -> refuse(
                            "InvalidPermission.NotFound",
                            "The specified rule does not exist in this security group.")));
        gone.forEach(rows::remove);
    }

    /** The rules of a group in truth. */
    List<SecurityGroupRule> of(String group, boolean egress) {
        return rows.truths().stream()
                .filter(rule -> rule.groupId().equals(group) && rule.isEgress() == egress)
                .toList();
    }

    boolean referencedByOthers(String group) {
        return rows.truths().stream()
                .anyMatch(rule -> !rule.groupId().equals(group)
                        && rule.referencedGroupInfo() != null
                        && rule.referencedGroupInfo().groupId().equals(group));
    }

    void groupDeleted(String group) {
        Stream.concat(of(group, false).stream(), of(group, true).stream())
                .forEach(rule -> rows.remove(rule.securityGroupRuleId()));
    }

    /** The groups that a group's rules name, as reads show them. */
    Stream<String> sources(String group, boolean egress) {
        return seen(group, egress)
                .filter(rule -> rule.referencedGroupInfo() != null)
                .map(rule -> rule.referencedGroupInfo().groupId());
    }

    List<IpPermission> permissions(String group, boolean egress) {
        return IpPermissions.merged(seen(group, egress).toList());
    }

    private Stream<SecurityGroupRule> seen(String group, boolean egress) {
        return rows
                .list(List.of(), List.of(), rule -> rule.groupId().equals(group) && rule.isEgress() == egress)
                .stream();
    }

    DescribeSecurityGroupRulesResponse describe(DescribeSecurityGroupRulesRequest request) {
        var page = rows.page(
                request.securityGroupRuleIds(),
                request.filters(),
                rule -> true,
                request.maxResults(),
                request.nextToken());
        return DescribeSecurityGroupRulesResponse.builder()
                .securityGroupRules(page.rows().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    private SecurityGroupRule shown(SecurityGroupRule rule) {
        return rule.toBuilder().tags(ec2.tags.of(rule.securityGroupRuleId())).build();
    }
}
