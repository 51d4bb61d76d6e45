package org.loupe.ui.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Recipe;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;
import org.loupe.core.visualize.Visualized.Detail;

class InquiryTest {

    private static final Recipe RECIPE = recipe("one");

    private static Recipe recipe(String analysis) {
        return new Recipe(analysis, new TreeMap<>(), "", "", "", "", "");
    }

    private static Visualized result(boolean isPartial) {
        return new Visualized(Batch.zeros(1, 3, 2, 2),
                List.of(new Detail("a:0", "", new double[] {1}, 1, 0, true)), 10, isPartial);
    }

    private static Inquiry<Visualize.Arguments, Visualized> unanswered() {
        return new Inquiry<>(new Question<>(null, Visualize.Arguments.of("a:0"), null, 1), RECIPE, Optional.empty(), 2,
                false);
    }

    @Test
    void whatGrowsElsewhereIsBeingWorkedOn() {
        var inquiry = unanswered();
        assertTrue(inquiry.hear(new Finding<>(result(true), RECIPE, null, 0.25)));
        assertTrue(inquiry.isWorking());
        assertEquals(0.25, inquiry.share());
        assertFalse(inquiry.isAnswered());
    }

    @Test
    void theAnswerEndsTheWork() {
        var inquiry = unanswered();
        inquiry.begin();
        assertEquals("Waiting for its turn", inquiry.progress());
        inquiry.hear(new Finding<>(result(false), RECIPE, null));
        assertFalse(inquiry.isWorking());
        assertTrue(inquiry.isAnswered());
    }

    @Test
    void aPartialAnswerCanStillBeMadeWhole() {
        var inquiry = unanswered();
        inquiry.begin();
        inquiry.hear(new Finding<>(result(true), RECIPE, null));
        inquiry.hear(new Findings.Ended(RECIPE.question(), null));
        assertTrue(inquiry.finding().isPresent());
        assertFalse(inquiry.isAnswered() || inquiry.isWorking());
    }

    @Test
    void aProblemIsKeptUntilItIsTriedAgain() {
        var inquiry = unanswered();
        inquiry.begin();
        RuntimeException problem = new RuntimeException("disk full");
        inquiry.hear(new Findings.Ended(RECIPE.question(), problem));
        assertEquals(Optional.of(problem), inquiry.problem());
        assertFalse(inquiry.isWorking());
        inquiry.begin();
        assertEquals(Optional.empty(), inquiry.problem());
    }

    @Test
    void otherQuestionsAreNotItsBusiness() {
        var inquiry = unanswered();
        assertFalse(inquiry.hear(new Finding<>(result(false), recipe("other"), null)));
        assertFalse(inquiry.hear(new Findings.Ended(recipe("other").question(), null)));
        assertEquals(Optional.empty(), inquiry.finding());
    }
}
