package africa.mycandidate.operator.cost;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.reconcile.Costs;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The application's own estimate of a normal month in us-east-1 beside ours, line by line. It is printed; the sums are what they are. */
class ReferenceTableTest {
    private static final double FAR = 0.25;

    /** @param ours the lines of our estimate that the reference's one stands for @param why it differs by more than a quarter, or empty */
    private record Row(String reference, double dollars, List<String> ours, String why) {}

    private static final List<Row> TABLE = List.of(
            new Row("Fargate", 30, List.of("Fargate tasks"), ""),
            new Row("RDS", 50, List.of("RDS instance", "RDS storage"), ""),
            new Row("ElastiCache", 12, List.of("ElastiCache nodes"), ""),
            new Row("load balancer", 20, List.of("Load balancer"), ""),
            new Row("NAT", 35, List.of("NAT gateway"), ""),
            new Row(
                    "other (S3, Secrets)",
                    5,
                    List.of("Secrets"),
                    "the reference counts S3, where only what is stored is paid, and this spec has no bucket"));
    /** What the reference leaves out. */
    private static final List<String> APART = List.of("Public IPv4 addresses", "CloudWatch alarms");

    @Test
    void eachLineIsNearOrExplained() throws Exception {
        var sample = Files.readString(Path.of("samples/minimal.yaml")).replaceAll("region: .*", "region: us-east-1");
        var estimate = Costs.of(Serialization.unmarshal(sample, MyCandidateDeployment.class));
        var ours = new java.util.TreeMap<String, BigDecimal>();
        estimate.lines().forEach(line -> ours.put(line.name(), line.monthly()));
        assertThat(estimate.elsewhere()).isEmpty();
        var named = new ArrayList<>(APART);
        for (var row : TABLE) {
            named.addAll(row.ours());
            var dollars = sum(row.ours(), ours);
            System.out.printf("%-22s ~$%.0f, ours $%.2f %s%n", row.reference(), row.dollars(), dollars, row.why());
            if (row.why().isEmpty())
                assertThat(Math.abs(dollars / row.dollars() - 1))
                        .as(row.reference())
                        .isLessThanOrEqualTo(FAR);
        }
        for (var name : APART) System.out.printf("%-22s not in it, ours $%.2f%n", name, ours.get(name));
        System.out.printf("%-22s ~$150, ours %s%n", "together", Estimate.dollars(estimate.monthly()));
        assertThat(named).containsExactlyInAnyOrderElementsOf(ours.keySet());
    }

    private static double sum(List<String> names, Map<String, BigDecimal> ours) {
        return names.stream().mapToDouble(name -> ours.get(name).doubleValue()).sum();
    }
}
