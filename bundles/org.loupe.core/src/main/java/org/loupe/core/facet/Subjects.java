package org.loupe.core.facet;

import java.util.List;
import java.util.function.Function;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;

/** What questions about units are about: several units are asked about one after the other. */
final class Subjects {

    private Subjects() {
    }

    /** One question for each of several units, or the question itself. */
    static <A> List<A> parts(A asked, List<String> units, Function<String, A> about) {
        return units.size() < 2 ? List.of(asked) : units.stream().map(about).toList();
    }

    /**
     * The one unit that is asked about.
     *
     * @throws IllegalArgumentException when there is none, or several
     * @throws org.loupe.core.network.NetworkException when the network has no such unit
     */
    static Unit unit(Network network, List<String> units) {
        if (units.size() != 1) {
            throw new IllegalArgumentException("Which unit? Write layer:channel, such as mixed4b:12.");
        }
        Unit unit = Unit.parse(units.get(0));
        network.require(unit);
        return unit;
    }
}
