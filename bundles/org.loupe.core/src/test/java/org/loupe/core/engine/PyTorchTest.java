package org.loupe.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Shapes;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/**
 * What the functions of {@code torch.nn.functional} in PyTorch 2.13 made of the same numbers, with 64 bits: the output,
 * and the gradients with respect to the inputs.
 */
class PyTorchTest {

    /**
     * {@code conv_transpose2d(x, w, b, stride=(2, 1), padding=(1, 0), output_padding=(1, 0), groups=2,
     * dilation=(1, 2))}.
     */
    @Test
    void transposedConvolution() {
        check(new TransposedConvolution("y", "x", weights(4, 1, 3, 2), weights(2),
                new Window(3, 2, 2, 1, 1, 0, 1, 0, 1, 2), 2, 1, 0), List.of(new Shape(4, 2, 2)), new double[] {
                    -0.625, -1.125, -0.125, -1, -1.6875, -0.9375, -1.875, -0.5625, -0.25, -0.75, -0.5, -1.375, -1.625,
                    0.1875, -0.125, -0.4375, 1.125, 0.0625, -0.375, 1.25, 1.625, 0.125, 1.375, 0.5, 0.375, 1.375,
                    -0.5625, -0.3125, 1.125, 0.625, 0.625, 1.125},
                new double[] {
                    0.375, -1.375, 0.375, 0.75, -0.125, 0.375, 0.375, -0.625, 0.375, -0.125, 0.625, 0.125, -1.375,
                    0.375, -0.75, 1.25});
    }

    /** {@code local_response_norm(x, 3, alpha=0.5, beta=0.75, k=2)}. */
    @Test
    void localResponseNormalization() {
        check(new LocalResponseNormalization("y", "x", 3, 0.5f, 0.75f, 2), List.of(new Shape(5, 1, 2)), new double[] {
                    -0.668835371, 0.267534148, -0.266629807, 0.649108895, 0.137517741, -0.394623877, 0.52791808, 0,
                    -0.529684679, 0.43089122},
                new double[] {
                    -0.426260638, 0.226404227, -0.223106743, 0.364078612, -0.0106420132, -0.443935122, 0.292555339,
                    -0.27797706, 0.50108838, 0});
    }

    /** {@code layer_norm(x.permute(0, 2, 3, 1), (4,), w, b, 0.25).permute(0, 3, 1, 2)}. */
    @Test
    void layerNormalizationOverTheChannels() {
        check(new LayerNormalization("y", "x", weights(4), weights(4), 0.25f), List.of(new Shape(4, 1, 3)),
                new double[] {
                    0.390958244, -1.24099025, -1.24099025, 0.86623351, 0.609108945, 0.609108945, 0, 0, 0, -0.640859042,
                    -0.172673165, -0.172673165},
                new double[] {
                    0.12878541, -0.545544726, 0.732588632, 0.296921918, 0, -0.737784296, -0.193178115, -0.109108945,
                    0.19223957, -0.232529213, 0.654653671, -0.187043906});
    }

    /** {@code avg_pool2d(x, (3, 2), stride=2, padding=1, count_include_pad=True)}. */
    @Test
    void averagePoolingThatCountsPadding() {
        check(new AveragePool("y", "x", new Window(3, 2, 2, 2, 1, 1, 1, 1, 1, 1), true), List.of(new Shape(1, 4, 5)),
                new double[] {
                    -0.333333333, 0.166666667, 0.208333333, -0.125, 0.0833333333, -0.0833333333},
                new double[] {
                    -0.166666667, 0.0833333333, 0.0833333333, -0.0833333333, -0.0833333333, 0, 0.0833333333,
                    0.0833333333, -0.25, -0.25, 0.166666667, 0, 0, -0.166666667, -0.166666667, 0.166666667, 0, 0,
                    -0.166666667, -0.166666667});
    }

    /** {@code avg_pool2d(x, (3, 2), stride=2, padding=1, count_include_pad=False)}. */
    @Test
    void averagePoolingThatDoesNotCountPadding() {
        check(new AveragePool("y", "x", new Window(3, 2, 2, 2, 1, 1, 1, 1, 1, 1)), List.of(new Shape(1, 4, 5)),
                new double[] {
                    -1, 0.25, 0.3125, -0.25, 0.0833333333, -0.0833333333},
                new double[] {
                    -0.5, 0.125, 0.125, -0.125, -0.125, -0.166666667, 0.125, 0.125, -0.291666667, -0.291666667,
                    0.333333333, 0, 0, -0.166666667, -0.166666667, 0.333333333, 0, 0, -0.166666667, -0.166666667});
    }

    /** {@code pad(x, (2, 1, 1, 2), mode='reflect')}. */
    @Test
    void paddingByReflection() {
        check(new Padding("y", "x", 1, 2, 2, 1, Fill.REFLECTION, 0), List.of(new Shape(1, 3, 3)), new double[] {
                    -0.75, 0.25, 1.25, 0.25, -0.75, 0.25, -0.5, 0.5, -1.25, 0.5, -0.5, 0.5, -0.75, 0.25, 1.25, 0.25,
                    -0.75, 0.25, -1, 0, 1, 0, -1, 0, -0.75, 0.25, 1.25, 0.25, -0.75, 0.25, -0.5, 0.5, -1.25, 0.5, -0.5,
                    0.5},
                new double[] {
                    0.5, 0.5, -1.5, 0, -1.5, 0, -1, 1.5, 0.5});
    }

    /** {@code pad(x, (2, 1, 1, 2), mode='replicate')}. */
    @Test
    void paddingByTheEdge() {
        check(new Padding("y", "x", 1, 2, 2, 1, Fill.EDGE, 0), List.of(new Shape(1, 2, 2)), new double[] {
                    -1.25, -1.25, -1.25, 0.5, 0.5, -1.25, -1.25, -1.25, 0.5, 0.5, -0.5, -0.5, -0.5, 1.25, 1.25, -0.5,
                    -0.5, -0.5, 1.25, 1.25, -0.5, -0.5, -0.5, 1.25, 1.25},
                new double[] {
                    -2, 2, -3, 3});
    }

    /** {@code pad(x, (0, 1, 1, 0), value=0.5)}. */
    @Test
    void paddingByANumber() {
        check(new Padding("y", "x", 1, 0, 0, 1, Fill.CONSTANT, 0.5f), List.of(new Shape(2, 2, 2)), new double[] {
                    0.5, 0.5, 0.5, -1.25, 0.5, 0.5, -0.5, 1.25, 0.5, 0.5, 0.5, 0.5, 0.25, -0.75, 0.5, 1, 0, 0.5},
                new double[] {
                    1, 0, 0.5, -0.5, -0.5, 1, -1, 0.5});
    }

    /** {@code interpolate(x, scale_factor=(1.5, 2.5), mode='bilinear', align_corners=False)}. */
    @Test
    void linearResizingByHalfPixels() {
        check(new Resize("y", "x", 1.5, 2.5, Interpolation.LINEAR, Alignment.HALF_PIXEL), List.of(new Shape(1, 3, 2)),
                new double[] {
                    -1.25, -1.075, -0.375, 0.325, 0.5, -0.875, -0.7, -3.46944695e-17, 0.7, 0.875, -0.375, -0.245833333,
                    0.270833333, 0.7875, 0.916666667, 0.125, 0.0708333333, -0.145833333, -0.3625, -0.416666667},
                new double[] {
                    -1.05, 1.05, -1.05, 1.05, -0.7, 0.7});
    }

    /** {@code interpolate(x, scale_factor=(2, 1.5), mode='bilinear', align_corners=True)}. */
    @Test
    void linearResizingByCorners() {
        check(new Resize("y", "x", 2, 1.5, Interpolation.LINEAR, Alignment.CORNERS), List.of(new Shape(1, 3, 3)),
                new double[] {
                    -1.25, -0.0833333333, 0.166666667, -0.5, -0.25, 0.183333333, 0.0666666667, -0.6, 0.75, 0.45,
                    -0.0333333333, -0.7, 1.2, 0.533333333, -0.133333333, -0.8, 1.1, 0.433333333, -0.233333333, -0.9, 1,
                    0.333333333, -0.333333333, -1},
                new double[] {
                    -0.833333333, -0.333333333, 0.666666667, 0.666666667, -1.66533454e-16, -0.666666667, -0.666666667,
                    0.333333333, 0.833333333});
    }

    /** {@code interpolate(x, scale_factor=(0.4, 0.7), mode='bilinear', align_corners=False)}. */
    @Test
    void linearResizingToLess() {
        check(new Resize("y", "x", 0.4, 0.7, Interpolation.LINEAR, Alignment.HALF_PIXEL), List.of(new Shape(1, 5, 4)),
                new double[] {
                    -0.191964286, 0.245535714, 0.120535714, 0.558035714},
                new double[] {
                    -0.196428571, -0.00892857143, 0.0803571429, 0, -0.589285714, -0.0267857143, 0.241071429, 0, 0, 0, 0,
                    0, -0.294642857, 0.1875, 0.482142857, 0, -0.0982142857, 0.0625, 0.160714286, 0});
    }

    /** {@code interpolate(x, scale_factor=(2, 1.5), mode='nearest')}. */
    @Test
    void resizingByPositionsRoundedDown() {
        check(new Resize("y", "x", 2, 1.5, Interpolation.FLOOR, Alignment.ORIGIN), List.of(new Shape(1, 2, 4)),
                new double[] {
                    -1.25, -1.25, 0.5, -0.5, -0.5, 1.25, -1.25, -1.25, 0.5, -0.5, -0.5, 1.25, 0.25, 0.25, -0.75, 1, 1,
                    0, 0.25, 0.25, -0.75, 1, 1, 0},
                new double[] {
                    -0.5, 0.5, 0, -0.5, 1.5, -1, -0.5, 0.5});
    }

    /** {@code interpolate(x, scale_factor=(3, 2), mode='nearest-exact')}. */
    @Test
    void resizingToTheNearest() {
        check(new Resize("y", "x", 3, 2, Interpolation.NEAREST, Alignment.HALF_PIXEL), List.of(new Shape(1, 2, 4)),
                new double[] {
                    -1.25, -1.25, 0.5, 0.5, -0.5, -0.5, 1.25, 1.25, -1.25, -1.25, 0.5, 0.5, -0.5, -0.5, 1.25, 1.25,
                    -1.25, -1.25, 0.5, 0.5, -0.5, -0.5, 1.25, 1.25, 0.25, 0.25, -0.75, -0.75, 1, 1, 0, 0, 0.25, 0.25,
                    -0.75, -0.75, 1, 1, 0, 0, 0.25, 0.25, -0.75, -0.75, 1, 1, 0, 0},
                new double[] {
                    0.5, 1, -1, -0.5, -1, -0.5, 0, 0.5});
    }

    /** {@code x * y}. */
    @Test
    void productWithAChannelWeight() {
        check(new Arithmetic("y", "x", Sign.TIMES, "z"), List.of(new Shape(2, 2, 2), new Shape(2, 1, 1)),
                new double[] {
                    1.5625, -0.625, 0.625, -1.5625, 0.125, -0.375, 0.5, 0},
                new double[] {
                    1.25, -0.625, 0.625, -1.25, 0, -0.5, 0.25, -0.25},
                new double[] {
                    3, 1.25});
    }

    /** {@code x / y}. */
    @Test
    void quotientWithARow() {
        check(new Arithmetic("y", "x", Sign.OVER, "z"), List.of(new Shape(1, 2, 3), new Shape(1, 1, 3)),
                new double[] {
                    1, 1, 1, -1, 0.5, 1.5},
                new double[] {
                    0.8, 1, 1, -0.8, 0, 2},
                new double[] {
                    -1.6, -1, -4});
    }

    /** {@code x - y}. */
    @Test
    void differenceOfAColumnAndAMap() {
        check(new Arithmetic("y", "x", Sign.MINUS, "z"), List.of(new Shape(1, 2, 1), new Shape(2, 2, 2)),
                new double[] {
                    0, -1.75, 1, -0.75, -1.5, -0.5, -0.5, 0.5},
                new double[] {
                    -1.5, 0.5},
                new double[] {
                    1, -0.5, 0.5, -1, 0, 1, -0.5, 0.5});
    }

    private static void check(Operation operation, List<Shape> shapes, double[] output, double[]... gradients) {
        List<double[]> inputs = shapes.stream().map(shape -> numbers(shape, 7, 11, 5, 4)).toList();
        List<double[]> slopes = shapes.stream().map(shape -> new double[(int) shape.size()]).toList();
        Shape out = Shapes.of(operation, shapes);
        ReferenceStep step = ReferenceStep.of(operation, shapes, out);
        double[] found = step.forward(inputs);
        assertArrayEquals(output, found, 1e-8);
        step.backward(inputs, found, numbers(out, 3, 5, 2, 2), slopes);
        for (int i = 0; i < gradients.length; i++) {
            assertArrayEquals(gradients[i], slopes.get(i), 1e-8);
        }
    }

    private static double[] numbers(Shape shape, int factor, int modulus, int shift, double divisor) {
        double[] numbers = new double[(int) shape.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i * factor % modulus - shift) / divisor;
        }
        return numbers;
    }

    private static Weights weights(int... sizes) {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (i * 5 % 7 - 3) / 4f;
        }
        return new Weights(sizes, values);
    }
}
