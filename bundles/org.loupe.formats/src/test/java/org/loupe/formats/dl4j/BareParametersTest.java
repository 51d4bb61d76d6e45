package org.loupe.formats.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Draws;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.formats.architectures.Architecture;
import org.loupe.formats.architectures.Blueprint;

/** Files of learned numbers alone. That their order is DL4J's is tested beside the engine that has DL4J. */
class BareParametersTest {

    private static final Map<String, Blueprint> KNOWN = Architecture.KNOWN.stream().flatMap(one -> one.blueprints().stream())
            .collect(Collectors.toMap(Blueprint::name, Function.identity()));

    @TempDir
    Path folder;

    /** The header of ND4J's binary format for a vector. */
    private static byte[] header(long numbers, String kind) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        long[] shape = {2, 1, numbers, numbers, 1, 0, 1, 'c'};
        out.writeUTF("LONG_SHAPE");
        out.writeLong(shape.length);
        out.writeUTF("LONG");
        for (long value : shape) {
            out.writeLong(value);
        }
        out.writeUTF("MIXED_DATA_TYPES");
        out.writeLong(numbers);
        out.writeUTF(kind);
        return bytes.toByteArray();
    }

    /** Number {@code i} is {@code i * 1e-7f}, or half precision that is all zeros. */
    private static void write(OutputStream to, long numbers, boolean half) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.write(header(numbers, half ? "HALF" : "FLOAT"));
        if (half) {
            out.write(new byte[(int) (2 * numbers)]);
        } else {
            for (long i = 0; i < numbers; i++) {
                out.writeFloat(i * 1e-7f);
            }
        }
        out.flush();
    }

    private Path file(String name, long numbers, boolean half) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            write(out, numbers, half);
        }
        return file;
    }

    private static NetworkException refused(Path file) {
        return assertThrows(NetworkException.class, () -> new Dl4jReader().read(file, InputChoice.NONE));
    }

    @Test
    void architecturesHaveAsManyNumbersAsTorchvisionSays() {
        Map<String, Long> expected = Map.ofEntries(Map.entry("GoogLeNet", 6_639_464L), Map.entry("ResNet-18", 11_699_112L),
                Map.entry("ResNet-34", 21_814_696L), Map.entry("ResNet-50", 25_610_152L), Map.entry("ResNet-101", 44_654_504L),
                Map.entry("ResNet-152", 60_344_232L), Map.entry("Wide ResNet-50-2", 68_951_464L),
                Map.entry("Wide ResNet-101-2", 127_024_552L), Map.entry("VGG-11", 132_863_336L),
                Map.entry("VGG-13", 133_047_848L), Map.entry("VGG-16", 138_357_544L), Map.entry("VGG-19", 143_667_240L),
                Map.entry("VGG-11 with batch normalization", 132_874_344L),
                Map.entry("VGG-16 with batch normalization", 138_374_440L));
        expected.forEach((name, numbers) -> assertEquals(numbers, KNOWN.get(name).numbers(1000), name));
    }

    @Test
    void numbersGoToTheArchitectureThatHasAsMany() throws IOException {
        NetworkReading reading = new Dl4jReader().read(file("mine.params", KNOWN.get("GoogLeNet").numbers(3), false),
                InputChoice.NONE);
        assertEquals("mine", reading.network().name());
        assertTrue(reading.remarks().get(0).startsWith("The file holds 5617539 numbers and does not say what they are. GoogLeNet with"
                + " 3 classes has so many"), reading.remarks().toString());
        Convolution first = (Convolution) reading.network().operations().get(0);
        assertEquals(1e-7f, first.weights().values()[1]);
        BatchNormalization second = (BatchNormalization) reading.network().operations().get(1);
        int before = first.weights().values().length;
        assertEquals(before * 1e-7f, second.scale().values()[0]);
        assertEquals((before + 3 * 64) * 1e-7f, second.variance().values()[0]);
        Dense last = (Dense) reading.network().operations().get(reading.network().operations().size() - 1);
        assertEquals((5_617_539 - 1) * 1e-7f, last.bias().values()[2]);
    }

    @Test
    void anArchiveWithoutAConfigurationIsTheSame() throws IOException {
        Path file = folder.resolve("mine.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry("coefficients.bin"));
            write(zip, KNOWN.get("InceptionV1").numbers(10), true);
        }
        NetworkReading reading = new Dl4jReader().read(file, InputChoice.NONE);
        assertTrue(reading.remarks().get(0).contains("InceptionV1 with 10 classes"), reading.remarks().toString());
        assertTrue(reading.network().layers().stream().anyMatch(layer -> layer.name().equals("mixed4a")));
    }

    @Test
    void whereNoArchitectureHasSoManyItIsSaidWhatIsExpected() throws IOException {
        String told = refused(file("mine.bin", 1000, false)).getMessage();
        assertTrue(told.startsWith("mine.bin: It holds 1000 numbers"), told);
        for (String expected : new String[] {KNOWN.get("InceptionV1").numbers(1008) + " for InceptionV1 with 1008 classes (and 1025"
                + " for each class more or less)", "11699112 for ResNet-18 with 1000 classes", "138357544 for VGG-16",
                "ModelSerializer.writeModel"}) {
            assertTrue(told.contains(expected), told);
        }
    }

    @Test
    void whatIsCutOffOrFollowedBySomethingIsRefused() throws IOException {
        long numbers = KNOWN.get("GoogLeNet").numbers(2);
        Path file = file("mine.bin", numbers, true);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertEquals("mine.bin is not a whole DL4J network: it ends too early", refused(file).getMessage());
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertEquals("mine.bin: Behind its array there is something else", refused(file).getMessage());
    }

    @Test
    void damagedHeadsAreReadOrRefusedButNothingElse() throws IOException {
        byte[] head = header(KNOWN.get("GoogLeNet").numbers(2), "HALF");
        Path file = folder.resolve("mine.bin");
        Draws draws = new Draws(2);
        for (int trial = 0; trial < 400; trial++) {
            byte[] bytes = Arrays.copyOf(head, head.length + draws.below(200));
            for (int change = draws.below(4); change >= 0; change--) {
                bytes[draws.below(head.length)] = (byte) draws.below(256);
            }
            Files.write(file, draws.chance(0.2) ? Arrays.copyOf(bytes, draws.below(bytes.length)) : bytes);
            try {
                assertTrue(refused(file).getMessage().startsWith("mine.bin"));
            } catch (RuntimeException | Error wrong) {
                fail("trial " + trial, wrong);
            }
        }
    }

    @Test
    void otherFilesOfThatEndingAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("pytorch_model.bin"), new byte[] {'P', 'K', 3, 4, 0, 0});
        assertTrue(refused(file).getMessage().startsWith("pytorch_model.bin is not a whole DL4J network"), refused(file).getMessage());
        Files.write(file, "something else altogether".getBytes());
        assertTrue(refused(file).getMessage().startsWith("pytorch_model.bin"), refused(file).getMessage());
        assertArrayEquals(new String[] {"pytorch_model.bin"}, folder.toFile().list());
    }
}
