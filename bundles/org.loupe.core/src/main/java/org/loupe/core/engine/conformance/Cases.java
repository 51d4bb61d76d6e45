package org.loupe.core.engine.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.loupe.core.Batch;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** Collects cases that compare a network's activations, and the gradient with respect to its pictures. */
final class Cases {

    /** Height of the maps of {@link #each}. */
    static final int ROWS = 9;

    /** Width of the maps of {@link #each}. */
    static final int COLUMNS = 11;

    private final List<Case> cases = new ArrayList<>();

    List<Case> all() {
        return cases;
    }

    void add(Case one) {
        cases.add(one);
    }

    /** Two pictures of the network's own size. */
    void add(String name, Network network, Tap... taps) {
        add(name, network, 2, taps);
    }

    /** Pictures of the network's own size. */
    void add(String name, Network network, int images, Tap... taps) {
        Shape shape = network.input().shape();
        add(name, network, Sketch.pictures(images, shape.channels(), shape.rows(), shape.columns()), taps);
    }

    void add(String name, Network network, Batch pictures, Tap... taps) {
        cases.add(new Case(name, engine -> new Comparison(network, pictures).check(engine, taps)));
    }

    /**
     * The same on the input, and on 16 and 10 channels above a convolution.
     *
     * @param draw adds operations that read {@code from}, the last one called {@code x}
     */
    void each(String name, UnaryOperator<Sketch> draw) {
        for (int channels : new int[] {16, 10}) {
            Network above = draw.apply(new Sketch(3, ROWS, COLUMNS)
                    .convolution("from", Network.INPUT, channels, Window.square(3, 1, 1))).network();
            add(name + ", on " + channels + " channels", above, Tap.after("x"));
        }
        Network network = draw.apply(new Sketch(3, ROWS, COLUMNS).addition("from", Network.INPUT)).network();
        add(name + ", on the input", network, Tap.after("x"));
    }
}
