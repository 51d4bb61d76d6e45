package org.loupe.formats.tensorflow;

import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Shape;
import org.loupe.formats.arrays.Steps;
import org.loupe.formats.arrays.Unsupported;
import org.loupe.formats.arrays.Value;

/** Translates the nodes that make maps larger or smaller. */
final class Resizing {

    private final Steps steps;

    Resizing(Steps steps) {
        this.steps = steps;
    }

    Value resized(Node node, Value value, int[] size) {
        Value in = steps.asMaps(node.name() + "/in", value, true);
        Shape shape = in.shape();
        if (size.length != 2 || size[0] < 1 || size[1] < 1) {
            throw new NetworkException(node.name() + " makes maps of no size");
        }
        if (size[0] == shape.rows() && size[1] == shape.columns()) {
            return in;
        }
        boolean corners = node.flag("align_corners", false);
        boolean centres = node.flag("half_pixel_centers", false);
        Alignment alignment = corners ? Alignment.CORNERS : centres ? Alignment.HALF_PIXEL : Alignment.ORIGIN;
        Interpolation interpolation = node.operation().equals("ResizeBilinear") ? Interpolation.LINEAR
                : alignment == Alignment.ORIGIN ? Interpolation.FLOOR : Interpolation.NEAREST;
        double rows = (double) size[0] / shape.rows();
        double columns = (double) size[1] / shape.columns();
        if (interpolation == Interpolation.NEAREST
                && (isBetween(shape.rows(), size[0], corners) || isBetween(shape.columns(), size[1], corners))) {
            throw new Unsupported("places halfway between two values");
        }
        return steps.maps(new Resize(node.name(), in.output(), rows, columns, interpolation, alignment), true);
    }

    /** Whether a place lies halfway between two, where TensorFlow takes the upper value and Loupe the lower. */
    private static boolean isBetween(int from, int to, boolean corners) {
        for (int i = 0; i < to; i++) {
            double place = corners ? to == 1 ? 0 : i * (from - 1.0) / (to - 1) : (i + 0.5) * from / to - 0.5;
            if (Math.abs(place - Math.floor(place) - 0.5) < 1e-6 && place > 0 && place < from - 1) {
                return true;
            }
        }
        return false;
    }
}
