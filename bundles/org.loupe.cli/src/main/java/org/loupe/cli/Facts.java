package org.loupe.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;

/**
 * What the network does when it is shown a unit's own picture.
 *
 * @param rank    place of the unit's channel among those of its layer by mean activation, from 1
 * @param of      number of channels
 * @param answers the network's most probable classes, the first first; empty where it has no classes
 */
record Facts(int rank, int of, List<Answer> answers) {

    private static final int ANSWERS = 3;

    /**
     * A class.
     *
     * @param probability from 0 to 1
     */
    record Answer(String name, double probability) {
    }

    static Facts of(Session session, Unit unit, Report.Picture picture) {
        Network network = session.network();
        Shape own = network.input().shape();
        Batch shown = picture.made().pictures().image(picture.index());
        boolean fits = shown.rows() == own.rows() && shown.columns() == own.columns();
        Optional<Tap> last = fits ? last(network) : Optional.empty();
        Tap layer = Tap.after(unit.layer());
        Set<Tap> taps = new HashSet<>(Set.of(layer));
        last.ifPresent(taps::add);
        Readings readings = session.activations(own.channels() == 3 ? shown : grey(shown), taps);
        Batch maps = readings.at(layer);
        double[] means = new double[maps.channels()];
        for (int channel = 0; channel < means.length; channel++) {
            int from = maps.offset(0, channel);
            means[channel] = IntStream.range(from, from + maps.area()).mapToDouble(i -> maps.values()[i]).average()
                    .orElse(0);
        }
        int rank = 1 + (int) IntStream.range(0, means.length).filter(i -> means[i] > means[unit.channel()]).count();
        return new Facts(rank, means.length,
                last.map(tap -> answers(network.classes(), readings.at(tap).values())).orElse(List.of()));
    }

    /** The topmost layer with one number for each class. */
    private static Optional<Tap> last(Network network) {
        List<Layer> layers = network.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            Shape shape = network.shape(layers.get(i));
            if (shape.size() == network.classes().size()) {
                return Optional.of(Tap.after(layers.get(i).name()));
            }
        }
        return Optional.empty();
    }

    /** A network for grey pictures sees the first channel, all three being equal. */
    private static Batch grey(Batch picture) {
        Batch grey = Batch.zeros(1, 1, picture.rows(), picture.columns());
        System.arraycopy(picture.values(), 0, grey.values(), 0, grey.area());
        return grey;
    }

    /** Numbers that add up to 1 and are not negative are probabilities; others are what goes into a softmax. */
    private static List<Answer> answers(List<String> classes, float[] values) {
        double[] probabilities = new double[classes.size()];
        double sum = 0;
        boolean negative = false;
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = values[i];
            sum += values[i];
            negative |= values[i] < 0;
        }
        if (negative || Math.abs(sum - 1) > 1e-3) {
            double most = IntStream.range(0, probabilities.length).mapToDouble(i -> values[i]).max().orElse(0);
            double total = IntStream.range(0, probabilities.length).mapToDouble(i -> Math.exp(values[i] - most)).sum();
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] = Math.exp(values[i] - most) / total;
            }
        }
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            answers.add(new Answer(classes.get(i), probabilities[i]));
        }
        answers.sort(Comparator.comparingDouble(Answer::probability).reversed());
        return List.copyOf(answers.subList(0, Math.min(ANSWERS, answers.size())));
    }
}
