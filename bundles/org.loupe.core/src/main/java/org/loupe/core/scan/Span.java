package org.loupe.core.scan;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Neighbouring rows, or columns, of an array.
 *
 * @param first index of the first
 * @param last  index of the last; less than the first where there are none
 */
record Span(int first, int last) {

    static final Span NONE = new Span(0, -1);

    /** All of an array of the given size. */
    static Span all(int size) {
        return new Span(0, size - 1);
    }

    boolean isEmpty() {
        return last < first;
    }

    /** The smallest span that holds both. */
    Span with(Span other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return new Span(Math.min(first, other.first), Math.max(last, other.last));
    }

    /**
     * The smallest span that holds what is read for this one.
     *
     * @param source for each index in this span, an index that is read for it, or a negative number
     */
    Span through(IntUnaryOperator source) {
        int[] read = IntStream.rangeClosed(first, last).map(source).filter(index -> index >= 0).toArray();
        return read.length == 0 ? NONE
                : new Span(IntStream.of(read).min().getAsInt(), IntStream.of(read).max().getAsInt());
    }
}
