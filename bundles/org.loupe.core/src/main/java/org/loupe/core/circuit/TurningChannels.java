package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.network.Shape;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;
import org.loupe.core.stimulus.StimulusFamily;
import org.loupe.core.stimulus.Sweep;
import org.loupe.core.tuning.Answering;

/**
 * Which channels prefer each of eight directions of a stimulus such as a curve. Looks at what the channels answer to drawn
 * stimuli only, so what is found can be held against weights.
 */
final class TurningChannels {

    private static final int DIRECTIONS = 8;
    private static final int ANGLES = 24;
    private static final String ORIENTATION = "orientation";

    /** A channel that turning changes less than this share of what it changes the most changed one is not looked at. */
    private static final double SILENT = .1;

    private TurningChannels() {
    }

    /**
     * Eight channels.
     *
     * @param units        the first prefers 0°, to the right, the others follow clockwise
     * @param correlations of what each answers with the cosine of the angle to its direction
     * @param looked       among how many channels they were chosen
     */
    record Found(String stimulus, List<Unit> units, List<Double> correlations, int looked) {
        String about() {
            return String.format(Locale.ROOT, "%s stand for %s in eight directions from 0°: of %d channels those that answer it"
                    + " there most and opposite least (correlation with the cosine of the angle %.2f to %.2f).",
                    units.stream().map(Unit::toString).collect(Collectors.joining(", ")), stimulus, looked,
                    correlations.stream().mapToDouble(one -> one).min().orElse(0),
                    correlations.stream().mapToDouble(one -> one).max().orElse(0));
        }
    }

    /**
     * Shows the stimulus at all angles, dark and light, to every channel of some layers.
     *
     * @return nothing when the progress said to stop
     * @throws IllegalArgumentException when the stimulus has no direction, or too few channels answer it
     */
    static Optional<Found> eight(Material material, Collection<String> layers, String name, Progress progress) {
        Answering answering = new Answering(material.session(), Answering.units(material.network(), List.copyOf(layers)), 0);
        List<Stimulus> stimuli = stimuli(material, name);
        int units = answering.units().size();
        Batch both = Batch.zeros(2, units, stimuli.size() / ANGLES, ANGLES);
        if (!answering.answer(stimuli, both, progress, () -> { })) {
            return Optional.empty();
        }
        double[][] tuning = IntStream.range(0, units).mapToObj(unit -> tuning(both, unit)).toArray(double[][]::new);
        double most = IntStream.range(0, units).mapToDouble(unit -> length(tuning[unit])).max().orElse(0);
        List<Integer> left = new ArrayList<>(IntStream.range(0, units)
                .filter(unit -> length(tuning[unit]) > SILENT * most).boxed().toList());
        if (left.size() < DIRECTIONS) {
            throw new IllegalArgumentException("Only " + left.size() + " channels of " + String.join(", ", layers)
                    + " answer where " + name + " turns; eight are needed.");
        }
        int looked = left.size();
        List<Unit> found = new ArrayList<>();
        List<Double> correlations = new ArrayList<>();
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            double angle = 2 * Math.PI * direction / DIRECTIONS;
            Integer best = left.get(0);
            for (Integer one : left) {
                best = correlation(tuning[one], angle) > correlation(tuning[best], angle) ? one : best;
            }
            left.remove(best);
            found.add(answering.units().get(best));
            correlations.add(correlation(tuning[best], angle));
        }
        return Optional.of(new Found(name, found, correlations, looked));
    }

    private static List<Stimulus> stimuli(Material material, String name) {
        Shape input = material.network().input().shape();
        StimulusFamily family = material.stimuli().find(name);
        List<Parameter> parameters = Stimulus.parameters(family, Math.min(input.rows(), input.columns()));
        if (parameters.stream().noneMatch(one -> one.name().equals(ORIENTATION) && one.cyclic()
                && one.greatest() - one.least() == 360)) {
            throw new IllegalArgumentException("A " + name + " has no direction in which it points; take curve.");
        }
        String angles = IntStream.range(0, ANGLES).mapToObj(i -> String.valueOf(360 / ANGLES * i)).collect(Collectors.joining(","));
        List<Stimulus> stimuli = new ArrayList<>();
        for (String colours : List.of("ink=.25 ground=.65", "ink=.65 ground=.25")) {
            stimuli.addAll(Stimulus.grid(family, Setting.parse(colours, parameters),
                    List.of(Sweep.parse(ORIENTATION + "=" + angles, parameters))));
        }
        return stimuli;
    }

    /** What a unit answers at each angle, dark and light together, beyond its mean. */
    private static double[] tuning(Batch both, int unit) {
        double[] tuning = new double[ANGLES];
        double mean = 0;
        for (int i = 0; i < both.area(); i++) {
            tuning[i % ANGLES] += both.values()[both.offset(0, unit) + i];
            mean += both.values()[both.offset(0, unit) + i] / ANGLES;
        }
        for (int angle = 0; angle < ANGLES; angle++) {
            tuning[angle] -= mean;
        }
        return tuning;
    }

    private static double length(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private static double correlation(double[] tuning, double angle) {
        double product = 0;
        for (int i = 0; i < ANGLES; i++) {
            product += tuning[i] * Math.cos(2 * Math.PI * i / ANGLES - angle);
        }
        return product / length(tuning) / Math.sqrt(ANGLES / 2.0);
    }
}
