package org.loupe.rcp;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.FileLocator;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.program.Program;
import org.eclipse.ui.handlers.HandlerUtil;
import org.osgi.framework.Bundle;

/** Opens the manual in the system's browser. */
public final class ManualHandler extends AbstractHandler {

    private static final String BUNDLE = "org.loupe.help";
    private static final String FIRST_PAGE = "html/index.html";

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        Path page = page();
        if (!Program.launch(page.toUri().toString())) {
            MessageDialog.openInformation(HandlerUtil.getActiveShellChecked(event), "Manual",
                    "No browser could be started. The manual is here:\n\n" + page);
        }
        return null;
    }

    /**
     * The manual's first page.
     *
     * @throws ExecutionException when this Loupe has been installed without its manual
     */
    static Path page() throws ExecutionException {
        Bundle bundle = Platform.getBundle(BUNDLE);
        if (bundle == null || bundle.getEntry(FIRST_PAGE) == null) {
            throw new ExecutionException("The manual, " + BUNDLE + ", is not installed.");
        }
        try {
            // The bundle is a folder, so that pages find their pictures.
            Path page = Path.of(URI.create(FileLocator.toFileURL(bundle.getEntry(FIRST_PAGE)).toString()
                    .replace(" ", "%20")));
            if (!Files.isRegularFile(page)) {
                throw new ExecutionException("The manual's first page is not at " + page + ".");
            }
            return page;
        } catch (IOException problem) {
            throw new ExecutionException("The manual cannot be read: " + problem.getMessage(), problem);
        }
    }
}
