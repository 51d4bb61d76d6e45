package org.loupe.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.loupe.core.surgery.EditStack;

/** The edits from which networks of a study were made: a small file for each network that is edited. */
public final class StoredEdits {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final String EXTENSION = ".json";
    private static final int FORMAT = 1;

    private final Path place;
    private final boolean readOnly;
    private final Consumer<String> problems;

    /** What a file has. */
    private record Form(int format, String name, String base, String baseName, int done, List<EditStack.Step> edits) {
    }

    StoredEdits(Path place, boolean readOnly, Consumer<String> problems) {
        this.place = place;
        this.readOnly = readOnly;
        this.problems = problems;
    }

    /** The file with the edits of a network, which need not exist. */
    public Path file(String name) {
        return place.resolve(name + EXTENSION);
    }

    /** The edits from which the network of a name is made; nothing where there are none. A damaged file is told about. */
    public Optional<EditStack> find(String name) {
        Path file = file(name);
        if (!name.matches("[\\p{L}\\p{N}._-]+") || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Form form = GSON.fromJson(Files.readString(file), Form.class);
            if (form == null || form.format != FORMAT || form.base == null || form.baseName == null || form.edits == null) {
                throw new JsonParseException("a part of it is missing, or it is of another format than " + FORMAT);
            }
            List<EditStack.Step> steps = form.edits.stream()
                    .map(step -> new EditStack.Step(step.change(), step.label() == null ? "" : step.label())).toList();
            return Optional.of(new EditStack(name, form.base, form.baseName, steps, form.done));
        } catch (IOException | JsonParseException | IllegalArgumentException | NullPointerException damaged) {
            problems.accept("The edits of " + name + " in " + file + " cannot be read: " + damaged.getMessage());
            return Optional.empty();
        }
    }

    /** All edits, by name of the network that is made of them. */
    public List<EditStack> all() {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        List<EditStack> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(place)) {
            files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(EXTENSION) && !file.startsWith("."))
                    .sorted().forEach(file -> find(file.substring(0, file.length() - EXTENSION.length())).ifPresent(all::add));
            return all;
        } catch (IOException problem) {
            throw new StoreException("Could not list the edits in " + place, problem);
        }
    }

    /**
     * Writes edits, in place of those of the same name.
     *
     * @throws StoreException when they cannot be written; what was written before is still there
     */
    public synchronized void write(EditStack stack) {
        Study.requireWritable(readOnly, place);
        Form form = new Form(FORMAT, stack.name(), stack.base(), stack.baseName(), stack.done(), stack.steps());
        try {
            Files.createDirectories(place);
            Unfinished.write(file(stack.name()), (GSON.toJson(form) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException problem) {
            throw new StoreException("Could not write the edits of " + stack.name() + " to " + file(stack.name()), problem);
        }
    }
}
