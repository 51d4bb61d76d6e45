package org.loupe.core.circuit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PartMap;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Sample;

/** Which channel answers where a part is. Looks at activations only, so what is found can be held against weights. */
final class PartChannels {

    private PartChannels() {
    }

    /**
     * A channel that stands for a part.
     *
     * @param correlation of its activations with the share of each position's pixels that belong to the part
     * @param looked      how many channels were looked at
     */
    record Found(Unit unit, String part, double correlation, int looked, int pictures) {
        String about() {
            return String.format(Locale.ROOT, "%s stands for %s: of %d channels the one whose activations go with the part most"
                    + " (correlation %.2f over the positions of %d pictures).", unit, part, looked, correlation, pictures);
        }
    }

    /** Sums for one correlation. */
    private static final class Pairs {
        private double n;
        private double a;
        private double b;
        private double aa;
        private double bb;
        private double ab;

        void add(double first, double second) {
            n++;
            a += first;
            b += second;
            aa += first * first;
            bb += second * second;
            ab += first * second;
        }

        double correlation() {
            double variances = (aa - a * a / n) * (bb - b * b / n);
            return variances > 0 ? (ab - a * b / n) / Math.sqrt(variances) : 0;
        }
    }

    /**
     * Looks for the channel of some layers that goes with a part most.
     *
     * @return nothing when the progress said to stop
     * @throws IllegalArgumentException when no picture has the part
     */
    static Optional<Found> best(Session session, PictureSet set, Collection<String> layers, String part, int sample,
            Progress progress) {
        Frame frame = Frame.of(session.network().input().shape(), Fitting.COVER);
        Set<Tap> taps = layers.stream().map(Tap::after).collect(Collectors.toSet());
        Map<Unit, Pairs> pairs = new LinkedHashMap<>();
        Set<String> known = new TreeSet<>();
        int count = Math.min(sample, set.pictures().size());
        int used = 0;
        for (int i = 0; i < count; i++) {
            if (i % 16 == 0 && !progress.report(i, count, "Looking for " + part)) {
                return Optional.empty();
            }
            int index = Sample.index(i, count, set.pictures().size());
            Optional<PartMap> map = set.parts(index);
            if (map.isEmpty()) {
                continue;
            }
            known.addAll(map.get().names().subList(1, map.get().names().size()));
            try {
                Readings readings = session.activations(set.read(index, frame), taps);
                layers.forEach(layer -> add(layer, readings.at(Tap.after(layer)), map.get(), part, pairs));
                used++;
            } catch (PictureException unreadable) {
                progress.report(i, count, "Left out " + unreadable.getMessage());
            }
        }
        if (!known.contains(part)) {
            throw new IllegalArgumentException("“" + part + "” is neither a unit nor a part of the pictures of " + set.name()
                    + (known.isEmpty() ? ", whose parts are not known." : ". Its parts are " + String.join(", ", known) + "."));
        }
        List<Map.Entry<Unit, Pairs>> all = List.copyOf(pairs.entrySet());
        Map.Entry<Unit, Pairs> best = all.get(0);
        for (Map.Entry<Unit, Pairs> one : all) {
            best = one.getValue().correlation() > best.getValue().correlation() ? one : best;
        }
        return Optional.of(new Found(best.getKey(), part, best.getValue().correlation(), all.size(), used));
    }

    private static void add(String layer, Batch maps, PartMap parts, String part, Map<Unit, Pairs> pairs) {
        int wanted = parts.names().indexOf(part);
        double[] shares = new double[maps.area()];
        double each = (double) maps.area() / (parts.rows() * parts.columns());
        for (int row = 0; row < parts.rows(); row++) {
            for (int column = 0; column < parts.columns(); column++) {
                if (parts.at(row, column) == wanted) {
                    shares[row * maps.rows() / parts.rows() * maps.columns() + column * maps.columns() / parts.columns()] += each;
                }
            }
        }
        for (int channel = 0; channel < maps.channels(); channel++) {
            Pairs sums = pairs.computeIfAbsent(new Unit(layer, channel), any -> new Pairs());
            for (int i = 0; i < shares.length; i++) {
                sums.add(maps.values()[maps.offset(0, channel) + i], shares[i]);
            }
        }
    }
}
