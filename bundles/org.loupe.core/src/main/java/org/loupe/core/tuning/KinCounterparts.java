package org.loupe.core.tuning;

import java.util.Arrays;
import org.loupe.core.Batch;
import org.loupe.core.tuning.KinSearch.Scale;

/**
 * For each channel of a layer, the channel that answers as it does once the stimuli are turned, mirrored, made larger or have
 * other hues: what the weights of a moved unit have to lead to. Unlike the search for kin, this looks also at how much more a unit
 * answers dark stimuli than light ones: without that, a light line and a dark one across it are the same to a linear unit.
 */
final class KinCounterparts {

    private final int units;
    private final int rows;
    private final int angles;
    private final double[][] answers;

    /** @param answers of shape (1, unit, row, angle) */
    KinCounterparts(Batch answers) {
        this.units = answers.channels();
        this.rows = answers.rows();
        this.angles = answers.columns();
        this.answers = new double[units][rows * angles];
        for (int unit = 0; unit < units; unit++) {
            double mean = 0;
            for (int i = 0; i < rows * angles; i++) {
                this.answers[unit][i] = answers.values()[answers.offset(0, unit) + i];
                mean += this.answers[unit][i] / (rows * angles);
            }
            for (int i = 0; i < rows * angles; i++) {
                this.answers[unit][i] -= mean;
            }
        }
    }

    /**
     * Finds them. A channel whose answers do not change is its own.
     *
     * @param steps by how many angles the stimuli turn, or by how many sizes they grow; half of all angles for mirrors
     */
    int[] of(Kinship kinship, int steps, Scale scale) {
        int[] from = kinship == Kinship.SCALE ? sizes(-steps, scale) : turns(kinship == Kinship.MIRROR, steps);
        int[] to = kinship == Kinship.SCALE ? sizes(steps, scale) : turns(false, 0);
        double[] lengths = new double[units];
        for (int unit = 0; unit < units; unit++) {
            lengths[unit] = Math.sqrt(product(unit, to, unit, to));
        }
        int[] counterparts = new int[units];
        for (int unit = 0; unit < units; unit++) {
            counterparts[unit] = unit;
            double best = 0;
            for (int other = 0; other < units; other++) {
                double likeness = lengths[other] == 0 ? 0 : product(unit, from, other, to) / lengths[other];
                if (likeness > best) {
                    best = likeness;
                    counterparts[unit] = other;
                }
            }
        }
        return counterparts;
    }

    private double product(int one, int[] from, int other, int[] to) {
        double sum = 0;
        for (int i = 0; i < from.length; i++) {
            sum += answers[one][from[i]] * answers[other][to[i]];
        }
        return sum;
    }

    /** Which answers are compared, when the stimuli turn: those to what was there before. */
    private int[] turns(boolean isMirrored, int steps) {
        int[] places = new int[rows * angles];
        Arrays.setAll(places, i -> i / angles * angles
                + Math.floorMod(isMirrored ? steps - i % angles : i % angles - steps, angles));
        return places;
    }

    /** The answers to all but the smallest stimuli, or to all but the largest. */
    private int[] sizes(int steps, Scale scale) {
        int count = scale.sizes() - Math.abs(steps);
        int[] places = new int[scale.blocks() * count * angles];
        Arrays.setAll(places, i -> (i / angles / count * scale.sizes() + Math.max(0, steps) + i / angles % count) * angles
                + i % angles);
        return places;
    }
}
