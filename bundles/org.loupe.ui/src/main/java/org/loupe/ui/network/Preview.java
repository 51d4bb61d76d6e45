package org.loupe.ui.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.RGB;
import org.loupe.core.Batch;
import org.loupe.core.network.Network;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Shape;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Pixels;
import org.loupe.core.picture.Resampling;

/**
 * A picture as a network sees it.
 *
 * @param picture cut to the network's size, red, green and blue from 0 to 1
 * @param seen    the network's numbers in its own order of colours, drawn from black for the least of all to white
 * @param ranges  a line for each channel: which colour it is, its least and its largest number
 */
record Preview(Batch picture, Batch seen, List<String> ranges) {

    private static final int COLOURS = 3;
    private static final String[] NAMES = {"red", "green", "blue"};

    /**
     * What is to be shown.
     *
     * @param file nothing for the picture that comes with Loupe
     */
    record Question(Network network, Preparation preparation, Optional<Path> file) {
    }

    /** Reads a picture and prepares it as a network wants it; not for the user interface's thread. */
    static Preview of(Question question) {
        Network network = question.preparation.applied(question.network);
        Shape shape = network.input().shape();
        ImageData data = read(question.file);
        Frame frame = Frame.of(shape, Fitting.COVER);
        Batch fitted = Batch.zeros(1, shape.channels(), shape.rows(), shape.columns());
        Resampling.fit(new Loaded(data), frame, fitted.values(), 0);
        Batch numbers = network.input().normalized(fitted);
        boolean reversed = question.preparation.reversed() && shape.channels() == COLOURS;
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : numbers.values()) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        Batch seen = Batch.zeros(1, COLOURS, shape.rows(), shape.columns());
        List<String> ranges = new ArrayList<>();
        for (int channel = 0; channel < COLOURS; channel++) {
            int from = Math.min(shape.channels() - 1, reversed ? COLOURS - 1 - channel : channel);
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < seen.area(); i++) {
                float value = numbers.values()[numbers.offset(0, from) + i];
                low = Math.min(low, value);
                high = Math.max(high, value);
                seen.values()[seen.offset(0, channel) + i] = most > least ? (value - least) / (most - least) : 0.5f;
            }
            if (channel < shape.channels()) {
                ranges.add(String.format(Locale.ROOT, "%s: %.4g to %.4g", shape.channels() == 1 ? "grey" : NAMES[from],
                        low, high));
            }
        }
        return new Preview(coloured(fitted), seen, ranges);
    }

    private static Batch coloured(Batch batch) {
        if (batch.channels() == COLOURS) {
            return batch;
        }
        Batch coloured = Batch.zeros(1, COLOURS, batch.rows(), batch.columns());
        for (int channel = 0; channel < COLOURS; channel++) {
            System.arraycopy(batch.values(), 0, coloured.values(), coloured.offset(0, channel), batch.area());
        }
        return coloured;
    }

    private static ImageData read(Optional<Path> file) {
        try (InputStream in = file.isPresent() ? Files.newInputStream(file.get())
                : Preview.class.getResourceAsStream("/icons/sample.png")) {
            return new ImageData(in);
        } catch (IOException | SWTException unreadable) {
            throw new IllegalArgumentException("The picture " + file.map(Path::toString).orElse("") + " cannot be read: "
                    + unreadable.getMessage(), unreadable);
        }
    }

    /** A picture that is in memory; what is transparent is white. */
    private record Loaded(ImageData data) implements Pixels {

        private static final float LARGEST = 255;

        @Override
        public int rows() {
            return data.height;
        }

        @Override
        public int columns() {
            return data.width;
        }

        @Override
        public void read(int row, float[] colours) {
            for (int column = 0; column < data.width; column++) {
                RGB colour = data.palette.getRGB(data.getPixel(column, row));
                float alpha = data.getTransparencyType() == SWT.TRANSPARENCY_ALPHA
                        ? data.getAlpha(column, row) / LARGEST : 1;
                colours[COLOURS * column] = 1 - alpha + alpha * colour.red / LARGEST;
                colours[COLOURS * column + 1] = 1 - alpha + alpha * colour.green / LARGEST;
                colours[COLOURS * column + 2] = 1 - alpha + alpha * colour.blue / LARGEST;
            }
        }
    }
}
