package org.loupe.core.circuit;

import java.util.Comparator;
import java.util.List;

/**
 * Connections of one unit, the strongest first.
 *
 * @param all     every connection that is not zero
 * @param remarks whole sentences: where the weights are not all that happens between the units
 */
public record Connections(List<Connection> all, List<String> remarks) {

    public Connections {
        all = all.stream().sorted(Comparator.comparingDouble(Connection::strength).reversed()
                .thenComparing(Connection::from).thenComparing(Connection::to)).toList();
        remarks = List.copyOf(remarks);
    }

    /** The strongest connections, at most so many. */
    public List<Connection> strongest(int most) {
        return all.subList(0, Math.min(most, all.size()));
    }

    /** The strongest of those that excite, or of those that inhibit, judged by the sum of the weights. */
    public List<Connection> strongest(int most, boolean exciting) {
        return all.stream().filter(connection -> connection.excites() == exciting).limit(most).toList();
    }

    /**
     * The weight, positive or negative, that gets the full colour when kernels are drawn on one scale: the largest that was
     * learned, beside which a {@linkplain Kernel#shortcut shortcut} may be many times as large; where all is shortcuts, theirs.
     */
    public static double extent(List<Connection> connections) {
        double learned = connections.stream().mapToDouble(one -> one.kernel().learned().peak()).max().orElse(0);
        return learned > 0 ? learned : connections.stream().mapToDouble(one -> one.kernel().peak()).max().orElse(0);
    }

    /** Which share, from 0 to 1, of the norms of all connections those have that are shown. */
    public double share(List<Connection> shown) {
        double total = all.stream().mapToDouble(Connection::strength).sum();
        return total == 0 ? 0 : shown.stream().mapToDouble(Connection::strength).sum() / total;
    }
}
