package org.loupe.engine.onednn;

import java.util.List;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Shape;

/** Two arrays, value by value, where a side of size 1 counts for all of the other. */
record Pairing(Sign sign, Shape left, Shape right, Shape out, int images) implements Fallback {

    private interface Pair {
        void at(int out, int left, int right);
    }

    /** Visits one image's values, the output's in their order. */
    private void visit(int image, Pair pair) {
        int at = image * size(out);
        for (int channel = 0; channel < out.channels(); channel++) {
            for (int row = 0; row < out.rows(); row++) {
                int one = start(left, image, channel, row);
                int other = start(right, image, channel, row);
                int step = left.columns() == 1 ? 0 : 1;
                int otherStep = right.columns() == 1 ? 0 : 1;
                for (int column = 0; column < out.columns(); column++) {
                    pair.at(at++, one + column * step, other + column * otherStep);
                }
            }
        }
    }

    /** Where a row begins, in an array in which there may be only one channel or row. */
    private static int start(Shape shape, int image, int channel, int row) {
        return ((image * shape.channels() + (shape.channels() == 1 ? 0 : channel)) * shape.rows()
                + (shape.rows() == 1 ? 0 : row)) * shape.columns();
    }

    private static int size(Shape shape) {
        return Math.toIntExact(shape.size());
    }

    @Override
    public void forward(List<float[]> in, float[] to) {
        float[] one = in.get(0);
        float[] other = in.get(1);
        Parallel.run(images, out.size(), image -> visit(image, (o, l, r) -> to[o] = paired(one[l], other[r])));
    }

    private float paired(float one, float other) {
        return switch (sign) {
            case PLUS -> one + other;
            case MINUS -> one - other;
            case TIMES -> one * other;
            case OVER -> one / other;
            case MAXIMUM -> Math.max(one, other);
            case MINIMUM -> Math.min(one, other);
        };
    }

    /** Sums over what a side counted for are taken with 64 bits. */
    @Override
    public void backward(List<float[]> in, float[] slope, List<float[]> slopes) {
        float[] one = in.get(0);
        float[] other = in.get(1);
        Parallel.run(images, out.size(), image -> {
            double[] leftSums = new double[size(left)];
            double[] rightSums = new double[size(right)];
            int leftStart = image * size(left);
            int rightStart = image * size(right);
            visit(image, (o, l, r) -> {
                leftSums[l - leftStart] += slope[o] * leftSlope(one[l], other[r]);
                rightSums[r - rightStart] += slope[o] * rightSlope(one[l], other[r]);
            });
            round(leftSums, slopes.get(0), leftStart);
            round(rightSums, slopes.get(1), rightStart);
        });
    }

    private double leftSlope(double one, double other) {
        return switch (sign) {
            case PLUS, MINUS -> 1;
            case TIMES -> other;
            case OVER -> 1 / other;
            case MAXIMUM -> one >= other ? 1 : 0;
            case MINIMUM -> one <= other ? 1 : 0;
        };
    }

    private double rightSlope(double one, double other) {
        return switch (sign) {
            case PLUS -> 1;
            case MINUS -> -1;
            case TIMES -> one;
            case OVER -> -one / (other * other);
            case MAXIMUM -> one >= other ? 0 : 1;
            case MINIMUM -> one <= other ? 0 : 1;
        };
    }

    private static void round(double[] sums, float[] into, int start) {
        for (int i = 0; i < sums.length; i++) {
            into[start + i] = (float) sums[i];
        }
    }
}
