package org.loupe.core.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Unit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nets;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;

class EffectiveFieldTest {

    private static final EffectiveField FIELD = new EffectiveField();

    @TempDir
    Path folder;

    private final Network network = Nets.single(0);

    private EffectiveFields ask(int steps, String... units) {
        try (Session session = new ReferenceEngine().open(network)) {
            Material material = new Material(session, Optional.of(new Material.Pictures(new RandomPictures(9), folder)));
            return FIELD.run(material, new EffectiveField.Arguments(List.of(units), 9, Fitting.STRETCH),
                    (done, total, what) -> done < steps);
        }
    }

    @Test
    void itIsTheMeanSizeOfTheGradientAndLiesWithinWhatCanBeSeen() throws PictureException {
        EffectiveFields.Field field = ask(99, "conv:1").fields().get(0);
        assertEquals("conv:1@centre", field.unit());
        float[] expected = new float[field.gradient().length];
        RandomPictures set = new RandomPictures(9);
        int seen = 0;
        try (Session session = new ReferenceEngine().open(network)) {
            for (int i = 0; i < 9; i++) {
                if (i != RandomPictures.UNREADABLE) {
                    Batch gradient = session.gradient(set.read(i, Frame.of(network.input().shape(), Fitting.STRETCH)),
                            List.of(new ChannelObjective(Unit.parse("conv:1@centre"), true))).pictures();
                    for (int k = 0; k < gradient.values().length; k++) {
                        expected[k % expected.length] += Math.abs(gradient.values()[k]);
                    }
                    seen++;
                }
            }
        }
        for (int i = 0; i < expected.length; i++) {
            expected[i] /= seen;
        }
        assertArrayEquals(expected, field.gradient(), 1e-6f);
        int columns = network.input().shape().columns();
        for (int i = 0; i < expected.length; i++) {
            boolean isInside = i / columns >= field.theoretical().top() && i / columns <= field.theoretical().bottom()
                    && i % columns >= field.theoretical().left() && i % columns <= field.theoretical().right();
            assertTrue(isInside || field.gradient()[i] == 0, "pixel " + i + " cannot matter");
        }
    }

    @Test
    void theSquareIsTheSmallestThatHasMostOfIt() {
        float[] values = new float[100];
        values[44] = 90;
        values[45] = 3;
        values[55] = 3;
        values[0] = 4;
        assertEquals(new ReceptiveField(3, 3, 5, 5), EffectiveFields.boxOf(values, 10, 10));
        assertEquals(0, EffectiveFields.boxOf(new float[100], 10, 10).rows());
    }

    @Test
    void whatWasStoppedIsPartialAndWhatIsSavedIsReadBack() throws IOException {
        EffectiveFields partial = ask(2, "conv:0", "conv:1@1,2");
        assertTrue(partial.isPartial());
        assertEquals(2, partial.seen());
        FolderFiles files = new FolderFiles(folder);
        partial.save(files);
        EffectiveFields read = FIELD.load(files);
        assertEquals(partial.text(), read.text());
        assertArrayEquals(partial.fields().get(1).gradient(), read.fields().get(1).gradient());
        assertEquals(partial.fields().get(1).theoretical(), read.fields().get(1).theoretical());
    }

    @Test
    void withoutUnitsItIsSaidHowToNameThem() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ask(9)).getMessage().contains("conv:0"));
    }
}
