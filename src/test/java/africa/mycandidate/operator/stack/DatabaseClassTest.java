package africa.mycandidate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same numbers as in the rule of the spec, which refuses one connection more (Refusals, "more connections than the class has"). */
class DatabaseClassTest {
    @ParameterizedTest
    @CsvSource({
        "db.t3.micro, 112, 84",
        "db.t3.small, 225, 169",
        "db.t3.medium, 450, 338",
        "db.m7g.large, 901, 676",
        "db.r6g.large, 1802, 1352",
        "db.r5.4xlarge, 5000, 3750"
    })
    void roomIsThreeQuartersOfTheConnections(String name, int connections, int room) {
        assertThat(DatabaseClass.connections(name)).hasValue(connections);
        assertThat(DatabaseClass.room(name)).hasValue(room);
    }

    @ParameterizedTest
    @CsvSource({"db.x9.huge", "db.t3", "small"})
    void ofAClassThatIsNotListedNothingIsSaid(String name) {
        assertThat(DatabaseClass.connections(name)).isEmpty();
        assertThat(DatabaseClass.room(name)).isEmpty();
    }
}
