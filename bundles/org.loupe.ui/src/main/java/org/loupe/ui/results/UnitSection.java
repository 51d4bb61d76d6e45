package org.loupe.ui.results;

import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.swt.widgets.Composite;
import org.loupe.ui.UnitInNetwork;

/**
 * A part of the Unit view, under a heading that folds it away: one thing that can be said of a unit.
 *
 * <p>A section is made for each Unit view, is only called on the UI thread, and answers within a tenth of a second. It
 * shows at once what is stored, and computes nothing that takes longer without being asked to. While it is folded away it
 * is told nothing; when it is unfolded it is given the unit that the view is about then. Contribute it through the
 * extension point {@code org.loupe.ui.unitSections}.
 */
public interface UnitSection {

    /**
     * Makes the controls; called once, before anything else.
     *
     * @param parent where they go; it has a grid of one column. Call
     *               {@link org.loupe.ui.widgets.ScrollingPage#fitAround} when they become taller or less tall
     * @param page   what the section may use
     */
    void create(Composite parent, UnitPage page);

    /** Shows a unit instead of the one before; what still comes in about that one is not shown any more. */
    void show(UnitInNetwork unit);

    /** Takes in what was found, by whomever, about whichever unit, up to ten times a second while it grows. */
    default void hear(Finding<?> finding) {
    }

    /** Takes in that some work has ended. */
    default void hear(Findings.Ended ended) {
    }

    /** Takes in how far some work is that has nothing to show yet. */
    default void hear(Findings.Working working) {
    }

    /** Keeps what is to be the same when the view is opened again, to be read from {@link UnitPage#settings()}. */
    default void remember(IDialogSettings settings) {
    }
}
