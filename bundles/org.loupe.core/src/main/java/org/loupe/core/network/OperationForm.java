package org.loupe.core.network;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.Largest;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Operation.TransposedConvolution;

/**
 * How one kind of operation stands in a network file, behind its kind, its name and what it reads.
 *
 * @param kind   what the file calls it
 * @param type   of the operation
 * @param fits   whether an operation of that type is of this kind
 * @param writer of all but the name and what is read
 * @param reader of the same
 */
record OperationForm<T extends Operation>(String kind, Class<T> type, Predicate<T> fits, Writer<T> writer,
        Reader<T> reader) {

    private interface Writer<T> {
        void write(T operation, NetworkOutput out) throws IOException;
    }

    private interface Reader<T> {
        T read(String name, List<String> inputs, NetworkInput in) throws IOException;
    }

    private static final List<OperationForm<?>> ALL = List.of(
            form(Convolution.class, (operation, out) -> {
                out.weights(operation.weights(), operation.bias());
                out.window(operation.window());
                out.integer(operation.groups());
            }, (name, inputs, in) -> new Convolution(name, inputs.get(0), in.weights(), in.weights(), in.window(),
                    in.integer())),
            form(TransposedConvolution.class, (operation, out) -> {
                out.weights(operation.weights(), operation.bias());
                out.window(operation.window());
                out.integer(operation.groups());
                out.integer(operation.moreRows());
                out.integer(operation.moreColumns());
            }, (name, inputs, in) -> new TransposedConvolution(name, inputs.get(0), in.weights(), in.weights(),
                    in.window(), in.integer(), in.integer(), in.integer())),
            form(Dense.class, (operation, out) -> out.weights(operation.weights(), operation.bias()),
                    (name, inputs, in) -> new Dense(name, inputs.get(0), in.weights(), in.weights())),
            form(BatchNormalization.class, (operation, out) -> {
                out.weights(operation.scale(), operation.shift(), operation.mean(), operation.variance());
                out.decimal(operation.epsilon());
            }, (name, inputs, in) -> new BatchNormalization(name, inputs.get(0), in.weights(), in.weights(),
                    in.weights(), in.weights(), in.decimal())),
            form(LayerNormalization.class, (operation, out) -> {
                out.weights(operation.scale(), operation.shift());
                out.decimal(operation.epsilon());
            }, (name, inputs, in) -> new LayerNormalization(name, inputs.get(0), in.weights(), in.weights(),
                    in.decimal())),
            form(LocalResponseNormalization.class, (operation, out) -> {
                out.integer(operation.size());
                out.decimal(operation.alpha());
                out.decimal(operation.beta());
                out.decimal(operation.bias());
            }, (name, inputs, in) -> new LocalResponseNormalization(name, inputs.get(0), in.integer(), in.decimal(),
                    in.decimal(), in.decimal())),
            form(MaxPool.class, (operation, out) -> out.window(operation.window()),
                    (name, inputs, in) -> new MaxPool(name, inputs.get(0), in.window())),
            new OperationForm<>("AveragePool", AveragePool.class, pool -> !pool.countsPadding(),
                    (operation, out) -> out.window(operation.window()),
                    (name, inputs, in) -> new AveragePool(name, inputs.get(0), in.window(), false)),
            new OperationForm<>("PaddedAveragePool", AveragePool.class, AveragePool::countsPadding,
                    (operation, out) -> out.window(operation.window()),
                    (name, inputs, in) -> new AveragePool(name, inputs.get(0), in.window(), true)),
            bare(GlobalAverage.class, (name, inputs, in) -> new GlobalAverage(name, inputs.get(0))),
            bare(Relu.class, (name, inputs, in) -> new Relu(name, inputs.get(0))),
            form(Activation.class, (operation, out) -> NonlinearityForm.write(operation.function(), out),
                    (name, inputs, in) -> new Activation(name, inputs.get(0), NonlinearityForm.read(in))),
            bare(Softmax.class, (name, inputs, in) -> new Softmax(name, inputs.get(0))),
            bare(Concatenation.class, (name, inputs, in) -> new Concatenation(name, inputs)),
            bare(Addition.class, (name, inputs, in) -> new Addition(name, inputs)),
            form(Arithmetic.class, (operation, out) -> out.text(operation.sign().name()),
                    (name, inputs, in) -> new Arithmetic(name, inputs.get(0), in.word(Sign.class), inputs.get(1))),
            form(Largest.class, (operation, out) -> out.integer(operation.count()),
                    (name, inputs, in) -> new Largest(name, inputs.get(0), in.integer())),
            form(Selection.class, (operation, out) -> out.integers(operation.channels()),
                    (name, inputs, in) -> new Selection(name, inputs.get(0), in.list(in::integer))),
            form(Padding.class, (operation, out) -> {
                out.integer(operation.top());
                out.integer(operation.left());
                out.integer(operation.bottom());
                out.integer(operation.right());
                out.text(operation.fill().name());
                out.decimal(operation.value());
            }, (name, inputs, in) -> new Padding(name, inputs.get(0), in.integer(), in.integer(), in.integer(),
                    in.integer(), in.word(Fill.class), in.decimal())),
            form(Crop.class, (operation, out) -> {
                out.integer(operation.top());
                out.integer(operation.left());
                out.integer(operation.bottom());
                out.integer(operation.right());
                out.integer(operation.rowStep());
                out.integer(operation.columnStep());
            }, (name, inputs, in) -> new Crop(name, inputs.get(0), in.integer(), in.integer(), in.integer(),
                    in.integer(), in.integer(), in.integer())),
            form(Resize.class, (operation, out) -> {
                out.precise(operation.rowScale());
                out.precise(operation.columnScale());
                out.text(operation.interpolation().name());
                out.text(operation.alignment().name());
            }, (name, inputs, in) -> new Resize(name, inputs.get(0), in.precise(), in.precise(),
                    in.word(Interpolation.class), in.word(Alignment.class))),
            bare(Flatten.class, (name, inputs, in) -> new Flatten(name, inputs.get(0))));

    private static <T extends Operation> OperationForm<T> form(Class<T> type, Writer<T> writer, Reader<T> reader) {
        return new OperationForm<>(type.getSimpleName(), type, operation -> true, writer, reader);
    }

    private static <T extends Operation> OperationForm<T> bare(Class<T> type, Reader<T> reader) {
        return form(type, (operation, out) -> { }, reader);
    }

    static void write(Operation operation, NetworkOutput out) throws IOException {
        OperationForm<?> form = ALL.stream().filter(one -> one.isOf(operation)).findFirst()
                .orElseThrow(() -> new AssertionError("No network file can hold " + operation));
        form.writeAs(operation, out);
    }

    private boolean isOf(Operation operation) {
        return type.isInstance(operation) && fits.test(type.cast(operation));
    }

    private void writeAs(Operation operation, NetworkOutput out) throws IOException {
        out.text(kind);
        out.text(operation.name());
        out.texts(operation.inputs());
        writer.write(type.cast(operation), out);
    }

    static Operation read(NetworkInput in) throws IOException {
        String kind = in.text();
        String name = in.text();
        List<String> inputs = in.list(in::text);
        OperationForm<?> form = ALL.stream().filter(one -> one.kind.equals(kind)).findFirst()
                .orElseThrow(() -> new NetworkException("it has an operation of the unknown kind " + kind));
        if (inputs.isEmpty() || form.type == Arithmetic.class && inputs.size() != 2) {
            throw new NetworkException("The operation " + name + " cannot read " + inputs);
        }
        Operation operation = form.reader.read(name, inputs, in);
        if (!operation.inputs().equals(inputs)) {
            throw new NetworkException("The operation " + name + " cannot read " + inputs);
        }
        return operation;
    }
}
