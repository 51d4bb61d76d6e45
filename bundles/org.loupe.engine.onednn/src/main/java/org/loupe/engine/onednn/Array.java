package org.loupe.engine.onednn;

import org.bytedeco.dnnl.memory;

/**
 * The output of an operation for all pictures of a batch, in blocks of channels, and the gradient with respect
 * to it. A part of a concatenation has no memory of its own, and neither has one whose
 * channels are another one's in a new order.
 */
final class Array {

    /** Gradient with respect to an array, and whether something was already written into it. */
    private static final class Slope {
        private memory memory;
        private boolean reached;
    }

    private final Construction construction;
    private final Slots slots;
    private final int rows;
    private final int columns;
    private final memory.desc desc;
    private final memory value;
    private final Array whole;
    private final Slope slope;

    /** An array with memory of its own. */
    Array(Construction construction, Slots slots, int rows, int columns) {
        this.construction = construction;
        this.slots = slots;
        this.rows = rows;
        this.columns = columns;
        this.whole = null;
        this.desc = construction.blocked(slots.width(), rows, columns);
        this.value = construction.zeros(desc);
        this.slope = new Slope();
    }

    private Array(Array whole, int first, Slots slots) {
        this.construction = whole.construction;
        this.slots = slots;
        this.rows = whole.rows;
        this.columns = whole.columns;
        this.whole = whole;
        this.desc = whole.desc.submemory_desc(new long[] {construction.images(), slots.width(), rows, columns},
                new long[] {0, first, 0, 0});
        this.value = construction.view(desc, whole.value);
        this.slope = new Slope();
    }

    private Array(Array same, Slots slots) {
        this.construction = same.construction;
        this.slots = slots;
        this.rows = same.rows;
        this.columns = same.columns;
        this.whole = same.whole;
        this.desc = same.desc;
        this.value = same.value;
        this.slope = same.slope;
    }

    /** The part that begins at the given position and is written in place. */
    Array part(int first, Slots partSlots) {
        return new Array(this, first, partSlots);
    }

    /** The same array, with its channels called by other numbers. */
    Array renamed(Slots other) {
        return new Array(this, other);
    }

    Slots slots() {
        return slots;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    memory.desc desc() {
        return desc;
    }

    memory value() {
        return value;
    }

    /** Whether it lies within another array. */
    boolean isPart() {
        return whole != null;
    }

    /** Gradient with respect to this array, of the same layout. */
    memory slope() {
        if (slope.memory == null) {
            slope.memory = whole == null ? construction.zeros(desc) : construction.view(desc, whole.slope());
        }
        return slope.memory;
    }

    /** Lets the gradient lie where another array's does, which nobody needs any more when it is written. */
    void overwriteSlope(Array other) {
        slope.memory = other.slope();
    }

    /** Whether something was already written into the gradient, so that more must be added to it. */
    boolean reached() {
        return slope.reached || whole != null && whole.reached();
    }

    /** Says that something was written into the gradient. */
    void reach() {
        slope.reached = true;
    }
}
