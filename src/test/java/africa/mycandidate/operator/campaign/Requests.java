package africa.mycandidate.operator.campaign;

import static africa.mycandidate.operator.campaign.Guard.check;

import africa.mycandidate.operator.reconcile.Simulation;
import africa.mycandidate.operator.stack.Defaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;

/** What no request that changes AWS may ask for, whoever sends it. */
final class Requests {
    private static final Pattern ROLE =
            Pattern.compile("(Vpc|InternetGateway|ElasticIp|NatGateway|RouteTable)/[\\w-]+");
    private static final Pattern TOKEN = Pattern.compile("ClientToken=[^,)]*");
    private static final Pattern AUTH_TOKEN = Pattern.compile("AuthToken=[^,)]*");
    private static final Pattern HEADER =
            Pattern.compile("HeaderValue=[^,)]*|HttpHeaderConfig=HttpHeader\\w*\\([^)]*\\)");
    private static final Pattern OURS = Pattern.compile("mycandidate\\.africa/(stack|owner|resource)\\b");
    private static final String TAKES_TAGS =
            "create(Vpc|Subnet|InternetGateway|NatGateway|RouteTable|SecurityGroup|Role|Secret|LogGroup|DBSubnetGroup|DBParameterGroup|DBInstance|CacheSubnetGroup|ReplicationGroup|LoadBalancer|TargetGroup|Listener|Cluster|Service)|allocateAddress|requestCertificate|registerTaskDefinition";
    private static final Set<Integer> OF_THE_SITE = Set.of(80, 443);

    private final Simulation simulation;
    private final Commands commands;
    /** What was made, by what was asked for. */
    private final Map<String, String> made = new HashMap<>();

    Requests(Simulation simulation, Commands commands) {
        this.simulation = simulation;
        this.commands = commands;
    }

    /** @param leaving whether the object is being deleted */
    void asked(String operation, AwsRequest request, boolean leaving) {
        var text = request.toString();
        check(
                leaving || !operation.equals("deleteDBInstance") && !operation.equals("deleteReplicationGroup"),
                operation + ": data may not go while the object stays");
        check(
                !operation.matches(TAKES_TAGS) || text.contains("mycandidate.africa/stack"),
                operation + " sets no tags of ours");
        check(
                !operation.matches("untag.*|deleteTags|removeTags.*")
                        || !OURS.matcher(text).find(),
                operation + " takes off the tags that say whose it is");
        // The SDK's text leaves out the fields that are for secrets, all but this one; a header's value is how
        // CloudFront proves who it is.
        var shown = HEADER.matcher(AUTH_TOKEN.matcher(text).replaceAll("")).replaceAll("");
        for (var value : simulation.aws.secretValues())
            check(!shown.contains(value), operation + " has a secret in plain sight");
        judge(operation, request, leaving);
    }

    private void judge(String operation, AwsRequest request, boolean leaving) {
        switch (request) {
            case DeleteSecretRequest gone ->
                check(
                        !Boolean.TRUE.equals(gone.forceDeleteWithoutRecovery()),
                        operation + ": a secret is deleted for good");
            case DeleteDbInstanceRequest gone ->
                check(simulation.aws.loggedIn() == 0, "the database goes while tasks still write into it");
            case DeregisterTaskDefinitionRequest gone ->
                check(
                        leaving || !inUse(gone.taskDefinition()),
                        "a task definition goes while tasks run from it: " + gone.taskDefinition());
            case CreateDbInstanceRequest database -> {
                kept(database.masterUserPassword());
                check(Boolean.TRUE.equals(database.storageEncrypted()), "the database is not encrypted");
                check(!Boolean.TRUE.equals(database.publiclyAccessible()), "the database can be reached by everybody");
                check(
                        Boolean.TRUE.equals(database.deletionProtection()) || !isProtected(),
                        "the database is made without the protection that the spec asks for");
            }
            case ModifyDbInstanceRequest database -> {
                kept(database.masterUserPassword());
                check(!Boolean.TRUE.equals(database.publiclyAccessible()), "the database can be reached by everybody");
            }
            case AuthorizeSecurityGroupIngressRequest opened ->
                opened.ipPermissions().forEach(Requests::open);
            case CreateServiceRequest service -> {
                hidden(service.networkConfiguration());
                commands.mayServe(service.taskDefinition(), services());
            }
            case UpdateServiceRequest service -> {
                commands.mayServe(service.taskDefinition(), services());
                hidden(service.networkConfiguration());
                check(
                        service.desiredCount() == null || service.desiredCount() >= tasks(),
                        "the desired count goes down to " + service.desiredCount() + " from " + tasks());
            }
            default -> {}
        }
    }

    /** Whoever lost the secret could never log in again. */
    private void kept(String password) {
        check(
                password == null || simulation.aws.secretValues().contains(password),
                "the database gets a password that no secret holds");
    }

    private boolean isProtected() {
        return Defaults.applied(simulation.resource.getSpec()).database().deletionProtection();
    }

    private static void open(IpPermission permission) {
        var everybody =
                permission.ipRanges().stream().anyMatch(range -> range.cidrIp().equals("0.0.0.0/0"));
        check(
                !everybody
                        || OF_THE_SITE.contains(permission.fromPort())
                                && permission.fromPort().equals(permission.toPort()),
                "port " + permission.fromPort() + " is opened to everybody");
    }

    private static void hidden(NetworkConfiguration network) {
        check(
                network == null || network.awsvpcConfiguration().assignPublicIp() != AssignPublicIp.ENABLED,
                "tasks get public addresses");
    }

    /**
     * Of what no name keeps AWS from making twice, nobody makes a second one while the first is there: of what takes no token, whatever it is like; of what takes
     * one, when the same is asked for again with another.
     */
    void answered(String operation, String request, Object answer) {
        if (operation.matches("delete(Vpc|InternetGateway|NatGateway|RouteTable)|releaseAddress"))
            made.values().removeIf(request::contains);
        var id = idOf(answer);
        if (id.isEmpty()) return;
        var role = ROLE.matcher(request);
        check(role.find() && request.contains(Guard.STACK), operation + " sets no tags of ours");
        var token = TOKEN.matcher(request);
        var first = made.put(token.find() ? token.replaceAll("") : role.group(), id);
        check(
                first == null || first.equals(id) || !isThere(first),
                operation + " makes a second " + role.group() + " beside " + first);
    }

    private static String idOf(Object answer) {
        return switch (answer) {
            case CreateVpcResponse made -> made.vpc().vpcId();
            case CreateInternetGatewayResponse made -> made.internetGateway().internetGatewayId();
            case AllocateAddressResponse made -> made.allocationId();
            case CreateNatGatewayResponse made -> made.natGateway().natGatewayId();
            case CreateRouteTableResponse made -> made.routeTable().routeTableId();
            default -> "";
        };
    }

    private boolean isThere(String id) {
        var ends = simulation
                .aws
                .of(Ec2Client.class)
                .describeNatGateways(request ->
                        request.filter(one -> one.name("nat-gateway-id").values(id)))
                .natGateways()
                .stream()
                .anyMatch(gateway -> gateway.state() == NatGatewayState.DELETING);
        return !ends && simulation.aws.existing().contains(id);
    }

    List<Service> services() {
        var ecs = simulation.aws.of(EcsClient.class);
        return ecs.listClusters().clusterArns().stream()
                .filter(cluster -> cluster.contains("/" + Simulation.NAMES + "-"))
                .flatMap(cluster -> ecs
                        .describeServices(request ->
                                request.cluster(cluster).services(cluster.substring(cluster.lastIndexOf('/') + 1)))
                        .services()
                        .stream())
                .toList();
    }

    private boolean inUse(String definition) {
        return services().stream()
                .flatMap(service -> service.deployments().stream())
                .anyMatch(deployment -> deployment.taskDefinition().equals(definition));
    }

    int tasks() {
        return services().stream().mapToInt(Service::desiredCount).sum();
    }
}
