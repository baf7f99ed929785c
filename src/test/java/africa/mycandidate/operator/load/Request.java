package africa.mycandidate.operator.load;

/** A page that a voter asked for, or a health check. */
final class Request {
    final double arrival;
    final boolean probe;
    double cpuLeft;
    double databaseLeft;
    boolean answered;

    Request(double arrival, double cpu, double database, boolean probe) {
        this.arrival = arrival;
        this.cpuLeft = cpu;
        this.databaseLeft = database;
        this.probe = probe;
    }
}
