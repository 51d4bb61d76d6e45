package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.tuning.TuningView;

/** Stimuli that a person turns, and the answers of a layer. */
class TuningTest {

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
