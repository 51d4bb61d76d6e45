package org.loupe.core.circuit.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit.Support;
import org.loupe.core.circuit.Kernel;
import org.loupe.core.circuit.graph.Link.Ends;
import org.loupe.core.circuit.graph.LinkFilter.Sign;

class GraphTextTest {

    private static CircuitGraph everything() {
        Neighbours neighbours = new PlannedNeighbours();
        Unit centre = new Unit("b", 0);
        return Arrangement.settled(CircuitGraph.start(centre, neighbours, 3)
                .pinned(List.of(new Unit("a", 0)), true).hidden(List.of(new Unit("c", 1)))
                .grouped(new Group("two of them", List.of(new Unit("a", 0), new Unit("a", 1))))
                .filtered(new LinkFilter(.01, Sign.EXCITING, 0)).kernels(List.of(new Ends(new Unit("a", 2), centre)), true)
                .attributed(Map.of(new Ends(new Unit("a", 1), centre), new Support(-.125, .9, .01))), Map.of());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        GraphText.Read read = GraphText.read(GraphText.write("abc", "my\tcircuit", everything()));
        assertEquals(everything(), read.graph());
        assertEquals("abc", read.network());
        assertEquals("my circuit", read.name());
    }

    @Test
    void ofAnOlderFileNobodyKnowsTheChances() throws IOException {
        String older = GraphText.write("abc", "one", everything()).replaceAll("(?m)^(link\t.*)\t[^\t]*\t[^\t]*\t[^\t]*$", "$1");
        assertTrue(GraphText.read(older).graph().links().values().stream()
                .allMatch(link -> Double.isNaN(link.edge().support().chance())));
        assertEquals(everything().links().keySet(), GraphText.read(older).graph().links().keySet());
    }

    @Test
    void aShortcutIsWrittenDownAndSaidInTheWordsOfTheLink() throws IOException {
        Unit low = new Unit("a", 0);
        Unit high = new Unit("b", 0);
        Link link = new Link(new Ends(low, high), new Kernel(1, 3, 0, -1, new float[] {.1f, 1.2f, .3f}, 1), .5,
                new Support(Double.NaN, Double.NaN, .7));
        CircuitGraph graph = new CircuitGraph(high, Map.of(low, 1, high, 2), Map.of(link.ends(), link), Set.of(), Set.of(), List.of(),
                LinkFilter.NONE, Set.of(), Map.of());
        CircuitGraph read = GraphText.read(GraphText.write("abc", "one", graph)).graph();
        assertEquals(link, read.links().get(link.ends()));
        String words = read.shown().edges().get(0).words();
        assertTrue(words.contains("+1.00 of it is a shortcut") && words.contains("the rest of such a kernel")
                && !words.contains("no more"), words);
    }

    @Test
    void theSameGraphIsTheSameText() {
        assertEquals(GraphText.write("abc", "one", everything()), GraphText.write("abc", "one", everything()));
    }

    @Test
    void aDamagedFileSaysWhereItIsDamaged() {
        String text = GraphText.write("abc", "one", everything());
        assertProblem("Line 1 is not", "unit\ta:0");
        assertProblem("last line", text.substring(0, text.length() / 2));
        String[] lines = text.split("\n");
        String link = text.lines().filter(line -> line.startsWith("link")).findFirst().orElseThrow();
        int number = List.of(lines).indexOf(link) + 1;
        assertProblem("Line " + number + " cannot be understood", text.replace(link, link.substring(0, 20)));
        assertProblem("“love”", text.replace("filter\t", "love\t"));
        assertProblem("b:0 is not in the graph", text.replaceFirst("unit\tb:0[^\n]*\n", ""));
    }

    private static void assertProblem(String words, String text) {
        String message = assertThrows(IOException.class, () -> GraphText.read(text)).getMessage();
        assertTrue(message.contains(words), message);
    }
}
