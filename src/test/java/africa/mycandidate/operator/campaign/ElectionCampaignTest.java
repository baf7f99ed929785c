package africa.mycandidate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Elections under trouble; {@code make sim ELECTIONS=500} lives more of them. */
class ElectionCampaignTest {
    private static final int SEEDS = Integer.getInteger("simulation.elections", 6);

    @Test
    void capacityIsUpAndNothingDisturbsInEveryOne() {
        assertThat(ElectionCampaign.live(1, SEEDS)).isTrue();
    }
}
