package africa.mycandidate.operator.load;

import java.util.Random;

/**
 * What the application is taken to be. Nobody has measured MyCandidate under load: these are guesses within what such applications do, stated so that they can be
 * replaced. Twice the CPU for each page means half the pages per second everywhere; the times of the table depend on how full the tasks are, not on this.
 *
 * @param cachedShare pages whose candidates come from the cache
 * @param cachedCpu CPU seconds in a task for such a page: Flask, one template, minified HTML (flask-minify is in the application's requirements). A bare Flask
 *     route takes 1 ms on a fast desktop (sharkbench.dev, "Flask: Development Server vs Gunicorn"), a whole application several times ten ("12 requests per
 *     second", suade.org)
 * @param uncachedCpu the same for a page that asks the database and sorts in pandas
 * @param databaseCpu CPU seconds in the database for such a page: a few selects over some thousand rows
 * @param filesCpu CPU seconds for a page's four static files (one style sheet, three images), which the tasks serve too where no CDN does; half of the voters
 *     have them from an earlier page
 * @param workers gunicorn's synchronous workers in a task: (2 × cores) + 1 (gunicorn documentation, "How Many Workers?"); each takes one request at a time
 * @param backlog connections that wait in a task: gunicorn's {@code --backlog}, 2048 unless set (gunicorn documentation, "Settings")
 * @param bootCpu CPU seconds until gunicorn listens: each worker imports Flask, SQLAlchemy and pandas. It counts in the metric that tasks are scaled by
 *     (github.com/aws/containers-roadmap/issues/2564)
 */
record Assumptions(
        double cachedShare,
        double cachedCpu,
        double uncachedCpu,
        double databaseCpu,
        double filesCpu,
        int workers,
        int backlog,
        double bootCpu) {
    static final Assumptions DEFAULT = new Assumptions(0.8, 0.020, 0.050, 0.005, 0.004, 3, 2048, 4);

    /** A page takes from half to one and a half times its usual CPU. */
    private static final double SPREAD = 1;

    /** A health check is answered with a redirect to HTTPS, before any template (the application's Flask-SSLify). */
    private static final double PROBE_CPU = 0.002;

    /** CPU seconds of a page on average. */
    double meanCpu() {
        return cachedShare * cachedCpu + (1 - cachedShare) * uncachedCpu + filesCpu;
    }

    Assumptions cached(double share) {
        return new Assumptions(share, cachedCpu, uncachedCpu, databaseCpu, filesCpu, workers, backlog, bootCpu);
    }

    /** A CDN serves the static files. */
    Assumptions withCdn() {
        return new Assumptions(cachedShare, cachedCpu, uncachedCpu, databaseCpu, 0, workers, backlog, bootCpu);
    }

    Request page(double now, Random random) {
        var cached = random.nextDouble() < cachedShare;
        var cpu = ((cached ? cachedCpu : uncachedCpu) + filesCpu) * (1 + SPREAD * (random.nextDouble() - 0.5));
        return new Request(now, cpu, cached ? 0 : databaseCpu, false);
    }

    Request probe(double now) {
        return new Request(now, PROBE_CPU, 0, true);
    }
}
