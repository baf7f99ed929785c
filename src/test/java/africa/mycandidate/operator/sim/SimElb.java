package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** Elastic Load Balancing: each family of resources stands in its own class. */
final class SimElb implements ElasticLoadBalancingV2Client, Targets {
    private final SimAws aws;
    final ElbLoadBalancers loadBalancers;
    final ElbReservations reservations;
    final ElbTargetGroups targetGroups;
    final ElbListeners listeners;
    final ElbRules rules;
    final ElbCertificates certificates;
    final ElbTargets targets;
    private final ElbTags tags;

    SimElb(SimAws aws) {
        this.aws = aws;
        this.loadBalancers = new ElbLoadBalancers(aws, this);
        this.reservations = new ElbReservations(aws, this);
        this.targetGroups = new ElbTargetGroups(aws, this);
        this.listeners = new ElbListeners(aws, this);
        this.rules = new ElbRules(aws, this);
        this.certificates = new ElbCertificates(aws, this);
        this.targets = new ElbTargets(aws, this);
        this.tags = new ElbTags(this);
    }

    @Override
    public String serviceName() {
        return "elasticloadbalancing";
    }

    @Override
    public void close() {}

    @Override
    public CreateLoadBalancerResponse createLoadBalancer(CreateLoadBalancerRequest request) {
        return aws.world.call(() -> loadBalancers.create(request));
    }

    @Override
    public DescribeLoadBalancersResponse describeLoadBalancers(DescribeLoadBalancersRequest request) {
        return aws.world.call(() -> loadBalancers.describe(request));
    }

    @Override
    public DeleteLoadBalancerResponse deleteLoadBalancer(DeleteLoadBalancerRequest request) {
        return aws.world.call(() -> loadBalancers.delete(request));
    }

    @Override
    public DescribeLoadBalancerAttributesResponse describeLoadBalancerAttributes(
            DescribeLoadBalancerAttributesRequest request) {
        return aws.world.call(() -> loadBalancers.attributes(request));
    }

    @Override
    public ModifyLoadBalancerAttributesResponse modifyLoadBalancerAttributes(
            ModifyLoadBalancerAttributesRequest request) {
        return aws.world.call(() -> loadBalancers.modifyAttributes(request));
    }

    @Override
    public DescribeCapacityReservationResponse describeCapacityReservation(DescribeCapacityReservationRequest request) {
        return aws.world.call(() -> reservations.describe(request));
    }

    @Override
    public ModifyCapacityReservationResponse modifyCapacityReservation(ModifyCapacityReservationRequest request) {
        return aws.world.call(() -> reservations.modify(request));
    }

    @Override
    public SetSecurityGroupsResponse setSecurityGroups(SetSecurityGroupsRequest request) {
        return aws.world.call(() -> loadBalancers.setGroups(request));
    }

    @Override
    public SetSubnetsResponse setSubnets(SetSubnetsRequest request) {
        return aws.world.call(() -> loadBalancers.setSubnets(request));
    }

    @Override
    public CreateTargetGroupResponse createTargetGroup(CreateTargetGroupRequest request) {
        return aws.world.call(() -> targetGroups.create(request));
    }

    @Override
    public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
        return aws.world.call(() -> targetGroups.describe(request));
    }

    @Override
    public ModifyTargetGroupResponse modifyTargetGroup(ModifyTargetGroupRequest request) {
        return aws.world.call(() -> targetGroups.modify(request));
    }

    @Override
    public DeleteTargetGroupResponse deleteTargetGroup(DeleteTargetGroupRequest request) {
        return aws.world.call(() -> targetGroups.delete(request));
    }

    @Override
    public DescribeTargetGroupAttributesResponse describeTargetGroupAttributes(
            DescribeTargetGroupAttributesRequest request) {
        return aws.world.call(() -> targetGroups.attributes(request));
    }

    @Override
    public ModifyTargetGroupAttributesResponse modifyTargetGroupAttributes(ModifyTargetGroupAttributesRequest request) {
        return aws.world.call(() -> targetGroups.modifyAttributes(request));
    }

    @Override
    public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest request) {
        return aws.world.call(() -> targets.describe(request));
    }

    @Override
    public CreateListenerResponse createListener(CreateListenerRequest request) {
        return aws.world.call(() -> listeners.create(request));
    }

    @Override
    public DescribeListenersResponse describeListeners(DescribeListenersRequest request) {
        return aws.world.call(() -> listeners.describe(request));
    }

    @Override
    public ModifyListenerResponse modifyListener(ModifyListenerRequest request) {
        return aws.world.call(() -> listeners.modify(request));
    }

    @Override
    public DeleteListenerResponse deleteListener(DeleteListenerRequest request) {
        return aws.world.call(() -> listeners.delete(request));
    }

    @Override
    public DescribeListenerAttributesResponse describeListenerAttributes(DescribeListenerAttributesRequest request) {
        return aws.world.call(() -> listeners.attributes(request));
    }

    @Override
    public ModifyListenerAttributesResponse modifyListenerAttributes(ModifyListenerAttributesRequest request) {
        return aws.world.call(() -> listeners.modifyAttributes(request));
    }

    @Override
    public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
        return aws.world.call(() -> rules.describe(request));
    }

    @Override
    public CreateRuleResponse createRule(CreateRuleRequest request) {
        return aws.world.call(() -> rules.create(request));
    }

    @Override
    public ModifyRuleResponse modifyRule(ModifyRuleRequest request) {
        return aws.world.call(() -> rules.modify(request));
    }

    @Override
    public DeleteRuleResponse deleteRule(DeleteRuleRequest request) {
        return aws.world.call(() -> rules.delete(request));
    }

    @Override
    public AddListenerCertificatesResponse addListenerCertificates(AddListenerCertificatesRequest request) {
        return aws.world.call(() -> certificates.add(request));
    }

    @Override
    public DescribeListenerCertificatesResponse describeListenerCertificates(
            DescribeListenerCertificatesRequest request) {
        return aws.world.call(() -> certificates.describe(request));
    }

    @Override
    public RemoveListenerCertificatesResponse removeListenerCertificates(RemoveListenerCertificatesRequest request) {
        return aws.world.call(() -> certificates.remove(request));
    }

    @Override
    public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
        return aws.world.call(() -> tags.describe(request));
    }

    @Override
    public AddTagsResponse addTags(AddTagsRequest request) {
        return aws.world.call(() -> tags.add(request));
    }

    @Override
    public RemoveTagsResponse removeTags(RemoveTagsRequest request) {
        return aws.world.call(() -> tags.remove(request));
    }

    @Override
    public boolean exists(String targetGroupArn) {
        return targetGroups.rows.truth(targetGroupArn).isPresent();
    }

    @Override
    public boolean attached(String targetGroupArn) {
        return listeners.names(targetGroupArn);
    }

    @Override
    public void register(String targetGroupArn, String address, int port, Supplier<Boolean> answers) {
        targets.register(targetGroupArn, address, port, answers);
    }

    @Override
    public void deregister(String targetGroupArn, String address, int port) {
        targets.deregister(targetGroupArn, address, port);
    }

    @Override
    public boolean healthy(String targetGroupArn, String address, int port) {
        return targets.healthy(targetGroupArn, address, port);
    }

    @Override
    public int deregistrationDelay(String targetGroupArn) {
        return targetGroups
                .rows
                .truth(targetGroupArn)
                .map(row -> Integer.parseInt(row.attributes().get("deregistration_delay.timeout_seconds")))
                .orElse(0);
    }

    @Override
    public int serving(String loadBalancerArn) {
        if (!loadBalancers.active(loadBalancerArn)) return 0;
        return listeners.servingGroups(loadBalancerArn).stream()
                .mapToInt(targets::healthy)
                .sum();
    }

    @Override
    public List<String> groupsInFront(String targetGroupArn) {
        return listeners.loadBalancersOf(targetGroupArn).stream()
                .flatMap(arn -> loadBalancers.truth(arn).shown().securityGroups().stream())
                .distinct()
                .toList();
    }

    /** Whether a listener of the load balancer uses the certificate. */
    boolean uses(String loadBalancerArn, String certificateArn) {
        return listeners.uses(loadBalancerArn, certificateArn);
    }

    /** What really exists: tags by ARN. */
    Map<String, Map<String, String>> existing() {
        var existing = new TreeMap<String, Map<String, String>>();
        loadBalancers.rows.truths().forEach(row -> existing.put(row.shown().loadBalancerArn(), row.tags()));
        targetGroups.rows.truths().forEach(row -> existing.put(row.shown().targetGroupArn(), row.tags()));
        listeners.rows.truths().forEach(row -> existing.put(row.shown().listenerArn(), row.tags()));
        rules.rows.truths().forEach(row -> existing.put(row.shown().ruleArn(), row.tags()));
        return existing;
    }
}
