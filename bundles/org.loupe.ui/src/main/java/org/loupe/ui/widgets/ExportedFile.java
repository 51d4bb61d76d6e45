package org.loupe.ui.widgets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

/**
 * A file that a person has asked for.
 *
 * @param path    where it is to be
 * @param content all of it
 */
public record ExportedFile(Path path, byte[] content) {

    /**
     * Writes it in the background; it appears whole or not at all. A person is told where that fails.
     *
     * @param what is written, in words
     */
    public void write(String what) {
        Job.create("Export " + what, (ICoreRunnable) monitor -> {
            try {
                write();
            } catch (IOException problem) {
                throw new CoreException(Status.error("The export of " + what + " could not be written to " + path + ": "
                        + problem.getMessage() + ". Choose another folder.", problem));
            }
        }).schedule();
    }

    private void write() throws IOException {
        Path unfinished = Files.createTempFile(path.toAbsolutePath().getParent(), ".loupe", ".part");
        try {
            Files.write(unfinished, content);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
