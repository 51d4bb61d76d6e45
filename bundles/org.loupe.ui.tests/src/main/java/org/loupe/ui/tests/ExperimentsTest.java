package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Analysis;
import org.loupe.core.circuit.Circuit.Node;
import org.loupe.core.circuit.ProposedCircuit;
import org.loupe.core.tuning.Tuned;
import org.loupe.platform.Registered;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.experiments.ExperimentsView;
import org.loupe.ui.experiments.FigureExport;
import org.loupe.ui.widgets.SheetCanvas;

/** Every analysis can be asked in the window, and what was asked stays. */
class ExperimentsTest {

    private static Registered<Analysis<?, ?>> analysis(String name) {
        return Bench.laboratory().registry().analyses().stream().filter(one -> one.shortName().equals(name)).findFirst()
                .orElseThrow();
    }

    private static ExperimentsView open() {
        return Ui.open(LoupeUi.EXPERIMENTS, ExperimentsView.class);
    }

    private static void untilShown(ExperimentsView view, Class<?> type) {
        Ui.until("a whole " + type.getSimpleName() + " is shown", () -> view.shown().filter(finding -> !finding.isGrowing()
                && type.isInstance(finding.result())).isPresent(), () -> view.shown() + " beside " + view.listed());
    }

    @Test
    void aQuestionIsAskedInItsDialogAndItsAnswerIsShown() {
        Bench bench = Bench.on("asked");
        bench.show(1);
        bench.select(1);
        Dialogs.in("Ask", () -> Ui.run(LoupeUi.ASK), dialog -> {
            Combo questions = Ui.all(dialog, Combo.class).get(0);
            questions.setText("Circuit");
            questions.notifyListeners(SWT.Selection, new Event());
            Ui.screenshot(dialog, "ask");
            Ui.press(Ui.button(dialog, "Ask"));
        });
        ExperimentsView view = (ExperimentsView) Ui.page().findView(LoupeUi.EXPERIMENTS);
        untilShown(view, ProposedCircuit.class);
        assertEquals(List.of("shapes:1"), ((ProposedCircuit) view.shown().orElseThrow().result()).circuit().nodes().stream()
                .filter(Node::target).map(node -> node.unit().toString()).toList());
        Ui.until("it is listed", () -> view.listed().contains("Circuit shapes:1"), () -> view.listed().toString());
    }

    @Test
    void aResultIsDrawnAndItsFiguresAreExportedWithTheRecipe(@TempDir Path folder) throws IOException {
        Bench bench = Bench.on("drawn-result");
        ExperimentsView view = open();
        view.ask(analysis("tune"), bench.network, List.of("shapes:0", "shapes:2"));
        untilShown(view, Tuned.class);
        Ui.until("its figures are drawn", () -> Ui.has(Ui.content(view), SheetCanvas.class, SheetCanvas::isDrawn));
        Ui.screenshot("experiments");
        Path file = folder.resolve("tuned.svg");
        FigureExport.write(file, view.shown().orElseThrow());
        String svg = Files.readString(file);
        assertTrue(svg.contains("shapes:2") && svg.contains("org.loupe.tune"), svg.substring(0, 400));
        assertThrows(IllegalArgumentException.class, () -> FigureExport.write(folder.resolve("tuned.xyz"),
                view.shown().orElseThrow()));
    }

    @Test
    void twoResultsAreComparedByWhatTheyDifferIn() {
        Bench bench = Bench.on("compared");
        ExperimentsView view = open();
        for (String unit : List.of("shapes:3", "shapes:4")) {
            view.ask(analysis("circuit"), bench.network, List.of(unit));
            untilShown(view, ProposedCircuit.class);
            Ui.until("it is listed", () -> view.listed().contains("Circuit " + unit), () -> view.listed().toString());
        }
        Ui.until("the difference is told", () -> {
            // Until the list is read anew, a line may still be that of the work.
            view.choose("Circuit shapes:3", "Circuit shapes:4");
            return view.difference().contains("shapes:3 | shapes:4") || view.difference().contains("shapes:4 | shapes:3");
        }, view::difference);
        assertInstanceOf(ProposedCircuit.class, view.shown().orElseThrow().result());
    }
}
