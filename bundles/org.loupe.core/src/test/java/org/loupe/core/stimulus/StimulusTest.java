package org.loupe.core.stimulus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;

class StimulusTest {

    private static final int SIZE = 33;
    private static final double MIDDLE = 16;

    @Test
    void everyFamilyPaintsTheSameColoursEveryTimeAndNeverLeavesTheirRange() {
        Families.builtIn().byName().forEach((name, family) -> {
            Stimulus stimulus = standard(family, "");
            Batch picture = painted(stimulus, MIDDLE, MIDDLE);
            assertEquals(picture, painted(stimulus, MIDDLE, MIDDLE), name);
            boolean varied = false;
            for (float value : picture.values()) {
                assertTrue(value >= 0 && value <= 1, name + " paints " + value);
                varied |= value != picture.values()[0];
            }
            assertTrue(varied, name + " paints nothing");
        });
    }

    @Test
    void everyParameterOfEveryFamilyCanBeSweptFromEndToEnd() {
        Families.builtIn().byName().forEach((name, family) -> {
            for (Parameter parameter : Stimulus.parameters(family, SIZE)) {
                List<Double> sweep = parameter.sweep();
                assertTrue(sweep.size() > 1, name + " has nothing to vary " + parameter.name() + " by");
                Setting standard = Setting.standard(Stimulus.parameters(family, SIZE));
                for (double value : List.of(sweep.get(0), sweep.get(sweep.size() - 1))) {
                    for (float colour : painted(new Stimulus(family, standard.with(parameter, value)), MIDDLE, MIDDLE)
                            .values()) {
                        assertTrue(colour >= 0 && colour <= 1, name + " with " + parameter.name() + " " + value);
                    }
                }
            }
        });
    }

    @Test
    void aQuarterTurnOfTheOrientationTurnsThePictureByAQuarter() {
        for (String name : List.of("curve", "corner", "line", "edge", "grating", "high-low", "spiral")) {
            StimulusFamily family = Families.builtIn().find(name);
            Batch upright = painted(standard(family, "orientation=20"), MIDDLE, MIDDLE);
            Batch turned = painted(standard(family, "orientation=110"), MIDDLE, MIDDLE);
            for (int row = 0; row < SIZE; row++) {
                for (int column = 0; column < SIZE; column++) {
                    assertEquals(upright.at(0, 0, row, column), turned.at(0, 0, column, SIZE - 1 - row), 1e-4,
                            name + " at " + row + "," + column);
                }
            }
        }
    }

    @Test
    void aStrokeCoversAsManyPixelsAsItIsLargeWhereverItLies() {
        double[] places = {0, .25, .5, .77};
        for (double place : places) {
            Batch line = painted(standard(new Line(), "orientation=0 length=12 width=2.5 ink=1 ground=0"), MIDDLE + place,
                    MIDDLE);
            double across = 0;
            for (int row = 0; row < SIZE; row++) {
                across += line.at(0, 0, row, (int) MIDDLE);
            }
            assertEquals(2.5, across, 1e-5);
            Batch disc = painted(standard(new Patch(), "radius=9 ink=1 ink-saturation=0 ground=0"), MIDDLE + place,
                    MIDDLE - place);
            double area = 0;
            for (int i = 0; i < disc.area(); i++) {
                area += disc.values()[i];
            }
            assertEquals(Math.PI * 81, area, 1);
        }
    }

    @Test
    void theCurvePassesThroughTheMiddleAndItsCentreLiesOppositeToTheOrientation() {
        Batch down = painted(standard(new Curve(), "orientation=90 radius=8 width=2 arc=180 ink=1 ground=0"), MIDDLE, MIDDLE);
        assertEquals(1, down.at(0, 0, 16, 16), 1e-6);
        assertEquals(1, down.at(0, 0, 9, 8), .1);
        assertEquals(1, down.at(0, 0, 9, 24), .1);
        assertEquals(0, down.at(0, 0, 0, 16), 0);
        assertEquals(0, down.at(0, 0, 20, 16), 0);
        assertEquals(0, down.at(0, 0, 8, 16), 0, "the disc is not filled");
        assertEquals(1, painted(standard(new Curve(), "orientation=90 radius=8 fill=1 ink=1 ground=0"), MIDDLE, MIDDLE)
                .at(0, 0, 8, 16), 0);
    }

    @Test
    void aSpiralIsThereWhereItsEquationSays() {
        Batch spiral = painted(standard(new Spiral(), "orientation=0 start=2 growth=6 turns=2 width=2 ink=1 ground=0"),
                MIDDLE, MIDDLE);
        for (double turn : new double[] {.125, .25, .6, 1, 1.5, 1.9}) {
            double radius = 2 + 6 * turn;
            int row = (int) Math.rint(MIDDLE + radius * Math.sin(2 * Math.PI * turn));
            int column = (int) Math.rint(MIDDLE + radius * Math.cos(2 * Math.PI * turn));
            assertTrue(spiral.at(0, 0, row, column) > .5, "nothing at turn " + turn);
        }
        assertEquals(0, spiral.at(0, 0, 16, 27), 0, "there is something between the windings");
    }

    @Test
    void coloursAreThoseOfTheirHueAndGreyNetworksSeeTheirLuminance() {
        Stimulus green = standard(new Patch(), "ink-hue=120 ink=.8 ground=.25 ground-hue=240 ground-saturation=1");
        Batch picture = painted(green, MIDDLE, MIDDLE);
        assertArrayEquals(new float[] {0, .8f, 0}, new float[] {picture.at(0, 0, 16, 16), picture.at(0, 1, 16, 16),
            picture.at(0, 2, 16, 16)}, 1e-6f);
        assertArrayEquals(new float[] {0, 0, .25f}, new float[] {picture.at(0, 0, 0, 0), picture.at(0, 1, 0, 0),
            picture.at(0, 2, 0, 0)}, 1e-6f);
        Batch grey = Batch.zeros(1, 1, SIZE, SIZE);
        green.paint(grey, 0, MIDDLE, MIDDLE);
        assertEquals(.8 * .587, grey.at(0, 0, 16, 16), 1e-6);
        assertThrows(IllegalArgumentException.class, () -> green.paint(Batch.zeros(1, 2, SIZE, SIZE), 0, 0, 0));
    }

    @Test
    void settingsAndSweepsAreReadAsTheyAreWritten() {
        List<Parameter> parameters = Stimulus.parameters(new Curve(), 64);
        Setting setting = Setting.parse("radius=10, width=2 orientation=-90", parameters);
        assertEquals(270, setting.of("orientation"));
        assertEquals(setting, Setting.parse(setting.toString(), parameters));
        assertEquals(36, Sweep.parse("orientation=0:350:10", parameters).values().size());
        assertEquals(36, Sweep.parse("orientation=0:360:10", parameters).values().size(), "360 degrees are 0 degrees");
        assertEquals(List.of(5.0, 10.0, 20.0), Sweep.parse("radius=5,10,20", parameters).values());
        assertTrue(Sweep.parse("orientation", parameters).isCircle());
        assertTrue(!Sweep.parse("orientation=0:90:5", parameters).isCircle());
        assertTrue(!Sweep.parse("radius", parameters).isCircle());
        Sweep sweep = Sweep.parse("radius=4:20:3", parameters);
        assertEquals(sweep, Sweep.parse(sweep.toString(), parameters));
    }

    @Test
    void whatMakesNoSenseIsRefusedWithAWordAboutWhatDoes() {
        List<Parameter> parameters = Stimulus.parameters(new Curve(), 64);
        Map.of("radios=3", "Did you mean radius?", "radius=3000", "it goes from 2 to 48 px", "radius=wide", "write a number",
                "radius", "Write name=value").forEach((text, message) -> assertTrue(
                        assertThrows(IllegalArgumentException.class, () -> Setting.parse(text, parameters)).getMessage()
                                .contains(message), text));
        for (String text : List.of("radius=3:2", "radius=3:9:0", "radius=1:2:3:4", "radius=", "rad", "radius=2:40:.00001")) {
            assertThrows(IllegalArgumentException.class, () -> Sweep.parse(text, parameters), text);
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Families.builtIn().find("curv")).getMessage()
                .contains("Did you mean curve?"));
        assertThrows(IllegalArgumentException.class, () -> new Parameter("Wide", "", "", 0, 1, 0, 1, false));
        assertThrows(IllegalArgumentException.class, () -> new Parameter("wide", "", "", 0, 1, 2, 1, false));
    }

    @Test
    void aGridHasEveryCombinationTheLastSweepFastest() {
        List<Parameter> parameters = Stimulus.parameters(new Curve(), 64);
        List<Stimulus> grid = Stimulus.grid(new Curve(), Setting.standard(parameters),
                List.of(Sweep.parse("orientation=0:90:45", parameters), Sweep.parse("radius=5,10", parameters)));
        assertEquals(List.of(5.0, 10.0, 5.0, 10.0, 5.0, 10.0),
                grid.stream().map(stimulus -> stimulus.setting().of("radius")).toList());
        assertEquals(90, grid.get(5).setting().of("orientation"));
        assertNotEquals(painted(grid.get(0), MIDDLE, MIDDLE), painted(grid.get(1), MIDDLE, MIDDLE));
    }

    private static Stimulus standard(StimulusFamily family, String text) {
        return new Stimulus(family, Setting.parse(text, Stimulus.parameters(family, SIZE)));
    }

    private static Batch painted(Stimulus stimulus, double row, double column) {
        Batch batch = Batch.zeros(1, 3, SIZE, SIZE);
        stimulus.paint(batch, 0, row, column);
        return batch;
    }
}
