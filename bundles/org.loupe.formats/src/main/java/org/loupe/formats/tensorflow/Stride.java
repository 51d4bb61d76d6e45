package org.loupe.formats.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.arrays.Tensor;
import org.loupe.formats.arrays.Unsupported;

/**
 * What a {@code StridedSlice} keeps of each dimension.
 *
 * @param begin the first place
 * @param sizes how many places
 * @param steps from one to the next
 * @param gone  dimensions of one place that go away
 * @param shape sizes of the dimensions that stay, and 1 for new ones
 */
record Stride(int[] begin, int[] sizes, int[] steps, List<Integer> gone, int[] shape) {

    /**
     * @param in     sizes of the dimensions
     * @param inputs the node's: the array, or null, then the first place, that behind the last and the step of each dimension
     */
    static Stride of(Node node, int[] in, List<Tensor> inputs) {
        int[] from = inputs.get(1).integers();
        int[] to = inputs.get(2).integers();
        int[] by = inputs.get(3).integers();
        if (from.length > 8 || to.length != from.length || by.length != from.length) {
            throw new NetworkException(node.name() + " has different numbers of beginnings, ends and steps");
        }
        int fresh = node.number("new_axis_mask", 0);
        int dots = node.number("ellipsis_mask", 0);
        int named = from.length - Integer.bitCount(fresh & (1 << from.length) - 1)
                - Integer.bitCount(dots & (1 << from.length) - 1);
        int[] begin = new int[in.length];
        int[] sizes = in.clone();
        int[] steps = new int[in.length];
        Arrays.fill(steps, 1);
        List<Integer> gone = new ArrayList<>();
        List<Integer> shape = new ArrayList<>();
        int axis = 0;
        for (int i = 0; i < from.length; i++) {
            if ((dots >> i & 1) != 0) {
                for (int skipped = in.length - named; skipped > 0; skipped--) {
                    shape.add(in[axis++]);
                }
                continue;
            }
            if ((fresh >> i & 1) != 0) {
                shape.add(1);
                continue;
            }
            if (axis >= in.length) {
                throw new NetworkException(node.name() + " cuts more dimensions than there are");
            }
            boolean single = (node.number("shrink_axis_mask", 0) >> i & 1) != 0;
            begin[axis] = from(node, from[i], by[i], in[axis], !single && (node.number("begin_mask", 0) >> i & 1) != 0);
            steps[axis] = single ? 1 : by[i];
            sizes[axis] = single ? 1
                    : size(begin[axis], to[i], by[i], in[axis], (node.number("end_mask", 0) >> i & 1) != 0);
            if (single) {
                gone.add(axis);
            } else {
                shape.add(sizes[axis]);
            }
            axis++;
        }
        for (; axis < in.length; axis++) {
            shape.add(in[axis]);
        }
        return new Stride(begin, sizes, steps, gone, shape.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int from(Node node, int from, int by, int size, boolean open) {
        if (by == 0) {
            throw new Unsupported("StridedSlice with step 0");
        }
        if (open) {
            return by > 0 ? 0 : size - 1;
        }
        int counted = from < 0 ? from + size : from;
        if (counted < 0 || counted > size) {
            throw new NetworkException(node.name() + " begins at " + from + " of " + size);
        }
        return by < 0 ? Math.min(counted, size - 1) : counted;
    }

    private static int size(int from, int to, int by, int size, boolean open) {
        long end = open ? by > 0 ? size : -1 : to < 0 ? Math.max(to + (long) size, -1) : Math.min(to, size);
        long places = by > 0 ? end - from + by - 1L : from - end - by - 1L;
        return (int) Math.max(0, places / Math.abs(by));
    }
}
