package org.loupe.ui.widgets;

import org.eclipse.jface.action.Action;

/** An entry of a menu or a tool bar that runs something. */
public final class MenuAction extends Action {

    private final Runnable what;

    /**
     * @param text what the entry says
     * @param what runs when a person chooses it, on the UI thread
     */
    public MenuAction(String text, Runnable what) {
        super(text);
        this.what = what;
    }

    @Override
    public void run() {
        what.run();
    }
}
