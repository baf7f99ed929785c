package africa.mycandidate.operator.cli;

import africa.mycandidate.operator.aws.Cloud;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.converge.Serial;
import africa.mycandidate.operator.reconcile.Preview;
import africa.mycandidate.operator.reconcile.Regions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Somebody at a shell with an AWS behind it, who runs commands and reads what they print. */
final class Shell {
    private final Cloud cloud;
    /** The calls to AWS that were made, or tried. */
    final List<Port.Effect> effects = new ArrayList<>();

    final List<Duration> pauses = new ArrayList<>();
    /** What a pause does. */
    Consumer<Duration> pause = time -> {};
    /** Stands before AWS. */
    Port port = Port.OPEN;

    boolean colour;

    /** What a command left behind. */
    record Ended(int code, String out, String err) {}

    Shell(Cloud cloud) {
        this.cloud = cloud;
    }

    /** Runs a command with this on standard input. */
    Ended run(String in, String... arguments) {
        Port counting = (effect, call) -> {
            effects.add(effect);
            return call.run();
        };
        var regions = new Regions(
                cloud,
                () -> Port.chain(counting, Port.READ_ONLY, (effect, call) -> port.pass(effect, call)),
                new Serial(),
                new Random(1),
                "plan");
        var preview = new Preview(regions, cloud.clock(), new Random(1), time -> {
            pauses.add(time);
            pause.accept(time);
        });
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Cli.Terminal(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), printer(out), printer(err), colour);
        var code = new Cli(preview, terminal).run(arguments);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A plan of this file. */
    Ended plan(String file, String... options) {
        var arguments = new ArrayList<>(List.of("plan", "-f", "-"));
        arguments.addAll(List.of(options));
        return run(file, arguments.toArray(String[]::new));
    }

    long mutations() {
        return effects.stream().filter(Port.Effect::mutating).count();
    }

    private static PrintStream printer(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }
}
