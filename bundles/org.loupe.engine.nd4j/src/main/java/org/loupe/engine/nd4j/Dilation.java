package org.loupe.engine.nd4j;

import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** Does away with dilation, which ND4J's convolutions refuse where they run on oneDNN. */
final class Dilation {

    private Dilation() {
    }

    /** The same convolution with a kernel in which zeros stand between the taps. */
    static Convolution writtenOut(Convolution convolution) {
        Window window = convolution.window();
        if (window.rowDilation() == 1 && window.columnDilation() == 1) {
            return convolution;
        }
        Window written = new Window((window.rows() - 1) * window.rowDilation() + 1,
                (window.columns() - 1) * window.columnDilation() + 1, window.rowStep(), window.columnStep(),
                window.top(), window.left(), window.bottom(), window.right(), 1, 1);
        int[] shape = convolution.weights().shape();
        int planes = shape[0] * shape[1];
        float[] kernel = new float[planes * written.rows() * written.columns()];
        int read = 0;
        for (int row = 0; row < planes * window.rows(); row++) {
            int to = row / window.rows() * written.rows() + row % window.rows() * window.rowDilation();
            for (int column = 0; column < window.columns(); column++) {
                kernel[to * written.columns() + column * window.columnDilation()] =
                        convolution.weights().values()[read++];
            }
        }
        Weights weights = new Weights(new int[] {shape[0], shape[1], written.rows(), written.columns()}, kernel);
        return new Convolution(convolution.name(), convolution.input(), weights, convolution.bias(), written,
                convolution.groups());
    }
}
