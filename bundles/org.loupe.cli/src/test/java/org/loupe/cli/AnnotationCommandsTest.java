package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.store.Study;

class AnnotationCommandsTest {

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder.resolve("study"), false);
    }

    private String out(String... words) {
        assertEquals(ExitCode.DONE, bench.run(words), () -> bench.err.toString());
        return bench.out.toString();
    }

    @Test
    void aUnitIsLabelledAndFoundByItsLabel() {
        assertTrue(out("label", "conv:1").startsWith("conv:1  no label"));
        assertFalse(Files.exists(folder.resolve("study")), "looking leaves nothing behind");
        assertTrue(out("label", "demo", "conv:1", "vertical edge", "--note", "dark left\nlight right").startsWith(
                "conv:1  vertical edge"));
        assertTrue(out("label", "conv:1").contains("note    dark left" + System.lineSeparator() + "        light right"));
        assertTrue(out("annotations", "--search", "EDGE").startsWith("conv:1  label  vertical edge"));
        assertTrue(out("annotations", "--search", "snow").contains("Nothing is written"));
        assertTrue(out("label", "conv:1", "--remove").startsWith("conv:1  no label"));
        assertTrue(out("annotations").contains("Nothing is written about demo yet"));
    }

    @Test
    void aFamilyIsMadeChangedAndRemoved() {
        assertTrue(out("family").contains("There are no families yet"));
        out("family", "edges", "conv:0", "conv:2", "--kind", "edge");
        assertEquals("edges  [edge]  3 units", out("family", "demo", "edges", "conv:1").lines().findFirst().orElseThrow());
        assertEquals("edges  [edge]  2 units", out("family", "edges", "conv:0", "--remove").lines().findFirst().orElseThrow());
        assertTrue(out("family", "edges", "--rename", "bars").startsWith("bars  [edge]"));
        assertEquals(ExitCode.USAGE, bench.run("family", "edges"));
        assertTrue(bench.err.toString().contains("bars"), bench.err.toString());
        out("family", "bars", "--remove");
        assertTrue(out("family").contains("There are no families yet"));
    }

    @Test
    void whatIsExportedCanBeImportedAndWhatIsReplacedIsTold() throws IOException {
        Path file = folder.resolve("deep/written.tsv");
        out("label", "conv:1", "edge");
        out("family", "edges", "conv:1");
        out("annotations", "--export", file.toString());
        String written = Files.readString(file);
        out("label", "conv:1", "line");
        assertTrue(out("annotations", "--import", file.toString()).contains("Label conv:1  (was: line)"));
        assertEquals(written.replace("\n", System.lineSeparator()), out("annotations").replace("\n", System.lineSeparator()));
        assertTrue(out("annotations", "--import", file.toString()).contains("was there already"));
    }

    @Test
    void aDamagedFileOrOneAboutAnotherNetworkChangesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("a.tsv"), "loupe-annotations\t1\nlabel\tconv:1\tedge\nlabel\tconv\tx\n");
        assertEquals(ExitCode.FAILED, bench.run("annotations", "--import", file.toString()));
        assertTrue(bench.err.toString().contains("Line 3 cannot be understood"), bench.err.toString());
        Files.writeString(file, "loupe-annotations\t1\nlabel\tconv:1\tedge\nlabel\tsnow:1\tx\n");
        assertEquals(ExitCode.FAILED, bench.run("annotations", "--import", file.toString()));
        assertTrue(bench.err.toString().contains("another network. No layer snow"), bench.err.toString());
        assertTrue(out("annotations").contains("Nothing is written"));
        assertEquals(ExitCode.FAILED, bench.run("annotations", "--import", folder.resolve("none").toString()));
        assertTrue(bench.err.toString().contains("Could not read"), bench.err.toString());
    }

    @Test
    void mistakesAreTold() {
        assertEquals(ExitCode.USAGE, bench.run("label", "conv:77", "x"));
        assertTrue(bench.err.toString().contains("conv has the channels 0 to 3"), bench.err.toString());
        assertEquals(ExitCode.USAGE, bench.run("label", "demo"));
        assertEquals(ExitCode.USAGE, bench.run("family", "edges", "--kind", "edge"));
        assertTrue(bench.err.toString().contains("Units behind the name make one"), bench.err.toString());
        assertEquals(ExitCode.USAGE, bench.run("family", "edges", "conv:9"));
    }

    @Test
    void anotherLoupeThatHasTheStudyOpenKeepsWritersOut() {
        try (Study held = Study.open(folder.resolve("study"))) {
            assertEquals(ExitCode.STUDY_IN_USE, bench.run("label", "conv:1", "edge"));
            assertTrue(held.annotations().read(Bench.tiny().hash()).isEmpty());
            assertEquals(ExitCode.DONE, bench.run("label", "conv:1"), "reading is always possible");
        }
    }
}
