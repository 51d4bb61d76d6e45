package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Shape;

/** Two inputs, value by value; a side of one channel, row or column counts for all. */
record ReferencePairing(Sign sign, Shape left, Shape right, Shape out) implements ReferenceStep {

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] values = new double[Math.toIntExact(out.size())];
        for (int i = 0; i < values.length; i++) {
            double one = inputs.get(0)[index(left, i)];
            double other = inputs.get(1)[index(right, i)];
            values[i] = switch (sign) {
                case PLUS -> one + other;
                case MINUS -> one - other;
                case TIMES -> one * other;
                case OVER -> one / other;
                case MAXIMUM -> Math.max(one, other);
                case MINIMUM -> Math.min(one, other);
            };
        }
        return values;
    }

    @Override
    public void backward(List<double[]> inputs, double[] values, double[] slope, List<double[]> slopes) {
        for (int i = 0; i < slope.length; i++) {
            double one = inputs.get(0)[index(left, i)];
            double other = inputs.get(1)[index(right, i)];
            slopes.get(0)[index(left, i)] += slope[i] * switch (sign) {
                case PLUS, MINUS -> 1;
                case TIMES -> other;
                case OVER -> 1 / other;
                case MAXIMUM -> one >= other ? 1 : 0;
                case MINIMUM -> one <= other ? 1 : 0;
            };
            slopes.get(1)[index(right, i)] += slope[i] * switch (sign) {
                case PLUS -> 1;
                case MINUS -> -1;
                case TIMES -> one;
                case OVER -> -one / (other * other);
                case MAXIMUM -> one >= other ? 0 : 1;
                case MINIMUM -> one <= other ? 0 : 1;
            };
        }
    }

    /** Where the partner of the output's value lies in one side. */
    private int index(Shape side, int index) {
        int channel = index / out.area();
        int row = index / out.columns() % out.rows();
        int column = index % out.columns();
        return ((side.channels() == 1 ? 0 : channel) * side.rows() + (side.rows() == 1 ? 0 : row)) * side.columns()
                + (side.columns() == 1 ? 0 : column);
    }
}
