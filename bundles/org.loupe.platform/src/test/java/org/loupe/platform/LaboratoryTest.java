package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Analysis;
import org.loupe.core.Batch;
import org.loupe.core.Observer;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.network.Tap;
import org.loupe.platform.Counting.Arguments;
import org.loupe.platform.Counting.Count;
import org.loupe.store.StoreException;

class LaboratoryTest {

    private static final Observer<Object> GO_ON = (done, total, what) -> true;

    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();
    private final Registry registry = new Registry(Contributions.registry(Contributions.ALL),
            (message, cause) -> notices.add(message));
    private final Registered<Analysis<Arguments, Count>> counting = registry.analysis(Counting.class);
    private final Arguments ask = new Arguments("sheep", 5);

    private int runs() {
        return ((Counting) counting.value()).runs.get();
    }

    private Laboratory open(EngineChoice choice) {
        return Laboratory.open(folder.resolve("study"), registry, choice, notices::add);
    }

    private Laboratory open() {
        return open(EngineChoice.preferably("reference"));
    }

    @Test
    void aQuestionIsAnsweredOnceAndThenFromTheStore() {
        try (Laboratory laboratory = open()) {
            Network network = laboratory.network("tiny");
            assertEquals(Optional.empty(), laboratory.stored(counting, ask, network));
            assertEquals(new Count(5, false), laboratory.ask(counting, ask, network, GO_ON, false));
            assertEquals(new Count(5, false), laboratory.ask(counting, ask, network, GO_ON, false));
            assertEquals(1, runs());
            assertEquals(Optional.of(new Count(5, false)), laboratory.stored(counting, ask, network));
            laboratory.ask(counting, ask, network, GO_ON, true);
            assertEquals(2, runs());
        }
        try (Laboratory laboratory = open()) {
            laboratory.ask(counting, ask, laboratory.network("tiny"), GO_ON, false);
            assertEquals(2, runs());
        }
    }

    @Test
    void aPartialAnswerIsStoredAndTheQuestionAskedAgain() {
        try (Laboratory laboratory = open()) {
            Network network = laboratory.network("tiny");
            Observer<Object> stop = (done, total, what) -> done < 2;
            assertEquals(new Count(2, true), laboratory.ask(counting, ask, network, stop, false));
            assertEquals(Optional.of(new Count(2, true)), laboratory.stored(counting, ask, network));
            assertEquals(new Count(5, false), laboratory.ask(counting, ask, network, GO_ON, false));
        }
    }

    @Test
    void theRecipeSaysEverythingThatIsNeededToAskAgain() {
        try (Laboratory laboratory = open()) {
            Network network = laboratory.network("tiny");
            var recipe = laboratory.recipe(counting, ask, network);
            assertEquals(List.of("com.acme.count", "{steps=5, what=sheep}", network.hash(), "reference",
                    "plain Java, 64-bit numbers"), List.of(recipe.analysis(), recipe.arguments().toString(),
                            recipe.network(), recipe.engine(), recipe.machine()));
        }
    }

    @Test
    void whereTheFirstEngineCannotRunTheNextOneDoesAndItIsTold() {
        try (Laboratory laboratory = open(EngineChoice.ANY)) {
            assertEquals("reference", laboratory.engine().name());
            assertEquals(List.of("The engine fast cannot do it: there is no accelerator. The engine reference is used"
                    + " instead."), notices);
        }
    }

    @Test
    void anEngineThatWasAskedForAloneIsNotReplaced() {
        try (Laboratory laboratory = open(EngineChoice.only("fast"))) {
            assertThrows(EngineException.class, laboratory::engine);
        }
        assertEquals("There is no engine fas. Did you mean fast?", assertThrows(IllegalArgumentException.class,
                () -> open(EngineChoice.only("fas"))).getMessage());
        open().close();
    }

    @Test
    void aNetworkThatOneEngineCannotRunIsRunByTheNextAndKeptUnderItsName() {
        Registry picky = new Registry(Contributions.registry(Contributions.ALL,
                "<extension point=\"org.loupe.platform.engines\"><engine id=\"com.acme.picky\" priority=\"200\""
                        + " class=\"org.loupe.platform.Contributions$Picky\"/></extension>"),
                (message, cause) -> notices.add(message));
        for (int time = 0; time < 2; time++) {
            try (Laboratory laboratory = Laboratory.open(folder.resolve("study"), picky, EngineChoice.ANY, notices::add)) {
                Network hard = Contributions.network("hard", "");
                var analysis = picky.analysis(Counting.class);
                laboratory.ask(analysis, ask, hard, GO_ON, false);
                assertEquals("picky", laboratory.engine().name());
                assertEquals("reference", laboratory.study().results().entries().get(0).recipe().engine());
                assertEquals(1, ((Counting) analysis.value()).runs.get());
            }
        }
    }

    @Test
    void aSessionIsSharedAndClosedWithTheLaboratory() {
        Network network;
        Session session;
        try (Laboratory laboratory = open()) {
            network = laboratory.network("tiny");
            session = laboratory.session(network);
            assertSame(session, laboratory.session(network));
        }
        Batch picture = Batch.zeros(1, 1, 2, 2);
        assertThrows(IllegalStateException.class, () -> session.activations(picture, Set.of(Tap.after("relu"))));
    }

    @Test
    void networksAreFoundByNameAndByFile() throws IOException {
        Path file = folder.resolve("my.loupe");
        NetworkFile.write(Contributions.network("mine", ""), file);
        try (Laboratory laboratory = open()) {
            assertEquals("mine", laboratory.network(file.toString()).name());
            laboratory.study().add(Contributions.network("kept", ""));
            assertEquals("kept", laboratory.network("kept").name());
            assertSame(laboratory.network("kept"), laboratory.networks().get(1));
            assertEquals(List.of("tiny", "kept"), laboratory.networks().stream().map(Network::name).toList());
            assertTrue(laboratory.isNetwork("kept") && laboratory.isNetwork("tiny") && laboratory.isNetwork(file.toString()));
            assertFalse(laboratory.isNetwork("relu:0"));
            assertEquals("There is no network and no file tinny. Did you mean tiny?",
                    assertThrows(IllegalArgumentException.class, () -> laboratory.network("tinny")).getMessage());
        }
    }

    @Test
    void aTruncatedNetworkIsToldWithItsFile() throws IOException {
        Path file = folder.resolve("my.loupe");
        NetworkFile.write(Contributions.network("mine", ""), file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 40));
        try (Laboratory laboratory = open()) {
            String told = assertThrows(NetworkException.class, () -> laboratory.network(file.toString())).getMessage();
            assertTrue(told.startsWith(file + " is cut off."), told);
            Files.copy(file, laboratory.study().folder().resolve("networks/my.loupe"));
            assertEquals(List.of("tiny"), laboratory.networks().stream().map(Network::name).toList());
            assertTrue(notices.get(notices.size() - 1).contains("is cut off"), notices.toString());
        }
    }

    @Test
    void aFileThatNobodyReadsIsToldWithWhatIsRead() throws IOException {
        Path file = Files.writeString(folder.resolve("my.onnx"), "onnx");
        try (Laboratory laboratory = open()) {
            String told = assertThrows(IllegalArgumentException.class, () -> laboratory.network(file.toString()))
                    .getMessage();
            assertTrue(told.contains("Files may end with .loupe"), told);
        }
    }

    @Test
    void inAStudyThatIsOpenForReadingNothingIsStored() {
        try (Laboratory writer = open();
                Laboratory reader = Laboratory.openReadOnly(folder.resolve("study"), registry,
                        EngineChoice.preferably("reference"), notices::add)) {
            reader.ask(counting, ask, reader.network("tiny"), GO_ON, false);
            assertEquals(List.of(), writer.study().results().entries());
            writer.ask(counting, ask, writer.network("tiny"), GO_ON, false);
            reader.ask(counting, ask, reader.network("tiny"), GO_ON, false);
            assertEquals(2, runs());
        }
    }

    @Test
    void whatCannotBeStoredIsHandedOutFirst() {
        try (Laboratory laboratory = open()) {
            List<Count> found = new ArrayList<>();
            assertThrows(StoreException.class, () -> laboratory.ask(counting, new Arguments("unlucky", 13),
                    laboratory.network("tiny"), GO_ON, false, found::add));
            assertEquals(List.of(new Count(13, false)), found);
        }
    }
}
