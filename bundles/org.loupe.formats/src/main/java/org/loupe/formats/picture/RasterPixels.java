package org.loupe.formats.picture;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import org.loupe.core.picture.Pixels;

/**
 * A decoded picture, turned as it is looked at, and put on a background where it is transparent. The stored numbers are
 * taken as they are: the grey of a {@link BufferedImage} would otherwise be brightened on its way to red, green and blue.
 */
final class RasterPixels implements Pixels {

    private final Raster raster;
    private final Orientation orientation;
    private final float[] background;
    private final float[] palette;
    private final byte[] bytes;
    private final PixelInterleavedSampleModel layout;
    private final float[] scales;
    private final boolean hasAlpha;
    private final int[] pixel;

    /**
     * Looks at a decoded picture.
     *
     * @param background as {@code 0xRRGGBB}
     */
    RasterPixels(BufferedImage image, Orientation orientation, int background) {
        this.raster = image.getRaster();
        this.orientation = orientation;
        this.background = new float[] {(background >> 16 & 255) / 255f, (background >> 8 & 255) / 255f, (background & 255) / 255f};
        ColorModel colours = image.getColorModel();
        this.hasAlpha = colours.hasAlpha();
        this.palette = colours instanceof IndexColorModel indexed ? palette(indexed) : null;
        this.pixel = new int[raster.getNumBands()];
        this.scales = new float[raster.getNumBands()];
        for (int band = 0; band < scales.length && palette == null; band++) {
            // A damaged picture may have a colour of no bits.
            scales[band] = 1f / ((1L << Math.max(colours.getComponentSize(band), 1)) - 1);
        }
        boolean isPlain = palette == null && raster.getDataBuffer() instanceof DataBufferByte
                && raster.getSampleModel() instanceof PixelInterleavedSampleModel && raster.getParent() == null;
        this.bytes = isPlain ? ((DataBufferByte) raster.getDataBuffer()).getData() : null;
        this.layout = isPlain ? (PixelInterleavedSampleModel) raster.getSampleModel() : null;
    }

    private float[] palette(IndexColorModel indexed) {
        float[] colours = new float[3 * indexed.getMapSize()];
        for (int i = 0; i < indexed.getMapSize(); i++) {
            float alpha = indexed.getAlpha(i) / 255f;
            put(indexed.getRed(i) / 255f, indexed.getGreen(i) / 255f, indexed.getBlue(i) / 255f, alpha, colours, 3 * i);
        }
        return colours;
    }

    @Override
    public int rows() {
        return orientation.isSideways() ? raster.getWidth() : raster.getHeight();
    }

    @Override
    public int columns() {
        return orientation.isSideways() ? raster.getHeight() : raster.getWidth();
    }

    @Override
    public void read(int row, float[] colours) {
        int storedRow = orientation.row(row, 0, raster.getHeight());
        int storedColumn = orientation.column(row, 0, raster.getWidth());
        int down = orientation.row(row, 1, raster.getHeight()) - storedRow;
        int right = orientation.column(row, 1, raster.getWidth()) - storedColumn;
        int columns = columns();
        if (bytes != null) {
            int at = storedRow * layout.getScanlineStride() + storedColumn * layout.getPixelStride();
            readBytes(at, down * layout.getScanlineStride() + right * layout.getPixelStride(), columns, colours);
            return;
        }
        for (int column = 0; column < columns; column++) {
            if (palette != null) {
                // A damaged picture may use colours that its palette lacks.
                int index = Math.min(raster.getSample(storedColumn, storedRow, 0), palette.length / 3 - 1);
                System.arraycopy(palette, 3 * index, colours, 3 * column, 3);
            } else {
                raster.getPixel(storedColumn, storedRow, pixel);
                blend(colours, 3 * column);
            }
            storedRow += down;
            storedColumn += right;
        }
    }

    /** The pixels of most pictures are bytes that follow each other. */
    private void readBytes(int from, int step, int columns, float[] colours) {
        int[] offsets = layout.getBandOffsets();
        int at = from;
        for (int column = 0; column < columns; column++) {
            if (pixel.length == 3) {
                colours[3 * column] = (bytes[at + offsets[0]] & 255) * scales[0];
                colours[3 * column + 1] = (bytes[at + offsets[1]] & 255) * scales[1];
                colours[3 * column + 2] = (bytes[at + offsets[2]] & 255) * scales[2];
            } else {
                for (int band = 0; band < pixel.length; band++) {
                    pixel[band] = bytes[at + offsets[band]] & 255;
                }
                blend(colours, 3 * column);
            }
            at += step;
        }
    }

    /** Bands are grey, grey and alpha, red green blue, or these and alpha. */
    private void blend(float[] colours, int at) {
        boolean isGrey = pixel.length < 3;
        float red = pixel[0] * scales[0];
        float green = isGrey ? red : pixel[1] * scales[1];
        float blue = isGrey ? red : pixel[2] * scales[2];
        int last = pixel.length - 1;
        put(red, green, blue, hasAlpha ? pixel[last] * scales[last] : 1, colours, at);
    }

    private void put(float red, float green, float blue, float alpha, float[] colours, int at) {
        colours[at] = red * alpha + background[0] * (1 - alpha);
        colours[at + 1] = green * alpha + background[1] * (1 - alpha);
        colours[at + 2] = blue * alpha + background[2] * (1 - alpha);
    }
}
