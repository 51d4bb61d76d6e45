package org.loupe.core.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;
import org.loupe.core.surgery.Detector;
import org.loupe.core.surgery.Detectors;
import org.loupe.core.surgery.LowerUnits;
import org.loupe.core.surgery.Surgery;
import org.loupe.core.tuning.Answering;

/**
 * Units that a person wrote, each meant for one unit of a network. What they compute is a layer beside the network, so they
 * run once for each picture, whatever they are put in the place of.
 */
final class HandWrittenUnits implements AutoCloseable {

    private static final String LAYER = "hand-written";
    private static final Tap TAP = Tap.after(LAYER);
    private static final Pattern DETECTOR = Pattern.compile("\\s*([A-Za-z][\\w-]*)\\s*(?:\\(([^()]*)\\))?\\s*");
    /** Pictures that are enough to know mean and variance. */
    private static final int CALIBRATION = 512;

    private final Network network;
    private final Tap place;
    private final List<Integer> channels;
    private final List<String> expressions;
    private final Detectors detectors;
    private final boolean rectified;
    private final boolean isScaled;
    private Session session;
    private double[][] moments;

    /**
     * Writes them for some units.
     *
     * @param by   a detector, or an expression for all, or one for each in lines
     * @param over the layer over whose units detectors are written, or an empty text
     */
    HandWrittenUnits(Material material, Tap place, List<Integer> channels, String by, String over, Replace.Scale scale) {
        this.network = material.network();
        this.place = place;
        this.channels = channels;
        this.detectors = material.detectors();
        this.rectified = !place.beforeActivation() && network.layer(place.layer()).hasActivation();
        Matcher detector = DETECTOR.matcher(by);
        boolean named = detector.matches() && detectors.byName().containsKey(detector.group(1));
        if (!named && !over.isBlank()) {
            throw new IllegalArgumentException("“" + by + "” says itself what it reads; only detectors, such as curve, are written over"
                    + " the units of a layer.");
        }
        this.expressions = new ArrayList<>(named ? matched(material.session(), detector.group(1),
                detector.group(2) == null ? "" : detector.group(2), over.strip()) : written(by));
        this.isScaled = scale == Replace.Scale.MATCHED || scale == Replace.Scale.AUTO && named;
        open(material.session());
    }

    private List<String> written(String by) {
        List<String> lines = by.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.size() != 1 && lines.size() != channels.size()) {
            throw new IllegalArgumentException("There are " + lines.size() + " expressions for " + channels.size()
                    + " units; write one for all, or one in each line.");
        }
        return channels.stream().map(channel -> lines.get(lines.size() == 1 ? 0 : channels.indexOf(channel))).toList();
    }

    /** The detector with the values that make it most like each unit, by stimuli. */
    private List<String> matched(Session asked, String name, String values, String over) {
        Detector detector = detectors.find(name);
        int side = Math.min(network.input().shape().rows(), network.input().shape().columns());
        List<Parameter> parameters = detector.parameters(side);
        Setting given = Setting.parse(values, parameters);
        Set<String> fixed = new HashSet<>();
        for (String word : values.strip().split("[\\s,;]+")) {
            fixed.add(word.replaceFirst("=.*", ""));
        }
        Answering answering = new Answering(asked, channels.stream().map(one -> new Unit(place.layer(), one)).toList(), 1);
        // All units look at the same place, so that what one is shown all have seen.
        Map<List<Setting>, Batch> seen = new HashMap<>();
        Optional<LowerUnits> lower = over.isEmpty() ? Optional.empty() : Optional.of(lower(asked, over, given));
        List<String> found = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            int unit = i;
            Setting matched = detector.matched(given, fixed, stimuli -> {
                Batch answers = seen.computeIfAbsent(stimuli.stream().map(Stimulus::setting).toList(), settings -> {
                    Batch all = Batch.zeros(2, channels.size(), stimuli.size(), 1);
                    answering.answer(stimuli, all, Progress.NONE, () -> { });
                    return all;
                });
                double[] before = new double[stimuli.size()];
                for (int at = 0; at < before.length; at++) {
                    before[at] = answers.values()[answers.offset(1, unit) + at];
                }
                return before;
            }, side);
            found.add(lower.isEmpty() ? name + "(" + rounded(matched, parameters) + ")" : "(" + detector.over(lower.get(), matched)
                    .orElseThrow(() -> new IllegalArgumentException(name + " is computed from the picture, and not from units of "
                            + over + ".")) + ")");
        }
        return found;
    }

    /** Which orientations the units of a layer below prefer, by lines. */
    private LowerUnits lower(Session asked, String over, Setting given) {
        Layer layer = network.layer(over);
        if (!network.needed(List.of(network.source(place))).stream().anyMatch(one -> one.name().equals(layer.output()))
                || network.source(place).equals(layer.output())) {
            throw new IllegalArgumentException(place + " does not read " + over + ". Name a layer below it.");
        }
        List<Unit> units = IntStream.range(0, network.shape(layer).channels()).mapToObj(one -> new Unit(over, one)).toList();
        List<Stimulus> lines = LowerUnits.lines(Math.min(network.input().shape().rows(), network.input().shape().columns()),
                given.values().getOrDefault("width", 0.0));
        Batch answers = Batch.zeros(2, units.size(), lines.size(), 1);
        new Answering(asked, units, 1).answer(lines, answers, Progress.NONE, () -> { });
        return LowerUnits.of(network, place, over, answers);
    }

    /** Values with as many places as mean anything. */
    private static String rounded(Setting setting, List<Parameter> parameters) {
        Setting rounded = setting;
        for (Parameter parameter : parameters) {
            double places = parameter.step() >= 1 ? 10 : 100;
            rounded = rounded.with(parameter, Math.round(setting.of(parameter.name()) * places) / places);
        }
        return rounded.toString();
    }

    private void open(Session like) {
        close();
        Network longer = Surgery.withLayer(network, LAYER, place, channels, expressions, detectors);
        session = like.engine().open(longer);
    }

    /** What they have for some pictures, a channel for each. */
    Batch maps(Batch pictures) {
        return session.activations(pictures, Set.of(TAP)).at(TAP);
    }

    /**
     * Looks at some pictures, to bring them to the size of the units where that is wanted, and to know how alike they are.
     *
     * @return whether nobody said to stop
     */
    boolean calibrate(Session like, PictureSet set, Frame frame, Progress progress, long work) {
        for (int round = isScaled ? 0 : 1; round < 2; round++) {
            Samples samples = new Samples(channels.size());
            int total = set.pictures().size();
            int stride = Math.max(1, total / CALIBRATION);
            for (int from = 0; from < total; from += stride * Trials.TOGETHER) {
                if (!progress.report(from, work, "Holding what is written against the units")) {
                    return false;
                }
                for (int i = from; i < Math.min(total, from + stride * Trials.TOGETHER); i += stride) {
                    set.read(i, i + 1, frame).batch().ifPresent(picture -> {
                        Readings read = session.activations(picture, Set.of(TAP, place));
                        samples.add(read.at(TAP), read.at(place), channels);
                    });
                }
            }
            if (round == 0) {
                scale(samples);
                open(like);
            } else {
                moments = samples.moments();
            }
        }
        return true;
    }

    private void scale(Samples samples) {
        for (int i = 0; i < channels.size(); i++) {
            double[] line = rectified ? samples.rectified(i) : samples.straight(i);
            String inner = number(line[0]) + " * " + expressions.get(i) + (line[1] < 0 ? " - " : " + ") + number(Math.abs(line[1]));
            expressions.set(i, rectified ? "relu(" + inner + ")" : inner);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value).replaceFirst("(\\.\\d*?)0+(e|$)", "$1$2").replaceFirst("\\.(e|$)", "$1");
    }

    /** For each unit what was written. */
    List<String> expressions() {
        return List.copyOf(expressions);
    }

    /** The correlation of the one that was written for unit {@code written} with a unit, over pictures and positions. */
    double correlation(int written, int unit) {
        double cross = moments[4 + written][unit] - moments[0][written] * moments[2][unit];
        double spread = Math.sqrt(Math.max(0, moments[1][written] - moments[0][written] * moments[0][written])
                * Math.max(0, moments[3][unit] - moments[2][unit] * moments[2][unit]));
        return spread == 0 ? 0 : cross / spread;
    }

    /** The mean square by which a unit changes, when the one written for another comes in its place. */
    double change(int written, int unit) {
        return Math.max(0, moments[1][written] + moments[3][unit] - 2 * moments[4 + written][unit]);
    }

    /** The same when what it has for another picture comes in its place. */
    double changeElsewhere(int written, int unit) {
        return Math.max(0, moments[1][written] + moments[3][unit] - 2 * moments[0][written] * moments[2][unit]);
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    /** What is written and what the units have, at all positions of some pictures. */
    private static final class Samples {
        private final List<List<float[]>> written = new ArrayList<>();
        private final List<List<float[]>> units = new ArrayList<>();

        Samples(int count) {
            for (int i = 0; i < count; i++) {
                written.add(new ArrayList<>());
                units.add(new ArrayList<>());
            }
        }

        void add(Batch maps, Batch layer, List<Integer> channels) {
            for (int i = 0; i < channels.size(); i++) {
                written.get(i).add(Arrays.copyOfRange(maps.values(), maps.offset(0, i), maps.offset(0, i) + maps.area()));
                int from = layer.offset(0, channels.get(i));
                units.get(i).add(Arrays.copyOfRange(layer.values(), from, from + layer.area()));
            }
        }

        private static double mean(List<float[]> maps, double above, int power) {
            double sum = 0;
            long count = 0;
            for (float[] map : maps) {
                for (float value : map) {
                    double one = Math.max(0, value - above);
                    sum += power == 1 ? one : one * one;
                }
                count += map.length;
            }
            return count == 0 ? 0 : sum / count;
        }

        /** Mean and mean square of what is written, of the units, and the means of products. */
        double[][] moments() {
            int count = units.size();
            double[][] moments = new double[4 + count][count];
            for (int i = 0; i < count; i++) {
                double[] one = sums(written.get(i), written.get(i));
                double[] other = sums(units.get(i), units.get(i));
                moments[0][i] = one[0];
                moments[1][i] = one[2];
                moments[2][i] = other[0];
                moments[3][i] = other[2];
                for (int j = 0; j < count; j++) {
                    moments[4 + i][j] = sums(written.get(i), units.get(j))[2];
                }
            }
            return moments;
        }

        /** Means of two, and of their products. */
        private static double[] sums(List<float[]> one, List<float[]> other) {
            double[] sums = new double[3];
            long count = 0;
            for (int map = 0; map < one.size(); map++) {
                for (int i = 0; i < one.get(map).length; i++) {
                    sums[0] += one.get(map)[i];
                    sums[1] += other.get(map)[i];
                    sums[2] += (double) one.get(map)[i] * other.get(map)[i];
                }
                count += one.get(map).length;
            }
            double number = Math.max(1, count);
            return new double[] {sums[0] / number, sums[1] / number, sums[2] / number};
        }

        /** Factor and constant that give the same mean and variance. */
        double[] straight(int i) {
            double[] from = sums(written.get(i), written.get(i));
            double[] to = sums(units.get(i), units.get(i));
            double spread = Math.max(0, from[2] - from[0] * from[0]);
            double factor = spread == 0 ? 0 : Math.sqrt(Math.max(0, to[2] - to[0] * to[0]) / spread);
            return new double[] {factor, to[0] - factor * from[0]};
        }

        /**
         * Factor and constant with which the rectified value has the same mean and the same mean square: the threshold is
         * found by bisection, for the higher it is, the larger the one square is against the other.
         */
        double[] rectified(int i) {
            double mean = mean(units.get(i), 0, 1);
            double wanted = mean == 0 ? 0 : mean(units.get(i), 0, 2) / (mean * mean);
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (float[] map : written.get(i)) {
                for (float value : map) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
            if (mean == 0 || !(high > low)) {
                return new double[] {0, mean};
            }
            low -= 4 * (high - low);
            for (int step = 0; step < 60; step++) {
                double middle = (low + high) / 2;
                double own = mean(written.get(i), middle, 1);
                boolean sparse = own == 0 || mean(written.get(i), middle, 2) / (own * own) > wanted;
                low = sparse ? low : middle;
                high = sparse ? middle : high;
            }
            double own = mean(written.get(i), low, 1);
            double factor = own == 0 ? 0 : mean / own;
            return new double[] {factor, -factor * low};
        }
    }
}
