package org.loupe.core.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.loupe.core.Draws;
import org.loupe.core.Progress;

/**
 * Looks for units whose answers are alike once they are turned, mirrored or made larger, and says how often that happens
 * to unrelated units. Each pair is held against its own controls, and the largest excess among all pairs of controls, drawn
 * many times, is what an excess must exceed (Westfall and Young 1993), so that looking at many pairs is accounted for.
 */
final class KinSearch {

    /** A unit that is modulated less than this share of the most modulated one is not looked at. */
    private static final double SILENT = 1e-4;

    /** Controls that are all equally alike, but for rounding, are not told apart. */
    private static final double LEAST_DEVIATION = .01;

    private static final double TIE = 1e-3;

    private final Kinship kinship;
    private final Spectra spectra;
    private final Scale scale;
    private final List<Integer> units;
    private final double[][] table;
    private final List<Compared> compared;

    /**
     * Which rows are the same stimuli in rising sizes: {@code blocks} times {@code sizes} rows.
     *
     * @param factor from one size to the next
     */
    record Scale(int blocks, int sizes, double factor) {
    }

    /**
     * How alike two units are.
     *
     * @param second     is the first one moved by this
     * @param by         angles for turns, steps of size for scales
     * @param likeness   correlation, at most 1
     * @param excess     by how many standard deviations that is more than their controls are alike
     * @param chance     that any pair of controls exceeds that, corrected for all that was looked at
     */
    record Pair(int first, int second, int by, double likeness, double excess, double chance) {
    }

    /**
     * Two units before anything is turned.
     *
     * @param crosses one, or one for each step of size
     * @param norms   the likeness of each is a sum over its harmonics divided by this
     */
    private record Compared(int first, int second, List<Spectra.Cross> crosses, double[] norms) {
    }

    /**
     * What was found.
     *
     * @param control by how many standard deviations some pair of controls exceeds the others in one of twenty draws
     * @param closest the pair that exceeds its controls most
     * @param looked  how many units were compared
     */
    record Found(List<UnitFamily> families, double control, FoundFamilies.Closest closest, int looked, int draws) {
    }

    KinSearch(Kinship kinship, Spectra spectra, Scale scale) {
        this.kinship = kinship;
        this.spectra = spectra;
        this.scale = scale;
        this.table = spectra.table();
        double most = 0;
        for (int unit = 0; unit < spectra.units(); unit++) {
            most = Math.max(most, spectra.power(unit));
        }
        this.units = new ArrayList<>();
        for (int unit = 0; unit < spectra.units(); unit++) {
            if (spectra.power(unit) > SILENT * most) {
                units.add(unit);
            }
        }
        this.compared = compared();
    }

    /**
     * Searches.
     *
     * @param draws how many times controls are drawn
     * @param kinds how many kinships are looked for in all, for which the chance is corrected
     * @param level families at most this probable are kept
     */
    Found search(int draws, int kinds, double level, Draws random, Progress progress) {
        double[] mean = new double[compared.size()];
        double[] deviation = new double[compared.size()];
        for (int draw = 0; draw < draws; draw++) {
            if (!progress.report(draw, 2L * draws, "Drawing unrelated units")) {
                return new Found(List.of(), Double.NaN, FoundFamilies.Closest.NONE, units.size(), 0);
            }
            double[][] phases = spectra.phases(random.split(draw));
            for (int pair = 0; pair < mean.length; pair++) {
                double likeness = likeness(compared.get(pair), phases).likeness;
                double before = likeness - mean[pair];
                mean[pair] += before / (draw + 1);
                deviation[pair] += before * (likeness - mean[pair]);
            }
        }
        for (int pair = 0; pair < mean.length; pair++) {
            deviation[pair] = Math.sqrt(deviation[pair] / draws) + LEAST_DEVIATION;
        }
        double[] largest = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
            if (!progress.report(draws + draw, 2L * draws, "Comparing with unrelated units")) {
                return new Found(List.of(), Double.NaN, FoundFamilies.Closest.NONE, units.size(), 0);
            }
            double[][] phases = spectra.phases(random.split(draw));
            for (int pair = 0; pair < mean.length; pair++) {
                double excess = (likeness(compared.get(pair), phases).likeness - mean[pair]) / deviation[pair];
                largest[draw] = Math.max(largest[draw], excess);
            }
        }
        Arrays.sort(largest);
        List<Pair> alike = new ArrayList<>();
        Pair closest = null;
        for (int pair = 0; pair < mean.length; pair++) {
            Pair found = likeness(compared.get(pair), null);
            double excess = (found.likeness - mean[pair]) / deviation[pair];
            Pair judged = new Pair(found.first, found.second, found.by, found.likeness, excess,
                    chance(excess, largest, kinds));
            boolean kin = kinship == Kinship.MIRROR || isMoved(by(found.by));
            closest = kin && (closest == null || excess > closest.excess) ? judged : closest;
            if (judged.chance <= level) {
                alike.add(judged);
            }
        }
        FoundFamilies.Closest nearest = closest == null ? FoundFamilies.Closest.NONE : new FoundFamilies.Closest(closest.first,
                closest.second, by(closest.by), closest.likeness, closest.excess, closest.chance, Double.NaN, Double.NaN);
        return new Found(families(alike), largest[(int) Math.floor(.95 * (draws - 1))], nearest, units.size(), draws);
    }

    private static double chance(double excess, double[] sorted, int kinds) {
        int least = 0;
        while (least < sorted.length && sorted[least] < excess) {
            least++;
        }
        return Math.min(1, kinds * (1.0 + sorted.length - least) / (1 + sorted.length));
    }

    /** The pairs that are compared. */
    private List<Compared> compared() {
        List<Compared> pairs = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            for (int j = i + 1; j < units.size(); j++) {
                pairs.add(kinship == Kinship.SCALE ? scaled(units.get(i), units.get(j)) : whole(units.get(i), units.get(j)));
            }
        }
        return pairs;
    }

    private Compared whole(int first, int second) {
        return new Compared(first, second,
                List.of(spectra.cross(first, second, kinship == Kinship.MIRROR, 0, 0, spectra.rows())),
                new double[] {Math.sqrt(spectra.power(first) * spectra.power(second))});
    }

    /** One cross spectrum for each step of size by which the second may be larger than the first. */
    private Compared scaled(int first, int second) {
        int reach = scale.sizes / 2;
        List<Spectra.Cross> crosses = new ArrayList<>();
        double[] norms = new double[2 * reach + 1];
        for (int by = -reach; by <= reach; by++) {
            Spectra.Cross sum = new Spectra.Cross(new double[spectra.harmonics()], new double[spectra.harmonics()]);
            double one = 0;
            double other = 0;
            for (int block = 0; block < scale.blocks; block++) {
                int from = block * scale.sizes + Math.max(0, -by);
                int to = block * scale.sizes + Math.max(0, by);
                int count = scale.sizes - Math.abs(by);
                Spectra.Cross cross = spectra.cross(first, second, false, from, to, count);
                for (int harmonic = 0; harmonic < spectra.harmonics(); harmonic++) {
                    sum.real()[harmonic] += cross.real()[harmonic];
                    sum.imaginary()[harmonic] += cross.imaginary()[harmonic];
                }
                one += spectra.power(first, from, count);
                other += spectra.power(second, to, count);
            }
            crosses.add(sum);
            norms[by + reach] = Math.sqrt(one * other);
        }
        return new Compared(first, second, crosses, norms);
    }

    /**
     * How alike the units of a pair are.
     *
     * @param phases by which controls differ from them; null for the units as they are
     */
    private Pair likeness(Compared pair, double[][] phases) {
        int harmonics = spectra.harmonics();
        double[] real = new double[harmonics];
        double[] imaginary = new double[harmonics];
        double[] sums = new double[kinship == Kinship.SCALE ? pair.crosses.size() : spectra.angles()];
        for (int i = 0; i < pair.crosses.size(); i++) {
            turn(pair, i, phases, real, imaginary);
            if (kinship == Kinship.SCALE) {
                sums[i] = pair.norms[i] > 0 ? Arrays.stream(real).sum() / pair.norms[i] : 0;
            } else {
                Spectra.turned(real, imaginary, table, sums);
            }
        }
        if (kinship == Kinship.SCALE) {
            int same = sums.length / 2;
            int best = best(sums);
            // Units that are most alike at the same size are no kin by size.
            return best == same ? new Pair(pair.first, pair.second, 0, 0, 0, 1)
                    : new Pair(pair.first, pair.second, best - same, sums[best], 0, 1);
        }
        int best = kinship == Kinship.MIRROR ? spectra.angles() / 2 : best(sums);
        return new Pair(pair.first, pair.second, best, sums[best] / pair.norms[0], 0, 1);
    }

    /** The first of those that are largest but for rounding and the grid of pixels. */
    private static int best(double[] sums) {
        double largest = Arrays.stream(sums).max().orElseThrow();
        int best = 0;
        while (sums[best] < largest - TIE * Math.abs(largest)) {
            best++;
        }
        return best;
    }

    /** A cross spectrum, of the units or of their controls. */
    private void turn(Compared pair, int index, double[][] phases, double[] real, double[] imaginary) {
        Spectra.Cross cross = pair.crosses.get(index);
        for (int harmonic = 0; harmonic < real.length; harmonic++) {
            double a = cross.real()[harmonic];
            double b = cross.imaginary()[harmonic];
            if (phases == null) {
                real[harmonic] = a;
                imaginary[harmonic] = b;
                continue;
            }
            double[] first = phases[pair.first];
            double[] second = phases[pair.second];
            double sign = kinship == Kinship.MIRROR ? 1 : -1;
            double cosine = second[2 * harmonic] * first[2 * harmonic]
                    - sign * second[2 * harmonic + 1] * first[2 * harmonic + 1];
            double sine = second[2 * harmonic + 1] * first[2 * harmonic]
                    + sign * second[2 * harmonic] * first[2 * harmonic + 1];
            real[harmonic] = a * cosine - b * sine;
            imaginary[harmonic] = a * sine + b * cosine;
        }
    }

    /** Around the unit with the most kin those kin, then around the next of those that are left. */
    private List<UnitFamily> families(List<Pair> alike) {
        List<Pair> left = new ArrayList<>(alike);
        List<UnitFamily> families = new ArrayList<>();
        while (!left.isEmpty()) {
            int[] kin = new int[spectra.units()];
            left.forEach(pair -> {
                kin[pair.first]++;
                kin[pair.second]++;
            });
            int head = 0;
            for (int unit = 1; unit < kin.length; unit++) {
                head = kin[unit] > kin[head] ? unit : head;
            }
            List<UnitFamily.Member> members = new ArrayList<>(List.of(new UnitFamily.Member(head, still(), 1)));
            double chance = 0;
            for (Pair pair : left) {
                if (pair.first == head || pair.second == head) {
                    boolean forward = pair.first == head;
                    members.add(new UnitFamily.Member(forward ? pair.second : pair.first, by(forward ? pair.by : -pair.by),
                            pair.likeness));
                    chance = Math.max(chance, pair.chance);
                }
            }
            List<Integer> taken = members.stream().map(UnitFamily.Member::channel).toList();
            left.removeIf(pair -> taken.contains(pair.first) || taken.contains(pair.second));
            members.sort(Comparator.comparingDouble(UnitFamily.Member::by).thenComparingInt(UnitFamily.Member::channel));
            if (kinship == Kinship.MIRROR || members.stream().anyMatch(member -> isMoved(member.by()))) {
                families.add(new UnitFamily(kinship, members, chance));
            }
        }
        return families;
    }

    private double still() {
        return kinship == Kinship.SCALE ? 1 : 0;
    }

    private double by(int steps) {
        return switch (kinship) {
            case SCALE -> Math.pow(scale.factor, steps);
            case MIRROR -> 0;
            case ROTATION, HUE -> 360.0 * Math.floorMod(steps, spectra.angles()) / spectra.angles();
        };
    }

    /** Whether this is more than another copy at the same angle or size. */
    private boolean isMoved(double by) {
        double step = 360.0 / spectra.angles();
        return kinship == Kinship.SCALE ? by != 1 : Math.min(by, 360 - by) > 1.5 * step;
    }
}
