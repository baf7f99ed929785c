package africa.mycandidate.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code mycandidate cost}. */
class BillTest {
    private final Shell shell = new Shell(BadInputTest.NONE);

    private static String sample(String region) throws IOException {
        return Files.readString(Path.of("samples/minimal.yaml")).replaceAll("region: .*", "region: " + region);
    }

    @Test
    void theReadmeShowsWhatIsPrinted() throws IOException {
        var ended = shell.run(sample("us-east-1"), "cost", "-f", "-");
        assertThat(ended.code()).isZero();
        var readme = Files.readString(Path.of("README.md"));
        assertThat(ended.out().lines()).allSatisfy(line -> assertThat(readme).contains("    " + line + "\n"));
        var there = shell.run(sample("af-south-1"), "cost", "-f", "-", "-o", "json");
        var monthly =
                new ObjectMapper().readTree(there.out()).get(0).get("monthly").asText();
        assertThat(readme).contains("its af-south-1 comes to $" + monthly);
    }

    @Test
    void awsIsNotAsked() throws IOException {
        shell.run(sample("eu-west-1"), "cost", "-f", "-");
        assertThat(shell.effects).isEmpty();
    }

    @Test
    void whatAnElectionAddsIsTold() throws IOException {
        var ended = shell.run("", "cost", "-f", "samples/election.yaml");
        // Four more tasks, from an hour before the first of three days less six hours until the end: 67 hours.
        assertThat(ended.out()).contains("the election national-2029 adds $8.92 (");
    }

    @Test
    void severalAreAddedUp() throws IOException {
        var ended = shell.run("", "cost", "-f", "samples/minimal.yaml", "-f", "samples/full.yaml");
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains("default/southafrica (af-south-1)", "default/zambia (af-south-1)", "All 2 together: $");
    }

    @Test
    void inMarkdownItIsATable() throws IOException {
        var ended = shell.run(sample("us-east-1"), "cost", "-f", "-", "--output", "markdown");
        assertThat(ended.out())
                .contains(
                        "### Cost of `default/southafrica` a month\n",
                        "| NAT gateway | $32.85 | 1 at $0.045 per hour |");
    }

    @Test
    void aFileThatKubectlWouldRefuseHasNoEstimate() throws IOException {
        var ended = shell.run(sample("us-east-1").replace("image:", "imgae:"), "cost", "-f", "-");
        assertThat(ended.code()).isEqualTo(Cli.ERROR);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("did you mean image?", "There is no estimate.");
    }
}
