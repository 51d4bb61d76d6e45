package org.loupe.ui.jobs;

import java.util.Optional;
import org.loupe.core.Observer;
import org.loupe.core.visualize.Visualized;

/** Where pictures come from. Asked from several threads, never from the UI's; exceptions have messages for the user. */
public interface PictureSource {

    /** A picture that is in the store, whole or partial. */
    Optional<Visualized> stored(PictureRequest request);

    /**
     * Makes a picture and stores it, also when it was stopped before it was done.
     *
     * @param again whether to make it although it is in the store
     */
    Visualized make(PictureRequest request, boolean again, Observer<Visualized> observer);
}
