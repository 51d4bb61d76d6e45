package org.loupe.core.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Gaze;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.PictureException;

class CropsTest {

    private final Crops crops = new Crops(Nets.single(0), Tap.after("conv"));

    @Test
    void allFramesAreAsLargeAsThatOfTheMiddle() {
        assertEquals(3, crops.rows());
        assertEquals(3, crops.columns());
        assertEquals(new Crops.Crop(new ReceptiveField(4, 8, 6, 10), 0, 0), crops.of(5, 9));
    }

    @Test
    void whatIsBeyondTheUpperLeftEdgeStaysEmpty() {
        assertEquals(new Crops.Crop(new ReceptiveField(0, 0, 1, 1), 1, 1), crops.of(0, 0));
    }

    @Test
    void theEffectivePartMovesWithTheGazeAndIsCutOffAtTheEdges() {
        Network network = Nets.single(0);
        Tap tap = Tap.after("conv");
        Shape map = network.shape(network.layer("conv"));
        Gaze middle = Gaze.of(network, tap, map.rows() / 2, map.columns() / 2);
        int row = (int) middle.row();
        int column = (int) middle.column();
        Crops effective = Crops.effective(network, tap, new ReceptiveField(row - 1, column - 2, row + 1, column + 2));
        assertEquals(3, effective.rows());
        assertEquals(5, effective.columns());
        assertEquals(new Crops.Crop(new ReceptiveField(row - 1, column - 2, row + 1, column + 2), 0, 0),
                effective.of(map.rows() / 2, map.columns() / 2));
        assertEquals(new Crops.Crop(new ReceptiveField(0, 0, 1, 2), 1, 2), effective.of(0, 0));
        Shape picture = network.input().shape();
        assertEquals(picture.rows() - 1, effective.of(map.rows() - 1, 0).field().bottom());
        assertThrows(NetworkException.class, () -> effective.of(99, 0));
    }

    @Test
    void withoutAGradientCropsAreWhatPositionsCanSee() {
        Crops effective = Crops.effective(Nets.single(0), Tap.after("conv"), new ReceptiveField(0, 0, -1, -1));
        assertEquals(crops.of(0, 0), effective.of(0, 0));
        assertEquals(crops.of(5, 9), effective.of(5, 9));
    }

    @Test
    void aPositionThatIsNotThereIsRefused() {
        assertThrows(NetworkException.class, () -> crops.of(99, 0));
    }

    @Test
    void wholePicturesHaveTheirPartOutlined() throws PictureException {
        try (Session session = new ReferenceEngine().open(Nets.single(0))) {
            Batch sheet = new OverlaySheet(session, Tap.after("conv"), 1, crops).draw(new RandomPictures(10), Fitting.STRETCH,
                    List.of(new Example(2, 5, 9, 1), new Example(4, 0, 0, 1), new Example(5, 0, 0, 1)), 1, 2);
            int scale = 128 / Math.max(session.network().input().shape().rows(), session.network().input().shape().columns());
            assertEquals(2 * (session.network().input().shape().rows() * scale + 4) + 4, sheet.rows());
            for (int colour = 0; colour < 3; colour++) {
                assertEquals(1, sheet.at(0, colour, 4 + 4 * scale, 4 + 8 * scale), "the corner of the field");
                assertEquals(1, sheet.at(0, colour, 4 + 7 * scale - 1, 4 + 11 * scale - 1), "the other corner");
            }
        }
    }
}
