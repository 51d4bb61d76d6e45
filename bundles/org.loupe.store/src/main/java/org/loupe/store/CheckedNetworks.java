package org.loupe.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.loupe.core.check.Checked;
import org.loupe.core.check.GradientDifference;

/** What is remembered of the last check of each network: a small file for each, named after the network's hash. */
public final class CheckedNetworks {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping()
            .serializeSpecialFloatingPointValues().create();

    private final Path place;
    private final boolean readOnly;
    private final Consumer<String> problems;

    /**
     * How a check went.
     *
     * @param engine   the engine that was checked, with its description
     * @param against  the one that it was compared with
     * @param images   how many random pictures were shown
     * @param golden   whether golden values were compared, too
     * @param largest  the largest relative difference of activations
     * @param gradient the relative difference of gradients
     * @param firstOff the first layer that is off, or an empty text where all agree
     * @param when     in the format of ISO 8601
     */
    public record Verdict(String engine, String against, int images, boolean golden, double largest, double gradient,
            String firstOff, String when) {

        /** What is to be remembered of a check. */
        public static Verdict of(Checked checked) {
            return new Verdict(checked.engine(), checked.against(), checked.images(),
                    checked.golden().isPresent() || checked.rows().stream().anyMatch(row -> row.golden().isPresent()), checked.largest().relative(),
                    checked.gradient().map(GradientDifference::relative).orElse(0.0), checked.firstOff().orElse(""),
                    Instant.now().toString());
        }

        /** Whether something was further apart than rounding explains. */
        public boolean isOff() {
            return !firstOff.isEmpty();
        }
    }

    CheckedNetworks(Path place, boolean readOnly, Consumer<String> problems) {
        this.place = place;
        this.readOnly = readOnly;
        this.problems = problems;
    }

    /**
     * How the last check of a network went; nothing where it was not checked yet.
     *
     * @param network SHA-256 of the network
     */
    public Optional<Verdict> find(String network) {
        Path file = file(network);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Verdict read = GSON.fromJson(Files.readString(file), Verdict.class);
            if (read == null || read.engine == null || read.against == null || read.firstOff == null || read.when == null) {
                throw new JsonParseException("a part of it is missing");
            }
            Instant.parse(read.when);
            return Optional.of(read);
        } catch (IOException | JsonParseException | DateTimeException damaged) {
            problems.accept("What the last check has found cannot be read from " + file + ": " + damaged.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Remembers how a check went, in place of the last one. One that was stopped counts only where it has found
     * something that is off.
     *
     * @throws StoreException when it cannot be written
     */
    public void put(String network, Checked checked) {
        Study.requireWritable(readOnly, place);
        if (checked.isPartial() && checked.firstOff().isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(place);
            Unfinished.write(file(network), (GSON.toJson(Verdict.of(checked)) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException problem) {
            throw new StoreException("Could not remember what the check has found in " + place, problem);
        }
    }

    private Path file(String network) {
        return place.resolve(network + ".json");
    }
}
