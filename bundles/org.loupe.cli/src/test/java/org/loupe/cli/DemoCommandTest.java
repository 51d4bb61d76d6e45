package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class DemoCommandTest {

    private static final Pattern PICTURE = Pattern.compile("<img src=\"([^\"]+)\"");

    @TempDir
    Path folder;

    private Bench bench;
    private Path out;

    @BeforeEach
    void open() {
        bench = new Bench(folder.resolve("study"), false);
        out = folder.resolve("report");
    }

    private String page() throws IOException {
        return Files.readString(out.resolve("index.html"));
    }

    private static List<String> pictures(String page) {
        return PICTURE.matcher(page).results().map((MatchResult match) -> match.group(1)).toList();
    }

    @Test
    void theReportShowsEveryUnitWithItsPicturesAndHowToMakeThemAgain() throws IOException {
        assertEquals(ExitCode.DONE, bench.run("demo", "--steps", "4", "--out", out.toString()), bench.err.toString());
        String page = page();
        assertEquals(out.resolve("index.html").toString(), bench.out.toString().strip());
        List<String> pictures = pictures(page);
        assertEquals(List.of("pictures/conv-2.png", "pictures/conv-2-centre.png", "pictures/logits-1.png",
                "pictures/logits-1-nothing.png", "pictures/logits-1-transforms.png", "pictures/logits-1-Fourier-space.png",
                "pictures/logits-1-both.png"), pictures);
        for (String picture : pictures) {
            assertTrue(Files.size(out.resolve(picture)) > 100, picture);
        }
        assertTrue(page.contains("./loupe visualize demo conv:2 --neuron --steps 4"), page);
        assertTrue(page.contains("./loupe ingredients demo logits:1 --steps 4"), page);
        assertTrue(page.contains("the answer “dog”"), page);
        assertTrue(page.contains("A network &lt;of&gt; a test."), page);
        assertTrue(page.contains("&quot;analysis&quot;: &quot;org.loupe.visualize&quot;"), page);
    }

    @Test
    void theReportNeedsNothingFromElsewhere() throws IOException {
        bench.run("demo", "--steps", "1", "--out", out.toString());
        String page = page();
        assertFalse(page.contains("http:") || page.contains("https:") || page.contains("<link") || page.contains("<script"),
                page);
        assertTrue(page.contains("prefers-color-scheme: dark"), page);
    }

    @Test
    void thePageIsWellFormed() throws Exception {
        bench.run("demo", "--steps", "1", "--out", out.toString());
        String page = page().replace("<!DOCTYPE html>", "").replaceAll("<(meta|img)([^>]*)>", "<$1$2/>")
                .replaceAll("&(nbsp|#8239);", " ");
        DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(page)));
    }

    @Test
    void theSameReportIsWrittenTwice() throws IOException {
        bench.run("demo", "--steps", "2", "--out", out.toString());
        String first = page();
        bench.run("demo", "--steps", "2", "--out", out.toString());
        assertEquals(first, page());
    }

    @Test
    void unitsCanBeChosen() throws IOException {
        assertEquals(ExitCode.DONE, bench.run("demo", "--steps", "1", "--out", out.toString(), "--units", "conv:0@1,1",
                "conv:3"), bench.err.toString());
        assertTrue(page().contains("<h2>conv:0@1,1</h2>") && page().contains("<h2>conv:3</h2>"), page());
        assertTrue(page().contains("this picture means nothing"), "conv:3 is dead");
        assertEquals(ExitCode.USAGE, bench.run("demo", "--out", out.toString(), "--units", "conv:9"));
        assertTrue(bench.err.toString().contains("conv has the channels 0 to 3"), bench.err.toString());
    }

    @Test
    void aReportThatIsStoppedShowsWhatThereIs() throws IOException {
        bench.interrupt.request();
        assertEquals(ExitCode.STOPPED, bench.run("demo", "--out", out.toString()));
        assertTrue(page().contains("stopped before it was done"), page());
    }
}
