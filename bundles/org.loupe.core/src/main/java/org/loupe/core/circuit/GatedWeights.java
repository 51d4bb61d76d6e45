package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.circuit.FollowedWeights.Share;
import org.loupe.core.circuit.FollowedWeights.Sight;
import org.loupe.core.circuit.FollowedWeights.Way;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Folding;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Tap;
import org.loupe.core.probe.Slopes;
import org.loupe.core.probe.Target;

/**
 * How a unit reads a layer several layers down on pictures, with all gates as they are there, beside how it would if
 * everything between were linear. On each picture the unit is looked at where it is strongest. Where all that the layer gives
 * goes through one pooling first, what comes out of this is what is read. Holds two sessions; for one thread.
 */
final class GatedWeights implements AutoCloseable {

    private final Unit unit;
    private final String layer;
    private final List<Connection> followed;
    private final Wiring.Expanded expanded;
    private final boolean isPooled;
    private final Session gated;
    private final Session linear;
    private final double[][] sums;
    private final int[][] counts;

    GatedWeights(Session session, Unit unit, String layer, List<Connection> followed, Wiring.Expanded expanded) {
        this.unit = unit;
        this.layer = layer;
        this.followed = followed;
        this.expanded = expanded;
        Network folded = Folding.fold(session.network());
        String output = folded.layer(layer).output();
        Optional<String> pooled = pooled(folded, unit, output);
        String source = pooled.orElse(output);
        isPooled = pooled.isPresent();
        gated = session.engine().open(ReadPlace.in(folded, source));
        linear = session.engine().open(ReadPlace.in(LinearNetwork.above(folded, source), source));
        sums = followed.stream().map(one -> new double[one.kernel().values().length]).toArray(double[][]::new);
        counts = followed.stream().map(one -> new int[one.kernel().values().length]).toArray(int[][]::new);
    }

    /** The pooling that everything goes through that the unit reads of an output. */
    private static Optional<String> pooled(Network network, Unit unit, String output) {
        List<Operation> readers = network.needed(List.of(network.source(Tap.before(unit.layer())))).stream()
                .filter(operation -> operation.inputs().contains(output)).toList();
        return readers.size() == 1 && (readers.get(0) instanceof MaxPool || readers.get(0) instanceof AveragePool
                || readers.get(0) instanceof GlobalAverage) ? Optional.of(readers.get(0).name()) : Optional.empty();
    }

    Network network() {
        return gated.network();
    }

    Unit unit() {
        return unit;
    }

    String layer() {
        return layer;
    }

    /** The share of the norms of all expanded weights that those have that are followed. */
    double share() {
        return expanded.net().share(followed);
    }

    List<String> remarks() {
        Set<String> remarks = new LinkedHashSet<>(expanded.net().remarks());
        if (followed.stream().map(Connection::from).anyMatch(from -> expanded.net().all().stream()
                .filter(one -> one.from().equals(from)).count() > 1)) {
            remarks.add("Some units are read both directly and through a pooling; the kernel is that of the stronger way, what"
                    + " arrives is that of all ways.");
        }
        return List.copyOf(remarks);
    }

    /** Looks at pictures. */
    List<Sight> look(Batch pictures, List<String> names) {
        Readings read = gated.activations(pictures, Set.of(ReadPlace.TAP, Tap.before(unit.layer())));
        Batch below = read.at(ReadPlace.TAP);
        Batch answers = read.at(Tap.before(unit.layer()));
        int[] peaks = new int[pictures.images()];
        List<Target> real = new ArrayList<>();
        List<Target> straight = new ArrayList<>();
        for (int image = 0; image < peaks.length; image++) {
            peaks[image] = peak(answers, image);
            Unit there = unit.at(new Unit.Position(peaks[image] / answers.columns(), peaks[image] % answers.columns()));
            real.add(Target.ofUnit(gated.network(), there));
            straight.add(Target.ofUnit(linear.network(), there));
        }
        Batch slopes = Slopes.of(gated, pictures, ReadPlace.TAP, below, real);
        Batch weights = Slopes.of(linear, pictures, ReadPlace.TAP, below, straight);
        List<Sight> sights = new ArrayList<>();
        for (int image = 0; image < peaks.length; image++) {
            sights.add(sight(names.get(image), answers.values()[answers.offset(image, unit.channel()) + peaks[image]], image, below,
                    slopes, weights));
            collect(slopes, image, peaks[image] / answers.columns(), peaks[image] % answers.columns());
        }
        return sights;
    }

    private int peak(Batch answers, int image) {
        int from = answers.offset(image, unit.channel());
        int best = 0;
        for (int i = 1; i < answers.area(); i++) {
            best = answers.values()[from + i] > answers.values()[from + best] ? i : best;
        }
        return best;
    }

    private Sight sight(String name, double answer, int image, Batch below, Batch slopes, Batch weights) {
        double predicted = 0;
        double arrived = 0;
        for (int channel = 0; channel < below.channels(); channel++) {
            predicted += product(below, weights, image, channel);
            arrived += product(below, slopes, image, channel);
        }
        List<Share> shares = new ArrayList<>();
        for (Connection one : followed) {
            int channel = one.from().channel();
            double squares = product(weights, weights, image, channel);
            double both = product(slopes, weights, image, channel);
            double own = product(slopes, slopes, image, channel);
            shares.add(new Share(product(below, weights, image, channel), product(below, slopes, image, channel),
                    squares == 0 ? Double.NaN : both / squares, squares == 0 || own == 0 ? Double.NaN
                            : both / Math.sqrt(squares * own)));
        }
        return new Sight(name, answer, predicted, arrived, shares);
    }

    private static double product(Batch one, Batch other, int image, int channel) {
        int from = one.offset(image, channel);
        double sum = 0;
        for (int i = from; i < from + one.area(); i++) {
            sum += (double) one.values()[i] * other.values()[i];
        }
        return sum;
    }

    /** Adds a picture's gradient to the mean kernels that arrive, where their frames are known. */
    private void collect(Batch slopes, int image, int peakRow, int peakColumn) {
        for (int i = 0; i < followed.size(); i++) {
            Connection one = followed.get(i);
            Kernel kernel = one.kernel();
            Wiring.Expanded.Step step = expanded.steps().get(one);
            for (int cell = 0; isFramed(one) && cell < kernel.values().length; cell++) {
                int row = peakRow * step.rows() + kernel.top() + cell / kernel.columns();
                int column = peakColumn * step.columns() + kernel.left() + cell % kernel.columns();
                if (row >= 0 && row < slopes.rows() && column >= 0 && column < slopes.columns()) {
                    sums[i][cell] += slopes.at(image, one.from().channel(), row, column);
                    counts[i][cell]++;
                }
            }
        }
    }

    /** Whether a kernel lies over the map whose gradient is known. */
    private boolean isFramed(Connection connection) {
        return isPooled != connection.pooling().isEmpty();
    }

    /** What is followed, with the mean of what arrived on the pictures so far. */
    List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        for (int i = 0; i < followed.size(); i++) {
            Connection one = followed.get(i);
            float[] mean = new float[sums[i].length];
            for (int cell = 0; cell < mean.length; cell++) {
                mean[cell] = counts[i][cell] == 0 ? 0 : (float) (sums[i][cell] / counts[i][cell]);
            }
            Kernel kernel = one.kernel();
            ways.add(new Way(one, expanded.left(one), isFramed(one) ? Optional.of(new Kernel(kernel.rows(), kernel.columns(),
                    kernel.top(), kernel.left(), mean)) : Optional.empty()));
        }
        return ways;
    }

    @Override
    public void close() {
        gated.close();
        linear.close();
    }
}
