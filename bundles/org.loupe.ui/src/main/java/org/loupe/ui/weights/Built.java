package org.loupe.ui.weights;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.loupe.core.circuit.Chances;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Connections;

/**
 * What a unit is built from, and what is built from it: the strongest of each.
 *
 * @param lines   excited by, inhibited by, used by
 * @param remarks whole sentences: where the weights are not all that happens between the units
 */
record Built(List<Line> lines, List<String> remarks) {

    /** How many connections of a kind are kept, however wide the view is. */
    static final int MOST = 24;

    Built {
        lines = List.copyOf(lines);
        remarks = List.copyOf(remarks);
    }

    /** Takes the strongest of all connections of a unit; kernels of one direction have one scale. */
    static Built of(Connections inputs, Connections outputs, Chances chances) {
        List<Connection> exciting = inputs.strongest(MOST, true);
        List<Connection> inhibiting = inputs.strongest(MOST, false);
        List<Connection> using = outputs.strongest(MOST);
        double below = Math.max(extent(exciting), extent(inhibiting));
        int excite = (int) inputs.all().stream().filter(Connection::excites).count();
        Set<String> remarks = new LinkedHashSet<>(inputs.remarks());
        remarks.addAll(outputs.remarks());
        if (chances.kernels() > 0) {
            remarks.add(chances.beyond(Line.LEVEL) + " of " + chances.kernels() + " kernels below are more than luck explains"
                    + " (p ≤ 0.05); of the others the frame is dotted. " + chances.about());
        }
        return new Built(List.of(
                new Line("Excited by", true, exciting, excite, total(inputs), below, chances),
                new Line("Inhibited by", true, inhibiting, inputs.all().size() - excite, total(inputs), below,
                        chances),
                new Line("Used by", false, using, outputs.all().size(), total(outputs), extent(using), chances)),
                List.copyOf(remarks));
    }

    private static double total(Connections connections) {
        return connections.all().stream().mapToDouble(Connection::strength).sum();
    }

    private static double extent(List<Connection> connections) {
        return connections.stream().mapToDouble(connection -> connection.kernel().peak()).max().orElse(0);
    }
}
