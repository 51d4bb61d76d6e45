package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Analysis;
import org.loupe.core.network.Tap;
import org.loupe.core.scan.Scan;
import org.loupe.core.scan.Scanned;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Registered;
import org.loupe.ui.widgets.Texts;

/** What excites a unit: offered with its cost, found in the background, and always that of the unit that is shown. */
class ExamplesTest {

    private static final int PICTURES = 40;
    private static final int WALK = 50;

    @TempDir
    Path folder;

    @Test
    void whereNoPicturesAreChosenItIsSaidHowToChooseThem() {
        Bench bench = Bench.on("without-pictures");
        bench.show(1);
        Ui.until("it is said what would be here", () -> Ui.texts(bench.unitContent()).contains("No pictures are chosen"),
                () -> Ui.texts(bench.unitContent()));
        assertTrue(Ui.hasButton(bench.unitContent(), "Choose pictures…"));
        Ui.screenshot("examples-without-pictures");
    }

    @Test
    void examplesAreFoundOnRequestAndOpenInAWindow() throws IOException {
        Bench bench = Bench.on("found");
        bench.show(2);
        Bench.laboratory().choosePictures(bench.network, RandomPictures.in(folder, PICTURES));
        bench.show(3);
        Ui.until("a scan is offered with what it costs", () -> Ui.hasButton(bench.unitContent(), "Find examples (scan 40 pictures), "));
        Ui.press(Ui.button(bench.unitContent(), "Find examples"));
        Ui.until("examples are there", () -> Ui.texts(bench.unitContent()).contains("Among 40 pictures"),
                () -> Ui.texts(bench.unitContent()));
        assertFalse(Ui.hasButton(bench.unitContent(), "Find examples"), "nothing is offered that is there");
        Canvas grid = Ui.the(bench.unitContent(), Canvas.class, canvas -> name(canvas).startsWith("Strongest"));
        int before = Ui.shell().getDisplay().getShells().length;
        Event first = new Event();
        grid.notifyListeners(SWT.Selection, first);
        Ui.until("the whole picture is shown", () -> Ui.shell().getDisplay().getShells().length > before);
        Shell window = List.of(Ui.shell().getDisplay().getShells()).stream()
                .filter(shell -> shell.getText().endsWith("in a picture")).findFirst().orElseThrow();
        assertTrue(Ui.has(window, Button.class, button -> button.getText().equals("Activation") && button.getSelection()));
        assertTrue(Ui.has(window, Label.class, label -> label.getText().startsWith("Activation ")));
        Ui.screenshot("examples");
        window.close();
    }

    @Test
    void examplesAreCutOutAtWhatTheUnitLooksAtOnRequest() throws IOException {
        Bench bench = Bench.on("looked-at");
        bench.showShapes();
        Bench.laboratory().choosePictures(bench.network, RandomPictures.in(folder, PICTURES));
        Registered<Analysis<Scan.Arguments, Scanned>> scan = Bench.laboratory().registry().analysis(Scan.class);
        AnalysisJob<Scan.Arguments, Scanned> job = new AnalysisJob<>(Bench.laboratory(), scan, Scan.Arguments.STANDARD,
                bench.network);
        job.schedule();
        Ui.until("the scan is done", () -> job.getState() == Job.NONE && job.getResult() != null);
        bench.show(1);
        turn(bench, "Show only what it really looks at");
        Ui.until("the gradient was followed", () -> has(bench, "Cut out at 95 % of the gradient, "));
        bench.show(2);
        Ui.until("of another unit it is not known yet", () -> has(bench, "Show only what it really looks at"));
        bench.show(1);
        Ui.until("the choice is kept", () -> has(bench, "Cut out at 95 % of the gradient, "));
        Ui.screenshot("examples-looked-at");
        turn(bench, "Show all it could see");
        Ui.until("all is shown again", () -> has(bench, "Show only what it really looks at"));
    }

    private static boolean has(Bench bench, String words) {
        return Ui.has(bench.unitContent(), Link.class, link -> link.isVisible() && link.getText().contains(words));
    }

    private static void turn(Bench bench, String words) {
        Ui.until("there is a choice: " + words, () -> has(bench, words));
        Ui.the(bench.unitContent(), Link.class, link -> link.getText().contains(words))
                .notifyListeners(SWT.Selection, new Event());
    }

    @Test
    void aSelectionThatRunsAlongFiftyUnitsEndsAtTheRightOne() throws IOException, InterruptedException {
        Bench bench = Bench.on("walked");
        bench.showShapes();
        Bench.laboratory().choosePictures(bench.network, RandomPictures.in(folder, PICTURES));
        Registered<Analysis<Scan.Arguments, Scanned>> scan = Bench.laboratory().registry().analysis(Scan.class);
        AnalysisJob<Scan.Arguments, Scanned> job = new AnalysisJob<>(Bench.laboratory(), scan, Scan.Arguments.STANDARD,
                bench.network);
        job.schedule();
        Ui.until("the scan is done", () -> job.getState() == Job.NONE && job.getResult() != null);
        for (int step = 0; step <= WALK; step++) {
            Ui.select(bench.wall, bench.unit(step % (TinyNetwork.SHAPES - 1)));
            Ui.settle();
        }
        int last = WALK % (TinyNetwork.SHAPES - 1);
        bench.untilExplained(last);
        double value = job.result().orElseThrow().channel(Tap.after("shapes"), last).examples().get(0).value();
        String strongest = Texts.number(value);
        Ui.until("the strongest example is that of the last unit", () -> Ui.has(bench.unitContent(), Canvas.class,
                canvas -> name(canvas).startsWith("Strongest examples: Activation " + strongest)));
        Ui.settle();
        assertEquals(Optional.of(bench.unit(last)), bench.unit.shown());
        assertTrue(Ui.has(bench.unitContent(), Canvas.class, canvas -> name(canvas).startsWith("Strongest examples: Activation "
                + strongest)), "and stays it");
    }

    private static String name(Canvas canvas) {
        Object data = canvas.getData(Texts.DESCRIPTION);
        return data == null ? "" : data.toString();
    }
}
