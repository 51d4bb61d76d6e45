package org.loupe.ui.experiments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.loupe.core.page.Sheet;
import org.loupe.platform.SheetFile;
import org.loupe.store.RecipeText;
import org.loupe.ui.results.Finding;

/** Takes the figures of a result out of the workbench, below each other in one file, with the recipe in it. */
public final class FigureExport {

    private static final double ZOOM = 2;

    private FigureExport() {
    }

    /** Asks where to, and writes in the background. */
    static void ask(Shell shell, String title, Finding<?> finding) {
        FileDialog dialog = new FileDialog(shell, SWT.SAVE);
        dialog.setText("Export Figures");
        dialog.setFilterExtensions(new String[] {"*.svg", "*.pdf", "*.html", "*.png"});
        dialog.setFilterNames(new String[] {"SVG", "PDF", "HTML, one file", "PNG"});
        dialog.setFileName(title.replaceAll("[^\\p{L}\\p{N}.@,_-]+", "-") + ".svg");
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            Job job = Job.create("Export " + title, (ICoreRunnable) monitor -> {
                try {
                    write(Path.of(chosen), finding);
                } catch (IOException | RuntimeException problem) {
                    throw new CoreException(Status.error("The figures of " + title + " could not be written to " + chosen + ": "
                            + problem.getMessage(), problem));
                }
            });
            job.setUser(true);
            job.schedule();
        }
    }

    /**
     * Writes the figures of a result; the name's end decides the format.
     *
     * @throws IllegalArgumentException where the result has no figures
     */
    public static void write(Path file, Finding<?> finding) throws IOException {
        List<Sheet> sheets = finding.result().sheets();
        if (sheets.isEmpty()) {
            throw new IllegalArgumentException("This result has no figures; the command in its recipe writes its files with --out.");
        }
        SheetFile.write(file, Sheet.stacked(sheets).madeBy(RecipeText.write(finding.recipe())), ZOOM);
    }
}
