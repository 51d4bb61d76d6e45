package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Arguments;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.image.Png;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.probe.PictureMaps;
import org.loupe.core.probe.Probe;
import org.loupe.core.probe.Probed;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.PictureSets;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.probe.ProbeView;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.ResultPage;
import org.loupe.ui.results.ResultPages;

/** The view in which a person hovers over a picture. */
class ProbeTest {

    private static final int MIDDLE = TinyNetwork.SIDE / 2;

    @TempDir
    Path folder;

    private Path picture(String name) throws IOException {
        Batch noise = Batch.zeros(1, 3, TinyNetwork.SIDE, TinyNetwork.SIDE);
        Draws draws = new Draws(name.hashCode());
        for (int i = 0; i < noise.values().length; i++) {
            noise.values()[i] = (float) draws.uniform();
        }
        return Files.write(folder.resolve(name), Png.write(noise, 0, Map.of()));
    }

    private static Optional<DropTarget> target(Control control) {
        if (control.getData(DND.DROP_TARGET_KEY) instanceof DropTarget target) {
            return Optional.of(target);
        }
        if (control instanceof Composite composite) {
            for (Control child : composite.getChildren()) {
                Optional<DropTarget> found = target(child);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static void drop(ProbeView view, Path file) {
        DropTarget target = target(Ui.content(view)).orElseThrow();
        target.getDropListeners()[0].drop(Drops.of(target, file));
    }

    private ProbeView probing(Bench bench) throws IOException {
        Ui.select(bench.networks, bench.network);
        // As another test has left it, it may show an attribution.
        Ui.close(LoupeUi.PROBE);
        ProbeView view = Ui.open(LoupeUi.PROBE, ProbeView.class);
        drop(view, picture("noise.png"));
        Ui.until("the picture is shown", () -> view.shown().equals(Optional.of("noise.png"))
                && view.described().startsWith("shapes  anywhere"), () -> view.shown() + ", " + view.told());
        return view;
    }

    private static Canvas canvas(ProbeView view, int which) {
        return Ui.all(Ui.content(view), Canvas.class).stream().filter(one -> one.getListeners(SWT.MouseMove).length > 0
                && one.getListeners(SWT.Paint).length > 0).toList().get(which);
    }

    private static void mouse(Control control, int kind, int x, int y) {
        Event event = new Event();
        event.x = x;
        event.y = y;
        event.button = kind == SWT.MouseDown ? 1 : 0;
        control.notifyListeners(kind, event);
        Ui.settle();
    }

    @Test
    void theChannelsUnderThePointerAreListedAndStayWhenItIsFrozen() throws IOException {
        Bench bench = Bench.on("probed");
        ProbeView view = probing(bench);
        Canvas canvas = canvas(view, 0);
        int x = canvas.getSize().x / 2;
        int y = 4 + Math.min(canvas.getSize().x, canvas.getSize().y) / 3;
        Ui.until("the channels at a position are listed", () -> {
            mouse(canvas, SWT.MouseMove, x, y);
            return view.described().startsWith("shapes  at ");
        }, view::described);
        mouse(canvas, SWT.MouseDown, x, y);
        String frozen = view.described();
        mouse(canvas, SWT.MouseExit, 0, 0);
        assertEquals(frozen, view.described());
        Ui.screenshot("probe");
        Ui.key(canvas, SWT.ESC);
        assertTrue(view.described().startsWith("shapes  anywhere"), view.described());
    }

    @Test
    void whatIsListedIsWhatTheNetworkComputes() throws IOException {
        Bench bench = Bench.on("computed");
        ProbeView view = probing(bench);
        Batch picture;
        try (PictureSet one = new PictureSets(Bench.laboratory().registry()).openOne(folder.resolve("noise.png").toString())) {
            picture = one.read(0, Frame.of(bench.network.input().shape(), Fitting.COVER));
        }
        PictureMaps maps = Bench.laboratory().run(bench.network,
                session -> PictureMaps.of(session, picture, bench.network.layers(), Long.MAX_VALUE));
        int strongest = maps.strongest("shapes", 1).get(0).channel();
        assertTrue(view.described().startsWith("shapes  anywhere: :" + strongest + " "), view.described());
        Canvas canvas = canvas(view, 0);
        Ui.key(canvas, SWT.ARROW_DOWN);
        Ui.key(canvas, SWT.ARROW_UP);
        int here = maps.strongestAt("shapes", new Unit.Position(MIDDLE / 2, MIDDLE / 2), 1).get(0).channel();
        assertTrue(view.described().startsWith("shapes  at " + MIDDLE / 2 + "," + MIDDLE / 2 + ": :" + here + " "),
                view.described());
    }

    @Test
    void aChannelThatIsClickedIsSelectedEverywhere() throws IOException {
        Bench bench = Bench.on("clicked-in-probe");
        ProbeView view = probing(bench);
        Canvas rows = canvas(view, 1);
        Ui.page().activate(view);
        mouse(rows, SWT.MouseDown, 20, 40);
        int channel = Integer.parseInt(view.described().replaceAll("^[^:]*: :(\\d+) .*$", "$1"));
        Ui.until("the unit is explained", () -> bench.unit.shown()
                .equals(Optional.of(new UnitInNetwork(bench.network, new Unit("shapes", channel)))), () -> bench.unit.shown().toString());
    }

    @Test
    void aFileThatIsNoPictureIsRefusedAndThePictureStays() throws IOException {
        Bench bench = Bench.on("refused");
        ProbeView view = probing(bench);
        drop(view, Files.writeString(folder.resolve("notes.png"), "no picture"));
        Ui.until("a person is told", () -> view.told().contains("notes.png"), view::told);
        assertEquals(Optional.of("noise.png"), view.shown());
    }

    @Test
    void whatASelectedUnitOwesToTheLayerBelowIsExplained() throws IOException {
        Bench bench = Bench.on("explained-in-probe");
        ProbeView view = probing(bench);
        bench.showShapes();
        Ui.select(bench.wall, bench.unit(0));
        Combo mode = Ui.the(Ui.content(view), Combo.class, combo -> combo.indexOf("attribution") >= 0);
        Ui.page().activate(view);
        mode.select(mode.indexOf("attribution"));
        Ui.press(mode);
        Combo layer = Ui.the(Ui.content(view), Combo.class, combo -> combo.indexOf("edges") >= 0);
        layer.select(layer.indexOf("edges"));
        Ui.press(layer);
        Ui.until("the unit is explained", () -> view.told().contains("% of the difference"), view::told);
        assertTrue(view.described().contains("for shapes:0  edges"), view.described());
        Ui.screenshot("attribution");
        layer.select(layer.indexOf("shapes"));
        Ui.press(layer);
        assertTrue(view.told().contains("does not depend on shapes"), view.told());
    }

    @Test
    void aGridIsOfferedWithWhatItCosts() throws IOException {
        Bench bench = Bench.on("gridded");
        ProbeView view = probing(bench);
        Combo mode = Ui.the(Ui.content(view), Combo.class, combo -> combo.indexOf("activation grid") >= 0);
        mode.select(mode.indexOf("activation grid"));
        Ui.press(mode);
        Ui.until("it is offered", () -> Ui.hasButton(Ui.content(view), "Make, ")
                && Ui.button(Ui.content(view), "Make, ").isEnabled(), () -> Ui.texts(Ui.content(view)));
        Ui.screenshot("grid");
    }

    @Test
    void aJobAboutOnePictureIsAnsweredAndItsResultHasAPage() throws IOException {
        Bench bench = Bench.on("asked-about-one-picture");
        Probe.Arguments arguments = Arguments.record(Probe.Arguments.class, Map.of("unit", "shapes:1"));
        AnalysisJob<Probe.Arguments, Probed> job = new AnalysisJob<>(Bench.laboratory(),
                Bench.laboratory().registry().analysis(Probe.class), arguments, bench.network,
                Optional.of(picture("asked.png").toString()));
        job.schedule();
        Ui.until("it is answered", () -> job.getResult() != null);
        assertTrue(job.getResult().isOK(), job.getResult().getMessage());
        Shell shell = new Shell(Ui.shell());
        try {
            ResultPage<Probed> page = ResultPages.installed().page(Probed.class).orElseThrow();
            page.create(shell);
            page.show(new Finding<>(job.result().orElseThrow(), Bench.laboratory().recipe(job.analysis(), arguments, bench.network),
                    bench.network));
            shell.setLayout(new FillLayout());
            shell.open();
            assertTrue(Ui.texts(shell).contains("shapes: :"), Ui.texts(shell));
            assertTrue(Ui.texts(shell).contains("shapes:1 by edges"), Ui.texts(shell));
        } finally {
            shell.dispose();
        }
    }
}
