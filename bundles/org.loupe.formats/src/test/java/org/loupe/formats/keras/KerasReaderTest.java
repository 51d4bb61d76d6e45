package org.loupe.formats.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.Batch;
import org.loupe.core.NumpyArray;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Tap;
import org.loupe.formats.arrays.ZooFile;

/** Models that Keras wrote, and what becomes of changed ones. */
class KerasReaderTest {

    private static final KerasReader READER = new KerasReader();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny_mixed", "tiny_mixed_k2", "tiny_mixed_k3", "tiny_sequential", "tiny_sequential_k2", "tiny_sequential_k3"})
    void modelsComputeWhatKerasComputes(String name) throws IOException {
        ZooFile.of(name).check(READER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nested.keras", "nested.h5"})
    void modelsInModelsAndSharedLayersComputeWhatKerasComputes(String name) throws IOException {
        Map<String, NumpyArray> values = NumpyArray.readAll(resource("nested.npz"));
        Network network = READER.read(resource(name), new InputChoice(20, 20, Optional.of(Preparation.known("0..1")))).network();
        float[] wanted = values.get("shares").values();
        try (Session session = new ReferenceEngine().open(network)) {
            Tap shares = Tap.after(network.layers().get(network.layers().size() - 1).name());
            Batch picture = new Batch(1, 3, 20, 20, values.get("input").values());
            assertArrayEquals(wanted, session.activations(picture, Set.of(shares)).at(shares).values(), 1e-5f);
        }
        assertTrue(network.operation("block/gate").isPresent() && network.operation("shared_call2").isPresent());
    }

    @Test
    void functionsOfKeras2AreArithmetic() throws IOException {
        NetworkReading reading = changed("tiny_mixed", json -> {
            JsonObject layer = layer(json, "left_relu");
            layer.addProperty("class_name", "TFOpLambda");
            layer.add("config", JsonParser.parseString("{'name': 'left_relu', 'function': '__operators__.add'}"));
            layer.add("inbound_nodes", JsonParser.parseString("[['left_norm', 0, 0, {'y': 3.0, 'name': null}]]"));
            return json;
        });
        BatchNormalization sum = (BatchNormalization) reading.network().operation("left_relu").orElseThrow();
        assertEquals(3f, sum.shift().values()[0]);
        assertEquals("left_norm", sum.input());
    }

    private static Path resource(String name) {
        try {
            return Path.of(KerasReaderTest.class.getResource("/keras/" + name).toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny_mixed", "tiny_mixed_k2", "tiny_mixed_k3"})
    void layersHaveTheNamesThatTheyHaveInKeras(String name) throws IOException {
        NetworkReading reading = READER.read(ZooFile.of(name).path(), InputChoice.NONE);
        List<String> names = reading.network().layers().stream().map(Layer::name).toList();
        assertTrue(names.containsAll(List.of("stem", "left", "right", "both", "pool", "project", "sum", "dilated", "logits")),
                names.toString());
        assertTrue(reading.network().layer("stem").hasActivation());
    }

    @Test
    void aModelThatBeginsByScalingItsColoursSaysSo() throws IOException {
        NetworkReading reading = READER.read(ZooFile.of("tiny_sequential").path(), InputChoice.NONE);
        assertEquals(Certainty.STATED, reading.colours());
        assertEquals(List.of(0f), Preparation.of(reading.network()).mean());
        assertEquals(List.of(1f), Preparation.of(reading.network()).deviation());
    }

    @ParameterizedTest
    @CsvSource({"resnet50, caffe", "resnet50v2, -1..1", "vgg16, caffe", "inception_v3, -1..1", "mobilenetv2_1.00_224, -1..1",
        "efficientnetb0, 0..255", "densenet121, imagenet"})
    void theNameOfTheModelSuggestsTheColours(String model, String colours) throws IOException {
        NetworkReading reading = changed("tiny_mixed", json -> {
            json.getAsJsonObject("config").addProperty("name", model);
            return json;
        });
        assertEquals(Preparation.known(colours), Preparation.of(reading.network()));
        assertEquals(Certainty.GUESSED, reading.colours());
        assertTrue(reading.remarks().stream().anyMatch(remark -> remark.contains(model)), reading.remarks().toString());
    }

    @Test
    void allThatCannotRunIsNamedAtOnceAndTheRestOpens() throws IOException {
        NetworkReading reading = changed("tiny_mixed", json -> {
            layer(json, "dilated").addProperty("class_name", "Lambda");
            layer(json, "left_norm").addProperty("class_name", "GroupNormalization");
            return json;
        });
        String told = reading.remarks().get(0);
        assertTrue(told.contains("1 x GroupNormalization at left_norm"), told);
        assertTrue(reading.network().layers().stream().anyMatch(layer -> layer.name().equals("stem")));
    }

    @Test
    void aSharedLayerIsThereAsOftenAsItIsCalled() throws IOException {
        NetworkReading reading = changed("tiny_mixed", json -> {
            JsonArray nodes = layer(json, "stem_norm").getAsJsonArray("inbound_nodes");
            nodes.add(JsonParser.parseString(nodes.get(0).toString().replace("\"stem\"", "\"stem_norm\"")));
            JsonObject left = layer(json, "left");
            left.add("inbound_nodes", JsonParser.parseString(
                    left.get("inbound_nodes").toString().replace("[\"stem_norm\",0,0]", "[\"stem_norm\",1,0]")));
            return json;
        });
        assertTrue(reading.network().operation("stem_norm_call2").isPresent());
    }

    @Test
    void layersThatReadEachOtherAreToldAndDoNotHang() {
        String told = assertThrows(NetworkException.class, () -> changed("tiny_mixed", json -> {
            JsonObject stem = layer(json, "stem");
            stem.add("inbound_nodes", JsonParser.parseString(
                    stem.get("inbound_nodes").toString().replace("\"picture\"", "\"stem_norm\"")));
            return json;
        })).getMessage();
        assertTrue(told.contains("changed.keras") && told.contains("reads what no other layer makes"), told);
    }

    @Test
    void weightsWithoutAnArchitectureAreTold() throws IOException {
        Path file = folder.resolve("only.weights.h5");
        Files.write(file, parts(ZooFile.of("tiny_mixed").path()).get("model.weights.h5"));
        String told = assertThrows(NetworkException.class, () -> READER.read(file, InputChoice.NONE)).getMessage();
        assertTrue(told.contains("only.weights.h5") && told.contains("model.save("), told);
    }

    @Test
    void compressedArraysAreToldWithWhatToDo() throws IOException {
        Path file = resource("compressed.h5");
        String told = assertThrows(NetworkException.class, () -> READER.read(file, InputChoice.NONE)).getMessage();
        assertTrue(told.contains("compressed.h5") && told.contains("are compressed"), told);
    }

    @Test
    void missingWeightsAreToldWithTheirLayer() {
        String told = assertThrows(NetworkException.class, () -> changed("tiny_mixed", json -> {
            JsonObject copy = layer(json, "logits");
            copy.addProperty("class_name", "BatchNormalization");
            return json;
        })).getMessage();
        assertTrue(told.contains("logits"), told);
    }

    @Test
    void anArchiveThatGrowsOutOfAllProportionIsRefused() throws IOException {
        Map<String, byte[]> parts = parts(ZooFile.of("tiny_mixed").path());
        parts.put("model.weights.h5", new byte[1 << 26]);
        Path file = written("bomb.keras", parts);
        assertTrue(Files.size(file) < 1 << 20);
        String told = assertThrows(NetworkException.class, () -> READER.read(file, InputChoice.NONE)).getMessage();
        assertTrue(told.contains("bomb.keras") && told.contains("larger than"), told);
    }

    @Test
    void aZipArchiveOfSomethingElseIsTold() throws IOException {
        Path file = written("other.keras", Map.of("readme.txt", new byte[8]));
        String told = assertThrows(NetworkException.class, () -> READER.read(file, InputChoice.NONE)).getMessage();
        assertTrue(told.contains("other.keras") && told.contains("config.json"), told);
    }

    private static JsonObject layer(JsonObject model, String name) {
        for (JsonElement layer : model.getAsJsonObject("config").getAsJsonArray("layers")) {
            if (layer.getAsJsonObject().get("name").getAsString().equals(name)) {
                return layer.getAsJsonObject();
            }
        }
        throw new AssertionError(name);
    }

    private NetworkReading changed(String name, UnaryOperator<JsonObject> change) throws IOException {
        Map<String, byte[]> parts = parts(ZooFile.of(name).path());
        JsonObject json = JsonParser.parseString(new String(parts.get("config.json"), StandardCharsets.UTF_8)).getAsJsonObject();
        parts.put("config.json", change.apply(json).toString().getBytes(StandardCharsets.UTF_8));
        return READER.read(written("changed.keras", parts), InputChoice.NONE);
    }

    private static Map<String, byte[]> parts(Path file) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return parts;
    }

    private Path written(String name, Map<String, byte[]> parts) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }
}
