package org.loupe.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.loupe.core.Progress;
import org.loupe.core.picture.PictureSet;

/** The picture sets that a laboratory has opened, each once, and what is known of them. All are closed together. */
final class OpenPictures implements AutoCloseable {

    private final PictureSets sets;
    private final Map<String, PictureSet> open = new TreeMap<>();
    private final Map<PictureSet, Optional<String>> hashes = new WeakHashMap<>();

    OpenPictures(PictureSets sets) {
        this.sets = sets;
    }

    /**
     * A set, opened the first time that it is asked for.
     *
     * @throws IllegalArgumentException when there is nothing of the name, naming what was probably meant
     * @throws UncheckedIOException     when the place cannot be read as a picture set
     */
    synchronized PictureSet set(String nameOrPlace) {
        PictureSet known = open.get(nameOrPlace);
        if (known == null) {
            try {
                known = sets.open(nameOrPlace);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem.getMessage(), problem);
            }
            open.put(nameOrPlace, known);
        }
        return known;
    }

    /** What stands for a set in recipes; found once, which may take reading all of its pictures. */
    synchronized String hash(PictureSet set) {
        return hashes.computeIfAbsent(set, one -> one.hash(Progress.NONE)).orElse("");
    }

    @Override
    public synchronized void close() {
        open.values().forEach(PictureSet::close);
        open.clear();
    }
}
