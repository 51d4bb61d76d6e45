package org.loupe.core.circuit;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.Unit;

/**
 * What a target answers when only some edges are there, or all but some. An edge that is not there carries what it carries for
 * the stand-in. Units below the circuit are as they are.
 */
final class CircuitRuns {

    private final PatchedRuns runs;
    private final Unit target;
    private final int[] peaks;
    private final Map<String, Batch> clean;
    private final Map<String, Batch> standIns;
    private final Comparator<Unit> upwards;

    /**
     * @param peaks    for each case, where the target is read
     * @param clean    what the layers answer to the cases' own pictures
     * @param standIns what edges carry that are cut
     */
    CircuitRuns(PatchedRuns runs, Unit target, int[] peaks, Map<String, Batch> clean, Map<String, Batch> standIns,
            Comparator<Unit> upwards) {
        this.runs = runs;
        this.target = target;
        this.peaks = peaks;
        this.clean = clean;
        this.standIns = standIns;
        this.upwards = upwards;
    }

    /** What the target answers in each case when units read nothing but what a circuit has them read. */
    double[] alone(Map<Unit, ? extends Collection<Unit>> edges) {
        return alone(edges, new HashMap<>(), new HashSet<>(edges.keySet()));
    }

    /**
     * The same where most is known.
     *
     * @param known   what units of the circuit answered before; what is computed anew is put in its place
     * @param changed those of which that is no longer true; those that follow are added
     */
    double[] alone(Map<Unit, ? extends Collection<Unit>> edges, Map<Unit, Batch> known, Set<Unit> changed) {
        double[] answers = null;
        for (Unit unit : edges.keySet().stream().sorted(upwards).toList()) {
            Collection<Unit> kept = edges.get(unit);
            if (!unit.equals(target) && known.containsKey(unit) && !changed.contains(unit)
                    && kept.stream().noneMatch(changed::contains)) {
                continue;
            }
            Map<String, Batch> read = copies(runs.reads(unit), standIns);
            for (Unit below : kept) {
                Batch own = known.get(below);
                put(own == null ? clean.get(below.layer()) : own, own == null ? below.channel() : 0, below, read);
            }
            PatchedRuns.Layer found = runs.run(unit.layer(), read);
            changed.add(unit);
            known.put(unit, channel(found.after(), unit.channel()));
            if (unit.equals(target)) {
                answers = peaks(found.before());
            }
        }
        return answers;
    }

    /** What the target answers in each case when everything is there but these edges. */
    double[] without(Map<Unit, ? extends Collection<Unit>> edges) {
        Map<Unit, Batch> values = new HashMap<>();
        Set<Unit> units = new HashSet<>(edges.keySet());
        units.add(target);
        double[] answers = null;
        for (Unit unit : units.stream().sorted(upwards).toList()) {
            Map<String, Batch> read = copies(runs.reads(unit), clean);
            values.forEach((below, value) -> {
                if (read.containsKey(below.layer())) {
                    put(value, 0, below, read);
                }
            });
            for (Unit below : edges.containsKey(unit) ? edges.get(unit) : List.<Unit>of()) {
                put(standIns.get(below.layer()), below.channel(), below, read);
            }
            PatchedRuns.Layer found = runs.run(unit.layer(), read);
            values.put(unit, channel(found.after(), unit.channel()));
            if (unit.equals(target)) {
                answers = peaks(found.before());
            }
        }
        return answers;
    }

    private double[] peaks(Batch sums) {
        double[] answers = new double[sums.images()];
        for (int image = 0; image < answers.length; image++) {
            answers[image] = sums.values()[sums.offset(image, target.channel()) + peaks[image]];
        }
        return answers;
    }

    private static Map<String, Batch> copies(Set<String> layers, Map<String, Batch> values) {
        Map<String, Batch> copies = new HashMap<>();
        layers.forEach(layer -> copies.put(layer, values.get(layer).copy()));
        return copies;
    }

    private static void put(Batch from, int channel, Unit unit, Map<String, Batch> read) {
        Batch to = read.get(unit.layer());
        for (int image = 0; image < to.images(); image++) {
            System.arraycopy(from.values(), from.offset(image, channel), to.values(), to.offset(image, unit.channel()),
                    to.area());
        }
    }

    private static Batch channel(Batch all, int channel) {
        Batch one = Batch.zeros(all.images(), 1, all.rows(), all.columns());
        for (int image = 0; image < all.images(); image++) {
            System.arraycopy(all.values(), all.offset(image, channel), one.values(), one.offset(image, 0), all.area());
        }
        return one;
    }
}
