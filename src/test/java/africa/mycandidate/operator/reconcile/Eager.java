package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.sim.SimAws;
import africa.mycandidate.operator.sim.VirtualClock;
import africa.mycandidate.operator.sim.World;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;

/**
 * The earliest time at which the simulated AWS could have served, whoever drives it. The accepted writes of a creation are recorded; then a twin of the same
 * world, in which the same request has the same duration and the same ids, is driven by somebody who knows them all and tries each one again after every event,
 * until the simulator accepts it. So the simulator's own refusals say what had to wait for what; the operator's references are not asked. Two things that no
 * refusal shows are added: a request waits until AWS has told the ids and names in it (by the answer in which the operator first met them); and what fails when it
 * is made too early, instead of being refused, waits: the NAT gateway for the internet gateway, the service for the writes and the NAT gateway that its tasks
 * need to start.
 */
final class Eager {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{8,}");
    private static final Set<String> TASKS_NEED = Set.of(
            "createRoute",
            "associateRouteTable",
            "authorizeSecurityGroupIngress",
            "authorizeSecurityGroupEgress",
            "putRolePolicy",
            "createLogGroup");
    private static final Set<String> WAY_OUT = Set.of("attachInternetGateway");
    private static final Duration STEP = Duration.ofMillis(500);

    /** A request, and the method that makes it. */
    record Call(Class<? extends SdkClient> service, Method method, AwsRequest request) {
        boolean writes() {
            return !method.getName().matches("(describe|list|get).*");
        }

        String id() {
            return method.getName() + request;
        }
    }

    /** Where a word was met first: in the answer to this call. */
    private final Map<String, Call> met = new HashMap<>();

    private final Set<String> ownWords = new HashSet<>();
    private final Map<String, Call> accepted = new LinkedHashMap<>();
    private final Map<String, Instant> acceptedAt = new TreeMap<>();
    private final Map<String, Instant> possibleAt = new TreeMap<>();
    private Clients watched;
    private World watchedWorld;

    /** A hosted zone with the same id in each twin. */
    static String zone(SimAws aws, World world) {
        world.chanceOf("the zone");
        return aws.of(Route53Client.class)
                .createHostedZone(request -> request.name("mycandidate.africa").callerReference("test"))
                .hostedZone()
                .id()
                .replace("/hostedzone/", "");
    }

    void watch(World world) {
        watchedWorld = world;
    }

    /** Records what passes between the operator and its clients. */
    Clients recording(Clients clients) {
        watched = clients;
        return recording(() -> watched);
    }

    private Clients recording(Supplier<Clients> of) {
        return new Clients() {
            private final Map<Class<?>, Object> made = new HashMap<>();

            @Override
            public <C extends SdkClient> C of(Class<C> service) {
                return service.cast(made.computeIfAbsent(service, type -> recorder(service, of)));
            }

            @Override
            public Clients global() {
                return recording(() -> of.get().global());
            }
        };
    }

    private <C extends SdkClient> Object recorder(Class<C> service, Supplier<Clients> of) {
        return Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> {
                    if (arguments == null || arguments.length != 1 || !(arguments[0] instanceof AwsRequest request))
                        return invoke(of.get().of(service), method, arguments);
                    var call = new Call(service, method, request);
                    watchedWorld.chanceOf(call.id());
                    if (call.writes())
                        words(request).stream()
                                .filter(word -> !met.containsKey(word))
                                .forEach(ownWords::add);
                    var answer = invoke(of.get().of(service), method, arguments);
                    for (var word : words(answer)) if (!ownWords.contains(word)) met.putIfAbsent(word, call);
                    if (call.writes() && accepted.putIfAbsent(call.id(), call) == null)
                        acceptedAt.put(call.id(), watchedWorld.now());
                    return answer;
                });
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The SDK does not print a secret's value, which may hold an endpoint. */
    private static Set<String> words(Object message) {
        var text = message instanceof CreateSecretRequest secret
                ? message + " " + secret.secretString()
                : String.valueOf(message);
        return WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    /** How long the twin takes from its beginning until it serves, settled. */
    Duration shortest(long seed, Duration atMost) {
        var clock = new VirtualClock();
        var world = new World(seed, clock::instant);
        var aws = new SimAws(world, Simulation.ACCOUNT, Simulation.REGION);
        zone(aws, world);
        var begin = clock.instant();
        var open = new ArrayList<>(accepted.values());
        var shown = new HashSet<String>();
        while (Duration.between(begin, clock.instant()).compareTo(atMost) < 0) {
            while (open.removeIf(call -> ready(call, open, shown, aws, world) && tried(call, shown, aws, world)))
                ;
            if (open.isEmpty() && settled(aws)) return Duration.between(begin, clock.instant());
            var next = world.nextEvent();
            var step = next == null ? STEP : Duration.between(clock.instant(), next);
            clock.advance(step.compareTo(STEP) > 0 ? STEP : step.isPositive() ? step : Duration.ofMillis(1));
            world.settle();
        }
        throw new AssertionError("the twin did not get there; open: "
                + open.stream().map(Call::id).toList() + stopped(aws));
    }

    private static String stopped(SimAws aws) {
        var ecs = aws.of(EcsClient.class);
        return ecs.listClusters().clusterArns().stream()
                .flatMap(cluster -> ecs
                        .describeServices(request -> request.cluster(cluster)
                                .services(ecs.listServices(list -> list.cluster(cluster))
                                        .serviceArns()))
                        .services()
                        .stream())
                .map(service -> "; " + service.events() + service.deployments())
                .collect(Collectors.joining());
    }

    private boolean ready(Call call, List<Call> open, Set<String> shown, SimAws aws, World world) {
        if (call.method().getName().equals("createService") && !tasksCanStart(open, aws)) return false;
        if (call.method().getName().equals("createNatGateway")
                && open.stream()
                        .anyMatch(other -> WAY_OUT.contains(other.method().getName()))) return false;
        for (var word : words(call.request())) {
            var teller = met.get(word);
            if (teller == null || shown.contains(word)) continue;
            if (teller.writes()) return false;
            learn(teller, shown, aws, world);
            if (!shown.contains(word)) return false;
        }
        return true;
    }

    private static boolean tasksCanStart(List<Call> open, SimAws aws) {
        return open.stream().noneMatch(call -> TASKS_NEED.contains(call.method().getName()))
                && aws.of(Ec2Client.class).describeNatGateways(request -> {}).natGateways().stream()
                        .allMatch(gateway -> gateway.state() == NatGatewayState.AVAILABLE);
    }

    private static void learn(Call reading, Set<String> shown, SimAws aws, World world) {
        try {
            world.chanceOf(reading.id());
            shown.addAll(words(answer(reading, aws)));
        } catch (AwsServiceException notYet) {
            // Nothing is told.
        }
    }

    private boolean tried(Call call, Set<String> shown, SimAws aws, World world) {
        try {
            world.chanceOf(call.id());
            shown.addAll(words(answer(call, aws)));
            possibleAt.put(call.id(), world.now());
            return true;
        } catch (AwsServiceException refused) {
            return false;
        }
    }

    private static Object answer(Call call, SimAws aws) {
        try {
            return invoke(aws.of(call.service()), call.method(), new Object[] {call.request()});
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Database and cache available (the first backup comes of itself), the rollout completed, and both tasks healthy behind the load balancer. */
    private static boolean settled(SimAws aws) {
        if (aws.serving(Simulation.NAMES) < 2) return false;
        var ecs = aws.of(EcsClient.class);
        var cluster = ecs.listClusters().clusterArns().getFirst();
        var services = ecs.listServices(request -> request.cluster(cluster)).serviceArns();
        var rolledOut = ecs.describeServices(request -> request.cluster(cluster).services(services)).services().stream()
                .flatMap(service -> service.deployments().stream())
                .allMatch(one -> one.rolloutState() == DeploymentRolloutState.COMPLETED);
        return rolledOut
                && aws.of(RdsClient.class).describeDBInstances().dbInstances().stream()
                        .allMatch(one -> List.of("available", "backing-up").contains(one.dbInstanceStatus()))
                && aws.of(ElastiCacheClient.class).describeReplicationGroups().replicationGroups().stream()
                        .allMatch(one -> one.status().equals("available"));
    }

    /** Where the operator was later than possible, by at least the given time, in the order of the time at which it acted. */
    List<String> late(Instant begin, Duration least) {
        return acceptedAt.entrySet().stream()
                .filter(one -> possibleAt.containsKey(one.getKey()))
                .filter(one -> Duration.between(possibleAt.get(one.getKey()), one.getValue())
                                .compareTo(least)
                        >= 0)
                .sorted(Map.Entry.comparingByValue())
                .map(one -> "%s could start after %s s, started after %s s"
                        .formatted(
                                accepted.get(one.getKey()).method().getName(),
                                seconds(begin, possibleAt.get(one.getKey())),
                                seconds(begin, one.getValue())))
                .toList();
    }

    private static String seconds(Instant begin, Instant at) {
        return "%.1f".formatted(Duration.between(begin, at).toMillis() / 1000.0);
    }
}
