package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.ReceptiveField;
import org.loupe.platform.ChannelScans;
import org.loupe.platform.Laboratory;
import org.loupe.store.Study;

class ScanCommandTest {

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
    void theSetThatComesWithTheNetworkIsScanned() {
        assertEquals(ExitCode.DONE, bench.run("scan"), err());
        assertTrue(out().startsWith("2 pictures of few, 1 unreadable (unreadable.csv says why); layers conv, logits"), out());
        assertEquals(ExitCode.DONE, bench.run("scan", "demo", "conv", "--pictures", "few"), err());
        assertTrue(out().contains("layers conv" + System.lineSeparator()), out());
    }

    @Test
    void aWordThatIsNeitherANetworkNorALayerIsLikelyALayer() {
        assertEquals(ExitCode.USAGE, bench.run("scan", "conf"));
        assertTrue(err().contains("no file conf, and demo has no layer of this name. Did you mean conv?"), err());
    }

    @Test
    void aResultThatCannotBeWrittenIsSaidInOneLine() throws IOException {
        Files.createDirectories(folder.resolve("study"));
        Files.writeString(folder.resolve("study/unfinished"), "in the way");
        assertEquals(ExitCode.CANNOT_WRITE, bench.run("scan"), err());
        assertTrue(err().contains("The scan cannot be written to") && !err().contains("unforeseen"), err());
    }

    @Test
    void theRecipeNamesThePictures() {
        assertEquals(ExitCode.DONE, bench.run("scan", "--json"), err());
        JsonObject json = JsonParser.parseString(out()).getAsJsonObject();
        assertFalse(json.getAsJsonObject("recipe").get("pictures").getAsString().isEmpty());
    }

    @Test
    void theFilesCanBeWrittenToAFolder() throws IOException {
        assertEquals(ExitCode.DONE, bench.run("scan", "--means", "--out", folder.resolve("first").toString()), err());
        assertEquals(ExitCode.DONE, bench.run("scan", "--means", "--out", folder.resolve("stored").toString()), err());
        try (Stream<Path> files = Files.list(folder.resolve("first"))) {
            List<Path> all = files.toList();
            assertEquals(3 + 1 + 3 * 8, all.size());
            for (Path file : all) {
                assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(folder.resolve("stored").resolve(file.getFileName())));
            }
        }
    }

    @Test
    void whatIsNoLongerNeededIsRemoved() throws IOException {
        bench.run("scan");
        try (Stream<Path> left = Files.list(folder.resolve("study/unfinished"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void whileAnotherLoupeHasTheStudyTheFilesAreStillWritten() throws IOException {
        try (Study inUse = Study.open(folder.resolve("study"))) {
            assertEquals(ExitCode.DONE, bench.run("scan", "--out", folder.resolve("scan").toString()), err());
            assertTrue(Files.exists(folder.resolve("scan/scan.tsv")));
            assertFalse(Files.exists(inUse.folder().resolve("unfinished")));
        }
    }

    @Test
    void aScanThatIsStoppedIsKeptAndGoesOn() {
        bench.interrupt.request();
        assertEquals(ExitCode.STOPPED, bench.run("scan"), err());
        bench = new Bench(folder.resolve("study"), false);
        assertEquals(ExitCode.DONE, bench.run("scan"), err());
        assertTrue(out().startsWith("2 pictures"), out());
    }

    @Test
    void examplesAreWrittenWithWhatTheUnitSees() throws IOException {
        bench.run("scan");
        Path sheets = folder.resolve("sheets");
        assertEquals(ExitCode.DONE, bench.run("examples", "conv:1", "--out", sheets.toString()), err());
        assertTrue(out().contains("cat/a.png"), out());
        assertTrue(Files.size(sheets.resolve("conv-1-examples.png")) > 100);
        JsonObject json = JsonParser.parseString(Files.readString(sheets.resolve("conv-1-examples.json"))).getAsJsonObject();
        assertEquals("conv:1", json.get("unit").getAsString());
        JsonObject strongest = json.getAsJsonArray("strongest").get(0).getAsJsonObject();
        int row = strongest.get("row").getAsInt();
        JsonObject sees = strongest.getAsJsonObject("sees");
        assertEquals(Math.max(0, 2 * row - 1), sees.get("top").getAsInt());
        assertEquals(2 * row + 1, sees.get("bottom").getAsInt());
        assertEquals(ExitCode.DONE, bench.run("examples", "demo", "conv:1", "--before", "--json"), err());
        assertEquals("conv.pre:1", JsonParser.parseString(out()).getAsJsonObject().get("unit").getAsString());
    }

    @Test
    void examplesAreCutOutAtWhatTheUnitReallyLooksAt() throws IOException {
        bench.run("scan");
        Path sheets = folder.resolve("effective");
        assertEquals(ExitCode.DONE, bench.run("examples", "conv:1", "--effective", "--overlay", "--out", sheets.toString()),
                err());
        assertTrue(out().contains("95 % of the gradient within"), out());
        JsonObject json = JsonParser.parseString(Files.readString(sheets.resolve("conv-1-examples.json"))).getAsJsonObject();
        JsonObject size = json.getAsJsonObject("looksAt");
        JsonObject strongest = json.getAsJsonArray("strongest").get(0).getAsJsonObject();
        JsonObject sees = strongest.getAsJsonObject("sees");
        JsonObject looksAt = strongest.getAsJsonObject("looksAt");
        assertTrue(looksAt.get("bottom").getAsInt() - looksAt.get("top").getAsInt() < size.get("rows").getAsInt());
        assertTrue(looksAt.get("top").getAsInt() >= sees.get("top").getAsInt(), strongest::toString);
        assertTrue(Files.size(sheets.resolve("conv-1-overlay.png")) > 100);
        bench.interrupt.request();
        assertEquals(ExitCode.STOPPED, bench.run("examples", "conv:1", "--effective"));
        assertTrue(err().contains("Stopped before it was found what conv:1 looks at"), err());
    }

    @Test
    void examplesAreFoundInAnyScanOfTheLayer() {
        bench.run("scan", "conv", "--examples", "1", "--fitting", "stretch");
        assertEquals(ExitCode.DONE, bench.run("examples", "conv:1", "--json"), err());
        assertEquals(1, JsonParser.parseString(out()).getAsJsonObject().getAsJsonArray("strongest").size());
        assertEquals(ExitCode.FAILED, bench.run("examples", "logits:1"));
        assertTrue(err().contains("No scan of logits of demo"), err());
        bench.run("scan");
        bench.run("examples", "conv:1", "--json");
        String json = out().substring(out().lastIndexOf("{\n  \"network\""));
        assertEquals(2, JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("strongest").size(),
                "the scan with more examples is preferred");
    }

    @Test
    void classesDegreesOfInhibitionAndWholePicturesAreShown() throws IOException {
        bench.run("scan");
        Path sheets = folder.resolve("sheets");
        assertEquals(ExitCode.DONE, bench.run("examples", "conv:1", "--spectrum", "--by-class", "--overlay", "--out",
                sheets.toString()), err());
        assertTrue(out().contains("AUC"), out());
        assertTrue(Files.size(sheets.resolve("conv-1-overlay.png")) > 100);
        JsonObject json = JsonParser.parseString(Files.readString(sheets.resolve("conv-1-examples.json"))).getAsJsonObject();
        assertTrue(json.getAsJsonObject("strongestByClass").size() > 0);
    }

    @Test
    void picturesThatWereChosenForANetworkAreScanned() {
        try (Study study = Study.open(folder.resolve("study"))) {
            study.pictures().put(new Bench.Tiny().get().hash(), folder.resolve("gone").toString());
        }
        assertEquals(ExitCode.USAGE, bench.run("scan"));
        assertTrue(err().contains("gone"), err());
    }

    @Test
    void whatANeuronLooksAtIsTold() {
        assertEquals(ExitCode.DONE, bench.run("field", "conv:1", "--pictures", "few", "--over", "3"), err());
        assertTrue(out().startsWith("conv:1@centre  can see "), out());
        assertTrue(out().contains("over 2 pictures"), out());
    }

    @Test
    void positionsOfAllDegreesAreDrawnAndExamplesShowThem() throws IOException {
        Path sheets = folder.resolve("drawn");
        assertEquals(ExitCode.DONE, bench.run("scan", "--pictures", "few"), err());
        assertEquals(ExitCode.DONE, bench.run("examples", "conv:1", "--pictures", "few", "--spectrum"), err());
        assertTrue(err().contains("loupe spectrum demo conv:1"), err());
        assertEquals(ExitCode.DONE, bench.run("spectrum", "conv:1", "--pictures", "few", "--out", sheets.toString()), err());
        assertTrue(out().startsWith("conv:1  128 positions in 2 pictures of few"), out());
        assertTrue(Files.readString(sheets.resolve("figure-1.svg")).contains("What positions of all degrees see: conv:1"));
        assertEquals(ExitCode.DONE, bench.run("examples", "conv:1", "--pictures", "few", "--spectrum", "--by-class", "--out",
                sheets.toString()), err());
        assertFalse(err().contains("loupe spectrum"), err());
        String figure = Files.readString(sheets.resolve("conv-1-examples.svg"));
        assertTrue(figure.contains("drawn by chance from all positions") && figure.contains("AUC"), figure.substring(0, 300));
    }

    @Test
    void whatExcitesAChannelMostIsCutOutOfItsPicture() {
        bench.run("scan");
        try (Laboratory laboratory = Laboratories.openReadOnly(bench.shell(), new Settings())) {
            Network network = Laboratories.network(laboratory, "");
            ChannelScans scans = new ChannelScans(laboratory, notice -> { });
            Batch crop = scans.strongest(network, Unit.parse("conv:1")).orElseThrow();
            Example example = scans.channel(network, Unit.parse("conv:1")).orElseThrow().examples().get(0);
            ReceptiveField field = ReceptiveField.of(network, Tap.after("conv"), example.row(), example.column());
            assertEquals(List.of(1, 3, field.rows(), field.columns()),
                    List.of(crop.images(), crop.channels(), crop.rows(), crop.columns()));
            assertTrue(scans.strongest(network, Unit.parse("logits:0")).isPresent(), "the scan has all layers");
        }
    }

    @Test
    void withoutAScanNothingIsCutOut() {
        try (Laboratory laboratory = Laboratories.openReadOnly(bench.shell(), new Settings())) {
            Network network = Laboratories.network(laboratory, "");
            assertTrue(new ChannelScans(laboratory, notice -> { }).strongest(network, Unit.parse("conv:1")).isEmpty());
        }
    }

    @Test
    void withoutAScanItIsSaidHowToMakeOne() {
        assertEquals(ExitCode.FAILED, bench.run("examples", "conv:1"));
        assertTrue(err().contains("loupe scan demo"), err());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        bench.run("scan");
        assertEquals(ExitCode.USAGE, bench.run("examples", "conv:99"));
        assertTrue(err().contains("channels 0 to 3"), err());
        assertEquals(ExitCode.USAGE, bench.run("examples", "conv:1@0,0"));
        assertEquals(ExitCode.USAGE, bench.run("examples", "conv:1", "--count", "0"));
        assertEquals(ExitCode.USAGE, bench.run("scan", "--pictures", "fewer"), err());
    }
}
