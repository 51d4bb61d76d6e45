package org.loupe.ui.labels;

import java.util.Map;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.operations.IOperationHistory;
import org.eclipse.core.commands.operations.IOperationHistoryListener;
import org.eclipse.core.commands.operations.IUndoContext;
import org.eclipse.core.commands.operations.IUndoableOperation;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.commands.IElementUpdater;
import org.eclipse.ui.menus.UIElement;

/**
 * Takes back the last thing that a person has written in the workbench, or does it again, where the active view has no
 * history of its own. Behind the class name in {@code plugin.xml} stands {@code undo} or {@code redo}.
 */
public final class UndoHandler extends AbstractHandler implements IElementUpdater, IExecutableExtension {

    private final IWorkbench workbench = PlatformUI.getWorkbench();
    private final IOperationHistory history = workbench.getOperationSupport().getOperationHistory();
    private final IUndoContext context = workbench.getOperationSupport().getUndoContext();
    private final IOperationHistoryListener listener = event -> workbench.getDisplay().execute(this::refresh);
    private boolean isRedo;
    private String command;

    /** Made by the workbench. */
    public UndoHandler() {
        history.addOperationHistoryListener(listener);
    }

    @Override
    public void setInitializationData(IConfigurationElement element, String property, Object data) {
        isRedo = "redo".equals(data);
        command = element.getAttribute("commandId");
        refresh();
    }

    private void refresh() {
        setBaseEnabled(isRedo ? history.canRedo(context) : history.canUndo(context));
        if (command != null) {
            workbench.getService(ICommandService.class).refreshElements(command, null);
        }
    }

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        if (isRedo) {
            history.redo(context, null, null);
        } else {
            history.undo(context, null, null);
        }
        return null;
    }

    @Override
    public void updateElement(UIElement element, @SuppressWarnings("rawtypes") Map parameters) {
        IUndoableOperation next = isRedo ? history.getRedoOperation(context) : history.getUndoOperation(context);
        element.setText((isRedo ? "Redo" : "Undo") + (next == null ? "" : " " + next.getLabel()));
    }

    @Override
    public void dispose() {
        history.removeOperationHistoryListener(listener);
        super.dispose();
    }
}
