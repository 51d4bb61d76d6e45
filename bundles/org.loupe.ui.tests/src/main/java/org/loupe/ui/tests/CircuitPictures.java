package org.loupe.ui.tests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.IAction;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.WiredNeighbours;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.circuits.CircuitView;
import org.loupe.ui.circuits.Drawn;
import org.loupe.ui.circuits.GraphRenderer;
import org.loupe.ui.preferences.Theme;

/**
 * The manual's pictures of the Circuit view: 5 and 50 nodes of the demo network, and all of them, light and dark, with how long it
 * takes to grow and to move. Takes minutes, so it runs only where it is asked for by its name; see {@code releng/manual}.
 */
class CircuitPictures {

    private static final String NETWORK = "demo";
    private static final String OTHER = "LOUPE_CIRCUITS_NETWORK";
    private static final Unit CENTRE = new Unit("mixed4a", 58);
    private static final int STEPS = 96;
    private static final int GROWN = 12;
    private static final int READ = 5;
    private static final int MANY = 20;
    private static final double NEARLY = 1.3;
    private static final String MAKE = "<a href=\"make\">";
    private static final long QUIET_NANOSECONDS = 3_000_000_000L;
    private static final long PATIENCE_NANOSECONDS = 3_600_000_000_000L;

    private final CircuitView view = Ui.open(CircuitView.ID, CircuitView.class);
    private final Network network = Bench.laboratory().networks().stream().filter(one -> one.name().equals(NETWORK)).findFirst()
            .orElseThrow();

    @BeforeEach
    void large() {
        Ui.page().toggleZoom(Ui.page().getReference(view));
        Bench.steps(STEPS);
    }

    @AfterEach
    void small() {
        theme(Theme.LIGHT);
        Bench.steps(Bench.FEW);
        Ui.page().toggleZoom(Ui.page().getReference(view));
    }

    @Test
    void ofUnitsWithTheirPictures() {
        for (int nodes : new int[] {5, 50}) {
            view.show(new Drawn(network, nodes + " nodes", graph(nodes)));
            tool("Arrange").run();
            Ui.until("places are found", () -> !view.isBusy());
            makePictures();
            take("circuit-" + nodes);
        }
    }

    @Test
    void ofAllUnits() {
        WiredNeighbours neighbours = new WiredNeighbours(network);
        List<Unit> all = network.layers().stream().flatMap(layer -> IntStream.range(0, network.shape(layer).channels())
                .mapToObj(channel -> new Unit(layer.name(), channel))).toList();
        view.show(new Drawn(network, "all units", CircuitGraph.of(CENTRE, neighbours).grownDown(all, neighbours, READ)));
        tool("Arrange").run();
        Ui.until("places are found", () -> !view.isBusy(), () -> "", PATIENCE_NANOSECONDS);
        makePictures();
        Ui.select(view, new UnitInNetwork(network, CENTRE));
        take("circuit-all");
        GraphRenderer renderer = view.renderer().orElseThrow();
        Point middle = new Point(view.canvas().getSize().x / 2, view.canvas().getSize().y / 2);
        renderer.zoomTo(NEARLY * renderer.zoom(), middle);
        System.out.println("All units, from an event until it is painted, nearly whole: " + frames());
        renderer.zoomTo(1, middle);
        renderer.reveal(CENTRE.toString());
        System.out.println("All units, from an event until it is painted, in their own size: " + frames());
        view.show(new Drawn(network, "5 nodes", graph(5)));
    }

    private String frames() {
        Ui.settle();
        return Frames.of(view.canvas(), view.renderer().orElseThrow().bounds(CENTRE.toString()).orElseThrow(), true);
    }

    private void take(String name) {
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            theme(theme);
            view.renderer().orElseThrow().fit();
            // Images of pictures are made bit by bit while it is painted.
            long end = System.nanoTime() + QUIET_NANOSECONDS;
            Ui.until("all pictures are painted", () -> System.nanoTime() > end);
            Ui.screenshot(name + "-" + theme.name().toLowerCase(Locale.ROOT));
        }
    }

    private void makePictures() {
        Link offer = Ui.the(Ui.content(view), Link.class, link -> true);
        long[] quiet = {System.nanoTime()};
        String[] last = {""};
        // What the store has is found out bit by bit, so that more may be missing than was offered at first.
        Ui.until("all pictures are made", () -> {
            if (offer.getText().startsWith(MAKE)) {
                Event event = new Event();
                event.text = "make";
                offer.notifyListeners(SWT.Selection, event);
            }
            if (!offer.getText().isEmpty() || !last[0].isEmpty()) {
                quiet[0] = System.nanoTime();
            }
            last[0] = offer.getText();
            return System.nanoTime() - quiet[0] > QUIET_NANOSECONDS;
        }, offer::getText, PATIENCE_NANOSECONDS);
    }

    /** Grows from the centre until there are so many nodes; the same ones each time. */
    private CircuitGraph graph(int nodes) {
        WiredNeighbours neighbours = new WiredNeighbours(network);
        if (nodes == 5) {
            return CircuitGraph.start(CENTRE, neighbours, 2);
        }
        CircuitGraph graph = CircuitGraph.start(CENTRE, neighbours, 5);
        Set<Unit> grown = new HashSet<>();
        while (graph.units().size() < nodes) {
            Unit next = graph.units().keySet().stream().filter(unit -> !grown.contains(unit)).findFirst().orElseThrow();
            grown.add(next);
            graph = graph.grownDown(List.of(next), neighbours, 3);
        }
        List<Unit> more = List.copyOf(graph.units().keySet());
        return graph.removed(more.subList(nodes, more.size()));
    }

    /** How long it takes from a key until a node has grown, with the pictures that are there. */
    @Test
    void whileNodesGrow() {
        grow(network);
        String other = System.getenv(OTHER);
        if (other == null) {
            System.out.println("No other network grows: " + OTHER + " names no file of one");
        } else {
            grow(Bench.laboratory().keep(Bench.laboratory().open(other, InputChoice.NONE)));
        }
    }

    private void grow(Network grown) {
        WiredNeighbours neighbours = new WiredNeighbours(grown);
        List<Layer> layers = grown.layers().stream().filter(layer -> neighbours.inputs(new Unit(layer.name(), 0)).all().size() > MANY)
                .toList();
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < GROWN; i++) {
            Layer layer = layers.get(i * (layers.size() - 1) / (GROWN - 1));
            Unit centre = new Unit(layer.name(), i % grown.shape(layer).channels());
            view.start(new UnitInNetwork(grown, centre));
            Ui.until("it is drawn", () -> !view.isBusy() && view.shown().filter(drawn -> drawn.graph().centre().equals(centre))
                    .isPresent());
            Ui.settle();
            Ui.select(view, new UnitInNetwork(grown, centre));
            Ui.settle();
            int before = view.shown().orElseThrow().graph().links().size();
            Event enter = new Event();
            enter.keyCode = SWT.CR;
            long start = System.nanoTime();
            view.canvas().notifyListeners(SWT.KeyDown, enter);
            Ui.until("it has grown", () -> view.shown().orElseThrow().graph().links().size() > before);
            view.canvas().update();
            times.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
        System.out.println("A node of " + grown.name() + " has grown after " + times.stream().sorted().toList() + " ms");
    }

    private IAction tool(String name) {
        return Arrays.stream(view.getViewSite().getActionBars().getToolBarManager().getItems())
                .filter(ActionContributionItem.class::isInstance).map(item -> ((ActionContributionItem) item).getAction())
                .filter(action -> action.getText().equals(name)).findFirst().orElseThrow();
    }

    private static void theme(Theme theme) {
        theme.choose(PlatformUI.getWorkbench().getService(IThemeEngine.class), Ui.shell().getDisplay());
        Ui.settle();
    }
}
