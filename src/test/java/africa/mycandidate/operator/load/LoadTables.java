package africa.mycandidate.operator.load;

import africa.mycandidate.operator.resource.ScalingPolicy.Adjustment;
import africa.mycandidate.operator.stack.Specs;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** What traffic × 10 in one minute does, as tables (docs/load.md says how to read them). */
public final class LoadTables {
    private static final int SEEDS = 10;
    private static final double FACTOR = LoadStep.tenfold(1).factor();

    /** Pages per second before the step: ten times as many fill 4 tasks, and 7 of the 10 that there may be. */
    private static final List<Double> BEFORE = List.of(7.0, 11.5);

    private static final Assumptions APP = Assumptions.DEFAULT;
    private static final Setup OPERATOR = Setup.operator(Specs.minimal());
    private static final Setup REFERENCE = Setup.reference();

    private final PrintStream out;

    /** @param what null for a heading */
    private record Row(String what, Setup setup, Assumptions app) {
        Row(String what, Setup setup) {
            this(what, setup, APP);
        }
    }

    private LoadTables(PrintStream out) {
        this.out = out;
    }

    public static void print(PrintStream out) {
        var tables = new LoadTables(out);
        tables.steps();
        tables.floors();
        tables.classes();
    }

    /** A step so steep that nothing less than all tasks will do. */
    static Rule toTheMost(Setup setup) {
        var all = setup.maxTasks() - setup.minTasks();
        var steps = List.of(new Adjustment(0.0, 15.0, 1), new Adjustment(15.0, null, all));
        return setup.out().with(new Rule.Steps(steps, false), setup.out().cooldown());
    }

    private static List<Row> rows() {
        var minute = Rule.Resolution.MINUTE;
        var twenty = Rule.Resolution.TWENTY_SECONDS;
        var cpu = Rule.Metric.CPU_PERCENT;
        var most = toTheMost(OPERATOR);
        var perTarget = 0.7 * OPERATOR.fixed().vcpu() / APP.meanCpu() * minute.seconds;
        return List.of(
                new Row("Outside an election window", null),
                new Row("reference settings, 2 tasks", REFERENCE),
                new Row("the operator's, 2 tasks", OPERATOR),
                new Row("Inside: elections[].minTasks", null),
                new Row("reference settings, 6 tasks", REFERENCE.between(6, 10)),
                new Row("the operator's, 6 tasks", OPERATOR.between(6, 10)),
                new Row("the operator's, 8 tasks", OPERATOR.between(8, 10)),
                new Row("the operator's, 10 tasks", OPERATOR.between(10, 10)),
                new Row("Other ways to scale, 2 tasks", null),
                new Row("one minute is enough", OPERATOR.out(OPERATOR.out().after(1, minute))),
                new Row("all tasks at once", OPERATOR.out(most)),
                new Row("both", OPERATOR.out(most.after(1, minute))),
                new Row(
                        "three times 20 s is enough",
                        OPERATOR.out(OPERATOR.out().after(3, twenty))),
                new Row("that, and all tasks at once", OPERATOR.out(most.after(3, twenty))),
                new Row("target tracking", OPERATOR.out(Rule.tracking(cpu, minute, 70, 60))),
                new Row("target tracking every 20 s", OPERATOR.out(Rule.tracking(cpu, twenty, 70, 60))),
                new Row(
                        "target tracking of requests",
                        OPERATOR.out(Rule.tracking(Rule.Metric.REQUESTS_PER_TARGET, minute, perTarget, 60))),
                new Row("least outstanding requests", OPERATOR.toLeastOutstanding()),
                new Row("Less work, the operator's", null),
                new Row("95% from the cache, 2 tasks", OPERATOR, APP.cached(0.95)),
                new Row("nothing from the cache, 2", OPERATOR, APP.cached(0)),
                new Row("a CDN has the files, 2", OPERATOR, APP.withCdn()),
                new Row("95% and a CDN, 2", OPERATOR, APP.cached(0.95).withCdn()),
                new Row(
                        "95% and a CDN, 6",
                        OPERATOR.between(6, 10), APP.cached(0.95).withCdn()));
    }

    private void steps() {
        out.printf(
                "Traffic x %.0f within a minute: when is the 95th percentile back under %.0f s?%n",
                FACTOR, LoadStep.GOOD_SECONDS);
        out.printf(
                "Middle of %d seeds; ratio of the time to the reference's; errors in the half hour after.%n%n", SEEDS);
        out.printf("%-28s", "");
        for (var before : BEFORE) out.printf(" | %-31s", "%s to %.0f pages/s".formatted(before, before * FACTOR));
        out.printf("%n%-28s", "");
        for (var ignored : BEFORE) out.printf(" | %7s %6s %7s %8s", "back", "ratio", "errors", "longest");
        out.println();
        var references =
                BEFORE.stream().map(before -> run(REFERENCE, APP, before)).toList();
        for (var row : rows()) {
            if (row.setup() == null) {
                out.printf("%n%s%n", row.what());
                continue;
            }
            out.printf("%-28s", row.what());
            for (var i = 0; i < BEFORE.size(); i++) {
                var outcomes = run(row.setup(), row.app(), BEFORE.get(i));
                var middle = Outcome.median(outcomes);
                out.printf(
                        " | %7s %6s %6.1f%% %8s",
                        seconds(middle.back()),
                        ratio(middle.back(), Outcome.median(references.get(i)).back()),
                        middle.failed() * 100,
                        seconds(Outcome.worst(outcomes).back()));
            }
            out.println();
        }
    }

    private static List<Outcome> run(Setup setup, Assumptions app, double before) {
        return LoadStep.tenfold(before).run(setup, app, SEEDS);
    }

    private static String seconds(double back) {
        if (back == 0) return "always";
        return Double.isInfinite(back) ? "never" : "%.0f s".formatted(back);
    }

    private static String ratio(double back, double reference) {
        if (Double.isInfinite(back)) return "-";
        if (Double.isInfinite(reference)) return back == 0 ? "0" : "<%.2f".formatted(back / LoadStep.HALF_AN_HOUR);
        return "%.2f".formatted(back / reference);
    }

    /** The fewest tasks that keep the expected peak under the threshold of scaling out. */
    static int floor(double peak) {
        var each = OPERATOR.out().threshold() / 100 * OPERATOR.fixed().vcpu() / APP.meanCpu();
        return (int) Math.ceil(peak / each);
    }

    private void floors() {
        out.printf(
                "%n%nminTasks for an expected peak: pages/s x CPU seconds of a page / (vCPU of a task x %.0f%%)%n%n",
                OPERATOR.out().threshold());
        out.printf("%10s %9s %14s %13s %13s%n", "peak", "minTasks", "p95 at most", "with half", "with 2 tasks");
        for (var peak : List.of(20.0, 40.0, 80.0, 120.0, 160.0, 200.0)) {
            var floor = floor(peak);
            out.printf(
                    "%8.0f/s %9d %12.2f s %13s %13s%n",
                    peak,
                    floor,
                    Outcome.worst(within(floor, floor, peak)).worst(),
                    seconds(Outcome.median(within((floor + 1) / 2, floor, peak)).back()),
                    seconds(Outcome.median(within(2, floor, peak)).back()));
        }
    }

    /** Room for two tasks more than what the peak needs. */
    private static List<Outcome> within(int min, int floor, double peak) {
        return run(OPERATOR.between(min, floor + 2), APP, peak / FACTOR);
    }

    private void classes() {
        out.printf("%n%nWhat a database class has room for, with %d connections each%n%n", each());
        out.printf("%-14s %12s %9s %9s%n", "class", "connections", "maxTasks", "pages/s");
        for (var name : List.of("db.t3.micro", "db.t3.small", "db.t3.medium", "db.t3.large")) {
            var spec = Map.<String, Object>of("database.instanceClass", name);
            var connections = Setup.operator(Specs.with(spec)).fixed().connections();
            var tasks = connections * 3 / 4 / each();
            var pages =
                    OPERATOR.out().threshold() / 100 * tasks * OPERATOR.fixed().vcpu() / APP.meanCpu();
            out.printf("%-14s %12d %9d %9.0f%n", name, connections, tasks, pages);
        }
    }

    private static int each() {
        return OPERATOR.fixed().connectionsEach();
    }
}
