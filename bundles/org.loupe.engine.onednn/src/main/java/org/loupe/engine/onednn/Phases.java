package org.loupe.engine.onednn;

/**
 * The arithmetic of undoing steps along one dimension.
 *
 * <p>With step {@code s}, position {@code s * m + a} of the input was read by the outputs {@code m - j}, through
 * the window's element {@code s * j + a + padding}. So for a fixed phase {@code a} its gradient is a convolution
 * of the output's gradient without steps.
 */
final class Phases {

    private Phases() {
    }

    /** The largest {@code j}: how many positions before its own a phase looks. */
    static int jumps(int size, int padding, int step) {
        return Math.floorDiv(size - 1 - padding, step);
    }

    /** How many positions a phase looks at. */
    static int taps(int size, int padding, int step) {
        return jumps(size, padding, step) + Math.floorDiv(step - 1 + padding, step) + 1;
    }
}
