package org.loupe.core.engine.conformance;

import java.util.List;
import java.util.function.UnaryOperator;
import org.loupe.core.Batch;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** Each operation other than convolution: on the input, and on 16 and 10 channels above a convolution. */
final class OperationCases {

    private final Cases cases = new Cases();

    private OperationCases() {
    }

    static List<Case> all() {
        OperationCases all = new OperationCases();
        all.pools();
        all.each("a rectifier", sketch -> sketch.relu("x", "from"));
        all.each("a rectifier of a rectifier", sketch -> sketch.relu("w", "from").relu("x", "w"));
        all.each("batch normalization", sketch -> sketch.normalization("x", "from"));
        all.each("a rectified batch normalization",
                sketch -> sketch.normalization("w", "from").relu("x", "w"));
        all.each("the global average", sketch -> sketch.globalAverage("x", "from"));
        all.each("softmax at each position", sketch -> sketch.softmax("x", "from"));
        all.each("softmax of averages", sketch -> sketch.globalAverage("w", "from").softmax("x", "w"));
        all.each("an addition of the same twice", sketch -> sketch.addition("x", "from", "from"));
        all.each("an addition of one", sketch -> sketch.addition("x", "from"));
        all.each("a concatenation of the same twice", sketch -> sketch.concatenation("x", "from", "from"));
        all.each("a concatenation of one", sketch -> sketch.concatenation("x", "from"));
        all.dense();
        return all.cases.all();
    }

    private void pools() {
        pool("3x3 that steps by 2", Window.square(3, 2, 1));
        pool("3x3 that steps by 2, without padding", Window.square(3, 2, 0));
        pool("3x3 that steps by 2, padded as in TensorFlow", new Window(3, 3, 2, 2, 0, 0, 1, 1, 1, 1));
        pool("3x3 in place", Window.square(3, 1, 1));
        pool("2x2", Window.square(2, 2, 0));
        pool("2x2 that leaves columns unread", new Window(2, 2, 2, 3, 0, 0, 0, 0, 1, 1));
        pool("a window of 2x5", new Window(2, 5, 1, 2, 1, 2, 0, 2, 1, 1));
        pool("the whole map", new Window(Cases.ROWS, Cases.COLUMNS, 1, 1, 0, 0, 0, 0, 1, 1));
        Network network = new Sketch(3, 8, 8).maxPool("x", Network.INPUT, Window.square(3, 2, 1)).network();
        Batch steps = Sketch.pictures(2, 3, 8, 8);
        for (int i = 0; i < steps.values().length; i++) {
            steps.values()[i] = Math.round(steps.values()[i] * 2) / 2f;
        }
        cases.add(new Case("the first of equal values gets the gradient of a max pooling",
                engine -> new Comparison(network, steps).check(engine, Tap.after("x"))));
    }

    private void pool(String name, Window window) {
        each("max pooling, " + name, sketch -> sketch.maxPool("x", "from", window));
        each("average pooling, " + name, sketch -> sketch.averagePool("x", "from", window));
        each("average pooling that counts padding, " + name,
                sketch -> sketch.paddedAveragePool("x", "from", window));
    }

    private void dense() {
        for (int channels : new int[] {10, 16}) {
            Network network = new Sketch(3, 5, 4).convolution("from", Network.INPUT, channels, Window.square(3, 1, 1))
                    .relu("rectified", "from").dense("hidden", "rectified", 30).relu("awake", "hidden")
                    .dense("logits", "awake", 7).softmax("probabilities", "logits").network();
            Batch pictures = Sketch.pictures(3, 3, 5, 4);
            cases.add(new Case("dense operations above " + channels + " channels, to the probabilities",
                    engine -> new Comparison(network, pictures).check(engine, Tap.after("probabilities"))));
            cases.add(new Case("dense operations above " + channels + " channels, read on the way",
                    engine -> new Comparison(network, pictures).check(engine, Tap.after("hidden"),
                            Tap.after("awake"), Tap.after("logits"))));
        }
        Network direct = new Sketch(3, 5, 4).dense("x", Network.INPUT, 9).network();
        cases.add(new Case("a dense operation on the input",
                engine -> new Comparison(direct, Sketch.pictures(2, 3, 5, 4)).check(engine, Tap.after("x"))));
    }

    private void each(String name, UnaryOperator<Sketch> draw) {
        cases.each(name, draw);
    }
}
