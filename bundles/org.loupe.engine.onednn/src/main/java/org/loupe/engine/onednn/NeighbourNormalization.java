package org.loupe.engine.onednn;

import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Shape;

/** Local response normalization in loops over whole planes, which the virtual machine turns into wide instructions. */
final class NeighbourNormalization implements Fallback {

    private final LocalResponseNormalization operation;
    private final int images;
    private final int channels;
    private final int area;
    private final float[] sums;

    NeighbourNormalization(LocalResponseNormalization operation, int images, Shape shape) {
        this.operation = operation;
        this.images = images;
        this.channels = shape.channels();
        this.area = shape.rows() * shape.columns();
        this.sums = new float[images * channels * area];
    }

    private int below() {
        return (operation.size() - 1) / 2;
    }

    private int above() {
        return operation.size() - 1 - below();
    }

    private float factor() {
        return operation.alpha() / operation.size();
    }

    /** For each image: sums of the neighbours' squares, then the values by a power of them. */
    @Override
    public void forward(List<float[]> in, float[] out) {
        float[] values = in.get(0);
        Parallel.stretches(out.length, (from, to) -> square(values, out, from, to));
        Parallel.run(images * channels, area, plane -> {
            int start = plane * area;
            Arrays.fill(sums, start, start + area, 0);
            neighbours(plane, below(), above(), neighbour -> add(out, neighbour * area, sums, start, area));
            finish(sums, start, area, factor(), operation.bias());
        });
        Parallel.stretches(out.length, (from, to) -> {
            power(sums, out, from, to);
            multiply(values, out, from, to);
        });
    }

    @Override
    public void backward(List<float[]> in, float[] slope, List<float[]> slopes) {
        float[] values = in.get(0);
        float[] into = slopes.get(0);
        float[] powers = new float[slope.length];
        float[] shares = new float[slope.length];
        Parallel.stretches(slope.length, (from, to) -> {
            power(sums, powers, from, to);
            share(values, slope, powers, shares, from, to);
        });
        float twice = -2 * factor() * operation.beta();
        Parallel.run(images * channels, area, plane -> {
            int start = plane * area;
            Arrays.fill(into, start, start + area, 0);
            neighbours(plane, above(), below(), neighbour -> add(shares, neighbour * area, into, start, area));
            for (int i = start; i < start + area; i++) {
                into[i] = into[i] * twice * values[i] + slope[i] * powers[i];
            }
        });
    }

    private interface Neighbour {
        void at(int plane);
    }

    private void neighbours(int plane, int before, int behind, Neighbour neighbour) {
        int channel = plane % channels;
        int first = plane - Math.min(before, channel);
        int last = plane + Math.min(behind, channels - 1 - channel);
        for (int other = first; other <= last; other++) {
            neighbour.at(other);
        }
    }

    private static void square(float[] values, float[] squares, int from, int to) {
        for (int i = from; i < to; i++) {
            squares[i] = values[i] * values[i];
        }
    }

    private static void add(float[] from, int start, float[] to, int at, int count) {
        for (int i = 0; i < count; i++) {
            to[at + i] += from[start + i];
        }
    }

    private static void finish(float[] sums, int start, int count, float factor, float bias) {
        for (int i = start; i < start + count; i++) {
            sums[i] = sums[i] * factor + bias;
        }
    }

    private static void multiply(float[] values, float[] to, int from, int end) {
        for (int i = from; i < end; i++) {
            to[i] *= values[i];
        }
    }

    private void share(float[] values, float[] slope, float[] powers, float[] shares, int from, int to) {
        for (int i = from; i < to; i++) {
            shares[i] = slope[i] * values[i] * powers[i] / sums[i];
        }
    }

    /** The sums to the power of minus beta; roots, which processors know, for the betas that published networks have. */
    private void power(float[] bases, float[] powers, int from, int to) {
        if (operation.beta() == 0.75f) {
            for (int i = from; i < to; i++) {
                float root = (float) Math.sqrt(bases[i]);
                powers[i] = 1 / (root * (float) Math.sqrt(root));
            }
        } else if (operation.beta() == 0.5f) {
            for (int i = from; i < to; i++) {
                powers[i] = 1 / (float) Math.sqrt(bases[i]);
            }
        } else {
            for (int i = from; i < to; i++) {
                powers[i] = (float) Math.pow(bases[i], -operation.beta());
            }
        }
    }
}
