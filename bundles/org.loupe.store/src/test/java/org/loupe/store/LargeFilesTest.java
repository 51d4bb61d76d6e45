package org.loupe.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Analysis;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;

/** Results with a file that is never in the memory as a whole. */
class LargeFilesTest {

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();
    private final Recipe recipe = Note.recipe("large");
    private Study study;

    @BeforeEach
    void open() {
        study = Study.open(folder, problems::add);
        study.results().put(recipe, new Ramp());
    }

    @AfterEach
    void close() {
        study.close();
    }

    private static byte[] ramp() {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 >> 3);
        }
        return bytes;
    }

    private ResultFiles files() {
        ResultFiles[] found = new ResultFiles[1];
        study.results().find(recipe, new Keeping(found)).orElseThrow();
        return found[0];
    }

    @Test
    void partsAndStreamsOfAFileAreRead() throws IOException {
        assertArrayEquals(Arrays.copyOfRange(ramp(), 70_000, 70_010), files().read("ramp", 70_000, 10));
        try (InputStream content = files().open("ramp")) {
            assertArrayEquals(ramp(), content.readAllBytes());
        }
        assertThrows(EOFException.class, () -> files().read("ramp", 99_995, 10));
        assertThrows(IOException.class, () -> files().open("slope"));
    }

    @Test
    void aChangedFileIsNoticedBeforeAPartialResultWouldBeRefused() throws IOException {
        Path file = study.results().folder(recipe).resolve("ramp");
        byte[] changed = Files.readAllBytes(file);
        changed[50_000]++;
        Files.write(file, changed);
        study.results().put(recipe, new Note("partial", true));
        assertEquals("partial", study.results().find(recipe, Note.ANALYSIS).orElseThrow().text());
        assertTrue(problems.get(0).contains("ramp has changed"), problems.toString());
    }

    @Test
    void aWorkplaceStaysUntilItIsCleared() throws IOException {
        Files.createDirectories(study.workplace(recipe));
        Files.writeString(study.workplace(recipe).resolve("half"), "done");
        study.close();
        study = Study.open(folder, problems::add);
        assertTrue(Files.exists(study.workplace(recipe).resolve("half")));
        study.clearWorkplace(recipe);
        assertFalse(Files.exists(study.workplace(recipe)));
    }

    private record Ramp() implements Result {
        @Override
        public boolean isPartial() {
            return false;
        }

        @Override
        public void save(ResultFiles files) throws IOException {
            files.write("ramp", new ByteArrayInputStream(ramp()));
        }
    }

    /** Keeps the files that it is given. */
    private record Keeping(ResultFiles[] found) implements Analysis<Note.Question, Ramp> {
        @Override
        public Class<Note.Question> arguments() {
            return Note.Question.class;
        }

        @Override
        public Ramp run(Material material, Note.Question arguments, Observer<? super Ramp> observer) {
            return new Ramp();
        }

        @Override
        public Ramp load(ResultFiles files) {
            found[0] = files;
            return new Ramp();
        }
    }
}
