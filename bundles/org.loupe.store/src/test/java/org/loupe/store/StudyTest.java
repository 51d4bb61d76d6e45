package org.loupe.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;

class StudyTest {

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();

    private Study open() {
        return Study.open(folder.resolve("study"), problems::add);
    }

    @Test
    void aStudyIsMadeWhereThereIsNone() {
        try (Study study = open()) {
            assertTrue(Files.isDirectory(study.folder()));
            assertEquals(List.of(), study.networks());
            assertEquals(List.of(), study.results().entries());
            assertEquals(List.of(), study.queue().waiting());
        }
    }

    @Test
    void aSecondOneInTheSameProcessIsKeptOut() {
        Study first = open();
        StudyInUseException refused = assertThrows(StudyInUseException.class, this::open);
        assertTrue(refused.getMessage().contains(first.folder().toString()), refused.getMessage());
        first.close();
        open().close();
    }

    @Test
    void anotherProcessIsKeptOutAndWhenItIsKilledNothingHalfDoneIsLeft() throws Exception {
        Path place = folder.resolve("study");
        Process other = Holder.start(place);
        try {
            StudyInUseException refused = assertThrows(StudyInUseException.class, this::open);
            assertTrue(refused.getMessage().contains("process " + other.pid()), refused.getMessage());
            try (Study reader = Study.openReadOnly(place, problems::add)) {
                assertEquals("one", reader.results().find(Note.recipe("first"), Note.ANALYSIS).orElseThrow().text());
                assertTrue(reader.results().find(Note.recipe("second"), Note.ANALYSIS).isEmpty());
                assertThrows(StoreException.class,
                        () -> reader.results().put(Note.recipe("third"), new Note("three", false)));
            }
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertEquals(2, files(place.resolve("results")).size(), "the half-written result should still lie there");
        try (Study study = open()) {
            assertEquals(List.of(Note.recipe("first")),
                    study.results().entries().stream().map(Results.Entry::recipe).toList());
            assertEquals(1, files(place.resolve("results")).size());
            assertEquals(List.of(Note.recipe("second")), study.queue().waiting());
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void aResultThatWasMovedAsideWhenTheProcessDiedIsPutBack() throws IOException {
        Path results;
        try (Study study = open()) {
            study.results().put(Note.recipe("a"), new Note("kept", false));
            Path stored = study.results().folder(Note.recipe("a"));
            results = stored.getParent();
            Files.move(stored, results.resolve(".replaced-" + stored.getFileName()));
        }
        try (Study study = open()) {
            assertEquals("kept", study.results().find(Note.recipe("a"), Note.ANALYSIS).orElseThrow().text());
            assertEquals(1, files(results).size());
        }
    }

    @Test
    void aPlaceThatIsNoFolderIsToldWithWhatToDo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        StoreException refused = assertThrows(StoreException.class, () -> Study.open(file));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains("choose another folder"), refused.getMessage());
        assertEquals("in the way", Files.readString(file));
    }

    @Test
    void networksAreKeptUnderTheirNamesAndOnlyOnce() throws IOException {
        try (Study study = open()) {
            Path first = study.add(network("my/network", "first"));
            Path other = study.add(network("my/network", "another of the same name"));
            assertEquals(first, study.add(network("my/network", "first")));
            assertEquals(List.of("my-network-2.loupe", "my-network.loupe"),
                    study.networks().stream().map(file -> file.getFileName().toString()).toList());
            assertEquals("another of the same name", NetworkFile.read(other).about());
        }
    }

    @Test
    void aDamagedNetworkIsLeftAloneAndToldAbout() throws IOException {
        try (Study study = open()) {
            Path damaged = Files.writeString(study.folder().resolve("networks/tiny.loupe"), "no network");
            Path added = study.add(network("tiny", ""));
            assertEquals("tiny-2.loupe", added.getFileName().toString());
            assertEquals("no network", Files.readString(damaged));
            assertEquals(1, problems.size());
            assertTrue(problems.get(0).contains(damaged.toString()), problems.get(0));
        }
    }

    @Test
    void whatWaitsOutlivesTheStudyInItsOrder() {
        try (Study study = open()) {
            study.queue().replace(List.of(Note.recipe("b"), Note.recipe("a")));
        }
        try (Study study = open()) {
            assertEquals(List.of(Note.recipe("b"), Note.recipe("a")), study.queue().waiting());
            study.queue().replace(List.of());
            assertEquals(List.of(), study.queue().waiting());
            assertFalse(Files.exists(study.folder().resolve("queue.json")));
        }
    }

    @Test
    void aDamagedListOfWhatWaitsIsToldAboutAndEmpty() throws IOException {
        try (Study study = open()) {
            Files.writeString(study.folder().resolve("queue.json"), "[{\"analysis\":");
            assertEquals(List.of(), study.queue().waiting());
            Files.writeString(study.folder().resolve("queue.json"), "[{\"analysis\":\"note\"}]");
            assertEquals(List.of(), study.queue().waiting());
            assertEquals(2, problems.size(), problems.toString());
        }
    }

    private static Network network(String name, String about) {
        return new Network(name, about, new Input(new Shape(1, 2, 2), new float[1], new float[] {1}),
                List.of(new Relu("relu", Network.INPUT)), List.of(new Layer("relu", "relu", Network.INPUT, "")),
                List.of());
    }

    private static List<Path> files(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.toList();
        }
    }
}
