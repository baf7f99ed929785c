package africa.mycandidate.operator.sim;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

class SimElbRefusalsTest extends ElbSite {
    @TestFactory
    Stream<DynamicTest> loadBalancers() {
        elb.modifyLoadBalancerAttributes(call -> call.loadBalancerArn(loadBalancer)
                .attributes(attribute ->
                        attribute.key("deletion_protection.enabled").value("true")));
        var a = vpc.publicSubnets().getFirst();
        var b = vpc.publicSubnets().getLast();
        var secondInA = aws.ec2
                .createSubnet(call ->
                        call.vpcId(vpc.id()).availabilityZone("af-south-1a").cidrBlock("10.0.9.0/24"))
                .subnet()
                .subnetId();
        settle();
        return refusals(
                elb::existing,
                create("a long name", "ValidationError", call -> call.name("x".repeat(33))),
                create("a name that begins with internal-", "ValidationError", call -> call.name("internal-x")),
                create("a name with an underscore", "ValidationError", call -> call.name("a_b")),
                create("one zone", "ValidationError", call -> call.subnets(a)),
                create("two subnets of a zone", "InvalidConfigurationRequest", call -> call.subnets(a, secondInA)),
                create("an unknown subnet", "SubnetNotFound", call -> call.subnets(a, "subnet-0")),
                create(
                        "subnets of two VPCs",
                        "InvalidConfigurationRequest",
                        call -> call.subnets(a, otherVpc.publicSubnets().getLast())),
                create("a private subnet", "InvalidSubnet", call -> call.subnets(a, vpc.privateSubnet())),
                create("an unknown group", "InvalidSecurityGroup", call -> call.securityGroups("sg-0")),
                create(
                        "a group of another VPC",
                        "InvalidConfigurationRequest",
                        call -> call.securityGroups(otherVpc.group())),
                create(
                        "a taken name with other settings",
                        "DuplicateLoadBalancerName",
                        call -> call.scheme(LoadBalancerSchemeEnum.INTERNAL)),
                create("a tag twice", "DuplicateTagKeys", call -> call.name("x").tags(tag("k"), tag("k"))),
                create("51 tags", "TooManyTags", call -> call.name("x").tags(tags(51))),
                create("a tag of AWS", "ValidationError", call -> call.name("x").tags(tag("aws:x"))),
                refusal(
                        "protected against deletion",
                        "OperationNotPermitted",
                        400,
                        () -> elb.deleteLoadBalancer(call -> call.loadBalancerArn(loadBalancer))),
                refusal(
                        "an unknown load balancer",
                        "LoadBalancerNotFound",
                        400,
                        () -> elb.describeLoadBalancers(call -> call.loadBalancerArns(NONE + "loadbalancer/app/x/0"))),
                refusal(
                        "an unknown name",
                        "LoadBalancerNotFound",
                        400,
                        () -> elb.describeLoadBalancers(call -> call.names("none"))),
                refusal(
                        "21 ARNs",
                        "ValidationError",
                        400,
                        () -> elb.describeLoadBalancers(call -> call.loadBalancerArns(arns(21)))),
                refusal(
                        "names and ARNs",
                        "ValidationError",
                        400,
                        () -> elb.describeLoadBalancers(
                                call -> call.loadBalancerArns(loadBalancer).names("site"))),
                refusal(
                        "an ARN that is none",
                        "ValidationError",
                        400,
                        () -> elb.deleteLoadBalancer(call -> call.loadBalancerArn("x"))),
                attribute("an unknown key", "deletion.protection", "true"),
                attribute("a value that is no boolean", "deletion_protection.enabled", "yes"),
                attribute("a value out of its range", "idle_timeout.timeout_seconds", "4001"),
                attribute("a value that is no choice", "routing.http.desync_mitigation_mode", "lax"),
                refusal(
                        "unknown groups to set",
                        "InvalidSecurityGroup",
                        400,
                        () -> elb.setSecurityGroups(
                                call -> call.loadBalancerArn(loadBalancer).securityGroups("sg-0"))),
                refusal(
                        "one subnet to set",
                        "ValidationError",
                        400,
                        () -> elb.setSubnets(
                                call -> call.loadBalancerArn(loadBalancer).subnets(b))));
    }

    private Refusal attribute(String name, String key, String value) {
        return refusal(
                name,
                "ValidationError",
                400,
                () -> elb.modifyLoadBalancerAttributes(call -> call.loadBalancerArn(loadBalancer)
                        .attributes(attribute -> attribute.key(key).value(value))));
    }

    @TestFactory
    Stream<DynamicTest> targetGroups() {
        return refusals(
                elb::existing,
                group("a long name", "ValidationError", call -> call.name("x".repeat(33))),
                group("no port", "ValidationError", call -> call.port(null)),
                group("no VPC", "ValidationError", call -> call.vpcId(null)),
                group("an unknown VPC", "ValidationError", call -> call.vpcId("vpc-0")),
                group("a taken name with other settings", "DuplicateTargetGroupName", call -> call.port(80)),
                group("an interval out of its range", "ValidationError", call -> call.healthCheckIntervalSeconds(301)),
                group("a timeout as long as the interval", "ValidationError", call -> call.healthCheckIntervalSeconds(
                                10)
                        .healthCheckTimeoutSeconds(10)),
                group("a timeout out of its range", "ValidationError", call -> call.healthCheckIntervalSeconds(300)
                        .healthCheckTimeoutSeconds(121)),
                group("a threshold out of its range", "ValidationError", call -> call.healthyThresholdCount(1)),
                group("a path without slash", "ValidationError", call -> call.healthCheckPath("x")),
                group(
                        "a code out of its range",
                        "ValidationError",
                        call -> call.matcher(matcher -> matcher.httpCode("200-599"))),
                refusal(
                        "a change out of its range",
                        "ValidationError",
                        400,
                        () -> elb.modifyTargetGroup(
                                call -> call.targetGroupArn(group).unhealthyThresholdCount(11))),
                refusal(
                        "a group that a listener names",
                        "ResourceInUse",
                        400,
                        () -> elb.deleteTargetGroup(call -> call.targetGroupArn(group))),
                refusal(
                        "an unknown attribute",
                        "ValidationError",
                        400,
                        () -> elb.modifyTargetGroupAttributes(call -> call.targetGroupArn(group)
                                .attributes(attribute -> attribute.key("x").value("1")))),
                refusal(
                        "a delay out of its range",
                        "ValidationError",
                        400,
                        () -> elb.modifyTargetGroupAttributes(
                                call -> call.targetGroupArn(group).attributes(attribute -> attribute
                                        .key("deregistration_delay.timeout_seconds")
                                        .value("3601")))),
                refusal(
                        "an unknown group",
                        "TargetGroupNotFound",
                        400,
                        () -> elb.describeTargetGroups(call -> call.targetGroupArns(NONE + "targetgroup/x/0"))),
                refusal(
                        "21 ARNs",
                        "ValidationError",
                        400,
                        () -> elb.describeTargetGroups(call -> call.targetGroupArns(IntStream.range(0, 21)
                                .mapToObj(i -> NONE + "targetgroup/x/" + i)
                                .toList()))),
                refusal(
                        "groups of an unknown load balancer",
                        "LoadBalancerNotFound",
                        400,
                        () -> elb.describeTargetGroups(call -> call.loadBalancerArn(NONE + "loadbalancer/app/x/0"))),
                refusal(
                        "an unknown group to change",
                        "TargetGroupNotFound",
                        400,
                        () -> elb.modifyTargetGroup(call -> call.targetGroupArn(NONE + "targetgroup/x/0"))),
                refusal(
                        "health of an unknown group",
                        "TargetGroupNotFound",
                        400,
                        () -> elb.describeTargetHealth(call -> call.targetGroupArn(NONE + "targetgroup/x/0"))),
                refusal(
                        "an unknown name",
                        "TargetGroupNotFound",
                        400,
                        () -> elb.describeTargetGroups(call -> call.names("none"))),
                refusal(
                        "names and ARNs",
                        "ValidationError",
                        400,
                        () -> elb.describeTargetGroups(
                                call -> call.targetGroupArns(group).names("site"))),
                refusal(
                        "an ARN that is none",
                        "ValidationError",
                        400,
                        () -> elb.deleteTargetGroup(call -> call.targetGroupArn("x"))));
    }
}
