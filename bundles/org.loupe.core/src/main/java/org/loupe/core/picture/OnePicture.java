package org.loupe.core.picture;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Progress;

/** One picture of a set as a set of its own; closing it closes the other set. */
public final class OnePicture implements PictureSet {

    private final PictureSet set;
    private final int index;

    /**
     * @param index in the set's {@link PictureSet#pictures()}
     * @throws IllegalArgumentException when the set has no such picture
     */
    public OnePicture(PictureSet set, int index) {
        if (index < 0 || index >= set.pictures().size()) {
            throw new IllegalArgumentException(set.name() + " has the pictures 0 to " + (set.pictures().size() - 1)
                    + ", not " + index + ".");
        }
        this.set = set;
        this.index = index;
    }

    @Override
    public String name() {
        return set.name() + ":" + index;
    }

    @Override
    public List<Picture> pictures() {
        return List.of(set.pictures().get(index));
    }

    @Override
    public List<String> classes() {
        return set.classes();
    }

    @Override
    public Optional<String> hash(Progress progress) {
        return set.hash(index, progress);
    }

    @Override
    public PictureHeader header(int only) throws PictureException {
        return set.header(index);
    }

    @Override
    public void read(int only, Frame frame, Batch batch, int image) throws PictureException {
        set.read(index, frame, batch, image);
    }

    @Override
    public Optional<PartMap> parts(int only) {
        return set.parts(index);
    }

    @Override
    public Map<String, String> factors(int only) {
        return set.factors(index);
    }

    @Override
    public Optional<String> group(int only) {
        return set.group(index);
    }

    @Override
    public void close() {
        set.close();
    }
}
