package org.loupe.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Batch;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.image.Png;

class ResultsTest {

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();
    private final Recipe recipe = Note.recipe("a");
    private Study study;
    private Results results;

    @BeforeEach
    void open() {
        study = Study.open(folder, problems::add);
        results = study.results();
    }

    @AfterEach
    void close() {
        study.close();
    }

    private Optional<Note> found() {
        return results.find(recipe, Note.ANALYSIS);
    }

    @Test
    void aResultIsFoundByItsQuestion() {
        assertEquals(Optional.empty(), found());
        results.put(recipe, new Note("hello", false));
        assertEquals(Optional.of(new Note("hello", false)), found());
    }

    @Test
    void anotherVersionsAnswerToTheSameQuestionIsFoundAndListed() {
        results.put(Note.recipe("a", "0.1.0"), new Note("old", false));
        assertEquals("old", found().orElseThrow().text());
        assertEquals("0.1.0", results.entries().get(0).recipe().version());
    }

    @Test
    void theSameRecipeHasTheSameQuestionAndAnotherSeedAnother() {
        assertEquals(recipe.question(), Note.recipe("a", "9.9.9").question());
        assertNotEquals(recipe.question(), Note.recipe("b").question());
    }

    @Test
    void theSameRecipeGivesTheSameFiles() throws IOException {
        results.put(recipe, new Note("hello", false));
        byte[] first = Files.readAllBytes(results.folder(recipe).resolve("note.txt"));
        results.put(recipe, new Note("hello", false));
        assertArrayEquals(first, Files.readAllBytes(results.folder(recipe).resolve("note.txt")));
    }

    @Test
    void thePartialGivesWayToTheCompleteAndNotTheOtherWayRound() {
        results.put(recipe, new Note("half", true));
        assertTrue(results.entries().get(0).partial());
        results.put(recipe, new Note("whole", false));
        results.put(recipe, new Note("half again", true));
        assertEquals(new Note("whole", false), found().orElseThrow());
        assertEquals(List.of(false), results.entries().stream().map(Results.Entry::partial).toList());
    }

    @Test
    void aPartialResultTakesThePlaceOfADamagedOne() throws IOException {
        results.put(recipe, new Note("whole", false));
        Files.writeString(results.folder(recipe).resolve("note.txt"), "changed");
        results.put(recipe, new Note("half", true));
        assertEquals(new Note("half", true), found().orElseThrow());
    }

    @Test
    void entriesAreListedNewestFirstWithTheirRecipes() {
        for (String name : List.of("a", "b", "c")) {
            results.put(Note.recipe(name), new Note(name, false));
        }
        List<Results.Entry> entries = results.entries();
        assertEquals(3, entries.size());
        for (int i = 1; i < entries.size(); i++) {
            assertTrue(!entries.get(i - 1).when().isBefore(entries.get(i).when()));
        }
        assertEquals(Note.recipe("c"), entries.stream()
                .filter(entry -> entry.recipe().arguments().get("text").equals("c")).findFirst().orElseThrow().recipe());
    }

    @Test
    void theRecipeIsReadableAndInAStableOrder() throws IOException {
        results.put(recipe, new Note("hello", false));
        String text = Files.readString(results.folder(recipe).resolve("recipe.json"));
        assertTrue(text.startsWith("""
                {
                  "format": 1,
                  "recipe": {
                    "analysis": "note",
                    "arguments": {
                      "seed": "7",
                      "text": "a"
                    },
                    "network": "abc",
                    "pictures": "",
                    "engine": "reference",
                    "machine": "plain Java",
                    "version": "1.0.0"
                  },
                  "partial": false,
                """), text);
    }

    @Test
    void picturesCarryTheRecipe() throws IOException {
        byte[] png = Png.write(Batch.zeros(1, 3, 2, 2), 0, Map.of());
        Result picture = new Result() {
            @Override
            public boolean isPartial() {
                return false;
            }

            @Override
            public void save(ResultFiles files) throws IOException {
                files.write("picture.png", png);
            }
        };
        results.put(recipe, picture);
        String stored = Files.readString(results.folder(recipe).resolve("picture.png"), StandardCharsets.ISO_8859_1);
        assertTrue(stored.contains(RecipeText.writeLine(recipe)));
    }

    @Test
    void recipesSurviveBeingWritten() {
        assertEquals(recipe, RecipeText.read(RecipeText.write(recipe)));
        assertEquals(recipe, RecipeText.read(RecipeText.writeLine(recipe)));
        assertEquals(1, RecipeText.writeLine(recipe).lines().count());
        assertThrows(IllegalArgumentException.class, () -> RecipeText.read("{\"analysis\": \"note\"}"));
        assertThrows(IllegalArgumentException.class, () -> RecipeText.read(""));
    }

    @Test
    void whateverIsDamagedCountsAsAbsentAndIsTold() throws IOException {
        for (String damage : List.of("changed", "shortened", "removed", "recipe cut", "recipe emptied", "newer format")) {
            problems.clear();
            results.put(recipe, new Note("hello", false));
            damage(damage);
            assertEquals(Optional.empty(), found(), damage);
            assertEquals(1, problems.size(), damage + ": " + problems);
            assertTrue(problems.get(0).contains(results.folder(recipe).toString()), problems.get(0));
        }
        results.put(recipe, new Note("again", false));
        assertEquals("again", found().orElseThrow().text());
    }

    private void damage(String how) throws IOException {
        Path note = results.folder(recipe).resolve("note.txt");
        Path description = results.folder(recipe).resolve("recipe.json");
        String text = Files.readString(description);
        switch (how) {
            case "changed" -> Files.writeString(note, "jello");
            case "shortened" -> Files.writeString(note, "hell");
            case "removed" -> Files.delete(note);
            case "recipe cut" -> Files.writeString(description, text.substring(0, text.length() / 2));
            case "recipe emptied" -> Files.writeString(description, "");
            case "newer format" -> Files.writeString(description, text.replace("\"format\": 1", "\"format\": 2"));
            default -> throw new AssertionError(how);
        }
    }

    @Test
    void oneDamagedResultDoesNotHideTheOthers() throws IOException {
        results.put(recipe, new Note("a", false));
        results.put(Note.recipe("b"), new Note("b", false));
        Files.writeString(results.folder(recipe).resolve("recipe.json"), "{");
        assertEquals(List.of(Note.recipe("b")), results.entries().stream().map(Results.Entry::recipe).toList());
        assertEquals(1, problems.size());
    }

    /** Fills the disk after one file. */
    private record TooLarge() implements Result {
        @Override
        public boolean isPartial() {
            return false;
        }

        @Override
        public void save(ResultFiles files) throws IOException {
            files.write("note.txt", new byte[] {1});
            throw new FileSystemException("note.txt", null, "No space left on device");
        }
    }

    @Test
    void aFullDiskIsToldAndWhatWasStoredStays() throws IOException {
        results.put(recipe, new Note("old", false));
        StoreException full = assertThrows(StoreException.class, () -> results.put(recipe, new TooLarge()));
        assertTrue(full.getMessage().contains("No space left on device. Free some space"), full.getMessage());
        assertTrue(full.getMessage().contains(results.folder(recipe).toString()), full.getMessage());
        assertEquals("old", found().orElseThrow().text());
        try (Stream<Path> left = Files.list(results.folder(recipe).getParent())) {
            assertEquals(1, left.count(), "only the old result is there");
        }
    }

    @Test
    void aReallyFullDeviceIsTold() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "this system has no device that is always full");
        StoreException told = new StoreException("Could not write",
                assertThrows(IOException.class, () -> Files.write(full, new byte[] {1})));
        assertTrue(told.getMessage().contains("Free some space"), told.getMessage());
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldWithWhatToDo() throws IOException {
        // A file in the place of the folder is refused to everybody, also to root, whom permissions do not stop.
        Files.delete(folder.resolve("results"));
        Files.writeString(folder.resolve("results"), "in the way");
        StoreException refused = assertThrows(StoreException.class, () -> results.put(recipe, new Note("a", false)));
        assertTrue(refused.getMessage().contains("choose another folder"), refused.getMessage());
    }

    @Test
    void namesThatWouldLeaveTheFolderAreRefused() {
        for (String name : List.of("../note.txt", "a/b", "recipe.json", ".hidden", "")) {
            Result escaping = new Result() {
                @Override
                public boolean isPartial() {
                    return false;
                }

                @Override
                public void save(ResultFiles files) throws IOException {
                    files.write(name, new byte[] {1});
                }
            };
            assertThrows(StoreException.class, () -> results.put(recipe, escaping), name);
        }
        assertEquals(Optional.empty(), found());
    }
}
