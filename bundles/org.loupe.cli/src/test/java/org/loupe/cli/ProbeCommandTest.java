package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeCommandTest {

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder.resolve("study"), false);
    }

    private String out() {
        return bench.out.toString();
    }

    private String err() {
        return bench.err.toString();
    }

    @Test
    void aPictureOfASetIsProbed() {
        assertEquals(ExitCode.DONE, bench.run("probe", "--picture", "few:2", "--at", "0,0", "--count", "2"), err());
        assertTrue(out().contains("conv at 0,0"), out());
        assertTrue(out().contains("conv anywhere"), out());
        assertEquals(ExitCode.DONE, bench.run("probe", "demo", "--picture", "few:cat/a.png", "--json"), err());
        assertTrue(out().contains("\"picture\": \"cat/a.png\""), out());
    }

    @Test
    void quantilesAreThoseOfTheScan() {
        bench.run("scan");
        bench = new Bench(folder.resolve("study"), false);
        assertEquals(ExitCode.DONE, bench.run("probe", "demo", "conv", "--picture", "few:0", "--at", "1,1"), err());
        assertTrue(out().contains("nothing fires") || out().contains("% of the positions of few"), out());
    }

    @Test
    void theRecipeKnowsThePictureAndTheArguments() {
        String[] recipes = new String[2];
        for (int i = 0; i < 2; i++) {
            bench = new Bench(folder.resolve("study"), false);
            assertEquals(ExitCode.DONE, bench.run("probe", "--picture", "few:" + 2 * i, "--class", "1", "--json"), err());
            JsonObject recipe = JsonParser.parseString(out()).getAsJsonObject().getAsJsonObject("recipe");
            assertEquals("1", recipe.getAsJsonObject("arguments").get("ofClass").getAsString());
            recipes[i] = recipe.get("pictures").getAsString();
        }
        assertNotEquals(recipes[0], recipes[1]);
    }

    @Test
    void filesAreWritten() {
        assertEquals(ExitCode.DONE, bench.run("probe", "--picture", "few:0", "--unit", "conv:1", "--class", "0", "--out",
                folder.resolve("out").toString()), err());
        for (String name : new String[] {"probe.tsv", "map-0.png", "attribution-0.npy", "recipe.json"}) {
            assertTrue(Files.exists(folder.resolve("out").resolve(name)), name);
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertRefused(ExitCode.USAGE, "Which picture?", "probe");
        assertRefused(ExitCode.USAGE, "There is no file nothing.png", "probe", "--picture", "nothing.png");
        assertRefused(ExitCode.USAGE, "0 to 2, not 3", "probe", "--picture", "few:3");
        assertRefused(ExitCode.USAGE, "no picture dog/z.png", "probe", "--picture", "few:dog/z.png");
        assertRefused(ExitCode.USAGE, "It is cut off.", "probe", "--picture", "few:1");
    }

    private void assertRefused(int code, String why, String... words) {
        bench = new Bench(folder.resolve("study"), false);
        assertEquals(code, bench.run(words), err());
        assertTrue(err().contains(why), err());
    }
}
