package org.loupe.engine.onednn;

import org.bytedeco.dnnl.memory;

/**
 * The output of an operation for all pictures of a batch, in blocks of channels, and the gradient with respect
 * to it. A part of a concatenation has no memory of its own.
 */
final class Array {

    private final Construction construction;
    private final Slots slots;
    private final int rows;
    private final int columns;
    private final memory.desc desc;
    private final memory value;
    private final Array whole;
    private memory slope;
    private boolean reached;

    /** An array with memory of its own. */
    Array(Construction construction, Slots slots, int rows, int columns) {
        this.construction = construction;
        this.slots = slots;
        this.rows = rows;
        this.columns = columns;
        this.whole = null;
        this.desc = construction.blocked(slots.width(), rows, columns);
        this.value = construction.zeros(desc);
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
    }

    /** The part that begins at the given position and is written in place. */
    Array part(int first, Slots partSlots) {
        return new Array(this, first, partSlots);
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

    /** Gradient with respect to this array, of the same layout. */
    memory slope() {
        if (slope == null) {
            slope = whole == null ? construction.zeros(desc) : construction.view(desc, whole.slope());
        }
        return slope;
    }

    /** Whether something was already written into the gradient, so that more must be added to it. */
    boolean reached() {
        return whole == null ? reached : whole.reached();
    }

    /** Says that something was written into the gradient. */
    void reach() {
        reached = true;
    }
}
