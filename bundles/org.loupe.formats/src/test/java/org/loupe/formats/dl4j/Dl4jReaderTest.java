package org.loupe.formats.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Tap;

/** Files that DL4J wrote, see the README beside them, and what becomes of damaged ones. */
class Dl4jReaderTest {

    private static final String CONFIGURATION = "configuration.json";
    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path folder;

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = Dl4jReaderTest.class.getResourceAsStream("/dl4j/" + name)) {
            return in.readAllBytes();
        }
    }

    private Path written(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("network.zip"), bytes);
    }

    private NetworkReading read(byte[] bytes) throws IOException {
        return new Dl4jReader().read(written(bytes), InputChoice.NONE);
    }

    @ParameterizedTest
    @CsvSource({"inception, 40, 44", "lenet-channels-last, 20, 25"})
    void everyLayerIsWhatDl4jComputed(String name, int rows, int columns) throws IOException {
        Path file = written(sample(name + ".zip"));
        Network read = new Dl4jReader().read(file, new InputChoice(rows, columns, Optional.empty())).network();
        List<Layer> layers = read.operations().stream().map(operation -> operation.name())
                .filter(operation -> operation.indexOf(' ') < 0)
                .map(operation -> new Layer(operation, operation, operation, "")).toList();
        Network network = new Network(read.name(), read.about(), read.input(), read.operations(), layers, List.of());
        Batch picture = Batch.zeros(1, 3, rows, columns);
        for (int i = 0; i < picture.values().length; i++) {
            picture.values()[i] = i * 37 % 101 / 101f;
        }
        Map<String, Double> largest = new LinkedHashMap<>();
        List<String> lines = new String(sample(name + ".csv"), StandardCharsets.UTF_8).lines().skip(1).toList();
        lines.forEach(line -> largest.put(line.split(",")[0], Math.abs(Double.parseDouble(line.split(",")[3]))));
        try (Session session = new ReferenceEngine().open(network)) {
            for (String line : lines) {
                String[] fields = line.split(",");
                Tap tap = Tap.after(fields[0]);
                float[] found = session.activations(picture, Set.of(tap)).at(tap).values();
                assertEquals(Integer.parseInt(fields[1]), found.length, fields[0]);
                assertEquals(Double.parseDouble(fields[3]), found[Integer.parseInt(fields[2])],
                        TOLERANCE * largest.get(fields[0]), line);
            }
        }
    }

    @Test
    void layersHaveTheNamesOfTheFile() throws IOException {
        NetworkReading reading = read(sample("inception.zip"));
        List<String> names = reading.network().layers().stream().map(Layer::name).toList();
        assertTrue(names.containsAll(List.of("conv1", "pool1", "lrn1", "conv2", "conv3", "lrn2", "3a_1", "3a_3", "3a_5", "3a_m",
                "3a_p", "3a", "pool3", "4a", "out.logits", "out")), names.toString());
        assertEquals(22, names.size(), names.toString());
        assertTrue(reading.network().layer("conv1").hasActivation());
        assertEquals("3x224x224", reading.network().input().shape().toString());
        assertEquals(Certainty.UNKNOWN, reading.size());
        assertEquals(Certainty.UNKNOWN, reading.colours());
    }

    @Test
    void theSizeIsFoundFromWhatTheDenseLayerReads() throws IOException {
        NetworkReading reading = read(sample("lenet-channels-last.zip"));
        assertEquals(Certainty.GUESSED, reading.size());
        assertTrue(reading.remarks().get(0).contains("fits to 20 to 23 rows and 24 to 27 columns"),
                reading.remarks().toString());
        assertEquals("0..1", Preparation.of(reading.network()).toString());
        assertEquals(Certainty.GUESSED, reading.colours());
    }

    @Test
    void anUnknownLayerIsLeftOutAndWhatNeedsItToo() throws IOException {
        NetworkReading reading = read(changed("inception.zip", CONFIGURATION,
                text -> text.replaceFirst("(?s)conf.layers.GlobalPoolingLayer", "conf.layers.CapsuleLayer")));
        assertTrue(reading.remarks().toString().contains("Cannot run: 1 x CapsuleLayer at mean."),
                reading.remarks().toString());
        List<Layer> layers = reading.network().layers();
        assertEquals("4a", layers.get(layers.size() - 1).name());
    }

    @Test
    void weightsThatAreTooFewOrTooManyAreRefused() throws IOException {
        for (String nOut : new String[] {"5", "500000000", "2147483647", "-1"}) {
            byte[] bytes = changed("lenet-channels-last.zip", CONFIGURATION,
                    text -> text.replaceFirst("\"nout\" : 6", "\"nout\" : " + nOut));
            NetworkException told = assertThrows(NetworkException.class, () -> read(bytes));
            assertTrue(told.getMessage().startsWith("network.zip: "), told.getMessage());
        }
    }

    @Test
    void weightsThatNeedNoBytesAreRefused() throws IOException {
        byte[] bytes = changed("lenet-channels-last.zip", CONFIGURATION, text -> text
                .replaceFirst("\"nin\" : 3", "\"nin\" : 0").replaceFirst("\"nout\" : 6", "\"nout\" : 2000000000")
                .replaceFirst("\"hasBias\" : true", "\"hasBias\" : false"));
        assertTrue(assertThrows(NetworkException.class, () -> read(bytes)).getMessage()
                .startsWith("network.zip: "));
    }

    @Test
    void otherArchivesAndOtherFilesAreNoNetworks() throws IOException {
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(other)) {
            zip.putNextEntry(new ZipEntry("../../configuration.json"));
            zip.write(1);
        }
        assertEquals("network.zip: It has no configuration.json, so it is not a network that DL4J wrote",
                assertThrows(NetworkException.class, () -> read(other.toByteArray())).getMessage());
        assertTrue(assertThrows(NetworkException.class, () -> read(new byte[100])).getMessage()
                .startsWith("network.zip is not a whole DL4J network: "));
    }

    @Test
    void aFlippedBitInTheWeightsIsNoticed() throws IOException {
        byte[] bytes = sample("inception.zip");
        bytes[bytes.length / 2] ^= 4;
        assertThrows(NetworkException.class, () -> read(bytes));
    }

    @Test
    void anArchiveThatUnpacksToFarTooMuchIsRefused() throws IOException {
        byte[] bytes = changed("lenet-channels-last.zip", CONFIGURATION, text -> text + " ".repeat(80 << 20));
        assertTrue(bytes.length < 1 << 20);
        assertTrue(assertThrows(NetworkException.class, () -> read(bytes)).getMessage().contains("would unpack to"));
    }

    @Test
    void nestedListsWithoutEndAreRefused() throws IOException {
        byte[] bytes = changed("lenet-channels-last.zip", CONFIGURATION, text -> "{\"confs\":" + "[".repeat(1 << 20));
        assertThrows(NetworkException.class, () -> read(bytes));
    }

    @Test
    void damagedFilesAreReadOrRefusedButNothingElse() throws IOException {
        byte[] whole = sample("lenet-channels-last.zip");
        Map<String, byte[]> entries = entries(whole);
        Draws draws = new Draws(1);
        int refused = 0;
        for (int trial = 0; trial < 500; trial++) {
            byte[] bytes;
            if (trial % 3 == 0) {
                bytes = mutated(whole, draws);
            } else {
                Map<String, byte[]> some = new LinkedHashMap<>(entries);
                String entry = List.copyOf(entries.keySet()).get(draws.below(entries.size()));
                some.put(entry, mutated(entries.get(entry), draws));
                bytes = zipped(some);
            }
            try {
                read(bytes);
            } catch (NetworkException told) {
                assertTrue(told.getMessage().startsWith("network.zip"), told.getMessage());
                refused++;
            } catch (RuntimeException | Error wrong) {
                fail("trial " + trial, wrong);
            }
        }
        assertTrue(refused > 150, refused + " refused");
    }

    private static byte[] mutated(byte[] bytes, Draws draws) {
        byte[] mutated = draws.chance(0.2) ? Arrays.copyOf(bytes, draws.below(bytes.length)) : bytes.clone();
        for (int change = draws.below(4); change >= 0 && mutated.length > 0; change--) {
            int at = draws.chance(0.5) ? draws.below(mutated.length) : draws.below(Math.min(mutated.length, 150));
            mutated[at] = draws.chance(0.5) ? (byte) draws.below(256) : (byte) (mutated[at] ^ 1 << draws.below(8));
        }
        return mutated;
    }

    private static byte[] changed(String sample, String entry, UnaryOperator<String> change) throws IOException {
        Map<String, byte[]> entries = entries(sample(sample));
        entries.put(entry, change.apply(new String(entries.get(entry), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
        return zipped(entries);
    }

    private static Map<String, byte[]> entries(byte[] zip) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] zipped(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
