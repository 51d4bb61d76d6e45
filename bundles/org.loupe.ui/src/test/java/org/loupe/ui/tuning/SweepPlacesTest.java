package org.loupe.ui.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.swt.graphics.RGB;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Sweep;
import org.loupe.core.tuning.Tuned;
import org.loupe.ui.widgets.Palette;

class SweepPlacesTest {

    private static final Sweep ORIENTATION = sweep(Parameter.angle("orientation", "Orientation", 360, 5));
    private static final Sweep RADIUS = sweep(Parameter.length("radius", "Radius", 2, 48, 14, 2));
    private static final SweepPlaces CIRCLE = new SweepPlaces(List.of(ORIENTATION), true, 600, 400);
    private static final SweepPlaces LINE = new SweepPlaces(List.of(RADIUS), false, 600, 400);
    private static final SweepPlaces MAP = new SweepPlaces(List.of(ORIENTATION, RADIUS), false, 600, 400);

    private static Sweep sweep(Parameter parameter) {
        return new Sweep(parameter, parameter.sweep());
    }

    @Test
    void everyStimulusIsFoundWhereItIsDrawn() {
        for (int i = 0; i < ORIENTATION.values().size(); i++) {
            double turn = CIRCLE.turn(ORIENTATION.values().get(i));
            assertEquals(Optional.of(List.of(i)), CIRCLE.at(CIRCLE.middleAcross() + .9 * CIRCLE.radius() * Math.cos(turn),
                    CIRCLE.middleDown() + .9 * CIRCLE.radius() * Math.sin(turn)));
            for (int j = 0; j < RADIUS.values().size(); j++) {
                assertEquals(Optional.of(List.of(i, j)), MAP.at(MAP.across(i), MAP.down(j)));
            }
        }
        for (int i = 0; i < RADIUS.values().size(); i++) {
            assertEquals(Optional.of(List.of(i)), LINE.at(LINE.across(i), 200));
        }
    }

    @Test
    void aPlaceBetweenTwoAnglesMeansTheNearerOneAlsoAcrossZero() {
        double turn = Math.toRadians(358.5);
        assertEquals(Optional.of(List.of(0)), CIRCLE.at(CIRCLE.middleAcross() + CIRCLE.radius() * Math.cos(turn),
                CIRCLE.middleDown() + CIRCLE.radius() * Math.sin(turn)));
    }

    @Test
    void besidesTheDrawingThereIsNoStimulus() {
        assertEquals(Optional.empty(), CIRCLE.at(CIRCLE.middleAcross(), CIRCLE.middleDown()));
        assertEquals(Optional.empty(), CIRCLE.at(599, 5));
        assertEquals(Optional.empty(), MAP.at(10, 200));
        assertEquals(Optional.empty(), LINE.at(300, 399));
    }

    @Test
    void axesHaveRoundValuesAndNoMoreThanThereIsRoomFor() {
        assertEquals(List.of(0.0, 90.0, 180.0, 270.0), SweepPlaces.ticks(ORIENTATION, 5));
        assertEquals(List.of(10.0, 20.0, 30.0, 40.0), SweepPlaces.ticks(RADIUS, 5));
        assertEquals(List.of(0.0, .5, 1.0), SweepPlaces.ticks(sweep(Parameter.share("ink", "Ink", .25)), 2));
        for (int most = 1; most < 20; most++) {
            assertTrue(SweepPlaces.ticks(RADIUS, most).size() <= most + 1, "at most " + most);
        }
    }

    @Test
    void aValueBetweenTwoOthersLiesBetweenThem() {
        assertEquals(Optional.of(3.0), SweepPlaces.index(RADIUS, 8));
        assertEquals(Optional.of(3.5), SweepPlaces.index(RADIUS, 9));
        assertEquals(Optional.empty(), SweepPlaces.index(RADIUS, 49));
    }

    @Test
    void aMapSaysWhatItsShadesMeanAndWhatPicturesEvoke() {
        float[] values = new float[2 * ORIENTATION.values().size() * RADIUS.values().size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = (float) i / values.length * 3.25f);
        values[values.length / 2 - 1] = 3.25f;
        Tuned tuned = new Tuned("curve", Setting.standard(List.of(ORIENTATION.parameter(), RADIUS.parameter())),
                List.of(ORIENTATION, RADIUS), List.of(new Unit("mixed3b", 7)),
                new Batch(2, 1, ORIENTATION.values().size(), RADIUS.values().size(), values), false);
        List<Mark> marks = TuningDrawing.of(tuned, 0, TuningDrawing.Kind.UNIT, new Palette(new RGB(255, 255, 255), new RGB(0, 0, 0)),
                600, 400, OptionalDouble.of(1.5));
        List<String> words = marks.stream().flatMap(mark -> mark instanceof Mark.Words one ? Stream.of(one.text()) : Stream.empty())
                .toList();
        assertTrue(words.containsAll(List.of("0", "3.25", "0°", "90°", "10 px", "Orientation", "Radius",
                "mixed3b:7; at 99 of 100 positions of pictures at most 1.50")), words.toString());
    }
}
