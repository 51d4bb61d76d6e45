package org.loupe.engine.onednn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.loupe.core.engine.Pass;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** Turns operations into kernels, and puts them together forward and backward. */
final class PlanBuilder {

    private final Pass pass;
    private final Construction construction;
    private final Arrangement arrangement;
    private final Map<String, Slots> slots;
    private final Map<String, Array> arrays = new HashMap<>();
    private final Map<String, memory> readings = new HashMap<>();
    private final Map<String, memory> seeds = new HashMap<>();
    private final Deque<Kernel> kernels = new ArrayDeque<>();
    private memory pictures;
    private boolean blocked;
    private PlainGradient input;

    PlanBuilder(Pass pass, Construction construction) {
        this.pass = pass;
        this.construction = construction;
        this.arrangement = new Arrangement(pass);
        this.slots = Layout.slots(pass.operations(), pass.shapes(), construction.block());
    }

    /** Adds all calls. */
    void build() {
        Shape shape = pass.shapes().get(Network.INPUT);
        pictures = construction.zeros(construction.plain(shape.channels(), shape.rows(), shape.columns()));
        arrays.put(Network.INPUT, allocate(Network.INPUT));
        for (Operation operation : pass.operations()) {
            if (!arrangement.folded(operation)) {
                kernels.push(kernel(operation));
            }
        }
        for (String source : pass.sources().values()) {
            readings.computeIfAbsent(source, this::reading);
        }
        if (construction.gradient()) {
            readings.keySet().forEach(source -> seeds.put(source, seed(source)));
            kernels.forEach(Kernel::backward);
            if (input == null) {
                input = PlainGradient.of(construction, array(Network.INPUT));
            }
        }
        construction.scratch();
    }

    /** What the network sees goes here, in the plain layout. */
    memory pictures() {
        return pictures;
    }

    /** What taps read, by output name, in the plain layout with all positions. */
    Map<String, memory> readings() {
        return readings;
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
        return slots;
    }

    private Array array(String output) {
        Array array = arrays.get(arrangement.holder(output));
        if (output.equals(Network.INPUT) && !blocked) {
            blocked = true;
            construction.reorder(construction.forward(), "pictures", pictures,
                    construction.view(construction.blocked(array.slots().channels(), array.rows(), array.columns()),
                            array.value()));
        }
        return array;
    }

    /** The array that an operation writes into. */
    private Array target(String output) {
        String holder = arrangement.holder(output);
        if (!arrays.containsKey(holder)) {
            arrays.put(holder, allocate(holder));
        }
        return arrays.get(holder);
    }

    private Array allocate(String holder) {
        Arrangement.Place place = arrangement.place(holder);
        if (place == null) {
            Shape shape = pass.shapes().get(holder);
            return new Array(construction, slots.get(holder), shape.rows(), shape.columns());
        }
        List<String> parts = pass.operations().stream().filter(operation -> operation.name().equals(place.whole()))
                .findFirst().orElseThrow().inputs();
        int position = parts.subList(0, place.index()).stream().mapToInt(part -> slots.get(part).width()).sum();
        return target(place.whole()).part(position, slots.get(holder));
    }

    private Kernel kernel(Operation operation) {
        String name = operation.name();
        boolean rectified = arrangement.rectified(name);
        if (operation instanceof Convolution || operation instanceof Dense) {
            return convolution(arrangement.convolution(name), rectified);
        }
        if (operation instanceof Concatenation concatenation) {
            return new ConcatenationKernel(construction, name, concatenation.inputs().stream()
                    .map(part -> new ConcatenationKernel.Input(array(part), arrangement.inPlace(concatenation, part)))
                    .toList(), arrangement.masks(concatenation), target(name));
        }
        if (operation instanceof Addition) {
            return new AdditionKernel(construction, name, agreeing(operation.inputs()), target(name));
        }
        Array from = array(operation.inputs().get(0));
        if (operation instanceof Relu relu) {
            return new RectifierKernel(construction, name, arrangement.done(relu), arrangement.masked(relu), from,
                    target(name));
        }
        if (operation instanceof MaxPool pool) {
            return new PoolKernel(construction, name, true, pool.window(), from, target(name));
        }
        if (operation instanceof AveragePool pool) {
            return new PoolKernel(construction, name, false, pool.window(), from, target(name));
        }
        if (operation instanceof GlobalAverage) {
            Window window = new Window(from.rows(), from.columns(), 1, 1, 0, 0, 0, 0, 1, 1);
            return new PoolKernel(construction, name, false, window, from, target(name));
        }
        if (operation instanceof BatchNormalization normalization) {
            return new NormalizationKernel(construction, normalization, rectified, from, target(name));
        }
        if (operation instanceof Softmax) {
            return new SoftmaxKernel(construction, name, contiguous(operation.inputs().get(0)), target(name));
        }
        throw new AssertionError(operation);
    }

    private Kernel convolution(Convolution convolution, boolean rectified) {
        String key = arrangement.key(convolution.name());
        Array to = target(convolution.name());
        if (!convolution.input().equals(Network.INPUT)) {
            Array from = array(convolution.input());
            return new ConvolutionKernel(construction, convolution, key, rectified, from, from.value(), to);
        }
        Array from = arrays.get(Network.INPUT);
        boolean plain = ConvolutionKernel.readsPlain(construction, convolution, from, pictures, to);
        ConvolutionKernel kernel = new ConvolutionKernel(construction, convolution, key, rectified, from,
                plain ? pictures : array(Network.INPUT).value(), to);
        return () -> {
            Optional<PlainGradient> phased = arrangement.inputReadOnce() ? kernel.backwardByPhases() : Optional.empty();
            phased.ifPresentOrElse(gradient -> input = gradient, kernel::backward);
        };
    }

    /** Arrays that have their channels in the same positions, moved there where they have not. */
    private List<Array> agreeing(List<String> outputs) {
        return Layout.agree(outputs.stream().map(slots::get).toList()) ? outputs.stream().map(this::array).toList()
                : outputs.stream().map(this::contiguous).toList();
    }

    /** An array with its channels side by side; where they are not, a 1x1 convolution by ones and zeros moves them. */
    private Array contiguous(String output) {
        Array array = array(output);
        if (array.slots().contiguous()) {
            return array;
        }
        int channels = array.slots().channels();
        float[] ones = new float[channels * channels];
        for (int channel = 0; channel < channels; channel++) {
            ones[channel * channels + channel] = 1;
        }
        Convolution move = new Convolution(output + " side by side", output,
                new Weights(new int[] {channels, channels, 1, 1}, ones), Weights.vector(new float[channels]),
                Window.square(1, 1, 0), 1);
        Array moved = new Array(construction, Slots.of(channels, construction.block()), array.rows(), array.columns());
        kernels.push(new ConvolutionKernel(construction, move, move.name(), false, array, array.value(), moved));
        return moved;
    }

    private memory reading(String source) {
        Array array = array(source);
        memory plain = construction.zeros(construction.plain(array.slots().width(), array.rows(), array.columns()));
        construction.reorder(construction.forward(), source + " read", array.value(), plain);
        return plain;
    }

    private memory seed(String source) {
        Array array = array(source);
        memory plain = construction.zeros(construction.plain(array.slots().width(), array.rows(), array.columns()));
        construction.reorder(construction.backward(), source + " seed", plain, array.slope());
        array.reach();
        return plain;
    }
}
