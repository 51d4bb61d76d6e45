package org.loupe.ui.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Family;
import org.loupe.core.facet.Judged.Verdict;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.jobs.Picture.Stage;

class ChannelFilterTest {

    private static final Picture FINE = new Picture(Stage.FINISHED, 1, 3, true, null, "");
    private static final Picture DEAD = new Picture(Stage.FINISHED, 1, 0, false, null, "");

    private static List<Integer> fitting(String text) {
        ChannelFilter filter = ChannelFilter.parse(text);
        return IntStream.range(0, 90).filter(channel -> filter.fits(channel, "", FINE)).boxed().toList();
    }

    @Test
    void nothingTypedLetsAllThrough() {
        assertEquals(90, fitting("  ").size());
        assertTrue(ChannelFilter.parse(" ").isEmpty());
    }

    @Test
    void numbersAndRangesAreUnited() {
        assertEquals(List.of(3, 70, 71, 72), fitting("70-72, 3"));
        assertEquals(List.of(7), fitting("7"));
        assertEquals(List.of(5, 6, 7), fitting("7 - 5"));
        assertEquals(List.of(5, 6), fitting("5–6"));
    }

    @Test
    void wordsSpeakOfTheState() {
        assertTrue(ChannelFilter.parse("dead").fits(1, "", DEAD));
        assertFalse(ChannelFilter.parse("dead").fits(1, "", FINE));
        assertTrue(ChannelFilter.parse("Missing").fits(1, "", Picture.MISSING));
        assertTrue(ChannelFilter.parse("2 missing").fits(2, "", FINE));
    }

    @Test
    void otherWordsArePartsOfLabels() {
        assertTrue(ChannelFilter.parse("do").fits(1, "Dog", FINE));
        assertFalse(ChannelFilter.parse("cat").fits(1, "Dog", FINE));
    }

    @Test
    void theStrongestComeFirstAndThoseWithoutAPictureLast() {
        List<Picture> pictures = List.of(Picture.MISSING, DEAD, FINE, Picture.UNKNOWN);
        assertEquals(List.of(2, 1, 0, 3),
                IntStream.range(0, 4).boxed().sorted(Order.SCORE.by(pictures::get, channel -> "",
                        channel -> Optional.empty(), channel -> Optional.empty())).toList());
        assertEquals(List.of(0, 1, 2, 3),
                IntStream.range(0, 4).boxed().sorted(Order.INDEX.by(pictures::get, channel -> "",
                        channel -> Optional.empty(), channel -> Optional.empty())).toList());
    }

    @Test
    void labelsAndFamiliesSortFromAToZAndTheRestComesLast() {
        List<String> labels = List.of("", "wheel", "Dog", "");
        Family curves = new Family("curves", "", "", List.of(new Unit("conv", 3), new Unit("conv", 0)));
        List<Optional<Family>> families =
                List.of(Optional.of(curves), Optional.empty(), Optional.of(Family.named("a")), Optional.of(curves));
        assertEquals(List.of(2, 1, 0, 3), sorted(Order.LABEL, labels, families));
        assertEquals(List.of(2, 3, 0, 1), sorted(Order.FAMILY, labels, families));
    }

    private static List<Integer> sorted(Order order, List<String> labels, List<Optional<Family>> families) {
        return IntStream.range(0, 4).boxed().sorted(order.by(channel -> FINE, labels::get, families::get,
                channel -> Optional.empty())).toList();
    }

    @Test
    void whatIsSeveralThingsComesFirstAndWhatWasNotJudgedLast() {
        List<Optional<Verdict>> verdicts = List.of(Optional.empty(), verdict(1, .9), verdict(2, .6), verdict(1, .2), verdict(3, .8));
        assertEquals(List.of(4, 2, 1, 3, 0), IntStream.range(0, 5).boxed().sorted(Order.SEVERAL.by(channel -> null, channel -> "",
                channel -> Optional.empty(), verdicts::get)).toList());
    }

    private static Optional<Verdict> verdict(int facets, double halves) {
        return Optional.of(new Verdict(new Unit("layer", 0), 40, List.of(), facets, facets > 1 ? halves : 0, halves, 1, 1));
    }
}
