package org.loupe.formats.onnx;

/** A node asks for what Loupe cannot do; the network goes on up to there. */
final class Unsupported extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param kind the operation, with what is special about it where that is the reason */
    Unsupported(String kind) {
        super(kind, null, false, false);
    }
}
