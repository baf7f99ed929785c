package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** Lifecycles; the refused calls are in {@link SimElbRefusalsTest}. */
class SimElbTest extends EdgeFixture {
    private static final Tag STACK = Tag.builder().key("stack").value("a").build();

    private final SimElb elb = aws.elb;
    private Vpc vpc;
    private String loadBalancer;
    private String group;

    @BeforeEach
    void site() {
        vpc = vpc("10.0");
        loadBalancer = create("site").loadBalancerArn();
        group = group("site");
        settle();
    }

    private LoadBalancer create(String name) {
        return elb.createLoadBalancer(call -> call.name(name)
                        .subnets(vpc.publicSubnets())
                        .securityGroups(vpc.group())
                        .tags(STACK))
                .loadBalancers()
                .getFirst();
    }

    private String group(String name) {
        return elb.createTargetGroup(call -> call.name(name)
                        .vpcId(vpc.id())
                        .port(5000)
                        .protocol(ProtocolEnum.HTTP)
                        .targetType(TargetTypeEnum.IP)
                        .healthCheckIntervalSeconds(10)
                        .healthCheckTimeoutSeconds(5)
                        .healthyThresholdCount(3)
                        .unhealthyThresholdCount(2)
                        .tags(STACK))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
    }

    private String https(String group) {
        var certificate = aws.acm.imported("southafrica.mycandidate.africa", Map.of());
        return elb.createListener(call -> call.loadBalancerArn(loadBalancer)
                        .port(443)
                        .protocol(ProtocolEnum.HTTPS)
                        .certificates(one -> one.certificateArn(certificate))
                        .defaultActions(
                                action -> action.type(ActionTypeEnum.FORWARD).targetGroupArn(group)))
                .listeners()
                .getFirst()
                .listenerArn();
    }

    private LoadBalancer describe() {
        return elb.describeLoadBalancers(call -> call.loadBalancerArns(loadBalancer))
                .loadBalancers()
                .getFirst();
    }

    private String health() {
        return elb.describeTargetHealth(call -> call.targetGroupArn(group)).targetHealthDescriptions().stream()
                .map(description -> description.targetHealth().stateAsString())
                .collect(Collectors.joining(","));
    }

    private List<NetworkInterface> interfaces() {
        return aws.ec2
                .describeNetworkInterfaces(
                        call -> call.filters(filter -> filter.name("group-id").values(vpc.group())))
                .networkInterfaces();
    }

    @Test
    void becomesActiveAfterMinutes() {
        assertThat(describe().state().code()).isEqualTo(LoadBalancerStateEnum.PROVISIONING);
        assertThat(describe().dnsName()).matches("site-\\d+\\.af-south-1\\.elb\\.amazonaws\\.com");
        assertThat(describe().canonicalHostedZoneId()).isEqualTo("Z268VQBMOI5EKX");
        assertThat(interfaces()).hasSize(2).allSatisfy(one -> {
            assertThat(one.description()).startsWith("ELB app/site/");
            assertThat(one.requesterId()).isEqualTo("amazon-elb");
        });
        pass(Duration.ofMinutes(8));
        assertThat(describe().state().code()).isEqualTo(LoadBalancerStateEnum.ACTIVE);
        assertThat(aws.iam
                        .listRoles(call -> call.pathPrefix("/aws-service-role/"))
                        .roles())
                .anySatisfy(role -> assertThat(role.roleName()).isEqualTo("AWSServiceRoleForElasticLoadBalancing"));
    }

    @Test
    void aFreshLoadBalancerIsNotFoundForAMoment() {
        var missed = 0;
        for (var i = 0; i < 20; i++) {
            var arn = create("fresh" + i).loadBalancerArn();
            try {
                elb.describeLoadBalancers(call -> call.loadBalancerArns(arn));
            } catch (LoadBalancerNotFoundException e) {
                missed++;
            }
        }
        assertThat(missed).isPositive();
    }

    @Test
    void sameNameAndSettingsHandBackWhatExists() {
        assertThat(create("site").loadBalancerArn()).isEqualTo(loadBalancer);
        assertThat(group("site")).isEqualTo(group);
        var listener = redirect();
        assertThat(redirect()).isEqualTo(listener);
        assertThat(elb.existing()).hasSize(3);
    }

    private String redirect() {
        return elb.createListener(call -> call.loadBalancerArn(loadBalancer)
                        .port(80)
                        .protocol(ProtocolEnum.HTTP)
                        .defaultActions(
                                action -> action.type(ActionTypeEnum.REDIRECT).redirectConfig(to -> to.protocol("HTTPS")
                                        .port("443")
                                        .statusCode(RedirectActionStatusCodeEnum.HTTP_301))))
                .listeners()
                .getFirst()
                .listenerArn();
    }

    @Test
    void interfacesOutliveTheLoadBalancer() {
        pass(Duration.ofMinutes(8));
        elb.deleteLoadBalancer(call -> call.loadBalancerArn(loadBalancer));
        elb.deleteLoadBalancer(call -> call.loadBalancerArn(loadBalancer));
        pass(Duration.ofSeconds(10));
        refused("LoadBalancerNotFound", 400, this::describe);
        assertThat(interfaces()).hasSize(2);
        pass(Duration.ofMinutes(3));
        assertThat(interfaces()).isEmpty();
    }

    @Test
    void attributesHaveDefaultsAndCallsOfTheirOwn() {
        assertThat(attributes())
                .containsEntry("deletion_protection.enabled", "false")
                .containsEntry("idle_timeout.timeout_seconds", "60")
                .containsEntry("routing.http.drop_invalid_header_fields.enabled", "false");
        elb.modifyLoadBalancerAttributes(
                call -> call.loadBalancerArn(loadBalancer).attributes(attribute -> attribute
                        .key("routing.http.drop_invalid_header_fields.enabled")
                        .value("true")));
        settle();
        assertThat(attributes()).containsEntry("routing.http.drop_invalid_header_fields.enabled", "true");
        assertThat(elb.deregistrationDelay(group)).isEqualTo(300);
        elb.modifyTargetGroupAttributes(call -> call.targetGroupArn(group)
                .attributes(attribute ->
                        attribute.key("deregistration_delay.timeout_seconds").value("15")));
        assertThat(elb.deregistrationDelay(group)).isEqualTo(15);
        settle();
        assertThat(elb.describeTargetGroupAttributes(call -> call.targetGroupArn(group))
                        .attributes())
                .contains(TargetGroupAttribute.builder()
                        .key("deregistration_delay.timeout_seconds")
                        .value("15")
                        .build());
        var listener = redirect();
        settle();
        elb.modifyListenerAttributes(call -> call.listenerArn(listener)
                .attributes(attribute ->
                        attribute.key("routing.http.response.server.enabled").value("false")));
        settle();
        assertThat(elb.describeListenerAttributes(call -> call.listenerArn(listener))
                        .attributes())
                .contains(ListenerAttribute.builder()
                        .key("routing.http.response.server.enabled")
                        .value("false")
                        .build());
    }

    private Map<String, String> attributes() {
        return elb.describeLoadBalancerAttributes(call -> call.loadBalancerArn(loadBalancer)).attributes().stream()
                .collect(Collectors.toMap(LoadBalancerAttribute::key, LoadBalancerAttribute::value));
    }

    @Test
    void groupsAndSubnetsMoveTheInterfaces() {
        var other = aws.ec2
                .createSecurityGroup(
                        call -> call.vpcId(vpc.id()).groupName("other").description("other"))
                .groupId();
        settle();
        elb.setSecurityGroups(call -> call.loadBalancerArn(loadBalancer).securityGroups(other));
        https(group);
        settle();
        assertThat(interfaces()).isEmpty();
        assertThat(describe().securityGroups()).containsExactly(other);
        assertThat(elb.groupsInFront(group)).containsExactly(other);
        elb.setSubnets(call ->
                call.loadBalancerArn(loadBalancer).subnets(vpc.publicSubnets().reversed()));
        settle();
        assertThat(describe().availabilityZones())
                .extracting(AvailabilityZone::subnetId)
                .containsExactlyElementsOf(vpc.publicSubnets());
    }

    @Test
    void aForwardComesBackInBothForms() {
        var listener = https(group);
        settle();
        var action = elb.describeListeners(call -> call.listenerArns(listener))
                .listeners()
                .getFirst()
                .defaultActions()
                .getFirst();
        assertThat(action.targetGroupArn()).isEqualTo(group);
        assertThat(action.forwardConfig().targetGroups()).singleElement().satisfies(tuple -> assertThat(tuple.weight())
                .isEqualTo(1));
        assertThat(action.forwardConfig().targetGroupStickinessConfig().enabled())
                .isFalse();
        var rules = elb.describeRules(call -> call.listenerArn(listener)).rules();
        assertThat(rules).singleElement().satisfies(rule -> {
            assertThat(rule.priority()).isEqualTo("default");
            assertThat(rule.isDefault()).isTrue();
            assertThat(rule.actions()).containsExactly(action);
        });
        assertThat(elb.describeRules(call -> call.ruleArns(rules.getFirst().ruleArn()))
                        .rules())
                .isEqualTo(rules);
    }

    @Test
    void aRedirectComesBackWithItsPlaceholders() {
        var listener = redirect();
        settle();
        var config = elb.describeListeners(call -> call.listenerArns(listener))
                .listeners()
                .getFirst()
                .defaultActions()
                .getFirst()
                .redirectConfig();
        assertThat(List.of(config.host(), config.path(), config.query()))
                .containsExactly("#{host}", "/#{path}", "#{query}");
    }

    @Test
    void fromHttpsToHttpTheCertificateIsDropped() {
        var listener = https(group);
        var modified = elb.modifyListener(call -> call.listenerArn(listener).protocol(ProtocolEnum.HTTP))
                .listeners()
                .getFirst();
        assertThat(modified.certificates()).isEmpty();
        assertThat(modified.sslPolicy()).isNull();
    }

    @Test
    void targetsTurnHealthyUnhealthyAndDrain() {
        var answers = new AtomicBoolean(true);
        elb.register(group, "10.0.2.7", 5000, answers::get);
        assertThat(health()).isEqualTo("unused");
        https(group);
        assertThat(health()).isEqualTo("initial");
        assertThat(elb.serving(loadBalancer)).isZero();
        pass(Duration.ofMinutes(9));
        assertThat(health()).isEqualTo("healthy");
        assertThat(elb.serving(loadBalancer)).isEqualTo(1);
        answers.set(false);
        assertThat(elb.healthy(group, "10.0.2.7", 5000)).isTrue();
        pass(Duration.ofSeconds(21));
        assertThat(health()).isEqualTo("unhealthy");
        answers.set(true);
        assertThat(health()).isEqualTo("unhealthy");
        pass(Duration.ofSeconds(31));
        assertThat(elb.healthy(group, "10.0.2.7", 5000)).isTrue();
        elb.deregister(group, "10.0.2.7", 5000);
        assertThat(health()).isEqualTo("draining");
        assertThat(elb.serving(loadBalancer)).isZero();
        pass(Duration.ofSeconds(301));
        assertThat(health()).isEmpty();
    }

    @Test
    void aTargetWithoutListenerIsUnused() {
        pass(Duration.ofMinutes(8));
        var listener = https(group);
        elb.register(group, "10.0.2.7", 5000, () -> true);
        pass(Duration.ofSeconds(29));
        assertThat(health()).isEqualTo("initial");
        pass(Duration.ofSeconds(2));
        assertThat(health()).isEqualTo("healthy");
        assertThat(elb.attached(group)).isTrue();
        elb.deleteListener(call -> call.listenerArn(listener));
        assertThat(elb.attached(group)).isFalse();
        assertThat(health()).isEqualTo("unused");
        elb.deregister(group, "10.0.2.7", 5000);
        assertThat(health()).isEmpty();
    }

    @Test
    void aGroupIsHeldForSomeSecondsAfterItsListener() {
        var listener = https(group);
        settle();
        assertThat(elb.describeTargetGroups(call -> call.names("site"))
                        .targetGroups()
                        .getFirst()
                        .loadBalancerArns())
                .containsExactly(loadBalancer);
        elb.deleteListener(call -> call.listenerArn(listener));
        refused("ResourceInUse", 400, () -> elb.deleteTargetGroup(call -> call.targetGroupArn(group)));
        pass(Duration.ofSeconds(20));
        elb.deleteTargetGroup(call -> call.targetGroupArn(group));
        elb.deleteTargetGroup(call -> call.targetGroupArn(group));
        assertThat(elb.exists(group)).isFalse();
    }

    @Test
    void aWeightMovesTheTraffic() {
        pass(Duration.ofMinutes(8));
        var listener = https(group);
        var second = group("second");
        elb.register(group, "10.0.2.7", 5000, () -> true);
        elb.modifyListener(
                call -> call.listenerArn(listener).defaultActions(action -> action.type(ActionTypeEnum.FORWARD)
                        .forwardConfig(config -> config.targetGroups(
                                tuple -> tuple.targetGroupArn(group).weight(0),
                                tuple -> tuple.targetGroupArn(second).weight(1)))));
        elb.register(second, "10.0.2.8", 5000, () -> true);
        pass(Duration.ofMinutes(1));
        assertThat(elb.healthy(group, "10.0.2.7", 5000)).isTrue();
        assertThat(elb.serving(loadBalancer)).isEqualTo(1);
    }

    @Test
    void healthSettingsChangeInPlace() {
        elb.modifyTargetGroup(call ->
                call.targetGroupArn(group).healthCheckPath("/health").matcher(matcher -> matcher.httpCode("200-399")));
        settle();
        var shown = elb.describeTargetGroups(call -> call.targetGroupArns(group))
                .targetGroups()
                .getFirst();
        assertThat(shown.healthCheckPath()).isEqualTo("/health");
        assertThat(shown.matcher().httpCode()).isEqualTo("200-399");
        assertThat(shown.healthCheckIntervalSeconds()).isEqualTo(10);
    }

    @Test
    void tagsAreReadForManyAtOnce() {
        elb.addTags(call -> call.resourceArns(loadBalancer, group)
                .tags(Tag.builder().key("owner").value("b").build()));
        elb.removeTags(call -> call.resourceArns(group).tagKeys("stack"));
        settle();
        assertThat(elb.describeTags(call -> call.resourceArns(loadBalancer, group))
                        .tagDescriptions())
                .extracting(description -> description.tags().size())
                .containsExactly(2, 1);
        assertThat(elb.existing()).containsEntry(group, Map.of("owner", "b"));
    }

    @Test
    void listsComeInPages() {
        group("second");
        group("third");
        settle();
        assertThat(elb.describeTargetGroups(call -> call.pageSize(2)).targetGroups())
                .hasSize(2);
        assertThat(elb.describeTargetGroupsPaginator(call -> call.pageSize(2)).targetGroups())
                .hasSize(3);
    }
}
