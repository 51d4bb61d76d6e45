package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.loupe.core.Unit;
import org.loupe.core.network.Folding;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Tap;

/**
 * What a layer's convolution reads: the units of the layers below, one for each of its input channels.
 *
 * @param network     the network with batch normalizations folded into its weights, and with what the convolution reads
 *                    as one more layer
 * @param convolution whose output goes into the layer's nonlinearity; of one group
 * @param units       for each input channel, in order, the unit that it is, seen through pooling
 * @param input       where what the convolution reads can be tapped, pooled as it is
 * @param output      where the sums that the convolution makes can be tapped
 */
public record LayerInputs(Network network, Convolution convolution, List<Unit> units, Tap input, Tap output) {

    public LayerInputs {
        units = List.copyOf(units);
    }

    /**
     * Finds what a layer reads.
     *
     * @throws NetworkException when the layer is not made by one convolution of one group, or that reads what no layer
     *                          shows
     */
    public static LayerInputs of(Network network, String layer) {
        Network folded = Folding.fold(network);
        Layer shown = folded.layer(layer);
        Operation operation = folded.operation(shown.before()).orElse(null);
        if (!(operation instanceof Convolution convolution) || convolution.groups() != 1) {
            throw new NetworkException("What goes into " + layer + " of " + network + " is not the sum of one convolution"
                    + " over all channels below, so there are no direct connections to look at.");
        }
        List<Unit> units = new ArrayList<>();
        collect(folded, convolution.input(), units, layer);
        return new LayerInputs(ReadPlace.in(folded, convolution.input()), convolution, units, ReadPlace.TAP, Tap.before(layer));
    }

    private static void collect(Network network, String output, List<Unit> units, String layer) {
        Optional<Layer> shown = network.layers().stream().filter(each -> each.output().equals(output)).findFirst();
        if (shown.isPresent()) {
            int channels = network.shape(shown.get()).channels();
            for (int channel = 0; channel < channels; channel++) {
                units.add(new Unit(shown.get().name(), channel));
            }
            return;
        }
        Operation operation = network.operation(output).orElse(null);
        if (operation instanceof MaxPool || operation instanceof AveragePool || operation instanceof Concatenation) {
            operation.inputs().forEach(input -> collect(network, input, units, layer));
            return;
        }
        throw new NetworkException("The convolution of " + layer + " of " + network + " reads " + output
                + ", which is no layer and no pooling of one.");
    }

    /** The kernels from all input channels to a channel of the layer, as (input, cell); copies. */
    public float[][] kernels(int channel) {
        return IntStream.range(0, units.size()).mapToObj(input -> kernel(channel, input)).toArray(float[][]::new);
    }

    /** The kernel from an input channel to a channel of the layer, row by row; a copy. */
    public float[] kernel(int channel, int input) {
        int[] shape = convolution.weights().shape();
        int cells = shape[2] * shape[3];
        float[] kernel = new float[cells];
        System.arraycopy(convolution.weights().values(), (channel * shape[1] + input) * cells, kernel, 0, cells);
        return kernel;
    }
}
