package org.loupe.demo.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PartMap;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.Reading;

class DrawnPictureSetTest {

    private static final Frame FRAME = new Frame(3, 64, 64, Fitting.COVER, Frame.WHITE);

    private final DrawnPictureSet set = new DrawnPictureSet("few", 170, 20);

    @Test
    void thePicturesAreThoseOfTheGenerator() {
        Reading reading = set.read(3, 7, FRAME);
        assertEquals(List.of(3, 4, 5, 6), reading.indexes());
        Batch drawn = new PictureGenerator().batch(173, 4);
        assertArrayEquals(drawn.values(), reading.batch().orElseThrow().values());
        assertEquals(new Picture("dog/175", PictureClass.DOG.ordinal()), set.pictures().get(5));
        assertEquals("dog", set.classes().get(set.pictures().get(5).label()));
    }

    @Test
    void partsAndFactorsAreKnown() {
        LabelledPicture dog = set.drawn(5);
        PartMap parts = set.parts(5).orElseThrow();
        assertEquals(dog.partAt(30, 31).label(), parts.names().get(parts.at(30, 31)));
        assertTrue(IntStream.range(0, 64 * 64).anyMatch(pixel -> parts.at(pixel / 64, pixel % 64) == Part.DOG_HEAD.ordinal()));
        Map<String, String> factors = set.factors(5);
        assertEquals(dog.facts().facing().name().toLowerCase(Locale.ROOT), factors.get("facing"));
        assertEquals(dog.facts().scale(), Double.parseDouble(factors.get("scale")));
        assertEquals("", factors.get("radius"));
        assertEquals(set.drawn(1).facts().arcs().get(0).radius(), Double.parseDouble(set.factors(1).get("radius")));
        for (int index = 0; index < 20; index++) {
            assertEquals(factors.keySet(), set.factors(index).keySet());
        }
    }

    @Test
    void theHashTellsOtherSeedsAndCountsApart() {
        String hash = set.hash(Progress.NONE).orElseThrow();
        assertEquals(hash, new DrawnPictureSet("other name", 170, 20).hash(Progress.NONE).orElseThrow());
        assertNotEquals(hash, new DrawnPictureSet("few", 171, 20).hash(Progress.NONE).orElseThrow());
        assertNotEquals(hash, new DrawnPictureSet("few", 170, 19).hash(Progress.NONE).orElseThrow());
    }

    @Test
    void theContributedSetHasAsManyOfEachClass() {
        List<Picture> pictures = new FreshPictures().get().pictures();
        for (int label = 0; label < PictureClass.values().length; label++) {
            int wanted = label;
            assertEquals(200, pictures.stream().filter(picture -> picture.label() == wanted).count());
        }
    }
}
