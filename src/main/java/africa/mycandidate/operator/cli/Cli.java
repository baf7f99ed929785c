package africa.mycandidate.operator.cli;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.reconcile.Preview;
import africa.mycandidate.operator.reconcile.Preview.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the jar does besides being the operator. Standard output is for what was asked for, standard error for everything else. */
public final class Cli {
    public static final int NO_CHANGE = 0;
    public static final int ERROR = 1;
    public static final int CHANGES = 2;

    private static final String USAGE = """
            Usage: mycandidate plan -f FILE... [--output text|markdown|json] [--namespace NAMESPACE]

            Prints what the operator would do for the MyCandidateDeployments in FILE ("-" for standard input), with the
            AWS credentials of the environment and without a cluster. It only reads, and no secret's value.

              -f, --file FILE        YAML, one or several documents, or a folder of such files; what is no
                                     MyCandidateDeployment is passed over. May be there several times
              -o, --output FORMAT    text (default; in colour on a terminal), markdown (for a pull request), json
              -n, --namespace NAME   for objects without metadata.namespace; else "default". A stack is found by
                                     namespace and name, so it must be the one that the object is applied to
              -h, --help             prints this

            Exit code: 0 no change, 2 changes, 1 an error, also where something could not be read.
            Without arguments the jar is the operator, and wants a Kubernetes cluster.
            """;

    private final Preview preview;
    private final Terminal terminal;

    /** @param colour whether text for people may be in colour */
    public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean colour) {}

    public Cli(Preview preview, Terminal terminal) {
        this.preview = preview;
        this.terminal = terminal;
    }

    /** Returns the exit code. */
    public int run(String... arguments) {
        var words = List.of(arguments);
        if (List.of("help", "--help", "-h").contains(words.getFirst())) return help();
        if (!words.getFirst().equals("plan")) return misused("there is no command " + words.getFirst());
        try {
            var options = Options.of(words.subList(1, words.size()));
            return options.help() ? help() : plan(options);
        } catch (Options.Wrong wrong) {
            return misused(wrong.getMessage());
        }
    }

    private int plan(Options options) {
        var resources = new ArrayList<MyCandidateDeployment>();
        var problems = new ArrayList<String>();
        for (var file : options.files()) {
            try {
                for (var source : sources(file)) {
                    var documents = Documents.read(source.name(), source.text(), options.namespace());
                    resources.addAll(documents.resources());
                    problems.addAll(documents.problems());
                }
            } catch (IOException e) {
                problems.add(file + ": " + unreadable(e));
            }
        }
        if (problems.isEmpty() && resources.isEmpty())
            problems.add(Documents.NONE + " in " + String.join(", ", options.files()));
        if (!problems.isEmpty()) return failed(problems);
        var planned = new ArrayList<Answer.Planned>();
        for (var resource : resources) {
            var name = resource.getMetadata().getNamespace() + "/"
                    + resource.getMetadata().getName();
            switch (preview.of(resource)) {
                case Answer.Planned one -> planned.add(one);
                case Answer.Failed(var why) -> why.forEach(line -> problems.add(name + ": " + line));
            }
        }
        if (!problems.isEmpty()) return failed(problems);
        terminal.out()
                .print(
                        switch (options.output()) {
                            case TEXT -> new TextReport(terminal.colour()).of(planned);
                            case MARKDOWN -> MarkdownReport.of(planned);
                            case JSON -> JsonReport.of(planned);
                        });
        terminal.out().flush();
        return planned.stream().allMatch(one -> one.forecast().isEmpty()) ? NO_CHANGE : CHANGES;
    }

    private record Source(String name, String text) {}

    private List<Source> sources(String file) throws IOException {
        if (file.equals("-"))
            return List.of(new Source("standard input", text(terminal.in().readAllBytes())));
        var path = Path.of(file);
        if (!Files.isDirectory(path)) return List.of(new Source(file, text(Files.readAllBytes(path))));
        var sources = new ArrayList<Source>();
        try (var inside = Files.list(path)) {
            for (var one : inside.filter(Cli::isYaml).sorted().toList())
                sources.add(new Source(one.toString(), text(Files.readAllBytes(one))));
        }
        return sources;
    }

    private static boolean isYaml(Path file) {
        return file.toString().matches(".*\\.(yaml|yml|json)") && Files.isRegularFile(file);
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static String unreadable(IOException e) {
        return switch (e) {
            case NoSuchFileException none -> "there is no such file";
            case CharacterCodingException other -> "this is not UTF-8 text";
            default -> "it cannot be read (" + e.getMessage() + ")";
        };
    }

    private int help() {
        terminal.out().print(USAGE);
        terminal.out().flush();
        return NO_CHANGE;
    }

    private int misused(String why) {
        terminal.err().println("mycandidate: " + why + ".\n");
        terminal.err().print(USAGE);
        terminal.err().flush();
        return ERROR;
    }

    private int failed(List<String> why) {
        for (var line : why) terminal.err().println("Error: " + line);
        terminal.err().println("There is no plan.");
        terminal.err().flush();
        return ERROR;
    }
}
