package org.loupe.ui.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Chances;
import org.loupe.core.circuit.Connections;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.network.Network;
import org.loupe.ui.UnitInNetwork;

/**
 * Reads out of a network's weights what a unit is built from. Keeps the wiring of the network that was asked about last, and
 * what was found about the last units. Takes seconds for large networks; safe for several threads, one of which reads.
 */
final class BuiltFinder implements Function<UnitInNetwork, Built> {

    private static final int UNITS = 64;

    private Network network;
    private Wiring wiring;
    private final Map<Unit, Built> known = new LinkedHashMap<>(UNITS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Unit, Built> eldest) {
            return size() > UNITS;
        }
    };

    /** @throws org.loupe.core.network.NetworkException when there is no such unit */
    @Override
    public synchronized Built apply(UnitInNetwork asked) {
        if (asked.network() != network) {
            known.clear();
            wiring = Wiring.of(asked.network());
            network = asked.network();
        }
        Unit unit = asked.unit().at(Unit.EVERYWHERE);
        Built found = known.get(unit);
        if (found == null) {
            Connections inputs = wiring.inputs(unit);
            found = Built.of(inputs, wiring.outputs(unit), Chances.of(network, wiring, unit, inputs, 0));
            known.put(unit, found);
        }
        return found;
    }
}
