package org.loupe.core.circuit.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.circuit.graph.Scene.Box;

class ArrangementTest {

    private static final double PITCH = Arrangement.PITCH;

    private final Neighbours neighbours = new PlannedNeighbours();

    private static void assertNothingOverlaps(CircuitGraph graph) {
        List<Box> boxes = Scene.of(graph).boxes();
        for (Box one : boxes) {
            for (Box other : boxes) {
                assertTrue(one == other || Math.abs(one.top() - other.top()) >= Scene.BOX_HEIGHT || Math.abs(one.left() - other.left()) >= Scene.BOX_WIDTH,
                        one.node().id() + " and " + other.node().id() + " overlap");
            }
        }
    }

    @Test
    void everyNodeHasAPlaceAndEachLayerARow() {
        CircuitGraph graph = Arrangement.settled(CircuitGraph.start(new Unit("b", 0), neighbours, 3), Map.of());
        Scene scene = Scene.of(graph);
        assertEquals(7, scene.boxes().size());
        assertEquals(6, scene.curves().size());
        assertNothingOverlaps(graph);
        assertTrue(scene.box("c:0").orElseThrow().top() < scene.box("b:0").orElseThrow().top());
        assertTrue(scene.box("b:0").orElseThrow().top() < scene.box("a:0").orElseThrow().top());
    }

    @Test
    void nodesStandWhereTheyAreWanted() {
        CircuitGraph graph = Arrangement.settled(CircuitGraph.start(new Unit("b", 0), neighbours, 2),
                Map.of("a:0", 500.0, "a:1", -500.0, "b:0", 7.0, "c:0", 0.0, "c:1", 10.0));
        assertEquals(500, graph.places().get("a:0").column());
        assertEquals(-500, graph.places().get("a:1").column());
        assertNothingOverlaps(graph);
    }

    @Test
    void othersKeepTheirPlacesWhenTheGraphGrows() {
        Random random = new Random(3);
        CircuitGraph graph = Arrangement.settled(CircuitGraph.start(new Unit("b", 0), neighbours, 3), Map.of());
        for (int i = 0; i < 12; i++) {
            List<Unit> units = List.copyOf(graph.units().keySet());
            Unit unit = units.get(random.nextInt(units.size()));
            CircuitGraph grown = Arrangement.settled(random.nextBoolean() ? graph.grownDown(List.of(unit), neighbours, 2)
                    : graph.grownUp(List.of(unit), neighbours, 2), Map.of());
            graph.places().forEach((id, place) -> assertEquals(place, grown.places().get(id), id));
            assertNothingOverlaps(grown);
            graph = grown;
        }
        assertTrue(graph.units().size() > 14, graph.units().size() + " units");
    }

    @Test
    void aNewNodeTakesTheNearestPlaceOfAnyLineOfItsRow() {
        CircuitGraph graph = CircuitGraph.start(new Unit("b", 0), neighbours, 3);
        CircuitGraph shelved = Arrangement.settled(graph.placed(Map.of("a:0", new Place(0, 0, 0), "a:1", new Place(PITCH / 2, 0, 1),
                "a:2", new Place(PITCH, 0, 0), "b:0", new Place(0, 1))), Map.of());
        assertNothingOverlaps(shelved);
        CircuitGraph more = Arrangement.settled(shelved.grownDown(List.of(new Unit("b", 0)), neighbours, 1), Map.of("a:3", -PITCH / 2));
        assertEquals(new Place(-PITCH / 2, 0, 1), more.places().get("a:3"));
        shelved.places().forEach((id, place) -> assertEquals(place, more.places().get(id), id));
        assertNothingOverlaps(more);
    }

    @Test
    void theLinksOfANodeFollowItWhileItIsDragged() {
        Scene scene = Scene.of(Arrangement.settled(CircuitGraph.start(new Unit("b", 0), neighbours, 3), Map.of()));
        Box box = scene.box("a:1").orElseThrow();
        List<Scene.Curve> dragged = scene.moved("a:1", box.left() + 30);
        assertEquals(List.of("a:1"), dragged.stream().map(curve -> curve.edge().from()).toList());
        Scene.Curve before = scene.curves().stream().filter(curve -> curve.edge().from().equals("a:1")).findFirst().orElseThrow();
        double[] points = dragged.get(0).points();
        assertEquals(before.points()[0] + 30, points[0], 1e-9, "it begins at the node");
        assertEquals(before.points()[points.length - 2], points[points.length - 2], 1e-9, "it ends where it ended");
        assertEquals(List.of(), scene.moved("nothing", 0));
    }

    @Test
    void aLinkIsACurveWhosePointsLieOnIt() {
        for (Scene.Curve curve : Scene.of(Arrangement.settled(CircuitGraph.start(new Unit("b", 0), neighbours, 3), Map.of())).curves()) {
            double[] points = curve.points();
            double[] controls = curve.controls();
            for (int i = 0; i < points.length; i += 2) {
                double t = i / (points.length - 2.0);
                double s = 1 - t;
                for (int axis = 0; axis < 2; axis++) {
                    assertEquals(s * s * s * points[axis] + 3 * s * s * t * controls[axis] + 3 * s * t * t * controls[2 + axis]
                            + t * t * t * points[points.length - 2 + axis], points[i + axis], 1e-9);
                }
            }
        }
    }

    @Test
    void aMovedNodeKeepsItsLine() {
        CircuitGraph graph = Arrangement.settled(CircuitGraph.start(new Unit("b", 0), neighbours, 3).placed(Map.of("a:0",
                new Place(0, 0, 0), "a:1", new Place(0, 0, 1), "a:2", new Place(3 * PITCH, 0, 1), "b:0", new Place(0, 1))), Map.of());
        CircuitGraph moved = Arrangement.moved(graph, "a:1", 900);
        assertEquals(new Place(900, 0, 1), moved.places().get("a:1"));
        assertEquals(new Place(2 * PITCH, 0, 1), Arrangement.moved(graph, "a:1", 2.2 * PITCH).places().get("a:1"), "beside a:2");
        graph.places().forEach((id, place) -> assertEquals(id.equals("a:1") ? new Place(900, 0, 1) : place, moved.places().get(id)));
        assertNothingOverlaps(moved);
    }

    @Test
    void hiddenUnitsComeBackToTheirPlaces() {
        CircuitGraph graph = Arrangement.settled(CircuitGraph.start(new Unit("b", 0), neighbours, 4), Map.of());
        CircuitGraph less = Arrangement.settled(graph.hidden(List.of(new Unit("a", 1))), Map.of());
        CircuitGraph more = Arrangement.settled(less.grownDown(List.of(new Unit("b", 0)), neighbours, 2), Map.of());
        CircuitGraph back = Arrangement.settled(more.allShown(), Map.of());
        assertEquals(graph.places().get("a:1"), back.places().get("a:1"));
        assertNothingOverlaps(back);
    }

    @Test
    void aGroupStandsAmongItsUnitsAndTheseComeBack() {
        CircuitGraph graph = Arrangement.settled(CircuitGraph.start(new Unit("b", 0), neighbours, 4), Map.of());
        CircuitGraph grouped = Arrangement.settled(
                graph.grouped(new Group("two", List.of(new Unit("a", 0), new Unit("a", 1)))), Map.of());
        double between = (graph.places().get("a:0").column() + graph.places().get("a:1").column()) / 2;
        assertTrue(Math.abs(grouped.places().get("group two").column() - between) <= 1.5 * Arrangement.PITCH);
        assertNothingOverlaps(grouped);
        assertEquals(graph.places(), Arrangement.settled(grouped.ungrouped("two"), Map.of()).places());
    }

    @Test
    void aLayerThatComesBetweenPushesOnlyRowsAboveUp() {
        CircuitGraph apart = Arrangement.settled(CircuitGraph.of(new Unit("a", 0), neighbours).joined(new Unit("c", 3), neighbours),
                Map.of("a:0", 5.0, "c:3", 80.0));
        assertEquals(new Place(80, 1), apart.places().get("c:3"));
        CircuitGraph between = Arrangement.settled(apart.joined(new Unit("b", 2), neighbours), Map.of());
        assertEquals(new Place(5, 0), between.places().get("a:0"));
        assertEquals(new Place(80, 2), between.places().get("c:3"));
        assertEquals(1, between.places().get("b:2").row());
    }
}
