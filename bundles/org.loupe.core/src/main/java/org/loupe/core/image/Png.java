package org.loupe.core.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.loupe.core.Batch;

/** Writes pictures as PNG files (W3C Portable Network Graphics), with texts such as the recipe inside. */
public final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int RGB = 2;
    private static final int RGB_AND_OPACITY = 6;
    private static final int GREY = 0;

    /** Where the first chunk ends: signature, length, name, 13 bytes, checksum. */
    private static final int HEADER_END = 8 + 4 + 4 + 13 + 4;

    private Png() {
    }

    /**
     * The bytes of a PNG file with 8 bits for each colour.
     *
     * @param pictures colours from 0 to 1, with 3 channels or 1, or with 4 of which the last is the
     *                 opacity; what lies outside is cut off
     * @param image    which of them
     * @param texts    by keyword, written as international texts
     */
    public static byte[] write(Batch pictures, int image, Map<String, String> texts) {
        int channels = pictures.channels();
        if (channels != 4 && channels != 3 && channels != 1) {
            throw new IllegalArgumentException("A PNG file has 4 channels, 3 or 1, not " + channels);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        byte[] header = ByteBuffer.allocate(13).putInt(pictures.columns()).putInt(pictures.rows()).put((byte) 8)
                .put((byte) (channels == 4 ? RGB_AND_OPACITY : channels == 3 ? RGB : GREY)).array();
        chunk("IHDR", header, out);
        texts.forEach((keyword, text) -> chunk("iTXt", text(keyword, text), out));
        chunk("IDAT", deflated(lines(pictures, image)), out);
        chunk("IEND", new byte[0], out);
        return out.toByteArray();
    }

    /**
     * The bytes of a PNG file with one more text in front of its other texts.
     *
     * @throws IllegalArgumentException when these are not the bytes of a PNG file
     */
    public static byte[] with(byte[] file, String keyword, String text) {
        if (file.length < HEADER_END || !Arrays.equals(SIGNATURE, Arrays.copyOf(file, SIGNATURE.length))) {
            throw new IllegalArgumentException("No text can be added to what is not a PNG file");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, HEADER_END);
        chunk("iTXt", text(keyword, text), out);
        out.write(file, HEADER_END, file.length - HEADER_END);
        return out.toByteArray();
    }

    private static byte[] lines(Batch pictures, int image) {
        int channels = pictures.channels();
        int columns = pictures.columns();
        byte[] lines = new byte[pictures.rows() * (1 + columns * channels)];
        int to = 0;
        for (int row = 0; row < pictures.rows(); row++) {
            lines[to++] = 0;
            for (int column = 0; column < columns; column++) {
                for (int channel = 0; channel < channels; channel++) {
                    lines[to++] = level(pictures.at(image, channel, row, column));
                }
            }
        }
        return lines;
    }

    private static byte level(float value) {
        return (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
    }

    private static byte[] text(String keyword, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(new byte[5]);
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(String kind, byte[] content, ByteArrayOutputStream out) {
        byte[] name = kind.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(name);
        out.writeBytes(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
