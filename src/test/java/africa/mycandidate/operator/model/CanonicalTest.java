package africa.mycandidate.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalTest {
    record Pair(Object left, Object right) {}

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(null, "-"),
                Arguments.of("a\"b\\", "\"a\\\"b\\\\\""),
                Arguments.of(7, "7"),
                Arguments.of(true, "true"),
                Arguments.of(List.of("b", "a"), "[\"b\",\"a\"]"),
                Arguments.of(Set.of("b", "a"), "(\"a\",\"b\")"),
                Arguments.of(Map.of("b", 1, "a", 2), "{\"a\":2,\"b\":1}"),
                Arguments.of(new Pair("x", null), "Pair(left=\"x\",right=-)"),
                Arguments.of(Ref.of("id"), "Known(value=\"id\")"),
                Arguments.of(String.class, "String"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void oneTextForOneValue(Object value, String text) {
        assertThat(Canonical.text(value)).isEqualTo(text);
    }

    @Test
    void theOrderOfSetsAndMapsMakesNoDifference() {
        var words = new ArrayList<>(Arrays.asList("c", "a", "b"));
        var one = new LinkedHashMap<String, Object>();
        var other = new LinkedHashMap<String, Object>();
        for (var word : words) one.put(word, new LinkedHashSet<>(words));
        for (var word : words.reversed()) other.put(word, new LinkedHashSet<>(words.reversed()));
        assertThat(Canonical.hash(new Pair(one, 1))).isEqualTo(Canonical.hash(new Pair(other, 1)));
    }

    @Test
    void differentValuesHaveDifferentTexts() {
        assertThat(Stream.of(
                                null,
                                "-",
                                "",
                                "null",
                                List.of(),
                                List.of(""),
                                Set.of(),
                                Map.of(),
                                new Pair("a", "b"),
                                new Pair("a,b", null),
                                new Pair(null, "a"))
                        .map(Canonical::text))
                .doesNotHaveDuplicates();
    }

    /** A change of this constant changes names and tokens of every stack that exists. */
    @Test
    void theHashNeverChanges() {
        assertThat(Canonical.hash(new Pair("mycandidate", Map.of("a", 1))))
                .isEqualTo("66b43b684e8a38bcf30ee6e424d37f97af3c740118572326ba84a11c6ecef944");
    }
}
