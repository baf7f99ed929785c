package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** A load balancer with a group and an HTTPS listener, and wrong calls that differ from right ones in one thing. */
abstract class ElbSite extends EdgeFixture {
    static final String NONE = "arn:aws:elasticloadbalancing:af-south-1:123456789012:";

    final SimElb elb = aws.elb;
    Vpc vpc;
    Vpc otherVpc;
    String loadBalancer;
    String otherLoadBalancer;
    String group;
    String listener;
    String certificate;

    @BeforeEach
    void site() {
        vpc = vpc("10.0");
        otherVpc = vpc("10.1");
        loadBalancer = create(call -> {}).loadBalancers().getFirst().loadBalancerArn();
        otherLoadBalancer =
                create(call -> call.name("other")).loadBalancers().getFirst().loadBalancerArn();
        group = group(call -> {}).targetGroups().getFirst().targetGroupArn();
        certificate = aws.acm.imported("southafrica.mycandidate.africa", Map.of());
        listener = listen(call -> {}).listeners().getFirst().listenerArn();
        pass(Duration.ofMinutes(8));
    }

    CreateLoadBalancerResponse create(Consumer<CreateLoadBalancerRequest.Builder> change) {
        return elb.createLoadBalancer(call -> {
            call.name("site").subnets(vpc.publicSubnets()).securityGroups(vpc.group());
            change.accept(call);
        });
    }

    CreateTargetGroupResponse group(Consumer<CreateTargetGroupRequest.Builder> change) {
        return elb.createTargetGroup(call -> {
            call.name("site")
                    .vpcId(vpc.id())
                    .port(5000)
                    .protocol(ProtocolEnum.HTTP)
                    .targetType(TargetTypeEnum.IP);
            change.accept(call);
        });
    }

    CreateListenerResponse listen(Consumer<CreateListenerRequest.Builder> change) {
        return elb.createListener(call -> {
            call.loadBalancerArn(loadBalancer)
                    .port(443)
                    .protocol(ProtocolEnum.HTTPS)
                    .certificates(one -> one.certificateArn(certificate))
                    .defaultActions(
                            action -> action.type(ActionTypeEnum.FORWARD).targetGroupArn(group));
            change.accept(call);
        });
    }

    Refusal create(String name, String code, Consumer<CreateLoadBalancerRequest.Builder> change) {
        return refusal(name, code, 400, () -> create(change));
    }

    Refusal group(String name, String code, Consumer<CreateTargetGroupRequest.Builder> change) {
        return refusal(name, code, 400, () -> group(change));
    }

    Refusal listen(String name, String code, Consumer<CreateListenerRequest.Builder> change) {
        return refusal(name, code, 400, () -> listen(change));
    }

    static Tag tag(String key) {
        return Tag.builder().key(key).value("").build();
    }

    static List<Tag> tags(int count) {
        return IntStream.range(0, count).mapToObj(i -> tag("k" + i)).toList();
    }

    static List<String> arns(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> NONE + "loadbalancer/app/x/" + i)
                .toList();
    }
}
