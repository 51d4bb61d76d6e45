package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.dictionary.Dictionary;
import org.loupe.core.dictionary.DictionaryFile;
import org.loupe.core.dictionary.DictionaryNetwork;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.network.Weights;

class DictionaryCommandTest {

    @TempDir
    Path folder;

    private Bench bench;
    private Path weights;
    private Path network;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench(folder.resolve("study"), false);
        weights = folder.resolve("weights.safetensors");
        network = folder.resolve("with latents.loupe");
        float[] directions = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0.6f, 0, 0.8f, 0.8f, 0.6f, 0, 0};
        int[] shape = {5, 4};
        Files.write(weights, DictionaryFile.write(new Dictionary(new Weights(shape, directions),
                Weights.vector(new float[5]), new Weights(shape, directions), Weights.vector(new float[4]), 2)));
    }

    @Test
    void aDictionaryGoesIntoANetworkAndOutAgain() throws IOException {
        assertEquals(ExitCode.DONE, bench.run("dictionary", "import", "demo", "conv", "--weights", weights.toString(), "--to",
                network.toString()), () -> bench.err.toString());
        assertTrue(bench.out.toString().contains("conv.latents:0 to 4"), bench.out.toString());
        Path again = folder.resolve("again.safetensors");
        assertEquals(ExitCode.DONE, bench.run("dictionary", "export", network.toString(), "--to", again.toString()),
                () -> bench.err.toString());
        assertEquals(DictionaryFile.read(Files.readAllBytes(weights), -1, "weights").decoder(),
                DictionaryFile.read(Files.readAllBytes(again), -1, "again").decoder());
        assertEquals(ExitCode.DONE, bench.run("weights", network.toString(), "conv.latents:3"), () -> bench.err.toString());
        assertEquals(ExitCode.DONE, bench.run("dictionary", "import", "conv", "--weights", weights.toString(), "--kept", "0", "--to",
                network.toString()), () -> bench.err.toString());
        assertEquals(0, DictionaryNetwork.of(NetworkFile.read(network), "conv").kept());
    }

    @Test
    void itsAnalysesAreItsCommands() {
        bench.run("dictionary", "import", "demo", "conv", "--weights", weights.toString(), "--to", network.toString());
        assertEquals(ExitCode.DONE, bench.run("dictionary", "eval", network.toString(), "conv", "--pictures", "few"),
                () -> bench.err.toString());
        assertTrue(bench.out.toString().contains("variance explained"), bench.out.toString());
        assertEquals(ExitCode.USAGE, bench.run("dictionary"));
        assertTrue(bench.out.toString().contains("export") && bench.out.toString().contains("eval"), bench.out.toString());
        assertEquals(ExitCode.USAGE, bench.run("dictionary-eval", "demo", "conv", "--pictures", "few"));
    }

    @Test
    void whatDoesNotFitIsTold() {
        assertEquals(ExitCode.USAGE, bench.run("dictionary", "export", "demo", "--to", folder.resolve("x").toString()));
        assertTrue(bench.err.toString().contains("no dictionary behind conv"), bench.err.toString());
        assertEquals(ExitCode.USAGE, bench.run("dictionary", "import", "demo", "logits", "--weights", weights.toString(), "--to",
                network.toString()));
        assertTrue(bench.err.toString().contains("4 channels"), bench.err.toString());
        assertEquals(ExitCode.USAGE, bench.run("dictionary", "import", "demo", "conv", "--weights",
                folder.resolve("none").toString(), "--to", network.toString()));
        assertTrue(bench.err.toString().contains("There is no file"), bench.err.toString());
        assertEquals(ExitCode.USAGE, bench.run("dictionary", "bench", "--kept", "900"));
    }

    @Test
    void howFastLearningIsIsTold() {
        assertEquals(ExitCode.DONE, bench.run("dictionary", "bench", "--channels", "4", "--latents", "8", "--kept", "2", "--batch",
                "16"), () -> bench.err.toString());
        assertTrue(bench.out.toString().contains("vectors in a second"), bench.out.toString());
    }
}
