package org.loupe.ui.circuits;

import org.loupe.core.Unit;
import org.loupe.core.circuit.graph.ShownGraph.Edge;
import org.loupe.core.circuit.graph.ShownGraph.Node;
import org.loupe.ui.jobs.Picture;

/** Where a renderer works: it knows what nodes look like, and is told what a person does. */
public interface GraphHost {

    /** What is known of a unit's picture now. */
    Picture picture(Unit unit);

    /** What stands below a node's name; may be empty. */
    String second(Node node);

    /** A link of the scene, with what was found out about it since it was drawn: asked for when it is told or painted. */
    Edge known(Edge edge);

    /**
     * Somebody has clicked at a node.
     *
     * @param node its id, or an empty text for the ground
     * @param adds whether what was chosen before stays so
     */
    void choose(String node, boolean adds);

    /** Somebody wants a node to grow by what it is built from, or by what is built from it. */
    void grow(String node, boolean down);

    /** Somebody wants what hangs on a node only to be taken away. */
    void shrink(String node);

    /** Somebody has clicked at a link, so that its kernel is drawn upon it, or no longer. */
    void turnKernel(Edge edge);

    /**
     * Somebody has dragged a node along its row.
     *
     * @param left the new left edge of its box, in the scene's points
     */
    void move(String node, double left);
}
