package africa.mycandidate.operator.load;

import africa.mycandidate.operator.sim.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** ECS, which keeps so many tasks, and the load balancer, which finds out who is healthy and sends the requests. */
final class Service {
    /**
     * As the simulator's (sim/TaskRun), drawn in its range, half to three times: users report about 30 s ("Scaling containers on AWS in 2022", vladionescu.me), 60 s
     * with an image of 250 MB (github.com/aws/containers-roadmap/issues/696) and 60 to 90 s (issues/649).
     */
    private static final Duration FARGATE_START = Duration.ofSeconds(45);

    private final boolean leastOutstanding;
    private final Setup.Fixed aws;
    private final Assumptions app;
    private final Latencies latencies;
    private final Random random;
    private final World world;
    private final List<AppTask> tasks = new ArrayList<>();
    private List<AppTask> targets = List.of();
    private int turn;
    private Usage usage = Usage.NONE;

    int desired;

    Service(Setup setup, Assumptions app, Latencies latencies, long seed) {
        this.leastOutstanding = setup.leastOutstanding();
        this.aws = setup.fixed();
        this.app = app;
        this.latencies = latencies;
        this.random = new Random(seed);
        this.world = new World(seed, () -> Instant.EPOCH);
        this.desired = setup.minTasks();
        for (var i = 0; i < desired; i++) launch(0).settled();
        route(0);
    }

    Usage usage() {
        return usage;
    }

    /** How many serve. */
    int serving() {
        return (int)
                tasks.stream().filter(task -> task.healthy && !task.stopping()).count();
    }

    private AppTask launch(double runsAt) {
        var task = new AppTask(runsAt, aws.vcpu(), app, latencies);
        task.nextProbe = runsAt + random.nextDouble() * aws.health().healthIntervalSeconds();
        tasks.add(task);
        return task;
    }

    private AppTask launchAfter(double now) {
        return launch(now + world.draw(FARGATE_START).toMillis() / 1000.0);
    }

    void send(Request request, double now) {
        AppTask target = null;
        if (leastOutstanding) {
            for (var task : targets) if (target == null || task.outstanding() < target.outstanding()) target = task;
        } else if (!targets.isEmpty()) {
            target = targets.get(turn++ % targets.size());
        }
        if (target == null || !target.offer(request, now)) latencies.failed(request);
    }

    /** One tick of everybody's work. */
    void work(double now) {
        var queries = 0;
        for (var task : tasks) queries += task.queries();
        var share = queries == 0 ? 0 : AppTask.TICK * Math.min(1, aws.databaseVcpu() / queries);
        for (var task : tasks) task.work(now, share);
    }

    /** Once a second: health, replacement, the number of tasks, routes. */
    void look(double now, long requests) {
        measure(now, requests);
        for (var task : tasks) probe(task, now);
        connect(now);
        replace(now);
        keepCount(now);
        for (var task : tasks) if (now >= task.stopsAt) task.fail(now);
        tasks.removeIf(task -> now >= task.stopsAt);
        route(now);
    }

    private void measure(double now, long requests) {
        var used = 0.0;
        var running = 0;
        for (var task : tasks) {
            used += task.takeUsed();
            if (task.running(now)) running++;
        }
        usage = new Usage(
                usage.seconds() + 1,
                usage.cpuUsed() + used,
                usage.cpuHad() + running * aws.vcpu(),
                requests,
                usage.targetSeconds() + serving());
    }

    /** A check waits in the same queue as the voters, so a full task fails it. */
    private void probe(AppTask task, double now) {
        if (!task.running(now) || task.stopping()) return;
        var health = aws.health();
        if (task.probe != null && (task.probe.answered || now - task.probe.arrival >= health.healthTimeoutSeconds()))
            checked(task, task.probe.answered);
        if (now < task.nextProbe) return;
        task.nextProbe += health.healthIntervalSeconds();
        task.probe = app.probe(now);
        if (!task.offer(task.probe, now)) checked(task, false);
    }

    /** The load balancer counts a new target as healthy after its first good check; the model asks for as many as it takes later, as the simulator does. */
    private void checked(AppTask task, boolean good) {
        task.probe = null;
        task.failures = good ? 0 : task.failures + 1;
        task.successes = good ? task.successes + 1 : 0;
        if (task.successes >= aws.health().healthyThreshold()) task.healthy = true;
        if (task.failures >= aws.health().unhealthyThreshold()) task.healthy = false;
    }

    /** Each task opens all its connections when it starts. Who finds none left answers what needs the database with an error. */
    private void connect(double now) {
        var open = 0;
        for (var task : tasks) if (task.connected) open += aws.connectionsEach();
        for (var task : tasks) {
            if (task.connected || !task.running(now) || open + aws.connectionsEach() > aws.connections()) continue;
            task.connected = true;
            open += aws.connectionsEach();
        }
    }

    /**
     * ECS starts a replacement for a task that fails its checks, and stops it when that one is healthy (AWS, What's New, 23 October 2023). What becomes of
     * a task that has recovered meanwhile is not said there; here it goes.
     */
    private void replace(double now) {
        for (var task : List.copyOf(tasks)) {
            if (task.stopping()) continue;
            // A replacement that failed as well has one of its own.
            while (task.successor != null && task.successor.stopping()) task.successor = task.successor.successor;
            var failing = !task.healthy && task.failures >= aws.health().unhealthyThreshold();
            if (failing
                    && task.successor == null
                    && now > task.runsAt + aws.graceSeconds()
                    && tasks.size() < desired * aws.maximumPercent() / 100) task.successor = launchAfter(now);
            if (task.successor != null && task.successor.healthy) task.stopsAt = now + aws.drainSeconds();
        }
    }

    private void keepCount(double now) {
        var kept = new ArrayList<>(tasks.stream()
                .filter(task -> !task.stopping() && task.successor == null)
                .toList());
        for (var i = kept.size(); i < desired; i++) launchAfter(now);
        while (kept.size() > desired) kept.removeLast().stopsAt = now + aws.drainSeconds();
    }

    /** Where nobody is healthy, the load balancer sends to everybody (ELB user guide, "Health checks for Application Load Balancer target groups"). */
    private void route(double now) {
        var registered = tasks.stream()
                .filter(task -> task.running(now) && !task.stopping())
                .toList();
        var healthy = registered.stream().filter(task -> task.healthy).toList();
        targets = healthy.isEmpty() ? registered : healthy;
    }

    /** Who has waited too long by now has failed; of the others nothing is known. */
    void end(double now) {
        for (var task : tasks) task.fail(now - Latencies.IDLE_TIMEOUT);
    }
}
