package org.loupe.core.circuit.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.page.Sheet;
import org.loupe.core.page.SvgWriter;

class GraphSheetTest {

    @Test
    void theDrawingHasNodesLinksLegendCaptionAndRecipe() {
        Neighbours neighbours = new PlannedNeighbours();
        CircuitGraph graph = CircuitGraph.start(new Unit("b", 0), neighbours, 3);
        CircuitGraph drawn = Arrangement.settled(graph.kernels(graph.links().keySet(), true), Map.of());
        Sheet sheet = GraphSheet.of(Scene.of(drawn), unit -> unit.channel() == 0 ? Optional.of(Batch.zeros(1, 3, 4, 4))
                : Optional.empty(), unit -> unit.equals(new Unit("c", 1)) ? "wheels" : "", "b:0", "What the weights say.", "the recipe");
        String svg = SvgWriter.write(sheet);
        for (String wanted : List.of(">b:0<", ">wheels<", ">excites<", ">inhibits<", "What the weights say.", "the recipe",
                "<image")) {
            assertTrue(svg.contains(wanted), wanted + " in " + svg);
        }
        assertEquals(3 + 6, svg.split("<image", -1).length - 1, "three pictures and six kernels");
    }

    @Test
    void aKernelThatLuckMakesAsWellHasADottedFrameThatTheLegendExplains() {
        Neighbours neighbours = new PlannedNeighbours();
        Unit centre = new Unit("b", 0);
        CircuitGraph graph = CircuitGraph.start(centre, neighbours, 3);
        CircuitGraph drawn = Arrangement.settled(graph.kernels(graph.links().keySet(), true), Map.of());
        CircuitGraph judged = drawn.judged(Map.of(centre, neighbours.chances(centre)));
        String explained = ">dotted frame: no more than luck<";
        assertFalse(svg(drawn).contains(explained), "nobody has looked yet");
        assertTrue(svg(judged).contains(explained), "a:1 and a:2 are luck");
        assertFalse(svg(judged.kernels(graph.links().keySet(), false)).contains(explained), "no kernel is drawn");
    }

    private static String svg(CircuitGraph graph) {
        return SvgWriter.write(GraphSheet.of(Scene.of(graph), unit -> Optional.empty(), unit -> "", "b:0", "", ""));
    }

    @Test
    void dashesHaveTheirLengths() {
        double[] line = {0, 0, 10, 0, 20, 0};
        List<double[]> dashes = GraphSheet.dashed(line, new double[] {7, 4});
        assertEquals(2, dashes.size());
        assertArrayEquals(new double[] {0, 0, 7, 0}, dashes.get(0), 1e-9);
        assertArrayEquals(new double[] {11, 0, 18, 0}, dashes.get(1), 1e-9);
        assertEquals(1, GraphSheet.dashed(line, new double[0]).size());
        assertArrayEquals(new double[] {4, 0, 10, 0, 14, 0}, GraphSheet.dashed(line, new double[] {1, 3, 10, 9}).get(1), 1e-9);
    }
}
