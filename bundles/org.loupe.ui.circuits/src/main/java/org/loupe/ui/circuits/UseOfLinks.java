package org.loupe.ui.circuits;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.loupe.core.circuit.Circuit;
import org.loupe.core.circuit.Circuit.Support;
import org.loupe.core.circuit.ProposeCircuit;
import org.loupe.core.circuit.ProposedCircuit;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.Link.Ends;
import org.loupe.core.Analysis;
import org.loupe.core.picture.Fitting;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;

/**
 * How much of what the centre of a circuit answers goes through each link below it, by attribution on the pictures that excite
 * the centre most: the analysis {@code circuit}, asked in the background.
 */
final class UseOfLinks {

    private static final int DEEPEST = 3;
    private static final int BREADTH = 100;
    private static final int BUDGET = 4000;
    private static final int PICTURES = 300;
    private static final int EXAMPLES = 16;
    private static final int RESAMPLES = 10;

    private UseOfLinks() {
    }

    /**
     * Asks.
     *
     * @param answer receives the shares of the links that were found, on the job's thread
     * @throws IllegalArgumentException when no pictures are chosen for the network, or the centre reads nothing
     */
    static void ask(Laboratory laboratory, Drawn drawn, Consumer<Map<Ends, Support>> answer) {
        CircuitGraph graph = drawn.graph();
        int centre = graph.units().get(graph.centre());
        int rows = (int) graph.units().values().stream().filter(depth -> depth < centre).distinct().count();
        if (rows == 0) {
            throw new IllegalArgumentException("Nothing is drawn below " + graph.centre() + ": let it grow downwards first.");
        }
        if (laboratory.picturesOf(drawn.network()).isEmpty()) {
            throw new IllegalArgumentException("No pictures are chosen for " + drawn.network().name()
                    + ": choose some in the Unit view or by Choose Pictures… in the network's menu.");
        }
        ProposeCircuit.Arguments arguments = new ProposeCircuit.Arguments(List.of(graph.centre().toString()),
                ProposeCircuit.By.ATTRIBUTION, Math.min(DEEPEST, rows), BREADTH, 0, BUDGET, ProposeCircuit.Against.MATCHED,
                PICTURES, EXAMPLES, 1, 0, RESAMPLES, 0, Fitting.COVER);
        Registered<Analysis<ProposeCircuit.Arguments, ProposedCircuit>> circuit =
                laboratory.registry().analysis(ProposeCircuit.class);
        AnalysisJob<ProposeCircuit.Arguments, ProposedCircuit> job = new AnalysisJob<>(laboratory, circuit, arguments,
                drawn.network());
        job.onAnswer(found -> answer.accept(shares(found.circuit())));
        job.schedule();
    }

    static Map<Ends, Support> shares(Circuit found) {
        Map<Ends, Support> shares = new HashMap<>();
        found.edges().stream().filter(edge -> edge.support().isKnown()).forEach(edge ->
                shares.put(new Ends(edge.from(), edge.to()), new Support(Math.max(-1, Math.min(1, edge.support().contribution())),
                        edge.support().stability(), edge.support().chance())));
        return shares;
    }
}
