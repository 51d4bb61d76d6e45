package org.loupe.core.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.page.Sheet;
import org.loupe.core.page.Sheet.Picture;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Sweep;

class TuningFiguresTest {

    private static final Parameter ANGLE = Parameter.angle("orientation", "Orientation", 360, 90);
    private static final Parameter RADIUS = Parameter.length("radius", "Radius", 2, 6, 4, 2);
    private static final Parameter INK = Parameter.share("ink", "Ink", .25);

    /** One unit that answers only 270 degrees at the smallest radius. */
    private static Sheet sheet() {
        Batch answers = Batch.zeros(2, 1, 4, 3);
        answers.values()[answers.index(0, 0, 3, 0)] = 2;
        return new Tuned("curve", Setting.standard(List.of(ANGLE, RADIUS, INK)), List.of(new Sweep(ANGLE, ANGLE.sweep()),
                new Sweep(RADIUS, RADIUS.sweep())), List.of(new Unit("mixed3b", 7)), answers, false).sheets().get(0);
    }

    @Test
    void twoParametersAreAMapWithTheFirstToTheRightAndTheSecondUpwards() {
        Picture map = sheet().marks().stream().flatMap(mark -> mark instanceof Picture one ? Stream.of(one) : Stream.empty())
                .findFirst().orElseThrow();
        assertTrue(map.width() > map.height(), "wider than tall, though there are few radii");
        Batch pixels = map.pixels();
        assertEquals(1, pixels.at(0, 1, 0, pixels.columns() - 1), 0, "white at the largest radius");
        assertEquals(1, pixels.at(0, 1, pixels.rows() - 1, 0), 0, "white at no degrees");
        assertTrue(pixels.at(0, 1, pixels.rows() - 1, pixels.columns() - 1) < .2, "full red at the lower right");
    }

    @Test
    void onlyWhatDoesNotVaryIsSaidToBeHeldFixed() {
        String words = sheet().marks().stream().flatMap(mark -> mark instanceof Sheet.Text one ? Stream.of(one.text())
                : Stream.empty()).collect(Collectors.joining(" "));
        assertTrue(words.contains("Held fixed: ink 0.25. Answers"), words);
        assertTrue(words.contains("From left to right: orientation (degrees), 0 to 270. Upwards: radius, 2 to 6."), words);
        assertFalse(words.contains("orientation 0,"), words);
    }
}
