package africa.mycandidate.operator.load;

import java.util.ArrayDeque;
import java.util.Deque;

/** A Fargate task: half a processor that its workers share, and a queue before them. */
final class AppTask {
    /** The step of the model's time. Waits are exact to it. */
    static final double TICK = 0.01;

    private static final double NOTHING = 1e-9;

    final double runsAt;
    private final double vcpu;
    private final Assumptions app;
    private final Latencies latencies;
    private final Request[] workers;
    private final Deque<Request> backlog = new ArrayDeque<>();
    private double bootLeft;
    private double used;

    /** Whether the database let it in. */
    boolean connected;

    boolean healthy;
    int failures;
    int successes;
    Request probe;
    double nextProbe;

    /** The task that takes over from this one, which failed its health checks. */
    AppTask successor;

    /** When it stops, once the load balancer sends it nothing more. */
    double stopsAt = Double.POSITIVE_INFINITY;

    AppTask(double runsAt, double vcpu, Assumptions app, Latencies latencies) {
        this.runsAt = runsAt;
        this.vcpu = vcpu;
        this.app = app;
        this.latencies = latencies;
        this.workers = new Request[app.workers()];
        this.bootLeft = app.bootCpu();
    }

    /** Before the model begins, it has run for long. */
    void settled() {
        bootLeft = 0;
        healthy = true;
    }

    boolean running(double now) {
        return now >= runsAt;
    }

    boolean stopping() {
        return stopsAt < Double.POSITIVE_INFINITY;
    }

    /** CPU seconds since it was asked last. */
    double takeUsed() {
        var seconds = used;
        used = 0;
        return seconds;
    }

    int outstanding() {
        var busy = backlog.size();
        for (var worker : workers) if (worker != null) busy++;
        return busy;
    }

    /** @return whether it could queue */
    boolean offer(Request request, double now) {
        if (!running(now) || bootLeft > 0 || backlog.size() >= app.backlog()) return false;
        backlog.add(request);
        return true;
    }

    int queries() {
        var count = 0;
        for (var request : workers) if (request != null && request.cpuLeft <= 0) count++;
        return count;
    }

    /** @param query seconds of the database's CPU that each query gets in this tick */
    void work(double now, double query) {
        if (!running(now)) return;
        var budget = vcpu * TICK;
        if (bootLeft > 0) {
            bootLeft -= budget;
            used += budget;
            return;
        }
        ask(now, query);
        fill(now);
        for (var active = active(); active > 0 && budget > NOTHING; active = active()) {
            var share = budget / active;
            for (var i = 0; i < workers.length; i++) budget -= advance(i, share, now);
            fill(now);
        }
        used += vcpu * TICK - Math.max(0, budget);
    }

    private void ask(double now, double query) {
        for (var i = 0; i < workers.length; i++) {
            var request = workers[i];
            if (request == null || request.cpuLeft > 0) continue;
            request.databaseLeft -= query;
            if (request.databaseLeft <= NOTHING) answer(i, now);
        }
    }

    private int active() {
        var count = 0;
        for (var request : workers) if (request != null && request.cpuLeft > 0) count++;
        return count;
    }

    private double advance(int worker, double share, double now) {
        var request = workers[worker];
        if (request == null || request.cpuLeft <= 0) return 0;
        var seconds = Math.min(share, request.cpuLeft);
        request.cpuLeft -= seconds;
        if (request.cpuLeft <= NOTHING) {
            request.cpuLeft = 0;
            if (request.databaseLeft <= 0) answer(worker, now);
        }
        return seconds;
    }

    /** A worker also does what the load balancer has given up on: nothing tells it. */
    private void fill(double now) {
        for (var i = 0; i < workers.length; i++) {
            while (workers[i] == null && !backlog.isEmpty()) {
                workers[i] = backlog.poll();
                if (workers[i].databaseLeft > 0 && !connected) {
                    latencies.failed(workers[i]);
                    workers[i] = null;
                }
            }
        }
    }

    private void answer(int worker, double now) {
        var request = workers[worker];
        workers[worker] = null;
        request.answered = true;
        if (!request.probe) latencies.answered(request, now + TICK);
    }

    /** Fails whoever came until then and still waits. */
    void fail(double until) {
        for (var request : workers) fail(request, until);
        for (var request : backlog) fail(request, until);
    }

    private void fail(Request request, double until) {
        if (request != null && !request.probe && request.arrival <= until) latencies.failed(request);
    }
}
