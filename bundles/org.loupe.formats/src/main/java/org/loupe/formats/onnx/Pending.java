package org.loupe.formats.onnx;

/** A value that has no operation of its own, but that known formulas go through. */
sealed interface Pending extends Value {

    /** What else reads it is told of this kind of operation. */
    String kind();

    /** The view that it was made from. */
    View from();

    /** {@code scale * erf(factor * x) + shift}: a step of the exact Gelu. */
    record ErrorLine(View from, double factor, double scale, double shift) implements Pending {
        @Override
        public String kind() {
            return "Erf";
        }

        @Override
        public int[] sizes() {
            return from.sizes();
        }
    }

    /** Zeros before and after the channels: a step of local response normalization. */
    record PaddedChannels(View from, int axis, int before, int after) implements Pending {
        @Override
        public String kind() {
            return "Pad over channels";
        }

        @Override
        public int[] sizes() {
            int[] sizes = from.sizes().clone();
            sizes[axis] += before + after;
            return sizes;
        }
    }
}
