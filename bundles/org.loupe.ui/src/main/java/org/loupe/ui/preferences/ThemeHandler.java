package org.loupe.ui.preferences;

import java.util.Map;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.commands.IElementUpdater;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.menus.UIElement;

/** Changes the theme, and marks the chosen one in the menu. */
public final class ThemeHandler extends AbstractHandler implements IElementUpdater {

    private static final String COMMAND = "org.loupe.ui.theme";
    private static final String PARAMETER = "org.loupe.ui.theme.name";

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        // A menu also tells of the item that is no longer chosen.
        boolean isChoice = !(event.getTrigger() instanceof Event trigger && trigger.widget instanceof MenuItem item)
                || item.getSelection();
        if (!isChoice) {
            return null;
        }
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        Theme.named(event.getParameter(PARAMETER)).choose(window.getService(IThemeEngine.class),
                window.getShell().getDisplay());
        window.getService(ICommandService.class).refreshElements(COMMAND, null);
        return null;
    }

    @Override
    public void updateElement(UIElement element, @SuppressWarnings("rawtypes") Map parameters) {
        Object name = parameters.get(PARAMETER);
        element.setChecked(name != null && Theme.named(name.toString()) == Theme.chosen());
    }
}
