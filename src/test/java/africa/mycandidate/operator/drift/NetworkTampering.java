package africa.mycandidate.operator.drift;

import static africa.mycandidate.operator.drift.Tampering.deleted;
import static africa.mycandidate.operator.drift.Tampering.on;
import static africa.mycandidate.operator.drift.Tampering.refused;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.resource.InternetGateway;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.resource.Role;
import africa.mycandidate.operator.resource.RouteTable;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.SecurityGroup;
import africa.mycandidate.operator.resource.Subnet;
import africa.mycandidate.operator.resource.Vpc;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Network, roles, secrets and logs. */
final class NetworkTampering {
    private static final String READ_ONLY = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";
    private static final String ANYBODY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":\"sts:AssumeRole\"}]}";
    private static final String EVERYTHING =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";

    private NetworkTampering() {}

    static void register() {
        network();
        routes();
        groups();
        roles();
        secrets();
    }

    private static void network() {
        on(Vpc.class, "dnsHostnames", "off", (clients, vpc) -> ec2(clients)
                .modifyVpcAttribute(request -> request.vpcId(vpc.id()).enableDnsHostnames(off -> off.value(false))));
        on(Vpc.class, "dnsSupport", "off", Set.of("dnsHostnames"), (clients, vpc) -> {
            ec2(clients)
                    .modifyVpcAttribute(request -> request.vpcId(vpc.id()).enableDnsHostnames(off -> off.value(false)));
            ec2(clients)
                    .modifyVpcAttribute(request -> request.vpcId(vpc.id()).enableDnsSupport(off -> off.value(false)));
        });
        on(Subnet.class, "mapPublicIp", "on", (clients, subnet) -> ec2(clients)
                .modifySubnetAttribute(
                        request -> request.subnetId(subnet.id()).mapPublicIpOnLaunch(now -> now.value(true))));
        // Not while addresses are mapped through it (EC2 API reference, DetachInternetGateway).
        refused(InternetGateway.class, "vpc", "detached", (clients, gateway) -> ec2(clients)
                .detachInternetGateway(request -> request.internetGatewayId(gateway.id())
                        .vpcId(((InternetGateway) gateway.actual()).vpc().value())));
    }

    private static void routes() {
        on(RouteTable.class, "routes", "one added", (clients, table) -> {
            var target = ((RouteTable) table.actual())
                    .routes()
                    .iterator()
                    .next()
                    .target()
                    .value();
            ec2(clients).createRoute(request -> (target.startsWith("nat-")
                            ? request.natGatewayId(target)
                            : request.gatewayId(target))
                    .routeTableId(table.id())
                    .destinationCidrBlock("198.51.100.0/24"));
        });
        on(RouteTable.class, "routes", "the way out deleted", (clients, table) -> ec2(clients)
                .deleteRoute(request -> request.routeTableId(table.id()).destinationCidrBlock("0.0.0.0/0")));
        on(RouteTable.class, "subnet", "moved to the main table", (clients, table) -> {
            var ours = ec2(clients)
                    .describeRouteTables(request -> request.routeTableIds(table.id()))
                    .routeTables()
                    .getFirst();
            var main = ec2(clients)
                    .describeRouteTables(request -> request.filters(
                            filter -> filter.name("vpc-id").values(ours.vpcId()),
                            filter -> filter.name("association.main").values("true")))
                    .routeTables()
                    .getFirst();
            ec2(clients).replaceRouteTableAssociation(request -> request.associationId(
                            ours.associations().getFirst().routeTableAssociationId())
                    .routeTableId(main.routeTableId()));
        });
        on(RouteTable.class, "subnet", "disassociated", (clients, table) -> ec2(clients)
                .describeRouteTables(request -> request.routeTableIds(table.id()))
                .routeTables()
                .getFirst()
                .associations()
                .forEach(one -> ec2(clients)
                        .disassociateRouteTable(request -> request.associationId(one.routeTableAssociationId()))));
    }

    private static void groups() {
        on(SecurityGroup.class, "ingress", "SSH opened to the world", (clients, group) -> ec2(clients)
                .authorizeSecurityGroupIngress(
                        request -> request.groupId(group.id()).ipPermissions(tcp(22, "0.0.0.0/0"))));
        on(SecurityGroup.class, "ingress", "all of it revoked", (clients, group) -> ec2(clients)
                .revokeSecurityGroupIngress(request -> request.groupId(group.id())
                        .ipPermissions(ec2(clients)
                                .describeSecurityGroups(one -> one.groupIds(group.id()))
                                .securityGroups()
                                .getFirst()
                                .ipPermissions())));
        on(SecurityGroup.class, "egress", "mail allowed out", (clients, group) -> ec2(clients)
                .authorizeSecurityGroupEgress(
                        request -> request.groupId(group.id()).ipPermissions(tcp(25, "0.0.0.0/0"))));
    }

    private static IpPermission tcp(int port, String cidr) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .ipRanges(range -> range.cidrIp(cidr))
                .build();
    }

    private static void roles() {
        on(Role.class, "description", "another", (clients, role) -> iam(clients)
                .updateRole(request -> request.roleName(role.name()).description("Of somebody else")));
        on(Role.class, "trust", "anybody may assume it", (clients, role) -> iam(clients)
                .updateAssumeRolePolicy(request -> request.roleName(role.name()).policyDocument(ANYBODY)));
        on(Role.class, "policies", "one added", (clients, role) -> iam(clients)
                .putRolePolicy(request ->
                        request.roleName(role.name()).policyName("extra").policyDocument(EVERYTHING)));
        on(Role.class, "policies", "one rewritten", (clients, role) -> iam(clients)
                .putRolePolicy(request -> request.roleName(role.name())
                        .policyName(iam(clients)
                                .listRolePolicies(one -> one.roleName(role.name()))
                                .policyNames()
                                .getFirst())
                        .policyDocument(EVERYTHING)));
        on(Role.class, "managedPolicyArns", "one attached", (clients, role) -> iam(clients)
                .attachRolePolicy(request -> request.roleName(role.name()).policyArn(READ_ONLY)));
    }

    private static void secrets() {
        on(LogGroup.class, "retentionDays", "a year", (clients, group) -> logs(clients)
                .putRetentionPolicy(
                        request -> request.logGroupName(group.name()).retentionInDays(365)));
        on(LogGroup.class, "retentionDays", "for ever", (clients, group) -> logs(clients)
                .deleteRetentionPolicy(request -> request.logGroupName(group.name())));
        deleted(LogGroup.class, (clients, group) -> logs(clients)
                .deleteLogGroup(request -> request.logGroupName(group.name())));
        on(SecretValue.class, "description", "another", (clients, secret) -> secrets(clients)
                .updateSecret(request -> request.secretId(secret.id()).description("Of somebody else")));
        on(SecretValue.class, "content", "another value", (clients, secret) -> secrets(clients)
                .putSecretValue(request -> request.secretId(secret.id()).secretString("tampered")));
        on(SecretValue.class, "scheduledForDeletion", "deleted", (clients, secret) -> secrets(clients)
                .deleteSecret(request -> request.secretId(secret.id()).recoveryWindowInDays(7L)));
    }

    private static Ec2Client ec2(Clients clients) {
        return clients.of(Ec2Client.class);
    }

    private static IamClient iam(Clients clients) {
        return clients.of(IamClient.class);
    }

    private static CloudWatchLogsClient logs(Clients clients) {
        return clients.of(CloudWatchLogsClient.class);
    }

    private static SecretsManagerClient secrets(Clients clients) {
        return clients.of(SecretsManagerClient.class);
    }
}
