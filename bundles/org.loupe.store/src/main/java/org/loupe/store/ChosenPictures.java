package org.loupe.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Which picture set a person wants each network to be asked with: one small file. */
public final class ChosenPictures {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Path file;
    private final boolean readOnly;
    private final Consumer<String> problems;
    private Map<String, String> chosen;

    ChosenPictures(Path file, boolean readOnly, Consumer<String> problems) {
        this.file = file;
        this.readOnly = readOnly;
        this.problems = problems;
    }

    /**
     * The picture set that was chosen for a network: the name of one that comes with a plug-in, a folder or a file.
     *
     * @param network SHA-256 of the network
     */
    public synchronized Optional<String> find(String network) {
        if (chosen == null) {
            chosen = read();
        }
        return Optional.ofNullable(chosen.get(network));
    }

    /**
     * Remembers what was chosen for a network, in place of what was chosen before.
     *
     * @throws StoreException when it cannot be written
     */
    public synchronized void put(String network, String nameOrPlace) {
        Study.requireWritable(readOnly, file.getParent());
        find(network);
        Map<String, String> now = new TreeMap<>(chosen);
        now.put(network, nameOrPlace);
        try {
            Unfinished.write(file, (GSON.toJson(now) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException problem) {
            throw new StoreException("Could not write to " + file + " which pictures were chosen", problem);
        }
        chosen = now;
    }

    private Map<String, String> read() {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            Map<String, String> read = GSON.fromJson(Files.readString(file), new TypeToken<TreeMap<String, String>>() { });
            if (read == null || read.containsValue(null)) {
                throw new JsonParseException("a part of it is missing");
            }
            return read;
        } catch (IOException | JsonParseException damaged) {
            problems.accept("Which pictures were chosen cannot be read from " + file + ": " + damaged.getMessage()
                    + ". Choose them again.");
            return new TreeMap<>();
        }
    }
}
