package africa.mycandidate.operator.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What stands behind {@code plan} or {@code cost}.
 *
 * @param files in the order given; {@code -} for standard input, a folder for the YAML files in it
 * @param namespace empty where none was given
 */
record Options(List<String> files, Output output, String namespace, boolean help) {
    /** How it is printed. */
    enum Output {
        TEXT,
        MARKDOWN,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The command line is wrong; the message says how. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    static Options of(List<String> arguments) throws Wrong {
        var files = new ArrayList<String>();
        var output = Output.TEXT;
        var namespace = "";
        var rest = new ArrayDeque<String>();
        for (var argument : arguments)
            rest.addAll(argument.startsWith("--") ? List.of(argument.split("=", 2)) : List.of(argument));
        while (!rest.isEmpty()) {
            var option = rest.pop();
            switch (option) {
                case "-f", "--file" -> files.add(value(option, rest));
                case "-o", "--output" -> output = output(value(option, rest));
                case "-n", "--namespace" -> namespace = value(option, rest);
                case "-h", "--help" -> {
                    return new Options(List.copyOf(files), output, namespace, true);
                }
                default -> throw new Wrong("there is no option " + option);
            }
        }
        if (files.isEmpty()) throw new Wrong("-f FILE is missing");
        return new Options(List.copyOf(files), output, namespace, false);
    }

    private static String value(String option, ArrayDeque<String> rest) throws Wrong {
        if (rest.isEmpty() || rest.peek().isEmpty()) throw new Wrong(option + " needs a value");
        return rest.pop();
    }

    private static Output output(String name) throws Wrong {
        for (var one : Output.values()) if (one.toString().equals(name)) return one;
        throw new Wrong("--output " + name + " is not known; write "
                + Arrays.stream(Output.values()).map(Output::toString).collect(Collectors.joining(", ")));
    }
}
