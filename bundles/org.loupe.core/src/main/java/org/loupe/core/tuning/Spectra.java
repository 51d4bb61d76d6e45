package org.loupe.core.tuning;

import org.loupe.core.Batch;
import org.loupe.core.Draws;

/**
 * The answers of units to things that turn once around, as harmonics: of each row (a kind of stimulus), what repeats once,
 * twice and so on in a turn. The mean over the turn is left out, so units are compared by how they are modulated.
 *
 * <p>A control has the same strength of every harmonic in every row and another phase: as sharply tuned, and unrelated.
 */
final class Spectra {

    /** What repeats more often in a turn is the grid of pixels rather than the unit. */
    private static final int MOST_HARMONICS = 16;

    private final int units;
    private final int rows;
    private final int angles;
    private final int harmonics;
    private final double[] cosines;
    private final double[] sines;
    private final double[] power;

    /**
     * Analyses answers.
     *
     * @param answers of shape (1, unit, row, angle)
     */
    Spectra(Batch answers) {
        this.units = answers.channels();
        this.rows = answers.rows();
        this.angles = answers.columns();
        this.harmonics = Math.min(MOST_HARMONICS, (angles - 1) / 2);
        this.cosines = new double[units * rows * harmonics];
        this.sines = new double[units * rows * harmonics];
        this.power = new double[units];
        for (int unit = 0; unit < units; unit++) {
            for (int row = 0; row < rows; row++) {
                for (int harmonic = 0; harmonic < harmonics; harmonic++) {
                    double cosine = 0;
                    double sine = 0;
                    for (int angle = 0; angle < angles; angle++) {
                        double turn = 2 * Math.PI * ((harmonic + 1) * angle % angles) / angles;
                        cosine += answers.at(0, unit, row, angle) * StrictMath.cos(turn);
                        sine += answers.at(0, unit, row, angle) * StrictMath.sin(turn);
                    }
                    cosines[at(unit, row, harmonic)] = cosine;
                    sines[at(unit, row, harmonic)] = sine;
                    power[unit] += cosine * cosine + sine * sine;
                }
            }
        }
    }

    private int at(int unit, int row, int harmonic) {
        return (unit * rows + row) * harmonics + harmonic;
    }

    int units() {
        return units;
    }

    int rows() {
        return rows;
    }

    int angles() {
        return angles;
    }

    int harmonics() {
        return harmonics;
    }

    /** The strength of all harmonics of a unit; 0 for one that answers everything alike. */
    double power(int unit) {
        return power[unit];
    }

    /** How two units' harmonics go together, row by row, before anything is turned. */
    record Cross(double[] real, double[] imaginary) {
    }

    /**
     * How the harmonics of two units go together.
     *
     * @param mirrored whether the first unit's answers are read in the other sense of rotation
     * @param from     the first unit's row that is compared with the second's first
     * @param count    how many rows
     */
    Cross cross(int first, int second, boolean mirrored, int from, int to, int count) {
        double[] real = new double[harmonics];
        double[] imaginary = new double[harmonics];
        for (int row = 0; row < count; row++) {
            for (int harmonic = 0; harmonic < harmonics; harmonic++) {
                double a = cosines[at(first, from + row, harmonic)];
                double b = (mirrored ? -1 : 1) * sines[at(first, from + row, harmonic)];
                double c = cosines[at(second, to + row, harmonic)];
                double d = sines[at(second, to + row, harmonic)];
                real[harmonic] += a * c + b * d;
                imaginary[harmonic] += a * d - b * c;
            }
        }
        return new Cross(real, imaginary);
    }

    /** The strength of the harmonics of some rows of a unit. */
    double power(int unit, int from, int count) {
        double sum = 0;
        for (int i = at(unit, from, 0); i < at(unit, from, 0) + count * harmonics; i++) {
            sum += cosines[i] * cosines[i] + sines[i] * sines[i];
        }
        return sum;
    }

    /**
     * Phases by which a control of each unit differs from it, the same in all rows: of each unit the cosine, then the sine, of
     * each harmonic's.
     */
    double[][] phases(Draws draws) {
        double[][] phases = new double[units][2 * harmonics];
        for (double[] unit : phases) {
            for (int harmonic = 0; harmonic < harmonics; harmonic++) {
                double phase = draws.uniform(0, 2 * Math.PI);
                unit[2 * harmonic] = StrictMath.cos(phase);
                unit[2 * harmonic + 1] = StrictMath.sin(phase);
            }
        }
        return phases;
    }

    /** The sum over harmonics of a cross spectrum for each turn by so many angles. */
    static void turned(double[] real, double[] imaginary, double[][] table, double[] sums) {
        for (int shift = 0; shift < sums.length; shift++) {
            double sum = 0;
            double[] cosine = table[shift];
            double[] sine = table[sums.length + shift];
            for (int harmonic = 0; harmonic < real.length; harmonic++) {
                sum += real[harmonic] * cosine[harmonic] + imaginary[harmonic] * sine[harmonic];
            }
            sums[shift] = sum;
        }
    }

    /** Cosines, then sines, of each turn for each harmonic. */
    double[][] table() {
        double[][] table = new double[2 * angles][harmonics];
        for (int shift = 0; shift < angles; shift++) {
            for (int harmonic = 0; harmonic < harmonics; harmonic++) {
                double turn = 2 * Math.PI * ((harmonic + 1) * shift % angles) / angles;
                table[shift][harmonic] = StrictMath.cos(turn);
                table[angles + shift][harmonic] = StrictMath.sin(turn);
            }
        }
        return table;
    }
}
