package org.loupe.ui.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Chances;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Connections;
import org.loupe.core.circuit.Kernel;

class BuiltTest {

    private static final Unit HERE = new Unit("middle", 0);
    private static final Chances UNKNOWN = new Chances(HERE, Map.of(), 0, 0, 0);

    private static Connection below(int channel, float... weights) {
        return new Connection(new Unit("low", channel), HERE, new Kernel(1, weights.length, 0, 0, weights), "");
    }

    private static Connection above(int channel, float weight) {
        return new Connection(HERE, new Unit("high", channel), new Kernel(1, 1, 0, 0, new float[] {weight}), "");
    }

    private static Built built() {
        return Built.of(new Connections(List.of(below(0, 1), below(1, -3), below(2, 2), below(3, 3, 4, -8)),
                List.of("Same.", "Below.")), new Connections(List.of(above(5, -2), above(6, 6)), List.of("Same.")), UNKNOWN);
    }

    private static List<String> names(Line line) {
        return line.strongest().stream().map(connection -> line.other(connection).toString()).toList();
    }

    @Test
    void theStrongestComeFirstAndTheSumOfWeightsDecidesTheSide() {
        assertEquals(List.of("low:2", "low:0"), names(built().lines().get(0)));
        assertEquals(List.of("low:3", "low:1"), names(built().lines().get(1)));
        assertEquals(List.of("high:6", "high:5"), names(built().lines().get(2)));
    }

    @Test
    void kernelsOfOneDirectionHaveOneScale() {
        assertEquals(List.of(8.0, 8.0, 6.0), built().lines().stream().map(Line::extent).toList());
    }

    @Test
    void sharesAreOfAllThatIsReadOfEitherSign() {
        double all = 1 + 3 + 2 + Math.sqrt(9 + 16 + 64);
        assertEquals(2 / all, built().lines().get(0).share(1), 1e-9);
        assertEquals(3 / all, built().lines().get(0).share(9), 1e-9);
        assertEquals(1, built().lines().get(0).share(2) + built().lines().get(1).share(2), 1e-9);
        assertEquals("1 of 2, 75 % of the norms of all that read it", WeightRows.heading(built().lines().get(2), 1));
    }

    @Test
    void whatIsNoStrongerThanLuckIsTold() {
        Connection one = below(0, 1);
        Connection other = below(1, 2);
        Chances chances = new Chances(HERE, Map.of(one, new Chances.Chance(.4, .02, .1), other, new Chances.Chance(.02, .01, .1)),
                2, 9, 9);
        Built found = Built.of(new Connections(List.of(one, other), List.of()), new Connections(List.of(), List.of()), chances);
        assertTrue(found.lines().get(0).isLuck(one));
        assertFalse(found.lines().get(0).isLuck(other));
        assertTrue(found.remarks().get(0).startsWith("1 of 2 kernels"), found.remarks().toString());
    }

    @Test
    void chancesAreShortEnoughForATile() {
        assertEquals(List.of("<.01", ".01", ".35", ".99", "1"), List.of(WeightRows.shortly(.002), WeightRows.shortly(.01),
                WeightRows.shortly(.352), WeightRows.shortly(.994), WeightRows.shortly(1)));
    }

    @Test
    void nothingIsReadByNobody() {
        Built none = Built.of(new Connections(List.of(), List.of()), new Connections(List.of(), List.of()), UNKNOWN);
        assertEquals(0, none.lines().get(2).share(3));
        assertEquals("nothing above", WeightRows.heading(none.lines().get(2), 0));
    }

    @Test
    void keepsNoMoreThanAreEverShownAndSaysHowManyThereAre() {
        List<Connection> many = new ArrayList<>();
        for (int i = 0; i < 2 * Built.MOST; i++) {
            many.add(below(i, 1 + i));
        }
        Line line = Built.of(new Connections(many, List.of()), new Connections(List.of(), List.of()), UNKNOWN).lines().get(0);
        assertEquals(Built.MOST, line.strongest().size());
        assertEquals(2 * Built.MOST, line.count());
        assertTrue(line.share(Built.MOST) < 1);
    }

    @Test
    void aRemarkOfBothDirectionsIsMadeOnce() {
        assertEquals(List.of("Same.", "Below."), built().remarks());
    }
}
