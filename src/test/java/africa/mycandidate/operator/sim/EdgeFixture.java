package africa.mycandidate.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** A simulated AWS under a virtual clock, and tables of wrong calls. */
abstract class EdgeFixture {
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    final World world = new World(7, () -> now);
    final SimAws aws = new SimAws(world, "123456789012", "af-south-1");

    /** A wrong call, with the code and the HTTP status that refuse it. */
    record Refusal(String name, String code, int status, Supplier<?> call) {}

    static Refusal refusal(String name, String code, int status, Supplier<?> call) {
        return new Refusal(name, code, status, call);
    }

    void pass(Duration time) {
        now = now.plus(time);
        world.settle();
    }

    /** Longer than any read lag and any propagation between services. */
    void settle() {
        pass(Duration.ofSeconds(30));
    }

    Instant now() {
        return now;
    }

    static void refused(String code, int status, Supplier<?> call) {
        var error = catchThrowableOfType(AwsServiceException.class, call::get);
        assertThat(error).as("refused with " + code).isNotNull();
        assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(error.statusCode()).isEqualTo(status);
        assertThat(error.requestId()).isNotBlank();
    }

    /** Each wrong call is refused and changes nothing. */
    static Stream<DynamicTest> refusals(Supplier<Map<String, Map<String, String>>> existing, Refusal... refusals) {
        return Stream.of(refusals)
                .map(refusal -> DynamicTest.dynamicTest(refusal.code() + ": " + refusal.name(), () -> {
                    var before = existing.get();
                    refused(refusal.code(), refusal.status(), refusal.call());
                    assertThat(existing.get()).isEqualTo(before);
                }));
    }

    /** A VPC with two public subnets, a private one and a security group. */
    record Vpc(String id, List<String> publicSubnets, String privateSubnet, String group) {}

    Vpc vpc(String cidrStart) {
        var ec2 = aws.ec2;
        var id = ec2.createVpc(call -> call.cidrBlock(cidrStart + ".0.0/16"))
                .vpc()
                .vpcId();
        var gateway = ec2.createInternetGateway(call -> {}).internetGateway().internetGatewayId();
        settle();
        ec2.attachInternetGateway(call -> call.vpcId(id).internetGatewayId(gateway));
        var table = ec2.createRouteTable(call -> call.vpcId(id)).routeTable().routeTableId();
        var subnets = Stream.of("a", "b", "c")
                .map(zone -> ec2.createSubnet(call -> call.vpcId(id)
                                .availabilityZone("af-south-1" + zone)
                                .cidrBlock(cidrStart + "." + (zone.charAt(0) - 'a') + ".0/24"))
                        .subnet()
                        .subnetId())
                .toList();
        var group = ec2.createSecurityGroup(
                        call -> call.vpcId(id).groupName("edge").description("edge"))
                .groupId();
        settle();
        ec2.createRoute(call -> call.routeTableId(table).gatewayId(gateway).destinationCidrBlock("0.0.0.0/0"));
        for (var subnet : subnets.subList(0, 2))
            ec2.associateRouteTable(call -> call.routeTableId(table).subnetId(subnet));
        settle();
        return new Vpc(id, subnets.subList(0, 2), subnets.get(2), group);
    }
}
