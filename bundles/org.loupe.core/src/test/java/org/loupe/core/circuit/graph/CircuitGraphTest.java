package org.loupe.core.circuit.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit.Effect;
import org.loupe.core.circuit.Circuit.Support;
import org.loupe.core.circuit.graph.Link.Ends;
import org.loupe.core.circuit.graph.LinkFilter.Sign;
import org.loupe.core.circuit.graph.ShownGraph.Node;

class CircuitGraphTest {

    private static final Unit CENTRE = new Unit("b", 0);

    private final Neighbours neighbours = new PlannedNeighbours();
    private final CircuitGraph graph = CircuitGraph.start(CENTRE, neighbours, 3);

    private static Unit a(int channel) {
        return new Unit("a", channel);
    }

    private static Unit c(int channel) {
        return new Unit("c", channel);
    }

    private static List<String> titles(CircuitGraph graph) {
        return graph.shown().nodes().stream().map(Node::title).toList();
    }

    @Test
    void aGraphStartsWithTheStrongestInputsAndReaders() {
        assertEquals(List.of("a:0", "a:1", "a:2", "b:0", "c:0", "c:1", "c:2"), titles(graph));
        assertEquals(6, graph.links().size());
        Node centre = graph.shown().nodeOf(CENTRE).orElseThrow();
        assertTrue(centre.centre());
        double all = 0;
        for (int i = 1; i <= PlannedNeighbours.CHANNELS; i++) {
            all += 1.0 / i;
        }
        assertEquals((1 + 1 / 2.0 + 1 / 3.0) / all, centre.share(), 1e-6);
    }

    @Test
    void growingTwiceAddsTheNextStrongest() {
        CircuitGraph more = graph.grownDown(List.of(CENTRE), neighbours, 2);
        assertEquals(List.of("a:0", "a:1", "a:2", "a:3", "a:4", "b:0", "c:0", "c:1", "c:2"), titles(more));
        CircuitGraph all = more.grownDown(List.of(CENTRE), neighbours, 100);
        assertEquals(PlannedNeighbours.CHANNELS, all.shown().rows().get(1).size());
        assertEquals(all, all.grownDown(List.of(CENTRE), neighbours, 5), "there is nothing left to add");
    }

    @Test
    void nothingLiesBelowThePicture() {
        CircuitGraph picture = CircuitGraph.start(new Unit("input", 1), neighbours, 2);
        assertEquals(picture, picture.grownDown(List.of(new Unit("input", 1)), neighbours, 3));
    }

    @Test
    void shrinkingTakesBackWhatHangsOnAUnitOnly() {
        CircuitGraph grown = graph.grownDown(List.of(a(0)), neighbours, 3);
        assertEquals(10, grown.units().size());
        assertEquals(graph, grown.shrunk(List.of(a(0))));
        CircuitGraph shared = grown.grownDown(List.of(a(1)), neighbours, 1);
        assertTrue(shared.links().containsKey(new Ends(new Unit("input", 7), a(1))));
        CircuitGraph pinned = grown.pinned(List.of(new Unit("input", 0)), true).shrunk(List.of(a(0)));
        assertTrue(pinned.units().containsKey(new Unit("input", 0)));
        assertEquals(Set.of(CENTRE), graph.shrunk(List.of(CENTRE)).units().keySet());
    }

    @Test
    void recentringKeepsEverything() {
        CircuitGraph about = graph.recentred(c(1));
        assertEquals(graph.links(), about.links());
        assertTrue(about.shown().nodeOf(c(1)).orElseThrow().centre());
        assertFalse(about.shown().nodeOf(CENTRE).orElseThrow().centre());
        assertThrows(IllegalArgumentException.class, () -> graph.recentred(c(7)));
    }

    @Test
    void hiddenUnitsComeBack() {
        CircuitGraph hidden = graph.hidden(List.of(a(0), CENTRE));
        assertEquals(List.of("a:1", "a:2", "b:0", "c:0", "c:1", "c:2"), titles(hidden));
        assertEquals(5, hidden.shown().edges().size());
        assertEquals(graph, hidden.allShown());
    }

    @Test
    void aGroupIsOneNodeWithTheLinksOfItsUnits() {
        CircuitGraph grouped = graph.grouped(new Group("pair", List.of(a(1), a(0))));
        assertEquals(List.of("pair", "a:2", "b:0", "c:0", "c:1", "c:2"), titles(grouped));
        ShownGraph.Edge edge = grouped.shown().edges().get(0);
        assertEquals(2, edge.links().size());
        assertEquals(Effect.EXCITES, graph.shown().edges().get(0).effect());
        assertEquals(Effect.EXCITES, edge.effect(), "1 against 1/2");
        assertEquals(graph.shown().nodeOf(CENTRE).orElseThrow().share(),
                grouped.shown().nodeOf(CENTRE).orElseThrow().share(), 1e-12);
        assertEquals(graph, grouped.ungrouped("pair"));
        assertEquals(List.of(new Group("pair", List.of(a(0)))), grouped.removed(List.of(a(1))).groups());
        assertEquals(List.of(), grouped.removed(List.of(a(1), a(0))).groups());
    }

    @Test
    void aUnitIsInOneGroupOnly() {
        CircuitGraph twice = graph.grouped(new Group("one", List.of(a(0), a(1)))).grouped(new Group("two", List.of(a(1), a(2))));
        assertEquals(List.of(new Group("one", List.of(a(0))), new Group("two", List.of(a(1), a(2)))), twice.groups());
    }

    @Test
    void whatIsWeakOrOfTheOtherSignIsFilteredAwayWithItsUnits() {
        CircuitGraph exciting = graph.filtered(new LinkFilter(0, Sign.EXCITING, 0));
        assertEquals(List.of("a:0", "a:2", "b:0", "c:0", "c:1", "c:2"), titles(exciting), "a:1 inhibits");
        CircuitGraph strong = graph.filtered(new LinkFilter(.2, Sign.ALL, 0));
        assertTrue(strong.shown().edges().stream().allMatch(edge -> edge.part() >= .2));
        assertEquals(List.of("a:0", "a:1", "a:2", "b:0"), titles(graph.pinned(List.of(a(2)), true)
                .filtered(new LinkFilter(.18, Sign.ALL, 0)).removed(List.of(c(0), c(1), c(2)))), "pinned units stay");
        assertThrows(IllegalArgumentException.class, () -> new LinkFilter(Double.NaN, Sign.ALL, 0));
    }

    private static Support used(double contribution) {
        return new Support(contribution, 1, Double.NaN);
    }

    @Test
    void aLinkSaysHowFarItIsFromLuckWhereThatIsKnown() {
        assertEquals(Support.UNKNOWN, graph.links().get(new Ends(a(1), CENTRE)).support(), "growing asks for no chances");
        CircuitGraph judged = graph.judged(Map.of(CENTRE, neighbours.chances(CENTRE)));
        Link below = judged.links().get(new Ends(a(1), CENTRE));
        assertEquals(PlannedNeighbours.chance(a(1)), below.chance());
        String words = words(judged, below);
        assertTrue(words.contains("p 0.20 that luck") && words.contains("no more than luck"), words);
        Link above = judged.links().get(new Ends(CENTRE, c(0)));
        assertEquals(Support.UNKNOWN, above.support(), "nobody has looked at what c:0 reads");
        assertFalse(words(judged, above).contains("luck"), words(judged, above));
        Link asked = judged.attributed(Map.of(below.ends(), used(.4))).links().get(below.ends());
        assertEquals(new Support(.4, 1, PlannedNeighbours.chance(a(1))), asked.support());
    }

    @Test
    void anEdgeThatLuckMakesAsWellSaysSo() {
        Map<Unit, Map<Unit, Double>> chances = Map.of(CENTRE, neighbours.chances(CENTRE));
        Map<String, Boolean> luck = graph.shown().edges().stream().map(edge -> edge.judged(chances))
                .collect(Collectors.toMap(edge -> edge.from() + edge.to(), ShownGraph.Edge::isLuck));
        assertEquals(Map.of("a:0b:0", false, "a:1b:0", true, "a:2b:0", true, "b:0c:0", false, "b:0c:1", false, "b:0c:2", false), luck);
        CircuitGraph once = graph.judged(chances);
        assertEquals(once, once.judged(Map.of(CENTRE, Map.of(a(1), .9))), "what is known stays");
    }

    private static String words(CircuitGraph graph, Link link) {
        return graph.shown().edges().stream().filter(edge -> edge.ends().contains(link.ends())).findFirst().orElseThrow().words();
    }

    @Test
    void theFilterByAttributionLeavesWhatIsUsed() {
        CircuitGraph asked = graph.attributed(Map.of(new Ends(a(1), CENTRE), used(-.3), new Ends(a(0), CENTRE), used(.01)));
        CircuitGraph used = asked.filtered(new LinkFilter(0, Sign.ALL, .05));
        assertEquals(List.of("a:1", "b:0"), titles(used));
        assertTrue(used.shown().edges().get(0).words().contains("-30.0 %"), used.shown().edges().get(0).words());
    }

    @Test
    void aUnitIsFoundByNameAndByLabel() {
        ShownGraph shown = graph.shown();
        assertEquals(List.of("a:1", "c:1"), shown.find(":1", unit -> "").stream().map(Node::title).toList());
        assertEquals(List.of("c:2"), shown.find(" Curve", unit -> unit.equals(c(2)) ? "big curves" : "").stream()
                .map(Node::title).toList());
        assertEquals(List.of(), shown.find("  ", unit -> ""));
    }

    @Test
    void aUnitThatJoinsHasAllItsConnections() {
        CircuitGraph joined = graph.joined(a(5), neighbours);
        assertTrue(joined.links().containsKey(new Ends(a(5), CENTRE)));
        assertEquals(graph.links().size() + 1, joined.links().size());
    }

    @Test
    void kernelsAreDrawnOnRequest() {
        Ends ends = new Ends(a(0), CENTRE);
        CircuitGraph drawn = graph.kernels(List.of(ends, new Ends(a(7), CENTRE)), true);
        assertEquals(Set.of(ends), drawn.kernels());
        assertEquals(graph, drawn.kernels(List.of(ends), false));
        assertEquals(Set.of(), drawn.removed(List.of(a(0))).kernels());
    }

    @Test
    void theCircuitOfWhatIsShownHasItsUnitsAndLinks() {
        CircuitGraph grouped = graph.grouped(new Group("pair", List.of(a(1), a(0)))).hidden(List.of(c(0)));
        assertEquals(6, grouped.shown().circuit().nodes().size());
        assertEquals(5, grouped.shown().circuit().edges().size());
    }
}
