package org.loupe.core.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.loupe.core.Draws;

/**
 * A matrix as a sum of few parts: {@code matrix ≈ amounts * parts}, where no part has a number below 0.
 *
 * <p>Non-negative matrix factorisation by least squares (Lee and Seung 1999), by hierarchical alternating updates
 * (Cichocki and Phan 2009), which do not lock numbers at zero as multiplicative ones do. Each part has length 1, so that
 * its scale is in its amounts; parts come in the order of the squares that they add to the matrix.
 *
 * @param amounts how much of each part is in each row, (row, part); below 0 only if {@link #oneSided one-sided}
 * @param parts   (part, column)
 * @param missed  the share of the matrix's sum of squares that the parts do not account for, 0 to 1
 */
public record Factors(Matrix amounts, Matrix parts, double missed) {

    private static final int TRIES = 4;
    private static final int MOST_SWEEPS = 300;
    private static final double STILL = 1e-7;

    /** Number of parts. */
    public int count() {
        return parts.rows();
    }

    /**
     * Takes a matrix without negative numbers apart.
     *
     * @param count  number of parts, at least 1 and at most the lesser of rows and columns
     * @param random where the search starts; the best of four is kept
     * @throws IllegalArgumentException when there is a number below 0, or the count does not fit
     */
    public static Factors of(Matrix matrix, int count, Draws random) {
        for (double value : matrix.values()) {
            if (value < 0) {
                throw new IllegalArgumentException("Parts of a matrix without negative numbers were asked for, but it has "
                        + value + "; ask for one-sided parts.");
            }
        }
        return best(matrix, count, random);
    }

    /**
     * Takes a matrix of any numbers apart into parts without negative numbers, and amounts of either sign: what is positive
     * and what is negative count as rows of their own, and their amounts are subtracted (the weights of high-low frequency
     * detectors and of weight banding, Schubert et al. 2021, Petrov et al. 2021). For the other side, transpose.
     *
     * @throws IllegalArgumentException when the count does not fit
     */
    public static Factors oneSided(Matrix matrix, int count, Draws random) {
        int size = matrix.values().length;
        double[] both = new double[2 * size];
        for (int i = 0; i < size; i++) {
            both[i] = Math.max(0, matrix.values()[i]);
            both[size + i] = Math.max(0, -matrix.values()[i]);
        }
        requireCount(matrix, count);
        Factors halves = best(new Matrix(2 * matrix.rows(), matrix.columns(), both), count, random);
        Matrix amounts = Matrix.zeros(matrix.rows(), count);
        for (int i = 0; i < amounts.values().length; i++) {
            amounts.values()[i] = halves.amounts.values()[i] - halves.amounts.values()[amounts.values().length + i];
        }
        return ordered(matrix, amounts, halves.parts);
    }

    private static void requireCount(Matrix matrix, int count) {
        int most = Math.min(matrix.rows(), matrix.columns());
        if (count < 1 || count > most) {
            throw new IllegalArgumentException("A matrix of " + matrix.rows() + " rows and " + matrix.columns()
                    + " columns has 1 to " + most + " parts, not " + count + ".");
        }
    }

    private static Factors best(Matrix matrix, int count, Draws random) {
        requireCount(matrix, count);
        Factors best = null;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Factors found = climb(matrix, count, random.split(attempt));
            best = best == null || found.missed < best.missed ? found : best;
        }
        return best;
    }

    private static Factors climb(Matrix matrix, int count, Draws random) {
        Matrix parts = firstParts(matrix, count, random);
        Matrix amounts = Matrix.zeros(matrix.rows(), count);
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            Matrix before = new Matrix(count, matrix.columns(), parts.values().clone());
            for (int row = 0; row < matrix.rows(); row++) {
                updateAmounts(matrix, row, amounts, parts);
            }
            updateParts(matrix, amounts, parts);
            double change = 0;
            double size = 0;
            for (int i = 0; i < parts.values().length; i++) {
                change += Math.pow(parts.values()[i] - before.values()[i], 2);
                size += Math.pow(parts.values()[i], 2);
            }
            if (change <= STILL * STILL * size) {
                break;
            }
        }
        for (int row = 0; row < matrix.rows(); row++) {
            updateAmounts(matrix, row, amounts, parts);
        }
        return ordered(matrix, amounts, parts);
    }

    /** Rows that point in different directions: each is drawn in proportion to what those before it leave over. */
    private static Matrix firstParts(Matrix matrix, int count, Draws random) {
        Matrix parts = Matrix.zeros(count, matrix.columns());
        double[] left = new double[matrix.rows()];
        for (int row = 0; row < matrix.rows(); row++) {
            left[row] = matrix.dot(row, matrix, row);
        }
        for (int part = 0; part < count; part++) {
            if (Arrays.stream(left).sum() > 0) {
                System.arraycopy(matrix.row(random.pick(left)), 0, parts.values(), part * matrix.columns(),
                        matrix.columns());
            }
            // A little of everything: what is 0 in this row may be in the part.
            for (int column = 0; column < matrix.columns(); column++) {
                parts.values()[part * matrix.columns() + column] += 1e-3 * random.uniform();
            }
            Matrix unit = parts.unitRows();
            System.arraycopy(unit.values(), 0, parts.values(), 0, parts.values().length);
            for (int row = 0; row < matrix.rows(); row++) {
                double along = matrix.dot(row, parts, part);
                left[row] = Math.max(0, Math.min(left[row], matrix.dot(row, matrix, row) - along * along));
            }
        }
        return parts;
    }

    /** One sweep over the amounts of a row, each the best while the others stay. */
    private static void updateAmounts(Matrix matrix, int row, Matrix amounts, Matrix parts) {
        int count = parts.rows();
        for (int part = 0; part < count; part++) {
            double square = parts.dot(part, parts, part);
            if (square == 0) {
                continue;
            }
            double wanted = matrix.dot(row, parts, part);
            for (int other = 0; other < count; other++) {
                if (other != part) {
                    wanted -= amounts.at(row, other) * parts.dot(part, parts, other);
                }
            }
            amounts.values()[row * count + part] = Math.max(0, wanted / square);
        }
    }

    private static void updateParts(Matrix matrix, Matrix amounts, Matrix parts) {
        int columns = matrix.columns();
        Matrix across = amounts.transposed();
        for (int part = 0; part < parts.rows(); part++) {
            double square = across.dot(part, across, part);
            if (square == 0) {
                continue;
            }
            double[] wanted = new double[columns];
            for (int row = 0; row < matrix.rows(); row++) {
                double amount = amounts.at(row, part);
                for (int column = 0; amount != 0 && column < columns; column++) {
                    wanted[column] += amount * matrix.values()[row * columns + column];
                }
            }
            for (int other = 0; other < parts.rows(); other++) {
                double shared = other == part ? 0 : across.dot(part, across, other);
                for (int column = 0; shared != 0 && column < columns; column++) {
                    wanted[column] -= shared * parts.values()[other * columns + column];
                }
            }
            for (int column = 0; column < columns; column++) {
                parts.values()[part * columns + column] = Math.max(0, wanted[column] / square);
            }
        }
    }

    /** Parts of length 1, the one that adds most first. */
    private static Factors ordered(Matrix matrix, Matrix amounts, Matrix parts) {
        int count = parts.rows();
        double[] length = new double[count];
        double[] adds = new double[count];
        Matrix across = amounts.transposed();
        for (int part = 0; part < count; part++) {
            length[part] = Math.sqrt(parts.dot(part, parts, part));
            adds[part] = across.dot(part, across, part) * length[part] * length[part];
        }
        List<Integer> order = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            order.add(part);
        }
        order.sort(Comparator.comparingDouble((Integer part) -> -adds[part]));
        Matrix sorted = Matrix.zeros(matrix.rows(), count);
        for (int row = 0; row < matrix.rows(); row++) {
            for (int part = 0; part < count; part++) {
                sorted.values()[row * count + part] = amounts.at(row, order.get(part)) * length[order.get(part)];
            }
        }
        Matrix unit = parts.rows(order).unitRows();
        return new Factors(sorted, unit, missed(matrix, sorted, unit));
    }

    private static double missed(Matrix matrix, Matrix amounts, Matrix parts) {
        double all = 0;
        double missed = 0;
        for (int row = 0; row < matrix.rows(); row++) {
            double[] rest = matrix.row(row);
            for (double value : rest) {
                all += value * value;
            }
            for (int part = 0; part < parts.rows(); part++) {
                for (int column = 0; column < rest.length; column++) {
                    rest[column] -= amounts.at(row, part) * parts.at(part, column);
                }
            }
            for (double value : rest) {
                missed += value * value;
            }
        }
        return all == 0 ? 0 : missed / all;
    }
}
