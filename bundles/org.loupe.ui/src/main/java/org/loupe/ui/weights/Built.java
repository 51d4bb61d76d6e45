package org.loupe.ui.weights;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

    private static final String SHORTCUTS = "A shortcut is taken over as it is, past all weights, as by the identity of a residual"
            + " block: nothing was learned there, so the chance is that of the rest of the kernel, and colours are by the largest"
            + " weight that was learned.";

    Built {
        lines = List.copyOf(lines);
        remarks = List.copyOf(remarks);
    }

    /** Takes the strongest of all connections of a unit; kernels of one direction have one scale. */
    static Built of(Connections inputs, Connections outputs, Chances chances) {
        List<Connection> exciting = inputs.strongest(MOST, true);
        List<Connection> inhibiting = inputs.strongest(MOST, false);
        List<Connection> using = outputs.strongest(MOST);
        double below = Connections.extent(Stream.concat(exciting.stream(), inhibiting.stream()).toList());
        int excite = (int) inputs.all().stream().filter(Connection::excites).count();
        Set<String> remarks = new LinkedHashSet<>(inputs.remarks());
        remarks.addAll(outputs.remarks());
        if (chances.kernels() > 0) {
            remarks.add(chances.beyond(Line.LEVEL) + " of " + chances.kernels() + " kernels below are more than luck explains"
                    + " (p ≤ 0.05); of the others the frame is dotted. " + chances.about());
        }
        if (Stream.concat(inputs.all().stream(), outputs.all().stream()).anyMatch(one -> one.kernel().shortcut() != 0)) {
            remarks.add(SHORTCUTS);
        }
        return new Built(List.of(
                new Line("Excited by", true, exciting, excite, total(inputs), below, chances),
                new Line("Inhibited by", true, inhibiting, inputs.all().size() - excite, total(inputs), below,
                        chances),
                new Line("Used by", false, using, outputs.all().size(), total(outputs),
                        Connections.extent(using), chances)),
                List.copyOf(remarks));
    }

    private static double total(Connections connections) {
        return connections.all().stream().mapToDouble(Connection::strength).sum();
    }
}
