package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;

/**
 * Runs of a network in which what a layer reads is put together from several runs, channel by channel: so an edge between
 * two units can be cut or kept by itself, whatever lies between them, poolings and bottlenecks too. What a layer reads of the
 * picture itself stays. For one thread.
 */
final class PatchedRuns implements AutoCloseable {

    private final Session session;
    private final Wiring wiring;
    private final Batch pictures;
    private final Map<Unit, Connections> inputs = new HashMap<>();
    private final Map<Unit, Set<Unit>> below = new HashMap<>();
    private final Map<String, Set<String>> reads = new HashMap<>();
    private final Map<String, Optional<LayerAlone>> alone = new HashMap<>();
    private int passes;

    /** @param pictures that every run is shown */
    PatchedRuns(Session session, Wiring wiring, Batch pictures) {
        this.session = session;
        this.wiring = wiring;
        this.pictures = pictures;
    }

    /**
     * What goes into and comes out of a layer's nonlinearity.
     *
     * @param before of the shape (case, channel, row, column)
     */
    record Layer(Batch before, Batch after) {
    }

    /** The wiring of the network. */
    Wiring wiring() {
        return wiring;
    }

    /** The kernels that a unit reads by. */
    Connections inputs(Unit unit) {
        return inputs.computeIfAbsent(unit, wiring::inputs);
    }

    /** The units that a unit reads, but for channels of the picture. */
    Set<Unit> below(Unit unit) {
        return below.computeIfAbsent(unit, any -> inputs(unit).all().stream().map(Connection::from)
                .filter(from -> !from.layer().equals(Network.INPUT)).sorted()
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** The layers that the layer of a unit reads. */
    Set<String> reads(Unit unit) {
        return reads.computeIfAbsent(unit.layer(), any -> {
            Set<String> layers = new LinkedHashSet<>();
            below(unit).forEach(from -> layers.add(from.layer()));
            return layers;
        });
    }

    /** Runs a layer on what it reads. */
    Layer run(String layer, Map<String, Batch> read) {
        passes++;
        Optional<LayerAlone> only = alone(layer, read);
        if (only.isPresent()) {
            return only.get().run(read.values().iterator().next());
        }
        List<Edit> edits = new ArrayList<>();
        read.forEach((below, values) -> edits.add(Edit.replace(Edit.Where.layer(Tap.after(below)), new Edit.Given(values))));
        Readings found = session.activations(pictures, Set.of(Tap.before(layer), Tap.after(layer)), edits);
        return new Layer(found.at(Tap.before(layer)), found.at(Tap.after(layer)));
    }

    private Optional<LayerAlone> alone(String layer, Map<String, Batch> read) {
        return read.size() != 1 ? Optional.empty() : alone.computeIfAbsent(layer, any -> {
            Batch values = read.values().iterator().next();
            return LayerAlone.open(session.engine(), session.network(), layer, read.keySet().iterator().next(),
                    new Shape(values.channels(), values.rows(), values.columns()));
        });
    }

    @Override
    public void close() {
        alone.values().forEach(only -> only.ifPresent(LayerAlone::close));
    }

    /** Counts runs that were made without this. */
    void count(int more) {
        passes += more;
    }

    /** How many runs there were. */
    int passes() {
        return passes;
    }
}
