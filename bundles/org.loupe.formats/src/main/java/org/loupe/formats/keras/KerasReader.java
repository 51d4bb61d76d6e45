package org.loupe.formats.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jhdf.api.Group;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReader;
import org.loupe.core.network.NetworkReading;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.Pictures;
import org.loupe.formats.arrays.Steps;
import org.loupe.formats.arrays.Value;
import org.loupe.formats.graph.Assembly;

/** Reads whole models of Keras: {@code .keras} of Keras 3, and {@code .h5} of Keras 2 and 3. */
public final class KerasReader implements NetworkReader {

    private static final int LARGEST_CONFIGURATION = 1 << 25;
    private static final int LARGEST_FILE = Integer.MAX_VALUE - 8;

    @Override
    public NetworkReading read(Path file, InputChoice choice) throws IOException {
        try {
            return isZip(file) ? archive(file, choice) : single(file, choice);
        } catch (NetworkException broken) {
            throw new NetworkException("Cannot open " + file + ". " + broken.getMessage());
        } catch (ZipException | EOFException broken) {
            throw new NetworkException("Cannot open " + file + ". It is no whole zip archive"
                    + (broken.getMessage() == null ? "." : ": " + broken.getMessage()));
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | ClassCastException
                | NumberFormatException broken) {
            throw new NetworkException("Cannot open " + file + ". Its configuration is broken: " + broken.getMessage());
        }
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(2);
            return begin.length == 2 && begin[0] == 'P' && begin[1] == 'K';
        }
    }

    private static NetworkReading archive(Path file, InputChoice choice) throws IOException {
        long size = Files.size(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            JsonElement model = JsonParser.parseString(new String(entry(zip, "config.json", LARGEST_CONFIGURATION),
                    StandardCharsets.UTF_8));
            String version = version(zip);
            byte[] weights = entry(zip, "model.weights.h5", 4 * size + (1 << 24));
            return Hdf.reading(weights, root -> translated(file, model, version,
                    WeightStore.numbered(root, new Budget(weights.length)), new Budget(weights.length), choice));
        }
    }

    private static String version(ZipFile zip) throws IOException {
        if (zip.getEntry("metadata.json") == null) {
            return "3";
        }
        JsonElement metadata = JsonParser.parseString(new String(entry(zip, "metadata.json", 1 << 16), StandardCharsets.UTF_8));
        JsonElement version = metadata.isJsonObject() ? metadata.getAsJsonObject().get("keras_version") : null;
        return version == null ? "3" : version.getAsString();
    }

    private static byte[] entry(ZipFile zip, String name, long most) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new NetworkException("It is a zip archive without " + name + ", so not one that Keras has saved with"
                    + " model.save(\"network.keras\").");
        }
        int limit = (int) Math.min(most, LARGEST_FILE);
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw new NetworkException("Its part " + name + " is larger than " + limit + " bytes, which no real one is");
            }
            return bytes;
        }
    }

    private static NetworkReading single(Path file, InputChoice choice) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST_FILE) {
            throw new NetworkException("It has " + size + " bytes, more than the " + LARGEST_FILE + " that can be read.");
        }
        byte[] whole = Files.readAllBytes(file);
        return Hdf.reading(whole, root -> {
            String text = WeightStore.text(root.getAttribute("model_config"));
            if (text.isEmpty()) {
                throw new NetworkException("It holds weights, but not the architecture that they belong to. Save the whole"
                        + " model from Keras with model.save(\"network.keras\") and open that.");
            }
            String version = WeightStore.text(root.getAttribute("keras_version"));
            if (!(root.getChild("model_weights") instanceof Group weights)) {
                throw new NetworkException("It holds an architecture, but no weights.");
            }
            Budget budget = new Budget(size);
            return translated(file, JsonParser.parseString(text), version, WeightStore.named(weights, budget), budget, choice);
        });
    }

    private static NetworkReading translated(Path file, JsonElement json, String version, WeightStore store, Budget budget,
            InputChoice choice) {
        Configuration model = Configuration.of(json);
        if (!model.isModel()) {
            throw new NetworkException("It is a model of a class of its own, " + model.kind() + ", whose code is not in the"
                    + " file. Export it to ONNX with model.export(\"network.onnx\", format=\"onnx\") and open that.");
        }
        Pictures pictures = Conventions.pictures(model, choice);
        try {
            return assembled(file, model, version, store, budget, pictures);
        } catch (NetworkException misfit) {
            throw new NetworkException(misfit.getMessage() + pictures.advice());
        }
    }

    private static NetworkReading assembled(Path file, Configuration model, String version, WeightStore store, Budget budget,
            Pictures pictures) {
        boolean third = !version.startsWith("2") && !version.startsWith("1");
        Assembly assembly = new Assembly(pictures.shape());
        Layers layers = new Layers(new Steps(assembly, budget, ""), budget, store, third);
        Value input = Value.map(Network.INPUT, pictures.shape(), Conventions.channelsLast(model));
        List<String> outputs = new Translation(assembly, layers, store)
                .run(model, store.root(), "", List.of(new Translation.Output(input, Network.INPUT))).stream()
                .map(output -> output.value() == null ? output.name() : output.value().output()).toList();
        List<String> remarks = new ArrayList<>();
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        String about = "Read from " + file.getFileName() + ", saved by Keras" + (version.isEmpty() ? "" : " " + version) + ".";
        Network network = assembly.network(file.toString(), name, about, pictures.input(), outputs, List.of(), remarks);
        return pictures.reading(network, remarks);
    }
}
