package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.core.Batch;
import org.loupe.core.Npy;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.network.Tap;
import org.loupe.store.Study;

class OpenAndCheckTest {

    @TempDir
    Path folder;

    private Bench bench;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench(folder.resolve("study"), false);
        file = folder.resolve("mine.loupe");
        Network tiny = Bench.tiny();
        NetworkFile.write(new Network("mine", "", tiny.input(), tiny.operations(), tiny.layers(), tiny.classes()), file);
    }

    private String out() {
        return bench.out.toString();
    }

    private String err() {
        return bench.err.toString();
    }

    @Test
    void twoEnginesThatAgreeAreSaidTo() {
        assertEquals(ExitCode.DONE, bench.run("check", file.toString(), "-q"), err());
        assertTrue(out().contains("mine: reference (plain Java, 64-bit numbers) against "), out());
        assertTrue(out().contains("Agrees: the largest difference is 0, of the gradient 0."), out());
        assertEquals(ExitCode.DONE, bench.run("info", file.toString()));
        assertTrue(out().contains("check            agrees, largest difference 0"), out());
    }

    @Test
    void anEngineThatIsOffIsFoundWithTheFirstLayer() {
        assertEquals(ExitCode.OFF, bench.run("check", file.toString(), "--against", "off"), err());
        assertTrue(out().contains("Off: the first layer that differs is logits"), out());
        bench.run("info", file.toString());
        assertTrue(out().contains("check            off at logits"), out());
        bench.run("visualize", file.toString(), "conv:0", "--steps", "1");
        assertTrue(err().contains("has found it off at logits"), err());
    }

    @Test
    void whatWasFoundIsDataToo() {
        assertEquals(ExitCode.OFF, bench.run("check", "--against", "off", "--json", "-q"), err());
        JsonObject json = JsonParser.parseString(out()).getAsJsonObject();
        assertFalse(json.get("agrees").getAsBoolean());
        assertEquals("logits", json.get("firstOff").getAsString());
        assertEquals(3, json.getAsJsonArray("places").size());
        assertEquals("org.loupe.check", json.getAsJsonObject("recipe").get("analysis").getAsString());
    }

    @Test
    void anEngineThatCannotRunItIsNamedAndTheNextOneTaken() {
        assertEquals(ExitCode.FAILED, bench.run("check", "--against", "lame"));
        assertTrue(err().contains("The engine lame cannot be compared with: it can run no convolution"), err());
        assertEquals(ExitCode.FAILED, bench.run("check", "--engine", "lame"));
        assertTrue(err().contains("The engine lame cannot run it: it can run no convolution"), err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "check --against of                | There is no engine of. Did you mean off?",
        "check --against reference         | The engine reference cannot be compared with itself.",
        "check --images 0                  | --images cannot be 0.",
        "check --golden gone.npz           | there is no file gone.npz",
        "info --size large                 | “large” is no size of pictures.",
        "info --colours caffee             | Did you mean caffe?",
        "info --size 20                    | demo is for pictures of 16 rows and 16 columns.",
        "open                              | Missing required parameter",
        "open gone.onnx                    | There is no network and no file gone.onnx."})
    void whatMakesNoSenseIsTold(String command, String message) {
        int code = bench.run(command.split(" "));
        assertTrue(code == ExitCode.USAGE || code == ExitCode.FAILED, command + " ended with " + code);
        assertTrue(err().contains(message), err());
    }

    @Test
    void goldenValuesThatFitAgreeAndOthersAreOff() throws IOException {
        Batch picture = Batch.zeros(1, 3, 16, 16);
        Batch logits;
        try (Session session = new ReferenceEngine().open(Bench.tiny())) {
            logits = session.activations(picture, Set.of(Tap.after("logits"))).at(Tap.after("logits"));
        }
        Path input = Files.write(folder.resolve("input.npy"), Npy.write(Bench.tiny().input().normalized(picture)));
        Path golden = Files.write(folder.resolve("logits.npy"), Npy.write(logits));
        String[] words = {"check", "--golden", golden.toString(), "--golden-input", input.toString()};
        assertEquals(ExitCode.DONE, bench.run(words), err());
        logits.values()[1] += 0.1f;
        Files.write(golden, Npy.write(logits));
        assertEquals(ExitCode.OFF, bench.run(words), err());
        assertTrue(out().contains("the first layer that differs is logits"), out());
        assertEquals(ExitCode.USAGE, bench.run("check", "--golden", golden.toString()));
        assertTrue(err().contains("add an array named input"), err());
    }

    @Test
    void aStoppedCheckSaysSoAndIsNotRemembered() {
        bench.interrupt.request();
        assertEquals(ExitCode.STOPPED, bench.run("check", file.toString()));
        assertTrue(out().contains("It was stopped before it was done."), out());
        bench.run("info", file.toString());
        assertTrue(out().contains("check            not yet"), out());
    }

    @Test
    void anOpenedFileIsThereByNameWithItsColours() {
        assertEquals(ExitCode.DONE, bench.run("open", file.toString(), "--colours", "inception5h"), err());
        assertTrue(out().contains("mine: 2 layers, pictures of 3x16x16, colours inception5h"), out());
        assertTrue(err().contains("mine has not been checked yet"), err());
        for (String name : new String[] {"mine", file.toString()}) {
            assertEquals(ExitCode.DONE, bench.run("info", name), err());
            assertTrue(out().contains("colours          inception5h"), out());
        }
        bench.run("open", file.toString(), "--colours", "imagenet");
        bench.run("info", "mine");
        assertTrue(out().contains("colours          imagenet"), out());
    }

    @Test
    void anUncheckedFileIsToldOfOnceAndABundledNetworkNever() {
        bench.run("visualize", file.toString(), "conv:0", "--steps", "1");
        assertEquals(1, err().lines().filter(line -> line.contains("has not been checked yet")).count(), err());
        bench.run("visualize", "demo", "conv:0", "--steps", "1");
        assertFalse(err().contains("checked"), err());
    }

    @Test
    void aStudyInUseIsNoReasonNotToCheck() {
        try (Study elsewhere = Study.open(folder.resolve("study"))) {
            assertEquals(ExitCode.DONE, bench.run("check", file.toString()), err());
            assertTrue(err().contains("is not remembered"), err());
            assertEquals(0, elsewhere.results().entries().size());
        }
    }
}
