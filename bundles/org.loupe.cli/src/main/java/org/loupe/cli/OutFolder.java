package org.loupe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.page.Sheet;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.SheetFile;
import org.loupe.store.RecipeText;
import org.loupe.store.StoreException;
import org.loupe.store.WholeFile;

/** A folder of a person's that results are written to, each file whole or not at all, pictures named by their units. */
final class OutFolder {

    private static final List<String> FIGURES = List.of("svg", "png");
    private static final double SHARPEST = 2;
    private static final double MOST_POINTS = 3e6;

    private static final String PARTIAL = "-partial.png";

    private final Path folder;

    private OutFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder and tries whether it can be written, which should be known before the work begins.
     *
     * @throws StoreException when it cannot
     */
    static OutFolder prepare(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".loupe", ".part"));
            return new OutFolder(folder);
        } catch (IOException problem) {
            throw new StoreException("Could not write to the folder " + folder, problem);
        }
    }

    Path path() {
        return folder;
    }

    /** Writes one file. */
    Path write(String name, byte[] content) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            WholeFile.write(file, content);
            return file;
        } catch (IOException problem) {
            throw new StoreException("Could not write " + file, problem);
        }
    }

    /** Writes a result with its recipe and its figures; returns its files by the names that the result gave them. */
    Map<String, Path> write(Result result, Recipe recipe) {
        Map<String, String> names = names(result);
        Map<String, Path> written = save(result, recipe, name -> Optional.of(names.getOrDefault(name, name)));
        written.put("recipe.json", write("recipe.json",
                (RecipeText.write(recipe) + "\n").getBytes(StandardCharsets.UTF_8)));
        writeFigures(result, recipe);
        return written;
    }

    private void writeFigures(Result result, Recipe recipe) {
        List<Sheet> sheets = result.sheets();
        for (int i = 0; i < sheets.size(); i++) {
            Sheet sheet = sheets.get(i).madeBy(RecipeText.write(recipe));
            for (String format : FIGURES) {
                Path file = folder.resolve("figure-" + (i + 1) + "." + format);
                try {
                    SheetFile.write(file, sheet, Math.min(SHARPEST, Math.sqrt(MOST_POINTS / (sheet.width() * sheet.height()))));
                } catch (IOException problem) {
                    throw new StoreException("Could not write " + file, problem);
                }
            }
        }
    }

    /** Writes the pictures of a result, each with its recipe in it; returns them by the names that the result gave them. */
    Map<String, Path> writePictures(Result result, Recipe recipe) {
        Map<String, String> names = names(result);
        return save(result, recipe, name -> Optional.ofNullable(names.get(name)));
    }

    /** Writes those files of a result that get a name here. */
    private Map<String, Path> save(Result result, Recipe recipe, Function<String, Optional<String>> naming) {
        Map<String, Path> written = new HashMap<>();
        try {
            result.save(new ResultFiles() {
                @Override
                public byte[] read(String name) throws IOException {
                    return Files.readAllBytes(written.get(name));
                }

                @Override
                public void write(String name, byte[] content) throws IOException {
                    Optional<String> own = naming.apply(name);
                    if (own.isPresent()) {
                        written.put(name, OutFolder.this.write(own.get(), RecipeText.embed(recipe, name, content)));
                        if (!partial(own.get()).equals(own.get())) {
                            Files.deleteIfExists(folder.resolve(partial(own.get())));
                        }
                    }
                }

                @Override
                public void write(String name, InputStream content) throws IOException {
                    Optional<String> own = naming.apply(name);
                    if (own.isPresent()) {
                        written.put(name, folder.resolve(own.get()));
                        WholeFile.write(folder.resolve(own.get()), content);
                    }
                }
            });
        } catch (IOException problem) {
            throw new StoreException("Could not write a result to " + folder, problem);
        }
        return written;
    }

    /** Better names for files: pictures are named after what they show, and whether they are done. */
    private static Map<String, String> names(Result result) {
        Map<String, String> names = new HashMap<>();
        if (result instanceof Visualized visualized) {
            Set<String> taken = new HashSet<>();
            List<Visualized.Detail> details = visualized.details();
            for (int i = 0; i < details.size(); i++) {
                String name = fileName(details.get(i).objective() + " " + details.get(i).label());
                String unlike = name;
                for (int number = 2; !taken.add(unlike.toLowerCase(Locale.ROOT)); number++) {
                    unlike = name + "-" + number;
                }
                boolean isDone = details.get(i).scores().length >= visualized.steps();
                names.put("picture-" + i + ".png", isDone ? unlike + ".png" : partial(unlike + ".png"));
            }
        }
        return names;
    }

    /** What a picture is called that is not done, and is deleted when it is; other names are as they are. */
    private static String partial(String name) {
        return name.endsWith(PARTIAL) ? name : name.replaceAll("\\.png$", PARTIAL);
    }

    /** What a unit is called in a file system, such as {@code mixed4a-97-centre}. */
    static String fileName(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}._]+", "-").replaceAll("^[-.]+|[-.]+$", "");
    }
}
