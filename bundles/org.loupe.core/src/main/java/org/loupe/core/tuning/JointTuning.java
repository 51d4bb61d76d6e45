package org.loupe.core.tuning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.network.Gaze;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Reading;
import org.loupe.core.scan.ReceptiveField;
import org.loupe.core.scan.Scanned;

/**
 * What units answer while the pictures turn that excite one of them most: the built-in analysis {@code joint} (“joint
 * tuning”, Olah et al. 2020). Unlike a synthetic curve, these pictures are what the unit meets in a picture set.
 *
 * <p>For each unit, one pass over the set finds the pictures and places that excite it most; where a scan of the layer is known,
 * a few pictures are enough to find the same. Each is turned about the middle of what the unit sees there, within a soft round
 * mask, so that the corners tell nothing.
 */
public final class JointTuning implements Analysis<JointTuning.Arguments, JointlyTuned> {

    private static final int TOGETHER = 32;
    private static final double SOFTNESS = .15;

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "The channels of one layer that form a family, such as mixed3b:14 mixed3b:54.")
            List<String> units,
            @Argument(label = "Examples", help = "How many of each unit's most exciting pictures are turned.",
                    standard = "4", least = 1, greatest = 1000) int examples,
            @Argument(label = "Step", help = "By how many degrees they are turned from picture to picture; a divisor of 360.",
                    standard = "1", least = 1, greatest = 90) int step,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting,
            @Argument(label = "Fires", help = "A unit fires where it answers more than to this share of the pictures, from 0 to 1.",
                    standard = "0.95", least = 0, greatest = 1) double fires) {
    }

    /**
     * What one unit answers in the picture set.
     *
     * @param places the most exciting ones, one in a picture at most
     * @param maxima the largest answer in each picture; NaN where it cannot be read
     */
    private record Excited(List<Place> places, float[] maxima) {
        /** The largest answer that a share of the pictures does not exceed. */
        double quantile(double share) {
            float[] sorted = maxima.clone();
            // Puts what is not a number behind all numbers.
            Arrays.sort(sorted);
            int count = sorted.length;
            while (count > 0 && Float.isNaN(sorted[count - 1])) {
                count--;
            }
            return count == 0 ? Double.NaN : sorted[(int) Math.floor(share * (count - 1))];
        }
    }

    /** Where a picture excites a unit. */
    private record Place(int picture, int row, int column, float value) {
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean needsPictures() {
        return true;
    }

    @Override
    public JointlyTuned run(Material material, Arguments arguments, Observer<? super JointlyTuned> observer) {
        Network network = material.network();
        List<Unit> units = Answering.units(network, arguments.units());
        if (units.stream().map(Unit::layer).distinct().count() != 1 || !units.stream().allMatch(Unit::isChannel)) {
            throw new IllegalArgumentException("Name channels of one layer, such as mixed3b:14 mixed3b:54.");
        }
        if (360 % arguments.step() != 0) {
            throw new IllegalArgumentException("A step of " + arguments.step() + " degrees does not come round; choose one that"
                    + " divides 360, such as 1, 5 or 10.");
        }
        PictureSet set = material.requirePictures().set();
        int angles = 360 / arguments.step();
        Batch answers = Batch.zeros(units.size(), units.size(), angles, 1);
        Arrays.fill(answers.values(), Float.NaN);
        List<Excited> excited = excited(material, set, units, arguments, observer);
        double[] thresholds = new double[units.size()];
        Arrays.fill(thresholds, Double.NaN);
        if (excited.isEmpty()) {
            return new JointlyTuned(units, arguments.step(), new int[units.size()], thresholds, answers, true);
        }
        Arrays.setAll(thresholds, unit -> excited.get(unit).quantile(arguments.fires()));
        Frame frame = Frame.of(network.input().shape(), arguments.fitting());
        Answering answering = new Answering(material.session(), units, 0);
        int[] turned = new int[units.size()];
        for (int unit = 0; unit < units.size(); unit++) {
            float[] sums = new float[units.size() * angles];
            for (Place place : excited.get(unit).places) {
                if (!observer.report(unit, units.size(), "Turning the examples of " + units.get(unit))) {
                    return new JointlyTuned(units, arguments.step(), turned, thresholds, answers, true);
                }
                add(sums, answered(answering, picture(set, place, frame), place, network, angles));
                turned[unit]++;
            }
            for (int i = 0; i < sums.length && turned[unit] > 0; i++) {
                answers.values()[answers.offset(unit, 0) + i] = sums[i] / turned[unit];
            }
        }
        return new JointlyTuned(units, arguments.step(), turned, thresholds, answers, false);
    }

    private static void add(float[] sums, float[] more) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += more[i];
        }
    }

    private static Batch picture(PictureSet set, Place place, Frame frame) {
        try {
            return set.read(place.picture, frame);
        } catch (PictureException gone) {
            throw new IllegalArgumentException(set.pictures().get(place.picture).name() + " cannot be read any more: "
                    + gone.getMessage(), gone);
        }
    }

    /** What excites each unit; empty where the work was stopped. */
    private static List<Excited> excited(Material material, PictureSet set, List<Unit> units, Arguments arguments,
            Observer<?> observer) {
        Frame frame = Frame.of(material.network().input().shape(), arguments.fitting());
        Tap tap = Tap.after(units.get(0).layer());
        Optional<Scanned> known = material.scans().find(tap, arguments.fitting());
        if (known.isPresent()) {
            return excited(material, set, units, arguments, known.get(), observer);
        }
        int total = set.pictures().size();
        List<Excited> found = new ArrayList<>();
        for (int unit = 0; unit < units.size(); unit++) {
            float[] maxima = new float[total];
            Arrays.fill(maxima, Float.NaN);
            found.add(new Excited(new ArrayList<>(), maxima));
        }
        for (int from = 0; from < total; from += TOGETHER) {
            if (!observer.report(from, total, "Looking for examples")) {
                return List.of();
            }
            Reading reading = set.read(from, Math.min(total, from + TOGETHER), frame);
            if (reading.batch().isEmpty()) {
                continue;
            }
            Batch maps = material.session().activations(reading.batch().get(), Set.of(tap)).at(tap);
            for (int unit = 0; unit < units.size(); unit++) {
                for (int image = 0; image < maps.images(); image++) {
                    int channel = units.get(unit).channel();
                    int picture = reading.indexes().get(image);
                    found.get(unit).maxima[picture] = strongest(maps, image, channel, picture, 0).value;
                    keep(found.get(unit).places, strongest(maps, image, channel, picture, margin(maps)), arguments.examples());
                }
            }
        }
        return found;
    }

    /**
     * The same, from a scan: pictures are looked at from the strongest answer downwards, until no other can have a place that
     * is as strong as those that were found.
     */
    private static List<Excited> excited(Material material, PictureSet set, List<Unit> units, Arguments arguments,
            Scanned known, Observer<?> observer) {
        Frame frame = Frame.of(material.network().input().shape(), arguments.fitting());
        Tap tap = Tap.after(units.get(0).layer());
        List<Excited> all = new ArrayList<>();
        for (Unit unit : units) {
            float[] maxima = maxima(known, tap, unit);
            List<Integer> order = IntStream.range(0, maxima.length).filter(picture -> maxima[picture] > 0).boxed()
                    .sorted(Comparator.comparingDouble(picture -> -maxima[picture])).toList();
            List<Place> found = new ArrayList<>();
            for (int next = 0; next < order.size() && (found.size() < arguments.examples()
                    || maxima[order.get(next)] >= found.get(found.size() - 1).value); next++) {
                if (!observer.report(all.size(), units.size(), "Looking for examples")) {
                    return List.of();
                }
                int index = order.get(next);
                Batch picture = picture(set, new Place(index, 0, 0, 0), frame);
                Batch maps = material.session().activations(picture, Set.of(tap)).at(tap);
                keep(found, strongest(maps, 0, unit.channel(), index, margin(maps)), arguments.examples());
            }
            all.add(new Excited(found, maxima));
        }
        return all;
    }

    private static float[] maxima(Scanned known, Tap tap, Unit unit) {
        try {
            return known.channel(tap, unit.channel()).maxima();
        } catch (IOException damaged) {
            throw new UncheckedIOException("The scan of " + unit + " cannot be read: " + damaged.getMessage()
                    + ". Scan the layer anew with --fresh.", damaged);
        }
    }

    /** What is at the border of a map sees too little to be turned. */
    private static int margin(Batch maps) {
        return Math.min(maps.rows(), maps.columns()) >= 8 ? 2 : 0;
    }

    /** The strongest place that is so far from the border of the map. */
    private static Place strongest(Batch maps, int image, int channel, int picture, int margin) {
        Place best = new Place(picture, margin, margin, Float.NEGATIVE_INFINITY);
        for (int row = margin; row < maps.rows() - margin; row++) {
            for (int column = margin; column < maps.columns() - margin; column++) {
                float value = maps.at(image, channel, row, column);
                best = value > best.value ? new Place(picture, row, column, value) : best;
            }
        }
        return best;
    }

    private static void keep(List<Place> best, Place place, int most) {
        if (place.value > 0) {
            best.add(place);
            best.sort(Comparator.comparingDouble((Place one) -> -one.value).thenComparingInt(Place::picture));
            if (best.size() > most) {
                best.remove(most);
            }
        }
    }

    /** What each unit answers to a picture at each angle, the angles of the first unit first. */
    private static float[] answered(Answering answering, Batch picture, Place place, Network network, int angles) {
        Tap tap = Tap.after(answering.units().get(0).layer());
        Shape shape = network.shape(network.layer(tap.layer()));
        Gaze from = Gaze.of(network, tap, place.row, place.column);
        Gaze to = Gaze.of(network, tap, shape.rows() / 2, shape.columns() / 2);
        ReceptiveField field = ReceptiveField.of(network, tap, shape.rows() / 2, shape.columns() / 2);
        double radius = Math.min(field.rows(), field.columns()) / 2.0;
        int units = answering.units().size();
        Batch answers = Batch.zeros(2, units, angles, 1);
        for (int first = 0; first < angles; first += TOGETHER) {
            int count = Math.min(TOGETHER, angles - first);
            Batch turned = Batch.zeros(count, picture.channels(), picture.rows(), picture.columns());
            for (int i = 0; i < count; i++) {
                turn(picture, from, to, 2 * Math.PI * (first + i) / angles, radius, turned, i);
            }
            answering.answer(turned, answers, first);
        }
        return Arrays.copyOf(answers.values(), units * angles);
    }

    /**
     * Paints a picture, turned from right towards down about where the unit looks, with grey beyond a soft round mask.
     *
     * @param from   what is turned about
     * @param to     where that comes to lie
     * @param radius of the mask in pixels
     */
    static void turn(Batch picture, Gaze from, Gaze to, double angle, double radius, Batch into, int image) {
        double cosine = StrictMath.cos(angle);
        double sine = StrictMath.sin(angle);
        for (int channel = 0; channel < picture.channels(); channel++) {
            float mean = mean(picture, channel);
            for (int row = 0; row < into.rows(); row++) {
                for (int column = 0; column < into.columns(); column++) {
                    double down = row - to.row();
                    double right = column - to.column();
                    double inside = (radius - Math.hypot(down, right)) / (SOFTNESS * radius);
                    float share = (float) Math.max(0, Math.min(1, inside));
                    float value = share == 0 ? mean : sampled(picture, channel, from.row() - sine * right + cosine * down,
                            from.column() + cosine * right + sine * down, mean);
                    into.values()[into.index(image, channel, row, column)] = mean + share * (value - mean);
                }
            }
        }
    }

    private static float mean(Batch picture, int channel) {
        double sum = 0;
        for (int i = 0; i < picture.area(); i++) {
            sum += picture.values()[picture.offset(0, channel) + i];
        }
        return (float) (sum / picture.area());
    }

    /** Bilinear; beyond the border, everything is the given grey. */
    private static float sampled(Batch picture, int channel, double row, double column, float outside) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double down = row - top;
        double right = column - left;
        return (float) ((1 - down) * ((1 - right) * pixel(picture, channel, top, left, outside)
                + right * pixel(picture, channel, top, left + 1, outside))
                + down * ((1 - right) * pixel(picture, channel, top + 1, left, outside)
                + right * pixel(picture, channel, top + 1, left + 1, outside)));
    }

    private static float pixel(Batch picture, int channel, int row, int column, float outside) {
        return row < 0 || column < 0 || row >= picture.rows() || column >= picture.columns() ? outside
                : picture.at(0, channel, row, column);
    }

    @Override
    public JointlyTuned load(ResultFiles files) throws IOException {
        return JointlyTuned.load(files);
    }
}
