package org.loupe.formats.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Progress;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Reading;
import org.loupe.core.picture.Unreadable;

class PictureFilesTest {

    private static final Frame FRAME = new Frame(3, 12, 20, Fitting.AS_IS, Frame.WHITE);

    @TempDir
    Path folder;

    private final PictureFiles files = new PictureFiles();

    private Path put(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private Path put(String name, String text) throws IOException {
        return put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path pets() throws IOException {
        put("pets/dog/b.png", Samples.bytes("rgb.png"));
        put("pets/cat/z/2.jpg", Samples.bytes("rgb.jpg"));
        put("pets/cat/1.WEBP", Samples.bytes("lossless.webp"));
        put("pets/loose.gif", Samples.bytes("palette.gif"));
        put("pets/dog/notes.txt", "no picture");
        put("pets/.hidden/secret.png", Samples.bytes("rgb.png"));
        return folder.resolve("pets");
    }

    private static List<String> names(PictureSet set) {
        return set.pictures().stream().map(Picture::name).toList();
    }

    private static List<String> labels(PictureSet set) {
        return set.pictures().stream().map(each -> each.isLabelled() ? set.classes().get(each.label()) : "").toList();
    }

    private static Map<String, String> reasons(PictureSet set) {
        Map<String, String> reasons = new TreeMap<>();
        set.unreadable().forEach(each -> reasons.put(each.name(), each.reason()));
        return reasons;
    }

    @Test
    void aFolderIsListedInOrderWithAClassForEachSubfolder() throws IOException {
        try (PictureSet set = files.open(pets())) {
            assertEquals("pets", set.name());
            assertEquals(List.of("cat/1.WEBP", "cat/z/2.jpg", "dog/b.png", "loose.gif"), names(set));
            assertEquals(List.of("cat", "dog"), set.classes());
            assertEquals(List.of("cat", "cat", "dog", ""), labels(set));
            assertEquals(List.of(), set.unreadable());
            assertEquals(4, set.read(0, 4, FRAME).indexes().size());
            assertEquals(new PictureHeader("WebP", 12, 20), set.header(0));
        }
    }

    @Test
    void whatCannotBeReadIsListedAndTheRestIsRead() throws IOException {
        put("mixed/a.png", Samples.bytes("rgb.png"));
        put("mixed/cut.jpg", Arrays.copyOf(Samples.bytes("rgb.jpg"), Samples.bytes("rgb.jpg").length - 100));
        put("mixed/empty.png", "");
        put("mixed/picture.tiff", "II*");
        put("mixed/text.png", "hello");
        put("mixed/z.jpg", Samples.bytes("rgb.jpg"));
        try (PictureSet set = files.open(folder.resolve("mixed"))) {
            assertEquals(Map.of("empty.png", "It is empty.", "picture.tiff", "TIFF pictures cannot be read. Save it as PNG."),
                    reasons(set));
            Reading reading = set.read(0, set.pictures().size(), FRAME);
            assertEquals(List.of(0, 3), reading.indexes());
            assertEquals(List.of(new Unreadable("cut.jpg", "It is cut off."), new Unreadable("text.png",
                    "It is no picture that can be read: it begins with “hello”. PNG, JPEG, WebP, BMP and GIF can.")),
                    reading.unreadable());
        }
    }

    @Test
    void aFileThatVanishesIsReportedWhenItIsRead() throws IOException {
        Path file = put("few/a.png", Samples.bytes("rgb.png"));
        put("few/b.png", Samples.bytes("rgb.png"));
        try (PictureSet set = files.open(folder.resolve("few"))) {
            Files.delete(file);
            assertEquals(List.of(new Unreadable("a.png", "There is no such file any more.")), set.read(0, 2, FRAME).unreadable());
        }
    }

    @Test
    void aLinkInACircleEndsNowhere() throws IOException {
        Path pets = pets();
        Files.createSymbolicLink(pets.resolve("cat/again"), pets);
        try (PictureSet set = files.open(pets)) {
            assertEquals(4, set.pictures().size());
            assertEquals(Map.of("cat/again", "It is a link to a folder that it lies in."), reasons(set));
        }
    }

    @Test
    void theHashFollowsTheBytesAndNotThePlace() throws IOException {
        Path pets = pets();
        String hash = hash(pets);
        assertEquals(hash, hash(zip("pets.zip", Map.of("pets/dog/b.png", Samples.bytes("rgb.png"),
                "pets/cat/z/2.jpg", Samples.bytes("rgb.jpg"), "pets/cat/1.WEBP", Samples.bytes("lossless.webp"),
                "pets/loose.gif", Samples.bytes("palette.gif")))), "the same in an archive");
        byte[] other = Samples.bytes("rgb.png");
        other[other.length - 1] ^= 1;
        Files.write(pets.resolve("dog/b.png"), other);
        String changed = hash(pets);
        assertNotEquals(hash, changed, "one bit is another");
        Files.move(pets.resolve("dog/b.png"), pets.resolve("cat/b.png"));
        assertNotEquals(changed, hash(pets), "another class");
    }

    private String hash(Path place) throws IOException {
        try (PictureSet set = files.open(place)) {
            return set.hash(Progress.NONE).orElseThrow();
        }
    }

    @Test
    void addingUpStopsWhenNobodyWantsIt() throws IOException {
        try (PictureSet set = files.open(pets())) {
            assertEquals(Optional.empty(), set.hash((done, total, what) -> done < 2));
            assertTrue(set.hash(Progress.NONE).isPresent(), "and can be asked for again");
        }
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    @Test
    void anArchiveIsReadWithoutUnpackingItAndNamesThatLeadOutAreRefused() throws IOException {
        byte[] png = Samples.bytes("rgb.png");
        Path file = zip("many.zip", Map.of("set/cat/1.png", png, "set/dog/2.png", png, "set/dog/empty.jpg", new byte[0],
                "../../outside.png", png, "/etc/root.png", png, "C:\\windows.png", png, "__MACOSX/set/._1.png", png));
        try (PictureSet set = files.open(file)) {
            assertEquals(List.of("cat/1.png", "dog/2.png"), names(set));
            assertEquals(List.of("cat", "dog"), set.classes());
            assertEquals(Map.of("../../outside.png", "Its name leads out of the archive.", "/etc/root.png",
                    "Its name leads out of the archive.", "C:/windows.png", "Its name leads out of the archive.",
                    "set/dog/empty.jpg", "It is empty."), reasons(set));
            assertEquals(List.of(0, 1), set.read(0, 2, FRAME).indexes());
        }
        try (var left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void aBombIsNotUnpacked() throws IOException {
        Path file = zip("bomb.zip", Map.of("a.png", Samples.bytes("rgb.png"), "bomb.png", new byte[3 << 20]));
        PictureFiles limited = new PictureFiles(new Limits(1 << 20, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000));
        try (PictureSet set = limited.open(file)) {
            assertEquals(Map.of("bomb.png", "It has more than 1 MB. Make it smaller."), reasons(set));
        }
        byte[] lying = Files.readAllBytes(file);
        int directory = new String(lying, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
        System.arraycopy(new byte[] {9, 0, 0, 0}, 0, lying, directory + 24, 4);
        try (PictureSet set = limited.open(Files.write(folder.resolve("lie.zip"), lying))) {
            Reading reading = set.read(0, set.pictures().size(), FRAME);
            assertEquals(List.of(0), reading.indexes());
            assertEquals("bomb.png", reading.unreadable().get(0).name());
        }
    }

    @Test
    void anEntryWhoseBytesAreNotTheOldOnesIsRefused() throws IOException {
        Path file = zip("damaged.zip", Map.of("a.bmp", Samples.bytes("rgb.bmp")));
        byte[] bytes = Files.readAllBytes(file);
        int directory = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
        bytes[directory + 16] ^= 1;
        try (PictureSet set = files.open(Files.write(file, bytes))) {
            assertEquals("It is damaged: the archive has another checksum for it.",
                    set.read(0, 1, FRAME).unreadable().get(0).reason());
        }
    }

    @Test
    void whatIsNoArchiveIsCalledSo() throws IOException {
        Path file = put("no.zip", "nothing of the kind");
        assertTrue(assertThrows(IOException.class, () -> files.open(file)).getMessage().contains("is no zip archive"));
    }

    @Test
    void damagedArchivesAreReadOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(zip("whole.zip", Map.of("cat/a.png", Samples.bytes("rgb.png"), "dog/b.jpg", Samples.bytes("rgb.jpg"))));
        Random draws = new Random(5);
        int refused = 0;
        for (int copy = 0; copy < 600; copy++) {
            byte[] damaged = draws.nextInt(4) == 0 ? Arrays.copyOf(whole, draws.nextInt(whole.length)) : whole.clone();
            for (int flip = 0; flip < 4 && damaged.length > 0; flip++) {
                damaged[draws.nextInt(damaged.length)] = (byte) draws.nextInt(256);
            }
            try (PictureSet set = files.open(put("damaged.zip", damaged))) {
                if (!set.pictures().isEmpty()) {
                    refused += set.read(0, set.pictures().size(), FRAME).unreadable().size();
                }
            } catch (IOException noArchive) {
                refused++;
            }
        }
        assertTrue(refused > 300, refused + " noticed");
    }

    @Test
    void aListSaysWhichPicturesAndWhatTheyShow() throws IOException {
        pets();
        Path list = put("pets/list.csv", "\ufeffLabel;Path\r\nanimal;dog/b.png\r\n\"a \"\"cat\"\"\";\"cat/z/2.jpg\"\r\n\r\n;gone.png\r\nx;\r\ny;dog/b.png\r\n");
        try (PictureSet set = files.open(list)) {
            assertEquals(List.of("dog/b.png", "cat/z/2.jpg"), names(set));
            assertEquals(List.of("animal", "a \"cat\""), labels(set));
            assertEquals(Map.of("gone.png", "There is no such file.", "line 6", "It names no file.",
                    "dog/b.png", "There are two of this name; the first is taken."), reasons(set));
            assertEquals(2, set.read(0, 2, FRAME).indexes().size());
        }
    }

    @Test
    void aListNeedsNoHeaderAndMayPointElsewhere() throws IOException {
        Path pets = pets();
        Path list = put("lists/list.csv", "../pets/dog/b.png,10\n" + pets.resolve("cat/1.WEBP") + ",9\n");
        try (PictureSet set = files.open(list)) {
            assertEquals(List.of("../pets/dog/b.png", pets.resolve("cat/1.WEBP").toString()), names(set));
            assertEquals(List.of("9", "10"), set.classes());
            assertEquals(List.of("10", "9"), labels(set));
            assertEquals(2, set.read(0, 2, FRAME).indexes().size());
        }
        try (PictureSet set = files.open(put("pets/plain.csv", "loose.gif\ncat/1.WEBP"))) {
            assertEquals(List.of("loose.gif", "cat/1.WEBP"), names(set));
            assertEquals(List.of(), set.classes());
        }
    }

    @Test
    void aListInJsonIsOfPathsOrOfObjects() throws IOException {
        pets();
        Path list = put("pets/list.json", "[\"loose.gif\", {\"label\": 3, \"path\": \"dog/b.png\", \"more\": [{}]}, {\"label\": \"x\"}, {\"path\": \"gone.png\"}]");
        try (PictureSet set = files.open(list)) {
            assertEquals(List.of("loose.gif", "dog/b.png"), names(set));
            assertEquals(List.of("", "3"), labels(set));
            assertEquals(Map.of("$[2]", "It names no file.", "gone.png", "There is no such file."), reasons(set));
        }
    }

    @Test
    void brokenListsAreRefusedWithTheirNames() throws IOException {
        List<Path> broken = new ArrayList<>();
        broken.add(put("cut.json", "[\"a.png\", "));
        broken.add(put("object.json", "{\"path\": \"a.png\"}"));
        broken.add(put("nested.json", "[".repeat(100_000)));
        broken.add(put("open.csv", "a.png,\"never closed\nb.png"));
        broken.add(put("long.csv", "a".repeat(100_000)));
        broken.add(put("latin.csv", new byte[] {'a', (byte) 0xe9, '.', 'p', 'n', 'g'}));
        for (Path list : broken) {
            String message = assertThrows(IOException.class, () -> files.open(list), list.toString()).getMessage();
            assertTrue(message.contains(list.toString()), message);
        }
    }

    @Test
    void aSinglePictureIsASet() throws IOException {
        try (PictureSet set = files.open(put("one.jpg", Samples.bytes("turned6.jpg")))) {
            assertEquals(List.of("one.jpg"), names(set));
            assertEquals(new PictureHeader("JPEG", 20, 12), set.header(0));
        }
    }

    @Test
    void whatIsReadIsToldByNames() {
        assertTrue(files.reads(folder) && files.reads(Path.of("a.ZIP")) && files.reads(Path.of("a/b.jpeg")) && files.reads(Path.of("a.tsv")));
        assertFalse(files.reads(Path.of("a.onnx")) || files.reads(Path.of("jpeg")) || files.reads(Path.of("a.tif")));
        assertThrows(IOException.class, () -> files.open(folder.resolve("gone.zip")));
    }
}
