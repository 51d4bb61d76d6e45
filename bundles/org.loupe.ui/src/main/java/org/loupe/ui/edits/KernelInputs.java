package org.loupe.ui.edits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.Unit;
import org.loupe.core.network.Folding;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.structure.Blocks;
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
     * Finds them. Takes some time for large networks. The parts of another block, and poolings, are those of the layer that they are
     * of or pool, and so are left out.
     *
     * @param also a unit that was asked for, whatever layer it is of
     * @throws NetworkException when there is no such unit, or it reads nothing through a kernel
     */
    static KernelInputs of(Network network, Unit unit, Optional<Unit> also) {
        network.require(unit);
        Unit to = unit.at(Unit.EVERYWHERE);
        Network folded = Folding.fold(network);
        List<Input> inputs = new ArrayList<>();
        Set<String> repeated = repeated(folded, folded.layer(unit.layer()));
        also.ifPresent(asked -> repeated.remove(asked.layer()));
        for (Layer layer : folded.layers().stream().filter(one -> !repeated.contains(one.name())).toList()) {
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

    /** Names of layers whose channels are those of another layer, too. */
    private static Set<String> repeated(Network network, Layer to) {
        Blocks blocks = Blocks.of(network);
        Set<String> repeated = new HashSet<>();
        for (String block : blocks.names()) {
            List<Layer> layers = blocks.layers(block);
            if (!layers.contains(to)) {
                layers.subList(0, layers.size() - 1).forEach(layer -> repeated.add(layer.name()));
            }
        }
        network.layers().stream().filter(layer -> network.operation(layer.output()).filter(one -> one instanceof MaxPool
                || one instanceof AveragePool || one instanceof GlobalAverage).isPresent()).forEach(layer -> repeated.add(layer.name()));
        return repeated;
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
