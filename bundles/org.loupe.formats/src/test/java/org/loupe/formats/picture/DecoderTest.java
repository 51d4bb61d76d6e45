package org.loupe.formats.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;

class DecoderTest {

    private final Decoder decoder = new Decoder(Limits.STANDARD);

    static Stream<String> names() {
        return Samples.NAMES.stream();
    }

    /** Pillow rounds what it puts on white and conversions of CMYK, and bits of few masks are widened in two ways. */
    @ParameterizedTest
    @MethodSource("names")
    void everyKindIsReadAsPillowReadsIt(String name) throws PictureException {
        Samples.Reference reference = Samples.Reference.of(name);
        PictureHeader header = decoder.header(Samples.bytes(name));
        assertEquals(reference.rows() + " x " + reference.columns(), header.rows() + " x " + header.columns());
        float[] values = Samples.decoded(decoder, Samples.bytes(name), header.rows(), header.columns());
        int area = header.rows() * header.columns();
        double brightnessSum = 0;
        double largest = 0;
        for (int pixel = 0; pixel < area; pixel++) {
            double brightness = 0;
            for (int channel = 0; channel < 3; channel++) {
                double off = 255 * values[channel * area + pixel]
                        - reference.at(channel, pixel / header.columns(), pixel % header.columns());
                largest = Math.max(largest, Math.abs(off));
                brightness += off * new double[] {.299, .587, .114}[channel];
            }
            brightnessSum += Math.abs(brightness);
        }
        if (name.startsWith("lossy")) {
            // TwelveMonkeys does not smooth the colours of WebP, which are stored at half the size, as libwebp does.
            assertTrue(brightnessSum / area < 1.5, "brightness is off by " + brightnessSum / area + " of 255 on average");
        } else {
            assertTrue(largest <= 1.01, "off by " + largest + " of 255");
        }
    }

    @Test
    void whatIsTransparentShowsTheChosenBackground() throws PictureException {
        float[] onBlack = new float[3 * Samples.ROWS * Samples.COLUMNS];
        decoder.decode(Samples.bytes("alpha.png"), new Frame(3, Samples.ROWS, Samples.COLUMNS, Fitting.AS_IS, 0x0000ff), onBlack, 0);
        assertEquals(0, onBlack[0], "red of the first pixel, which is wholly transparent");
        assertEquals(1, onBlack[2 * Samples.ROWS * Samples.COLUMNS], "its blue");
    }

    /** The profile says that brightness is stored as it is, not as sRGB does. */
    @Test
    void aJpegPictureInAnotherColourSpaceBecomesSrgb() throws PictureException {
        byte[] plain = Samples.bytes("full-colour.jpg");
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        ByteBuffer file = ByteBuffer.allocate(plain.length + profile.length + 18);
        file.put(plain, 0, 2).putShort((short) 0xffe2).putShort((short) (profile.length + 16));
        file.put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1)).put(profile).put(plain, 2, plain.length - 2);
        float[] stored = Samples.decoded(decoder, plain, Samples.ROWS, Samples.COLUMNS);
        float[] seen = Samples.decoded(decoder, file.array(), Samples.ROWS, Samples.COLUMNS);
        for (int i = 0; i < stored.length; i++) {
            double linear = stored[i];
            assertEquals(linear <= .0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - .055, seen[i], .012);
        }
    }

    @Test
    void sixteenBitsKeepMoreThanEight() throws IOException {
        float[] values = Samples.decoded(decoder, png(2, 2, 16, 0, new byte[] {0, 0x12, 0x34, 0x12, 0x35, 0, 0, 0, -1, -1}), 2, 2);
        assertArrayEquals(new float[] {0x1234 / 65535f, 0x1235 / 65535f, 0, 1}, Arrays.copyOf(values, 4), 1e-7f);
    }

    @Test
    void aNetworkThatWantsGreyGetsGrey() throws PictureException {
        float[] grey = new float[Samples.ROWS * Samples.COLUMNS];
        decoder.decode(Samples.bytes("rgb.png"), new Frame(1, Samples.ROWS, Samples.COLUMNS, Fitting.AS_IS, Frame.WHITE), grey, 0);
        Samples.Reference reference = Samples.Reference.of("rgb.png");
        assertEquals((.299 * reference.at(0, 3, 4) + .587 * reference.at(1, 3, 4) + .114 * reference.at(2, 3, 4)) / 255,
                grey[3 * Samples.COLUMNS + 4], 1e-6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "interlaced.png", "rgb.jpg", "progressive.jpg", "cmyk.jpg", "lossy.webp",
            "lossless-alpha.webp", "rgb.bmp", "runs.bmp", "palette.gif"})
    void aFileThatIsCutOffIsRefused(String name) {
        byte[] file = Samples.bytes(name);
        for (int length : new int[] {0, 1, 12, 40, file.length / 2, file.length * 3 / 4}) {
            byte[] cut = Arrays.copyOf(file, length);
            PictureException refused = assertThrows(PictureException.class,
                    () -> Samples.decoded(decoder, cut, Samples.ROWS, Samples.COLUMNS), length + " of " + file.length + " bytes");
            assertTrue(refused.getMessage().matches("It (is|ends) .*\\."), refused.getMessage());
        }
    }

    @Test
    void whatIsNoPictureIsCalledByWhatItIs() {
        assertEquals("It is empty.", reason(new byte[0]));
        assertEquals("It is no picture that can be read: it begins with “<html>”. PNG, JPEG, WebP, BMP and GIF can.",
                reason("<html>\n<body>".getBytes(StandardCharsets.UTF_8)));
        assertEquals("It is no picture that can be read: it begins with the bytes 49 49 2a 00. PNG, JPEG, WebP, BMP and GIF can.",
                reason(new byte[] {0x49, 0x49, 0x2a, 0, 8, 0, 0, 0}));
    }

    private String reason(byte[] file) {
        return assertThrows(PictureException.class, () -> decoder.header(file)).getMessage();
    }

    @Test
    void aPictureThatClaimsToBeHugeIsRefusedBeforeItIsDecoded() throws IOException {
        byte[] claims = png(30_000, 30_000, 8, 2, new byte[100]);
        assertEquals("It has 30000 rows and 30000 columns; at most 250 million pixels can be read of a picture of this kind."
                + " Make it smaller.", reason(claims));
        assertThrows(PictureException.class, () -> Samples.decoded(decoder, claims, 8, 8));
        byte[] webp = Samples.bytes("lossless.webp");
        webp[21] = -1;
        webp[22] = -1;
        webp[23] = -1;
        webp[24] |= 15;
        assertTrue(reason(webp).contains("at most 64 million pixels"), reason(webp));
    }

    /** Much smaller limits than the standard ones, so that the test is quick. */
    @Test
    void ofALargePictureOnlySomeRowsAndColumnsAreKept() throws IOException {
        BufferedImage large = new BufferedImage(900, 600, BufferedImage.TYPE_3BYTE_BGR);
        for (int row = 0; row < 600; row++) {
            for (int column = 0; column < 900; column++) {
                large.setRGB(column, row, column < 450 ? 0xff0000 : row < 300 ? 0x00ff00 : 0x0000ff);
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(large, "png", file);
        Decoder small = new Decoder(new Limits(1 << 20, 1_000_000, 100_000, 20_000, 1_000_000, 1_000_000));
        float[] values = new float[3 * 4 * 4];
        small.decode(file.toByteArray(), new Frame(3, 4, 4, Fitting.STRETCH, Frame.WHITE), values, 0);
        float[] whole = new float[3 * 4 * 4];
        decoder.decode(file.toByteArray(), new Frame(3, 4, 4, Fitting.STRETCH, Frame.WHITE), whole, 0);
        assertArrayEquals(whole, values, .01f);
    }

    @Test
    void aProgressivePictureOfTooManyScansIsRefused() {
        byte[] file = Samples.bytes("progressive.jpg");
        Decoder hasty = new Decoder(new Limits(1 << 20, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 2 * 12 * 20));
        String reason = assertThrows(PictureException.class, () -> hasty.header(file)).getMessage();
        assertTrue(reason.contains("scans over 12 rows and 20 columns"), reason);
    }

    @Test
    void threadsThatDecodeAtTheSameTimeGetWhatOneGets() throws Exception {
        Decoder narrow = new Decoder(new Limits(1 << 20, 1_000_000, 1_000_000, 1_000_000, 1, 1_000_000));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<float[]> work = () -> {
                float[] last = null;
                for (int i = 0; i < 50; i++) {
                    last = Samples.decoded(narrow, Samples.bytes(i % 2 == 0 ? "lossless.webp" : "rgb.jpg"), 12, 20);
                }
                return last;
            };
            float[] alone = Samples.decoded(decoder, Samples.bytes("rgb.jpg"), 12, 20);
            for (Future<float[]> each : Stream.generate(() -> threads.submit(work)).limit(4).toList()) {
                assertArrayEquals(alone, each.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A PNG file of given lines, which begin with a filter's number each. */
    private static byte[] png(int rows, int columns, int depth, int colour, byte[] lines) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(head);
        out.writeInt(columns);
        out.writeInt(rows);
        out.write(new byte[] {(byte) depth, (byte) colour, 0, 0, 0});
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream packing = new DeflaterOutputStream(data, new Deflater())) {
            packing.write(lines);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        chunk(file, "IHDR", head.toByteArray());
        chunk(file, "IDAT", data.toByteArray());
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String kind, byte[] data) throws IOException {
        DataOutputStream out = new DataOutputStream(file);
        byte[] name = kind.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) checksum.getValue());
    }
}
