package africa.mycandidate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.sim.SimAws;
import africa.mycandidate.operator.sim.VirtualClock;
import africa.mycandidate.operator.sim.World;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;

class PortedClientsTest {
    @Test
    void everyFormOfACallPassesThePort() {
        var passed = new ArrayList<String>();
        var aws = new SimAws(new World(1, new VirtualClock()::instant), "123456789012", "af-south-1");
        var ec2 = new PortedClients(aws, (effect, call) -> {
                    passed.add(effect.toString());
                    return call.run();
                })
                .of(Ec2Client.class);
        ec2.describeVpcs();
        ec2.describeVpcs(request -> {});
        ec2.describeVpcs(DescribeVpcsRequest.builder().build());
        ec2.describeVpcsPaginator().vpcs().forEach(vpc -> {});
        ec2.describeVpcsPaginator(request -> {}).vpcs().forEach(vpc -> {});
        assertThat(ec2.serviceName()).isEqualTo("ec2");
        assertThat(passed).hasSize(5).containsOnly("Ec2.describeVpcs");
    }
}
