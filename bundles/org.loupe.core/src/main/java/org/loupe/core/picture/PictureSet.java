package org.loupe.core.picture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.Recipe;

/**
 * Pictures with labels, in an order that never changes, and with part masks and factors where they are known.
 *
 * <p>What is listed was found when the set was opened, without looking into the pictures; whether one can be read shows
 * when it is read. Immutable, and may be read by several threads at once. Closed by whoever opened it.
 */
public interface PictureSet extends AutoCloseable {

    /** What a person calls it. */
    String name();

    /** Every picture, in order. */
    List<Picture> pictures();

    /** The classes that pictures may have, in order; empty where none is known. */
    List<String> classes();

    /** What was found when the set was opened and is not among the pictures, with the reason. */
    default List<Unreadable> unreadable() {
        return List.of();
    }

    /**
     * SHA-256, as hexadecimal digits, for recipes. It covers the name and class of every picture, in order, and what
     * each picture's content is known by, so it changes whenever the bytes of a picture do; it does not cover where the
     * set lies. Reads all pictures the first time that it is asked for, as fast as the disk can.
     *
     * @return empty when the progress said to stop
     */
    Optional<String> hash(Progress progress);

    /**
     * SHA-256, as hexadecimal digits, of one picture: its name and class, and what its content is known by.
     *
     * @param index in {@link #pictures()}
     * @return empty when the progress said to stop
     */
    default Optional<String> hash(int index, Progress progress) {
        return hash(progress).map(all -> Recipe.sha256((all + ":" + index).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Looks at the beginning of a picture.
     *
     * @param index in {@link #pictures()}
     * @throws PictureException when it cannot be read, with the reason
     */
    PictureHeader header(int index) throws PictureException;

    /**
     * Reads a picture as one image of a batch.
     *
     * @param index in {@link #pictures()}
     * @param frame of the same shape as an image of the batch
     * @param batch where to write, colours from 0 to 1
     * @param image which image to overwrite; as it was, or partly written, when the picture cannot be read
     * @throws PictureException when it cannot be read, with the reason
     */
    void read(int index, Frame frame, Batch batch, int image) throws PictureException;

    /**
     * Reads a picture.
     *
     * @param index in {@link #pictures()}
     * @return of shape (1, the frame's), colours from 0 to 1
     * @throws PictureException when it cannot be read, with the reason
     */
    default Batch read(int index, Frame frame) throws PictureException {
        Batch batch = Batch.zeros(1, frame.channels(), frame.rows(), frame.columns());
        read(index, frame, batch, 0);
        return batch;
    }

    /**
     * Reads pictures that follow each other. One that cannot be read stops nothing.
     *
     * @param from index of the first
     * @param to   index after the last, greater than {@code from}
     */
    default Reading read(int from, int to, Frame frame) {
        return read(IntStream.range(from, to).boxed().toList(), frame);
    }

    /** Reads pictures in an order. One that cannot be read stops nothing. */
    default Reading read(List<Integer> which, Frame frame) {
        Batch batch = Batch.zeros(which.size(), frame.channels(), frame.rows(), frame.columns());
        List<Integer> indexes = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (int index : which) {
            try {
                read(index, frame, batch, indexes.size());
                indexes.add(index);
            } catch (PictureException problem) {
                unreadable.add(new Unreadable(pictures().get(index).name(), problem.getMessage()));
            }
        }
        return Reading.of(batch, indexes, unreadable);
    }

    /**
     * The part that each pixel of a picture belongs to, where that is known.
     *
     * @param index in {@link #pictures()}
     */
    default Optional<PartMap> parts(int index) {
        return Optional.empty();
    }

    /**
     * What is known about how a picture was made, such as {@code facing: left}, by name; numbers as text. Every picture
     * of a set has the same names.
     *
     * @param index in {@link #pictures()}
     */
    default Map<String, String> factors(int index) {
        return Map.of();
    }

    /**
     * What a picture is of, for questions whether things are alike: its class, unless the set knows that this class and
     * another are varieties of one thing. Empty where that is not known.
     *
     * @param index in {@link #pictures()}
     */
    default Optional<String> group(int index) {
        Picture picture = pictures().get(index);
        return picture.isLabelled() ? Optional.of(classes().get(picture.label())) : Optional.empty();
    }

    /** Lets go of the files that the set is read from. */
    @Override
    void close();
}
