package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.factor.Factors;
import org.loupe.core.factor.Matrix;

/**
 * What kernels of several units have in common, as at most three factors, which can be drawn as red, green and blue: groups of
 * units below that are read alike, and where each unit above is excited and inhibited by them.
 *
 * <p>The one-sided non-negative factorisation of weights (Schubert and others 2021, Petrov and others 2021): each position of each
 * unit above is a row, each unit below a column; factors have no numbers below 0, amounts have either sign.
 *
 * @param factors units below with their loads above 0, the largest first; the squares of one factor's loads add up to 1
 * @param amounts for each unit above one map for each factor, all of one frame
 * @param missed  the share of all squares of the weights that the factors do not account for, 0 to 1
 */
public record WeightColours(List<List<Load>> factors, List<List<Kernel>> amounts, double missed) {

    /** How many factors have a colour. */
    static final int MOST = 3;

    /** How much of a unit below is in a factor. */
    public record Load(Unit unit, double value) {
    }

    /**
     * How much of the variance of a factor's amounts over positions lies between rows, and between columns: bands that lie, and
     * that stand. From 0 to 1, or NaN where amounts do not vary.
     *
     * @param rowsByChance what unrelated amounts have on average between rows
     */
    public record Banding(double rows, double columns, double rowsByChance, double columnsByChance) {
    }

    public WeightColours {
        factors = factors.stream().map(List::copyOf).toList();
        amounts = amounts.stream().map(List::copyOf).toList();
    }

    /**
     * Factors kernels.
     *
     * @param kernels at least one, each from one of the units below to one of those above
     */
    static WeightColours of(List<Connection> kernels, List<Unit> above, List<Unit> below, Draws random) {
        Frame frame = Frame.around(kernels);
        Map<Unit, Integer> rows = places(above);
        Map<Unit, Integer> columns = places(below);
        Matrix weights = Matrix.zeros(above.size() * frame.area(), below.size());
        for (Connection one : kernels) {
            float[] framed = frame.framed(one.kernel()).values();
            for (int at = 0; at < framed.length; at++) {
                weights.values()[(rows.get(one.to()) * frame.area() + at) * below.size() + columns.get(one.from())] = framed[at];
            }
        }
        Factors found = Factors.oneSided(weights, Math.min(MOST, Math.min(weights.rows(), weights.columns())), random);
        List<List<Load>> factors = new ArrayList<>();
        for (int factor = 0; factor < found.count(); factor++) {
            List<Load> loads = new ArrayList<>();
            for (int column = 0; column < below.size(); column++) {
                if (found.parts().at(factor, column) > 0) {
                    loads.add(new Load(below.get(column), found.parts().at(factor, column)));
                }
            }
            loads.sort(Comparator.comparingDouble(load -> -load.value()));
            factors.add(loads);
        }
        List<List<Kernel>> amounts = new ArrayList<>();
        for (int unit = 0; unit < above.size(); unit++) {
            List<Kernel> own = new ArrayList<>();
            for (int factor = 0; factor < found.count(); factor++) {
                float[] values = new float[frame.area()];
                for (int at = 0; at < values.length; at++) {
                    values[at] = (float) found.amounts().at(unit * frame.area() + at, factor);
                }
                own.add(new Kernel(frame.rows(), frame.columns(), frame.top(), frame.left(), values));
            }
            amounts.add(own);
        }
        return new WeightColours(factors, amounts, found.missed());
    }

    private static Map<Unit, Integer> places(List<Unit> units) {
        Map<Unit, Integer> places = new HashMap<>();
        units.forEach(unit -> places.put(unit, places.size()));
        return places;
    }

    /** The largest amount, whatever its sign. */
    public double peak() {
        return amounts.stream().flatMap(List::stream).mapToDouble(Kernel::peak).max().orElse(0);
    }

    /** Whether a factor's amounts lie in bands, over all units above. */
    public Banding banding(int factor) {
        double all = 0;
        double between = 0;
        double beside = 0;
        Kernel first = amounts.get(0).get(factor);
        int rows = first.rows();
        int columns = first.columns();
        for (List<Kernel> own : amounts) {
            Kernel map = own.get(factor);
            double mean = map.net() / map.values().length;
            double[] down = new double[rows];
            double[] across = new double[columns];
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    double off = map.at(row, column) - mean;
                    all += off * off;
                    down[row] += off / columns;
                    across[column] += off / rows;
                }
            }
            for (double one : down) {
                between += columns * one * one;
            }
            for (double one : across) {
                beside += rows * one * one;
            }
        }
        double degrees = rows * columns - 1.0;
        return new Banding(all == 0 ? Double.NaN : between / all, all == 0 ? Double.NaN : beside / all, (rows - 1) / degrees,
                (columns - 1) / degrees);
    }

    /** Positions that have room for some kernels. */
    record Frame(int top, int left, int rows, int columns) {

        static Frame around(List<Connection> kernels) {
            int top = kernels.stream().mapToInt(one -> one.kernel().top()).min().orElse(0);
            int left = kernels.stream().mapToInt(one -> one.kernel().left()).min().orElse(0);
            int bottom = kernels.stream().mapToInt(one -> one.kernel().top() + one.kernel().rows()).max().orElse(1);
            int right = kernels.stream().mapToInt(one -> one.kernel().left() + one.kernel().columns()).max().orElse(1);
            return new Frame(top, left, bottom - top, right - left);
        }

        int area() {
            return rows * columns;
        }

        /** The same weights at the same places, with zeros around them. */
        Kernel framed(Kernel kernel) {
            float[] values = new float[area()];
            for (int row = 0; row < kernel.rows(); row++) {
                System.arraycopy(kernel.values(), row * kernel.columns(), values, (row + kernel.top() - top) * columns
                        + kernel.left() - left, kernel.columns());
            }
            return new Kernel(rows, columns, top, left, values);
        }
    }
}
