package org.loupe.core.circuit;

import org.loupe.core.circuit.Motifs.Kind;

/** A way to move pictures, maps and kernels about a point, under which weights may stay the same. */
enum Turn {
    /** Left becomes right. */
    MIRROR(Kind.MIRRORED, "mirrored", Move.mirror()),
    /** A quarter turn, clockwise. */
    QUARTER(Kind.QUARTER, "turned by 90°", Move.turn(90)),
    /** An eighth of a turn, clockwise. */
    EIGHTH(Kind.EIGHTH, "turned by 45°", Move.turn(45));

    private final Kind kind;
    private final String word;
    private final Move move;

    Turn(Kind kind, String word, Move move) {
        this.kind = kind;
        this.word = word;
        this.move = move;
    }

    Kind kind() {
        return kind;
    }

    /** Such as {@code turned by 90°}. */
    String word() {
        return word;
    }

    /** Moves values on a grid about a point, as {@link Move} does. */
    float[] moved(float[] values, int from, int rows, int columns, double row, double column, boolean isEndless) {
        return move.moved(values, from, rows, columns, row, column, isEndless);
    }

    /** Moves a kernel about the unit to which it leads; what leaves its frame is lost. */
    float[] moved(Kernel kernel) {
        return moved(kernel.values(), 0, kernel.rows(), kernel.columns(), -kernel.top(), -kernel.left(), false);
    }
}
