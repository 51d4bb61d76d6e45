package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Analysis;
import org.loupe.core.dictionary.LearnedDictionary;
import org.loupe.core.facet.Judge;
import org.loupe.core.facet.Judged;
import org.loupe.core.facet.Triaged;
import org.loupe.core.network.Network;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Registered;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.experiments.ExperimentsView;
import org.loupe.ui.results.Finding;
import org.loupe.ui.widgets.SheetCanvas;

/** Whether a unit is one thing or several, in the window: facets, triage, dictionaries and the order of the wall. */
class FacetsTest {

    private static final int PICTURES = 40;

    @TempDir
    Path folder;

    private Bench bench(String name) throws IOException {
        Bench bench = Bench.on(name);
        bench.showShapes();
        Bench.laboratory().choosePictures(bench.network, RandomPictures.in(folder, PICTURES));
        return bench;
    }

    private static Registered<Analysis<?, ?>> analysis(String name) {
        return Bench.laboratory().registry().analyses().stream().filter(one -> one.shortName().equals(name)).findFirst()
                .orElseThrow();
    }

    private static boolean isDrawn(Composite root) {
        return Ui.has(root, SheetCanvas.class, SheetCanvas::isDrawn);
    }

    @Test
    void withoutPicturesItIsSaidHowToGetFacets() {
        Bench bench = Bench.on("facets-without-pictures");
        bench.show(1);
        Ui.until("it is said what to do", () -> Ui.texts(bench.unitContent()).contains("choose the pictures of this network in the"
                + " section Examples"), () -> Ui.texts(bench.unitContent()));
    }

    @Test
    void facetsAreOfferedWithTheirCostAndDrawnWhenTheyAreFound() throws IOException {
        Bench bench = bench("facets");
        bench.show(2);
        Ui.until("facets are offered", () -> Ui.hasButton(bench.unitContent(), "Find the facets of shapes:2, "),
                () -> Ui.texts(bench.unitContent()));
        Ui.press(Ui.button(bench.unitContent(), "Find the facets"));
        Ui.until("facets are drawn", () -> isDrawn(bench.unitContent()), () -> Ui.texts(bench.unitContent()));
        Ui.until("nothing is offered that is there", () -> !Ui.hasButton(bench.unitContent(), "Find the facets"));
        Ui.screenshot("facets");
    }

    @Test
    void triageIsDrawnAndOffersToLearnADictionaryWhereThereIsNone() throws IOException {
        Bench bench = bench("triage");
        ExperimentsView view = Ui.open(LoupeUi.EXPERIMENTS, ExperimentsView.class);
        view.ask(analysis("triage"), bench.network, List.of("shapes:1"));
        Triaged triaged = untilShown(view, Triaged.class);
        assertTrue(triaged.dictionary().isEmpty());
        Ui.until("its figures are drawn", () -> isDrawn(Ui.content(view)));
        assertTrue(Ui.hasButton(Ui.content(view), "Learn a dictionary of shapes…"), Ui.texts(Ui.content(view)));
        Ui.screenshot("triage");
    }

    @Test
    void theCurvesOfADictionaryGrowAndItsNetworkCanBeOpened() throws IOException {
        Bench bench = bench("dictionary");
        ExperimentsView view = Ui.open(LoupeUi.EXPERIMENTS, ExperimentsView.class);
        view.ask(analysis("dictionary-train"), bench.network, List.of("shapes:0"));
        Ui.until("curves are drawn while it learns", () -> view.shown().filter(finding -> finding.isGrowing()
                && finding.result() instanceof LearnedDictionary learned && learned.curve().size() > 1).isPresent()
                && isDrawn(Ui.content(view)), () -> view.shown() + " beside " + Ui.texts(Ui.content(view)));
        Ui.screenshot("dictionary-learning");
        for (Job job : Job.getJobManager().find(AnalysisJob.FAMILY)) {
            if (job instanceof AnalysisJob<?, ?> asked && asked.network() == bench.network) {
                job.cancel();
            }
        }
        LearnedDictionary stopped = untilShown(view, LearnedDictionary.class);
        assertTrue(stopped.isPartial(), "it was stopped");
        Ui.until("its network is offered", () -> Ui.hasButton(Ui.content(view), "Open the network dictionary-shapes.latents"),
                () -> Ui.texts(Ui.content(view)));
        Ui.press(Ui.button(Ui.content(view), "Open the network"));
        Ui.until("it is in the study", () -> made().isPresent());
        assertEquals(Bench.laboratory().picturesOf(bench.network), Bench.laboratory().picturesOf(made().orElseThrow()),
                "it is asked with the same pictures");
    }

    private static Optional<Network> made() {
        return Bench.laboratory().networks().stream().filter(network -> network.name().equals("dictionary-shapes.latents"))
                .findFirst();
    }

    @Test
    void theWallSortsByWhatIsSeveralThingsOnceThatWasJudged() throws IOException {
        Bench bench = bench("judged-wall");
        order(bench, "Sort by several things");
        Ui.until("it is said that nothing was judged", () -> Ui.has(Ui.content(bench.wall), Link.class,
                link -> link.getText().contains("not judged yet")));
        ExperimentsView view = Ui.open(LoupeUi.EXPERIMENTS, ExperimentsView.class);
        view.ask(Bench.laboratory().registry().analyses().stream().filter(one -> one.value() instanceof Judge).findFirst()
                .orElseThrow(), bench.network, List.of("shapes:0"));
        Judged judged = untilShown(view, Judged.class);
        assertEquals(List.of("shapes"), judged.layers());
        Ui.until("the wall knows", () -> Ui.has(Ui.content(bench.wall), Link.class,
                link -> !link.getText().contains("not judged yet")));
        Ui.screenshot("wall-by-several");
        order(bench, "Sort by index");
    }

    private static void order(Bench bench, String wanted) {
        Combo order = Ui.the(Ui.content(bench.wall), Combo.class, combo -> combo.indexOf(wanted) >= 0);
        order.select(order.indexOf(wanted));
        order.notifyListeners(SWT.Selection, new Event());
        Ui.settle();
    }

    private static <T> T untilShown(ExperimentsView view, Class<T> type) {
        Ui.until("a whole " + type.getSimpleName() + " is shown", () -> view.shown().filter(finding -> !finding.isGrowing()
                && type.isInstance(finding.result())).isPresent(), () -> view.shown().map(Finding::progress) + " beside "
                + view.listed() + ": " + Ui.texts(Ui.content(view)));
        return type.cast(view.shown().orElseThrow().result());
    }
}
