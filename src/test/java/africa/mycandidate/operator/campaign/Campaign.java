package africa.mycandidate.operator.campaign;

import java.util.stream.LongStream;

public final class Campaign {
    private Campaign() {}

    public static void main(String[] arguments) {
        var first = Long.parseLong(arguments[0]);
        var count = Long.parseLong(arguments[1]);
        var start = System.nanoTime();
        LongStream.range(first, first + count).forEach(seed -> {
            var t = System.nanoTime();
            var verdict = new Rehearsal(Script.draw(seed)).run();
            System.out.printf(
                    "%d %s %d ms, %d effects, simulated %s, recovery %s idle %s%n",
                    seed,
                    verdict.trace(),
                    (System.nanoTime() - t) / 1_000_000,
                    verdict.effects(),
                    verdict.simulated(),
                    verdict.recovery(),
                    verdict.idle());
            if (!verdict.clean()) verdict.story().forEach(line -> System.out.println("   " + line));
        });
        System.out.println((System.nanoTime() - start) / 1_000_000_000.0 + " s");
    }
}
