package org.loupe.core.engine.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.loupe.core.Draws;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** Networks that nobody would draw: operations at random, reading outputs at random, read at random places. */
final class RandomCases {

    private static final int NETWORKS = 60;

    private record Output(String name, Shape shape) {
    }

    private final Draws draws;
    private final Sketch sketch;
    private final List<Output> outputs = new ArrayList<>();

    private RandomCases(long seed) {
        draws = new Draws(seed);
        Shape shape = new Shape(draws.below(4) + 1, draws.below(6) + 6, draws.below(6) + 6);
        sketch = new Sketch(shape.channels(), shape.rows(), shape.columns());
        outputs.add(new Output(Network.INPUT, shape));
    }

    static List<Case> all() {
        return LongStream.range(0, NETWORKS).mapToObj(seed -> new RandomCases(seed).draw(seed)).toList();
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
        Shape in = from.shape();
        switch (draws.pick(5, 4, 2, 1, 1, 4, 2, in.channels() > 1 ? 0.5 : 0)) {
            case 0 -> convolution(name, from);
            case 1 -> add(sketch.relu(name, from.name()), name, in);
            case 2 -> add(sketch.normalization(name, from.name()), name, in);
            case 3 -> {
                Window window = pooling(in);
                add(sketch.maxPool(name, from.name(), window), name, slid(in, window, in.channels()));
            }
            case 4 -> {
                Window window = pooling(in);
                add(sketch.averagePool(name, from.name(), window), name, slid(in, window, in.channels()));
            }
            case 5 -> concatenation(name, from);
            case 6 -> addition(name, from);
            default -> add(sketch.softmax(name, from.name()), name, in);
        }
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
        add(sketch.convolution(name, from.name(), made, window, depthwise ? made : 1), name, slid(in, window, made));
    }

    private void concatenation(String name, Output from) {
        List<Output> parts = new ArrayList<>(List.of(from));
        outputs.stream().filter(other -> other.shape().rows() == from.shape().rows()
                && other.shape().columns() == from.shape().columns() && draws.chance(0.4)).limit(3).forEach(parts::add);
        int channels = parts.stream().mapToInt(part -> part.shape().channels()).sum();
        add(sketch.concatenation(name, names(parts)), name,
                new Shape(channels, from.shape().rows(), from.shape().columns()));
    }

    private void addition(String name, Output from) {
        List<Output> parts = new ArrayList<>(List.of(from));
        outputs.stream().filter(other -> other.shape().equals(from.shape()) && draws.chance(0.6)).limit(3)
                .forEach(parts::add);
        add(sketch.addition(name, names(parts)), name, from.shape());
    }

    private static String[] names(List<Output> outputs) {
        return outputs.stream().map(Output::name).toArray(String[]::new);
    }

    private void add(Sketch drawn, String name, Shape shape) {
        outputs.add(new Output(name, shape));
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

    private static Shape slid(Shape in, Window window, int channels) {
        return new Shape(channels, window.outputRows(in.rows()), window.outputColumns(in.columns()));
    }
}
