package org.loupe.core.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.loupe.core.page.Sheet.Box;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.UnitPage.OfClass;
import org.loupe.core.page.UnitPage.Statistics;

class UnitAnswersTest {

    private static final double[] SHARES = {0.1, 0.9, 0, 1e-9};

    private static Statistics statistics(int classes) {
        return new Statistics("", -1, 3, SHARES, IntStream.range(0, classes)
                .mapToObj(i -> new OfClass("class " + i, 1 - (double) i / classes)).toList());
    }

    private static List<String> words(List<Mark> marks) {
        return marks.stream().flatMap(mark -> mark instanceof Sheet.Text text ? Stream.of(text.text()) : Stream.empty()).toList();
    }

    @Test
    void theBestClassesAreShownAndTheWorstOfAll() {
        List<String> words = words(UnitAnswers.marks(statistics(20), 0, 0, 360, 150));
        assertTrue(words.containsAll(List.of("class 0", "1.00", "class 1", "class 19", "0.05", "chance")), words.toString());
        assertTrue(!words.contains("class 18"), words.toString());
    }

    @Test
    void everyPositionThatOccursHasABarHoweverRareAndNothingLeavesItsRoom() {
        List<Mark> marks = UnitAnswers.marks(statistics(5), 10, 20, 370, 170);
        List<Box> boxes = marks.stream().flatMap(mark -> mark instanceof Box box ? Stream.of(box) : Stream.empty()).toList();
        assertEquals(3 + 5, boxes.size());
        for (Box box : boxes) {
            assertTrue(box.left() >= 10 && box.left() + box.width() <= 370 && box.top() >= 20 && box.top() + box.height() <= 170,
                    box.toString());
        }
    }

    @Test
    void withoutClassesTheDistributionHasTheWholeRoomAndWithoutRoomNothingIsDrawn() {
        assertTrue(words(UnitAnswers.marks(statistics(0), 0, 0, 360, 150)).stream().noneMatch("chance"::equals));
        assertEquals(List.of(), UnitAnswers.marks(statistics(5), 0, 0, 360, 20));
    }
}
