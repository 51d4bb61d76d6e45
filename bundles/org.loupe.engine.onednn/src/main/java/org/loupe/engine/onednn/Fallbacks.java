package org.loupe.engine.onednn;

import java.util.List;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.Largest;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;

/** Finds the plain Java for operations that oneDNN does not know, or knows slowly only. */
final class Fallbacks {

    private Fallbacks() {
    }

    /**
     * The plain Java for an operation.
     *
     * @param in  shapes of its inputs, in order
     * @param out shape of its output
     */
    static Fallback of(Operation operation, int images, List<Shape> in, Shape out) {
        Shape first = in.get(0);
        if (operation instanceof Activation activation) {
            return new Elementwise(activation.function());
        }
        if (operation instanceof Arithmetic arithmetic) {
            return new Pairing(arithmetic.sign(), first, in.get(1), out, images);
        }
        if (operation instanceof Selection selection) {
            return Gather.of(images, first, selection);
        }
        if (operation instanceof Padding padding) {
            return Gather.of(images, first, padding, out);
        }
        if (operation instanceof Crop crop) {
            return Gather.of(images, first, crop, out);
        }
        if (operation instanceof Flatten) {
            return Gather.all(images, first);
        }
        if (operation instanceof Resize resize) {
            return Interpolating.of(images, resize, first, out);
        }
        if (operation instanceof LocalResponseNormalization normalization) {
            return new NeighbourNormalization(normalization, images, first);
        }
        if (operation instanceof Largest largest) {
            return new LargestChannels(largest.count(), images, first);
        }
        if (operation instanceof TransposedConvolution transposed) {
            return new TransposedLoops(transposed, images, first, out);
        }
        throw new AssertionError(operation);
    }
}
