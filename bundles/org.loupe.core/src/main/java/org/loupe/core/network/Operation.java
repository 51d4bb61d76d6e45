package org.loupe.core.network;

import java.util.List;
import java.util.stream.Stream;

/**
 * One step of a network: named, reading the outputs of other steps, writing one array for each image.
 *
 * <p>The family is closed, so that an engine's {@code switch} over it is known to be complete. The name of an
 * operation is also the name of its output; {@link Network#INPUT} is the name of the network's input.
 */
public sealed interface Operation {

    /** Name of this operation and of its output, unique in the network. */
    String name();

    /** Names of the outputs that are read, in order. */
    List<String> inputs();

    /**
     * The same operation on other inputs.
     *
     * @param inputs as many as it reads now
     */
    Operation reading(List<String> inputs);

    /**
     * Convolution (correlation, as in all of the field) with bias.
     *
     * @param weights (output channel, input channel / groups, row, column)
     * @param bias    one number for each output channel
     * @param groups  into how many groups the channels fall; 1 for an ordinary convolution
     */
    record Convolution(String name, String input, Weights weights, Weights bias, Window window, int groups)
            implements Operation {
        public Convolution {
            int[] shape = weights.shape();
            if (shape.length != 4 || shape[2] != window.rows() || shape[3] != window.columns()
                    || bias.shape().length != 1 || bias.shape()[0] != shape[0]
                    || groups < 1 || shape[0] % groups != 0) {
                throw new NetworkException("The convolution " + name + " has " + weights + ", " + bias
                        + ", window " + window + " and " + groups + " groups, which do not fit together");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Convolution(name, inputs.get(0), weights, bias, window, groups);
        }
    }

    /**
     * Batch normalization with fixed statistics:
     * {@code (x - mean) / sqrt(variance + epsilon) * scale + shift}, for each channel (Ioffe and Szegedy 2015).
     * Any other scale and shift of channels is one, too: with mean 0, variance 1 and epsilon 0.
     */
    record BatchNormalization(String name, String input, Weights scale, Weights shift, Weights mean,
            Weights variance, float epsilon) implements Operation {
        public BatchNormalization {
            int channels = scale.values().length;
            if (shift.values().length != channels || mean.values().length != channels
                    || variance.values().length != channels || !(epsilon >= 0)) {
                throw new NetworkException("The batch normalization " + name + " has statistics of different lengths");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new BatchNormalization(name, inputs.get(0), scale, shift, mean, variance, epsilon);
        }
    }

    /** {@code max(x, 0)}. */
    record Relu(String name, String input) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Relu(name, inputs.get(0));
        }
    }

    /** The largest value in a window; padding never wins. The first of equal values, in row order, gets the gradient. */
    record MaxPool(String name, String input, Window window) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new MaxPool(name, inputs.get(0), window);
        }
    }

    /**
     * The mean over a window.
     *
     * @param countsPadding whether padding counts as zeros; otherwise the mean is that of the values inside the input
     */
    record AveragePool(String name, String input, Window window, boolean countsPadding) implements Operation {
        /** The mean of the values that lie inside the input. */
        public AveragePool(String name, String input, Window window) {
            this(name, input, window, false);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new AveragePool(name, inputs.get(0), window, countsPadding);
        }
    }

    /** The mean of each channel over all positions; the output is one row and one column. */
    record GlobalAverage(String name, String input) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new GlobalAverage(name, inputs.get(0));
        }
    }

    /** The channels of several inputs of the same height and width, one after the other. */
    record Concatenation(String name, List<String> inputs) implements Operation {
        public Concatenation {
            inputs = List.copyOf(inputs);
            if (inputs.isEmpty()) {
                throw new NetworkException("The concatenation " + name + " has nothing to put together");
            }
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Concatenation(name, inputs);
        }
    }

    /** The sum of several inputs of the same shape. */
    record Addition(String name, List<String> inputs) implements Operation {
        public Addition {
            inputs = List.copyOf(inputs);
            if (inputs.isEmpty()) {
                throw new NetworkException("The addition " + name + " has nothing to add");
            }
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Addition(name, inputs);
        }
    }

    /**
     * A matrix times the input's values in the order (channel, row, column), plus bias; the output has one row
     * and one column.
     *
     * @param weights (output, input)
     */
    record Dense(String name, String input, Weights weights, Weights bias) implements Operation {
        public Dense {
            if (weights.shape().length != 2 || bias.shape().length != 1
                    || bias.shape()[0] != weights.shape()[0]) {
                throw new NetworkException("The dense operation " + name + " has " + weights + " and " + bias
                        + ", which do not fit together");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Dense(name, inputs.get(0), weights, bias);
        }
    }

    /** Probabilities over the channels, at each position. */
    record Softmax(String name, String input) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Softmax(name, inputs.get(0));
        }
    }

    /** A nonlinearity other than {@link Relu}, applied to each value. */
    record Activation(String name, String input, Nonlinearity function) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Activation(name, inputs.get(0), function);
        }
    }

    /** What {@link Arithmetic} does with two values. */
    enum Sign {
        /** The sum. */
        PLUS,
        /** The left one less the right one. */
        MINUS,
        /** The product. */
        TIMES,
        /** The left one divided by the right one. */
        OVER,
        /** The larger one; the left one gets the gradient where they are equal. */
        MAXIMUM,
        /** The smaller one; the left one gets the gradient where they are equal. */
        MINIMUM
    }

    /**
     * Two inputs, value by value. A side with one channel, one row or one column counts for all channels, rows or
     * columns of the other: so a squeeze-and-excitation block weighs its channels.
     */
    record Arithmetic(String name, String left, Sign sign, String right) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Arithmetic(name, inputs.get(0), sign, inputs.get(1));
        }
    }

    /**
     * The gradient of a {@link Convolution} with respect to its input, used as an operation of its own
     * (“deconvolution”), with bias. An output has
     * {@code (rows - 1) * rowStep - top - bottom + (window rows - 1) * rowDilation + 1 + moreRows} rows.
     *
     * @param weights     (input channel, output channel / groups, row, column)
     * @param bias        one number for each output channel
     * @param window      of the convolution whose gradient this is
     * @param groups      into how many groups the channels fall
     * @param moreRows    rows at the bottom that only the bias, or part of the window, reaches; less than the step
     * @param moreColumns columns at the right that only the bias, or part of the window, reaches; less than the step
     */
    record TransposedConvolution(String name, String input, Weights weights, Weights bias, Window window, int groups,
            int moreRows, int moreColumns) implements Operation {
        public TransposedConvolution {
            int[] shape = weights.shape();
            if (shape.length != 4 || shape[2] != window.rows() || shape[3] != window.columns() || groups < 1
                    || shape[0] % groups != 0 || bias.shape().length != 1
                    || bias.shape()[0] != (long) shape[1] * groups || moreRows < 0 || moreColumns < 0
                    || moreRows >= Math.max(window.rowStep(), window.rowDilation())
                    || moreColumns >= Math.max(window.columnStep(), window.columnDilation())) {
                throw new NetworkException("The transposed convolution " + name + " has " + weights + ", " + bias
                        + ", window " + window + ", " + groups + " groups and " + moreRows + "x" + moreColumns
                        + " more, which do not fit together");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new TransposedConvolution(name, inputs.get(0), weights, bias, window, groups, moreRows, moreColumns);
        }
    }

    /**
     * Each value divided by {@code (bias + alpha / size * sum)^beta}, where the sum is that of the squares over
     * {@code size} neighbouring channels: {@code (size - 1) / 2} below, rounded down, the channel itself, and the
     * rest above (Krizhevsky et al. 2012; alpha as in ONNX and PyTorch, where TensorFlow leaves the division out).
     *
     * @param size number of channels, at least 1
     */
    record LocalResponseNormalization(String name, String input, int size, float alpha, float beta, float bias)
            implements Operation {
        public LocalResponseNormalization {
            if (size < 1 || !Float.isFinite(alpha) || !Float.isFinite(beta) || !Float.isFinite(bias)) {
                throw new NetworkException("The local response normalization " + name + " cannot have size " + size
                        + ", alpha " + alpha + ", beta " + beta + " and bias " + bias);
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new LocalResponseNormalization(name, inputs.get(0), size, alpha, beta, bias);
        }
    }

    /**
     * At each position, the channels less their mean, divided by the square root of their variance plus epsilon,
     * times scale plus shift (Ba et al. 2016, over the channels as in ConvNeXt).
     */
    record LayerNormalization(String name, String input, Weights scale, Weights shift, float epsilon)
            implements Operation {
        public LayerNormalization {
            if (shift.values().length != scale.values().length || !(epsilon >= 0)) {
                throw new NetworkException("The layer normalization " + name + " has a scale and a shift of different"
                        + " lengths, or epsilon " + epsilon);
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new LayerNormalization(name, inputs.get(0), scale, shift, epsilon);
        }
    }

    /**
     * At each position, the largest channels as they are and 0 in all others (Makhzani and Frey 2013); of equal ones the
     * lower channel stays. Gradients go to those that stay.
     *
     * @param count how many channels stay, at least 1; all where there are no more
     */
    record Largest(String name, String input, int count) implements Operation {
        public Largest {
            if (count < 1) {
                throw new NetworkException("The operation " + name + " cannot keep the " + count + " largest channels");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Largest(name, inputs.get(0), count);
        }
    }

    /** Some channels of the input, in a new order; one may be there several times. */
    record Selection(String name, String input, List<Integer> channels) implements Operation {
        public Selection {
            channels = List.copyOf(channels);
            if (channels.isEmpty() || channels.stream().anyMatch(channel -> channel < 0)) {
                throw new NetworkException("The selection " + name + " cannot have the channels " + channels);
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Selection(name, inputs.get(0), channels);
        }
    }

    /** What {@link Padding} puts around an input. */
    enum Fill {
        /** A number. */
        CONSTANT,
        /** What lies inside, mirrored at the outermost values, which are not repeated. */
        REFLECTION,
        /** The outermost value, again and again. */
        EDGE
    }

    /** More rows and columns around the input; {@code value} is what a {@link Fill#CONSTANT constant} fill is. */
    record Padding(String name, String input, int top, int left, int bottom, int right, Fill fill, float value)
            implements Operation {
        public Padding {
            Margins.check("padding", name, top, left, bottom, right);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Padding(name, inputs.get(0), top, left, bottom, right, fill, value);
        }
    }

    /**
     * Fewer rows and columns: the margins are cut away, and of the rest each {@code rowStep}-th row and
     * {@code columnStep}-th column is kept, beginning with the first.
     */
    record Crop(String name, String input, int top, int left, int bottom, int right, int rowStep, int columnStep)
            implements Operation {
        public Crop {
            Margins.check("crop", name, top, left, bottom, right);
            if (rowStep < 1 || columnStep < 1) {
                throw new NetworkException("The crop " + name + " cannot have the steps " + rowStep + " and " + columnStep);
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Crop(name, inputs.get(0), top, left, bottom, right, rowStep, columnStep);
        }
    }

    /** How {@link Resize} finds a value between those that there are. */
    enum Interpolation {
        /** The nearest one; of two equally near ones that with the lower index. */
        NEAREST,
        /** The one at the position rounded down. */
        FLOOR,
        /** A mean of the two (or four) around, weighed by nearness; outside, the outermost. */
        LINEAR
    }

    /** Where in the input the output's position {@code i} of {@code n} lies, for an input of {@code m} and a scale. */
    enum Alignment {
        /** At {@code (i + 0.5) / scale - 0.5}: the edges of the pictures meet. */
        HALF_PIXEL,
        /** At {@code i / scale}. */
        ORIGIN,
        /** At {@code i * (m - 1) / (n - 1)}: the centres of the corner values meet. */
        CORNERS
    }

    /**
     * The same picture with other numbers of rows and columns: {@code floor(rows * rowScale)} and
     * {@code floor(columns * columnScale)}, computed with 64 bits after adding 1e-6. Positions that miss a whole or a half
     * by less than 1e-6 count as such.
     */
    record Resize(String name, String input, double rowScale, double columnScale, Interpolation interpolation,
            Alignment alignment) implements Operation {
        public Resize {
            if (!(rowScale > 0 && rowScale <= 1 << 10 && columnScale > 0 && columnScale <= 1 << 10)) {
                throw new NetworkException("The resizing " + name + " cannot have the scales " + rowScale + " and "
                        + columnScale);
            }
        }

        /** The size that a scale makes of a size, at least 1. */
        public static int scaled(int size, double scale) {
            return (int) Math.max(1, Math.floor(size * scale + 1e-6));
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Resize(name, inputs.get(0), rowScale, columnScale, interpolation, alignment);
        }
    }

    /** All values in the order (channel, row, column) as channels of one row and one column. */
    record Flatten(String name, String input) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Flatten(name, inputs.get(0));
        }
    }

    /**
     * Stands where an edit changes an output while a pass goes on. It belongs to the pass, which knows the edit; no
     * network holds one.
     *
     * @param reads further outputs from which the edit is computed
     */
    record Edited(String name, String input, List<String> reads) implements Operation {
        public Edited {
            reads = List.copyOf(reads);
        }

        @Override
        public List<String> inputs() {
            return Stream.concat(Stream.of(input), reads.stream()).toList();
        }

        @Override
        public Operation reading(List<String> inputs) {
            return new Edited(name, inputs.get(0), inputs.subList(1, inputs.size()));
        }
    }
}
