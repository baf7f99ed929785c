package africa.mycandidate.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.Refusals;
import africa.mycandidate.operator.aws.AccountRole;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Cloud;
import africa.mycandidate.operator.cli.Shell.Ended;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Files and command lines that are wrong: each is told with its line, and AWS is not asked at all. */
class BadInputTest {
    private static final String GOOD = """
            apiVersion: deploy.mycandidate.africa/v1alpha1
            kind: MyCandidateDeployment
            metadata:
              name: southafrica
            spec:
              region: af-south-1
              image: example.org/mycandidate:1.4.2
              domain: {name: southafrica.mycandidate.africa}
            """;

    @TempDir
    Path folder;

    /** An AWS that nobody may ask. */
    static final Cloud NONE = new Cloud() {
        @Override
        public Clients clients(String region) {
            throw new AssertionError("AWS was asked");
        }

        @Override
        public Clients clients(String region, AccountRole role, Supplier<AwsSessionCredentials> session) {
            return clients(region);
        }

        @Override
        public InstantSource clock() {
            return InstantSource.fixed(Instant.EPOCH);
        }

        @Override
        public int pace() {
            return 1;
        }
    };

    private static String refused(String file) {
        var ended = new Shell(NONE).plan(file);
        assertThat(ended.code()).isEqualTo(Cli.ERROR);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).endsWith("There is no plan.\n");
        return ended.err();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    image: example                        | imgae: example                    | standard input:7: spec.imgae: unknown field "spec.imgae"; did you mean image?
                    image: example                        | imgae: example                    | standard input:5: spec.image: Required value
                    region: af-south-1                    | regoin: af-south-1                | standard input:6: spec.regoin: unknown field "spec.regoin"; did you mean region?
                    kind: MyCandidateDeployment           | kind: ConfigMap                   | there is no MyCandidateDeployment in -
                    v1alpha1                              | v1                                | standard input:1: apiVersion: write deploy.mycandidate.africa/v1alpha1
                    name: southafrica\\n                  | nmae: southafrica\\n              | standard input:3: metadata.name: Required value
                    name: southafrica\\n                  | name: South_Africa\\n             | standard input:4: metadata.name: write lower-case letters
                    :1.4.2                                | :latest                           | standard input:7: spec.image: latest means another image every day
                    spec:                                 | specs:                            | standard input:5: specs: unknown field "specs"; did you mean spec?
                    domain: {                             | timeZone: Africa/Nowhere\\n  domain: { | spec.timeZone: there is no time zone Africa/Nowhere
                    domain: {name: southafrica            | domain: {name: south_africa       | standard input:8: spec.domain.name:
                    """)
    void aWrongFieldIsToldWithItsLine(String good, String bad, String sentence) {
        var file = GOOD.replace(lines(good), lines(bad));
        assertThat(file).isNotEqualTo(GOOD);
        assertThat(refused(file)).contains(sentence);
    }

    private static String lines(String text) {
        return text.replace("\\n", "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: b: c", "a: [1", "\tname: x", "{{ .Values.x }}\nb", "a: &a [*b]", "a: 1\na: 2"})
    void whatIsNotYamlIsToldWithItsLine(String text) {
        assertThat(refused("# a file\n" + text))
                .contains("standard input:")
                .contains(": this is not YAML: ")
                .containsPattern("standard input:[23]:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "---\n---\n", "just words", "- a\n- b"})
    void aFileWithoutOneIsToldSo(String text) {
        assertThat(refused(text)).contains("there is no MyCandidateDeployment in -");
    }

    @Test
    void aFileThatIsNotThereIsToldSo() throws IOException {
        var shell = new Shell(NONE);
        assertThat(shell.run("", "plan", "-f", folder.resolve("no.yaml").toString())
                        .err())
                .contains("no.yaml: there is no such file");
        assertThat(shell.run("", "plan", "-f", folder.toString()).err())
                .contains("there is no MyCandidateDeployment in " + folder);
        var binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
        assertThat(shell.run("", "plan", "-f", binary.toString()).err()).contains("this is not UTF-8 text");
    }

    @Test
    void everyFileOfAFolderIsReadAndEachProblemTold() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), GOOD.replace("image: ", "imgae: "));
        Files.writeString(folder.resolve("b.yml"), GOOD.replace(":1.4.2", ":latest"));
        Files.writeString(folder.resolve("readme.md"), "not: [yaml");
        var ended = new Shell(NONE).run("", "plan", "-f", folder.toString(), "-f", "none.yaml");
        assertThat(ended.code()).isEqualTo(Cli.ERROR);
        assertThat(ended.err())
                .contains("a.yaml:7: ", "b.yml:7: ", "none.yaml: there is no such file")
                .doesNotContain("readme");
    }

    /** The same wrong specs get the same sentences from {@code kubectl apply}, in CrdRefusalIT. */
    @Test
    void everySpecThatTheApiServerRefusesIsRefusedWithTheSameSentence() throws IOException {
        var missed = new ArrayList<String>();
        var table = Stream.of(Refusals.NEW, Refusals.CDN, Refusals.UNSUPPORTED)
                .flatMap(List::stream)
                .toList();
        for (var refusal : table) {
            var said = refused(Refusals.object("new", refusal.fields()));
            if (!said.contains(refusal.sentence())) missed.add(refusal + " got: " + said);
        }
        System.out.printf("%d wrong specs, each refused with the API server's sentence%n", table.size());
        assertThat(missed).isEmpty();
    }

    static Stream<Path> samples() throws IOException {
        try (var files = Files.list(Path.of("samples"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theSamplesAreGood(Path sample) throws IOException {
        assertThat(Documents.read("sample", Files.readString(sample), "").problems())
                .isEmpty();
    }

    /** A rule that no wrong spec provokes is at least understood. */
    @Test
    void everyRuleOfTheDefinitionIsUnderstood() {
        var rules = new ArrayList<String>();
        collect(Schema.read(), rules);
        assertThat(rules).hasSizeGreaterThan(60).allSatisfy(Cel::parse);
    }

    private static void collect(JsonNode node, ArrayList<String> rules) {
        for (var name : new String[] {"rule", "messageExpression"})
            if (node.path(name).isTextual()) rules.add(node.path(name).asText());
        node.forEach(inner -> collect(inner, rules));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    apply -f x              | there is no command apply
                    plan                    | -f FILE is missing
                    plan -f                 | -f needs a value
                    plan -f a --output yaml | --output yaml is not known; write text, markdown, json
                    plan -f a --colour      | there is no option --colour
                    plan a                  | there is no option a
                    """)
    void aWrongCommandLineIsToldWithTheUsage(String line, String sentence) {
        var ended = new Shell(NONE).run("", line.split(" "));
        assertThat(ended.code()).isEqualTo(Cli.ERROR);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(sentence, "Usage: mycandidate plan -f FILE...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help", "plan --help", "plan -f x -h"})
    void helpIsNoError(String line) {
        Ended ended = new Shell(NONE).run("", line.split(" "));
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains(
                        "Usage: mycandidate plan -f FILE...",
                        "Exit code: 0 no change (and always of cost), 2 changes, 1 an error");
    }
}
