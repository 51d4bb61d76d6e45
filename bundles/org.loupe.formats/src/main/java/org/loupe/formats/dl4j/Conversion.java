package org.loupe.formats.dl4j;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Window;
import org.loupe.formats.arrays.Unsupported;
import org.loupe.formats.graph.Assembly;

/** Turns the vertices of a DL4J network, in their order, into operations. */
final class Conversion {

    /** Layers whose activation function counts; that of a batch normalization or of a dropout does not. */
    private static final Set<String> ACTIVE = Set.of("ConvolutionLayer", "Convolution2D", "Deconvolution2D",
            "DepthwiseConvolution2D", "SeparableConvolution2D", "DenseLayer", "OutputLayer", "CenterLossOutputLayer",
            "ActivationLayer", "LossLayer", "CnnLossLayer");

    private final Assembly assembly;
    private final Parameters parameters;
    private final Map<String, String> outputs = new HashMap<>();
    private final Set<String> lists = new HashSet<>();
    private final Map<String, OptionalLong> sizes = new HashMap<>();
    private boolean adrift;

    /** @param flat whether DL4J sees the input as a list of numbers, not as a picture */
    Conversion(Configuration configuration, boolean flat, Assembly assembly, Parameters parameters) {
        this.assembly = assembly;
        this.parameters = parameters;
        outputs.put(configuration.input(), Network.INPUT);
        if (flat) {
            lists.add(configuration.input());
        }
        configuration.vertices().forEach(vertex -> sizes.put(vertex.name(), Layers.parameters(vertex)));
        long known = sizes.values().stream().mapToLong(size -> size.orElse(0)).reduce(0, Math::addExact);
        List<String> unknown = sizes.keySet().stream().filter(name -> sizes.get(name).isEmpty()).toList();
        if (known > parameters.left()) {
            throw new NetworkException("Its layers want " + known + " weights, but there are " + parameters.left());
        }
        if (unknown.size() == 1) {
            sizes.put(unknown.get(0), OptionalLong.of(parameters.left() - known));
        }
    }

    /** Name of the operation that makes what a vertex makes. */
    String output(String vertex) {
        return outputs.getOrDefault(vertex, vertex);
    }

    /** Adds the operations of a vertex, or notes why it has none. */
    void add(Vertex vertex) throws IOException {
        OptionalLong size = sizes.get(vertex.name());
        List<String> reads = vertex.inputs().stream().map(this::output).toList();
        long before = parameters.left();
        try {
            if (reads.stream().anyMatch(read -> !assembly.has(read))) {
                assembly.lost(reads, List.of(missing(vertex)));
            } else if (adrift && vertex.weighty()) {
                throw new Unsupported(vertex.kind() + " whose weights stand behind those of unknown layers");
            } else {
                chain(vertex, reads);
            }
        } catch (Unsupported cause) {
            assembly.unsupported(cause.getMessage(), vertex.name(), reads, List.of(missing(vertex)));
        }
        adrift |= size.isEmpty();
        if (!adrift && size.isPresent()) {
            parameters.skip(size.getAsLong() - (before - parameters.left()));
        }
    }

    /** Checks, after the last vertex, that all weights found their layer. */
    void finish() {
        if (!adrift && parameters.left() > 0) {
            throw new NetworkException(parameters.left() + " of its weights belong to no layer");
        }
    }

    private String missing(Vertex vertex) {
        String name = unique(vertex.name());
        outputs.put(vertex.name(), name);
        return name;
    }

    private void chain(Vertex vertex, List<String> reads) throws IOException {
        boolean list = vertex.preprocessor().isEmpty() ? vertex.inputs().stream().allMatch(lists::contains)
                : vertex.preprocessor("CnnToFeedForwardPreProcessor").isPresent();
        List<Stage> stages = new ArrayList<>(preprocessing(vertex, reads.get(0)));
        stages.addAll(body(vertex, reads));
        if (ACTIVE.contains(vertex.kind())) {
            stages.addAll(activation(vertex, list || makesList(vertex)));
        }
        String last = reads.get(0);
        for (int i = 0; i < stages.size(); i++) {
            String name = i == stages.size() - 1 ? unique(vertex.name()) : unique(vertex.name() + " " + (i + 1));
            Operation operation = stages.get(i).at(name, last, assembly.shape(last));
            assembly.add(operation, path(vertex, operation, i == stages.size() - 1));
            last = name;
        }
        outputs.put(vertex.name(), last);
        if (list || makesList(vertex)) {
            lists.add(vertex.name());
        }
    }

    /** The vertex's name for what makes its output; the rest say what they are. */
    private static String path(Vertex vertex, Operation operation, boolean last) {
        if (last) {
            return vertex.name();
        }
        boolean logits = operation instanceof Dense
                && vertex.settings().part("activationFn").kind().equals("ActivationSoftmax");
        return vertex.name() + "." + (logits ? "logits" : operation.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }

    private String unique(String name) {
        String unique = name.isBlank() ? "layer" : name;
        while (assembly.has(unique) || assembly.isMissing(unique)) {
            unique += "_";
        }
        return unique;
    }

    private static boolean makesList(Vertex vertex) {
        return switch (vertex.kind()) {
            case "DenseLayer", "OutputLayer", "CenterLossOutputLayer" -> true;
            case "GlobalPoolingLayer" -> vertex.settings().flag("collapseDimensions", true);
            default -> false;
        };
    }

    private List<Stage> preprocessing(Vertex vertex, String read) {
        if (vertex.preprocessor().isEmpty()) {
            return List.of();
        }
        Settings preprocessor = vertex.preprocessor().get();
        if (preprocessor.kind().equals("CnnToFeedForwardPreProcessor")) {
            return flattening(preprocessor);
        }
        if (preprocessor.kind().equals("FeedForwardToCnnPreProcessor") && (read.equals(Network.INPUT)
                || assembly.shape(read).equals(InputSize.shape(preprocessor)))) {
            return List.of();
        }
        throw new Unsupported(preprocessor.kind() + " inside the network");
    }

    /** DL4J keeps the order in which it has the values: (row, column, channel) where channels go last. */
    private static List<Stage> flattening(Settings preprocessor) {
        Stage flat = (name, input, shape) -> new Flatten(name, input);
        if (!preprocessor.has("format") || !preprocessor.text("format").equals("NHWC")) {
            return List.of(flat);
        }
        int channels = Math.max(1, preprocessor.count("numChannels"));
        return List.of(flat, (name, input, shape) -> {
            int area = shape.channels() / channels;
            return new Selection(name, input, IntStream.range(0, shape.channels())
                    .mapToObj(i -> i % channels * area + i / channels).toList());
        });
    }

    /** What computes a vertex before its activation function. */
    private List<Stage> body(Vertex vertex, List<String> reads) throws IOException {
        Settings settings = vertex.settings();
        return switch (vertex.kind()) {
            case "ConvolutionLayer", "Convolution2D", "Deconvolution2D", "DepthwiseConvolution2D",
                    "SeparableConvolution2D", "DenseLayer", "OutputLayer", "CenterLossOutputLayer", "BatchNormalization" ->
                Layers.read(vertex, parameters);
            case "ActivationLayer", "LossLayer", "CnnLossLayer", "DropoutLayer", "PreprocessorVertex" -> List.of();
            case "SubsamplingLayer" -> Layers.pool(settings);
            case "GlobalPoolingLayer" -> globalPool(settings);
            case "LocalResponseNormalization" -> List.of(response(settings));
            case "ZeroPaddingLayer" -> {
                int[] margins = settings.counts("padding", 4);
                yield List.of((name, input, shape) -> new Padding(name, input, margins[0], margins[2], margins[1],
                        margins[3], Fill.CONSTANT, 0));
            }
            case "Cropping2D" -> {
                int[] margins = settings.counts("cropping", 4);
                yield List.of((name, input, shape) -> new Crop(name, input, margins[0], margins[2], margins[1],
                        margins[3], 1, 1));
            }
            case "Upsampling2D" -> {
                int[] size = settings.counts("size", 2);
                yield List.of((name, input, shape) -> new Resize(name, input, size[0], size[1], Interpolation.FLOOR,
                        Alignment.ORIGIN));
            }
            case "MergeVertex" -> List.of((name, input, shape) -> new Concatenation(name, reads));
            case "ElementWiseVertex" -> elementWise(settings, reads);
            case "ScaleVertex" -> List.of(Activations.scale(settings.number("scaleFactor"), 0));
            case "ShiftVertex" -> List.of(Activations.scale(1, settings.number("shiftFactor")));
            case "SubsetVertex" -> subset(settings);
            case "PoolHelperVertex" -> List.of((name, input, shape) -> new Crop(name, input, 1, 1, 0, 0, 1, 1));
            default -> throw new Unsupported(vertex.kind());
        };
    }

    private static List<Stage> activation(Vertex vertex, boolean list) {
        try {
            return Activations.of(vertex.settings().part("activationFn"), list || vertex.channelsLast() || vertex.kind().equals("CnnLossLayer"));
        } catch (Unsupported cause) {
            throw new Unsupported(vertex.kind() + " with " + cause.getMessage());
        }
    }

    private static List<Stage> globalPool(Settings layer) {
        Stage mean = (name, input, shape) -> new GlobalAverage(name, input);
        return switch (layer.text("poolingType")) {
            case "AVG" -> List.of(mean);
            case "MAX" -> List.of((name, input, shape) -> new MaxPool(name, input,
                    new Window(shape.rows(), shape.columns(), 1, 1, 0, 0, 0, 0, 1, 1)));
            default -> throw new Unsupported("GlobalPoolingLayer of type " + layer.text("poolingType"));
        };
    }

    /** DL4J counts half the window at either side, and does not divide alpha by its size. */
    private static Stage response(Settings layer) {
        int size = 2 * (int) (layer.number("n") / 2) + 1;
        double alpha = layer.number("alpha") * size;
        return (name, input, shape) -> new LocalResponseNormalization(name, input, size, (float) alpha,
                (float) layer.number("beta"), (float) layer.number("k"));
    }

    private static List<Stage> elementWise(Settings settings, List<String> reads) {
        String operation = settings.text("op");
        Stage sum = (name, input, shape) -> new Addition(name, reads);
        return switch (operation) {
            case "Add" -> List.of(sum);
            case "Average" -> List.of(sum, Activations.scale(1.0 / reads.size(), 0));
            case "Product" -> paired(Sign.TIMES, reads);
            case "Max" -> paired(Sign.MAXIMUM, reads);
            case "Subtract" -> paired(Sign.MINUS, reads);
            default -> throw new Unsupported("ElementWiseVertex of type " + operation);
        };
    }

    private static List<Stage> paired(Sign sign, List<String> reads) {
        if (reads.size() == 1) {
            return List.of((name, input, shape) -> new Addition(name, reads));
        }
        return reads.stream().skip(1)
                .map(right -> (Stage) (name, input, shape) -> new Arithmetic(name, input, sign, right)).toList();
    }

    private static List<Stage> subset(Settings settings) {
        int from = settings.count("from");
        int to = settings.count("to");
        if (from > to) {
            throw new NetworkException("A subset cannot have the channels " + from + " to " + to);
        }
        return List.of((name, input, shape) -> new Selection(name, input,
                IntStream.rangeClosed(from, Math.min(to, shape.channels())).boxed().toList()));
    }
}
