package org.loupe.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.loupe.core.Recipe;
import org.loupe.store.StoreException;
import org.loupe.store.Study;

/**
 * Folders for what answers need while they are found. Those of complete answers are removed in the end, for who has got
 * the answer may still read in them; those of interrupted ones stay in the study. Where nothing can be written into the
 * study, they lie where the system keeps temporary files, and all are removed.
 */
final class Workplaces implements AutoCloseable {

    private final Study study;
    private final Consumer<String> notices;
    private final Map<String, Path> temporary = new HashMap<>();
    private final Set<Recipe> done = new HashSet<>();

    Workplaces(Study study, Consumer<String> notices) {
        this.study = study;
        this.notices = notices;
    }

    /**
     * The folder of a question.
     *
     * @param fresh whether what is left in it of an earlier attempt is removed
     */
    synchronized Path folder(Recipe recipe, boolean fresh) {
        if (!study.isReadOnly()) {
            if (fresh) {
                study.clearWorkplace(recipe);
            }
            return study.workplace(recipe);
        }
        return temporary.computeIfAbsent(recipe.question(), question -> {
            try {
                return Files.createTempDirectory("loupe-");
            } catch (IOException problem) {
                throw new UncheckedIOException("No temporary folder can be made", problem);
            }
        });
    }

    /** Says that there is a complete answer. */
    synchronized void done(Recipe recipe) {
        done.add(recipe);
    }

    @Override
    public synchronized void close() {
        try {
            if (!study.isReadOnly()) {
                done.forEach(study::clearWorkplace);
            }
            for (Path folder : temporary.values()) {
                delete(folder);
            }
        } catch (IOException | StoreException problem) {
            notices.accept("A folder that is no longer needed could not be removed: " + problem.getMessage());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
