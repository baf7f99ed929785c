package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.acm.model.ValidationMethod;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

class SimElbRefusalsTest extends EdgeFixture {
    private static final String NONE = "arn:aws:elasticloadbalancing:af-south-1:123456789012:";

    private final SimElb elb = aws.elb;
    private Vpc vpc;
    private Vpc otherVpc;
    private String loadBalancer;
    private String otherLoadBalancer;
    private String group;
    private String listener;
    private String certificate;

    @BeforeEach
    void site() {
        vpc = vpc("10.0");
        otherVpc = vpc("10.1");
        loadBalancer = create(call -> {}).loadBalancers().getFirst().loadBalancerArn();
        otherLoadBalancer = create(call -> call.name("other")).loadBalancers().getFirst().loadBalancerArn();
        group = group(call -> {}).targetGroups().getFirst().targetGroupArn();
        certificate = aws.acm.imported("southafrica.mycandidate.africa", Map.of());
        listener = listen(call -> {}).listeners().getFirst().listenerArn();
        pass(Duration.ofMinutes(8));
    }

    private CreateLoadBalancerResponse create(Consumer<CreateLoadBalancerRequest.Builder> change) {
        return elb.createLoadBalancer(call -> {
            call.name("site").subnets(vpc.publicSubnets()).securityGroups(vpc.group());
            change.accept(call);
        });
    }

    private CreateTargetGroupResponse group(Consumer<CreateTargetGroupRequest.Builder> change) {
        return elb.createTargetGroup(call -> {
            call.name("site").vpcId(vpc.id()).port(5000).protocol(ProtocolEnum.HTTP).targetType(TargetTypeEnum.IP);
            change.accept(call);
        });
    }

    private CreateListenerResponse listen(Consumer<CreateListenerRequest.Builder> change) {
        return elb.createListener(call -> {
            call.loadBalancerArn(loadBalancer)
                    .port(443)
                    .protocol(ProtocolEnum.HTTPS)
                    .certificates(one -> one.certificateArn(certificate))
                    .defaultActions(action -> action.type(ActionTypeEnum.FORWARD).targetGroupArn(group));
            change.accept(call);
        });
    }

    private Refusal create(String name, String code, Consumer<CreateLoadBalancerRequest.Builder> change) {
        return refusal(name, code, 400, () -> create(change));
    }

    private Refusal group(String name, String code, Consumer<CreateTargetGroupRequest.Builder> change) {
        return refusal(name, code, 400, () -> group(change));
    }

    private Refusal listen(String name, String code, Consumer<CreateListenerRequest.Builder> change) {
        return refusal(name, code, 400, () -> listen(change));
    }

    @TestFactory
    Stream<DynamicTest> loadBalancers() {
        elb.modifyLoadBalancerAttributes(call -> call.loadBalancerArn(loadBalancer)
                .attributes(attribute -> attribute.key("deletion_protection.enabled").value("true")));
        var a = vpc.publicSubnets().getFirst();
        var b = vpc.publicSubnets().getLast();
        var secondInA = aws.ec2.createSubnet(call -> call.vpcId(vpc.id()).availabilityZone("af-south-1a").cidrBlock("10.0.9.0/24"))
                .subnet().subnetId();
        settle();
        return refusals(
                elb::existing,
                create("a long name", "ValidationError", call -> call.name("x".repeat(33))),
                create("a name that begins with internal-", "ValidationError", call -> call.name("internal-x")),
                create("a name with an underscore", "ValidationError", call -> call.name("a_b")),
                create("one zone", "ValidationError", call -> call.subnets(a)),
                create("two subnets of a zone", "InvalidConfigurationRequest", call -> call.subnets(a, secondInA)),
                create("an unknown subnet", "SubnetNotFound", call -> call.subnets(a, "subnet-0")),
                create("subnets of two VPCs", "InvalidConfigurationRequest", call -> call.subnets(a, otherVpc.publicSubnets().getLast())),
                create("a private subnet", "InvalidSubnet", call -> call.subnets(a, vpc.privateSubnet())),
                create("an unknown group", "InvalidSecurityGroup", call -> call.securityGroups("sg-0")),
                create("a group of another VPC", "InvalidConfigurationRequest", call -> call.securityGroups(otherVpc.group())),
                create("a taken name with other settings", "DuplicateLoadBalancerName", call -> call.scheme(LoadBalancerSchemeEnum.INTERNAL)),
                create("a tag twice", "DuplicateTagKeys", call -> call.name("x").tags(tag("k"), tag("k"))),
                create("51 tags", "TooManyTags", call -> call.name("x").tags(tags(51))),
                create("a tag of AWS", "ValidationError", call -> call.name("x").tags(tag("aws:x"))),
                refusal("protected against deletion", "OperationNotPermitted", 400,
                        () -> elb.deleteLoadBalancer(call -> call.loadBalancerArn(loadBalancer))),
                refusal("an unknown load balancer", "LoadBalancerNotFound", 400,
                        () -> elb.describeLoadBalancers(call -> call.loadBalancerArns(NONE + "loadbalancer/app/x/0"))),
                refusal("an unknown name", "LoadBalancerNotFound", 400, () -> elb.describeLoadBalancers(call -> call.names("none"))),
                refusal("21 ARNs", "ValidationError", 400, () -> elb.describeLoadBalancers(call -> call.loadBalancerArns(arns(21)))),
                refusal("names and ARNs", "ValidationError", 400,
                        () -> elb.describeLoadBalancers(call -> call.loadBalancerArns(loadBalancer).names("site"))),
                refusal("an ARN that is none", "ValidationError", 400, () -> elb.deleteLoadBalancer(call -> call.loadBalancerArn("x"))),
                attribute("an unknown key", "deletion.protection", "true"),
                attribute("a value that is no boolean", "deletion_protection.enabled", "yes"),
                attribute("a value out of its range", "idle_timeout.timeout_seconds", "4001"),
                attribute("a value that is no choice", "routing.http.desync_mitigation_mode", "lax"),
                refusal("unknown groups to set", "InvalidSecurityGroup", 400,
                        () -> elb.setSecurityGroups(call -> call.loadBalancerArn(loadBalancer).securityGroups("sg-0"))),
                refusal("one subnet to set", "ValidationError", 400,
                        () -> elb.setSubnets(call -> call.loadBalancerArn(loadBalancer).subnets(b))));
    }

    private Refusal attribute(String name, String key, String value) {
        return refusal(name, "ValidationError", 400, () -> elb.modifyLoadBalancerAttributes(
                call -> call.loadBalancerArn(loadBalancer).attributes(attribute -> attribute.key(key).value(value))));
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
                group("a timeout as long as the interval", "ValidationError",
                        call -> call.healthCheckIntervalSeconds(10).healthCheckTimeoutSeconds(10)),
                group("a timeout out of its range", "ValidationError",
                        call -> call.healthCheckIntervalSeconds(300).healthCheckTimeoutSeconds(121)),
                group("a threshold out of its range", "ValidationError", call -> call.healthyThresholdCount(1)),
                group("a path without slash", "ValidationError", call -> call.healthCheckPath("x")),
                group("a code out of its range", "ValidationError", call -> call.matcher(matcher -> matcher.httpCode("200-599"))),
                refusal("a change out of its range", "ValidationError", 400,
                        () -> elb.modifyTargetGroup(call -> call.targetGroupArn(group).unhealthyThresholdCount(11))),
                refusal("a group that a listener names", "ResourceInUse", 400,
                        () -> elb.deleteTargetGroup(call -> call.targetGroupArn(group))),
                refusal("an unknown attribute", "ValidationError", 400, () -> elb.modifyTargetGroupAttributes(
                        call -> call.targetGroupArn(group).attributes(attribute -> attribute.key("x").value("1")))),
                refusal("a delay out of its range", "ValidationError", 400,
                        () -> elb.modifyTargetGroupAttributes(call -> call.targetGroupArn(group)
                                .attributes(attribute -> attribute.key("deregistration_delay.timeout_seconds").value("3601")))),
                refusal("an unknown group", "TargetGroupNotFound", 400,
                        () -> elb.describeTargetGroups(call -> call.targetGroupArns(NONE + "targetgroup/x/0"))),
                refusal("21 ARNs", "ValidationError", 400,
                        () -> elb.describeTargetGroups(call -> call.targetGroupArns(IntStream.range(0, 21).mapToObj(i -> NONE + "targetgroup/x/" + i).toList()))),
                refusal("groups of an unknown load balancer", "LoadBalancerNotFound", 400,
                        () -> elb.describeTargetGroups(call -> call.loadBalancerArn(NONE + "loadbalancer/app/x/0"))),
                refusal("an unknown group to change", "TargetGroupNotFound", 400,
                        () -> elb.modifyTargetGroup(call -> call.targetGroupArn(NONE + "targetgroup/x/0"))),
                refusal("health of an unknown group", "TargetGroupNotFound", 400,
                        () -> elb.describeTargetHealth(call -> call.targetGroupArn(NONE + "targetgroup/x/0"))),
                refusal("an unknown name", "TargetGroupNotFound", 400, () -> elb.describeTargetGroups(call -> call.names("none"))),
                refusal("names and ARNs", "ValidationError", 400,
                        () -> elb.describeTargetGroups(call -> call.targetGroupArns(group).names("site"))),
                refusal("an ARN that is none", "ValidationError", 400, () -> elb.deleteTargetGroup(call -> call.targetGroupArn("x"))));
    }

    @TestFactory
    Stream<DynamicTest> listeners() {
        var pending = aws.acm.requestCertificate(call -> call.domainName("a.mycandidate.africa").validationMethod(ValidationMethod.DNS))
                .certificateArn();
        settle();
        var foreign = group(call -> call.name("foreign").vpcId(otherVpc.id())).targetGroups().getFirst().targetGroupArn();
        var second = elb.createListener(call -> call.loadBalancerArn(loadBalancer).port(80).protocol(ProtocolEnum.HTTP)
                        .defaultActions(action -> action.type(ActionTypeEnum.FORWARD).targetGroupArn(group)))
                .listeners().getFirst().listenerArn();
        return refusals(
                elb::existing,
                listen("a taken port", "DuplicateListener", call -> call.sslPolicy("ELBSecurityPolicy-TLS13-1-2-2021-06")),
                listen("an unknown load balancer", "LoadBalancerNotFound", call -> call.loadBalancerArn(NONE + "loadbalancer/app/x/0")),
                listen("no port", "ValidationError", call -> call.port(null)),
                listen("port 0", "ValidationError", call -> call.port(0)),
                listen("TCP", "ValidationError", call -> call.port(444).protocol(ProtocolEnum.TCP)),
                listen("HTTP with a certificate", "ValidationError", call -> call.port(80).protocol(ProtocolEnum.HTTP)),
                listen("HTTPS without certificate", "ValidationError", call -> call.port(444).certificates(List.of())),
                listen("two certificates", "ValidationError", call -> call.port(444).certificates(
                        one -> one.certificateArn(certificate), two -> two.certificateArn(certificate))),
                listen("a certificate with IsDefault", "ValidationError", call -> call.port(444).certificates(
                        one -> one.certificateArn(certificate).isDefault(true))),
                listen("an unknown certificate", "CertificateNotFound", call -> call.port(444).certificates(
                        one -> one.certificateArn("arn:aws:acm:af-south-1:123456789012:certificate/none"))),
                listen("a certificate that is not issued", "UnsupportedCertificate", call -> call.port(444).certificates(
                        one -> one.certificateArn(pending))),
                listen("an unknown policy", "SSLPolicyNotFound", call -> call.port(444).sslPolicy("None")),
                listen("no action", "ValidationError", call -> call.port(444).defaultActions(List.of())),
                listen("two actions", "TooManyActions", call -> call.port(444).defaultActions(
                        one -> one.type(ActionTypeEnum.FORWARD).targetGroupArn(group),
                        two -> two.type(ActionTypeEnum.FORWARD).targetGroupArn(group))),
                forward("no group", "ValidationError", null),
                forward("an unknown group", "TargetGroupNotFound", NONE + "targetgroup/x/0"),
                forward("a group of another VPC", "InvalidConfigurationRequest", foreign),
                listen("a group of another load balancer", "TargetGroupAssociationLimit", call -> call.loadBalancerArn(otherLoadBalancer)),
                listen("a weight of 1000", "ValidationError", call -> call.port(444).defaultActions(action -> action.type(ActionTypeEnum.FORWARD)
                        .forwardConfig(config -> config.targetGroups(tuple -> tuple.targetGroupArn(group).weight(1000))))),
                listen("a redirect to itself", "InvalidLoadBalancerAction", call -> call.port(444).defaultActions(action -> action
                        .type(ActionTypeEnum.REDIRECT).redirectConfig(to -> to.statusCode(RedirectActionStatusCodeEnum.HTTP_301)))),
                listen("a redirect without code", "ValidationError", call -> call.port(444).defaultActions(action -> action
                        .type(ActionTypeEnum.REDIRECT).redirectConfig(to -> to.port("443")))),
                listen("a fixed response of 300", "ValidationError", call -> call.port(444).defaultActions(action -> action
                        .type(ActionTypeEnum.FIXED_RESPONSE).fixedResponseConfig(to -> to.statusCode("300")))),
                listen("a group and another list", "ValidationError", call -> call.port(444).defaultActions(action -> action
                        .type(ActionTypeEnum.FORWARD).targetGroupArn(group)
                        .forwardConfig(config -> config.targetGroups(tuple -> tuple.targetGroupArn(foreign))))),
                listen("six groups", "ValidationError", call -> call.port(444).defaultActions(action -> action
                        .type(ActionTypeEnum.FORWARD)
                        .forwardConfig(config -> config.targetGroups(Stream.generate(
                                        () -> TargetGroupTuple.builder().targetGroupArn(group).build())
                                .limit(6)
                                .toList())))),
                refusal("a change to a taken port", "DuplicateListener", 400,
                        () -> elb.modifyListener(call -> call.listenerArn(second).port(443))),
                refusal("a change to HTTPS without certificate", "ValidationError", 400,
                        () -> elb.modifyListener(call -> call.listenerArn(second).protocol(ProtocolEnum.HTTPS))),
                refusal("listeners of an unknown load balancer", "LoadBalancerNotFound", 400,
                        () -> elb.describeListeners(call -> call.loadBalancerArn(NONE + "loadbalancer/app/x/0"))),
                refusal("an unknown listener", "ListenerNotFound", 400,
                        () -> elb.describeListeners(call -> call.listenerArns(NONE + "listener/app/x/0/0"))),
                refusal("an unknown listener to change", "ListenerNotFound", 400,
                        () -> elb.modifyListener(call -> call.listenerArn(NONE + "listener/app/x/0/0"))),
                refusal("an unknown listener to delete", "ListenerNotFound", 400,
                        () -> elb.deleteListener(call -> call.listenerArn(NONE + "listener/app/x/0/0"))),
                refusal("no ARN", "ValidationError", 400, () -> elb.describeListeners(call -> {})),
                refusal("an ARN that is none", "ValidationError", 400, () -> elb.deleteListener(call -> call.listenerArn("x"))),
                refusal("an unknown listener attribute", "ValidationError", 400, () -> elb.modifyListenerAttributes(
                        call -> call.listenerArn(listener).attributes(attribute -> attribute.key("x").value("1")))),
                refusal("rules of nothing", "ValidationError", 400, () -> elb.describeRules(call -> {})),
                refusal("an unknown rule", "RuleNotFound", 400, () -> elb.describeRules(call -> call.ruleArns(NONE + "listener-rule/app/x/0/0/0"))),
                refusal("tags of 21 resources", "ValidationError", 400, () -> elb.describeTags(call -> call.resourceArns(arns(21)))),
                refusal("tags for 21 resources", "ValidationError", 400,
                        () -> elb.addTags(call -> call.resourceArns(arns(21)).tags(tag("k")))),
                refusal("tags from 21 resources", "ValidationError", 400,
                        () -> elb.removeTags(call -> call.resourceArns(arns(21)).tagKeys("k"))),
                refusal("tags of an unknown resource", "TargetGroupNotFound", 400,
                        () -> elb.describeTags(call -> call.resourceArns(NONE + "targetgroup/x/0"))));
    }

    private Refusal forward(String name, String code, String to) {
        return listen(name, code, call -> call.port(444).defaultActions(action -> action.type(ActionTypeEnum.FORWARD).targetGroupArn(to)));
    }

    private static Tag tag(String key) {
        return Tag.builder().key(key).value("").build();
    }

    private static List<Tag> tags(int count) {
        return IntStream.range(0, count).mapToObj(i -> tag("k" + i)).toList();
    }

    private static List<String> arns(int count) {
        return IntStream.range(0, count).mapToObj(i -> NONE + "loadbalancer/app/x/" + i).toList();
    }
}
