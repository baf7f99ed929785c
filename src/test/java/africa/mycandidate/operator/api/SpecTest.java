package africa.mycandidate.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

class SpecTest {

    @Test
    void theSamplesComeBackFromJavaAsTheyWere() throws Exception {
        var json = new ObjectMapper();
        var kubernetes = new KubernetesSerialization();
        for (var sample : List.of("minimal", "full", "existing-certificate", "adopt")) {
            var text = Files.readString(Path.of("samples", sample + ".yaml"));
            var object = kubernetes.unmarshal(text, MyCandidateDeployment.class);
            var written = json.readTree(kubernetes.asJson(object)).get("spec");
            assertThat(written)
                    .isEqualTo(json.readTree(kubernetes.asJson(kubernetes.unmarshal(text)))
                            .get("spec"));
        }
    }

    @Test
    void aFieldOfALaterVersionIsPassedOver() throws Exception {
        var spec = new ObjectMapper().readValue("{\"region\": \"af-south-1\", \"later\": {\"x\": 1}}", Spec.class);
        assertThat(spec.region()).isEqualTo("af-south-1");
    }

    @Test
    void theRegionsAreThoseOfTheSdk() {
        var ours = Arrays.stream(Regions.LIST.replace("'", "").split(", ")).collect(Collectors.toSet());
        var sdk = Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .filter(region -> Set.of("aws", "aws-cn", "aws-us-gov")
                        .contains(region.metadata().partition().id()))
                .map(Region::id)
                .collect(Collectors.toSet());
        assertThat(ours).isEqualTo(sdk);
    }

    @Test
    void aTimeZoneThatThereIsNotGetsASentence() {
        assertThat(SpecCheck.problems(spec("Africa/Johanesburg")))
                .containsExactly(
                        "spec.timeZone: there is no time zone Africa/Johanesburg; write an IANA name, such as Africa/Johannesburg");
        assertThat(SpecCheck.problems(spec("Africa/Lusaka"))).isEmpty();
        assertThat(SpecCheck.problems(spec(null))).isEmpty();
    }

    @Test
    void aDayThatThereIsNotGetsASentence() {
        var spec = "{'database': {'restoreFrom': {'instance': 'a', 'time': '%s'}}}".replace('\'', '"');
        assertThat(SpecCheck.problems(read(spec.formatted("2029-02-30T00:00"))))
                .containsExactly(
                        "spec.database.restoreFrom.time: there is no time 2029-02-30T00:00; write one as YYYY-MM-DDTHH:MM, such as 2029-05-28T06:30");
        assertThat(SpecCheck.problems(read(spec.formatted("2028-02-29T00:00")))).isEmpty();
    }

    private static Spec read(String spec) {
        try {
            return new ObjectMapper().readValue(spec, Spec.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Spec spec(String zone) {
        return new ObjectMapper().convertValue(zone == null ? Map.of() : Map.of("timeZone", zone), Spec.class);
    }
}
