package africa.mycandidate.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class CrdFileTest {

    @Test
    void theCrdThatShipsIsTheOneThatTheRecordsGive() throws Exception {
        assertThat(Files.readString(CrdFile.SHIPPED))
                .as("crds/ is stale: run CrdFile after mvn process-classes, and commit what it writes")
                .isEqualTo(CrdFile.text());
    }
}
