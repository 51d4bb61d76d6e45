package org.loupe.engine.onednn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.dnnl.memory;
import org.loupe.core.engine.Pass;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** The arrays of all outputs, by name, each made when it is first asked for. */
final class Outputs {

    private final Pass pass;
    private final Construction construction;
    private final Arrangement arrangement;
    private final Consumer<Kernel> between;
    private final Map<String, Slots> slots;
    private final Map<String, Array> arrays = new HashMap<>();
    private final memory pictures;
    private boolean blocked;
    private memory rounded;

    /** @param between takes kernels that move channels, between the operations that make and read them */
    Outputs(Pass pass, Construction construction, Arrangement arrangement, Consumer<Kernel> between) {
        this.pass = pass;
        this.construction = construction;
        this.arrangement = arrangement;
        this.between = between;
        this.slots = Layout.slots(pass.operations(), pass.shapes(), construction.block());
        Shape shape = pass.shapes().get(Network.INPUT);
        pictures = construction.zeros(construction.plain(shape.channels(), shape.rows(), shape.columns()));
    }

    /** What the network sees goes here, in the plain layout. */
    memory pictures() {
        return pictures;
    }

    /** What the network sees in the plain layout, of the numbers that arrays are made of. */
    memory plainPictures() {
        if (!construction.isBfloat16()) {
            return pictures;
        }
        if (rounded == null) {
            Shape shape = shape(Network.INPUT);
            rounded = construction.zeros(construction.numbers(memory.format_tag.abcd, construction.images(),
                    shape.channels(), shape.rows(), shape.columns()));
            construction.reorder(construction.forward(), "pictures", pictures, rounded);
        }
        return rounded;
    }

    Map<String, Slots> slots() {
        return slots;
    }

    Shape shape(String output) {
        return pass.shapes().get(output);
    }

    /** The array that an operation reads. */
    Array array(String output) {
        String holder = arrangement.holder(output);
        Array array = target(holder);
        if (holder.equals(Network.INPUT) && !blocked) {
            blocked = true;
            construction.reorder(construction.forward(), "pictures", pictures,
                    construction.view(construction.blocked(array.slots().channels(), array.rows(), array.columns()),
                            array.value()));
        }
        return slots.get(output).equals(array.slots()) ? array : array.renamed(slots.get(output));
    }

    /** The array that an operation writes into. */
    Array target(String output) {
        String holder = arrangement.holder(output);
        if (!arrays.containsKey(holder)) {
            arrays.put(holder, allocate(holder));
        }
        return arrays.get(holder);
    }

    private Array allocate(String holder) {
        Integer view = arrangement.view(holder);
        if (view != null) {
            return array(inputs(holder).get(0)).part(view, slots.get(holder));
        }
        Arrangement.Place place = arrangement.place(holder);
        if (place == null) {
            Shape shape = shape(holder);
            return new Array(construction, slots.get(holder), shape.rows(), shape.columns());
        }
        List<String> parts = inputs(place.whole());
        int position = parts.subList(0, place.index()).stream().mapToInt(part -> slots.get(part).width()).sum();
        return target(place.whole()).part(position, slots.get(holder));
    }

    private List<String> inputs(String operation) {
        return pass.operations().stream().filter(one -> one.name().equals(operation)).findFirst().orElseThrow().inputs();
    }

    /** Arrays that have their channels in the same positions, moved there where they have not. */
    List<Array> agreeing(List<String> outputs) {
        return Layout.agree(outputs.stream().map(slots::get).toList()) ? outputs.stream().map(this::array).toList()
                : outputs.stream().map(this::contiguous).toList();
    }

    /** An array with its channels side by side, moved there where they are not. */
    Array contiguous(String output) {
        Array array = array(output);
        return array.slots().contiguous() ? array
                : moved(output, Slots.of(array.slots().channels(), construction.block()));
    }

    /** An array with its channels in the given positions; a 1x1 convolution by ones and zeros moves them. */
    Array moved(String output, Slots to) {
        Array array = array(output);
        if (array.slots().equals(to)) {
            return array;
        }
        int channels = to.channels();
        float[] ones = new float[channels * channels];
        for (int channel = 0; channel < channels; channel++) {
            ones[channel * channels + channel] = 1;
        }
        Convolution move = new Convolution(output + " moved to " + to.hashCode(), output,
                new Weights(new int[] {channels, channels, 1, 1}, ones), Weights.vector(new float[channels]),
                Window.square(1, 1, 0), 1);
        Array moved = new Array(construction, to, array.rows(), array.columns());
        between.accept(new ConvolutionKernel(construction, move, move.name(), null, array, array.value(), moved));
        return moved;
    }
}
