package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/**
 * Which inputs the units of a layer read by {@link SharedSpots}, with the pictures that excite them: chosen first by the units as
 * they are, then by what their kernels see when they are freed from noise. Inputs are of one kind when they are about as sparse.
 */
final class SpotLooks {

    private static final int LOOKS = 2;

    /** How many numbers at most are read of pictures. */
    private static final int ROOM = 1 << 26;

    private final LayerInputs inputs;
    private final Batch below;
    private final int examples;
    private final double[] usual;

    private SpotLooks(LayerInputs inputs, Batch below, int examples) {
        this.inputs = inputs;
        this.below = below;
        this.examples = examples;
        this.usual = LayerEvidence.usual(below);
    }

    /**
     * The logarithm of the odds that an input is read, for each unit and input.
     *
     * @param engine runs the layer with its kernels freed from noise
     * @param below  what the layer reads, on all pictures
     * @param sums   what it makes of that
     */
    static double[][] of(LayerInputs inputs, Engine engine, Batch below, Batch sums, int examples) {
        SpotLooks looking = new SpotLooks(inputs, below, examples);
        Window window = inputs.convolution().window();
        float[][][] kernels = IntStream.range(0, sums.channels()).mapToObj(inputs::kernels).toArray(float[][][]::new);
        SharedSpots spots = new SharedSpots(kernels, window.rows(), window.columns(), looking.sparseness());
        List<List<SharedSpots.Look>> looks = new ArrayList<>();
        Batch seen = sums;
        for (int look = 1;; look++) {
            looks.add(looking.look(seen));
            double[][] odds = spots.odds(looks);
            if (look == LOOKS) {
                return odds;
            }
            seen = looking.sums(engine, spots.freed(odds, looks));
        }
    }

    /**
     * The same for a layer of a network: for each channel the logarithm of the odds for each unit that it reads, on as many of the
     * pictures, evenly spread, as there is room for.
     *
     * @param examples how many pictures count as exciting; at most half of those that there is room for do
     */
    static Map<Integer, Map<Unit, Double>> odds(Session session, LayerInputs inputs, Batch pictures, int examples) {
        try (Session folded = session.engine().open(inputs.network())) {
            Readings one = folded.activations(pictures.image(0), Set.of(inputs.input(), inputs.output()));
            int size = one.at(inputs.input()).imageSize() + one.at(inputs.output()).imageSize();
            int room = Math.max(2, Math.min(pictures.images(), ROOM / size));
            int[] shown = IntStream.range(0, room).map(i -> (int) ((long) i * pictures.images() / room)).toArray();
            Batch some = Batch.zeros(room, pictures.channels(), pictures.rows(), pictures.columns());
            for (int i = 0; i < room; i++) {
                System.arraycopy(pictures.values(), pictures.offset(shown[i], 0), some.values(), some.offset(i, 0),
                        some.imageSize());
            }
            double[][] odds = LayerEvidence.of(inputs, folded, some, Math.min(examples, room / 2)).together();
            Map<Integer, Map<Unit, Double>> found = new HashMap<>();
            for (int channel = 0; channel < odds.length; channel++) {
                Map<Unit, Double> ofUnit = new LinkedHashMap<>();
                for (int input = 0; input < odds[channel].length; input++) {
                    ofUnit.merge(inputs.units().get(input), odds[channel][input], Math::max);
                }
                found.put(channel, ofUnit);
            }
            return found;
        }
    }

    /**
     * The odds by the kernels alone, of a layer whatever it is made by: units that read the same channels by kernels of the same
     * size are looked at together.
     *
     * @param inputs for each channel of the layer what it reads
     */
    static Map<Integer, Map<Unit, Double>> odds(List<Connections> inputs) {
        record Way(String layer, String pooling, int rows, int columns, int top, int left, int channels) {
        }
        Map<Way, Map<Integer, List<Connection>>> ways = new LinkedHashMap<>();
        for (int channel = 0; channel < inputs.size(); channel++) {
            Map<Way, List<Connection>> own = new LinkedHashMap<>();
            for (Connection one : inputs.get(channel).all().stream().sorted(Comparator.comparing(Connection::from)).toList()) {
                Kernel kernel = one.kernel();
                own.computeIfAbsent(new Way(one.from().layer(), one.pooling(), kernel.rows(), kernel.columns(), kernel.top(),
                        kernel.left(), 0), any -> new ArrayList<>()).add(one);
            }
            for (Map.Entry<Way, List<Connection>> each : own.entrySet()) {
                Way way = each.getKey();
                ways.computeIfAbsent(new Way(way.layer, way.pooling, way.rows, way.columns, way.top, way.left,
                        each.getValue().size()), any -> new LinkedHashMap<>()).put(channel, each.getValue());
            }
        }
        Map<Integer, Map<Unit, Double>> found = new HashMap<>();
        ways.forEach((way, units) -> {
            float[][][] kernels = units.values().stream().map(all -> all.stream().map(one -> one.kernel().learned().values())
                    .toArray(float[][]::new)).toArray(float[][][]::new);
            double[][] odds = new SharedSpots(kernels, way.rows, way.columns).odds(List.of());
            int next = 0;
            for (Map.Entry<Integer, List<Connection>> unit : units.entrySet()) {
                double[] own = odds[next++];
                Map<Unit, Double> ofUnit = found.computeIfAbsent(unit.getKey(), any -> new LinkedHashMap<>());
                for (int input = 0; input < own.length; input++) {
                    ofUnit.merge(unit.getValue().get(input).from(), own[input], Math::max);
                }
            }
        });
        return found;
    }

    /** How sparse each input is over all pictures and positions: its root mean square, as a multiple of its mean. */
    private double[] sparseness() {
        double[] squares = new double[below.channels()];
        for (int i = 0; i < below.values().length; i++) {
            squares[i / below.area() % squares.length] += (double) below.values()[i] * below.values()[i];
        }
        Arrays.setAll(squares, input -> usual[input] == 0 ? 0 : Math.sqrt(squares[input] / below.images() / below.area())
                / Math.abs(usual[input]));
        return squares;
    }

    private List<SharedSpots.Look> look(Batch sums) {
        return IntStream.range(0, sums.channels()).mapToObj(unit -> {
            Extremes extremes = Extremes.of(sums, unit);
            double[][] excited = means(extremes.exciting(), extremes.peaks(), sums.columns());
            double[][] inhibited = means(extremes.inhibiting(), extremes.troughs(), sums.columns());
            double[][] expected = new double[excited.length][];
            Arrays.setAll(expected, input -> SharedSpots.shares(IntStream.range(0, excited[input].length).mapToDouble(cell -> Math.max(0,
                    Math.max(excited[input][cell], inhibited[input][cell]) - usual[input])).toArray()));
            return new SharedSpots.Look(excited, expected);
        }).toList();
    }

    private double[][] means(List<Integer> order, int[] positions, int columns) {
        Window window = inputs.convolution().window();
        double[][] means = new double[below.channels()][window.rows() * window.columns()];
        for (int image : order.subList(0, examples)) {
            for (int input = 0; input < means.length; input++) {
                float[] seen = Evidence.seen(below, image, input, window, positions[image] / columns,
                        positions[image] % columns);
                for (int cell = 0; cell < seen.length; cell++) {
                    means[input][cell] += seen[cell] / (double) examples;
                }
            }
        }
        return means;
    }

    /** What the layer makes of what it reads by other weights. */
    private Batch sums(Engine engine, float[] weights) {
        Convolution convolution = inputs.convolution();
        String name = convolution.name();
        Convolution alone = new Convolution(name, Network.INPUT, new Weights(convolution.weights().shape(), weights),
                convolution.bias(), convolution.window(), 1);
        float[] scale = new float[below.channels()];
        Arrays.fill(scale, 255);
        Network network = new Network(name, "", new Input(new Shape(below.channels(), below.rows(), below.columns()),
                new float[below.channels()], scale), List.of(alone), List.of(new Layer(name, name, name, "")), List.of());
        try (Session session = engine.open(network)) {
            return session.activations(below, Set.of(Tap.before(name))).at(Tap.before(name));
        }
    }
}
