package org.loupe.ui.tests;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.ShownGraph.Node;
import org.loupe.ui.circuits.CircuitView;
import org.loupe.ui.circuits.GraphRenderer;

/** A bench with a new circuit around the unit shapes:2. */
record Drawing(Bench bench, CircuitView view) {

    private static final String START = "org.loupe.ui.circuits.start";

    static Drawing on(String name, String by) {
        Bench bench = Bench.on(name + " " + by.substring(by.lastIndexOf('.') + 1));
        bench.showShapes();
        bench.select(2);
        Ui.run(START);
        CircuitView view = Ui.open(CircuitView.ID, CircuitView.class);
        Ui.until("a circuit is drawn", () -> view.shown().filter(drawn -> drawn.network() == bench.network).isPresent());
        view.drawBy(by);
        Ui.settle();
        return new Drawing(bench, view);
    }

    GraphRenderer renderer() {
        return view.renderer().orElseThrow();
    }

    CircuitGraph graph() {
        return view.shown().orElseThrow().graph();
    }

    List<String> nodes() {
        return graph().shown().nodes().stream().map(Node::title).toList();
    }

    void click(String node, int count, int mask) {
        Rectangle place = renderer().bounds(node).orElseThrow();
        click(new Point(place.x + place.width / 2, place.y + place.height / 3), count, mask);
    }

    /** Clicks where no node is, so that none is chosen. */
    void clickGround() {
        click(new Point(2, 2), 1, 0);
    }

    private void click(Point at, int count, int mask) {
        Event event = new Event();
        event.x = at.x;
        event.y = at.y;
        event.button = 1;
        event.stateMask = mask;
        event.count = count;
        for (int type : count == 2 ? new int[] {SWT.MouseDown, SWT.MouseUp, SWT.MouseDown, SWT.MouseDoubleClick, SWT.MouseUp}
                : new int[] {SWT.MouseDown, SWT.MouseUp}) {
            view.canvas().notifyListeners(type, event);
        }
        Ui.settle();
    }

    void untilRested() {
        Ui.until("nothing is being drawn", () -> !view.isBusy());
        Ui.settle();
    }

    Map<String, Point> places() {
        Map<String, Point> places = new HashMap<>();
        graph().shown().nodes().forEach(node -> {
            Rectangle place = renderer().bounds(node.id()).orElseThrow();
            places.put(node.id(), new Point(place.x, place.y));
        });
        return places;
    }
}
