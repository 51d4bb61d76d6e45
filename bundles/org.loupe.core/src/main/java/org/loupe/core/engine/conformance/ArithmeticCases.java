package org.loupe.core.engine.conformance;

import java.util.List;
import org.loupe.core.Batch;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** Two sides of the same shape, and sides of one channel, row or column. */
final class ArithmeticCases {

    private static final Window ONE = Window.square(1, 1, 0);
    private static final Window THREE = Window.square(3, 1, 1);

    private final Cases cases = new Cases();

    private ArithmeticCases() {
    }

    static List<Case> all() {
        ArithmeticCases all = new ArithmeticCases();
        for (Sign sign : Sign.values()) {
            all.sameShape(sign);
            for (int[] shape : new int[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 0}, {0, 1, 1}, {1, 1, 1}}) {
                all.smallerSide(sign, 16, shape);
                all.smallerSide(sign, 10, shape);
            }
            all.bothSidesSmaller(sign);
        }
        all.ties();
        return all.cases.all();
    }

    /** Of two convolutions, with the input, and of an output with itself. */
    private void sameShape(Sign sign) {
        for (int channels : new int[] {16, 10}) {
            Network network = new Sketch(3, 7, 9).convolution("a", Network.INPUT, channels, THREE)
                    .convolution("b0", Network.INPUT, channels, ONE).with(sketch -> divisor(sketch, "b", "b0"))
                    .arithmetic("x", "a", sign, "b").relu("xr", "x").network();
            cases.add(sign + " of " + channels + " channels", network, Tap.after("x"));
            cases.add(sign + " of " + channels + " channels, rectified and read on all sides", network, 3,
                    Tap.after("xr"), Tap.before("xr"), Tap.after("a"), Tap.after("b"));
        }
        Network input = new Sketch(3, 7, 9).convolution("a", Network.INPUT, 3, THREE)
                .with(sketch -> divisor(sketch, "b", Network.INPUT)).arithmetic("x", "a", sign, "b").network();
        cases.add(sign + " with the input", input, Tap.after("x"));
        Network self = new Sketch(3, 7, 9).convolution("a", Network.INPUT, 12, THREE)
                .arithmetic("w", "a", sign, "a").addition("x", "w", "a").network();
        cases.add(sign + " with itself", self, Tap.after("x"));
    }

    /** From 1/e to e, so that rounding is not blown up by what is divided by. */
    private static Sketch divisor(Sketch sketch, String name, String from) {
        return sketch.activation(name + "_tanh", from, new Nonlinearity.Tanh())
                .activation(name, name + "_tanh", new Nonlinearity.Exponential());
    }

    /** @param one for channels, rows and columns: 1 where the side has only one */
    private void smallerSide(Sign sign, int channels, int[] one) {
        String name = sign + " of " + channels + " channels with one" + (one[0] == 1 ? " channel" : "")
                + (one[1] == 1 ? " row" : "") + (one[2] == 1 ? " column" : "");
        Sketch sketch = new Sketch(3, 6, 7).convolution("a", Network.INPUT, channels, THREE)
                .convolution("b0", Network.INPUT, one[0] == 1 ? 1 : channels, ONE).averagePool("b1", "b0",
                        new Window(one[1] == 1 ? 6 : 1, one[2] == 1 ? 7 : 1, 1, 1, 0, 0, 0, 0, 1, 1))
                .with(drawn -> divisor(drawn, "b", "b1")).with(drawn -> divisor(drawn, "c", "a"))
                .arithmetic("right", "a", sign, "b").arithmetic("left", "b", sign, "c");
        cases.add(name + " at the right", sketch.network(), Tap.after("right"));
        cases.add(name + " at the left", sketch.network(), 3, Tap.after("left"));
    }

    /** A row and a column make a map. */
    private void bothSidesSmaller(Sign sign) {
        Network network = new Sketch(3, 6, 7).convolution("a", Network.INPUT, 12, THREE)
                .averagePool("row", "a", new Window(6, 1, 1, 1, 0, 0, 0, 0, 1, 1))
                .averagePool("column0", "a", new Window(1, 7, 1, 1, 0, 0, 0, 0, 1, 1))
                .with(sketch -> divisor(sketch, "column", "column0"))
                .arithmetic("x", "row", sign, "column").network();
        cases.add(sign + " of a row and a column", network, Tap.after("x"));
    }

    /** Neighbours in pictures of few grey levels are often equal. */
    private void ties() {
        Batch steps = Sketch.pictures(2, 3, 8, 8);
        for (int i = 0; i < steps.values().length; i++) {
            steps.values()[i] = Math.round(steps.values()[i] * 2) / 2f;
        }
        for (Sign sign : List.of(Sign.MAXIMUM, Sign.MINIMUM)) {
            Network network = new Sketch(3, 8, 8).crop("one", Network.INPUT, 0, 0, 0, 1, 1, 1)
                    .crop("other", Network.INPUT, 0, 1, 0, 0, 1, 1).arithmetic("x", "one", sign, "other").network();
            cases.add("the left one of equal values gets the gradient of " + sign, network, steps, Tap.after("x"));
        }
    }
}
