package org.loupe.ui.circuits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Kernel;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.Link;
import org.loupe.core.circuit.graph.LinkFilter;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.core.circuit.graph.Scene.Box;

class LayeredLayoutTest {

    private static final int PAIRS = 8;

    /** Unit i of the upper layer reads unit 7 - i of the lower one, and the first also one two layers below. */
    private static CircuitGraph crossed() {
        Map<Unit, Integer> units = new LinkedHashMap<>();
        Map<Link.Ends, Link> links = new LinkedHashMap<>();
        for (int i = 0; i < PAIRS; i++) {
            units.put(new Unit("lower", i), 1);
            units.put(new Unit("upper", i), 2);
        }
        units.put(new Unit("lowest", 0), 0);
        for (int i = 0; i < PAIRS; i++) {
            add(links, new Unit("lower", PAIRS - 1 - i), new Unit("upper", i));
        }
        add(links, new Unit("lowest", 0), new Unit("upper", 0));
        return new CircuitGraph(new Unit("upper", 0), units, links, Set.of(), Set.of(), List.of(), LinkFilter.NONE, Set.of(),
                Map.of());
    }

    private static void add(Map<Link.Ends, Link> links, Unit from, Unit to) {
        links.put(new Link.Ends(from, to), new Link(from, to, new Kernel(1, 1, 0, 0, new float[] {1}), .5));
    }

    @Test
    void eachLayerIsARowAndNothingOverlaps() {
        List<Box> boxes = Scene.of(LayeredLayout.arranged(crossed())).boxes();
        assertEquals(2 * PAIRS + 1, boxes.size());
        assertEquals(3, boxes.stream().mapToDouble(Box::top).distinct().count());
        for (Box box : boxes) {
            assertEquals(boxes.stream().filter(other -> other.node().unit().layer().equals(box.node().unit().layer()))
                    .findFirst().orElseThrow().top(), box.top(), box.node().id());
            assertTrue(boxes.stream().allMatch(other -> other == box || other.top() != box.top()
                    || Math.abs(other.left() - box.left()) >= Scene.BOX_WIDTH), box.node().id());
        }
    }

    @Test
    void linesDoNotCrossWhereTheyNeedNot() {
        CircuitGraph graph = LayeredLayout.arranged(crossed());
        for (int i = 0; i < PAIRS; i++) {
            for (int j = 0; j < PAIRS; j++) {
                boolean above = column(graph, "upper", i) < column(graph, "upper", j);
                boolean below = column(graph, "lower", PAIRS - 1 - i) < column(graph, "lower", PAIRS - 1 - j);
                assertEquals(above, below, "the lines of " + i + " and " + j + " cross");
            }
        }
    }

    private static double column(CircuitGraph graph, String layer, int channel) {
        return graph.places().get(layer + ":" + channel).column();
    }

    @Test
    void rowsThatWouldBeAStripGetSeveralLinesThatDoNotOverlap() {
        Map<Unit, Integer> units = new LinkedHashMap<>();
        Map<Link.Ends, Link> links = new LinkedHashMap<>();
        for (int i = 0; i < 120; i++) {
            units.put(new Unit("lower", i), 1);
            add(links, new Unit("lower", i), new Unit("upper", i % 7));
        }
        for (int i = 0; i < 7; i++) {
            units.put(new Unit("upper", i), 2);
        }
        CircuitGraph wide = new CircuitGraph(new Unit("upper", 0), units, links, Set.of(), Set.of(), List.of(), LinkFilter.NONE,
                Set.of(), Map.of());
        Scene scene = Scene.of(LayeredLayout.arranged(wide));
        assertEquals(127, scene.boxes().size());
        assertTrue(scene.width() < 2.5 * scene.height(), scene.width() + " by " + scene.height());
        double lowestOfUpper = scene.boxes().stream().filter(box -> box.node().depth() == 2).mapToDouble(Box::top).max().orElseThrow();
        for (Box box : scene.boxes()) {
            assertTrue(box.node().depth() == 2 || box.top() >= lowestOfUpper + Scene.ROW, box.node().id() + " is below all of upper");
            assertTrue(box.top() + Scene.BOX_HEIGHT <= scene.height() && box.left() >= 0, box.toString());
            assertTrue(scene.boxes().stream().allMatch(other -> other == box || Math.abs(other.top() - box.top()) >= Scene.BOX_HEIGHT
                    || Math.abs(other.left() - box.left()) >= Scene.BOX_WIDTH), box.node().id());
        }
    }

    @Test
    void fewNodesStayInOneLine() {
        assertEquals(30, LayeredLayout.across(List.of(30, 30, 30, 30, 30, 30, 30, 30, 30, 30)), "ten rows are high enough");
        assertEquals(18, LayeredLayout.across(List.of(5, 12)));
        assertTrue(LayeredLayout.across(List.of(60, 60, 60)) < 60);
    }

    @Test
    void theSameGraphGetsTheSamePlaces() {
        assertEquals(LayeredLayout.arranged(crossed()).places(), LayeredLayout.arranged(crossed()).places());
    }
}
