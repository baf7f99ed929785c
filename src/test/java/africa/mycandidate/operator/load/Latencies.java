package africa.mycandidate.operator.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How long the voters of each ten seconds waited. */
final class Latencies {
    static final int WINDOW_SECONDS = 10;

    /** The load balancer answers 504 when a target has not after so long: its idle timeout, 60 s unless set (ELB user guide, "Load balancer attributes"). */
    static final double IDLE_TIMEOUT = 60;

    private final List<double[]> windows = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final double from;
    private long answered;
    private long failed;

    /** @param from requests before are not counted as answered or failed */
    Latencies(double from) {
        this.from = from;
    }

    void answered(Request request, double now) {
        var seconds = now - request.arrival;
        if (seconds >= IDLE_TIMEOUT) {
            failed(request);
            return;
        }
        add(request.arrival, seconds);
        if (request.arrival >= from) answered++;
    }

    /** An error counts as a wait of the longest kind: whoever sees one has to come again. */
    void failed(Request request) {
        add(request.arrival, IDLE_TIMEOUT);
        if (request.arrival >= from) failed++;
    }

    private void add(double arrival, double seconds) {
        var window = (int) (arrival / WINDOW_SECONDS);
        while (windows.size() <= window) {
            windows.add(new double[64]);
            sizes.add(0);
        }
        var size = sizes.get(window);
        if (size == windows.get(window).length) windows.set(window, Arrays.copyOf(windows.get(window), size * 2));
        windows.get(window)[size] = seconds;
        sizes.set(window, size + 1);
    }

    double failedShare() {
        return failed == 0 ? 0 : (double) failed / (answered + failed);
    }

    /** The 95th percentile of who came in each window. */
    double[] p95() {
        var values = new double[windows.size()];
        for (var i = 0; i < values.length; i++) {
            var sorted = Arrays.copyOf(windows.get(i), sizes.get(i));
            Arrays.sort(sorted);
            values[i] = sorted.length == 0 ? 0 : sorted[(int) Math.ceil(sorted.length * 0.95) - 1];
        }
        return values;
    }
}
