package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsCommandTest {

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder.resolve("study"), false);
    }

    @Test
    void theStrongestInputsAreToldAndTheirKernelsWritten() {
        Path out = folder.resolve("out");
        assertEquals(ExitCode.DONE, bench.run("weights", "demo", "conv:1", "--count", "2", "--out", out.toString()),
                () -> bench.err.toString());
        assertTrue(bench.out.toString().startsWith("Reads 3 units; these 2 have "), bench.out.toString());
        assertTrue(bench.out.toString().contains("input:"), bench.out.toString());
        assertTrue(Files.exists(out.resolve("conv-1-weights.json")));
        assertEquals(ExitCode.DONE, bench.run("weights", "conv:1", "--json"));
        JsonObject json = JsonParser.parseString(bench.out.toString()).getAsJsonObject();
        assertEquals(3, json.getAsJsonObject("inputs").get("units").getAsInt());
        assertEquals(1, json.getAsJsonObject("inputs").get("shareOfNorms").getAsDouble(), 1e-9);
    }

    @Test
    void aUnitThatIsNotThereIsTold() {
        assertEquals(ExitCode.USAGE, bench.run("weights", "conv:99"));
        assertEquals(ExitCode.USAGE, bench.run("weights", "conv:1", "--count", "0"));
    }
}
