package org.loupe.store;

import java.nio.file.Path;

/** Another Loupe has the study open. */
public final class StudyInUseException extends StoreException {

    private static final long serialVersionUID = 1L;

    StudyInUseException(Path folder, String holder) {
        super("The study in " + folder + " is open in another Loupe" + (holder.isEmpty() ? "" : " (process " + holder + ")")
                + ". Close that one, or choose another study folder.");
    }
}
