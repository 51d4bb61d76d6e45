package org.loupe.ui.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.loupe.core.image.Png;
import org.loupe.core.visualize.Visualized;
import org.loupe.ui.widgets.Pictures;

/** Takes pictures out of the workbench: each as it was made, with its recipe. */
public final class PictureExport {

    private PictureExport() {
    }

    /** Asks where to, and writes the picture there in the background. */
    public static void ask(Shell shell, Finding<Visualized> finding, int picture) {
        FileDialog dialog = new FileDialog(shell, SWT.SAVE);
        dialog.setText("Export Picture");
        dialog.setFilterExtensions(new String[] {"*.png"});
        dialog.setFilterNames(new String[] {"PNG, as it was made, with its recipe"});
        dialog.setFileName(title(finding, picture).replaceAll("[^\\p{L}\\p{N}.@,_-]+", "-") + ".png");
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            Job job = Job.create("Export " + title(finding, picture), (ICoreRunnable) monitor -> {
                try {
                    write(Path.of(chosen), finding, picture);
                } catch (IOException problem) {
                    throw new CoreException(Status.error("The picture could not be written to " + chosen + ": "
                            + problem.getMessage() + ". Choose another folder.", problem));
                }
            });
            job.schedule();
        }
    }

    /** Writes a picture, one pixel for each of its own, with its recipe inside; it appears whole or not at all. */
    public static void write(Path file, Finding<Visualized> finding, int picture) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("Title", title(finding, picture));
        texts.put("Software", "Loupe " + finding.recipe().version());
        texts.put("Description", finding.result().isPartial() ? "Partial: the work was stopped." : "Complete.");
        texts.put("Recipe", RecipeText.lines(finding.recipe(), finding.network().name()));
        byte[] content = Png.write(finding.result().pictures(), picture, texts);
        Path unfinished = Files.createTempFile(file.toAbsolutePath().getParent(), ".loupe", ".part");
        try {
            Files.write(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Puts a picture and its name on the clipboard. */
    public static void copy(Display display, Finding<Visualized> finding, int picture) {
        Pictures.copy(display, Pictures.data(finding.result().pictures(), picture), title(finding, picture));
    }

    private static String title(Finding<Visualized> finding, int picture) {
        Visualized.Detail detail = finding.result().details().get(picture);
        return finding.network().name() + " " + detail.objective()
                + (detail.label().isEmpty() ? "" : " " + detail.label());
    }
}
