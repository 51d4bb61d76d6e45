package org.loupe.ui.network;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registry;

/** Asks for network files and copies them into the study. */
public final class OpenNetworkHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        FileDialog dialog = new FileDialog(window.getShell(), SWT.OPEN | SWT.MULTI);
        dialog.setText("Open Network");
        List<String> patterns = window.getService(Laboratory.class).registry().readers().stream()
                .map(Registry.Reader::extension).map(extension -> "*" + extension).toList();
        dialog.setFilterExtensions(new String[] {String.join(";", patterns), "*"});
        dialog.setFilterNames(new String[] {"Networks (" + String.join(", ", patterns) + ")", "All files"});
        if (dialog.open() != null) {
            List<Path> files = Arrays.stream(dialog.getFileNames()).map(name -> Path.of(dialog.getFilterPath(), name))
                    .toList();
            new NetworkFiles(window.getWorkbench(), files).schedule();
        }
        return null;
    }
}
