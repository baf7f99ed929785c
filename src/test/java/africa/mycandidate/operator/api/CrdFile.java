package africa.mycandidate.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The CRD as it ships: what the Maven plugin generates, with the columns in the order in which they are declared. The generator sorts them by their path, and
 * kubectl shows them as they stand in the CRD.
 */
public final class CrdFile {
    static final Path SHIPPED = Path.of("crds", "mycandidatedeployments.deploy.mycandidate.africa-v1.yml");
    private static final Path GENERATED = Path.of("target", "crds", "mycandidatedeployments.deploy.mycandidate.africa-v1.yml");
    private static final Pattern COLUMN = Pattern.compile(" {4}- jsonPath: .*\\n {6}name: \"(.*)\"\\n {6}priority: .*\\n {6}type: .*\\n");

    /** Writes the file that ships, after mvn process-classes. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(SHIPPED, text());
    }

    static String text() throws IOException {
        var generated = Files.readString(GENERATED);
        var columns = COLUMN.matcher(generated).results().toList();
        var order = names();
        var sorted = columns.stream()
                .sorted(Comparator.comparingInt(column -> order.indexOf(column.group(1))))
                .map(column -> column.group())
                .reduce("", String::concat);
        return generated.substring(0, columns.getFirst().start()) + sorted
                + generated.substring(columns.getLast().end());
    }

    private static List<String> names() {
        return Arrays.stream(MyCandidateDeployment.class.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
    }

    private CrdFile() {}
}
