package africa.mycandidate.operator.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that ships as a command, over moto, without a cluster. That it ends with 0 where nothing changes is shown in OperatorIT, beside a stack that stands. */
class PlanIT {
    @TempDir
    Path folder;

    private String sample;

    /** The smallest sample, without the hosted zone, which no moto has. */
    @BeforeEach
    void sample() throws IOException {
        var text = Files.readString(Path.of("samples/minimal.yaml")).replace(", hostedZoneId: Z0123456789", "");
        sample = Files.writeString(folder.resolve("southafrica.yaml"), text).toString();
    }

    @Test
    void aNewStackEndsWithTwo() throws Exception {
        try (var moto = Moto.start()) {
            var text = Launcher.run(moto.environment(), "plan", "-f", sample);
            assertThat(text.code()).as(text.err()).isEqualTo(2);
            assertThat(text.err()).isEmpty();
            assertThat(text.out())
                    .startsWith("default/southafrica (account 123456789012, af-south-1)\n")
                    .contains("  + DbInstance/main\n", "Plan: 43 to create, 0 to change, 0 to delete")
                    .as("no colour where nobody looks")
                    .doesNotContain("\u001b");
            var json = Launcher.run(moto.environment(), "plan", "-f", sample, "--output", "json");
            assertThat(json.code()).isEqualTo(2);
            assertThat(new ObjectMapper()
                            .readTree(json.out())
                            .at("/deployments/0/summary/create")
                            .asInt())
                    .isEqualTo(43);
            var markdown = Launcher.run(moto.environment(), "plan", "-f", sample, "--output=markdown");
            assertThat(markdown.out()).startsWith("### Plan for `default/southafrica`\n");
        }
    }

    @Test
    void errorsEndWithOneAndPrintNoPlan() throws Exception {
        var nobody = Map.of("AWS_EC2_METADATA_DISABLED", "true", "HOME", folder.toString());
        errs(nobody, "there are no AWS credentials", "plan", "-f", sample);
        errs(
                Map.of(),
                "there is no such file",
                "plan",
                "-f",
                folder.resolve("none.yaml").toString());
        var typo = Files.writeString(
                folder.resolve("typo.yaml"), Files.readString(Path.of(sample)).replace("image:", "imgae:"));
        errs(Map.of(), "did you mean image?", "plan", "-f", typo.toString());
        errs(Map.of(), "Usage: mycandidate plan", "apply");
    }

    private static void errs(Map<String, String> environment, String sentence, String... arguments) throws Exception {
        var ended = Launcher.run(environment, arguments);
        assertThat(ended.code()).as(ended.out()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(sentence);
    }
}
