package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.loupe.core.Draws;
import org.loupe.core.Unit;

/**
 * All weights by which the units of a layer read, as vectors of one length that can be compared: as they are, as they would
 * be in a mirror, and dealt out to other channels.
 */
final class Readings {

    private final List<List<Connection>> units;
    private final UnaryOperator<Unit> image;
    private final Map<Source, Integer> starts = new HashMap<>();
    private final Map<Block, Extent> extents = new HashMap<>();
    private final Map<Block, List<Integer>> blocks = new LinkedHashMap<>();
    private final int length;

    /** A channel below, as it is pooled. */
    private record Source(Unit from, String pooling) {
        Block block() {
            return new Block(from.layer(), pooling);
        }
    }

    /** The channels of a layer below, which could stand for each other. */
    private record Block(String layer, String pooling) implements Comparable<Block> {
        @Override
        public int compareTo(Block other) {
            int byLayer = layer.compareTo(other.layer);
            return byLayer != 0 ? byLayer : pooling.compareTo(other.pooling);
        }
    }

    /** Around all kernels of a block. */
    private record Extent(int top, int left, int bottom, int right) {
        static Extent of(Kernel kernel) {
            return new Extent(kernel.top(), kernel.left(), kernel.top() + kernel.rows(), kernel.left() + kernel.columns());
        }

        Extent around(Extent other) {
            return new Extent(Math.min(top, other.top), Math.min(left, other.left), Math.max(bottom, other.bottom),
                    Math.max(right, other.right));
        }

        int area() {
            return (bottom - top) * (right - left);
        }
    }

    /**
     * @param units    what each unit reads
     * @param image    what each channel below is in a mirror
     * @param channels how many channels a layer has, read or not
     */
    Readings(List<List<Connection>> units, UnaryOperator<Unit> image, ToIntFunction<String> channels) {
        this.units = units;
        this.image = image;
        units.stream().flatMap(List::stream).forEach(one -> extents.merge(new Block(one.from().layer(), one.pooling()),
                Extent.of(one.kernel()), Extent::around));
        int at = 0;
        for (Block block : new TreeSet<>(extents.keySet())) {
            List<Integer> own = new ArrayList<>();
            for (int channel = 0; channel < channels.applyAsInt(block.layer); channel++) {
                starts.put(new Source(new Unit(block.layer, channel), block.pooling), at);
                own.add(at);
                at += extents.get(block).area();
            }
            blocks.put(block, own);
        }
        length = at;
    }

    /** How many channels the largest layer has that is read. */
    int channels() {
        return blocks.values().stream().mapToInt(List::size).max().orElse(0);
    }

    /** The weights of a unit, divided by their length; all zero where it has none. */
    float[] vector(int unit) {
        float[] vector = new float[length];
        for (Connection one : units.get(unit)) {
            put(vector, new Source(one.from(), one.pooling()), one.kernel(), false);
        }
        return normalized(vector);
    }

    /** The same seen in a mirror that stands upright: kernels turned over, and read from the images of their channels. */
    float[] mirrored(int unit) {
        float[] vector = new float[length];
        for (Connection one : units.get(unit)) {
            put(vector, new Source(image.apply(one.from()), one.pooling()), one.kernel(), true);
        }
        return normalized(vector);
    }

    private void put(float[] vector, Source source, Kernel kernel, boolean turned) {
        Extent extent = extents.get(source.block());
        int columns = extent.right - extent.left;
        int start = starts.get(source) + (kernel.top() - extent.top) * columns + kernel.left() - extent.left;
        for (int row = 0; row < kernel.rows(); row++) {
            for (int column = 0; column < kernel.columns(); column++) {
                vector[start + row * columns + column] += kernel.at(row, turned ? kernel.columns() - 1 - column : column);
            }
        }
    }

    private static float[] normalized(float[] vector) {
        double scale = Math.sqrt(product(vector, vector));
        for (int i = 0; scale > 0 && i < vector.length; i++) {
            vector[i] /= (float) scale;
        }
        return vector;
    }

    /** A vector whose kernels have been dealt out to other channels of the same layer. */
    float[] dealt(float[] vector, Draws draws) {
        float[] dealt = new float[length];
        blocks.forEach((block, places) -> {
            int area = extents.get(block).area();
            List<Integer> to = new ArrayList<>(places);
            for (int i = 0; i < places.size(); i++) {
                int other = i + draws.below(to.size() - i);
                int target = to.set(other, to.get(i));
                System.arraycopy(vector, places.get(i), dealt, target, area);
            }
        });
        return dealt;
    }

    /** The cosine of two vectors of this object. */
    static double product(float[] first, float[] second) {
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += first[i] * second[i];
        }
        return sum;
    }
}
