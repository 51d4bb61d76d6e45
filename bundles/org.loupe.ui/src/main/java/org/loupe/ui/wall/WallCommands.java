package org.loupe.ui.wall;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.handlers.IHandlerService;

/** What the wall does when commands are given while it is active. */
final class WallCommands {

    private final IViewSite site;
    private final List<Handler> needingSelection = new ArrayList<>();

    WallCommands(IViewSite site) {
        this.site = site;
    }

    /** Handles a command at any time. */
    void handle(String command, Runnable action) {
        site.getService(IHandlerService.class).activateHandler(command, new Handler(action));
    }

    /** Handles a command while something is selected. */
    void handleSelected(String command, Runnable action) {
        Handler handler = new Handler(action);
        handler.enable(false);
        needingSelection.add(handler);
        site.getService(IHandlerService.class).activateHandler(command, handler);
    }

    /** Handles one of the workbench's own commands. */
    void handle(ActionFactory factory, Runnable action) {
        IAction called = new Action() {
            @Override
            public void run() {
                action.run();
            }
        };
        called.setActionDefinitionId(factory.getCommandId());
        site.getActionBars().setGlobalActionHandler(factory.getId(), called);
    }

    /** Says whether anything is selected. */
    void selected(boolean isAny) {
        needingSelection.forEach(handler -> handler.enable(isAny));
    }

    private static final class Handler extends AbstractHandler {
        private final Runnable action;

        Handler(Runnable action) {
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
}
