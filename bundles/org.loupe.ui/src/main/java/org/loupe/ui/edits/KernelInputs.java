package org.loupe.ui.edits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.loupe.core.Unit;
import org.loupe.core.network.Folding;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.surgery.KernelChange;

/**
 * What a unit reads through a kernel, its own or one behind a 1x1 bottleneck, so that the kernel can be drawn.
 *
 * @param network with normalizations folded into the weights
 * @param to      the unit
 * @param inputs  those with the strongest kernels first
 */
record KernelInputs(Network network, Unit to, List<Input> inputs) {

    /** A unit that is read, or a channel of the picture. */
    record Input(Unit from, double norm, double peak) {
        @Override
        public String toString() {
            return from.toString();
        }
    }

    KernelInputs {
        inputs = List.copyOf(inputs);
    }

    /**
     * Finds them. Takes some time for large networks.
     *
     * @throws NetworkException when there is no such unit, or it reads nothing through a kernel
     */
    static KernelInputs of(Network network, Unit unit) {
        network.require(unit);
        Unit to = unit.at(Unit.EVERYWHERE);
        Network folded = Folding.fold(network);
        List<Input> inputs = new ArrayList<>();
        for (Layer layer : folded.layers()) {
            add(folded, layer.name(), to, inputs);
        }
        add(folded, Network.INPUT, to, inputs);
        if (inputs.isEmpty()) {
            throw new NetworkException(to + " of " + network + " reads no unit through one kernel, nor behind one 1x1 bottleneck"
                    + " of its block, so that none can be drawn. Choose a unit of a layer with weights.");
        }
        inputs.sort(Comparator.comparingDouble((Input input) -> -input.norm()));
        return new KernelInputs(folded, to, inputs);
    }

    private static void add(Network network, String layer, Unit to, List<Input> inputs) {
        KernelChange.Kernels read = KernelChange.kernels(network, layer, to);
        for (int channel = 0; channel < read.values().size(); channel++) {
            KernelDrawing kernel = new KernelDrawing(read.rows(), read.columns(), read.values().get(channel));
            inputs.add(new Input(new Unit(layer, channel), kernel.norm(), kernel.peak()));
        }
    }

    /** The kernel from one of the inputs, to be drawn upon. */
    KernelDrawing drawing(Input input) {
        KernelChange.Kernels read = KernelChange.kernels(network, input.from().layer(), to);
        return new KernelDrawing(read.rows(), read.columns(), read.values().get(input.from().channel()));
    }

    /** So many of the strongest, and one more where that is not among them. */
    List<Input> strongest(int most, Input more) {
        List<Input> some = new ArrayList<>(inputs.subList(0, Math.min(most, inputs.size())));
        if (!some.contains(more)) {
            some.add(more);
        }
        return some;
    }

    /** How much of what is drawn some other kernel into the unit takes over, at most; 0 where each has weights of its own. */
    double spill(Input input) {
        return KernelChange.place(input.from() + " -> " + to).spill(network);
    }

    /** The largest weight by which the unit reads anything. */
    double peak() {
        return inputs.stream().mapToDouble(Input::peak).max().orElse(0);
    }
}
