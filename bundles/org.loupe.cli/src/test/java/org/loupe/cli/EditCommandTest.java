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
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkFile;

class EditCommandTest {

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
    void anEditedNetworkIsThereByItsNameAndItsEditsAreTakenBackAndMadeAgain() {
        assertTrue(out("edit").contains("demo is as it is"));
        assertFalse(Files.exists(folder.resolve("study")), "looking leaves nothing behind");
        String first = out("edit", "demo", "conv:1 = 0", "--name", "without", "--label", "no edges");
        assertTrue(first.startsWith("without is made of demo by 1 edit"), first);
        assertTrue(first.contains("no edges: conv:1 = 0"), first);
        assertTrue(out("info", "without").contains("with one edit: no edges: conv:1 = 0"));
        String second = out("edit", "without", "conv:0 = 0.5 * itself");
        assertTrue(second.startsWith("without is made of demo by 2 edits"), second);
        String two = sha(second);
        assertEquals(sha(first), sha(out("edit", "without", "--undo")));
        assertTrue(out("edit", "without").contains("(taken back) conv:0 = 0.5 * itself"));
        assertEquals(two, sha(out("edit", "without", "--redo")));
        assertTrue(out("edit", "demo").contains("of it are made:"));
        assertTrue(out("edit", "without", "--name", "other", "conv:2 = 0").startsWith("other is made of demo by 3 edits"));
        assertTrue(out("edit", "without").startsWith("without is made of demo by 2 edits"));
    }

    @Test
    void anEditedNetworkInheritsWhatIsWrittenAboutItsOriginAndKeepsItsOwn() {
        out("label", "demo", "conv:1", "edge");
        out("edit", "demo", "conv:0 = 0", "--name", "without");
        assertTrue(out("label", "without", "conv:1").contains("edge"), "inherited");
        out("label", "without", "conv:1", "border");
        assertTrue(out("label", "without", "conv:1").contains("border"));
        assertFalse(out("label", "demo", "conv:1").contains("border"), "the origin keeps its own");
        out("edit", "without", "conv:2 = 0");
        assertTrue(out("label", "without", "conv:1").contains("border"), "kept when it is edited further");
        out("edit", "without", "--name", "other", "conv:1 = 0");
        out("label", "demo", "conv:2", "corner");
        assertTrue(out("label", "other", "conv:2").contains("corner"), "what is written later is inherited, too");
    }

    private static String sha(String text) {
        return text.replaceAll("(?s).*SHA-256 ([0-9a-f]{64}).*", "$1");
    }

    @Test
    void aNetworkFileIsEditedWithoutBeingOpenedFirst() throws IOException {
        Path file = folder.resolve("mine.loupe");
        Network tiny = Bench.tiny();
        NetworkFile.write(new Network("mine", "", tiny.input(), tiny.operations(), tiny.layers(), tiny.classes()), file);
        assertTrue(out("edit", file.toString(), "conv:1 = 0", "--name", "without").startsWith("without is made of mine by 1 edit"));
        assertTrue(out("edit", "without", "--undo").contains("(taken back) conv:1 = 0"));
        assertTrue(out("edit", "mine").contains("of it are made:"), "the study keeps what was edited, too");
    }

    @Test
    void editsAreReadFromAFile() throws IOException {
        Path file = folder.resolve("edits.txt");
        Files.writeString(file, "# two units\nconv:1 = 0\n\nconv:2 = relu(conv:0 - 0.5)\n");
        assertTrue(out("edit", "--file", file.toString(), "--name", "two").startsWith("two is made of demo by 2 edits"));
    }

    @Test
    void whatMakesNoSenseLeavesNothingBehind() {
        assertEquals(ExitCode.USAGE, bench.run("edit", "conv:1 = 0"));
        assertTrue(bench.err.toString().contains("--name"), bench.err.toString());
        assertEquals(ExitCode.USAGE, bench.run("edit", "conv:99 = 0", "--name", "bad"));
        assertEquals(ExitCode.USAGE, bench.run("edit", "conv:1 = sausage", "--name", "bad"));
        assertTrue(bench.err.toString().contains("sausage"), bench.err.toString());
        assertEquals(ExitCode.USAGE, bench.run("edit", "conv:1 = 0", "--name", "demo"));
        assertEquals(ExitCode.USAGE, bench.run("edit", "conv:1 = 0", "--name", "a/b"));
        assertEquals(ExitCode.USAGE, bench.run("edit", "demo", "--undo"));
        assertFalse(Files.exists(folder.resolve("study/edits")));
        assertFalse(Files.exists(folder.resolve("study/networks/bad.loupe")));
    }
}
