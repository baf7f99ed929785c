package africa.mycandidate.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

class RecordNamesTest {
    @Test
    void namesAreLowerCaseWithoutLastDotOrEscapes() {
        assertThat(RecordNames.normal("\\052.SouthAfrica.example.ORG.")).isEqualTo("*.southafrica.example.org");
        assertThat(RecordNames.normal("_abc.example.org")).isEqualTo("_abc.example.org");
    }

    @Test
    void aNameIsInItsDomainOnlyByWholeLabels() {
        assertThat(RecordNames.isIn("_x.example.org", "example.org")).isTrue();
        assertThat(RecordNames.isIn("example.org", "example.org")).isTrue();
        assertThat(RecordNames.isIn("badexample.org", "example.org")).isFalse();
    }

    @Test
    void tagsReadAsText() {
        assertThat(RecordNames.text(Map.of("mycandidate.africa/stack", "ns/site", "mycandidate.africa/owner", "u-1")))
                .isEqualTo("\"mycandidate.africa/owner=u-1,mycandidate.africa/stack=ns/site\"");
    }

    @Test
    void anyTagComesBackAsItWas() {
        var tags = Map.of("a key", "1+1=2, \"50 %\" \\ é", "empty", "", "long", "x".repeat(600));
        var text = RecordNames.text(tags);
        assertThat(text.split("\" \""))
                .allSatisfy(part -> assertThat(part.length()).isLessThanOrEqualTo(256));
        var set = ResourceRecordSet.builder()
                .resourceRecords(ResourceRecord.builder().value(text).build())
                .build();
        assertThat(RecordNames.tags(set)).isEqualTo(tags);
    }
}
