package org.loupe.core.circuit.graph;

/**
 * Where a node is.
 *
 * @param column the middle of the node, in points to the right; may be negative
 * @param row    which line of nodes it stands in; upwards from the one that was there first, which is 0
 */
public record Place(double column, int row) {

    public Place {
        if (!Double.isFinite(column)) {
            throw new IllegalArgumentException("No node stands at " + column);
        }
    }
}
