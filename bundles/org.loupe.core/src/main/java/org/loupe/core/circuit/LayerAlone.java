package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;

/**
 * A layer with what lies between it and the only layer that it reads, as a network of its own: to see what it makes of other
 * activations, nothing below has to be computed.
 */
final class LayerAlone implements AutoCloseable {

    private final String layer;
    private final Session session;

    private LayerAlone(String layer, Session session) {
        this.layer = layer;
        this.session = session;
    }

    /**
     * Cuts a layer out.
     *
     * @param below what it reads
     * @param shape of what it reads
     * @return nothing where it reads something past that layer
     */
    static Optional<LayerAlone> open(Engine engine, Network network, String layer, String below, Shape shape) {
        Layer shown = network.layer(layer);
        String source = network.layer(below).output();
        Set<String> needed = new HashSet<>(List.of(shown.output(), shown.before()));
        List<Operation> kept = new ArrayList<>();
        for (int i = network.operations().size() - 1; i >= 0; i--) {
            Operation operation = network.operations().get(i);
            if (needed.contains(operation.name()) && !operation.name().equals(source)) {
                needed.addAll(operation.inputs());
                kept.add(0, operation.reading(operation.inputs().stream()
                        .map(input -> input.equals(source) ? Network.INPUT : input).toList()));
            }
        }
        if (needed.contains(Network.INPUT) || !needed.contains(source)) {
            return Optional.empty();
        }
        float[] deviation = new float[shape.channels()];
        Arrays.fill(deviation, 255);
        return Optional.of(new LayerAlone(layer, engine.open(new Network(network.name(), "", new Input(shape,
                new float[shape.channels()], deviation), kept, List.of(new Layer(layer, shown.output(), shown.before(), "")),
                List.of()))));
    }

    /** What goes into and comes out of the nonlinearity of the layer. */
    PatchedRuns.Layer run(Batch read) {
        Readings found = session.activations(read, Set.of(Tap.before(layer), Tap.after(layer)));
        return new PatchedRuns.Layer(found.at(Tap.before(layer)), found.at(Tap.after(layer)));
    }

    @Override
    public void close() {
        session.close();
    }
}
