package org.loupe.core.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Weights;
import org.loupe.core.structure.Blocks;

/**
 * Other weights between two units: {@code mixed3b:12 -> mixed4a:3 = 0} for the whole kernel,
 * {@code mixed3b:12 -> mixed4a:3@1,2 = 0.5} for one weight of it (row and column of the kernel, from 0),
 * {@code ... = -1 * itself}, or {@code ... = [1 0 1; 0 2 0; 1 0 1]}.
 *
 * @param from   the lower unit, or a channel of the picture such as {@code input:0}
 * @param to     the upper unit
 * @param cell   one weight of the kernel, or nothing for all
 * @param factor what the weights are multiplied by
 * @param values what is added: none, one for each cell, or one for all, row by row
 */
public record KernelChange(Unit from, Unit to, Optional<Unit.Position> cell, double factor, List<List<Double>> values) {

    private static final String NUMBER = "[-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d{1,3})?";
    private static final Pattern PLACE = Pattern.compile("\\s*(\\S+?:\\d+)\\s*->\\s*(\\S+?:\\d+)(?:@(\\d+)\\s*,\\s*(\\d+))?\\s*");
    private static final Pattern VALUE = Pattern.compile("\\s*(?:(" + NUMBER + ")\\s*\\*\\s*itself|(-?)itself|(" + NUMBER
            + ")|\\[([^\\]]*)\\])\\s*");

    public KernelChange {
        values = values.stream().map(List::copyOf).toList();
    }

    /** Whether a text is about weights, and not about a unit. */
    public static boolean speaksOf(String text) {
        return text.contains("->");
    }

    /**
     * The weights between two units, without saying what becomes of them: such as {@code mixed3b:12->mixed4a:3}.
     *
     * @return a change that changes nothing
     * @throws IllegalArgumentException with an example when the text is something else
     */
    public static KernelChange place(String text) {
        Matcher place = PLACE.matcher(text);
        if (!place.matches()) {
            throw wrong(text);
        }
        Optional<Unit.Position> cell = place.group(3) == null ? Optional.empty()
                : Optional.of(new Unit.Position(Integer.parseInt(place.group(3)), Integer.parseInt(place.group(4))));
        return new KernelChange(Unit.parse(place.group(1)), Unit.parse(place.group(2)), cell, 1, List.of());
    }

    /**
     * Reads a change as a person writes it.
     *
     * @throws IllegalArgumentException with an example when the text is something else
     */
    public static KernelChange parse(String text) {
        int equals = text.indexOf('=');
        Matcher value = VALUE.matcher(equals < 0 ? "" : text.substring(equals + 1));
        if (!value.matches()) {
            throw wrong(text);
        }
        KernelChange place = place(text.substring(0, equals));
        if (value.group(1) != null || value.group(2) != null) {
            return place.times(value.group(1) != null ? Double.parseDouble(value.group(1)) : value.group(2).isEmpty() ? 1 : -1);
        }
        List<List<Double>> values = value.group(3) != null ? List.of(List.of(Double.parseDouble(value.group(3))))
                : Arrays.stream(value.group(4).split(";")).map(row -> Arrays.stream(row.strip().split("\\s+"))
                        .map(Double::parseDouble).toList()).toList();
        return new KernelChange(place.from, place.to, place.cell, 0, values);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("“" + text + "” names no weights. Write such as \"mixed3b:12 -> mixed4a:3 = 0\" for a"
                + " kernel, \"mixed3b:12 -> mixed4a:3@1,2 = 0.5\" for the weight in its row 1 and column 2,"
                + " \"mixed3b:12 -> mixed4a:3 = -1 * itself\" or \"mixed3b:12 -> mixed4a:3 = [0 1 0; 1 2 1; 0 1 0]\".");
    }

    /** The same weights multiplied by a factor, and nothing else. */
    public KernelChange times(double other) {
        return new KernelChange(from, to, cell, other, List.of());
    }

    /** How a unit reads another: the kernel between them, and what becomes of a network when it is another one. */
    sealed interface Reading permits Site, Bottleneck {
        int rows();

        int columns();

        /** Row by row. */
        float[] kernel();

        /** The same of a lower unit so many channels further. */
        Reading of(int further);

        /** The operations of a network, with another kernel. */
        List<Operation> with(float[] kernel, Network network);

        /** How much of a change some other kernel of the unit takes over, at most: 0 where each kernel has weights of its own. */
        double spill();
    }

    /** The operation that has the weights, and which of them they are. */
    record Site(Operation operation, int output, int input) implements Reading {
        Weights weights() {
            return operation instanceof Convolution convolution ? convolution.weights() : ((Dense) operation).weights();
        }

        int area() {
            int[] shape = weights().shape();
            return shape.length == 4 ? shape[2] * shape[3] : 1;
        }

        int first() {
            return (output * weights().shape()[1] + input) * area();
        }

        @Override
        public Site of(int further) {
            return new Site(operation, output, input + further);
        }

        @Override
        public int columns() {
            return weights().shape().length == 4 ? weights().shape()[3] : 1;
        }

        @Override
        public int rows() {
            return area() / columns();
        }

        @Override
        public float[] kernel() {
            return Arrays.copyOfRange(weights().values(), first(), first() + area());
        }

        @Override
        public List<Operation> with(float[] kernel, Network network) {
            float[] all = weights().values().clone();
            System.arraycopy(kernel, 0, all, first(), kernel.length);
            return withAll(all, network);
        }

        @Override
        public double spill() {
            return 0;
        }

        /** The operations of a network, this one with other weights. */
        List<Operation> withAll(float[] weights, Network network) {
            Weights changed = new Weights(weights().shape(), weights);
            Operation other = operation instanceof Convolution at
                    ? new Convolution(at.name(), at.input(), changed, at.bias(), at.window(), at.groups())
                    : new Dense(operation.name(), operation.inputs().get(0), changed, ((Dense) operation).bias());
            return network.operations().stream().map(one -> one == operation ? other : one).toList();
        }
    }

    /**
     * The weights as they are in a network, row by row; behind a 1x1 bottleneck inside of a block, multiplied through.
     *
     * @param network with folded normalizations
     * @throws NetworkException when one of the units does not read the other through one kernel, nor behind one bottleneck
     */
    public List<List<Double>> weights(Network network) {
        Reading reading = reading(network);
        float[] kernel = reading.kernel();
        List<List<Double>> rows = new ArrayList<>();
        for (int row = 0; row < reading.rows(); row++) {
            List<Double> values = new ArrayList<>();
            for (int column = 0; column < reading.columns(); column++) {
                values.add((double) kernel[row * reading.columns() + column]);
            }
            rows.add(values);
        }
        return rows;
    }

    /**
     * The kernels by which a unit reads the channels of a layer, or of the picture, in their order.
     *
     * @param rows    of each kernel
     * @param columns of each kernel
     * @param values  (channel, cell), row by row; empty where the unit reads none of them through one kernel, nor behind one bottleneck
     */
    public record Kernels(int rows, int columns, List<float[]> values) {
    }

    /**
     * All kernels between a layer and a unit, as {@link #weights} tells each.
     *
     * @param network with folded normalizations
     * @param layer   or {@code input}
     * @param to      a whole channel
     */
    public static Kernels kernels(Network network, String layer, Unit to) {
        KernelChange first = place(new Unit(layer, 0) + " -> " + to);
        try {
            Reading reading = first.reading(network);
            int channels = first.isOfPicture(network) ? network.input().shape().channels()
                    : network.shape(network.layer(layer)).channels();
            return new Kernels(reading.rows(), reading.columns(),
                    IntStream.range(0, channels).mapToObj(channel -> reading.of(channel).kernel()).toList());
        } catch (NetworkException unread) {
            return new Kernels(0, 0, List.of());
        }
    }

    /**
     * How much of a change of this kernel some other kernel into the same unit takes over, at most, from 0: a kernel behind a 1x1
     * bottleneck has no weights of its own.
     *
     * @throws NetworkException when one of the units does not read the other through one kernel, nor behind one bottleneck
     */
    public double spill(Network network) {
        return reading(network).spill();
    }

    /**
     * The operations of a network, one of them with other weights.
     *
     * @param network with folded normalizations
     * @throws NetworkException         when one of the units does not read the other through one kernel, nor behind one bottleneck
     * @throws IllegalArgumentException when the values do not fit
     */
    List<Operation> apply(Network network) {
        Reading reading = reading(network);
        float[] weights = reading.kernel();
        int columns = reading.columns();
        int rows = reading.rows();
        if (cell.isPresent() && (cell.get().row() >= rows || cell.get().column() >= columns)) {
            throw new IllegalArgumentException("The kernel from " + from + " to " + to + " has " + rows + " rows and " + columns
                    + " columns, and no weight at " + cell.get().row() + "," + cell.get().column() + ".");
        }
        boolean single = values.size() == 1 && values.get(0).size() == 1;
        if (!values.isEmpty() && !single && (cell.isPresent() || values.size() != rows
                || values.stream().anyMatch(row -> row.size() != columns))) {
            throw new IllegalArgumentException("The kernel from " + from + " to " + to + " has " + rows + " rows of " + columns
                    + " weights; write as many, or one number for all.");
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (cell.isEmpty() || cell.get().row() == row && cell.get().column() == column) {
                    int at = row * columns + column;
                    double more = values.isEmpty() ? 0 : single ? values.get(0).get(0) : values.get(row).get(column);
                    weights[at] = (float) ((factor == 0 ? 0 : factor * weights[at]) + more);
                }
            }
        }
        return reading.with(weights, network);
    }

    /** The weights between the units, which are their own. */
    Site site(Network network) {
        Reader reader = reader(network);
        int input = directly(network, reader);
        if (input < 0) {
            throw unread(network);
        }
        return new Site(reader.operation, reader.output, input + from.channel());
    }

    /** The weights between the units, or the bottleneck between them. */
    private Reading reading(Network network) {
        Reader reader = reader(network);
        int input = directly(network, reader);
        if (input >= 0) {
            return new Site(reader.operation, reader.output, input + from.channel());
        }
        Convolution bottleneck = bottleneck(network, reader.operation);
        int behind = bottleneck == null ? -1 : input(network, bottleneck.input(), source(network));
        if (behind < 0) {
            throw unread(network);
        }
        return new Bottleneck(new Site(reader.operation, reader.output, 0), bottleneck, behind + from.channel());
    }

    private NetworkException unread(Network network) {
        return new NetworkException(to + " of " + network + " does not read " + from + " through one kernel. Name two units"
                + " with a connection between them, as the weights of " + to + " show them.");
    }

    /** The 1x1 convolution inside of a block that a convolution reads, or {@code null} where it reads something else. */
    private Convolution bottleneck(Network network, Operation above) {
        Operation below = above instanceof Convolution convolution && convolution.groups() == 1
                ? network.operation(convolution.input()).orElse(null) : null;
        while (below instanceof Relu || below instanceof Activation || below instanceof BatchNormalization) {
            below = isApart(network, below) ? null : network.operation(below.inputs().get(0)).orElse(null);
        }
        return below instanceof Convolution inner && !isApart(network, inner) && inner.groups() == 1
                && inner.weights().shape()[2] * inner.weights().shape()[3] == 1 && inner.window().rowStep() == 1
                && inner.window().columnStep() == 1 ? inner : null;
    }

    /** Whether an operation is a layer that is not in the block of the upper unit's layer. */
    private boolean isApart(Network network, Operation operation) {
        Optional<Layer> layer = network.layers().stream().filter(one -> one.output().equals(operation.name())).findFirst();
        if (layer.isEmpty()) {
            return false;
        }
        Blocks blocks = Blocks.of(network);
        Optional<String> own = blocks.block(layer.get());
        return own.isEmpty() || !own.equals(blocks.block(network.layer(to.layer())));
    }

    /** The operation that has the weights of the upper unit, and which of its outputs that is. */
    private record Reader(Operation operation, int output) {
    }

    private boolean isOfPicture(Network network) {
        return from.layer().equals(Network.INPUT) && network.layers().stream().noneMatch(one -> one.name().equals(from.layer()));
    }

    /** What has the lower unit as one of its channels. */
    private String source(Network network) {
        return isOfPicture(network) ? Network.INPUT : network.layer(from.layer()).output();
    }

    /** The first channel of the lower layer in what is read, or -1 where it is not read directly. */
    private int directly(Network network, Reader reader) {
        return reader.operation == null || reader.operation instanceof Convolution grouped && grouped.groups() > 1 ? -1
                : input(network, reader.operation.inputs().get(0), source(network));
    }

    private Reader reader(Network network) {
        network.require(to);
        Layer layer = network.layer(to.layer());
        if (!isOfPicture(network)) {
            network.require(from);
        }
        Operation operation = network.operation(layer.before()).orElse(null);
        int channel = to.channel();
        while (operation != null && !(operation instanceof Convolution || operation instanceof Dense)) {
            String below = null;
            if (operation instanceof Concatenation) {
                for (String part : operation.inputs()) {
                    int channels = channels(network, part);
                    if (below == null && channel < channels) {
                        below = part;
                    } else if (below == null) {
                        channel -= channels;
                    }
                }
            } else if (operation instanceof Selection selection) {
                channel = selection.channels().get(channel);
                below = selection.input();
            } else if (operation instanceof BatchNormalization || operation instanceof Relu) {
                below = operation.inputs().get(0);
            }
            operation = below == null ? null : network.operation(below).orElse(null);
        }
        return new Reader(operation, channel);
    }

    /** The first channel of a layer in what is read, or -1 where it is not read. */
    private static int input(Network network, String read, String source) {
        if (read.equals(source)) {
            return 0;
        }
        Operation operation = network.operation(read).orElse(null);
        if (operation instanceof MaxPool || operation instanceof AveragePool || operation instanceof GlobalAverage
                || operation instanceof Flatten && network.shapes(network.input().shape().rows(),
                        network.input().shape().columns()).get(operation.inputs().get(0)).area() == 1) {
            return input(network, operation.inputs().get(0), source);
        }
        int before = 0;
        for (String part : operation instanceof Concatenation ? operation.inputs() : List.<String>of()) {
            int found = input(network, part, source);
            if (found >= 0) {
                return before + found;
            }
            before += channels(network, part);
        }
        return -1;
    }

    private static int channels(Network network, String output) {
        return network.shapes(network.input().shape().rows(), network.input().shape().columns()).get(output).channels();
    }

    /** The spelling that {@link #parse} reads. */
    @Override
    public String toString() {
        String place = from + " -> " + to + cell.map(Unit.Position::toString).orElse("");
        if (values.isEmpty()) {
            return place + " = " + (factor == 0 ? "0" : factor == 1 ? "itself" : number(factor) + " * itself");
        }
        return place + " = " + (values.size() == 1 && values.get(0).size() == 1 ? number(values.get(0).get(0))
                : values.stream().map(row -> row.stream().map(KernelChange::number).collect(Collectors.joining(" ")))
                        .collect(Collectors.joining("; ", "[", "]")));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}
