package org.loupe.core.circuit.graph;

/**
 * Where a node is.
 *
 * @param column the middle of the node, in points to the right; may be negative
 * @param row    of which layer's nodes it stands among; upwards from the one that was there first, which is 0
 * @param shelf  in which line of a row that has several, upwards from 0
 */
public record Place(double column, int row, int shelf) {

    public Place {
        if (!Double.isFinite(column) || shelf < 0) {
            throw new IllegalArgumentException("No node stands at " + column + " on shelf " + shelf);
        }
    }

    /** A place on the lowest line of a row. */
    public Place(double column, int row) {
        this(column, row, 0);
    }
}
