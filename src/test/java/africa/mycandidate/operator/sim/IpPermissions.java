package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.Ec2Refusal.invalid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** The two shapes of security group rules: permissions, which gather peers by protocol and ports, and single rules. */
final class IpPermissions {
    /** CFN:EC2::SecurityGroup's transforms: numbers and names of protocols mean the same. */
    private static final Map<String, String> PROTOCOLS = Map.of(
            "6", "tcp", "17", "udp", "1", "icmp", "58", "icmpv6", "tcp", "tcp", "udp", "udp", "icmp", "icmp", "icmpv6",
            "icmpv6", "-1", "-1");

    private IpPermissions() {}

    static List<SecurityGroupRule> rules(List<IpPermission> permissions) {
        return permissions.stream()
                .flatMap(permission -> rules(permission).stream())
                .toList();
    }

    private static List<SecurityGroupRule> rules(IpPermission permission) {
        var base = base(permission);
        var rules = new ArrayList<SecurityGroupRule>();
        for (var range : permission.ipRanges())
            rules.add(base.toBuilder()
                    .cidrIpv4(canonical(range.cidrIp()))
                    .description(range.description())
                    .build());
        for (var range : permission.ipv6Ranges())
            rules.add(base.toBuilder()
                    .cidrIpv6(range.cidrIpv6().toLowerCase(Locale.ROOT))
                    .description(range.description())
                    .build());
        for (var list : permission.prefixListIds())
            rules.add(base.toBuilder()
                    .prefixListId(list.prefixListId())
                    .description(list.description())
                    .build());
        for (var pair : permission.userIdGroupPairs())
            rules.add(base.toBuilder()
                    .referencedGroupInfo(info -> info.groupId(Ec2Refusal.given(pair.groupId(), "groupId")))
                    .description(pair.description())
                    .build());
        if (rules.isEmpty()) throw Ec2Refusal.missing("ipRanges, ipv6Ranges, prefixListIds or groups");
        return rules;
    }

    private static SecurityGroupRule base(IpPermission permission) {
        var protocol = PROTOCOLS.get(
                Ec2Refusal.given(permission.ipProtocol(), "ipProtocol").toLowerCase(Locale.ROOT));
        if (protocol == null)
            throw invalid("Invalid value '" + permission.ipProtocol() + "' for IP protocol. Unknown protocol.");
        var rule = SecurityGroupRule.builder().ipProtocol(protocol);
        // BC AuthorizeSecurityGroupIngress: with -1 every port is allowed, whatever ports are given.
        if (protocol.equals("-1")) return rule.fromPort(-1).toPort(-1).build();
        var from = permission.fromPort();
        var to = permission.toPort();
        if (protocol.startsWith("icmp"))
            return rule.fromPort(from == null ? -1 : from)
                    .toPort(to == null ? -1 : to)
                    .build();
        if (from == null || to == null)
            throw invalid("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
        if (from > to || from < 0 || to > 65535)
            throw invalid("Invalid " + protocol.toUpperCase(Locale.ROOT) + " port range (" + from + ":" + to + ")");
        return rule.fromPort(from).toPort(to).build();
    }

    /** BC AuthorizeSecurityGroupIngress: "AWS canonicalizes IPv4 and IPv6 CIDRs". */
    private static String canonical(String cidr) {
        return Cidr.parse(cidr)
                .orElseThrow(() -> invalid("CIDR block " + cidr + " is malformed"))
                .toString();
    }

    /** What makes two rules of a group and direction the same: not the description, not the tags. */
    static SecurityGroupRule essence(SecurityGroupRule rule) {
        return SecurityGroupRule.builder()
                .ipProtocol(rule.ipProtocol())
                .fromPort(rule.fromPort())
                .toPort(rule.toPort())
                .cidrIpv4(rule.cidrIpv4())
                .cidrIpv6(rule.cidrIpv6())
                .prefixListId(rule.prefixListId())
                .referencedGroupInfo(info -> info.groupId(
                        rule.referencedGroupInfo() == null
                                ? null
                                : rule.referencedGroupInfo().groupId()))
                .build();
    }

    static String text(SecurityGroupRule rule) {
        var peer = rule.cidrIpv4() != null
                ? rule.cidrIpv4()
                : rule.cidrIpv6() != null
                        ? rule.cidrIpv6()
                        : rule.prefixListId() != null
                                ? rule.prefixListId()
                                : rule.referencedGroupInfo().groupId();
        return "peer: " + peer + ", " + rule.ipProtocol().toUpperCase(Locale.ROOT) + ", from port: " + rule.fromPort()
                + ", to port: " + rule.toPort() + ", ALLOW";
    }

    /** Rules as DescribeSecurityGroups gives them: merged by protocol and ports, which are absent for all protocols. */
    static List<IpPermission> merged(List<SecurityGroupRule> rules) {
        var groups = new LinkedHashMap<List<Object>, List<SecurityGroupRule>>();
        for (var rule : rules)
            groups.computeIfAbsent(List.of(rule.ipProtocol(), rule.fromPort(), rule.toPort()), key -> new ArrayList<>())
                    .add(rule);
        return groups.values().stream().map(IpPermissions::permission).toList();
    }

    private static IpPermission permission(List<SecurityGroupRule> rules) {
        var first = rules.getFirst();
        var all = first.ipProtocol().equals("-1");
        var ranges = new ArrayList<IpRange>();
        var ranges6 = new ArrayList<Ipv6Range>();
        var lists = new ArrayList<PrefixListId>();
        var pairs = new ArrayList<UserIdGroupPair>();
        for (var rule : rules) {
            var description = rule.description();
            if (rule.cidrIpv4() != null)
                ranges.add(IpRange.builder()
                        .cidrIp(rule.cidrIpv4())
                        .description(description)
                        .build());
            if (rule.cidrIpv6() != null)
                ranges6.add(Ipv6Range.builder()
                        .cidrIpv6(rule.cidrIpv6())
                        .description(description)
                        .build());
            if (rule.prefixListId() != null)
                lists.add(PrefixListId.builder()
                        .prefixListId(rule.prefixListId())
                        .description(description)
                        .build());
            if (rule.referencedGroupInfo() != null)
                pairs.add(UserIdGroupPair.builder()
                        .groupId(rule.referencedGroupInfo().groupId())
                        .userId(rule.referencedGroupInfo().userId())
                        .description(description)
                        .build());
        }
        return IpPermission.builder()
                .ipProtocol(first.ipProtocol())
                .fromPort(all ? null : first.fromPort())
                .toPort(all ? null : first.toPort())
                .ipRanges(ranges)
                .ipv6Ranges(ranges6)
                .prefixListIds(lists)
                .userIdGroupPairs(pairs)
                .build();
    }
}
