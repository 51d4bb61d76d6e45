package org.loupe.ui.weights;

import java.util.List;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Chances;
import org.loupe.core.circuit.Connection;

/**
 * The strongest connections of one kind, such as those that inhibit.
 *
 * @param title     what the units do for each other, such as “Excited by”
 * @param isBelow   whether the other units are below
 * @param strongest no more than are ever shown, the strongest first
 * @param count     how many there are
 * @param total     the sum of the norms of all connections of the same direction, of either sign
 * @param extent    the weight, positive or negative, that gets the full colour
 * @param chances   how far the kernels that the unit reads by are from luck; nothing is known of others
 */
record Line(String title, boolean isBelow, List<Connection> strongest, int count, double total, double extent,
        Chances chances) {

    /** Chances above it are told as luck. */
    static final double LEVEL = .05;

    Line {
        strongest = List.copyOf(strongest);
    }

    /** The unit at the other end of a connection. */
    Unit other(Connection connection) {
        return isBelow ? connection.from() : connection.to();
    }

    /** Whether a kernel is no more than luck makes the best of all that the unit reads by; never a shortcut. */
    boolean isLuck(Connection connection) {
        return connection.kernel().shortcut() == 0 && chances.of(connection).luck() > LEVEL;
    }

    /** Which share, from 0 to 1, of the norms in this direction the first so many have. */
    double share(int shown) {
        return total == 0 ? 0 : strongest.stream().limit(shown).mapToDouble(Connection::strength).sum() / total;
    }
}
