package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitCommandTest {

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder.resolve("study"), false);
    }

    @Test
    void thePageHasWhatIsKnownAndSaysHowToGetTheRest() throws IOException {
        assertEquals(ExitCode.DONE, bench.run("label", "conv:1", "vertical edge"));
        assertEquals(ExitCode.DONE, bench.run("visualize", "conv:2", "conv:1"), () -> bench.err.toString());
        Path page = folder.resolve("deep/page.svg");
        assertEquals(ExitCode.DONE, bench.run("unit", "demo", "conv:1", "--out", page.toString()), () -> bench.err.toString());
        String svg = Files.readString(page);
        assertTrue(svg.contains(">vertical edge<") && svg.contains("made by optimisation"), svg);
        assertTrue(svg.contains(Bench.tiny().hash()), "the recipe names the network");
        assertTrue(bench.err.toString().contains("Find them: loupe scan demo"), bench.err.toString());
        assertTrue(svg.contains("Not known yet") && svg.contains("loupe scan demo"));
        assertEquals(ExitCode.DONE, bench.run("scan"), () -> bench.err.toString());
        assertEquals(ExitCode.DONE, bench.run("unit", "conv:1", "--out", page.toString()), () -> bench.err.toString());
        String scanned = Files.readString(page);
        assertTrue(scanned.contains(">Positions at each activation (log)<"), "beside the picture, what the scan knows");
        assertTrue(scanned.contains("In a frame: what excites a unit most"), "in place of pictures that were not made");
    }

    @Test
    void everyFormatIsWrittenAndTwiceTheSame() throws IOException {
        for (String format : new String[] {"svg", "pdf", "html", "png"}) {
            Path one = folder.resolve("one." + format);
            Path two = folder.resolve("two." + format);
            assertEquals(ExitCode.DONE, bench.run("unit", "conv:0", "--out", one.toString()), () -> bench.err.toString());
            assertEquals(ExitCode.DONE, bench.run("unit", "conv:0", "--out", two.toString()));
            assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two), format);
        }
        assertTrue(Files.readString(folder.resolve("one.pdf"), StandardCharsets.ISO_8859_1).startsWith("%PDF"));
    }

    @Test
    void anotherFormatOrUnitIsRefused() {
        assertEquals(ExitCode.USAGE, bench.run("unit", "conv:0", "--out", folder.resolve("a.doc").toString()));
        assertEquals(ExitCode.USAGE, bench.run("unit", "conv:99", "--out", folder.resolve("a.svg").toString()));
        assertEquals(ExitCode.USAGE, bench.run("unit", "conv:0"));
    }
}
