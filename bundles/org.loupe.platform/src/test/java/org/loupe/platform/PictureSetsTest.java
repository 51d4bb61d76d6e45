package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.PictureSetReader;

class PictureSetsTest {

    private static final String PLUGIN = """
            <extension point="org.loupe.platform.pictureSets">
               <set id="com.acme.birds" name="Birds" class="org.loupe.platform.PictureSetsTest$Birds"/>
               <set id="com.acme.gone" class="com.acme.Gone"/>
               <reader id="com.acme.index" class="org.loupe.platform.PictureSetsTest$Index"/>
            </extension>
            """;

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();
    private final PictureSets sets =
            new PictureSets(new Registry(Contributions.registry(PLUGIN), (message, cause) -> problems.add(message)));

    /** A set without pictures. */
    private record Named(String name) implements PictureSet {
        @Override
        public List<Picture> pictures() {
            return List.of();
        }

        @Override
        public List<String> classes() {
            return List.of();
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of("0");
        }

        @Override
        public PictureHeader header(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** A set that comes with a plug-in. */
    public static final class Birds implements Supplier<PictureSet> {
        @Override
        public PictureSet get() {
            return new Named("birds");
        }
    }

    /** A reader of files whose names end with .acme. */
    public static final class Index implements PictureSetReader {
        @Override
        public boolean reads(Path place) {
            return place.toString().endsWith(".acme");
        }

        @Override
        public PictureSet open(Path place) throws IOException {
            if (Files.size(place) == 0) {
                throw new PictureException(place + " is empty.");
            }
            return new Named(place.getFileName().toString());
        }
    }

    @Test
    void setsOfPluginsAreOpenedByNameAndThoseOfPeopleByPlace() throws IOException {
        assertEquals("birds", sets.open("birds").name());
        assertEquals("birds", sets.open("com.acme.birds").name());
        assertEquals("x.acme", sets.open(Files.writeString(folder.resolve("x.acme"), "x").toString()).name());
    }

    @Test
    void whatIsNotThereIsAnsweredWithWhatIs() {
        assertEquals("There is no picture set, folder or file bird. Did you mean birds?",
                assertThrows(IllegalArgumentException.class, () -> sets.open("bird")).getMessage());
        Path file = folder.resolve("empty.acme");
        assertEquals("No plug-in reads picture sets from " + folder
                + ". Folders of pictures, zip archives, CSV and JSON lists and single pictures can be read.",
                assertThrows(PictureException.class, () -> sets.open(folder)).getMessage());
        assertEquals(file + " is empty.",
                assertThrows(PictureException.class, () -> sets.open(Files.createFile(file))).getMessage());
    }

    @Test
    void aSetThatCannotBeMadeDisturbsNoOther() {
        assertThrows(BrokenExtensionException.class, () -> sets.open("gone"));
        assertEquals(List.of(), problems);
    }
}
