package org.loupe.formats.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;

/**
 * The shape of what a network sees. DL4J does not write it down; what it writes are the channels that the first layer
 * reads, and the size of the map that the first dense layer reads, from which sizes of pictures follow.
 *
 * @param flat   whether DL4J sees the picture as a list of numbers
 * @param remark for a person, or an empty text
 */
record InputSize(Shape shape, Certainty certainty, boolean flat, String remark) {

    private static final int[] USUAL = {224, 299, 227, 256, 32, 28, 64, 96, 128, 160, 192, 331, 512, 48, 100, 50};
    private static final int OTHERWISE = 224;
    private static final long LARGEST = 1 << 14;

    /** Sizes that an input may have along one dimension. */
    private record Range(long least, long most) {

        boolean holds(long size) {
            return least <= size && size <= most;
        }

        Range map(long factor, long addendOfLeast, long addendOfMost) {
            return new Range(Math.max(1, least * factor + addendOfLeast), most * factor + addendOfMost);
        }
    }

    /** The shape that a preprocessor makes lists of, or makes of lists. */
    static Shape shape(Settings preprocessor) {
        return new Shape(preprocessor.count("numChannels"), preprocessor.count("inputHeight"),
                preprocessor.count("inputWidth"));
    }

    /** @throws NetworkException when the network does not read pictures */
    static InputSize of(Configuration configuration, InputChoice choice) {
        Vertex first = firstOfForm(configuration);
        Optional<Settings> stated = first.preprocessor()
                .filter(found -> found.kind().equals("FeedForwardToCnnPreProcessor")
                        || found.kind().equals("CnnToFeedForwardPreProcessor")
                                && first.inputs().contains(configuration.input()));
        if (stated.isPresent()) {
            boolean flat = stated.get().kind().startsWith("FeedForward");
            Shape shape = shape(stated.get());
            return new InputSize(choice.rows() == 0 ? shape : new Shape(shape.channels(), choice.rows(), choice.columns()),
                    Certainty.STATED, flat, "");
        }
        int read = first.settings().count("nin");
        if (first.kind().equals("DenseLayer") || first.kind().equals("OutputLayer")) {
            return ofList(read, choice);
        }
        if (read < 1 || read > 4) {
            throw new NetworkException("It reads " + read + " channels; Loupe shows it pictures of one to four");
        }
        if (choice.rows() > 0) {
            return new InputSize(new Shape(read, choice.rows(), choice.columns()), Certainty.STATED, false, "");
        }
        return guessed(configuration, read);
    }

    private static InputSize ofList(int length, InputChoice choice) {
        for (int channels : new int[] {1, 3}) {
            int side = (int) Math.round(Math.sqrt(length / (double) channels));
            int rows = choice.rows() > 0 ? choice.rows() : side;
            int columns = choice.rows() > 0 ? choice.columns() : side;
            if ((long) rows * columns * channels == length) {
                return new InputSize(new Shape(channels, rows, columns),
                        choice.rows() > 0 ? Certainty.STATED : Certainty.GUESSED, true,
                        "The network reads a list of " + length + " numbers; they are taken as " + channels + " channels of "
                                + rows + " rows and " + columns + " columns, in that order.");
            }
        }
        throw new NetworkException("It reads a list of " + length + " numbers, which is no picture of one or three channels"
                + (choice.rows() > 0 ? " and " + choice.rows() + "x" + choice.columns() + " pixels"
                        : " that is square; say its size"));
    }

    /** The first vertex that says what form its input has. */
    private static Vertex firstOfForm(Configuration configuration) {
        return configuration.vertices().stream()
                .filter(vertex -> vertex.preprocessor().isPresent()
                        || vertex.settings().has("nin") && vertex.settings().count("nin") > 0)
                .findFirst().orElseThrow(() -> new NetworkException("No layer says what it reads"));
    }

    private static InputSize guessed(Configuration configuration, int channels) {
        for (Vertex vertex : configuration.vertices()) {
            Optional<Settings> flattening = vertex.preprocessor("CnnToFeedForwardPreProcessor");
            if (flattening.isPresent()) {
                Shape map = shape(flattening.get());
                Optional<Range> rows = atInput(configuration, vertex, map.rows(), 0);
                Optional<Range> columns = atInput(configuration, vertex, map.columns(), 1);
                if (rows.isPresent() && columns.isPresent()) {
                    return fitting(channels, rows.get(), columns.get(), vertex.name());
                }
            }
        }
        return new InputSize(new Shape(channels, OTHERWISE, OTHERWISE), Certainty.UNKNOWN, false,
                "The file does not say how large pictures are; " + OTHERWISE + " rows and columns are taken.");
    }

    private static InputSize fitting(int channels, Range rows, Range columns, String layer) {
        if (rows.least() > rows.most() || columns.least() > columns.most() || rows.most() > LARGEST
                || columns.most() > LARGEST) {
            throw new NetworkException("No picture has a size that fits to " + layer);
        }
        if (rows.least() == rows.most() && columns.least() == columns.most()) {
            Shape only = new Shape(channels, (int) rows.least(), (int) columns.least());
            return new InputSize(only, Certainty.STATED, false, "");
        }
        String remark = "The file does not say how large pictures are. What " + layer + " reads fits to "
                + rows.least() + " to " + rows.most() + " rows and " + columns.least() + " to " + columns.most()
                + " columns.";
        for (int size : USUAL) {
            if (rows.holds(size) && columns.holds(size)) {
                return new InputSize(new Shape(channels, size, size), Certainty.GUESSED, false, remark);
            }
        }
        Shape largest = new Shape(channels, (int) rows.most(), (int) columns.most());
        return new InputSize(largest, Certainty.GUESSED, false, remark);
    }

    /** The sizes along one axis that the network's input may have where a vertex reads a map of the given size. */
    private static Optional<Range> atInput(Configuration configuration, Vertex from, int size, int axis) {
        Map<String, Vertex> byName = new HashMap<>();
        configuration.vertices().forEach(vertex -> byName.put(vertex.name(), vertex));
        List<Vertex> path = new ArrayList<>();
        for (Vertex at = byName.get(from.inputs().get(0)); at != null; at = byName.get(at.inputs().get(0))) {
            path.add(at);
        }
        Optional<Range> range = Optional.of(new Range(size, size));
        for (Vertex vertex : path) {
            range = range.flatMap(found -> before(vertex, found, axis));
        }
        return range;
    }

    private static Optional<Range> before(Vertex vertex, Range after, int axis) {
        Settings settings = vertex.settings();
        return switch (vertex.kind()) {
            case "ConvolutionLayer", "Convolution2D", "DepthwiseConvolution2D", "SeparableConvolution2D",
                    "SubsamplingLayer" -> Optional.of(beforeWindow(settings, after, axis));
            case "ZeroPaddingLayer" -> Optional.of(after.map(1, -both(settings, "padding", axis),
                    -both(settings, "padding", axis)));
            case "Cropping2D" -> Optional.of(after.map(1, both(settings, "cropping", axis),
                    both(settings, "cropping", axis)));
            case "PoolHelperVertex" -> Optional.of(after.map(1, 1, 1));
            case "BatchNormalization", "LocalResponseNormalization", "ActivationLayer", "DropoutLayer", "MergeVertex",
                    "ElementWiseVertex", "ScaleVertex", "ShiftVertex", "SubsetVertex" -> Optional.of(after);
            default -> Optional.empty();
        };
    }

    private static Range beforeWindow(Settings layer, Range after, int axis) {
        Window window = Layers.bare(layer);
        int step = axis == 0 ? window.rowStep() : window.columnStep();
        if (Layers.isSame(layer)) {
            return after.map(step, 1 - step, 0);
        }
        int extent = axis == 0 ? (window.rows() - 1) * window.rowDilation() + 1
                : (window.columns() - 1) * window.columnDilation() + 1;
        int least = extent - step - 2 * layer.counts("padding", 2)[axis];
        return after.map(step, least, least + step - 1);
    }

    private static int both(Settings settings, String name, int axis) {
        int[] margins = settings.counts(name, 4);
        return Math.addExact(margins[2 * axis], margins[2 * axis + 1]);
    }
}
