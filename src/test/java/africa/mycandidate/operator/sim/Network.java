package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the other services ask of EC2: subnets, groups, network interfaces, and who can reach whom. Answers are the truth, without lag. */
interface Network {
    record SubnetTruth(String id, String vpc, String zone, String cidr) {}

    Optional<SubnetTruth> subnet(String id);

    boolean securityGroup(String id);

    /** The VPC of a security group. */
    Optional<String> vpcOf(String securityGroup);

    boolean vpc(String id);

    /** Attaches a network interface, which holds its subnet and groups; returns its id. */
    String attach(String subnet, List<String> groups, String description, String requester);

    /** The private address of a network interface. */
    String address(String networkInterface);

    /** Gives a network interface up; it lingers for the given time and holds its subnet and groups until then. */
    void release(String networkInterface, Duration linger);

    /** Whether a packet from something in these groups reaches the port of something in those groups: egress of the one, ingress of the other. */
    boolean reaches(List<String> fromGroups, List<String> toGroups, int port);

    /** Whether something in the subnet without a public address reaches the internet on 443: a default route to a NAT gateway that is available, and egress of its groups. */
    boolean outbound(String subnet, List<String> groups);

    /** Whether the subnet has a default route to an attached internet gateway. */
    boolean isPublic(String subnet);
}
