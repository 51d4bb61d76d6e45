package org.loupe.core.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.page.Figure.Axis;
import org.loupe.core.page.Figure.Bar;
import org.loupe.core.page.Figure.Line;
import org.loupe.core.page.Figure.Plate;
import org.loupe.core.page.Figure.Sample;
import org.loupe.core.page.Sheet.Box;
import org.loupe.core.page.Sheet.Picture;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;

class FigureTest {

    @Test
    void partsStandBelowEachOtherAndInsideOfThePage() {
        Sheet sheet = everything();
        double above = 0;
        for (String words : List.of("Everything", "A sentence", "name", "share of accuracy", "over chance", "one kernel")) {
            Text text = text(sheet, words);
            assertTrue(text.baseline() > above, words);
            above = text.baseline();
        }
        for (Sheet.Mark mark : sheet.marks()) {
            if (mark instanceof Text text) {
                double begin = text.left() - text.share() * Sheet.width(text);
                assertTrue(begin >= 0 && begin + Sheet.width(text) <= sheet.width() && text.baseline() < sheet.height(),
                        text.text());
            }
        }
    }

    @Test
    void barsBeginAtZeroAndAreAsLongAsTheirValues() {
        Sheet sheet = Figure.titled("Bars").bars(Axis.of("change"), List.of(Bar.of("falls", -2, 0xff0000),
                new Bar("rises", 4, 3, 5, 0x00ff00))).sheet();
        Box falls = box(sheet, 0xff0000);
        Box rises = box(sheet, 0x00ff00);
        assertEquals(falls.left() + falls.width(), rises.left(), 1e-6);
        assertEquals(2 * falls.width(), rises.width(), 1e-6);
        assertTrue(text(sheet, "4 [3, 5]").left() > rises.left() + rises.width());
    }

    @Test
    void aHistogramShowsSharesOfEachSample() {
        Sheet sheet = Figure.titled("Histogram").histogram(new Axis("score", 0, 4), 4,
                List.of(new Sample("few", new double[] {0.5, 0.6, 1.5, 3.5}, 0x112233))).sheet();
        double[] outline = sheet.marks().stream().filter(mark -> mark instanceof Stroke stroke && stroke.colour() == 0x112233)
                .map(mark -> ((Stroke) mark).points()).findFirst().orElseThrow();
        double zero = outline[1];
        assertEquals(2 * (zero - outline[7]), zero - outline[3], 1e-6); // half of them, and a quarter
        assertEquals(zero, outline[11], 1e-6);                          // none
    }

    @Test
    void anAxisOfAnglesHasEighthsOfATurn() {
        Sheet sheet = Figure.titled("Angles").lines(new Axis("turned by", 0, 360, 45), Axis.of("answer"), List.of(new Line("one",
                new double[] {0, 359}, new double[] {5, 4}, 0x445566, true))).sheet();
        for (String words : List.of("0", "45", "90", "135", "315", "360")) {
            text(sheet, words);
        }
    }

    @Test
    void placesThatAreNoNumbersAreLeftOutAndCutTheLine() {
        Sheet sheet = Figure.titled("Lines").lines(Axis.of("step"), Axis.of("loss"), List.of(new Line("one",
                new double[] {0, 1, 2, 3, 4}, new double[] {5, 4, Double.NaN, 2, 1}, 0x445566, true))).sheet();
        assertEquals(2, sheet.marks().stream().filter(mark -> mark instanceof Stroke stroke && stroke.colour() == 0x445566)
                .count());
    }

    @Test
    void numbersOfATableStandUnderEachOther() {
        Sheet sheet = Figure.titled("Table").table(List.of("name", "value"), List.of(List.of("a", "1.0"), List.of("b", "-12.5")))
                .sheet();
        assertEquals(1, text(sheet, "1.0").share());
        assertEquals(text(sheet, "1.0").left(), text(sheet, "-12.5").left());
        assertEquals(0, text(sheet, "a").share());
        assertThrows(IllegalArgumentException.class, () -> Figure.titled("Table").table(List.of("one"),
                List.of(List.of("1", "2"))));
    }

    @Test
    void aTableThatIsTooWideIsCutOff() {
        String long1 = "a very long cell ".repeat(20);
        Sheet sheet = Figure.titled("Table").table(List.of("name", "words"), List.of(List.of(long1, long1))).sheet();
        assertTrue(sheet.marks().stream().allMatch(mark -> !(mark instanceof Text text)
                || text.left() + Sheet.width(text) <= sheet.width()));
    }

    @Test
    void axesHaveRoundNumbers() {
        Chart.Scale scale = Chart.Scale.of(Axis.of("value"), new double[] {0.03, 0.97}, 0, 100);
        assertEquals(0.2, scale.step(), 1e-12);
        assertEquals(6, scale.ticks().length);
        assertEquals("0.4", Chart.number(scale.ticks()[2], scale.step()));
        assertEquals("0", Chart.number(-0.0, 5));
        Chart.Scale one = Chart.Scale.of(Axis.of("value"), new double[] {3, 3}, 0, 100);
        assertTrue(one.least() < 3 && one.greatest() > 3);
    }

    @Test
    void sheetsStandBelowEachOtherAsOne() {
        Sheet one = Figure.titled("One").paragraph("first").sheet();
        Sheet two = Figure.titled("Two").lines(Axis.of("step"), Axis.of("loss"), List.of(new Line("", new double[] {0, 1},
                new double[] {1, 2}, 0x010203, true))).sheet();
        Sheet both = Sheet.stacked(List.of(one, two));
        assertEquals(one.height() + two.height(), both.height(), 1e-9);
        assertEquals(text(two, "loss").baseline() + one.height(), text(both, "loss").baseline(), 1e-9);
        Sheet part = both.part(30, one.height(), 100, 100);
        assertEquals(text(two, "loss").baseline(), text(part, "loss").baseline(), 1e-9);
        assertEquals(text(two, "loss").left() - 30, text(part, "loss").left(), 1e-9);
    }

    static Sheet everything() {
        Batch kernel = new Batch(1, 1, 2, 2, new float[] {0, 0.3f, 0.6f, 1});
        return Figure.titled("Everything").paragraph("A sentence that is read.").remark("A remark.").heading("Numbers")
                .table(List.of("name", "value"), List.of(List.of("conv1:3", "0.25"), List.of("conv1:4", "-12.5")))
                .bars(Axis.of("share of accuracy"), List.of(new Bar("conv1:3", 0.4, 0.3, 0.5, Figure.COLOURS.get(0)),
                        new Bar("random", 0.1, -0.05, 0.2, Figure.COLOURS.get(1))))
                .lines(Axis.of("step"), Axis.of("loss"), List.of(
                        new Line("train", new double[] {0, 1, 2}, new double[] {3, 2, 1.5}, Figure.COLOURS.get(0), true),
                        new Line("test", new double[] {0, 1, 2}, new double[] {3.1, 2.4, 2}, Figure.COLOURS.get(1), false)))
                .histogram(Axis.of("over chance"), 10, List.of(new Sample("network", new double[] {1, 2, 3, 3, 4},
                        Figure.COLOURS.get(0)), new Sample("null", new double[] {0, 0.5, 1}, Sheet.MUTED)))
                .pictures(List.of(new Plate(kernel, "one kernel", true), new Plate(kernel, "another", false)), 5).sheet();
    }

    private static Text text(Sheet sheet, String words) {
        return sheet.marks().stream().filter(mark -> mark instanceof Text text && text.text().startsWith(words))
                .map(mark -> (Text) mark).findFirst().orElseThrow(() -> new AssertionError("nowhere: " + words));
    }

    private static Box box(Sheet sheet, int colour) {
        return sheet.marks().stream().filter(mark -> mark instanceof Box box && box.colour() == colour)
                .map(mark -> (Box) mark).findFirst().orElseThrow();
    }
}
