package org.loupe.ui.circuits;

import java.util.Optional;
import java.util.Set;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.loupe.core.circuit.graph.Scene;

/**
 * Draws circuits. What is drawn, and where, is decided already: a renderer shows a {@link Scene}, lets a person zoom, move
 * and point, and tells its {@link GraphHost} what was pointed at. Keys, menus, undo, and what a screen reader is told are the
 * host's, and the same for all renderers. Used on the user interface's thread only.
 */
public interface GraphRenderer {

    /** Makes the control, which can have the focus; called once. */
    Control create(Composite parent, GraphHost host);

    /**
     * Shows a scene in place of the one before. What is in both stays where it is on the screen; all of it may move together, so that
     * what is new comes into sight.
     *
     * @param fits whether it is another one: all of it is to be seen at first, or where that would be too small to read, its
     *             centre
     */
    void show(Scene scene, boolean fits);

    /** Marks nodes, by their ids, as chosen. */
    void mark(Set<String> nodes);

    /** Draws anew, because a picture, a label or the theme has changed. */
    void refresh();

    /** Moves a node into sight, if it is not. */
    void reveal(String node);

    /** Shows everything, as large as there is room, but not larger than a node's own size. */
    void fit();

    /** How large everything is: 1 is a node's own size. */
    double zoom();

    /**
     * Shows everything larger or smaller.
     *
     * @param zoom   cut off where it is senseless
     * @param around what stays where it is, in points of the control
     */
    void zoomTo(double zoom, Point around);

    /** Where a node is on the control, also outside of what can be seen; nothing where it is not drawn. */
    Optional<Rectangle> bounds(String node);
}
