package africa.mycandidate.operator.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.reconcile.Costs;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sheet that is shipped. */
class PriceSheetTest {
    private static final Set<String> UNITS = Set.of(
            "per hour",
            "per vCPU-hour",
            "per GB-hour",
            "per GB-month",
            "per GB",
            "per LCU-hour",
            "per address-hour",
            "each per month");

    private static List<String> lines() throws IOException {
        try (var file = PriceSheet.class.getResourceAsStream("prices.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        }
    }

    @Test
    void eachPriceHasAUnitASourceAndADay() throws IOException {
        assertThat(lines()).isNotEmpty().allSatisfy(line -> {
            var cells = line.split("\t");
            assertThat(cells[0]).matches("[a-z]{2}-[a-z]+-\\d");
            assertThat(UNITS).contains(cells[2]);
            assertThat(Double.parseDouble(cells[3])).isPositive().isLessThan(50);
            assertThat(cells[4]).hasSizeGreaterThan(10);
            assertThat(LocalDate.parse(cells[5])).isAfter("2026-01-01");
        });
    }

    @Test
    void nothingOfTheSamplesIsWithoutAPriceInTheReferenceRegion() throws IOException {
        try (var samples = Files.list(Path.of("samples"))) {
            for (var sample : samples.filter(
                            file -> file.toString().matches(".*/(minimal|full|existing-certificate)\\.yaml"))
                    .toList()) {
                var resource = Serialization.unmarshal(Files.readString(sample), MyCandidateDeployment.class);
                assertThat(Costs.of(resource).unknown()).as(sample.toString()).isEmpty();
            }
        }
    }

    @Test
    void twoPricesForOneThingAreRefused() {
        var line = "us-east-1\talb-hour\tper hour\t0.0225\ta page\t2026-01-01\n";
        assertThatThrownBy(() -> PriceSheet.of("heading\n" + line + line)).hasMessageContaining("a second price");
    }
}
