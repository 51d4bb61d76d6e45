package org.loupe.core.circuit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.Batch;

/**
 * Pictures that are like others and yet do not excite: what a clean run is compared with in patching. Alike are pictures
 * whose colours, averaged over the cells of an 8 x 8 grid, differ little.
 */
final class Counterfactuals {

    private static final int GRID = 8;

    private Counterfactuals() {
    }

    /**
     * For each picture, the one of some others that is most like it.
     *
     * @param pictures of the shape (picture, colour, row, column)
     * @param of       indices of those that are to be matched
     * @param others   indices of those that may be taken, again and again
     */
    static List<Integer> of(Batch pictures, List<Integer> of, List<Integer> others) {
        return of(pictures, of, others, 0);
    }

    /** The same, with the next best after so many that are more alike; the last one where there are no more. */
    static List<Integer> of(Batch pictures, List<Integer> of, List<Integer> others, int skipped) {
        Map<Integer, float[]> known = new HashMap<>();
        others.forEach(other -> known.put(other, coarse(pictures, other)));
        return of.stream().map(one -> {
            float[] wanted = coarse(pictures, one);
            List<Integer> ranked = others.stream().filter(other -> !other.equals(one))
                    .sorted(Comparator.comparingDouble((Integer other) -> distance(wanted, known.get(other)))
                            .thenComparing(Comparator.naturalOrder())).toList();
            return ranked.isEmpty() ? one : ranked.get(Math.min(skipped, ranked.size() - 1));
        }).toList();
    }

    private static float[] coarse(Batch pictures, int image) {
        float[] cells = new float[pictures.channels() * GRID * GRID];
        int[] counts = new int[cells.length];
        for (int channel = 0; channel < pictures.channels(); channel++) {
            for (int row = 0; row < pictures.rows(); row++) {
                for (int column = 0; column < pictures.columns(); column++) {
                    int cell = (channel * GRID + row * GRID / pictures.rows()) * GRID + column * GRID / pictures.columns();
                    cells[cell] += pictures.at(image, channel, row, column);
                    counts[cell]++;
                }
            }
        }
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] /= Math.max(1, counts[cell]);
        }
        return cells;
    }

    private static double distance(float[] first, float[] second) {
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += (first[i] - second[i]) * (first[i] - second[i]);
        }
        return sum;
    }
}
