package org.loupe.engine.onednn;

import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;

/** A transposed convolution in loops, for the few that oneDNN does not know: whose windows leave whole steps unreached. */
record TransposedLoops(TransposedConvolution operation, int images, Shape in, Shape out) implements Fallback {

    private interface Run {
        void at(int in, int out, int count, float weight);
    }

    /** Visits what one channel of the input and one of the output exchange: runs of values a column step apart. */
    private void visit(int image, int from, Run run) {
        Window window = operation.window();
        int made = out.channels() / operation.groups();
        int group = from / (in.channels() / operation.groups());
        int elements = window.rows() * window.columns();
        for (int i = 0; i < made * elements; i++) {
            int to = group * made + i / elements;
            int down = i % elements / window.columns() * window.rowDilation() - window.top();
            int across = i % window.columns() * window.columnDilation() - window.left();
            int first = Math.max(0, -Math.floorDiv(across, window.columnStep()));
            int last = Math.min(in.columns() - 1, Math.floorDiv(out.columns() - 1 - across, window.columnStep()));
            for (int row = 0; row < in.rows() && first <= last; row++) {
                int target = row * window.rowStep() + down;
                if (target >= 0 && target < out.rows()) {
                    run.at(((image * in.channels() + from) * in.rows() + row) * in.columns() + first,
                            ((image * out.channels() + to) * out.rows() + target) * out.columns()
                                    + first * window.columnStep() + across,
                            last - first + 1, operation.weights().values()[from * made * elements + i]);
                }
            }
        }
    }

    @Override
    public void forward(List<float[]> from, float[] to) {
        float[] values = from.get(0);
        int area = out.rows() * out.columns();
        int step = operation.window().columnStep();
        Parallel.run(images, out.size(), image -> {
            for (int channel = 0; channel < out.channels(); channel++) {
                int start = (image * out.channels() + channel) * area;
                Arrays.fill(to, start, start + area, operation.bias().values()[channel]);
            }
            for (int channel = 0; channel < in.channels(); channel++) {
                visit(image, channel, (read, write, count, weight) -> {
                    for (int i = 0; i < count; i++) {
                        to[write + i * step] += weight * values[read + i];
                    }
                });
            }
        });
    }

    @Override
    public void backward(List<float[]> from, float[] slope, List<float[]> slopes) {
        float[] into = slopes.get(0);
        Arrays.fill(into, 0);
        int step = operation.window().columnStep();
        Parallel.run(images * in.channels(), in.rows() * in.columns(), plane -> visit(plane / in.channels(),
                plane % in.channels(), (write, read, count, weight) -> {
                    for (int i = 0; i < count; i++) {
                        into[write + i] += weight * slope[read + i * step];
                    }
                }));
    }
}
