package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.reconcile.Simulation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkClient;

/**
 * What must hold after each single step: at each call that would change AWS, at each write to Kubernetes, after each pass. A breach ends the run by a {@link
 * Violation}.
 */
final class Guard {
    /** What each service may be called within a minute: the operator's own limit for it (CallBudget), its burst and a minute's refill. */
    private static final Map<String, Integer> A_MINUTE =
            Map.of("Ec2", 1000, "Route53", 280, "Acm", 260, "ElasticLoadBalancingV2", 700);

    private static final int USUAL = 700;

    static final String STACK = "mycandidate/southafrica";

    private final Simulation simulation;
    private final Pattern others;
    private final Requests requests;
    /** Of what is said to people. */
    final Told told;
    /** Of what runs once. */
    final Commands commands;

    private final Map<String, Deque<Instant>> calls = new HashMap<>();
    private String vote = "";
    private boolean serves;
    /** Whether people or faults take targets away now, so that their absence is no fault of the operator. */
    boolean excused;
    /** Whether the data may go: the object is being deleted. */
    boolean leaving;

    /** @param simulation whose AWS holds what belongs to others, and nothing of ours yet */
    Guard(Simulation simulation) {
        this.simulation = simulation;
        this.told = new Told(simulation);
        this.commands = new Commands(simulation);
        this.requests = new Requests(simulation, commands);
        this.others = names(simulation.aws.existing());
    }

    /** In every form in which a call could name one of them: as ARN, as id, as the name at the ARN's end. */
    private static Pattern names(Set<String> existing) {
        var names = new TreeSet<String>();
        for (var one : existing) {
            var name = one.replaceFirst("^\\w+ record ", "").replaceFirst("\\.$", "");
            names.add(name);
            names.add(name.substring(Math.max(name.lastIndexOf(':'), name.lastIndexOf('/')) + 1));
        }
        names.removeIf(name -> name.length() < 8);
        return Pattern.compile("(?<![\\w.-])("
                + names.stream().map(Pattern::quote).collect(Collectors.joining("|"))
                + ")(?![\\w/-]|\\.\\w)");
    }

    static void check(boolean holds, String what) {
        if (!holds) throw new Violation(what);
    }

    /** Stands before the clients: nothing that changes AWS may name what is not ours. */
    Clients guarding(Clients inner) {
        return new Clients() {
            private final Map<Class<?>, Object> made = new HashMap<>();

            @Override
            public <C extends SdkClient> C of(Class<C> service) {
                return service.cast(made.computeIfAbsent(service, type -> guard(service, inner.of(service))));
            }

            @Override
            public Clients global() {
                return guarding(inner.global());
            }
        };
    }

    private Object guard(Class<? extends SdkClient> service, SdkClient target) {
        var name = service.getSimpleName().replaceFirst("Client$", "");
        return Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> {
                    var change = arguments != null
                            && arguments.length == 1
                            && arguments[0] instanceof AwsRequest
                            && Port.Effect.of(name, method.getName()).mutating();
                    if (change) ours(method.getName(), (AwsRequest) arguments[0]);
                    try {
                        var answer = method.invoke(target, arguments);
                        if (change) requests.answered(method.getName(), arguments[0].toString(), answer);
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void ours(String operation, AwsRequest request) {
        var other = others.matcher(request.toString());
        // A certificate that somebody put on our listener comes off it again; nothing happens to the certificate.
        var takenOff = operation.equals("removeListenerCertificates");
        if (other.find() && !(takenOff && other.group(1).contains(":certificate/")))
            throw new Violation(operation + " names " + other.group(1) + ", which belongs to somebody else");
        requests.asked(operation, request, leaving);
    }

    /** Before each call: the operator's limits are kept. */
    void before(Port.Effect effect) {
        if (effect.service().equals("Kubernetes")) return;
        var now = simulation.clock.instant();
        var minute = calls.computeIfAbsent(effect.service(), service -> new ArrayDeque<>());
        minute.addLast(now);
        while (minute.getFirst().plusSeconds(60).isBefore(now)) minute.removeFirst();
        check(
                minute.size() <= A_MINUTE.getOrDefault(effect.service(), USUAL),
                "the call budget is broken: " + minute.size() + " calls of " + effect.service() + " within a minute");
    }

    /** After each call that changed AWS: the data are there, and voters are answered. */
    void after(Port.Effect effect) {
        if (!effect.mutating() || effect.service().equals("Kubernetes")) return;
        data();
        serving(effect.toString());
        check(
                !serves || excused || leaving || simulation.aws.stranded() == 0,
                "tasks that start now have no way out: " + effect);
    }

    private void data() {
        if (vote.isEmpty() || leaving) return;
        check(
                simulation.aws.databases(STACK).stream()
                        .anyMatch(one -> simulation.aws.data(one).equals(vote)),
                "no database holds the votes any more");
    }

    /** All is settled: AWS has what the spec asks for. */
    void asked(Spec spec) {
        new Asked(simulation, requests).check(spec);
    }

    /** How many tasks the stack asks ECS for. */
    int tasks() {
        return requests.tasks();
    }

    /** Voters write something that must not be lost. */
    void vote(String text) {
        var database = simulation.aws.databases(STACK).stream().findFirst();
        if (database.isEmpty()) return;
        simulation.aws.write(database.get(), text);
        vote = text;
    }

    /** The object is gone: its data are in the last snapshot. */
    void gone() {
        check(
                vote.isEmpty() || simulation.aws.snapshotsHold(vote),
                "no snapshot holds the votes of the deleted database");
        vote = "";
        serves = false;
        commands.mayRunAgain();
    }

    private void serving(String when) {
        var now = simulation.serving() > 0;
        check(now || !serves || excused || leaving, "nobody answers voters any more: " + when);
        serves = now;
    }

    /** After each pass. */
    void pass() {
        serving("after a pass");
        data();
        commands.ranOnce();
        told.check(excused);
    }

    /**
     * Each part of the stack stands exactly once, and nothing of ours beside.
     *
     * @param parts those that take tags @param all with those that take none
     */
    void once(Set<String> parts, Set<String> all, Map<String, Long> census) {
        var twice = census.entrySet().stream()
                .filter(one -> parts.contains(one.getKey()) && one.getValue() != 1)
                .map(one -> one.getValue() + " × " + one.getKey())
                .collect(Collectors.joining(", "));
        check(twice.isEmpty(), "not once: " + twice);
        var beside = census.entrySet().stream()
                .filter(one ->
                        one.getValue() > 0 && one.getKey().matches("[A-Z]\\w+/.*") && !all.contains(one.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        check(beside.isEmpty(), "left beside the stack: " + beside);
        var missing = parts.stream().filter(part -> !census.containsKey(part)).toList();
        check(missing.isEmpty(), "missing at the end: " + missing);
    }
}
