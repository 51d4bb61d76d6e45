package org.loupe.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.loupe.core.Recipe;

/** The questions of a study that were asked and not yet answered: a small file that outlives the process. */
public final class QueuedQuestions {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Path file;
    private final boolean readOnly;
    private final Consumer<String> problems;

    QueuedQuestions(Path file, boolean readOnly, Consumer<String> problems) {
        this.file = file;
        this.readOnly = readOnly;
        this.problems = problems;
    }

    /** What waits, in the order in which it was asked; nothing when the file is damaged, which is told. */
    public synchronized List<Recipe> waiting() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            RecipeText.Fields[] read = GSON.fromJson(Files.readString(file), RecipeText.Fields[].class);
            return read == null ? List.of()
                    : Arrays.stream(read).filter(Objects::nonNull).map(RecipeText.Fields::recipe).toList();
        } catch (IOException | JsonParseException damaged) {
            problems.accept("What was still to be done cannot be read from " + file + ": " + damaged.getMessage());
            return List.of();
        }
    }

    /**
     * Replaces what waits.
     *
     * @throws StoreException when it cannot be written; what was written before is still there
     */
    public synchronized void replace(Collection<Recipe> waiting) {
        Study.requireWritable(readOnly, file.getParent());
        try {
            if (waiting.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            String text = GSON.toJson(waiting.stream().map(RecipeText.Fields::of).toList()) + "\n";
            Unfinished.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException problem) {
            throw new StoreException("Could not write what is still to be done to " + file, problem);
        }
    }
}
