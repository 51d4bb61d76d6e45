package org.loupe.ui.unit;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.handlers.HandlerUtil;
import org.loupe.core.page.Sheet;
import org.loupe.platform.Laboratory;
import org.loupe.platform.SheetFile;
import org.loupe.platform.SheetPicture;
import org.loupe.platform.UnitPages;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.widgets.Pictures;

/** Takes the page of the selected unit out of the workbench: {@code :export} into a file, {@code :copy} to the clipboard. */
public final class UnitPageHandler extends AbstractHandler implements IExecutableExtension {

    private static final double ZOOM = 2;
    private static final String COPY = "copy";

    private boolean isCopy;

    @Override
    public void setInitializationData(IConfigurationElement element, String property, Object data) {
        isCopy = COPY.equals(data);
    }

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        if (HandlerUtil.getCurrentStructuredSelection(event).getFirstElement() instanceof UnitInNetwork unit) {
            Shell shell = HandlerUtil.getActiveShellChecked(event);
            Laboratory laboratory = HandlerUtil.getActiveWorkbenchWindowChecked(event).getService(Laboratory.class);
            if (isCopy) {
                copy(shell.getDisplay(), laboratory, unit);
            } else {
                export(shell, laboratory, unit);
            }
        }
        return null;
    }

    private static void export(Shell shell, Laboratory laboratory, UnitInNetwork unit) {
        FileDialog dialog = new FileDialog(shell, SWT.SAVE);
        dialog.setText("Export Unit Page");
        dialog.setFilterExtensions(new String[] {"*.svg", "*.pdf", "*.html", "*.png"});
        dialog.setFilterNames(new String[] {"SVG", "PDF", "HTML, one file", "PNG"});
        dialog.setFileName(name(unit).replaceAll("[^\\p{L}\\p{N}.@,_-]+", "-") + ".pdf");
        dialog.setFilterIndex(1);
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen == null) {
            return;
        }
        Path file = Path.of(chosen);
        run("Write the page of " + name(unit), () -> {
            try {
                SheetFile.write(file, UnitPages.of(laboratory, unit.network(), unit.unit()).sheet(), ZOOM);
            } catch (IOException | RuntimeException problem) {
                throw new CoreException(Status.error("The page of " + name(unit) + " could not be written to " + file + ": "
                        + problem.getMessage() + ". Choose another folder, or a name that ends in ."
                        + String.join(", .", SheetFile.FORMATS) + ".", problem));
            }
        });
    }

    private static void copy(Display display, Laboratory laboratory, UnitInNetwork unit) {
        run("Copy the page of " + name(unit), () -> {
            try {
                Sheet sheet = UnitPages.of(laboratory, unit.network(), unit.unit()).sheet();
                ImageData picture = Pictures.data(SheetPicture.pixels(sheet, ZOOM), 0);
                if (!display.isDisposed()) {
                    display.asyncExec(() -> Pictures.copy(display, picture, name(unit)));
                }
            } catch (RuntimeException problem) {
                throw new CoreException(Status.error("The page of " + name(unit) + " could not be drawn: "
                        + problem.getMessage(), problem));
            }
        });
    }

    /** A step that may fail in a way that is shown to the user. */
    private interface Step {
        void run() throws CoreException;
    }

    /** In the background; the workbench shows what fails in a dialog. */
    private static void run(String name, Step step) {
        Job job = Job.create(name, (ICoreRunnable) monitor -> step.run());
        job.setUser(true);
        job.schedule();
    }

    private static String name(UnitInNetwork unit) {
        return unit.network().name() + " " + unit;
    }
}
