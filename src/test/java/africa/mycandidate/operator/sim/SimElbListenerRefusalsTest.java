package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.acm.model.ValidationMethod;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

class SimElbListenerRefusalsTest extends ElbSite {
    @TestFactory
    Stream<DynamicTest> listeners() {
        var pending = aws.acm
                .requestCertificate(
                        call -> call.domainName("a.mycandidate.africa").validationMethod(ValidationMethod.DNS))
                .certificateArn();
        settle();
        var foreign = group(call -> call.name("foreign").vpcId(otherVpc.id()))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        var second = elb.createListener(call -> call.loadBalancerArn(loadBalancer)
                        .port(80)
                        .protocol(ProtocolEnum.HTTP)
                        .defaultActions(
                                action -> action.type(ActionTypeEnum.FORWARD).targetGroupArn(group)))
                .listeners()
                .getFirst()
                .listenerArn();
        return refusals(
                elb::existing,
                listen(
                        "a taken port",
                        "DuplicateListener",
                        call -> call.sslPolicy("ELBSecurityPolicy-TLS13-1-2-2021-06")),
                listen(
                        "an unknown load balancer",
                        "LoadBalancerNotFound",
                        call -> call.loadBalancerArn(NONE + "loadbalancer/app/x/0")),
                listen("no port", "ValidationError", call -> call.port(null)),
                listen("port 0", "ValidationError", call -> call.port(0)),
                listen("TCP", "ValidationError", call -> call.port(444).protocol(ProtocolEnum.TCP)),
                listen("HTTP with a certificate", "ValidationError", call -> call.port(80)
                        .protocol(ProtocolEnum.HTTP)),
                listen("HTTPS without certificate", "ValidationError", call -> call.port(444)
                        .certificates(List.of())),
                listen("two certificates", "ValidationError", call -> call.port(444)
                        .certificates(one -> one.certificateArn(certificate), two -> two.certificateArn(certificate))),
                listen("a certificate with IsDefault", "ValidationError", call -> call.port(444)
                        .certificates(one -> one.certificateArn(certificate).isDefault(true))),
                listen("an unknown certificate", "CertificateNotFound", call -> call.port(444)
                        .certificates(
                                one -> one.certificateArn("arn:aws:acm:af-south-1:123456789012:certificate/none"))),
                listen("a certificate that is not issued", "UnsupportedCertificate", call -> call.port(444)
                        .certificates(one -> one.certificateArn(pending))),
                listen("an unknown policy", "SSLPolicyNotFound", call -> call.port(444)
                        .sslPolicy("None")),
                listen("no action", "ValidationError", call -> call.port(444).defaultActions(List.of())),
                listen("two actions", "TooManyActions", call -> call.port(444)
                        .defaultActions(
                                one -> one.type(ActionTypeEnum.FORWARD).targetGroupArn(group),
                                two -> two.type(ActionTypeEnum.FORWARD).targetGroupArn(group))),
                forward("no group", "ValidationError", null),
                forward("an unknown group", "TargetGroupNotFound", NONE + "targetgroup/x/0"),
                forward("a group of another VPC", "InvalidConfigurationRequest", foreign),
                listen(
                        "a group of another load balancer",
                        "TargetGroupAssociationLimit",
                        call -> call.loadBalancerArn(otherLoadBalancer)),
                listen("a weight of 1000", "ValidationError", call -> call.port(444)
                        .defaultActions(action -> action.type(ActionTypeEnum.FORWARD)
                                .forwardConfig(config -> config.targetGroups(
                                        tuple -> tuple.targetGroupArn(group).weight(1000))))),
                listen("a redirect to itself", "InvalidLoadBalancerAction", call -> call.port(444)
                        .defaultActions(action -> action.type(ActionTypeEnum.REDIRECT)
                                .redirectConfig(to -> to.statusCode(RedirectActionStatusCodeEnum.HTTP_301)))),
                listen("a redirect without code", "ValidationError", call -> call.port(444)
                        .defaultActions(
                                action -> action.type(ActionTypeEnum.REDIRECT).redirectConfig(to -> to.port("443")))),
                listen("a fixed response of 300", "ValidationError", call -> call.port(444)
                        .defaultActions(action -> action.type(ActionTypeEnum.FIXED_RESPONSE)
                                .fixedResponseConfig(to -> to.statusCode("300")))),
                listen("a group and another list", "ValidationError", call -> call.port(444)
                        .defaultActions(action -> action.type(ActionTypeEnum.FORWARD)
                                .targetGroupArn(group)
                                .forwardConfig(config -> config.targetGroups(tuple -> tuple.targetGroupArn(foreign))))),
                listen("six groups", "ValidationError", call -> call.port(444).defaultActions(action -> action.type(
                                ActionTypeEnum.FORWARD)
                        .forwardConfig(config -> config.targetGroups(Stream.generate(() -> TargetGroupTuple.builder()
                                        .targetGroupArn(group)
                                        .build())
                                .limit(6)
                                .toList())))),
                refusal(
                        "a change to a taken port",
                        "DuplicateListener",
                        400,
                        () -> elb.modifyListener(
                                call -> call.listenerArn(second).port(443))),
                refusal(
                        "a change to HTTPS without certificate",
                        "ValidationError",
                        400,
                        () -> elb.modifyListener(
                                call -> call.listenerArn(second).protocol(ProtocolEnum.HTTPS))),
                refusal(
                        "listeners of an unknown load balancer",
                        "LoadBalancerNotFound",
                        400,
                        () -> elb.describeListeners(call -> call.loadBalancerArn(NONE + "loadbalancer/app/x/0"))),
                refusal(
                        "an unknown listener",
                        "ListenerNotFound",
                        400,
                        () -> elb.describeListeners(call -> call.listenerArns(NONE + "listener/app/x/0/0"))),
                refusal(
                        "an unknown listener to change",
                        "ListenerNotFound",
                        400,
                        () -> elb.modifyListener(call -> call.listenerArn(NONE + "listener/app/x/0/0"))),
                refusal(
                        "an unknown listener to delete",
                        "ListenerNotFound",
                        400,
                        () -> elb.deleteListener(call -> call.listenerArn(NONE + "listener/app/x/0/0"))),
                refusal("no ARN", "ValidationError", 400, () -> elb.describeListeners(call -> {})),
                refusal(
                        "an ARN that is none",
                        "ValidationError",
                        400,
                        () -> elb.deleteListener(call -> call.listenerArn("x"))),
                refusal(
                        "an unknown listener attribute",
                        "ValidationError",
                        400,
                        () -> elb.modifyListenerAttributes(call -> call.listenerArn(listener)
                                .attributes(attribute -> attribute.key("x").value("1")))),
                refusal(
                        "a rule without condition",
                        "ValidationError",
                        400,
                        () -> elb.createRule(call -> page(call, listener))),
                refusal(
                        "a rule of priority 0",
                        "ValidationError",
                        400,
                        () -> elb.createRule(call -> page(call, listener)
                                .conditions(when -> when.field("path-pattern").values("/x"))
                                .priority(0))),
                refusal("a priority twice", "PriorityInUse", 400, () -> {
                    var first = elb.createRule(
                                    call -> page(call, listener).conditions(when -> when.field("path-pattern")
                                            .values("/x")))
                            .rules()
                            .getFirst();
                    try {
                        return elb.createRule(call -> page(call, listener)
                                .conditions(when -> when.field("path-pattern").values("/y")));
                    } finally {
                        elb.deleteRule(call -> call.ruleArn(first.ruleArn()));
                    }
                }),
                refusal(
                        "the default rule to delete",
                        "OperationNotPermitted",
                        400,
                        () -> elb.deleteRule(
                                call -> call.ruleArn(elb.describeRules(rules -> rules.listenerArn(listener))
                                        .rules()
                                        .getLast()
                                        .ruleArn()))),
                refusal(
                        "an unknown rule to delete",
                        "RuleNotFound",
                        400,
                        () -> elb.deleteRule(call -> call.ruleArn(NONE + "listener-rule/app/x/0/0/0"))),
                refusal(
                        "a certificate for HTTP",
                        "ValidationError",
                        400,
                        () -> elb.addListenerCertificates(
                                call -> call.listenerArn(second).certificates(one -> one.certificateArn(NONE)))),
                refusal(
                        "an unknown certificate to add",
                        "CertificateNotFound",
                        400,
                        () -> elb.addListenerCertificates(
                                call -> call.listenerArn(listener).certificates(one -> one.certificateArn(NONE)))),
                refusal(
                        "the default certificate to remove",
                        "OperationNotPermitted",
                        400,
                        () -> elb.removeListenerCertificates(call -> call.listenerArn(listener)
                                .certificates(elb.describeListeners(of -> of.listenerArns(listener))
                                        .listeners()
                                        .getFirst()
                                        .certificates()))),
                refusal("rules of nothing", "ValidationError", 400, () -> elb.describeRules(call -> {})),
                refusal(
                        "an unknown rule",
                        "RuleNotFound",
                        400,
                        () -> elb.describeRules(call -> call.ruleArns(NONE + "listener-rule/app/x/0/0/0"))),
                refusal(
                        "tags of 21 resources",
                        "ValidationError",
                        400,
                        () -> elb.describeTags(call -> call.resourceArns(arns(21)))),
                refusal(
                        "tags for 21 resources",
                        "ValidationError",
                        400,
                        () -> elb.addTags(call -> call.resourceArns(arns(21)).tags(tag("k")))),
                refusal(
                        "tags from 21 resources",
                        "ValidationError",
                        400,
                        () -> elb.removeTags(call -> call.resourceArns(arns(21)).tagKeys("k"))),
                refusal(
                        "tags of an unknown resource",
                        "TargetGroupNotFound",
                        400,
                        () -> elb.describeTags(call -> call.resourceArns(NONE + "targetgroup/x/0"))));
    }

    private Refusal forward(String name, String code, String to) {
        return listen(name, code, call -> call.port(444)
                .defaultActions(action -> action.type(ActionTypeEnum.FORWARD).targetGroupArn(to)));
    }

    /** A rule that answers with a page, but for its conditions. */
    private static CreateRuleRequest.Builder page(CreateRuleRequest.Builder call, String listener) {
        return call.listenerArn(listener).priority(1).actions(action -> action.type(ActionTypeEnum.FIXED_RESPONSE)
                .fixedResponseConfig(to -> to.statusCode("200")));
    }
}
