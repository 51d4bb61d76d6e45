package org.loupe.core.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;

class ExampleSheetTest {

    private static final int SCALE = 22;
    private static final int GAP = 4;

    private final RandomPictures pictures = new RandomPictures(10);
    private final ExampleSheet sheet = new ExampleSheet(Nets.single(0), new Crops(Nets.single(0), Tap.after("conv")));
    private final Frame frame = Frame.of(Nets.single(0).input().shape(), Fitting.STRETCH);

    @Test
    void theFieldOfThePositionIsCutOutAndEnlarged() throws PictureException {
        Batch drawn = sheet.draw(pictures, Fitting.STRETCH, List.of(List.of(new Example(2, 5, 9, 1), new Example(4, 8, 8, 1)),
                List.of(new Example(1, 3, 3, 1))));
        assertEquals(2 * (3 * SCALE + GAP) + GAP, drawn.rows());
        assertEquals(2 * (3 * SCALE + GAP) + GAP, drawn.columns());
        Batch picture = pictures.read(2, frame);
        for (int channel = 0; channel < 3; channel++) {
            assertEquals(picture.at(0, channel, 4, 8), drawn.at(0, channel, GAP, GAP));
            assertEquals(picture.at(0, channel, 6, 10), drawn.at(0, channel, GAP + 3 * SCALE - 1, GAP + 3 * SCALE - 1));
            assertEquals(1, drawn.at(0, channel, 3 * SCALE + 2 * GAP + 1, 3 * SCALE + 2 * GAP + 1));
        }
    }

    @Test
    void whatLiesBeyondTheEdgeStaysEmpty() throws PictureException {
        Batch drawn = sheet.draw(pictures, Fitting.STRETCH, List.of(List.of(new Example(2, 0, 15, 1))));
        Batch picture = pictures.read(2, frame);
        assertEquals(1, drawn.at(0, 0, GAP, GAP));
        assertEquals(picture.at(0, 0, 0, 14), drawn.at(0, 0, GAP + SCALE, GAP));
        assertEquals(1, drawn.at(0, 0, GAP + SCALE, GAP + 2 * SCALE));
    }
}
