package org.loupe.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;

/** A result as small as can be: two texts. */
record Note(String text, boolean isPartial) implements Result {

    /** The analysis that finds notes. */
    static final Analysis<Question, Note> ANALYSIS = new Analysis<>() {
        @Override
        public Class<Question> arguments() {
            return Question.class;
        }

        @Override
        public Note run(Material material, Question arguments, Observer<? super Note> observer) {
            return new Note(arguments.text(), false);
        }

        @Override
        public Note load(ResultFiles files) throws IOException {
            return new Note(new String(files.read("note.txt"), StandardCharsets.UTF_8),
                    new String(files.read("more.txt"), StandardCharsets.UTF_8).equals("partial"));
        }
    };

    record Question(@Argument(label = "Text", help = "What to note.") String text) {
    }

    /** A recipe for the note of the given name, by the given version of Loupe. */
    static Recipe recipe(String name, String version) {
        return new Recipe("note", new TreeMap<>(Map.of("text", name, "seed", "7")), "abc", "", "reference",
                "plain Java", version);
    }

    static Recipe recipe(String name) {
        return recipe(name, "1.0.0");
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        files.write("note.txt", text.getBytes(StandardCharsets.UTF_8));
        files.write("more.txt", (isPartial ? "partial" : "complete").getBytes(StandardCharsets.UTF_8));
    }
}
