package org.loupe.formats.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.picture.ContentHash;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Unreadable;

/** Pictures in files, wherever these are kept. */
final class FilePictureSet implements PictureSet {

    /** What stands in the hash for a file that cannot be read. */
    private static final Contents.Stamp NONE = new Contents.Stamp(-1, 0);

    private final String name;
    private final List<Picture> pictures;
    private final List<String> places;
    private final List<String> classes;
    private final List<Unreadable> unreadable;
    private final Contents contents;
    private final Decoder decoder;
    private final Limits limits;
    private String hash;

    FilePictureSet(String name, List<Picture> pictures, List<String> places, List<String> classes,
            List<Unreadable> unreadable, Contents contents, Decoder decoder, Limits limits) {
        this.name = name;
        this.pictures = pictures;
        this.places = places;
        this.classes = classes;
        this.unreadable = unreadable;
        this.contents = contents;
        this.decoder = decoder;
        this.limits = limits;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Picture> pictures() {
        return pictures;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public List<Unreadable> unreadable() {
        return unreadable;
    }

    @Override
    public synchronized Optional<String> hash(Progress progress) {
        if (hash == null) {
            ContentHash found = new ContentHash();
            for (int i = 0; i < pictures.size(); i++) {
                if (!progress.report(i, pictures.size(), "Adding up the bytes of " + name)) {
                    return Optional.empty();
                }
                add(i, found);
            }
            hash = found.hex();
        }
        return Optional.of(hash);
    }

    @Override
    public Optional<String> hash(int index, Progress progress) {
        ContentHash found = new ContentHash();
        add(index, found);
        return Optional.of(found.hex());
    }

    private void add(int index, ContentHash hash) {
        Picture picture = pictures.get(index);
        Contents.Stamp stamp = stamp(places.get(index));
        hash.add(picture.name(), picture.isLabelled() ? classes.get(picture.label()) : "", stamp.length(), stamp.checksum());
    }

    private Contents.Stamp stamp(String place) {
        try {
            return contents.stamp(place);
        } catch (IOException unreadableNow) {
            return NONE;
        }
    }

    @Override
    public PictureHeader header(int index) throws PictureException {
        return decoder.header(bytes(index));
    }

    @Override
    public void read(int index, Frame frame, Batch batch, int image) throws PictureException {
        if (batch.channels() != frame.channels() || batch.rows() != frame.rows() || batch.columns() != frame.columns()) {
            throw new IllegalArgumentException("A batch " + batch + " has no place for pictures of " + frame);
        }
        decoder.decode(bytes(index), frame, batch.values(), batch.offset(image, 0));
    }

    private byte[] bytes(int index) throws PictureException {
        try {
            return contents.read(places.get(index), limits);
        } catch (PictureException known) {
            throw known;
        } catch (IOException | IllegalStateException problem) {
            throw new PictureException("Its file cannot be read: " + problem.getMessage(), problem);
        }
    }

    @Override
    public void close() {
        try {
            contents.close();
        } catch (IOException problem) {
            throw new UncheckedIOException("The picture set " + name + " cannot be closed", problem);
        }
    }
}
