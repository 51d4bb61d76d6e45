package org.loupe.engine.onednn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.loupe.core.engine.Pass;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Edited;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;

/** Turns operations into kernels, and puts them together forward and backward. */
final class PlanBuilder {

    private final Pass pass;
    private final Construction construction;
    private final Arrangement arrangement;
    private final Outputs outputs;
    private final Map<String, Fetch> fetches = new HashMap<>();
    private final Map<String, memory> seeds = new HashMap<>();
    private final Deque<Kernel> kernels = new ArrayDeque<>();
    private final List<String> inJava = new ArrayList<>();
    private final List<EditKernel> edits = new ArrayList<>();
    private int threads = Threads.ALL;
    private PlainGradient input;

    PlanBuilder(Pass pass, Construction construction) {
        this.pass = pass;
        this.construction = construction;
        this.arrangement = new Arrangement(pass, construction.block(), construction.gradient());
        this.outputs = new Outputs(pass, construction, arrangement, this::push);
    }

    /** Adds all calls. */
    void build() {
        try {
            calls();
        } finally {
            construction.on(Threads.ALL);
        }
        construction.scratch();
    }

    private void calls() {
        for (Operation operation : pass.operations()) {
            if (!arrangement.folded(operation)) {
                threads = construction.on(multiplications(operation), bytes(operation));
                push(kernel(operation));
            }
            if (isFetchedBeside(operation)) {
                fetches.put(operation.name(), beside(operation.name()));
            }
        }
        for (String source : pass.sources().values()) {
            fetches.computeIfAbsent(source, this::afterwards);
        }
        if (construction.gradient()) {
            fetches.keySet().forEach(source -> seeds.put(source, seed(source)));
            kernels.forEach(Kernel::backward);
            if (input == null) {
                construction.on(0, 2 * bytes(Network.INPUT));
                input = PlainGradient.of(construction, outputs.array(Network.INPUT));
            }
        }
    }

    /** Adds a kernel whose way back runs on as many threads as its way forward. */
    private void push(Kernel kernel) {
        int same = threads;
        kernels.push(() -> {
            construction.on(same);
            kernel.backward();
        });
    }

    private double multiplications(Operation operation) {
        Convolution convolution = arrangement.convolution(operation.name());
        Shape made = outputs.shape(operation.name());
        return convolution == null ? 0
                : (double) convolution.weights().values().length * made.rows() * made.columns() * construction.images();
    }

    private double bytes(Operation operation) {
        return bytes(operation.name()) + operation.inputs().stream().mapToDouble(this::bytes).sum();
    }

    private double bytes(String output) {
        Shape shape = outputs.shape(output);
        return (double) construction.images() * shape.channels() * shape.rows() * shape.columns() * Float.BYTES;
    }

    /** What the network sees goes here, in the plain layout. */
    memory pictures() {
        return outputs.pictures();
    }

    /** What brings what taps read to Java's memory, by output name. */
    Map<String, Fetch> fetches() {
        return fetches;
    }

    /** Where gradients with respect to what taps read go, by output name. */
    Map<String, memory> seeds() {
        return seeds;
    }

    /** The gradient with respect to what the network sees; null where only the way forward was asked for. */
    PlainGradient input() {
        return input;
    }

    Map<String, Slots> slots() {
        return outputs.slots();
    }

    /** The operations that run in plain Java, such as {@code up (Resize)}. */
    List<String> inJava() {
        return inJava;
    }

    /** The places of edits, in the order in which they run. */
    List<EditKernel> edits() {
        return edits;
    }

    private Kernel kernel(Operation operation) {
        String name = operation.name();
        if (arrangement.convolution(name) != null) {
            return convolution(arrangement.convolution(name), arrangement.function(name));
        }
        if (operation instanceof Concatenation concatenation) {
            return new ConcatenationKernel(construction, name, concatenation.inputs().stream().map(
                    part -> new ConcatenationKernel.Input(outputs.array(part), arrangement.inPlace(concatenation, part)))
                    .toList(), arrangement.masks(concatenation), outputs.target(name));
        }
        if (operation instanceof Addition) {
            return new AdditionKernel(construction, name, outputs.agreeing(operation.inputs()), outputs.target(name));
        }
        if (arrangement.view(name) != null || operation instanceof Selection selection
                && Simplification.reorders(selection, outputs.shape(selection.input()).channels())) {
            return () -> { };
        }
        if (operation instanceof Arithmetic arithmetic) {
            return arithmetic(arithmetic);
        }
        if (operation instanceof Edited edited) {
            EditKernel edit = new EditKernel(construction, name, outputs.array(edited.input()),
                    edited.reads().stream().map(outputs::array).toList(), outputs.target(name));
            edits.add(edit);
            return edit;
        }
        Optional<Eltwise> function = Eltwise.of(operation);
        if (function.isPresent()) {
            String read = operation.inputs().get(0);
            return new ActivationKernel(construction, name, function.get(), arrangement.help(name),
                    arrangement.exclusive(read), outputs.array(read), outputs.target(name));
        }
        return pooling(operation).or(() -> normalization(operation)).orElseGet(() -> fallback(operation));
    }

    private Optional<Kernel> pooling(Operation operation) {
        Array from = outputs.array(operation.inputs().get(0));
        if (operation instanceof MaxPool pool) {
            return Optional.of(new PoolKernel(construction, pool.name(), algorithm.pooling_max, pool.window(), from,
                    outputs.target(pool.name())));
        }
        if (operation instanceof AveragePool pool) {
            algorithm kind = pool.countsPadding() ? algorithm.pooling_avg_include_padding
                    : algorithm.pooling_avg_exclude_padding;
            return Optional.of(new PoolKernel(construction, pool.name(), kind, pool.window(), from,
                    outputs.target(pool.name())));
        }
        return operation instanceof GlobalAverage
                ? Optional.of(new MeanKernel(construction, operation.name(), from, outputs.target(operation.name())))
                : Optional.empty();
    }

    private Optional<Kernel> normalization(Operation operation) {
        String name = operation.name();
        if (operation instanceof Softmax softmax) {
            return Optional.of(new SoftmaxKernel(construction, name, outputs.contiguous(softmax.input()),
                    outputs.target(name)));
        }
        if (operation instanceof LayerNormalization normalization) {
            return Optional.of(new LayerNormalizationKernel(construction, normalization,
                    outputs.contiguous(normalization.input()), outputs.target(name)));
        }
        if (operation instanceof LocalResponseNormalization normalization) {
            return response(normalization);
        }
        if (operation instanceof TransposedConvolution transposed && TransposedKernel.runs(transposed)) {
            return Optional.of(new TransposedKernel(construction, transposed, outputs.array(transposed.input()),
                    outputs.target(name)));
        }
        return Optional.empty();
    }

    private Optional<Kernel> response(LocalResponseNormalization normalization) {
        Array from = outputs.contiguous(normalization.input());
        Array to = outputs.target(normalization.name());
        if (ResponseNormalizationKernel.runs(construction, normalization, from)) {
            return Optional.of(new ResponseNormalizationKernel(construction, normalization, from, to));
        }
        if (BandKernel.runs(construction, normalization, from, to)) {
            return Optional.of(new BandKernel(construction, normalization, from, to));
        }
        return NeighbourKernel.runs(construction, normalization, from)
                ? Optional.of(new NeighbourKernel(construction, normalization, from, to)) : Optional.empty();
    }

    private Kernel arithmetic(Arithmetic arithmetic) {
        Shape made = outputs.shape(arithmetic.name());
        boolean turned = !made.equals(outputs.shape(arithmetic.left()));
        String full = turned ? arithmetic.right() : arithmetic.left();
        String other = turned ? arithmetic.left() : arithmetic.right();
        if (!ArithmeticKernel.runs(construction, arithmetic.sign(), made, outputs.shape(full), outputs.shape(other))) {
            return fallback(arithmetic);
        }
        Array to = outputs.target(arithmetic.name());
        return new ArithmeticKernel(construction, arithmetic, turned, outputs.moved(full, to.slots()),
                outputs.moved(other, to.slots()), to);
    }

    private Kernel fallback(Operation operation) {
        inJava.add(operation.name() + " (" + operation.getClass().getSimpleName() + ")");
        List<Shape> shapes = operation.inputs().stream().map(outputs::shape).toList();
        return new FallbackKernel(construction, operation.name(),
                Fallbacks.of(operation, construction.images(), shapes, outputs.shape(operation.name())),
                operation.inputs().stream().map(outputs::array).toList(), outputs.target(operation.name()));
    }

    private Kernel convolution(Convolution convolution, Eltwise function) {
        String key = arrangement.key(convolution.name());
        Array to = outputs.target(convolution.name());
        if (!convolution.input().equals(Network.INPUT)) {
            Array from = outputs.array(convolution.input());
            return new ConvolutionKernel(construction, convolution, key, function, from, from.value(), to);
        }
        Array from = outputs.target(Network.INPUT);
        boolean plain = ConvolutionKernel.readsPlain(construction, convolution, from, outputs.plainPictures(), to);
        ConvolutionKernel kernel = new ConvolutionKernel(construction, convolution, key, function, from,
                plain ? outputs.plainPictures() : outputs.array(Network.INPUT).value(), to);
        return () -> {
            Optional<PlainGradient> phased = arrangement.inputReadOnce() ? kernel.backwardByPhases() : Optional.empty();
            phased.ifPresentOrElse(gradient -> input = gradient, kernel::backward);
        };
    }

    /** Whether there is time to fetch an output while the pass goes on, and enough to fetch. */
    private boolean isFetchedBeside(Operation operation) {
        boolean last = operation == pass.operations().get(pass.operations().size() - 1);
        return !last && !construction.gradient() && pass.sources().containsValue(operation.name())
                && Fetch.isWorthAThread(bytes(operation.name()));
    }

    private Fetch beside(String source) {
        construction.on(Threads.fewest());
        return Fetch.beside(construction, source, outputs.array(source));
    }

    private Fetch afterwards(String source) {
        construction.on(0, 2 * bytes(source));
        return Fetch.afterwards(construction, source, outputs.array(source));
    }

    private memory seed(String source) {
        construction.on(0, 2 * bytes(source));
        Array array = outputs.array(source);
        memory plain = construction.zeros(construction.plain(array.slots().width(), array.rows(), array.columns()));
        construction.reorder(construction.backward(), source + " seed", plain, array.slope());
        array.reach();
        return plain;
    }
}
