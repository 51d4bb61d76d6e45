package org.loupe.core.dictionary;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Progress;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Reading;

/**
 * A layer's activations at some positions of many pictures, in a file that is read where it lies. The file is there whole or
 * not at all, and made once for each question.
 */
final class Vectors {

    private static final String NAME = "vectors.bin";
    private static final String FACTS = "vectors.facts";
    private static final int TOGETHER = 32;

    private final FloatBuffer values;
    private final float[] mean;
    private final double unit;

    private Vectors(FloatBuffer values, float[] mean, double unit) {
        this.values = values;
        this.mean = mean;
        this.unit = unit;
    }

    /** Number of vectors. */
    int count() {
        return values.capacity() / mean.length;
    }

    /** The mean of all vectors, divided by the unit. */
    float[] mean() {
        return mean;
    }

    /** What vectors are divided by, so that their mean squared distance from their mean is their number of channels. */
    double unit() {
        return unit;
    }

    /**
     * Copies vectors, divided by the unit.
     *
     * @param which indexes
     * @param into  where to write them, one after the other
     */
    void read(int[] which, float[] into) {
        int channels = mean.length;
        for (int i = 0; i < which.length; i++) {
            values.get(which[i] * channels, into, i * channels, channels);
        }
        float factor = (float) (1 / unit);
        for (int i = 0; i < into.length; i++) {
            into[i] *= factor;
        }
    }

    /**
     * Reads what is there, or shows pictures to the network and writes what comes of it.
     *
     * @param which     indexes of the pictures
     * @param positions how many positions of each picture, drawn without repetition; all where there are no more
     * @return nothing where it was told to stop
     */
    static Optional<Vectors> of(Session session, String layer, PictureSet set, List<Integer> which, Frame frame,
            int positions, long seed, Path folder, Progress progress) {
        try {
            int channels = session.network().shape(session.network().layer(layer)).channels();
            Path file = folder.resolve(NAME);
            Path facts = folder.resolve(FACTS);
            if (!Files.exists(facts) && !collect(session, Tap.after(layer), set, which, frame, positions, seed, file,
                    progress)) {
                return Optional.empty();
            }
            FloatBuffer values;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                values = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
            }
            if (values.capacity() == 0) {
                throw new IllegalArgumentException("No picture of " + set.name() + " can be read.");
            }
            if (!Files.exists(facts)) {
                measure(values, channels, facts);
            }
            try (DataInputStream in = new DataInputStream(Files.newInputStream(facts))) {
                double unit = in.readDouble();
                float[] mean = new float[channels];
                for (int channel = 0; channel < channels; channel++) {
                    mean[channel] = in.readFloat();
                }
                return Optional.of(new Vectors(values, mean, unit));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException("The activations of " + layer + " cannot be kept in " + folder
                    + ". Is the disk full?", problem);
        }
    }

    private static boolean collect(Session session, Tap tap, PictureSet set, List<Integer> which, Frame frame, int positions,
            long seed, Path file, Progress progress) throws IOException {
        Files.createDirectories(file.getParent());
        Path unfinished = file.resolveSibling(NAME + ".part");
        Draws draws = new Draws(seed).split(-2);
        long numbers = 0;
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
            for (int from = 0; from < which.size(); from += TOGETHER) {
                if (!progress.report(from, which.size(), "Collecting activations")) {
                    return false;
                }
                List<Integer> some = which.subList(from, Math.min(which.size(), from + TOGETHER));
                for (int index : some) {
                    Reading reading = set.read(index, index + 1, frame);
                    if (reading.batch().isPresent()) {
                        Batch maps = session.activations(reading.batch().get(), Set.of(tap)).at(tap);
                        byte[] bytes = positions(maps, positions, draws.split(index));
                        numbers += bytes.length / Float.BYTES;
                        require(numbers);
                        out.write(bytes);
                    }
                }
            }
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private static void require(long numbers) {
        if (numbers > Integer.MAX_VALUE / Float.BYTES) {
            throw new IllegalArgumentException("More than 2 GB of activations would be learned from. Ask for fewer positions"
                    + " of each picture, or name fewer pictures.");
        }
    }

    private static byte[] positions(Batch maps, int most, Draws draws) {
        float[] vectors = Coder.vectors(maps);
        int[] order = new int[maps.area()];
        for (int i = 0; i < order.length; i++) {
            int other = draws.below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        int[] chosen = Arrays.copyOf(order, Math.min(most, order.length));
        ByteBuffer bytes = ByteBuffer.allocate(chosen.length * maps.channels() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int at : chosen) {
            for (int channel = 0; channel < maps.channels(); channel++) {
                bytes.putFloat(vectors[at * maps.channels() + channel]);
            }
        }
        return bytes.array();
    }

    private static void measure(FloatBuffer values, int channels, Path facts) throws IOException {
        double[] sums = new double[channels];
        double squares = 0;
        int count = values.capacity() / channels;
        float[] vector = new float[channels];
        for (int i = 0; i < count; i++) {
            values.get(i * channels, vector, 0, channels);
            for (int channel = 0; channel < channels; channel++) {
                sums[channel] += vector[channel];
                squares += (double) vector[channel] * vector[channel];
            }
        }
        double spread = squares / count - Arrays.stream(sums).map(sum -> sum / count * (sum / count)).sum();
        if (!(spread > 1e-12)) {
            throw new IllegalArgumentException("The layer answers the same to all of these pictures; there is nothing to learn.");
        }
        double unit = Math.sqrt(spread / channels);
        Path unfinished = facts.resolveSibling(FACTS + ".part");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(unfinished))) {
            out.writeDouble(unit);
            for (double sum : sums) {
                out.writeFloat((float) (sum / count / unit));
            }
        }
        Files.move(unfinished, facts, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
