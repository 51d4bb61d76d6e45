package org.loupe.core.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Observer;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.PictureSet;

class ScanningTest {

    private static final Observer<Scanned> PATIENT = (done, total, what) -> true;
    private static final int TOP = 7;
    private static final String CHECKPOINT = "scan.checkpoint";

    @TempDir
    Path folder;

    private final Session session = new ReferenceEngine().open(Nets.everything());
    private final PictureSet pictures = new RandomPictures(43);

    private static Scanning.Choice choice(String... layers) {
        return new Scanning.Choice(List.of(layers), TOP, true, Fitting.STRETCH);
    }

    private Scanned scan(PictureSet set, Path into, int together) throws IOException {
        return new Scanning(session, set, choice(), into, together).run("question", PATIENT);
    }

    @Test
    void allLayersAreReadBeforeAndAfterTheirNonlinearity() throws IOException {
        Scanned scanned = scan(pictures, folder, 8);
        assertEquals(List.of("conv1.pre", "conv1", "mixed.pre", "mixed", "logits"),
                scanned.taps().stream().map(Tap::toString).toList());
        assertFalse(scanned.isPartial());
        assertEquals(42, scanned.seen());
        assertEquals(1, scanned.unreadable());
        assertEquals("random", scanned.set());
        assertEquals(List.of("red", "green", "blue"), scanned.classes());
    }

    @Test
    void everythingIsAsComputedStraightforwardly() throws IOException {
        Scanned scanned = scan(pictures, folder, 8);
        for (Tap tap : scanned.taps()) {
            for (int channel = 0; channel < scanned.shape(tap).channels(); channel++) {
                compare(scanned.channel(tap, channel), Straightforward.of(session, pictures, tap, channel), tap + ":" + channel);
            }
        }
    }

    private void compare(ChannelScan found, Straightforward expected, String where) {
        assertEquals(expected.mean(), found.mean(), 1e-12, where);
        assertEquals(expected.variance(), found.variance(), 1e-12, where);
        assertEquals(Arrays.stream(expected.values()).filter(value -> value > 0).count() / (double) expected.values().length,
                found.firingPositions(), 1e-15, where);
        assertEquals(expected.maxima().stream().filter(example -> example.value() > 0).count() / 42.0, found.firingPictures(),
                1e-15, where);
        assertEquals(expected.top(TOP), found.examples(), where);
        for (Example example : expected.maxima()) {
            assertEquals(example.value(), found.maxima()[example.picture()], where);
            assertEquals(example.row() * found.columns() + example.column(), found.places()[example.picture()], where);
        }
        assertTrue(Float.isNaN(found.maxima()[RandomPictures.UNREADABLE]), where);
        long[] histogram = new long[Bins.COUNT];
        Arrays.stream(expected.values()).forEach(value -> histogram[Bins.of((float) value)]++);
        assertArrayEquals(histogram, found.histogram(), where);
        for (int label = 0; label < 3; label++) {
            int wanted = label;
            assertEquals(expected.maxima().stream().filter(example -> pictures.pictures().get(example.picture()).label() == wanted)
                    .mapToDouble(Example::value).average().orElseThrow(), found.classes().get(label).mean(), 1e-12, where);
            assertEquals(expected.area(pictures, label), found.classes().get(label).area(), 1e-15, where);
        }
    }

    @Test
    void quantilesOfPositionsAreWithinTheStatedError() throws IOException {
        Tap tap = Tap.before("conv1");
        ChannelScan found = scan(pictures, folder, 8).channel(tap, 1);
        double[] sorted = Straightforward.of(session, pictures, tap, 1).values();
        Arrays.sort(sorted);
        for (double share : new double[] {0, .01, .25, .5, .75, .99, 1}) {
            double exact = sorted[(int) Math.floor(share * (sorted.length - 1))];
            assertEquals(exact, found.quantileOfPositions(share), Math.abs(exact) * Bins.RELATIVE_ERROR, "at " + share);
        }
    }

    @Test
    void resultsAreTheSameForEveryBatchSize() throws IOException {
        scan(pictures, folder.resolve("1"), 1);
        for (int together : new int[] {2, 5, 32}) {
            scan(pictures, folder.resolve("" + together), together);
            assertSameFiles(folder.resolve("1"), folder.resolve("" + together));
        }
    }

    @Test
    void stoppingAndGoingOnLeadsToTheSameFiles() throws IOException {
        Scanned whole = scan(pictures, folder.resolve("whole"), 4);
        List<Integer> reads = Collections.synchronizedList(new ArrayList<>());
        Path parts = folder.resolve("parts");
        Scanned partial = new Scanning(session, pictures, choice(), parts, 4).run("question", (done, total, what) -> done < 20);
        assertTrue(partial.isPartial());
        assertEquals(19, partial.seen());
        assertTrue(Float.isNaN(partial.channel(Tap.after("mixed"), 0).maxima()[20]));
        Scanned rest = scan(new RandomPictures(43, reads::add), parts, 6);
        assertFalse(rest.isPartial());
        assertEquals(20, Collections.min(reads));
        assertSameFiles(folder.resolve("whole"), parts);
        assertEquals(whole.channel(Tap.after("mixed"), 0), rest.channel(Tap.after("mixed"), 0));
    }

    @Test
    void aScanThatDiedGoesOnFromItsLastCheckpoint() throws IOException {
        Scanned whole = scan(pictures, folder.resolve("whole"), 4);
        Path killed = folder.resolve("killed");
        new Scanning(session, pictures, choice(), killed, 4).run("question", (done, total, what) -> done < 12);
        Path checkpoint = killed.resolve(CHECKPOINT);
        byte[] kept = Files.readAllBytes(checkpoint);
        new Scanning(session, pictures, choice(), killed, 4).run("question", (done, total, what) -> done < 30);
        Files.write(checkpoint, kept);
        scan(pictures, killed, 4);
        assertSameFiles(folder.resolve("whole"), killed);
        assertEquals(42, whole.seen());
    }

    @Test
    void anotherQuestionBeginsAgain() throws IOException {
        scan(new RandomPictures(60), folder.resolve("a"), 4);
        new Scanning(session, pictures, choice(), folder.resolve("a"), 4).run("another", PATIENT);
        new Scanning(session, pictures, choice(), folder.resolve("b"), 4).run("another", PATIENT);
        assertSameFiles(folder.resolve("b"), folder.resolve("a"));
    }

    @Test
    void aDamagedCheckpointSaysWhatToDo() throws IOException {
        new Scanning(session, pictures, choice(), folder, 4).run("question", (done, total, what) -> done < 12);
        Path checkpoint = folder.resolve(CHECKPOINT);
        Files.write(checkpoint, Arrays.copyOf(Files.readAllBytes(checkpoint), 60));
        String message = assertThrows(IOException.class, () -> scan(pictures, folder, 4)).getMessage();
        assertTrue(message.contains("Delete the folder"), message);
    }

    @Test
    void aDiskWithoutRoomIsNoticedBeforeAPictureIsRead() throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        assumeTrue(free < 300_000_000_000L, () -> "The disk has room for " + free + " bytes, which is too much to be full");
        PictureSet many = new RandomPictures(Integer.MAX_VALUE, index -> {
            throw new IllegalStateException("read " + index);
        });
        String message = assertThrows(IOException.class, () -> scan(many, folder, 4)).getMessage();
        assertTrue(message.contains("2,147,483,647 pictures") && message.contains("Make room there"), message);
        assertEquals(new TreeSet<>(), names(folder));
    }

    /** As on a full disk, the system finds no place for a page that is written to. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux lets another program cut off a file that is mapped")
    void whatTheDiskDoesNotTakeEndsTheScan() {
        Path cut = folder.resolve("0-conv1.pre-maxima.npy");
        PictureSet cutting = new RandomPictures(43, index -> {
            if (index == 20) {
                assertDoesNotThrow(() -> Files.write(cut, new byte[0]));
            }
        });
        String message = assertThrows(IOException.class, () -> scan(cutting, folder, 4)).getMessage();
        assertTrue(message.contains("full") || message.contains("cut off"), message);
    }

    @Test
    void numbersThatWereDeletedMeanwhileAreMissedWhenAScanGoesOn() throws IOException {
        new Scanning(session, pictures, choice(), folder, 4).run("question", (done, total, what) -> done < 12);
        Files.delete(folder.resolve("0-conv1.pre-maxima.npy"));
        String message = assertThrows(IOException.class, () -> scan(pictures, folder, 4)).getMessage();
        assertTrue(message.contains("0-conv1.pre-maxima.npy is missing") && message.contains("Delete the folder"), message);
    }

    @Test
    void activationsThatAreNoNumbersStopTheScanAndAreNamed() {
        Session broken = new ReferenceEngine().open(Nets.single(Float.NaN));
        String message = assertThrows(EngineException.class,
                () -> new Scanning(broken, pictures, choice(), folder, 4).run("question", PATIENT)).getMessage();
        assertTrue(message.contains("conv.pre:0 for picture 0"), message);
    }

    @Test
    void aFailureOfThePictureSetEndsTheScan() {
        PictureSet one = new RandomPictures(1, index -> {
            throw new IllegalStateException("the disk is gone");
        });
        assertThrows(IllegalStateException.class, () -> scan(one, folder, 4));
    }

    @Test
    void aSetOfWhichNoPictureCanBeReadIsRefused() {
        PictureSet three = new RandomPictures(4, index -> { });
        PictureSet none = new Unreadables(three);
        String message = assertThrows(IllegalArgumentException.class, () -> scan(none, folder, 2)).getMessage();
        assertEquals("No picture of random can be read. The first of 4 is picture, 0: It is cut off.", message);
    }

    @Test
    void aSetWithoutPicturesIsRefused() {
        PictureSet none = new RandomPictures(0);
        assertThrows(IllegalArgumentException.class, () -> new Scanning(session, none, choice(), folder, 4));
    }

    @Test
    void chosenLayersAreReadAndNoOthers() throws IOException {
        Scanned scanned = new Scanning(session, pictures, choice("mixed"), folder).run("question", PATIENT);
        assertEquals(List.of("mixed.pre", "mixed"), scanned.taps().stream().map(Tap::toString).toList());
        assertThrows(IllegalArgumentException.class, () -> scanned.channel(Tap.after("conv1"), 0));
        assertThrows(IllegalArgumentException.class, () -> scanned.channel(Tap.after("mixed"), 4));
    }

    @Test
    void theSpectrumGoesFromTheLeastToTheMostExcitingPicture() throws IOException {
        ChannelScan found = scan(pictures, folder, 8).channel(Tap.after("logits"), 0);
        List<List<Example>> spectrum = found.spectrum(5, 3);
        assertEquals(5, spectrum.size());
        List<Example> shown = spectrum.stream().flatMap(List::stream).toList();
        assertTrue(shown.stream().map(Example::picture).distinct().count() == shown.size());
        for (int i = 1; i < shown.size(); i++) {
            assertTrue(shown.get(i - 1).value() <= shown.get(i).value());
        }
        assertTrue(spectrum.stream().allMatch(step -> step.size() <= 3));
        assertEquals(found.examples().get(0).value(), shown.get(shown.size() - 1).value(),
                (found.examples().get(0).value() - shown.get(0).value()) / 5);
        assertEquals(spectrum, found.spectrum(5, 3));
    }

    private static void assertSameFiles(Path expected, Path actual) throws IOException {
        assertEquals(names(expected), names(actual));
        for (String name : names(expected)) {
            assertEquals(-1, Files.mismatch(expected.resolve(name), actual.resolve(name)), name);
        }
    }

    private static TreeSet<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            TreeSet<String> names = new TreeSet<>();
            files.map(file -> file.getFileName().toString()).filter(name -> !name.equals(CHECKPOINT)).forEach(names::add);
            return names;
        }
    }
}
