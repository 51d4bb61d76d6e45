package org.loupe.core.engine.conformance;

import java.util.List;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** Every nonlinearity, wherever an engine might fuse it with what is around it. */
final class ActivationCases {

    /** Nonlinearities that may follow each other, with the parameters that networks have. */
    private static final List<Nonlinearity> GENTLE = List.of(new Nonlinearity.LeakyRelu(0.1f),
            new Nonlinearity.LeakyRelu(-0.5f), new Nonlinearity.Clip(0, 6), new Nonlinearity.Clip(0, 0.5f),
            new Nonlinearity.Clip(-0.75f, 1.25f), new Nonlinearity.Sigmoid(), new Nonlinearity.HardSigmoid(1 / 6f, 0.5f),
            new Nonlinearity.HardSigmoid(0.2f, 0.5f), new Nonlinearity.HardSwish(), new Nonlinearity.Swish(1),
            new Nonlinearity.Swish(1.702f), new Nonlinearity.Gelu(), new Nonlinearity.TanhGelu(),
            new Nonlinearity.Tanh(), new Nonlinearity.Elu(1), new Nonlinearity.Elu(0.3f), new Nonlinearity.Softplus(),
            new Nonlinearity.Mish(), new Nonlinearity.Magnitude(), new Nonlinearity.Power(1));

    /** Nonlinearities that leave the range of numbers when they follow each other. */
    private static final List<Nonlinearity> STEEP = List.of(new Nonlinearity.Exponential(), new Nonlinearity.Power(2),
            new Nonlinearity.Power(3));

    /** Powers of numbers that are not negative. */
    private static final List<Nonlinearity> OF_POSITIVE = List.of(new Nonlinearity.Power(0.5f),
            new Nonlinearity.Power(-1), new Nonlinearity.Power(-0.5f), new Nonlinearity.Power(1.7f));

    private static final Window ONE = Window.square(1, 1, 0);
    private static final Window THREE = Window.square(3, 1, 1);

    private final Cases cases = new Cases();

    private ActivationCases() {
    }

    static List<Case> all() {
        ActivationCases all = new ActivationCases();
        GENTLE.forEach(all::alone);
        STEEP.forEach(all::alone);
        GENTLE.forEach(all::among);
        for (Nonlinearity function : OF_POSITIVE) {
            all.cases.each(function + " of positive numbers",
                    sketch -> sketch.activation("w", "from", new Nonlinearity.Softplus())
                            .activation("v", "w", new Nonlinearity.Clip(0.2f, 9)).activation("x", "v", function));
        }
        all.gates();
        all.inPlace();
        return all.cases.all();
    }

    private void alone(Nonlinearity function) {
        cases.each(function + "", sketch -> sketch.activation("x", "from", function));
        Network input = new Sketch(3, 8, 7).activation("x", Network.INPUT, function).convolution("y", "x", 8, THREE)
                .network();
        cases.add(function + " of the input itself", input, Tap.after("y"), Tap.after("x"));
    }

    private void among(Nonlinearity function) {
        Network chain = new Sketch(3, 7, 6).convolution("a", Network.INPUT, 16, THREE).activation("ax", "a", function)
                .convolution("b", "ax", 20, ONE).normalization("bn", "b").activation("bx", "bn", function)
                .convolution("c", "bx", 6, THREE).network();
        cases.add(function + " between convolutions, read above", chain, 3, Tap.after("c"));
        cases.add(function + " between convolutions, read before and behind", chain, Tap.before("ax"), Tap.after("ax"),
                Tap.before("bx"), Tap.after("c"));
        Network sum = new Sketch(3, 7, 6).convolution("a", Network.INPUT, 12, THREE)
                .convolution("b", Network.INPUT, 12, ONE).addition("sum", "a", "b").activation("x", "sum", function)
                .convolution("c", "x", 12, ONE).addition("again", "c", "x").activation("y", "again", function).network();
        cases.add(function + " of an addition", sum, Tap.after("y"));
        cases.add(function + " of an addition, read before", sum, Tap.before("x"), Tap.after("y"));
    }

    /** A gate: the same output goes through a function and around it, as x * sigmoid(x) is often written. */
    private void gates() {
        for (Nonlinearity function : List.of(new Nonlinearity.Sigmoid(), new Nonlinearity.HardSigmoid(1 / 6f, 0.5f),
                new Nonlinearity.Tanh())) {
            cases.each("what is multiplied with its own " + function, sketch -> sketch.activation("w", "from", function)
                    .arithmetic("x", "from", Sign.TIMES, "w"));
        }
        cases.each("x * tanh(softplus(x))", sketch -> sketch.activation("v", "from", new Nonlinearity.Softplus())
                .activation("w", "v", new Nonlinearity.Tanh()).arithmetic("x", "w", Sign.TIMES, "from"));
    }

    /** Functions of one output that several read: none may change what the others see. */
    private void inPlace() {
        Network shared = new Sketch(3, 7, 6).convolution("a", Network.INPUT, 16, THREE)
                .activation("one", "a", new Nonlinearity.HardSwish()).activation("two", "a", new Nonlinearity.Sigmoid())
                .relu("three", "a").concatenation("all", "one", "two", "three", "a").convolution("b", "all", 8, ONE)
                .network();
        cases.add("three functions of one output, and the output itself", shared, Tap.after("b"));
        cases.add("three functions of one output, each read", shared, Tap.after("one"), Tap.after("two"),
                Tap.after("three"), Tap.before("one"));
        Network twice = new Sketch(3, 7, 6).convolution("a", Network.INPUT, 16, THREE)
                .activation("x", "a", new Nonlinearity.Swish(1)).activation("y", "x", new Nonlinearity.Clip(0, 1))
                .relu("z", "y").activation("u", "z", new Nonlinearity.Gelu()).network();
        cases.add("functions of functions", twice, 16, Tap.after("u"));
        cases.add("functions of functions, read on the way", twice, 1, Tap.after("x"), Tap.after("z"), Tap.after("u"));
    }
}
