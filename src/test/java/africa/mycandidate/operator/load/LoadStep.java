package africa.mycandidate.operator.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Traffic that grows by a factor and stays.
 *
 * @param pagesPerSecond before
 * @param riseSeconds that it takes to grow
 * @param staysSeconds from the beginning of the rise to the end
 */
record LoadStep(double pagesPerSecond, double factor, int riseSeconds, int staysSeconds) {
    /** The 95th percentile is back when it is under this, and stays so: what keeps a person's train of thought (Nielsen, "Response Times: The 3 Important Limits"). */
    static final double GOOD_SECONDS = 1;

    /** Long enough for every alarm to have seen the quiet. */
    private static final int BEFORE = 420;

    static final int HALF_AN_HOUR = 1800;

    /** Traffic × 10 in one minute, for half an hour. */
    static LoadStep tenfold(double pagesPerSecond) {
        return new LoadStep(pagesPerSecond, 10, 60, HALF_AN_HOUR);
    }

    private double rate(double now) {
        var risen = Math.clamp((now - BEFORE + AppTask.TICK) / (riseSeconds + AppTask.TICK), 0, 1);
        return pagesPerSecond * (1 + (factor - 1) * risen);
    }

    List<Outcome> run(Setup setup, Assumptions app, int seeds) {
        return LongStream.rangeClosed(1, seeds)
                .parallel()
                .mapToObj(seed -> run(setup, app, seed))
                .toList();
    }

    Outcome run(Setup setup, Assumptions app, long seed) {
        var random = new Random(seed);
        var latencies = new Latencies(BEFORE);
        var service = new Service(setup, app, latencies, random.nextLong());
        var watches = new ArrayList<Watch>();
        for (var rule : List.of(setup.out(), setup.in())) watches.add(new Watch(rule, new Random(random.nextLong())));
        var requests = 0L;
        var firstScaled = Double.NaN;
        var perSecond = (int) Math.round(1 / AppTask.TICK);
        for (var tick = 0; tick < (BEFORE + staysSeconds) * perSecond; tick++) {
            var now = tick * AppTask.TICK;
            if (tick % perSecond == 0) {
                service.look(now, requests);
                for (var watch : watches) {
                    var desired = watch.desired(now, service.desired, service.usage());
                    service.desired = Math.clamp(desired, setup.minTasks(), setup.maxTasks());
                }
                if (Double.isNaN(firstScaled) && service.desired > setup.minTasks()) firstScaled = now - BEFORE;
            }
            for (var arriving = arrivals(rate(now) * AppTask.TICK, random); arriving > 0; arriving--) {
                requests++;
                service.send(app.page(now, random), now);
            }
            service.work(now);
        }
        var serving = service.serving();
        service.end(BEFORE + staysSeconds);
        return Outcome.of(latencies, BEFORE, staysSeconds, firstScaled, serving);
    }

    /** How many voters come in a tick: independently of each other, so Poisson (Knuth's way). */
    private static int arrivals(double mean, Random random) {
        var limit = StrictMath.exp(-mean);
        var count = 0;
        for (var product = random.nextDouble(); product > limit; product *= random.nextDouble()) count++;
        return count;
    }
}
