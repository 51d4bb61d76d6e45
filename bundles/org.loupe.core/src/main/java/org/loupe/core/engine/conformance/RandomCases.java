package org.loupe.core.engine.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.loupe.core.Draws;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** Networks that nobody would draw: operations at random, reading outputs at random, read at random places. */
final class RandomCases {

    private static final int PLAIN = 60;
    private static final int ALL = 120;

    private static final List<Nonlinearity> FUNCTIONS = List.of(new Nonlinearity.LeakyRelu(0.1f),
            new Nonlinearity.Clip(0, 6), new Nonlinearity.Sigmoid(), new Nonlinearity.HardSigmoid(0.2f, 0.5f),
            new Nonlinearity.HardSwish(), new Nonlinearity.Swish(1), new Nonlinearity.Gelu(), new Nonlinearity.TanhGelu(),
            new Nonlinearity.Tanh(), new Nonlinearity.Elu(1), new Nonlinearity.Softplus(), new Nonlinearity.Mish(),
            new Nonlinearity.Magnitude());

    /** Signs that keep numbers in range, however often they follow each other. */
    private static final List<Sign> SIGNS = List.of(Sign.PLUS, Sign.MINUS, Sign.MAXIMUM, Sign.MINIMUM);

    private record Output(String name, Shape shape) {
    }

    private final Draws draws;
    private final Sketch sketch;
    private final List<Output> outputs = new ArrayList<>();

    private final boolean plain;

    /** @param plain whether to leave out all that early networks did not have */
    private RandomCases(long seed, boolean plain) {
        this.plain = plain;
        draws = new Draws(seed);
        Shape shape = new Shape(draws.below(4) + 1, draws.below(6) + 6, draws.below(6) + 6);
        sketch = new Sketch(shape.channels(), shape.rows(), shape.columns());
        outputs.add(new Output(Network.INPUT, shape));
    }

    static List<Case> all() {
        return LongStream.range(0, PLAIN + ALL).mapToObj(seed -> new RandomCases(seed, seed < PLAIN).draw(seed)).toList();
    }

    private Case draw(long seed) {
        int operations = draws.below(12) + 3;
        for (int i = 0; i < operations; i++) {
            add("o" + i);
        }
        Network network = sketch.network();
        Set<Tap> taps = new TreeSet<>(Set.of(Tap.after("o" + (operations - 1))));
        for (int more = draws.below(3); more > 0; more--) {
            taps.add(new Tap(outputs.get(draws.below(outputs.size())).name(), draws.chance(0.5)));
        }
        Shape shape = outputs.get(0).shape();
        int images = draws.below(3) + 1;
        return new Case("the random network " + seed, engine -> new Comparison(network,
                Sketch.pictures(images, shape.channels(), shape.rows(), shape.columns()))
                .check(engine, taps.toArray(Tap[]::new)));
    }

    private void add(String name) {
        Output from = recent();
        if (plain || draws.chance(0.5)) {
            addPlain(name, from);
        } else {
            addOther(name, from);
        }
        outputs.add(new Output(name, sketch.shape(name)));
    }

    private void addPlain(String name, Output from) {
        Shape in = from.shape();
        switch (draws.pick(5, 4, 2, 1, 1, 4, 2, in.channels() > 1 ? 0.5 : 0)) {
            case 0 -> convolution(name, from);
            case 1 -> sketch.relu(name, from.name());
            case 2 -> sketch.normalization(name, from.name());
            case 3 -> sketch.maxPool(name, from.name(), pooling(in));
            case 4 -> sketch.averagePool(name, from.name(), pooling(in));
            case 5 -> concatenation(name, from);
            case 6 -> addition(name, from);
            default -> sketch.softmax(name, from.name());
        }
    }

    private void addOther(String name, Output from) {
        Shape in = from.shape();
        switch (draws.pick(6, 4, 2, 1, in.channels() > 3 ? 1 : 0, 2, 2, 1, resizes(in) ? 2 : 0, 1, 0.5, 0.5)) {
            case 0 -> sketch.activation(name, from.name(), FUNCTIONS.get(draws.below(FUNCTIONS.size())));
            case 1 -> arithmetic(name, from);
            case 2 -> transposed(name, from);
            case 3 -> sketch.response(name, from.name(), draws.below(6) + 1, 0.5f, 0.75f, 1);
            case 4 -> sketch.layerNormalization(name, from.name());
            case 5 -> selection(name, from);
            case 6 -> padding(name, from);
            case 7 -> crop(name, from);
            case 8 -> resize(name, from);
            case 9 -> sketch.paddedAveragePool(name, from.name(), pooling(in));
            case 10 -> sketch.globalAverage(name, from.name());
            default -> sketch.flatten(name, from.name());
        }
    }

    private void arithmetic(String name, Output from) {
        List<Output> partners = outputs.stream().filter(other -> pairs(from.shape().channels(), other.shape().channels())
                && pairs(from.shape().rows(), other.shape().rows())
                && pairs(from.shape().columns(), other.shape().columns())).toList();
        Output partner = partners.get(draws.below(partners.size()));
        boolean turned = draws.chance(0.5);
        sketch.arithmetic(name, (turned ? partner : from).name(), SIGNS.get(draws.below(SIGNS.size())),
                (turned ? from : partner).name());
    }

    private static boolean pairs(int one, int other) {
        return one == other || one == 1 || other == 1;
    }

    private void transposed(String name, Output from) {
        Shape in = from.shape();
        int step = resizes(in) && draws.chance(0.6) ? 2 : 1;
        int size = draws.below(3) + 1;
        Window window = Window.square(size, step, Math.min(in.rows(), in.columns()) > 1 ? draws.below(size) / 2 : 0);
        boolean depthwise = draws.chance(0.2);
        int made = depthwise ? in.channels() : draws.below(20) + 1;
        sketch.transposed(name, from.name(), made, window, depthwise ? made : 1, draws.below(step), draws.below(step));
    }

    private void selection(String name, Output from) {
        Integer[] channels = new Integer[draws.below(Math.min(24, 2 * from.shape().channels())) + 1];
        Arrays.setAll(channels, i -> draws.below(from.shape().channels()));
        sketch.selection(name, from.name(), channels);
    }

    private void padding(String name, Output from) {
        Fill fill = Fill.values()[draws.below(Fill.values().length)];
        int most = fill == Fill.REFLECTION ? Math.min(3, Math.min(from.shape().rows(), from.shape().columns())) : 3;
        sketch.padding(name, from.name(), draws.below(most), draws.below(most), draws.below(most), draws.below(most),
                fill, draws.chance(0.5) ? 0 : (float) draws.gaussian());
    }

    private void crop(String name, Output from) {
        int rows = from.shape().rows() - 1;
        int columns = from.shape().columns() - 1;
        int top = draws.below(rows / 2 + 1);
        int left = draws.below(columns / 2 + 1);
        sketch.crop(name, from.name(), top, left, draws.below(rows / 2 + 1), draws.below(columns / 2 + 1),
                draws.below(2) + 1, draws.below(2) + 1);
    }

    private void resize(String name, Output from) {
        double[] scales = {0.5, 0.75, 1, 1.5, 2};
        sketch.resize(name, from.name(), scales[draws.below(scales.length)], scales[draws.below(scales.length)],
                Interpolation.values()[draws.below(Interpolation.values().length)],
                Alignment.values()[draws.below(Alignment.values().length)]);
    }

    /** Whether an output may become larger; otherwise networks would grow without end. */
    private static boolean resizes(Shape shape) {
        return shape.area() <= 144;
    }

    private void convolution(String name, Output from) {
        Shape in = from.shape();
        int step = draws.chance(0.2) && in.rows() > 3 && in.columns() > 3 ? 2 : 1;
        Window window = Window.square(2 * draws.below(3) + 1, step, draws.below(3));
        if (in.rows() + 2 * window.top() < window.rows() || in.columns() + 2 * window.left() < window.columns()) {
            window = Window.square(1, 1, 0);
        }
        boolean depthwise = in.channels() > 1 && draws.chance(0.15);
        int made = depthwise ? in.channels() : draws.chance(0.5) ? 16 : draws.below(20) + 1;
        sketch.convolution(name, from.name(), made, window, depthwise ? made : 1);
    }

    private void concatenation(String name, Output from) {
        List<Output> parts = new ArrayList<>(List.of(from));
        outputs.stream().filter(other -> other.shape().rows() == from.shape().rows()
                && other.shape().columns() == from.shape().columns() && draws.chance(0.4)).limit(3).forEach(parts::add);
        sketch.concatenation(name, names(parts));
    }

    private void addition(String name, Output from) {
        List<Output> parts = new ArrayList<>(List.of(from));
        outputs.stream().filter(other -> other.shape().equals(from.shape()) && draws.chance(0.6)).limit(3)
                .forEach(parts::add);
        sketch.addition(name, names(parts));
    }

    private static String[] names(List<Output> outputs) {
        return outputs.stream().map(Output::name).toArray(String[]::new);
    }

    /** Mostly one of the last outputs, so that networks become deep. */
    private Output recent() {
        int back = draws.chance(0.7) ? 1 : draws.below(outputs.size()) + 1;
        return outputs.get(outputs.size() - back);
    }

    private Window pooling(Shape in) {
        boolean large = in.rows() >= 3 && in.columns() >= 3;
        return large ? Window.square(3, draws.below(2) + 1, draws.below(2)) : Window.square(1, 1, 0);
    }
}
