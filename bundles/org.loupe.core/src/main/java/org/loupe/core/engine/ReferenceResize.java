package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Shape;

/** Means of the four values around each of the output's positions. */
record ReferenceResize(Shape in, Resampling rows, Resampling columns) implements ReferenceStep {

    private interface Share {
        void of(int to, int from, double share);
    }

    private void visit(Share share) {
        int to = 0;
        for (int channel = 0; channel < in.channels(); channel++) {
            for (int row = 0; row < rows.size(); row++) {
                int above = (channel * in.rows() + rows.lower(row)) * in.columns();
                int below = (channel * in.rows() + rows.upper(row)) * in.columns();
                double down = rows.share(row);
                for (int column = 0; column < columns.size(); column++) {
                    double right = columns.share(column);
                    share.of(to, above + columns.lower(column), (1 - down) * (1 - right));
                    share.of(to, above + columns.upper(column), (1 - down) * right);
                    share.of(to, below + columns.lower(column), down * (1 - right));
                    share.of(to, below + columns.upper(column), down * right);
                    to++;
                }
            }
        }
    }

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] out = new double[in.channels() * rows.size() * columns.size()];
        visit((to, from, share) -> out[to] += share * inputs.get(0)[from]);
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        visit((to, from, share) -> slopes.get(0)[from] += share * slope[to]);
    }
}
