package africa.mycandidate.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What somebody wrote into AWS is shown, and does nothing to whoever reads it. */
class ReportsTest {
    @Test
    void nothingMovesTheCursorOfATerminal() {
        assertThat(Reports.plain("a\u001b[2Jb\nc\u0007")).isEqualTo("a [2Jb c ");
    }

    @Test
    void anArnIsShownWithoutTheAccountAndRegionThatStandAtTheTop() {
        assertThat(Reports.plain("from arn:aws:ecs:af-south-1:123456789012:task-definition/app:7"))
                .isEqualTo("from task-definition/app:7");
    }

    @Test
    void nothingInMarkdownIsATagAMentionALinkOrTheEndOfACell() {
        assertThat(MarkdownReport.words("<img> @all #12 [x](y) a|b & `c` *d*"))
                .isEqualTo("&lt;img> &#64;all \\#12 \\[x\\](y) a\\|b &amp; \\`c\\` \\*d\\*");
        assertThat(MarkdownReport.code("a|b `<c>`")).isEqualTo("`a\\|b '<c>'`");
        assertThat(MarkdownReport.code("x".repeat(500))).hasSize(123);
    }
}
