package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
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

/**
 * How likely each unit of a layer reads each input, by kernels, pictures, and what the other units of the layer read.
 *
 * <p>As for {@link Spots}, the kernel of an input that is read is one smooth spot in white noise, and that of another is noise
 * alone. Beyond that, empirical Bayes in three places: where in their kernels the other units have their spots tells where to
 * expect this one's; which inputs the other units read tells which this one may read; and pictures are chosen a second
 * time by what the kernels see when they are freed from noise (the posterior mean), because noise in the weights has a say
 * in which pictures excite a unit first. A unit's own kernels have no part in what it is told of the others.
 */
final class SharedSpots {

    private static final double[] RADII = {.6, 1};
    private static final double VARIANCE = 16;
    private static final double SHRINKING = VARIANCE / (1 + VARIANCE);
    private static final int LOOKS = 2;
    private static final int ROUNDS = 10;

    /** The share of inputs that are read, before anything is known, and how many units' word that is worth. */
    private static final double READ = .1;
    private static final double WORTH = 10;

    /** How many spots anywhere the places of the other units' spots are worth. */
    private static final double ANYWHERE = 3;
    private static final double LEAST = 1e-6;

    /** How many numbers at most are read of pictures. */
    private static final int ROOM = 1 << 26;

    private final LayerInputs inputs;
    private final Batch below;
    private final int examples;
    private final double[] usual;
    private final float[][][] kernels;
    private final double[] noise;
    private final double[][][] bumps;
    private final double[][][] ratios;
    private final double[][] places;

    private SharedSpots(LayerInputs inputs, Batch below, int examples) {
        this.inputs = inputs;
        this.below = below;
        this.examples = examples;
        this.usual = LayerEvidence.usual(below);
        this.kernels = IntStream.range(0, inputs.convolution().weights().shape()[0]).mapToObj(inputs::kernels)
                .toArray(float[][][]::new);
        this.noise = Arrays.stream(kernels).mapToDouble(Spots::noise).toArray();
        this.bumps = Arrays.stream(RADII).mapToObj(radius -> Spots.bumps(inputs.convolution().window(), radius))
                .toArray(double[][][]::new);
        this.ratios = new double[kernels.length][kernels[0].length][];
        for (int unit = 0; unit < kernels.length; unit++) {
            for (int input = 0; input < ratios[unit].length; input++) {
                ratios[unit][input] = ratios(unit, input);
            }
        }
        this.places = places();
    }

    /**
     * The logarithm of the odds that an input is read, for each unit and input.
     *
     * @param engine runs the layer with its kernels freed from noise
     * @param below  what the layer reads, on all pictures
     * @param sums   what it makes of that
     */
    static double[][] of(LayerInputs inputs, Engine engine, Batch below, Batch sums, int examples) {
        SharedSpots spots = new SharedSpots(inputs, below, examples);
        List<List<Look>> looks = new ArrayList<>();
        Batch seen = sums;
        for (int look = 1;; look++) {
            looks.add(spots.look(seen));
            double[][] odds = spots.odds(looks);
            if (look == LOOKS) {
                return odds;
            }
            seen = spots.freed(engine, odds, looks);
        }
    }

    /**
     * The same for a layer of a network: for each channel the logarithm of the odds for each unit that it reads, on as many of the
     * pictures, evenly spread, as there is room for.
     *
     * @param examples how many pictures count as exciting; at most half of those that there is room for do
     * @throws org.loupe.core.network.NetworkException when the layer is not made by one convolution of layers
     */
    static Map<Integer, Map<Unit, Double>> odds(Session session, String layer, Batch pictures, int examples) {
        LayerInputs inputs = LayerInputs.of(session.network(), layer);
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
     * What a unit's inputs are on the pictures that excite it most.
     *
     * @param means    (input, cell)
     * @param expected how a spot is spread over the cells by where the input is more than usual when the unit is excited or
     *                 inhibited, (input, cell)
     */
    private record Look(double[][] means, double[][] expected) {
    }

    private List<Look> look(Batch sums) {
        return IntStream.range(0, kernels.length).mapToObj(unit -> {
            Extremes extremes = Extremes.of(sums, unit);
            double[][] excited = means(extremes.exciting(), extremes.peaks(), sums.columns());
            double[][] inhibited = means(extremes.inhibiting(), extremes.troughs(), sums.columns());
            double[][] expected = new double[excited.length][];
            Arrays.setAll(expected, input -> shares(IntStream.range(0, excited[input].length).mapToDouble(cell -> Math.max(0,
                    Math.max(excited[input][cell], inhibited[input][cell]) - usual[input])).toArray()));
            return new Look(excited, expected);
        }).toList();
    }

    private double[][] means(List<Integer> order, int[] positions, int columns) {
        double[][] means = new double[below.channels()][kernels[0][0].length];
        for (int image : order.subList(0, examples)) {
            for (int input = 0; input < means.length; input++) {
                float[] seen = Evidence.seen(below, image, input, inputs.convolution().window(), positions[image] / columns,
                        positions[image] % columns);
                for (int cell = 0; cell < seen.length; cell++) {
                    means[input][cell] += seen[cell] / (double) examples;
                }
            }
        }
        return means;
    }

    private double strength(int unit, int input, int radius, int cell) {
        double sum = 0;
        float[] kernel = kernels[unit][input];
        for (int i = 0; i < kernel.length; i++) {
            sum += bumps[radius][cell][i] * kernel[i];
        }
        return sum / noise[unit];
    }

    private static double ratio(double strength) {
        return strength * strength * SHRINKING / 2 - Math.log(1 + VARIANCE) / 2 - Math.log(RADII.length);
    }

    /** For each cell, how much likelier the kernel is with a spot there, of either radius. */
    private double[] ratios(int unit, int input) {
        return IntStream.range(0, kernels[unit][input].length).mapToDouble(cell -> Spots.logarithmOfSum(IntStream
                .range(0, RADII.length).mapToDouble(radius -> ratio(strength(unit, input, radius, cell))).toArray())).toArray();
    }

    /** For each unit, how the other units' spots are spread over the cells. */
    private double[][] places() {
        int cells = kernels[0][0].length;
        double[][] places = new double[kernels.length][cells];
        for (double[] each : places) {
            Arrays.fill(each, 1.0 / cells);
        }
        for (int round = 0; round < ROUNDS; round++) {
            double[][] found = new double[kernels.length][];
            for (int unit = 0; unit < kernels.length; unit++) {
                found[unit] = found(unit, places[unit]);
            }
            double[] all = new double[cells];
            Arrays.setAll(all, cell -> Arrays.stream(found).mapToDouble(one -> one[cell]).sum());
            for (int unit = 0; unit < kernels.length; unit++) {
                double[] own = found[unit];
                double[] others = spread(IntStream.range(0, cells).mapToDouble(cell -> all[cell] - own[cell]).toArray());
                places[unit] = shares(Arrays.stream(others).map(one -> Math.max(0, one) + ANYWHERE / cells).toArray());
            }
        }
        return places;
    }

    /** How many spots are expected at each cell of a unit's kernels. */
    private double[] found(int unit, double[] expected) {
        double[] found = new double[expected.length];
        for (double[] ratio : ratios[unit]) {
            double[] joint = joint(ratio, expected);
            double whole = Spots.logarithmOfSum(joint);
            double read = probability(whole + Math.log(READ / (1 - READ)));
            for (int cell = 0; cell < found.length; cell++) {
                found[cell] += read * Math.exp(joint[cell] - whole);
            }
        }
        return found;
    }

    private double[] spread(double[] cells) {
        double[] spread = new double[cells.length];
        for (int middle = 0; middle < cells.length; middle++) {
            double[] bump = shares(bumps[0][middle]);
            for (int cell = 0; cell < cells.length; cell++) {
                spread[cell] += cells[middle] * bump[cell];
            }
        }
        return spread;
    }

    private static double[] joint(double[] ratios, double[] expected) {
        return IntStream.range(0, ratios.length).mapToDouble(cell -> ratios[cell] + Math.log(expected[cell])).toArray();
    }

    /** Half of the time as the other units' spots are, half of the time where pictures make one likely. */
    private double[] expected(int unit, int input, List<List<Look>> looks) {
        double[] expected = places[unit].clone();
        Arrays.setAll(expected, cell -> expected[cell] / 2 + looks.stream().mapToDouble(look -> look.get(unit)
                .expected()[input][cell]).sum() / looks.size() / 2);
        return expected;
    }

    private double[][] odds(List<List<Look>> looks) {
        double[][] own = new double[kernels.length][kernels[0].length];
        for (int unit = 0; unit < own.length; unit++) {
            for (int input = 0; input < own[unit].length; input++) {
                own[unit][input] = Spots.logarithmOfSum(joint(ratios[unit][input], expected(unit, input, looks)));
            }
            for (List<Look> look : looks) {
                double[] peaks = Finder.peaks(kernels[unit], look.get(unit).means(), inputs.convolution().window());
                double middle = Spots.median(peaks);
                double usually = Finder.LEAST_PEAK * middle + LEAST * Arrays.stream(peaks).max().orElse(0) + Double.MIN_NORMAL;
                for (int input = 0; input < peaks.length; input++) {
                    own[unit][input] += Math.log((peaks[input] + usually) / (middle + usually)) / 2 / looks.size();
                }
            }
        }
        return shared(own);
    }

    /** Adds what the other units tell: an input that many of them read is likelier read by this one, too. */
    private static double[][] shared(double[][] own) {
        double[][] odds = new double[own.length][];
        Arrays.setAll(odds, unit -> Arrays.stream(own[unit]).map(one -> one + Math.log(READ / (1 - READ))).toArray());
        for (int round = 0; round < ROUNDS; round++) {
            double[][] before = odds;
            double[] readers = IntStream.range(0, own[0].length).mapToDouble(input -> Arrays.stream(before)
                    .mapToDouble(unit -> probability(unit[input])).sum()).toArray();
            odds = new double[own.length][own[0].length];
            for (int unit = 0; unit < own.length; unit++) {
                for (int input = 0; input < readers.length; input++) {
                    double others = Math.max(0, readers[input] - probability(before[unit][input]));
                    double read = (WORTH * READ + others) / (WORTH + own.length - 1);
                    odds[unit][input] = own[unit][input] + Math.log(read / (1 - read));
                }
            }
        }
        return odds;
    }

    /** What the layer makes of what it reads when its kernels are freed from noise. */
    private Batch freed(Engine engine, double[][] odds, List<List<Look>> looks) {
        Convolution convolution = inputs.convolution();
        int cells = kernels[0][0].length;
        float[] weights = new float[convolution.weights().values().length];
        for (int unit = 0; unit < kernels.length; unit++) {
            for (int input = 0; input < kernels[unit].length; input++) {
                double[] freed = freed(unit, input, probability(odds[unit][input]), expected(unit, input, looks));
                for (int cell = 0; cell < cells; cell++) {
                    weights[(unit * kernels[unit].length + input) * cells + cell] = (float) freed[cell];
                }
            }
        }
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

    /** The mean of what a kernel may be without noise, row by row. */
    private double[] freed(int unit, int input, double read, double[] expected) {
        double whole = Spots.logarithmOfSum(joint(ratios[unit][input], expected));
        double[] freed = new double[expected.length];
        for (int radius = 0; radius < RADII.length; radius++) {
            for (int middle = 0; middle < expected.length; middle++) {
                double strength = strength(unit, input, radius, middle);
                double factor = read * Math.exp(ratio(strength) + Math.log(expected[middle]) - whole) * strength * SHRINKING
                        * noise[unit];
                for (int cell = 0; cell < freed.length; cell++) {
                    freed[cell] += factor * bumps[radius][middle][cell];
                }
            }
        }
        return freed;
    }

    private static double probability(double odds) {
        return 1 / (1 + Math.exp(-odds));
    }

    /** Divides by the sum; where that is 0, all are the same. */
    private static double[] shares(double[] parts) {
        double sum = Arrays.stream(parts).sum();
        return Arrays.stream(parts).map(part -> sum == 0 ? 1.0 / parts.length : part / sum).toArray();
    }
}
