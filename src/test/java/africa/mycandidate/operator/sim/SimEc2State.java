package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** What EC2 holds: each family of resources has a class of its own and finds its neighbours here; and the truth about it that the other services ask for. */
abstract class SimEc2State implements Network {
    private final SimAws aws;
    private final List<Ec2Rows<?>> kinds = new ArrayList<>();
    /** The longest page of any describe call. AWS may give shorter pages than asked for; a test that wants to see them sets this. */
    int longestPage = 1000;

    final SimTags tags;
    final SimZones zones;
    final SimVpcs vpcs;
    final SimSubnets subnets;
    final SimInternetGateways internetGateways;
    final SimAddresses addresses;
    final SimInterfaces interfaces;
    final SimNatGateways natGateways;
    final SimRouteTables routeTables;
    final SimRoutes routes;
    final SimAssociations associations;
    final SimSecurityGroups securityGroups;
    final SimSecurityGroupRules rules;
    private final SimReach reach;

    SimEc2State(SimAws aws) {
        this.aws = aws;
        this.tags = new SimTags(this);
        this.zones = new SimZones(this);
        this.vpcs = new SimVpcs(this);
        this.subnets = new SimSubnets(this);
        this.internetGateways = new SimInternetGateways(this);
        this.addresses = new SimAddresses(this);
        this.interfaces = new SimInterfaces(this);
        this.natGateways = new SimNatGateways(this);
        this.routeTables = new SimRouteTables(this);
        this.routes = new SimRoutes(this);
        this.associations = new SimAssociations(this);
        this.securityGroups = new SimSecurityGroups(this);
        this.rules = new SimSecurityGroupRules(this);
        this.reach = new SimReach(this);
    }

    World world() {
        return aws.world;
    }

    String account() {
        return aws.account;
    }

    String region() {
        return aws.region;
    }

    String arn(String resource) {
        return aws.arn("ec2", resource);
    }

    void register(Ec2Rows<?> rows) {
        kinds.add(rows);
    }

    /** DescribeRouteTables gives at most 100 (BC), the others 1000. */
    int pageOf(String kind) {
        return Math.min(longestPage, kind.equals("route-table") ? 100 : 1000);
    }

    /** Fails where no resource of any kind has the id. */
    void needAny(String id) {
        kinds.stream()
                .filter(kind -> kind.owns(id))
                .findFirst()
                .orElseThrow(() -> Ec2Refusal.refuse("InvalidID", "The ID '" + id + "' is not valid"))
                .need(id);
    }

    /** Everything taggable that is really there, without tombstones: id to tags. Rules and the things that a VPC comes with are among it. */
    Map<String, Map<String, String>> existing() {
        return world().call(() -> {
            var existing = new LinkedHashMap<String, Map<String, String>>();
            for (var kind : kinds) for (var id : kind.living()) existing.put(id, tags.truth(id));
            return existing;
        });
    }

    @Override
    public Optional<SubnetTruth> subnet(String id) {
        return subnets.rows.truth(id).map(SimEc2State::truth);
    }

    private static SubnetTruth truth(Subnet subnet) {
        return new SubnetTruth(subnet.subnetId(), subnet.vpcId(), subnet.availabilityZone(), subnet.cidrBlock());
    }

    @Override
    public boolean securityGroup(String id) {
        return securityGroups.rows.truth(id).isPresent();
    }

    @Override
    public Optional<String> vpcOf(String securityGroup) {
        return securityGroups.rows.truth(securityGroup).map(SecurityGroup::vpcId);
    }

    @Override
    public boolean vpc(String id) {
        return vpcs.rows.truth(id).isPresent();
    }

    /** A load balancer's interface in a public subnet gets a public address, as an internet-facing one does. */
    @Override
    public String attach(String subnet, List<String> groups, String description, String requester) {
        var id = interfaces
                .attach(subnet, groups, description, requester, "interface")
                .networkInterfaceId();
        if (requester.equals("amazon-elb") && isPublic(subnet)) interfaces.publish(id, requester);
        return id;
    }

    @Override
    public String address(String networkInterface) {
        return interfaces.address(networkInterface);
    }

    @Override
    public void release(String networkInterface, Duration linger) {
        interfaces.release(networkInterface, linger);
    }

    @Override
    public boolean reaches(List<String> fromGroups, List<String> toGroups, int port) {
        return reach.reaches(fromGroups, toGroups, port);
    }

    @Override
    public boolean outbound(String subnet, List<String> groups) {
        return reach.outbound(subnet, groups);
    }

    @Override
    public boolean isPublic(String subnet) {
        return reach.isPublic(subnet);
    }
}
