package org.loupe.core.engine.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.loupe.core.Batch;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** Each operation other than convolution: on the input, and on 16 and 10 channels above a convolution. */
final class OperationCases {

    private static final int ROWS = 9;
    private static final int COLUMNS = 11;

    private final List<Case> cases = new ArrayList<>();

    private OperationCases() {
    }

    static List<Case> all() {
        OperationCases all = new OperationCases();
        all.pools();
        all.each("a rectifier", "x", sketch -> sketch.relu("x", "from"));
        all.each("a rectifier of a rectifier", "x", sketch -> sketch.relu("w", "from").relu("x", "w"));
        all.each("batch normalization", "x", sketch -> sketch.normalization("x", "from"));
        all.each("a rectified batch normalization", "x",
                sketch -> sketch.normalization("w", "from").relu("x", "w"));
        all.each("the global average", "x", sketch -> sketch.globalAverage("x", "from"));
        all.each("softmax at each position", "x", sketch -> sketch.softmax("x", "from"));
        all.each("softmax of averages", "x", sketch -> sketch.globalAverage("w", "from").softmax("x", "w"));
        all.each("an addition of the same twice", "x", sketch -> sketch.addition("x", "from", "from"));
        all.each("an addition of one", "x", sketch -> sketch.addition("x", "from"));
        all.each("a concatenation of the same twice", "x", sketch -> sketch.concatenation("x", "from", "from"));
        all.each("a concatenation of one", "x", sketch -> sketch.concatenation("x", "from"));
        all.dense();
        return all.cases;
    }

    private void pools() {
        pool("3x3 that steps by 2", Window.square(3, 2, 1));
        pool("3x3 that steps by 2, without padding", Window.square(3, 2, 0));
        pool("3x3 that steps by 2, padded as in TensorFlow", new Window(3, 3, 2, 2, 0, 0, 1, 1, 1, 1));
        pool("3x3 in place", Window.square(3, 1, 1));
        pool("2x2", Window.square(2, 2, 0));
        pool("2x2 that leaves columns unread", new Window(2, 2, 2, 3, 0, 0, 0, 0, 1, 1));
        pool("a window of 2x5", new Window(2, 5, 1, 2, 1, 2, 0, 2, 1, 1));
        pool("the whole map", new Window(ROWS, COLUMNS, 1, 1, 0, 0, 0, 0, 1, 1));
        Network network = new Sketch(3, 8, 8).maxPool("x", Network.INPUT, Window.square(3, 2, 1)).network();
        Batch steps = Sketch.pictures(2, 3, 8, 8);
        for (int i = 0; i < steps.values().length; i++) {
            steps.values()[i] = Math.round(steps.values()[i] * 2) / 2f;
        }
        cases.add(new Case("the first of equal values gets the gradient of a max pooling",
                engine -> new Comparison(network, steps).check(engine, Tap.after("x"))));
    }

    private void pool(String name, Window window) {
        each("max pooling, " + name, "x", sketch -> sketch.maxPool("x", "from", window));
        each("average pooling, " + name, "x", sketch -> sketch.averagePool("x", "from", window));
    }

    private void dense() {
        for (int channels : new int[] {10, 16}) {
            Network network = new Sketch(3, 5, 4).convolution("from", Network.INPUT, channels, Window.square(3, 1, 1))
                    .relu("rectified", "from").dense("hidden", "rectified", channels * 20, 30).relu("awake", "hidden")
                    .dense("logits", "awake", 30, 7).softmax("probabilities", "logits").network();
            Batch pictures = Sketch.pictures(3, 3, 5, 4);
            cases.add(new Case("dense operations above " + channels + " channels, to the probabilities",
                    engine -> new Comparison(network, pictures).check(engine, Tap.after("probabilities"))));
            cases.add(new Case("dense operations above " + channels + " channels, read on the way",
                    engine -> new Comparison(network, pictures).check(engine, Tap.after("hidden"),
                            Tap.after("awake"), Tap.after("logits"))));
        }
        Network direct = new Sketch(3, 5, 4).dense("x", Network.INPUT, 60, 9).network();
        cases.add(new Case("a dense operation on the input",
                engine -> new Comparison(direct, Sketch.pictures(2, 3, 5, 4)).check(engine, Tap.after("x"))));
    }

    /** @param draw adds operations that read {@code from}, the last one called {@code tap} */
    private void each(String name, String tap, UnaryOperator<Sketch> draw) {
        for (int channels : new int[] {16, 10}) {
            Network above = draw.apply(new Sketch(3, ROWS, COLUMNS)
                    .convolution("from", Network.INPUT, channels, Window.square(3, 1, 1))).network();
            cases.add(new Case(name + ", on " + channels + " channels",
                    engine -> new Comparison(above, Sketch.pictures(2, 3, ROWS, COLUMNS))
                            .check(engine, Tap.after(tap))));
        }
        Network network = draw.apply(new Sketch(3, ROWS, COLUMNS).addition("from", Network.INPUT)).network();
        cases.add(new Case(name + ", on the input",
                engine -> new Comparison(network, Sketch.pictures(2, 3, ROWS, COLUMNS)).check(engine, Tap.after(tap))));
    }
}
