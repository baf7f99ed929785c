package africa.mycandidate.operator;

import africa.mycandidate.operator.load.LoadTables;

/** {@code make bench}: the benchmarks, as tables of ratios. In virtual time: the figures are the same on every machine. */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] arguments) {
        LoadTables.print(System.out);
    }
}
