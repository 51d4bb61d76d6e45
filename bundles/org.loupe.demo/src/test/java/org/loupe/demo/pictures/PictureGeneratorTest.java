package org.loupe.demo.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.loupe.core.Batch;

class PictureGeneratorTest {

    private static final int SIZE = LabelledPicture.SIZE;

    private final PictureGenerator generator = new PictureGenerator();

    @Test
    void theSameSeedsGiveTheSamePicturesOnEveryMachine() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int seed = 0; seed < 510; seed++) {
            LabelledPicture picture = generator.picture(seed);
            digest.update(picture.colours());
            digest.update(picture.parts());
        }
        assertEquals("5ac69f9cb15f78f542e829cce590276b5b8c54a2c8e1bd454b930774df948d6a",
                HexFormat.of().formatHex(digest.digest()));
    }

    @Test
    void aPictureDoesNotDependOnThoseDrawnBeforeOrBesideIt() {
        List<byte[]> inParallel = IntStream.range(0, 68).parallel().mapToObj(seed -> generator.picture(seed).colours()).toList();
        for (int seed = 67; seed >= 0; seed--) {
            assertArrayEquals(generator.picture(seed).colours(), inParallel.get(seed));
        }
    }

    @Test
    void anotherSeedOrClassIsAnotherPicture() {
        LabelledPicture picture = generator.picture(3, PictureClass.DOG);
        assertNotEquals(Arrays.hashCode(picture.colours()), Arrays.hashCode(generator.picture(4, PictureClass.DOG).colours()));
        assertNotEquals(Arrays.hashCode(picture.colours()), Arrays.hashCode(generator.picture(3, PictureClass.CAT).colours()));
    }

    @Test
    void seedsInARowHaveAsManyOfEachClass() {
        Map<PictureClass, Integer> counts = new EnumMap<>(PictureClass.class);
        for (long seed = 10_000_000; seed < 10_000_170; seed++) {
            counts.merge(generator.picture(seed).pictureClass(), 1, Integer::sum);
        }
        assertEquals(17, counts.size());
        assertEquals(Set.of(10), new HashSet<>(counts.values()));
    }

    @ParameterizedTest
    @EnumSource(PictureClass.class)
    void everyClassDrawsSomethingLargeEnoughToSee(PictureClass pictureClass) {
        for (int seed = 0; seed < 40; seed++) {
            LabelledPicture picture = generator.picture(seed, pictureClass);
            int drawn = 0;
            for (byte part : picture.parts()) {
                if (part != Part.NONE.ordinal() && part != Part.OCCLUDER.ordinal() && part != Part.DISTRACTOR.ordinal()) {
                    drawn++;
                }
            }
            assertTrue(drawn >= 12, pictureClass + " with seed " + seed + " covers " + drawn + " pixels");
        }
    }

    @ParameterizedTest
    @EnumSource(PictureClass.class)
    void everyPixelOfAPartLiesInABoxOfThatPart(PictureClass pictureClass) {
        for (int seed = 0; seed < 40; seed++) {
            LabelledPicture picture = generator.picture(seed, pictureClass);
            for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
                int row = pixel / SIZE;
                int column = pixel % SIZE;
                Part part = picture.partAt(row, column);
                assertTrue(part == Part.NONE || picture.boxes().stream()
                        .anyMatch(box -> box.part() == part && box.touches(row, column)),
                        part + " at " + row + "," + column + " of " + pictureClass + " with seed " + seed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PictureClass.class)
    void boxesLieInThePictureAroundTheirCentres(PictureClass pictureClass) {
        for (int seed = 0; seed < 40; seed++) {
            for (PartBox box : generator.picture(seed, pictureClass).boxes()) {
                assertTrue(0 <= box.top() && box.top() <= box.row() && box.row() <= box.bottom() && box.bottom() <= SIZE,
                        box.toString());
                assertTrue(0 <= box.left() && box.left() <= box.column() && box.column() <= box.right()
                        && box.right() <= SIZE, box.toString());
            }
        }
    }

    @Test
    void aDogThatFacesRightHasItsNoseRightOfItsEar() {
        int left = 0;
        int right = 0;
        for (int seed = 0; seed < 200; seed++) {
            LabelledPicture picture = generator.picture(seed, PictureClass.DOG);
            double nose = column(picture, Part.DOG_NOSE);
            double ear = column(picture, Part.DOG_EAR);
            assertEquals(nose > ear ? Facing.RIGHT : Facing.LEFT, picture.facts().facing());
            if (picture.facts().facing() == Facing.LEFT) {
                left++;
            } else {
                right++;
            }
        }
        assertTrue(left > 70 && right > 70, left + " face left, " + right + " face right");
    }

    @Test
    void aDogsNeckIsBehindItsHeadExceptInAJumble() {
        for (int seed = 0; seed < 200; seed++) {
            LabelledPicture dog = generator.picture(seed, PictureClass.DOG);
            if (!dog.facts().view().equals("head")) {
                assertTrue(neckIsBehind(dog), "dog with seed " + seed);
            }
            LabelledPicture jumble = generator.picture(seed, PictureClass.JUMBLE);
            if (jumble.facts().kind().equals("dog with wrong neck")) {
                assertTrue(!neckIsBehind(jumble), "jumble with seed " + seed);
            }
        }
    }

    @Test
    void arcsAreWhereTheirFactsSay() {
        for (int seed = 0; seed < 100; seed++) {
            LabelledPicture picture = generator.picture(seed, PictureClass.ARC);
            for (Arc arc : picture.facts().arcs()) {
                double angle = Math.toRadians(arc.apex());
                int row = (int) Math.floor(arc.row() + arc.radius() * Math.sin(angle));
                int column = (int) Math.floor(arc.column() + arc.radius() * Math.cos(angle));
                if (row >= 0 && row < SIZE && column >= 0 && column < SIZE) {
                    Part part = picture.partAt(row, column);
                    assertTrue(part == Part.CURVE || part == Part.OCCLUDER, part + " at the apex, seed " + seed);
                }
            }
        }
    }

    @Test
    void aBatchHoldsColoursFromZeroToOneInTheOrderChannelRowColumn() {
        Batch batch = generator.batch(5, 2);
        LabelledPicture second = generator.picture(6);
        assertEquals("2x3x64x64", batch.toString());
        assertEquals((second.colours()[2 * SIZE * SIZE + 7 * SIZE + 9] & 255) / 255f, batch.at(1, 2, 7, 9));
    }

    private static boolean neckIsBehind(LabelledPicture picture) {
        double neck = column(picture, Part.DOG_NECK);
        double head = column(picture, Part.DOG_HEAD);
        return picture.facts().facing() == Facing.RIGHT ? neck < head : neck > head;
    }

    private static double column(LabelledPicture picture, Part part) {
        return picture.boxes().stream().filter(box -> box.part() == part).findFirst().orElseThrow().column();
    }
}
