package org.loupe.ui.wall;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;

/** Handles a command by calling something, while it makes sense. */
final class ViewHandler extends AbstractHandler {

    private final Runnable action;

    ViewHandler(Runnable action) {
        this.action = action;
    }

    void enable(boolean makesSense) {
        setBaseEnabled(makesSense);
    }

    @Override
    public Object execute(ExecutionEvent event) {
        action.run();
        return null;
    }
}
