package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** Who can reach whom, from the rules and routes as they are in truth. Security groups keep state: an answer needs no rule. */
final class SimReach {
    private static final Cidr INTERNET = Cidr.of("0.0.0.0/0");
    private final SimEc2State ec2;

    SimReach(SimEc2State ec2) {
        this.ec2 = ec2;
    }

    boolean reaches(List<String> from, List<String> to, int port) {
        var vpcs = Stream.concat(from.stream(), to.stream())
                .map(ec2::vpcOf)
                .distinct()
                .toList();
        if (vpcs.size() != 1 || vpcs.getFirst().isEmpty()) return false;
        return allows(from, true, port, to, () -> addresses(to))
                && allows(to, false, port, from, () -> addresses(from));
    }

    /** The addresses that a group stands for: those of its members, or while it has none, the whole VPC. */
    private List<Cidr> addresses(List<String> groups) {
        var members = ec2.interfaces.addresses(groups);
        if (!members.isEmpty()) return members;
        return groups.stream()
                .flatMap(group -> ec2.securityGroups.rows.truth(group).map(SecurityGroup::vpcId).stream())
                .flatMap(vpc -> ec2.vpcs.rows.truth(vpc).stream())
                .map(vpc -> Cidr.of(vpc.cidrBlock()))
                .distinct()
                .toList();
    }

    private boolean allows(
            List<String> groups, boolean egress, int port, List<String> peers, Supplier<List<Cidr>> addresses) {
        return groups.stream()
                .flatMap(group -> ec2.rules.of(group, egress).stream())
                .filter(rule -> covers(rule, port))
                .anyMatch(rule -> admits(rule, peers, addresses));
    }

    private static boolean covers(SecurityGroupRule rule, int port) {
        return rule.ipProtocol().equals("-1")
                || rule.ipProtocol().equals("tcp") && rule.fromPort() <= port && port <= rule.toPort();
    }

    /** @param addresses those of the peers, asked for only where a rule names some */
    private boolean admits(SecurityGroupRule rule, List<String> peers, Supplier<List<Cidr>> addresses) {
        if (rule.referencedGroupInfo() != null)
            return peers.contains(rule.referencedGroupInfo().groupId());
        var blocks = rule.prefixListId() != null
                ? ec2.rules.entries(rule.prefixListId())
                : rule.cidrIpv4() != null ? List.of(Cidr.of(rule.cidrIpv4())) : List.<Cidr>of();
        return addresses.get().stream().allMatch(address -> blocks.stream().anyMatch(block -> block.contains(address)));
    }

    boolean outbound(String subnet, List<String> groups) {
        var routed = ec2.routeTables
                .defaultRoute(subnet)
                .filter(route -> route.natGatewayId() != null && ec2.natGateways.works(route.natGatewayId()))
                .flatMap(route -> ec2.natGateways.rows.truth(route.natGatewayId()))
                .filter(nat -> isPublic(nat.subnetId()));
        return routed.isPresent() && allows(groups, true, 443, List.of(), () -> List.of(INTERNET));
    }

    boolean isPublic(String subnet) {
        return ec2.routeTables
                .defaultRoute(subnet)
                .filter(route -> route.gatewayId() != null)
                .isPresent();
    }
}
