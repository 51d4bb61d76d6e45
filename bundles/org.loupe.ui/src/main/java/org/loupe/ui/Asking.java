package org.loupe.ui;

import java.util.Map;
import org.eclipse.core.commands.Command;
import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;

/** Opens the dialog of an analysis from wherever a view or a page offers it. */
public final class Asking {

    private Asking() {
    }

    /** Asks about what is selected. */
    public static void ask(String analysis) {
        Command command = PlatformUI.getWorkbench().getService(ICommandService.class).getCommand(LoupeUi.ASK);
        try {
            PlatformUI.getWorkbench().getService(IHandlerService.class).executeCommand(ParameterizedCommand.generateCommand(
                    command, Map.of(LoupeUi.ASK_ANALYSIS, analysis)), null);
        } catch (CommandException problem) {
            ILog.of(Asking.class).error("The dialog of " + analysis + " could not be opened", problem);
        }
    }
}
