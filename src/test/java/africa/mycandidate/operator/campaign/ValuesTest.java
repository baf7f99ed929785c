package africa.mycandidate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.campaign.Values.Origin;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A field that nobody wrote a case for has values. */
class ValuesTest {
    private static final String SCHEMA = """
            type: object
            properties:
              mail:
                type: object
                required: [from]
                properties:
                  from: {type: string, maxLength: 20, description: "Sender, such as site@example.org."}
                  each: {type: integer, minimum: 1, maximum: 9}
                  how: {type: string, enum: [Plain, Rich]}
                x-kubernetes-validations:
                - {rule: "self.from.matches('^[a-z]+@[a-z.]+$')", message: "write an address"}
            """;

    private static List<Leaf> leaves() {
        return Leaf.of(Serialization.unmarshal(SCHEMA, JsonNode.class));
    }

    private static List<Object> of(String name) {
        var leaves = leaves();
        var values = Values.of(leaves, Map.of());
        var leaf = leaves.stream()
                .filter(one -> one.toString().equals(name))
                .findFirst()
                .orElseThrow();
        return values.of(leaf).stream().map(Values.Value::value).toList();
    }

    @Test
    void everyLeafIsFound() {
        assertThat(leaves()).extracting(Leaf::toString).containsExactly("mail.from", "mail.each", "mail.how");
        assertThat(leaves()).extracting(Leaf::required).containsExactly(true, false, false);
    }

    @Test
    void valuesComeFromTheSchema() {
        assertThat(of("mail.from")).contains("site@example.org", "a@a", "a".repeat(21), "", 1L);
        assertThat(of("mail.from")).as("as long as may be").contains("a@" + "a".repeat(18));
        assertThat(of("mail.each")).contains(0L, 1L, 2L, 8L, 9L, 10L, "many");
        assertThat(of("mail.how")).contains("Plain", "Rich", "site@example.org");
        var how = Values.of(leaves(), Map.of()).of(leaves().getLast());
        assertThat(how).filteredOn(one -> one.origin() == Origin.ENUM).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^db[.][a-z0-9-]+[.][a-z0-9]+$",
                "^([A-Z][A-Z]+|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2})$",
                "^[2-4][0-9]{2}(-[2-4][0-9]{2})?(,[2-4][0-9]{2})*$",
                "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^ ]+$",
                "^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*$"
            })
    void wordsOfAPatternMatchIt(String pattern) {
        assertThat(Regex.words(pattern)).isNotEmpty().allMatch(word -> word.matches(pattern));
        assertThat(Regex.words(pattern, 60)).allMatch(word -> word.length() == 60 && word.matches(pattern));
        assertThat(Regex.longest(pattern)).matches(pattern);
    }
}
