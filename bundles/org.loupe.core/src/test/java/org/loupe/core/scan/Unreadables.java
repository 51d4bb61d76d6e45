package org.loupe.core.scan;

import java.util.List;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;

/** The pictures of a set, none of which can be read any more. */
record Unreadables(PictureSet of) implements PictureSet {

    @Override
    public String name() {
        return of.name();
    }

    @Override
    public List<Picture> pictures() {
        return of.pictures();
    }

    @Override
    public List<String> classes() {
        return of.classes();
    }

    @Override
    public Optional<String> hash(Progress progress) {
        return of.hash(progress);
    }

    @Override
    public PictureHeader header(int index) throws PictureException {
        throw new PictureException("It is cut off.");
    }

    @Override
    public void read(int index, Frame frame, Batch batch, int image) throws PictureException {
        throw new PictureException("It is cut off.");
    }

    @Override
    public void close() {
        of.close();
    }
}
