package org.loupe.core.facet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Kernel;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.factor.Assignment;
import org.loupe.core.factor.Factors;
import org.loupe.core.factor.Matrix;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.DirectionObjective;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;

/**
 * Groups of neurons that fire together in pictures (neuron groups, Olah et al. 2018), or that are read together by units, by
 * non-negative matrix factorisation: the built-in analysis {@code groups}. Of several pictures, each is taken apart by itself,
 * and its groups are put beside those of the picture before that they are most like.
 */
public final class FindGroups implements Analysis<FindGroups.Arguments, Grouped> {

    private static final int COMPONENTS = 12;
    /** Cosine from which two directions count as the same group's. */
    private static final double SAME = 0.5;
    private static final double RATE = .05;

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Layer or units", help = "A layer, whose channels are grouped by how they fire in pictures; or units,"
                    + " such as mixed3b:4 mixed3b:17, whose inputs are grouped by the weights to them.") List<String> items,
            @Argument(label = "Which", help = "Numbers of the pictures of the set, separated by commas.", standard = "0, 1, 2, 3")
            String which,
            @Argument(label = "Groups", help = "How many groups.", standard = "6", least = 1, greatest = 64) int count,
            @Argument(label = "Steps", help = "Optimisation steps of the picture of each group; 0 for no pictures.",
                    standard = "128", least = 0, greatest = 10000) int steps,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting,
            @Argument(label = "Seed", help = "Where the random numbers start.", standard = "0") long seed) {

        /** Whether the inputs of units are grouped by weights. */
        boolean isOfWeights() {
            return !items.isEmpty() && items.get(0).contains(":");
        }

        private List<Integer> pictures(PictureSet set) {
            try {
                List<Integer> numbers = Arrays.stream(which.split(",")).map(String::strip).map(Integer::valueOf).toList();
                if (numbers.stream().allMatch(one -> one >= 0 && one < set.pictures().size())) {
                    return numbers;
                }
            } catch (NumberFormatException notNumbers) {
                throw new IllegalArgumentException("“" + which + "” are no numbers of pictures separated by commas, such as"
                        + " 17, 40", notNumbers);
            }
            throw new IllegalArgumentException(set.name() + " has the pictures 0 to " + (set.pictures().size() - 1) + ", not "
                    + which + ".");
        }
    }

    /** What is taken apart: a matrix for each picture or unit, (position, channel), and the shape of its positions. */
    private record Parts(String layer, List<String> names, Optional<Batch> pictures, List<Matrix> matrices, int rows,
            int columns) {
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean takesPictures() {
        return true;
    }

    @Override
    public boolean needsPictures(Arguments arguments) {
        return !arguments.isOfWeights();
    }

    @Override
    public Grouped run(Material material, Arguments arguments, Observer<? super Grouped> observer) {
        if (arguments.items().isEmpty()) {
            throw new IllegalArgumentException("Of what? Name a layer, such as mixed4b, or units, such as mixed3b:4.");
        }
        Parts parts = arguments.isOfWeights() ? weights(material.network(), arguments) : activations(material, arguments);
        Draws draws = new Draws(arguments.seed());
        List<Matrix> directions = new ArrayList<>();
        List<double[]> likeness = new ArrayList<>();
        Batch maps = Batch.zeros(parts.matrices.size(), arguments.count(), parts.rows, parts.columns);
        double[] missed = new double[parts.matrices.size()];
        for (int i = 0; i < missed.length; i++) {
            if (!observer.report(i, missed.length, "Groups of " + parts.layer)) {
                return Grouped.nothing(material.network().name(), parts.layer);
            }
            Factors factors = arguments.isOfWeights()
                    ? Factors.oneSided(parts.matrices.get(i), arguments.count(), draws.split(i))
                    : Factors.of(parts.matrices.get(i), arguments.count(), draws.split(i));
            int[] order = i == 0 ? IntStream.range(0, arguments.count()).toArray()
                    : Assignment.best(directions.get(i - 1).cosines(factors.parts()));
            directions.add(factors.parts().rows(Arrays.stream(order).boxed().toList()));
            double[] like = new double[order.length];
            for (int group = 0; group < order.length; group++) {
                like[group] = i == 0 ? 1 : directions.get(i - 1).cosines(directions.get(i)).at(group, group);
                for (int position = 0; position < maps.area(); position++) {
                    maps.values()[maps.offset(i, group) + position] = (float) factors.amounts().at(position, order[group]);
                }
            }
            likeness.add(like);
            missed[i] = factors.missed();
        }
        List<SortedMap<Integer, Double>> vectors = vectors(directions, arguments.count());
        Optional<Visualized> made = arguments.steps() == 0 ? Optional.empty()
                : Optional.of(draw(material, parts.layer, vectors, arguments, observer));
        return new Grouped(material.network().name(), parts.layer, parts.names, parts.pictures, maps, vectors,
                Matrix.of(likeness.toArray(new double[0][])), missed, made.map(Visualized::pictures),
                made.map(Visualized::isPartial).orElse(false));
    }

    private static Visualized draw(Material material, String layer, List<SortedMap<Integer, Double>> vectors,
            Arguments arguments, Observer<?> observer) {
        List<String> objectives = vectors.stream().map(vector -> new DirectionObjective(Tap.after(layer), vector,
                Unit.EVERYWHERE, 1).toString()).toList();
        Visualize.Arguments wanted = new Visualize.Arguments(objectives, false, arguments.steps(), 0,
                Visualize.Space.FOURIER, Visualize.Robustness.BY_DEPTH, RATE, arguments.seed());
        return new Visualize().run(new Material(material.session(), Optional.empty(), material.stimuli(),
                material.objectives()), wanted, observer::report);
    }

    /**
     * The largest components of the mean direction of each group, over the pictures in which there is such a group: those of the
     * other pictures, which were matched because something had to be, would make it a mixture.
     */
    private static List<SortedMap<Integer, Double>> vectors(List<Matrix> directions, int count) {
        return IntStream.range(0, count).mapToObj(group -> {
            double[] mean = Matrix.of(directions.stream()
                    .filter(one -> one == directions.get(0) || directions.get(0).cosines(one).at(group, group) >= SAME)
                    .map(one -> one.row(group)).toArray(double[][]::new)).meanRow();
            SortedMap<Integer, Double> vector = new TreeMap<>();
            IntStream.range(0, mean.length).boxed().sorted(Comparator.comparingDouble((Integer channel) -> -mean[channel]))
                    .limit(COMPONENTS).filter(channel -> mean[channel] > 1e-3)
                    .forEach(channel -> vector.put(channel, Math.rint(1000 * mean[channel]) / 1000));
            // A group of nothing, where there is less to tell apart than groups were asked for.
            return vector.isEmpty() ? new TreeMap<>(Map.of(0, 1.0)) : vector;
        }).collect(Collectors.toList());
    }

    private static Parts activations(Material material, Arguments arguments) {
        if (arguments.items().size() != 1) {
            throw new IllegalArgumentException("Groups are those of one layer; " + String.join(" ", arguments.items())
                    + " are several.");
        }
        Layer layer = material.network().layer(arguments.items().get(0));
        PictureSet set = material.requirePictures().set();
        List<Integer> which = arguments.pictures(set);
        Frame frame = Frame.of(material.network().input().shape(), arguments.fitting());
        Batch pictures = Batch.zeros(which.size(), frame.channels(), frame.rows(), frame.columns());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < which.size(); i++) {
            try {
                set.read(which.get(i), frame, pictures, i);
            } catch (PictureException unreadable) {
                throw new IllegalArgumentException(set.pictures().get(which.get(i)).name() + " cannot be read: "
                        + unreadable.getMessage(), unreadable);
            }
            names.add(set.pictures().get(which.get(i)).name());
        }
        Tap tap = Tap.after(layer.name());
        Batch maps = material.session().activations(pictures, Set.of(tap)).at(tap);
        List<Matrix> matrices = new ArrayList<>();
        for (int image = 0; image < maps.images(); image++) {
            Matrix matrix = Matrix.zeros(maps.area(), maps.channels());
            for (int channel = 0; channel < maps.channels(); channel++) {
                for (int position = 0; position < maps.area(); position++) {
                    // What is below 0, behind nonlinearities other than a rectifier, is no presence of anything.
                    matrix.values()[position * maps.channels() + channel] =
                            Math.max(0, maps.values()[maps.offset(image, channel) + position]);
                }
            }
            matrices.add(matrix);
        }
        return new Parts(layer.name(), names, Optional.of(pictures), matrices, maps.rows(), maps.columns());
    }

    /** The kernels of units over the layer of which they read most channels. */
    private static Parts weights(Network network, Arguments arguments) {
        Wiring wiring = Wiring.of(network);
        List<Matrix> matrices = new ArrayList<>();
        String below = "";
        Kernel first = null;
        for (String item : arguments.items()) {
            Unit unit = Unit.parse(item);
            network.require(unit);
            List<Connection> inputs = wiring.inputs(unit).all();
            if (first == null && !inputs.isEmpty()) {
                below = inputs.stream().collect(Collectors.groupingBy(one -> one.from().layer(), TreeMap::new,
                        Collectors.counting())).entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
                String layer = below;
                first = inputs.stream().filter(one -> one.from().layer().equals(layer)).findFirst().orElseThrow().kernel();
            }
            if (first == null || below.equals(Network.INPUT)) {
                throw new IllegalArgumentException(unit + " of " + network + " reads no layer below it.");
            }
            matrices.add(kernels(inputs, below, network.shape(network.layer(below)).channels(), first, unit));
        }
        return new Parts(below, List.copyOf(arguments.items()), Optional.empty(), matrices, first.rows(), first.columns());
    }

    private static Matrix kernels(List<Connection> inputs, String below, int channels, Kernel frame, Unit unit) {
        Matrix matrix = Matrix.zeros(frame.rows() * frame.columns(), channels);
        int fitting = 0;
        for (Connection connection : inputs) {
            Kernel kernel = connection.kernel();
            if (connection.from().layer().equals(below) && kernel.rows() == frame.rows()
                    && kernel.columns() == frame.columns() && kernel.top() == frame.top() && kernel.left() == frame.left()) {
                fitting++;
                for (int position = 0; position < kernel.values().length; position++) {
                    matrix.values()[position * channels + connection.from().channel()] += kernel.values()[position];
                }
            }
        }
        if (fitting == 0) {
            throw new IllegalArgumentException(unit + " does not read " + below + " by a kernel of " + frame.rows() + "x"
                    + frame.columns() + ", as the units before it do. Ask about units that are alike.");
        }
        return matrix;
    }

    @Override
    public Grouped load(ResultFiles files) throws IOException {
        return Grouped.load(files);
    }
}
