package africa.mycandidate.operator.load;

/**
 * What the service has done since the model began.
 *
 * @param cpuHad CPU seconds that the running tasks could have used
 * @param targetSeconds seconds of each healthy target
 */
record Usage(double seconds, double cpuUsed, double cpuHad, double requests, double targetSeconds) {
    static final Usage NONE = new Usage(0, 0, 0, 0, 0);

    Usage minus(Usage before) {
        return new Usage(
                seconds - before.seconds,
                cpuUsed - before.cpuUsed,
                cpuHad - before.cpuHad,
                requests - before.requests,
                targetSeconds - before.targetSeconds);
    }

    double value(Rule.Metric metric) {
        return switch (metric) {
            case CPU_PERCENT -> cpuUsed / cpuHad * 100;
            case REQUESTS_PER_TARGET -> requests / (targetSeconds / seconds);
        };
    }
}
