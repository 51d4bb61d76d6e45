package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.core.network.NetworkFile;
import org.loupe.store.RecipeText;
import org.loupe.store.Study;

class CommandsTest {

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

    private static Set<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void helpListsEveryCommandAndWhoContributesIt() {
        assertEquals(ExitCode.DONE, bench.run("--help"));
        for (String command : new String[] {"info", "open", "check", "demo", "visualize", "ingredients", "shout", "train-tiny", "com.acme.info"}) {
            assertTrue(out().contains("\n  " + command + " "), command + " in " + out());
        }
        assertTrue(out().contains("Says a layer's name 100 % loud. (from com.acme)"), out());
        assertEquals("", err());
    }

    @Test
    void theVersionIsTold() {
        assertEquals(ExitCode.DONE, bench.run("--version"));
        assertTrue(out().startsWith("Loupe "), out());
    }

    @Test
    void optionsAreMadeFromTheArguments() {
        assertEquals(ExitCode.DONE, bench.run("visualize", "--help"));
        for (String option : new String[] {"--neuron ", "--steps=<number>", "--space=pixels|fourier", "--robustness=",
                "--seed=", "--size=", "--out=<folder>", "--fresh", "--json", "--engine=", "--study=", "Standard: 512."}) {
            assertTrue(out().contains(option), option + " in " + out());
        }
        assertEquals(ExitCode.DONE, bench.run("shout", "--help"));
        assertTrue(out().contains("--layer-name=<text>") && out().contains("--[no-]loud"), out());
    }

    @Test
    void infoTellsTheLayersAlsoAsJson() {
        assertEquals(ExitCode.DONE, bench.run("info"));
        assertTrue(out().contains("conv    4x8x8         4    3x3         112"), out());
        assertTrue(out().replaceAll("\\s+", " ").contains("is measured by: loupe field logits:0"), out());
        assertTrue(out().contains("Its last channel is dead."), out());
        assertEquals(ExitCode.DONE, bench.run("info", "demo", "--json"));
        JsonObject json = JsonParser.parseString(out()).getAsJsonObject();
        assertEquals("conv", json.getAsJsonArray("layers").get(0).getAsJsonObject().get("name").getAsString());
        assertEquals(3, json.getAsJsonArray("layers").get(0).getAsJsonObject().getAsJsonObject("sees").get("rows").getAsInt());
        assertEquals(Bench.tiny().hash(), json.get("sha256").getAsString());
    }

    @Test
    void infoLeavesNothingBehind() {
        bench.run("info");
        assertFalse(Files.exists(folder.resolve("study")));
    }

    @Test
    void aPictureIsWrittenWithItsRecipeAndKeptInTheStudy() throws IOException {
        Path out = folder.resolve("deep/out");
        assertEquals(ExitCode.DONE, bench.run("visualize", "demo", "conv:1", "conv:2@3,5", "--steps", "3", "--out",
                out.toString()), err());
        assertEquals(Set.of("conv-1.png", "conv-2-3-5.png", "recipe.json", "details.tsv", "pictures.npy"), names(out));
        var recipe = RecipeText.read(Files.readString(out.resolve("recipe.json")));
        assertEquals("3", recipe.arguments().get("steps"));
        assertEquals("conv:1\nconv:2@3,5", recipe.arguments().get("units"));
        assertTrue(Files.readString(out.resolve("conv-1.png"), StandardCharsets.ISO_8859_1)
                .contains(RecipeText.writeLine(recipe)));
        assertTrue(out().contains(out.resolve("conv-1.png").toString()), out());
        try (Study study = Study.open(folder.resolve("study"))) {
            assertEquals(recipe, study.results().entries().get(0).recipe());
        }
    }

    @Test
    void theSameCommandWritesTheSameBytes() throws IOException {
        for (String place : new String[] {"one", "two"}) {
            bench.run("visualize", "conv:0", "--steps", "3", "--fresh", "--out", folder.resolve(place).toString());
        }
        for (String name : names(folder.resolve("one"))) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("one").resolve(name)),
                    Files.readAllBytes(folder.resolve("two").resolve(name)), name);
        }
    }

    @Test
    void neuronsAndChannelsAreDifferentPictures() throws IOException {
        Path out = folder.resolve("out");
        bench.run("visualize", "conv:0", "--steps", "2", "--out", out.toString());
        bench.run("visualize", "conv:0", "--neuron", "--steps", "2", "--out", out.toString());
        assertTrue(names(out).containsAll(Set.of("conv-0.png", "conv-0-centre.png")), names(out).toString());
    }

    @Test
    void jsonIsDataAndNothingElse() {
        assertEquals(ExitCode.DONE, bench.run("visualize", "conv:0", "--steps", "2", "--json"));
        JsonObject json = JsonParser.parseString(out()).getAsJsonObject();
        JsonObject picture = json.getAsJsonArray("pictures").get(0).getAsJsonObject();
        assertEquals("conv:0", picture.get("objective").getAsString());
        assertTrue(Files.exists(Path.of(picture.get("file").getAsString())), picture.toString());
        assertEquals("org.loupe.visualize", json.getAsJsonObject("recipe").get("analysis").getAsString());
        assertFalse(json.get("partial").getAsBoolean());
    }

    @Test
    void ingredientsMakesFourPictures() throws IOException {
        Path out = folder.resolve("out");
        assertEquals(ExitCode.DONE, bench.run("ingredients", "conv:0", "--steps", "2", "--out", out.toString()), err());
        assertEquals(4, names(out).stream().filter(name -> name.endsWith(".png")).count(), names(out).toString());
    }

    @Test
    void anotherTeamsAnalysisHasItsCommand() throws IOException {
        Path out = folder.resolve("out");
        assertEquals(ExitCode.DONE, bench.run("shout", "--layer-name", "conv", "--out", out.toString()), err());
        assertEquals("CONV", Files.readString(out.resolve("cry.txt")));
        assertEquals(ExitCode.DONE, bench.run("shout", "demo", "--layer-name=conv", "--no-loud", "--out", out.toString()));
        assertEquals("conv", Files.readString(out.resolve("cry.txt")));
    }

    @Test
    void anObjectiveThatBeginsWithAMinusIsNoOption() {
        assertEquals(ExitCode.DONE, bench.run("visualize", "-conv.pre:1@centre", "--steps", "2"), err());
        assertTrue(out().startsWith("-conv.pre:1@centre  "), out());
        assertEquals(ExitCode.DONE, bench.run("visualize", "demo", "-0.5*conv.pre:1", "--steps=2", "--seed", "-5"), err());
        assertEquals(ExitCode.USAGE, bench.run("visualize", "conv:1", "-conv"));
        assertTrue(err().contains("Unknown option"), err());
    }

    @Test
    void whatARectifiedUnitDislikesIsLookedForBeforeTheRectification() {
        assertEquals(ExitCode.DONE, bench.run("visualize", "-conv:3", "--steps", "2"), err());
        assertTrue(out().contains("write such as -mixed4a.pre:12"), out());
    }

    @Test
    void aUnitThatNothingExcitesIsSaidToBeOne() {
        assertEquals(ExitCode.DONE, bench.run("visualize", "conv:3", "--steps", "2"));
        assertTrue(out().contains("the picture means nothing"), out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "visualize konv:1               | No layer konv in demo. Did you mean conv?",
        "visualize conv:9               | conv has the channels 0 to 3.",
        "ingredients conv               | “conv” is not an objective",
        "visualize nowhere conv:1       | There is no network and no file nowhere.",
        "visualize                      | Units: none is given.",
        "visualize conv:1 --steps 0     | Steps cannot be “0”. Anything from 1 to 1000000 is allowed.",
        "visualize conv:1 --space pixel | Space cannot be “pixel”. Did you mean pixels?",
        "visualize conv:1 --robustnes 2 | Unknown option: '--robustnes'. Did you mean --robustness?",
        "visualize conv:1 --engine refe | There is no engine refe.",
        "visualise conv:1               | Did you mean visualize?",
        "info demo more                 | Unmatched argument at index 2: 'more'.",
        "info gone.loupe                | There is no network and no file gone.loupe.",
        "shout demo more                | One network at a time; more is too much.",
        "demo --steps 0                 | at least one step",
        "train-tiny                     | Missing required option: '--out=<file>'."})
    void whatMakesNoSenseIsToldInOneLine(String command, String message) {
        assertEquals(ExitCode.USAGE, bench.run(command.split(" ")), err());
        assertTrue(err().contains(message), err());
        assertEquals(1, err().lines().count(), err());
        assertEquals("", out());
    }

    @Test
    void withoutACommandTheHelpIsShown() {
        assertEquals(ExitCode.USAGE, bench.run());
        assertTrue(out().contains("Commands:"), out());
    }

    @Test
    void aTruncatedNetworkIsAFailureThatNamesTheFile() throws IOException {
        Path file = folder.resolve("my.loupe");
        NetworkFile.write(Bench.tiny(), file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertEquals(ExitCode.FAILED, bench.run("info", file.toString()));
        assertTrue(err().contains(file + " is cut off."), err());
        assertEquals(ExitCode.FAILED, bench.run("visualize", file.toString(), "conv:1"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldBeforeTheWork() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        for (String command : new String[] {"visualize conv:1 --out", "demo --out", "train-tiny --out"}) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.add(file.resolve("below").toString());
            assertEquals(ExitCode.CANNOT_WRITE, bench.run(words.toArray(String[]::new)), err());
            assertTrue(err().contains("choose another folder"), err());
        }
        assertEquals(ExitCode.CANNOT_WRITE, bench.run("visualize", "conv:1", "--steps", "1", "--study", file.toString()));
    }

    @Test
    void aStudyInUseStopsNothingThatDoesNotNeedIt() {
        Path out = folder.resolve("out");
        try (Study elsewhere = Study.open(folder.resolve("study"))) {
            assertEquals(ExitCode.STUDY_IN_USE, bench.run("visualize", "conv:1", "--steps", "1"));
            assertTrue(err().contains(elsewhere.folder() + " is open in another Loupe"), err());
            assertEquals(ExitCode.DONE, bench.run("info"));
            assertEquals(ExitCode.DONE, bench.run("visualize", "conv:1", "--steps", "1", "--out", out.toString()));
            assertTrue(err().contains("nothing is stored"), err());
            assertTrue(Files.exists(out.resolve("conv-1.png")));
            assertEquals(0, elsewhere.results().entries().size());
        }
    }

    @Test
    void stoppingKeepsWhatThereIsMarkedPartialUntilItIsDone() throws IOException {
        Path out = folder.resolve("out");
        bench.interrupt.request();
        assertEquals(ExitCode.STOPPED, bench.run("visualize", "conv:1", "--out", out.toString()));
        assertTrue(names(out).contains("conv-1-partial.png"), names(out).toString());
        assertTrue(err().contains("marked partial"), err());
        try (Study study = Study.open(folder.resolve("study"))) {
            assertTrue(study.results().entries().get(0).partial());
        }
        bench = new Bench(folder.resolve("study"), false);
        assertEquals(ExitCode.DONE, bench.run("visualize", "conv:1", "--out", out.toString()), err());
        assertTrue(names(out).contains("conv-1.png"), names(out).toString());
        assertFalse(names(out).contains("conv-1-partial.png"), names(out).toString());
    }

    @Test
    void aStackTraceIsShownOnlyWhenAskedFor() {
        bench.run("visualize", "konv:1");
        assertFalse(err().contains("\tat "), err());
        bench.run("visualize", "konv:1", "--stacktrace");
        assertTrue(err().contains("\tat "), err());
    }

    @Test
    void quietMeansQuiet() {
        assertEquals(ExitCode.DONE, bench.run("-q", "visualize", "conv:1", "--steps", "2"));
        assertEquals("", err());
        assertEquals(ExitCode.DONE, bench.run("visualize", "conv:1", "--steps", "2", "--fresh"));
        assertEquals("conv:1: 0 %", err().strip());
    }

    @Test
    void aTrainedNetworkIsWritten() throws IOException {
        Path file = folder.resolve("new/trained.loupe");
        assertEquals(ExitCode.DONE, bench.run("train-tiny", "--epochs", "3", "--out", file.toString()), err());
        assertEquals("Trained in 3 epochs on teacher.", NetworkFile.read(file).about());
        assertTrue(out().contains(file.toString()), out());
        assertEquals(ExitCode.FAILED, bench.run("train-tiny", "--engine", "reference", "--out", file.toString()));
        assertTrue(err().contains("No engine of the name reference can train"), err());
    }

    @Test
    void trainingThatIsStoppedWritesWhatWasLearned() throws IOException {
        Path file = folder.resolve("trained.loupe");
        bench.interrupt.request();
        assertEquals(ExitCode.STOPPED, bench.run("train-tiny", "--out", file.toString()));
        assertEquals("Trained in 0 epochs on teacher.", NetworkFile.read(file).about());
    }
}
