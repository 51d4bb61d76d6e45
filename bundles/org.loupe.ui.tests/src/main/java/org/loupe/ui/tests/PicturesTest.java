package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Analysis;
import org.loupe.core.Recipe;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Registered;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.PictureExport;
import org.loupe.ui.unit.UnitView;
import org.loupe.ui.widgets.PictureCanvas;
import org.loupe.ui.widgets.ScoreCurve;

/** Pictures are offered with their cost, grow, can be stopped, and are there at once when they are in the store. */
class PicturesTest {

    @AfterEach
    void everythingIsOpenAndQuick() {
        Bench.steps(Bench.FEW);
        Ui.open(LoupeUi.WALL);
    }

    @Test
    void aStoredPictureIsThereAtOnceAfterReopening() {
        Bench bench = Bench.on("stored");
        bench.show(2);
        bench.untilPictureIsDone();
        byte[] before = bench.picture().picture().data;
        Ui.close(LoupeUi.UNIT);
        Ui.close(LoupeUi.WALL);
        bench.unit = Ui.open(LoupeUi.UNIT, UnitView.class);
        bench.untilExplained(2);
        bench.untilPictureIsDone();
        assertTrue(Arrays.equals(before, bench.picture().picture().data), "the same picture");
        assertFalse(Ui.hasButton(bench.unitContent(), "Make"), "nothing is offered that is there");
    }

    @Test
    void aPictureThatWasStoredUnheardIsFoundWhenItsWorkEnds() {
        Bench bench = Bench.on("unheard");
        bench.show(1);
        bench.untilPictureIsDone();
        Visualize.Arguments usual = Visualize.Arguments.of("shapes:1");
        Visualize.Arguments otherSeed = new Visualize.Arguments(usual.units(), false, Bench.FEW, usual.size(),
                usual.space(), usual.robustness(), usual.rate(), 1);
        Registered<Analysis<Visualize.Arguments, Visualized>> visualize = Bench.laboratory().registry()
                .analysis(Visualize.class);
        Bench.laboratory().ask(visualize, otherSeed, bench.network, (done, total, what) -> true, false);
        assertEquals(null, tile(bench, "Seed 1").picture(), "nobody has told the view");
        Recipe recipe = Bench.laboratory().recipe(visualize, otherSeed, bench.network);
        Findings.of(PlatformUI.getWorkbench()).post(new Findings.Ended(recipe.question(), null));
        Ui.until("the view has looked once more", () -> tile(bench, "Seed 1").picture() != null);
    }

    @Test
    void nothingIsMadeByItselfAndTheButtonSaysTheCost() {
        Bench bench = Bench.on("offered");
        bench.show(1);
        bench.untilPictureIsDone();
        PictureCanvas seed = tile(bench, "Seed 1");
        Ui.press(seed);
        Ui.until("the picture is offered", () -> Ui.hasButton(bench.unitContent(), "Make the picture, "));
        Button button = Ui.button(bench.unitContent(), "Make the picture, ");
        assertTrue(button.getText().matches("Make the picture, (about \\d+ (s|min)|under a second)"), button.getText());
        Ui.press(button);
        bench.untilPictureIsDone();
        Ui.until("the tile shows it, too", () -> tile(bench, "Seed 1").picture() != null);
    }

    @Test
    void aGrowingPictureCanBeStoppedAndStaysPartial() {
        Bench bench = Bench.on("stopped");
        bench.show(0);
        bench.untilPictureIsDone();
        Ui.close(LoupeUi.WALL);
        Bench.steps(Bench.ENDLESS);
        Ui.close(LoupeUi.UNIT);
        bench.unit = Ui.open(LoupeUi.UNIT, UnitView.class);
        bench.untilExplained(0);
        Ui.until("the longer picture is offered", () -> Ui.hasButton(bench.unitContent(), "Make the picture, "));
        Ui.press(Ui.button(bench.unitContent(), "Make the picture, "));
        Ui.until("the picture grows", () -> bench.picture().picture() != null
                && bench.picture().state().isGrowing() && Ui.hasButton(bench.unitContent(), "Cancel"));
        ImageData early = bench.picture().picture();
        Ui.until("it changes while one looks", () -> bench.picture().picture() != early);
        Ui.screenshot("growing");
        Ui.press(Ui.button(bench.unitContent(), "Cancel"));
        Ui.until("it has stopped", () -> !bench.picture().state().isGrowing(), () -> bench.picture().description());
        assertTrue(bench.picture().picture() != null, "the picture so far stays");
        assertTrue(bench.picture().state().isPartial(), bench.picture().description());
        assertTrue(Ui.texts(bench.unitContent()).contains("partial"), Ui.texts(bench.unitContent()));
        Ui.screenshot("partial");
        Ui.close(LoupeUi.UNIT);
        bench.unit = Ui.open(LoupeUi.UNIT, UnitView.class);
        bench.untilExplained(0);
        Ui.until("the partial picture is in the store", () -> bench.picture().state().isPartial());
    }

    @Test
    void aUnitThatCannotBeExcitedIsSaidToBeSo() {
        Bench bench = Bench.on("dead");
        bench.show(TinyNetwork.SHAPES - 1);
        bench.untilPictureIsDone();
        assertFalse(bench.picture().state().isExcited());
        assertEquals("cannot be excited", bench.picture().description());
        assertTrue(Ui.texts(bench.unitContent()).contains("could not be excited"), Ui.texts(bench.unitContent()));
        Ui.screenshot("dead");
    }

    @Test
    void ingredientsAreMadeOnRequestAndShownWithTheirScores() {
        Bench bench = Bench.on("mixed");
        bench.show(2);
        Ui.until("the four pictures are offered",
                () -> Ui.hasButton(bench.ingredientsContent(), "Make the four pictures, "));
        Ui.press(Ui.button(bench.ingredientsContent(), "Make the four pictures, "));
        Ui.until("all four are there", () -> Ui.all(bench.ingredientsContent(), PictureCanvas.class).stream()
                .allMatch(canvas -> canvas.picture() != null && !canvas.state().isGrowing()));
        String texts = Ui.texts(bench.ingredientsContent());
        assertEquals(4, texts.split("Mean activation", -1).length - 1, texts);
        Ui.screenshot("ingredients");
    }

    @Test
    void theRecipeReadsAsTextAndAsACommand() {
        Bench bench = Bench.on("recipe");
        bench.show(1);
        bench.untilPictureIsDone();
        Link fold = Ui.the(bench.unitContent(), Link.class, link -> link.getText().contains("Recipe"));
        Ui.press(fold);
        Text command = Ui.the(bench.unitContent(), Text.class, text -> text.getText().startsWith("./loupe"));
        assertEquals("./loupe visualize recipe shapes:1 --steps " + Bench.FEW, command.getText());
        assertTrue(Ui.has(bench.unitContent(), Text.class, text -> text.getText().contains("seed: 0")));
        ScoreCurve curve = Ui.the(bench.unitContent(), ScoreCurve.class, canvas -> true);
        assertTrue(curve.description().endsWith(Bench.FEW + " of " + Bench.FEW + " steps"), curve.description());
        Ui.press(fold);
    }

    @Test
    void anExportedPictureCarriesItsRecipe(@TempDir Path folder) throws IOException {
        Bench bench = Bench.on("exported");
        Visualize.Arguments arguments = new Visualize.Arguments(List.of("shapes:0"), false, 3, 0,
                Visualize.Space.FOURIER, Visualize.Robustness.NONE, 0.05, 0);
        Registered<Analysis<Visualize.Arguments, Visualized>> visualize = Bench.laboratory().registry()
                .analysis(Visualize.class);
        Visualized made = Bench.laboratory().ask(visualize, arguments, bench.network, (done, total, what) -> true, true);
        Path file = folder.resolve("shapes-0.png");
        PictureExport.write(file, new Finding<>(made, Bench.laboratory().recipe(visualize, arguments, bench.network),
                bench.network), 0);
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertTrue(bytes.contains("steps: 3") && bytes.contains("seed: 0") && bytes.contains("exported shapes:0"));
        ImageData read = new ImageData(file.toString());
        assertEquals(TinyNetwork.SIDE, read.width, "one pixel for each of its own");
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing unfinished is left");
        }
    }

    private static PictureCanvas tile(Bench bench, String name) {
        return Ui.the(bench.unitContent(), PictureCanvas.class, tile -> tile.description().startsWith(name));
    }
}
