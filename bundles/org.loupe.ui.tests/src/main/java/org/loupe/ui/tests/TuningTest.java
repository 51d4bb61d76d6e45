package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.tuning.TuningView;

/** Stimuli that a person turns, and the answers of a layer. */
class TuningTest {

    private static final int LAST = 180;

    private static TuningView turned(Bench bench) {
        TuningView view = Ui.open(LoupeUi.TUNING, TuningView.class);
        Ui.select(bench.networks, new LayerInNetwork(bench.network, bench.network.layer("edges")));
        Ui.until("the layer is turned", () -> view.shown().isPresent());
        return view;
    }

    @Test
    void aSliderThatMovesChangesWhatEveryChannelAnswers() {
        Bench bench = Bench.on("tuned");
        TuningView view = turned(bench);
        assertEquals(72, view.shown().orElseThrow().answers().rows());
        float[] before = view.answers().orElseThrow();
        view.move("orientation", 90);
        Ui.until("the answers are others", () -> !Arrays.equals(before, view.answers().orElseThrow()));
        Ui.screenshot("tuning");
    }

    @Test
    void aSliderThatRunsEndsAtTheAnswerToWhereItIs() {
        Bench bench = Bench.on("slid");
        TuningView view = turned(bench);
        Map<Integer, float[]> answers = new HashMap<>();
        List<Long> times = new ArrayList<>();
        for (int degrees = 10; degrees <= LAST; degrees += 10) {
            float[] before = view.answers().orElseThrow();
            long start = System.nanoTime();
            view.move("orientation", degrees);
            Ui.until("the answers are others", () -> !Arrays.equals(before, view.answers().orElseThrow()));
            times.add((System.nanoTime() - start) / 1_000_000);
            answers.put(degrees, view.answers().orElseThrow());
        }
        long longest = 0;
        for (int degrees = 10; degrees <= LAST; degrees += 10) {
            long start = System.nanoTime();
            view.move("orientation", degrees);
            Ui.settle();
            longest = Math.max(longest, System.nanoTime() - start);
        }
        Ui.until("the answer is that to the last place", () -> Arrays.equals(answers.get(LAST), view.answers().orElseThrow()));
        Ui.settle();
        assertArrayEquals(answers.get(LAST), view.answers().orElseThrow());
        System.out.println("Slider moved, all channels of a layer answered: " + times.stream().sorted().toList()
                + " ms; while it runs, the window never worked for longer than " + longest / 1_000_000 + " ms");
    }

    @Test
    void theUnitThatIsSelectedElsewhereIsTheOneThatIsDrawn() {
        Bench bench = Bench.on("followed");
        TuningView view = turned(bench);
        Ui.until("the wall shows the layer", () -> bench.wall.getPartName().equals("Channels of edges"),
                bench.wall::getPartName);
        Ui.select(bench.wall, new UnitInNetwork(bench.network, new Unit("edges", 1)));
        Ui.until("the channel is selected", () -> view.channel().equals(OptionalInt.of(1)));
        assertEquals("Tuning edges:1", view.getPartName());
    }
}
