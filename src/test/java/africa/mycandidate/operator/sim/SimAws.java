package africa.mycandidate.operator.sim;

import africa.mycandidate.operator.aws.AccountRole;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.PortedClients;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** One AWS account in one region, in one {@link World}. Services find each other here. */
public final class SimAws implements Clients {
    final World world;
    final SimPartition partition;
    final String account;
    final String region;
    final SimEc2 ec2;
    final SimIam iam;
    final SimSecretsManager secrets;
    final SimRds rds;
    final SimElastiCache elastiCache;
    final SimElb elb;
    final SimAcm acm;
    final SimRoute53 route53;
    final SimLogs logs;
    final SimEcs ecs;
    final SimScaling scaling;
    final SimCloudWatch cloudWatch;
    final SimSns sns;
    final SimCloudFront cloudFront;
    final SimSts sts;
    final SimS3 s3;
    final SimServiceQuotas quotas;
    final Incidents incidents = new Incidents(this);

    private final Map<Class<? extends SdkClient>, SdkClient> clients;

    public SimAws(World world, String account, String region) {
        this(world, new SimPartition(), account, region);
    }

    /** Another account, or another region of one, in the same AWS. */
    public SimAws neighbour(String otherAccount, String otherRegion) {
        return new SimAws(world, partition, otherAccount, otherRegion);
    }

    private SimAws(World world, SimPartition partition, String account, String region) {
        this.world = world;
        this.partition = partition;
        partition.add(this);
        this.account = account;
        this.region = region;
        // After the world: services build their tables on it.
        this.ec2 = new SimEc2(this);
        this.iam = new SimIam(this);
        this.secrets = new SimSecretsManager(this);
        this.rds = new SimRds(this);
        this.elastiCache = new SimElastiCache(this);
        this.elb = new SimElb(this);
        this.acm = new SimAcm(this);
        this.route53 = new SimRoute53(this);
        this.logs = new SimLogs(this);
        this.ecs = new SimEcs(this);
        this.scaling = new SimScaling(this);
        this.cloudWatch = new SimCloudWatch(this);
        this.sns = new SimSns(this);
        this.cloudFront = new SimCloudFront(this);
        this.sts = new SimSts(this);
        this.s3 = new SimS3(this);
        this.quotas = new SimServiceQuotas(this);
        this.clients = Map.ofEntries(
                Map.entry(Ec2Client.class, ec2),
                Map.entry(IamClient.class, iam),
                Map.entry(SecretsManagerClient.class, secrets),
                Map.entry(RdsClient.class, rds),
                Map.entry(ElastiCacheClient.class, elastiCache),
                Map.entry(ElasticLoadBalancingV2Client.class, elb),
                Map.entry(AcmClient.class, acm),
                Map.entry(Route53Client.class, route53),
                Map.entry(CloudWatchLogsClient.class, logs),
                Map.entry(EcsClient.class, ecs),
                Map.entry(ApplicationAutoScalingClient.class, scaling),
                Map.entry(CloudWatchClient.class, cloudWatch),
                Map.entry(S3Client.class, s3),
                Map.entry(SnsClient.class, sns),
                Map.entry(StsClient.class, sts),
                Map.entry(ServiceQuotasClient.class, quotas));
    }

    @Override
    public <C extends SdkClient> C of(Class<C> service) {
        return service == CloudFrontClient.class
                ? service.cast(global().cloudFront)
                : service.cast(clients.get(service));
    }

    /** CloudFront is one for the account, and stands with the certificates that it takes. */
    @Override
    public SimAws global() {
        return world.call(() -> in(GLOBAL).orElseGet(() -> neighbour(account, GLOBAL)));
    }

    /** What a voter gets who was told this address for the host: an HTTP status, or 0 where nobody answers. */
    public int visit(String address, String host) {
        return world.call(() -> new Traffic(partition).fromAnywhere(address, host));
    }

    /** What somebody else's distribution gets who has the load balancer as its origin. */
    public int visitByAnotherCdn(String address, String host, Map<String, String> headers) {
        return world.call(() -> new Traffic(partition).fromCloudFront(address, host, headers));
    }

    /** What a name's alias may lead to for somebody who asks now. */
    public Set<String> addresses(String name) {
        return world.call(() -> partition.addresses(name));
    }

    /** This account in another region. */
    Optional<SimAws> in(String otherRegion) {
        return partition.in(account, otherRegion);
    }

    /** Clients of a role's account, as one has them in this account: each call is made with the session's credentials. */
    public Clients clients(String otherRegion, AccountRole role, Supplier<AwsSessionCredentials> session) {
        // Where there is no such account, no session leads to it, and no call gets past its credentials.
        var target = partition.in(role.account(), otherRegion).orElse(this);
        return new PortedClients(
                target, (effect, call) -> partition.call(target, session.get(), effect.service(), call));
    }

    /** What a test lets go wrong here. */
    public Incidents incidents() {
        return incidents;
    }

    /** AWS ends all sessions of roles, whatever it promised: test set-up. */
    public void endSessions() {
        world.call(() -> {
            partition.end(world.now());
            return null;
        });
    }

    /** What really exists, whatever its lagging reads show: snapshots and DNS records too, but no secret within its recovery window, and no bucket that was released. */
    public Set<String> existing() {
        return world.call(() -> {
            var all = new TreeSet<String>();
            for (var held : List.of(
                    ec2.existing(),
                    iam.existing(),
                    secrets.existing(),
                    rds.existing(),
                    elastiCache.existing(),
                    elb.existing(),
                    acm.existing(),
                    logs.existing(),
                    ecs.existing(),
                    scaling.existing(),
                    cloudWatch.existing(),
                    sns.existing(),
                    global().cloudFront.existing(),
                    global().logs.existing(),
                    global().acm.existing())) all.addAll(held.keySet());
            for (var zone : route53.existing().keySet())
                for (var record : route53.records(zone)) all.add(record.typeAsString() + " record " + record.name());
            s3.existing().forEach((arn, tags) -> {
                if (!isReleased(tags)) all.add(arn);
            });
            return all;
        });
    }

    private static boolean isReleased(Map<String, String> tags) {
        return "released".equals(tags.get("mycandidate.africa/owner"));
    }

    /** Buckets that were given up with what is in them, and can be taken back. */
    public Set<String> releasedBuckets() {
        return world.call(() -> s3.existing().entrySet().stream()
                .filter(one -> isReleased(one.getValue()))
                .map(one -> one.getKey().substring(one.getKey().lastIndexOf(':') + 1))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The keys of all versions in a bucket; none where there is no such bucket. */
    public List<String> files(String bucket) {
        return world.call(() -> s3.keys(bucket));
    }

    /** Secrets that are scheduled for deletion and can still be restored. */
    public Set<String> scheduledSecrets() {
        return world.call(() -> secrets.scheduled().keySet());
    }

    /** How many targets really answer behind the load balancers whose name begins so: whether voters see a page. */
    public int serving(String loadBalancer) {
        return world.call(() -> elb.loadBalancers.rows.truths().stream()
                .filter(row -> row.shown().loadBalancerName().startsWith(loadBalancer))
                .mapToInt(row -> elb.serving(row.shown().loadBalancerArn()))
                .sum());
    }

    /** The databases that carry the stack's tag. */
    public List<String> databases(String stack) {
        return rds.existing().entrySet().stream()
                .filter(one -> one.getKey().contains(":db:"))
                .filter(one -> stack.equals(one.getValue().get("mycandidate.africa/stack")))
                .map(one -> one.getKey().substring(one.getKey().lastIndexOf(':') + 1))
                .toList();
    }

    /** Whether a manual snapshot holds this. */
    public boolean snapshotsHold(String data) {
        return rds.snapshots().keySet().stream()
                .anyMatch(one -> rds.snapshotData(one).equals(data));
    }

    /** Every value that a secret has or had: what nobody may be told. */
    public Set<String> secretValues() {
        return world.call(secrets::values);
    }

    /** What a database holds, in one word. */
    public String data(String database) {
        return rds.data(database);
    }

    /** What a snapshot holds. */
    public String snapshotData(String snapshot) {
        return rds.snapshotData(snapshot);
    }

    /** Voters and editors write into a database. */
    public void write(String database, String data) {
        rds.write(database, data);
    }

    /** In how many subnets of the running services a task that starts now has no way out to its image and its secrets. */
    public int stranded() {
        return world.call(ecs.services::stranded);
    }

    /** Every command that ever began to run in a task of its own, with its image, in order. */
    public List<String> commands() {
        return world.call(ecs::commands);
    }

    /** Those of them that came to their end without an error. */
    public List<String> succeeded() {
        return world.call(ecs::succeeded);
    }

    /** How many running tasks can log in to their database and their cache now, whatever the health checks know of it yet. */
    public int loggedIn() {
        return world.call(() ->
                (int) ecs.runningTasks().stream().filter(TaskRun::loggedIn).count());
    }

    /** Loads a service, which bears the name of its cluster, to an average CPU in percent. */
    public void load(String service, double percent) {
        world.call(() -> {
            ecs.cpu(service, service, percent);
            return null;
        });
    }

    /** RDS grows the storage of its own accord, as far as it was allowed to. */
    public void growStorage(String database, int gib) {
        rds.growStorage(database, gib);
    }

    /** Nobody reads the mail that comes to an address, until {@link #readMail}. */
    public void leaveMail(String address) {
        world.call(() -> {
            sns.subscriptions().leave(address);
            return null;
        });
    }

    /** Somebody reads it, and follows the link in it. */
    public void readMail(String address) {
        world.call(() -> {
            sns.subscriptions().read(address);
            return null;
        });
    }

    /** The subjects of what came to an address. */
    public List<String> mails(String address) {
        return world.call(() -> sns.subscriptions().mails(address));
    }

    /** As many VPCs, addresses and gateways as an account that asked for more. */
    public void quota(int each) {
        ec2.vpcs.limit = each;
        ec2.internetGateways.limit = each;
        ec2.addresses.limit = each;
        ec2.natGateways.limit = each;
    }

    /** As many vCPUs of all Fargate tasks as Service Quotas grants this account. */
    public void fargateVcpus(double vcpus) {
        world.call(() -> {
            quotas.fargateVcpus(vcpus);
            return null;
        });
    }

    /** As many load balancer capacity units as Service Quotas lets this account reserve. */
    public void capacityUnits(double units) {
        world.call(() -> {
            quotas.capacityUnits(units);
            return null;
        });
    }

    /** From now on AWS has no load balancer capacity to reserve, or has it again. */
    public void shortage(Shortage shortage) {
        world.call(() -> {
            elb.reservations.shortage = shortage;
            return null;
        });
    }

    /** How much of the load balancer's capacity is reserved, and there. */
    public int provisioned(String loadBalancerArn) {
        return world.call(() -> elb.reservations.provisioned(loadBalancerArn));
    }

    /** A certificate that somebody imported, usable at once: test set-up. Returns its ARN. */
    public String importedCertificate(String domain) {
        return world.call(() -> acm.imported(domain, Map.of()));
    }

    /** {@code arn:aws:<service>:<region>:<account>:<resource>}. */
    String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }
}
