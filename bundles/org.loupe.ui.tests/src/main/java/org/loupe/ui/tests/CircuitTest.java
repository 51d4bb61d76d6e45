package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Known;
import org.loupe.core.circuit.Kernel;
import org.loupe.core.circuit.graph.Arrangement;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.Link;
import org.loupe.core.circuit.graph.LinkFilter;
import org.loupe.core.circuit.graph.Place;
import org.loupe.core.circuit.graph.ShownGraph.Node;
import org.loupe.core.visualize.Visualize;
import org.loupe.store.StoredCircuits;
import org.loupe.ui.circuits.CircuitExport;
import org.loupe.ui.circuits.CircuitView;
import org.loupe.ui.circuits.Drawn;
import org.loupe.ui.circuits.GraphRenderers;
import org.loupe.ui.preferences.PictureChoice;
import org.loupe.ui.widgets.StateMessage;

/** The Circuit view, drawn by each renderer that is installed. */
class CircuitTest {

    @TempDir
    Path folder;

    static List<String> renderers() {
        return GraphRenderers.installed().choices().stream().map(GraphRenderers.Choice::id).toList();
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void aUnitIsDrawnWithWhatItIsBuiltFrom(String by) {
        Drawing drawing = Drawing.on("built", by);
        assertEquals(Set.of("edges:0", "edges:1", "edges:2", "edges:3", "shapes:2"), Set.copyOf(drawing.nodes()));
        assertEquals(4, drawing.graph().links().size());
        assertTrue(drawing.view().getPartName().startsWith("Circuit shapes:2"), drawing.view().getPartName());
        Rectangle below = drawing.renderer().bounds("edges:0").orElseThrow();
        Rectangle above = drawing.renderer().bounds("shapes:2").orElseThrow();
        assertTrue(above.y + above.height < below.y, above + " is above " + below);
        assertTrue(colours(Ui.look(drawing.view().canvas())) > 3, "lines of two colours are seen");
        Ui.screenshot("circuit");
    }

    private static int colours(ImageData data) {
        Map<Integer, Integer> seen = new HashMap<>();
        for (int row = 0; row < data.height; row += 2) {
            for (int column = 0; column < data.width; column++) {
                seen.merge(data.getPixel(column, row), 1, Integer::sum);
            }
        }
        return seen.size();
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void aNodeThatIsClickedIsSelectedEverywhere(String by) {
        Drawing drawing = Drawing.on("clicked", by);
        drawing.click("edges:1", 1, 0);
        Ui.until("the unit is explained", () -> drawing.bench().unit.shown()
                .filter(unit -> unit.unit().equals(new Unit("edges", 1))).isPresent());
        Ui.select(drawing.bench().wall, drawing.bench().unit(2));
        Ui.page().activate(drawing.view());
        Ui.key(drawing.view().canvas(), SWT.ARROW_DOWN);
        Ui.until("from what is selected elsewhere, the key leads to its strongest input", () -> drawing.bench().unit.shown()
                .filter(unit -> unit.unit().layer().equals("edges")).isPresent());
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void aNodeGrowsInPlaceAndUndoTakesItBack(String by) {
        Drawing drawing = Drawing.on("grown", by);
        CircuitGraph before = drawing.graph();
        Map<String, Point> places = drawing.places();
        drawing.click("edges:1", 2, 0);
        Ui.until("the picture's channels are there", () -> drawing.graph().units().size() > before.units().size());
        drawing.untilRested();
        Map<String, Point> now = drawing.places();
        Point moved = difference(places.get("shapes:2"), now.get("shapes:2"));
        for (String id : places.keySet()) {
            assertEquals(moved, difference(places.get(id), now.get(id)), id + " keeps its place among the others");
        }
        Ui.run(IWorkbenchCommandConstants.EDIT_UNDO);
        assertEquals(before, drawing.graph());
        Ui.run(IWorkbenchCommandConstants.EDIT_REDO);
        assertEquals(8, drawing.graph().units().size());
        StoredCircuits stored = Bench.laboratory().study().circuits();
        Path file = stored.file(Bench.laboratory().hash(drawing.bench().network), drawing.view().shown().orElseThrow().name());
        Ui.until("it is in the study", () -> Files.exists(file) && stored.read(file).graph().equals(drawing.graph()));
    }

    private static Point difference(Point from, Point to) {
        return new Point(to.x - from.x, to.y - from.y);
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void keysHidePinAndShrink(String by) {
        Drawing drawing = Drawing.on("keys", by);
        Control canvas = drawing.view().canvas();
        drawing.click("edges:0", 1, 0);
        Ui.key(canvas, 'p');
        assertEquals(Set.of(new Unit("edges", 0)), drawing.graph().pinned());
        drawing.click("edges:3", 1, 0);
        Ui.key(canvas, SWT.DEL);
        assertFalse(drawing.nodes().contains("edges:3"));
        assertTrue(drawing.renderer().bounds("edges:3").isEmpty());
        drawing.click("shapes:2", 1, 0);
        Ui.key(canvas, SWT.BS);
        assertEquals(Set.of("edges:0", "shapes:2"), Set.copyOf(drawing.nodes()), "what is pinned stays");
        Ui.run(IWorkbenchCommandConstants.EDIT_UNDO);
        Ui.run(IWorkbenchCommandConstants.EDIT_UNDO);
        assertEquals(5, drawing.nodes().size());
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void linksAreFilteredAndNodesFound(String by) {
        Drawing drawing = Drawing.on("filtered", by);
        Composite content = Ui.content(drawing.view());
        Ui.the(content, Text.class, text -> true).setText("edges:2");
        Ui.until("it is selected", () -> drawing.bench().unit.shown()
                .filter(unit -> unit.unit().equals(new Unit("edges", 2))).isPresent());
        Combo sign = Ui.the(content, Combo.class, combo -> combo.getItem(0).equals("all signs"));
        sign.select(2);
        Ui.press(sign);
        assertEquals(LinkFilter.Sign.INHIBITING, drawing.graph().filter().sign());
        assertEquals(drawing.graph().shown().edges().size(), drawing.graph().links().values().stream()
                .filter(drawing.graph().filter()::shows).count());
        Ui.run(IWorkbenchCommandConstants.EDIT_UNDO);
        assertEquals(LinkFilter.NONE, drawing.graph().filter());
        assertEquals(0, sign.getSelectionIndex(), "the bar shows it, too");
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void picturesThatAreMissingAreMadeByALinkThatSaysTheirCost(String by) {
        Drawing drawing = Drawing.on("pictures", by);
        org.eclipse.swt.widgets.Link offer = Ui.the(Ui.content(drawing.view()), org.eclipse.swt.widgets.Link.class,
                link -> true);
        Ui.until("it is known that the pictures of edges are missing", () -> offer.getText().startsWith("<a href=\"make\">Make the ")
                && offer.getText().contains(" pictures that are missing</a>, "), offer::getText);
        Event event = new Event();
        event.text = "make";
        offer.notifyListeners(SWT.Selection, event);
        Ui.until("all are made", () -> offer.getText().isEmpty(), offer::getText);
        for (Node node : drawing.graph().shown().nodes()) {
            assertTrue(Bench.laboratory().stored(Bench.laboratory().registry().analysis(Visualize.class),
                    PictureChoice.now().arguments(node.unit()), drawing.bench().network).isPresent(), node.title());
        }
    }

    @Test
    void eachEntryOfTheToolBarHasAnIconAndSaysWhatItDoes() {
        Drawing drawing = Drawing.on("tools", renderers().get(0));
        List<ActionContributionItem> entries = Arrays.stream(drawing.view().getViewSite().getActionBars().getToolBarManager()
                .getItems()).filter(ActionContributionItem.class::isInstance).map(ActionContributionItem.class::cast).toList();
        assertEquals(5, entries.size());
        for (ActionContributionItem entry : entries) {
            assertNotNull(entry.getAction().getImageDescriptor(), entry.getAction().getText());
            assertNotNull(entry.getAction().getImageDescriptor().getImageData(100), entry.getAction().getText());
            assertTrue(entry.getAction().getToolTipText().length() > 10, entry.getAction().getText());
            assertTrue(entry.getAction().isEnabled(), entry.getAction().getText());
        }
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void theDrawingIsZoomedAroundAPointAndShownWhole(String by) {
        Drawing drawing = Drawing.on("zoomed", by);
        drawing.renderer().fit();
        double whole = drawing.renderer().zoom();
        Rectangle before = drawing.renderer().bounds("shapes:2").orElseThrow();
        drawing.renderer().zoomTo(2, new Point(before.x, before.y));
        Ui.settle();
        assertEquals(2, drawing.renderer().zoom(), 1e-9);
        Rectangle after = drawing.renderer().bounds("shapes:2").orElseThrow();
        assertTrue(after.width > before.width, after + " is larger than " + before);
        drawing.renderer().reveal("edges:0");
        Rectangle seen = drawing.renderer().bounds("edges:0").orElseThrow();
        assertTrue(drawing.view().canvas().getBounds().intersects(seen), seen.toString());
        drawing.renderer().fit();
        assertEquals(whole, drawing.renderer().zoom(), 1e-9);
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void aCircuitIsWrittenInAllFormatsWithItsRecipe(String by) throws IOException {
        Drawing drawing = Drawing.on("written", by);
        for (String format : CircuitExport.FORMATS) {
            Path file = folder.resolve("circuit." + format);
            CircuitExport.write(file, drawing.view().shown().orElseThrow(), Bench.laboratory(), Known.NOTHING, PictureChoice.now());
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            if (!format.equals("pdf")) {
                assertTrue(content.contains("org.loupe.ui.circuits"), format + " has the recipe");
            }
            assertTrue(content.length() > 500, format);
        }
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void aDamagedCircuitIsToldWithItsFile(String by) throws IOException {
        Drawing drawing = Drawing.on("damaged", by);
        StoredCircuits stored = Bench.laboratory().study().circuits();
        Path file = stored.file(Bench.laboratory().hash(drawing.bench().network), "broken");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "loupe-circuit\t1\nunit\tnothing\nend\n");
        Ui.page().hideView(drawing.view());
        CircuitView view = Ui.open(CircuitView.ID, CircuitView.class);
        view.openStored(drawing.bench().network, file);
        Ui.until("it says what is wrong", () -> Ui.texts(Ui.content(view)).contains("Line 2 cannot be understood"),
                () -> Ui.texts(Ui.content(view)));
        assertTrue(Ui.has(Ui.content(view), Composite.class, any -> any.getData(StateMessage.TITLE) != null));
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void fiveHundredNodesAreDrawn(String by) {
        Drawing drawing = Drawing.on("large", by);
        Drawn large = new Drawn(drawing.bench().network, "large", large());
        long start = time();
        drawing.view().show(large);
        Ui.settle();
        long shown = time();
        drawing.renderer().fit();
        Ui.look(drawing.view().canvas());
        long whole = time();
        Ui.screenshot("circuit-500");
        long zooming = time();
        drawing.renderer().zoomTo(.8, new Point(200, 100));
        Ui.look(drawing.view().canvas());
        long zoomed = time();
        Unit added = new Unit("new", 0);
        CircuitGraph more = grown(large.graph(), added);
        long growing = time();
        drawing.view().show(large.with(more));
        Ui.look(drawing.view().canvas());
        long grown = time();
        assertEquals(500, large.graph().shown().nodes().size());
        assertTrue(drawing.renderer().bounds("new:0").isPresent());
        System.out.printf("%s, 500 nodes and 2,000 links, processor time: shown in %d ms, drawn whole in %d ms, zoomed and drawn"
                + " in %d ms, drawn with one node more in %d ms%n", by, shown - start, whole - shown, zoomed - zooming,
                grown - growing);
        System.out.println(by + ", from an event until it is painted: " + Frames.of(drawing.view().canvas(),
                drawing.renderer().bounds("new:0").orElseThrow(), false));
        drawing.view().show(new Drawn(large.network(), "small", drawing.graph().removed(List.of(added))));
    }

    /** Milliseconds of the processor that this thread has had. */
    private static long time() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
    }

    /** 500 units and 2,000 links that no network has. */
    static CircuitGraph large() {
        Draws draws = new Draws(5);
        Map<Unit, Integer> units = new LinkedHashMap<>();
        for (int i = 0; i < 500; i++) {
            units.put(new Unit("layer" + i / 100, i % 100), i / 100);
        }
        List<Unit> list = new ArrayList<>(units.keySet());
        Map<Link.Ends, Link> links = new LinkedHashMap<>();
        for (int i = 0; links.size() < 2000; i++) {
            Unit from = list.get((int) (draws.uniform() * 400));
            Unit to = new Unit("layer" + (units.get(from) + 1), (int) (draws.uniform() * 100));
            Kernel kernel = new Kernel(1, 2, 0, 0, new float[] {(float) draws.gaussian(0, 1), (float) draws.gaussian(0, 1)});
            links.put(new Link.Ends(from, to), new Link(from, to, kernel, .02 * draws.uniform()));
        }
        Map<String, Place> places = new HashMap<>();
        units.forEach((unit, depth) -> places.put(unit.toString(), new Place(unit.channel() * Arrangement.PITCH, depth)));
        return new CircuitGraph(list.get(0), units, links, Set.of(), Set.of(), List.of(), LinkFilter.NONE, Set.of(), places);
    }

    private static CircuitGraph grown(CircuitGraph graph, Unit unit) {
        Map<Unit, Integer> units = new LinkedHashMap<>(graph.units());
        units.put(unit, 5);
        Map<Link.Ends, Link> links = new LinkedHashMap<>(graph.links());
        Unit below = new Unit("layer4", 50);
        links.put(new Link.Ends(below, unit), new Link(below, unit, new Kernel(1, 1, 0, 0, new float[] {1}), .5));
        return Arrangement.settled(new CircuitGraph(graph.centre(), units, links, graph.pinned(), graph.hidden(),
                graph.groups(), graph.filter(), graph.kernels(), graph.places()), Map.of());
    }
}
