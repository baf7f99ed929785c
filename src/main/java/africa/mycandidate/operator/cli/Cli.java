package africa.mycandidate.operator.cli;

import africa.mycandidate.operator.reconcile.Preview;
import africa.mycandidate.operator.reconcile.Preview.Answer;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What the jar does besides being the operator. Standard output is for what was asked for, standard error for everything else. */
public final class Cli {
    public static final int NO_CHANGE = 0;
    public static final int ERROR = 1;
    public static final int CHANGES = 2;

    private static final String USAGE = """
            Usage: mycandidate plan -f FILE... [--output text|markdown|json] [--namespace NAMESPACE]
                   mycandidate cost -f FILE... [--output text|markdown|json] [--namespace NAMESPACE]

            plan prints what the operator would do for the MyCandidateDeployments in FILE ("-" for standard input), with
            the AWS credentials of the environment and without a cluster. It only reads, and no secret's value.
            cost prints what they cost a month by AWS's list prices, without asking AWS.

              -f, --file FILE        YAML, one or several documents, or a folder of such files; what is no
                                     MyCandidateDeployment is passed over. May be there several times
              -o, --output FORMAT    text (default; in colour on a terminal), markdown (for a pull request), json
              -n, --namespace NAME   for objects without metadata.namespace; else "default". A stack is found by
                                     namespace and name, so it must be the one that the object is applied to
              -h, --help             prints this

            Exit code: 0 no change (and always of cost), 2 changes, 1 an error, also where something could not be read.
            Without arguments the jar is the operator, and wants a Kubernetes cluster.
            """;

    private static final String NO_PLAN = "There is no plan.";
    private static final String NO_ESTIMATE = "There is no estimate.";

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
        if (!List.of("plan", "cost").contains(words.getFirst()))
            return misused("there is no command " + words.getFirst());
        try {
            var options = Options.of(words.subList(1, words.size()));
            if (options.help()) return help();
            return words.getFirst().equals("plan") ? plan(options) : cost(options);
        } catch (Options.Wrong wrong) {
            return misused(wrong.getMessage());
        }
    }

    private int plan(Options options) {
        var documents = new Sources(terminal.in(), options).read();
        if (!documents.problems().isEmpty()) return failed(documents.problems(), NO_PLAN);
        var problems = new ArrayList<String>();
        var planned = new ArrayList<Answer.Planned>();
        for (var resource : documents.resources()) {
            var name = resource.getMetadata().getNamespace() + "/"
                    + resource.getMetadata().getName();
            switch (preview.of(resource)) {
                case Answer.Planned one -> planned.add(one);
                case Answer.Failed(var why) -> why.forEach(line -> problems.add(name + ": " + line));
            }
        }
        if (!problems.isEmpty()) return failed(problems, NO_PLAN);
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

    private int cost(Options options) {
        var documents = new Sources(terminal.in(), options).read();
        if (!documents.problems().isEmpty()) return failed(documents.problems(), NO_ESTIMATE);
        terminal.out().print(Bill.of(documents.resources()).print(options.output()));
        terminal.out().flush();
        return NO_CHANGE;
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

    private int failed(List<String> why, String so) {
        for (var line : why) terminal.err().println("Error: " + line);
        terminal.err().println(so);
        terminal.err().flush();
        return ERROR;
    }
}
