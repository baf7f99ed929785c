package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** Application Load Balancers. */
final class ElbLoadBalancers {
    private final SimAws aws;
    private final SimElb elb;
    final Table<ElbRow<LoadBalancer>> rows;
    /** The network interface in each subnet, by load balancer. */
    private final Map<String, Map<String, String>> interfaces = new HashMap<>();

    ElbLoadBalancers(SimAws aws, SimElb elb) {
        this.aws = aws;
        this.elb = elb;
        this.rows = new Table<>(aws.world);
    }

    CreateLoadBalancerResponse create(CreateLoadBalancerRequest request) {
        var name = request.name();
        checkName(name, "load balancer");
        if (name.startsWith("internal-"))
            throw ElbErrors.validation("The load balancer name '" + name + "' cannot begin with 'internal-'");
        if (request.type() != null && request.type() != LoadBalancerTypeEnum.APPLICATION)
            throw new UnsupportedOperationException("Only application load balancers are modelled.");
        var scheme = request.scheme() == null ? LoadBalancerSchemeEnum.INTERNET_FACING : request.scheme();
        var subnets = request.subnets().isEmpty()
                ? request.subnetMappings().stream().map(SubnetMapping::subnetId).toList()
                : request.subnets();
        var zones = zones(subnets, scheme);
        var vpc = aws.ec2.subnet(subnets.getFirst()).orElseThrow().vpc();
        checkGroups(request.securityGroups(), vpc);
        var twin = rows.truths().stream()
                .filter(row -> row.shown().loadBalancerName().equals(name))
                .findFirst();
        if (twin.isPresent()) return answer(same(twin.get().shown(), scheme, zones, request.securityGroups()));
        var id = aws.world.hex(16);
        var dns = (scheme == LoadBalancerSchemeEnum.INTERNAL ? "internal-" : "") + name + "-"
                + (100_000_000 + aws.world.below(900_000_000)) + "." + aws.region + ".elb.amazonaws.com";
        var shown = LoadBalancer.builder()
                .loadBalancerArn(aws.arn("elasticloadbalancing", "loadbalancer/app/" + name + "/" + id))
                .loadBalancerName(name)
                .dnsName(dns)
                .canonicalHostedZoneId(ElbRegion.hostedZoneId(aws.region))
                .createdTime(aws.world.now())
                .scheme(scheme)
                .type(LoadBalancerTypeEnum.APPLICATION)
                .ipAddressType(request.ipAddressType() == null ? IpAddressType.IPV4 : request.ipAddressType())
                .vpcId(vpc)
                .availabilityZones(zones)
                .securityGroups(request.securityGroups())
                .state(state(LoadBalancerStateEnum.PROVISIONING))
                .build();
        var arn = shown.loadBalancerArn();
        rows.put(
                arn,
                new ElbRow<>(shown, ElbAttributes.LOAD_BALANCER.defaults(), ElbTags.added(Map.of(), request.tags())));
        aws.iam.serviceLinked("elasticloadbalancing.amazonaws.com");
        interfaces.put(arn, new LinkedHashMap<>());
        attach(shown);
        aws.world.after(aws.world.draw(Duration.ofSeconds(150)), () -> activate(arn));
        return answer(shown);
    }

    /** Create with the settings of a load balancer that exists succeeds, whoever owns it (ELB API Reference, CreateLoadBalancer). */
    private static LoadBalancer same(
            LoadBalancer twin, LoadBalancerSchemeEnum scheme, List<AvailabilityZone> zones, List<String> groups) {
        var equal = twin.scheme() == scheme
                && subnetIds(twin.availabilityZones()).equals(subnetIds(zones))
                && Set.copyOf(twin.securityGroups()).equals(Set.copyOf(groups));
        if (equal) return twin;
        throw ElbErrors.of(
                DuplicateLoadBalancerNameException.builder(),
                "DuplicateLoadBalancerName",
                "A load balancer with the same name '" + twin.loadBalancerName()
                        + "' exists, but with different settings");
    }

    private static CreateLoadBalancerResponse answer(LoadBalancer shown) {
        return CreateLoadBalancerResponse.builder().loadBalancers(shown).build();
    }

    DescribeLoadBalancersResponse describe(DescribeLoadBalancersRequest request) {
        if (request.loadBalancerArns().size() > 20)
            throw ElbErrors.validation("Up to 20 load balancers can be described by ARN in one call");
        if (!request.loadBalancerArns().isEmpty() && !request.names().isEmpty())
            throw ElbErrors.validation("Load balancer ARNs and names cannot be specified at the same time");
        var all = rows.seen().stream().map(ElbRow::shown).toList();
        var found = new ArrayList<LoadBalancer>();
        for (var arn : request.loadBalancerArns()) found.add(seen(arn).shown());
        for (var name : request.names())
            found.add(all.stream()
                    .filter(lb -> lb.loadBalancerName().equals(name))
                    .findFirst()
                    .orElseThrow(ElbErrors::noLoadBalancer));
        var asked = !request.loadBalancerArns().isEmpty() || !request.names().isEmpty();
        var page = SimPage.of(asked ? found : all, request.marker(), request.pageSize(), 400);
        return DescribeLoadBalancersResponse.builder()
                .loadBalancers(page.items())
                .nextMarker(page.next())
                .build();
    }

    /** Deleting what is not there succeeds (ELB API Reference, DeleteLoadBalancer). */
    DeleteLoadBalancerResponse delete(DeleteLoadBalancerRequest request) {
        var arn = request.loadBalancerArn();
        checkArn(arn);
        rows.truth(arn).ifPresent(row -> {
            if (row.attributes().get("deletion_protection.enabled").equals("true"))
                throw ElbErrors.notPermitted(
                        "Load balancer '" + arn + "' cannot be deleted because deletion protection is enabled");
            elb.listeners.deleteAllOf(arn);
            rows.remove(arn);
            elb.reservations.remove(arn);
            // The interfaces outlive the load balancer and hold subnets and groups (docs/aws-notes.md).
            interfaces
                    .remove(arn)
                    .values()
                    .forEach(id -> aws.ec2.release(id, Duration.ofSeconds(30 + aws.world.below(91))));
        });
        return DeleteLoadBalancerResponse.builder().build();
    }

    DescribeLoadBalancerAttributesResponse attributes(DescribeLoadBalancerAttributesRequest request) {
        return DescribeLoadBalancerAttributesResponse.builder()
                .attributes(listed(seen(request.loadBalancerArn()).attributes()))
                .build();
    }

    ModifyLoadBalancerAttributesResponse modifyAttributes(ModifyLoadBalancerAttributesRequest request) {
        var row = truth(request.loadBalancerArn());
        var change = new HashMap<String, String>();
        request.attributes().forEach(attribute -> change.put(attribute.key(), attribute.value()));
        var next = ElbAttributes.LOAD_BALANCER.changed(row.attributes(), change);
        if (!logs(next).equals(logs(row.attributes()))) tryLogs(next);
        rows.put(request.loadBalancerArn(), row.attributes(next));
        return ModifyLoadBalancerAttributesResponse.builder()
                .attributes(listed(next))
                .build();
    }

    private static Map<String, String> logs(Map<String, String> attributes) {
        var logs = new HashMap<>(attributes);
        logs.keySet().removeIf(key -> !key.startsWith("access_logs."));
        return logs;
    }

    /** ELB writes a test file at once, and takes no place that it cannot write to (ELB User Guide, "Enable access logs", step 4). The logs themselves are not modelled. */
    private void tryLogs(Map<String, String> attributes) {
        if (!"true".equals(attributes.get("access_logs.s3.enabled"))) return;
        var bucket = attributes.get("access_logs.s3.bucket");
        var prefix = attributes.get("access_logs.s3.prefix");
        if (prefix.startsWith("/") || prefix.endsWith("/") || prefix.contains("AWSLogs"))
            throw ElbErrors.validation("The value of 'access_logs.s3.prefix' is not valid");
        if (!aws.s3.admitsAccessLogs(bucket, prefix))
            throw ElbErrors.configuration("Access Denied for bucket: " + bucket + ". Please check S3bucket permission");
        var folder = prefix.isEmpty() ? "" : prefix + "/";
        aws.s3.write(bucket, folder + "AWSLogs/" + aws.account + "/ELBAccessLogTestFile");
    }

    SetSecurityGroupsResponse setGroups(SetSecurityGroupsRequest request) {
        var row = truth(request.loadBalancerArn());
        checkGroups(request.securityGroups(), row.shown().vpcId());
        var next =
                row.shown().toBuilder().securityGroups(request.securityGroups()).build();
        rows.put(request.loadBalancerArn(), row.shown(next));
        // Network has no call for an interface's groups: new interfaces take the place of the old ones at once.
        var old = List.copyOf(interfaces.get(request.loadBalancerArn()).values());
        interfaces.get(request.loadBalancerArn()).clear();
        attach(next);
        old.forEach(id -> aws.ec2.release(id, Duration.ZERO));
        return SetSecurityGroupsResponse.builder()
                .securityGroupIds(next.securityGroups())
                .build();
    }

    SetSubnetsResponse setSubnets(SetSubnetsRequest request) {
        var row = truth(request.loadBalancerArn());
        var subnets = request.subnets().isEmpty()
                ? request.subnetMappings().stream().map(SubnetMapping::subnetId).toList()
                : request.subnets();
        var zones = zones(subnets, row.shown().scheme());
        var next = row.shown().toBuilder().availabilityZones(zones).build();
        rows.put(request.loadBalancerArn(), row.shown(next));
        if (!zones.equals(row.shown().availabilityZones())) elb.reservations.spread(request.loadBalancerArn(), zones);
        attach(next);
        var held = interfaces.get(request.loadBalancerArn());
        for (var subnet : List.copyOf(held.keySet()))
            if (!subnets.contains(subnet))
                aws.ec2.release(held.remove(subnet), Duration.ofSeconds(30 + aws.world.below(91)));
        return SetSubnetsResponse.builder()
                .availabilityZones(zones)
                .ipAddressType(row.shown().ipAddressType())
                .build();
    }

    boolean active(String arn) {
        return rows.truth(arn)
                .filter(row -> row.shown().state().code() == LoadBalancerStateEnum.ACTIVE)
                .isPresent();
    }

    ElbRow<LoadBalancer> truth(String arn) {
        checkArn(arn);
        return rows.truth(arn).orElseThrow(ElbErrors::noLoadBalancer);
    }

    ElbRow<LoadBalancer> seen(String arn) {
        checkArn(arn);
        return rows.seen(arn).orElseThrow(ElbErrors::noLoadBalancer);
    }

    static void checkName(String name, String kind) {
        if (name == null || name.length() > 32)
            throw ElbErrors.validation("The " + kind + " name '" + name + "' cannot be longer than '32' characters");
        if (!name.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"))
            throw ElbErrors.validation(
                    "The " + kind + " name '" + name
                            + "' can only contain characters that are alphanumeric characters or hyphens(-), and cannot begin or end with a hyphen");
    }

    private static void checkArn(String arn) {
        if (arn == null || !arn.contains(":loadbalancer/"))
            throw ElbErrors.validation("'" + arn + "' is not a valid load balancer ARN");
    }

    private void activate(String arn) {
        rows.truth(arn).ifPresent(row -> {
            var next = row.shown().toBuilder()
                    .state(state(LoadBalancerStateEnum.ACTIVE))
                    .build();
            rows.put(arn, row.shown(next));
            elb.listeners.groupsBehind(arn).forEach(elb.targets::attached);
        });
    }

    private void attach(LoadBalancer lb) {
        var held = interfaces.get(lb.loadBalancerArn());
        var description = "ELB " + lb.loadBalancerArn().split(":loadbalancer/")[1];
        for (var subnet : subnetIds(lb.availabilityZones()))
            held.computeIfAbsent(subnet, id -> aws.ec2.attach(id, lb.securityGroups(), description, "amazon-elb"));
    }

    private List<AvailabilityZone> zones(List<String> subnets, LoadBalancerSchemeEnum scheme) {
        var zones = new ArrayList<AvailabilityZone>();
        var names = new HashSet<String>();
        var vpcs = new HashSet<String>();
        for (var id : subnets) {
            var subnet = aws.ec2
                    .subnet(id)
                    .orElseThrow(() -> ElbErrors.of(
                            SubnetNotFoundException.builder(),
                            "SubnetNotFound",
                            "The subnet ID '" + id + "' does not exist"));
            vpcs.add(subnet.vpc());
            if (!names.add(subnet.zone()))
                throw ElbErrors.configuration(
                        "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
            zones.add(AvailabilityZone.builder()
                    .subnetId(id)
                    .zoneName(subnet.zone())
                    .loadBalancerAddresses(List.of())
                    .build());
        }
        if (names.size() < 2)
            throw ElbErrors.validation("At least two subnets in two different Availability Zones must be specified");
        if (vpcs.size() > 1)
            throw ElbErrors.configuration(
                    "All subnets must belong to the same VPC: '" + String.join(", ", new TreeSet<>(vpcs)) + "'");
        // AWS asks for an internet gateway of the VPC only; without the route voters reach nothing, so the simulator
        // asks for both.
        for (var id : subnets)
            if (scheme == LoadBalancerSchemeEnum.INTERNET_FACING && !aws.ec2.isPublic(id))
                throw ElbErrors.of(
                        InvalidSubnetException.builder(),
                        "InvalidSubnet",
                        "VPC " + vpcs.iterator().next() + " has no internet gateway for subnet " + id);
        zones.sort(Comparator.comparing(AvailabilityZone::zoneName));
        return zones;
    }

    private void checkGroups(List<String> groups, String vpc) {
        if (groups.isEmpty())
            throw new UnsupportedOperationException("A load balancer in the default security group is not modelled.");
        for (var group : groups) {
            if (!aws.ec2.securityGroup(group))
                throw ElbErrors.of(
                        InvalidSecurityGroupException.builder(),
                        "InvalidSecurityGroup",
                        "The security group '" + group + "' does not exist");
            if (!aws.ec2.vpcOf(group).orElseThrow().equals(vpc))
                throw ElbErrors.configuration("One or more security groups are invalid");
        }
    }

    private static Set<String> subnetIds(List<AvailabilityZone> zones) {
        var ids = new TreeSet<String>();
        zones.forEach(zone -> ids.add(zone.subnetId()));
        return ids;
    }

    private static LoadBalancerState state(LoadBalancerStateEnum code) {
        return LoadBalancerState.builder().code(code).build();
    }

    private static List<LoadBalancerAttribute> listed(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(attribute -> LoadBalancerAttribute.builder()
                        .key(attribute.getKey())
                        .value(attribute.getValue())
                        .build())
                .toList();
    }
}
