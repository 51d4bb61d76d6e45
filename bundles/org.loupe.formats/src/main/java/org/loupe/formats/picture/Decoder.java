package org.loupe.formats.picture;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.Resampling;

/** Decodes picture files within limits. May be used by several threads at once. */
final class Decoder {

    private static final long PIXELS_A_PERMIT = 1_000_000;

    private final Limits limits;
    private final Codecs codecs = new Codecs();
    private final Semaphore room;

    Decoder(Limits limits) {
        this.limits = limits;
        this.room = new Semaphore(permits(limits.roomPixels()), true);
    }

    /** Reads what a picture says of itself; the pixels may still be damaged. */
    PictureHeader header(byte[] file) throws PictureException {
        return open(file, (reader, format, traits) -> {
            int rows = reader.getHeight(0);
            int columns = reader.getWidth(0);
            check(rows, columns, traits);
            boolean isSideways = traits.orientation().isSideways();
            return new PictureHeader(format.label(), isSideways ? columns : rows, isSideways ? rows : columns);
        });
    }

    /**
     * Decodes a picture and fits it into a frame.
     *
     * @param values where to write the colours, from 0 to 1, in the order (channel, row, column)
     * @param offset index of the first
     */
    void decode(byte[] file, Frame frame, float[] values, int offset) throws PictureException {
        open(file, (reader, format, traits) -> {
            long pixels = check(reader.getHeight(0), reader.getWidth(0), traits);
            int step = (int) Math.ceil(Math.sqrt((double) pixels / limits.keptPixels()));
            int permits = permits(pixels / ((long) step * step) + (traits.isWhole() ? pixels : 0));
            room.acquireUninterruptibly(permits);
            try {
                BufferedImage image = pixels(reader, step);
                Resampling.fit(new RasterPixels(image, traits.orientation(), frame.background()), frame, values, offset);
                return frame;
            } finally {
                room.release(permits);
            }
        });
    }

    private static BufferedImage pixels(ImageReader reader, int step) throws IOException {
        boolean[] isCutOff = new boolean[1];
        reader.addIIOReadWarningListener((source, warning) -> isCutOff[0] |= warning.contains("Missing EOI"));
        ImageReadParam parameters = reader.getDefaultReadParam();
        if (step > 1) {
            // In the middle of each square of pixels, one is taken for all.
            int middle = Math.min(step / 2, Math.min(reader.getWidth(0), reader.getHeight(0)) - 1);
            parameters.setSourceSubsampling(step, step, middle, middle);
        }
        BufferedImage image = reader.read(0, parameters);
        if (isCutOff[0]) {
            throw new EOFException();
        }
        return image;
    }

    /** The number of pixels, if it is not too large. */
    private long check(int rows, int columns, Traits traits) throws PictureException {
        long pixels = Math.max((long) rows * columns, traits.innerPixels());
        long most = traits.isWhole() ? limits.wholePixels() : limits.pixels();
        if (pixels > most) {
            throw new PictureException("It has " + rows + " rows and " + columns + " columns; at most "
                    + most / 1_000_000 + " million pixels can be read of a picture of this kind. Make it smaller.");
        }
        if (pixels * traits.scans() > limits.scanPixels()) {
            throw new PictureException("It is stored in " + traits.scans() + " scans over " + rows + " rows and " + columns
                    + " columns, which would take too long to decode. Save it with fewer.");
        }
        return pixels;
    }

    private int permits(long pixels) {
        return (int) (Math.min(pixels, limits.roomPixels()) / PIXELS_A_PERMIT) + 1;
    }

    private interface Work<T> {
        T with(ImageReader reader, Format format, Traits traits) throws IOException;
    }

    /** Decoders meet damage in many ways, not all of them foreseen by their authors. */
    private <T> T open(byte[] file, Work<T> work) throws PictureException {
        if (file.length > limits.fileBytes()) {
            throw tooLarge(limits);
        }
        Format format = Format.of(file);
        Traits traits = Traits.of(format, file);
        ImageReader reader = null;
        try (ByteArrayImageInputStream input = new ByteArrayImageInputStream(file)) {
            reader = codecs.reader(format);
            reader.setInput(input, true, true);
            return work.with(reader, format, traits);
        } catch (PictureException known) {
            throw known;
        } catch (IOException | RuntimeException damage) {
            throw new PictureException(isCutOff(damage) ? "It is cut off."
                    : "It is no " + format.label() + " picture that can be decoded: " + message(damage), damage);
        } catch (OutOfMemoryError memory) {
            throw new PictureException("There is not enough memory to decode it. Make it smaller.", memory);
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    static PictureException tooLarge(Limits limits) {
        return new PictureException("It has more than " + (limits.fileBytes() >> 20) + " MB. Make it smaller.");
    }

    private static boolean isCutOff(Throwable damage) {
        return damage instanceof EOFException || damage.getCause() != null && isCutOff(damage.getCause());
    }

    /** The first line of what a decoder says, which may quote the file, without what a terminal would obey. */
    private static String message(Throwable damage) {
        if (damage.getCause() != null) {
            return message(damage.getCause());
        }
        String text = damage instanceof IOException && damage.getMessage() != null ? damage.getMessage() : damage.toString();
        return text.lines().findFirst().orElse("").replaceAll("\\p{C}", "?").strip().replaceFirst("\\.?$", ".");
    }
}
