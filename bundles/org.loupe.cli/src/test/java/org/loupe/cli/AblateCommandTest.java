package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblateCommandTest {

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder.resolve("study"), false);
    }

    @Test
    void whatBreaksIsReportedAndKept() throws IOException {
        assertEquals(ExitCode.DONE, bench.run("ablate", "demo", "conv:1", "--pictures", "few", "--by", "mean", "--measure",
                "accuracy,conv:0", "--controls", "2", "--out", folder.resolve("out").toString()), bench.err.toString());
        String report = Files.readString(folder.resolve("out").resolve("report.txt"));
        assertTrue(report.startsWith("conv:1 taken away from "), report);
        assertTrue(report.contains("on 2 pictures of few") && report.contains("conv:0  mean"), report);
        assertTrue(bench.out.toString().startsWith(report), bench.out.toString());
        assertTrue(Files.exists(folder.resolve("out").resolve("pictures.tsv")));
        assertTrue(Files.readString(folder.resolve("out").resolve("figure-1.svg")).contains("<svg"));
        String png = Files.readString(folder.resolve("out").resolve("figure-1.png"), StandardCharsets.ISO_8859_1);
        assertTrue(png.startsWith("\u0089PNG") && png.contains("Recipe"), "the figure is there as points, too, with its recipe");
    }

    @Test
    void theRecipeHoldsWhatWasTakenAway() {
        assertEquals(ExitCode.DONE, bench.run("ablate", "demo", "conv:1", "conv.pre:0@0,0", "--pictures", "few", "--json"),
                bench.err.toString());
        assertTrue(JsonParser.parseString(bench.out.toString()).getAsJsonObject().getAsJsonObject("recipe")
                .getAsJsonObject("arguments").get("units").toString().contains("conv.pre:0@0,0"), bench.out.toString());
    }

    @Test
    void unitsThatAreNotThereAreRefused() {
        assertEquals(ExitCode.USAGE, bench.run("ablate", "demo", "conv:99", "--pictures", "few"));
        assertTrue(bench.err.toString().contains("No unit conv:99"), bench.err.toString());
    }
}
