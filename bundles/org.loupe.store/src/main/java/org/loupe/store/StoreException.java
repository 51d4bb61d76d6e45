package org.loupe.store;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;

/** Something could not be written to or read from a study. Nothing that was stored before is lost. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what was tried, where, and what to do */
    public StoreException(String message) {
        super(message);
    }

    /**
     * @param tried what was tried, and where, as the beginning of a sentence
     * @param cause what the file system says
     */
    public StoreException(String tried, Exception cause) {
        super(tried + ": " + reason(cause), cause);
    }

    /** What the file system's answer means for a person, and what to do about it. */
    private static String reason(Exception problem) {
        if (problem instanceof AccessDeniedException || problem instanceof ReadOnlyFileSystemException) {
            return "there is no permission to write there. Give it, or choose another folder.";
        }
        String said = problem instanceof FileSystemException system && system.getReason() != null
                ? system.getReason() : String.valueOf(problem.getMessage());
        if (problem instanceof FileAlreadyExistsException || problem instanceof NotDirectoryException
                || said.contains("Not a directory")) {
            return "a file is in the place of a folder. Move it away, or choose another folder.";
        }
        if (problem instanceof NoSuchFileException) {
            return "the folder is gone. Make it again, or choose another folder.";
        }
        String advice = said.contains("space") || said.contains("quota") || said.contains("Quota")
                ? " Free some space, or choose another folder." : " Nothing that was there before is lost.";
        return said + (said.endsWith(".") ? "" : ".") + advice;
    }
}
