package org.loupe.formats.onnx;

/** What a name in an ONNX graph stands for while it is read. */
sealed interface Value permits Constant, View, Pending {

    /** Sizes in the file's own order; the number of images is the file's, or 1 where it leaves it open. */
    int[] sizes();

    /** Number of dimensions. */
    default int rank() {
        return sizes().length;
    }
}
