package org.loupe.ui.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.loupe.core.Arguments;
import org.loupe.core.Arguments.Field;
import org.loupe.core.Recipe;

/** Recipes as a person reads them, and as a command that makes the result again. */
final class RecipeText {

    private RecipeText() {
    }

    /** One line for each thing that must be the same to get the same bytes. */
    static String lines(Recipe recipe, String network) {
        StringBuilder text = new StringBuilder();
        line(text, "analysis", recipe.analysis());
        for (Map.Entry<String, String> argument : recipe.arguments().entrySet()) {
            line(text, argument.getKey(), argument.getValue().replace("\n", ", "));
        }
        line(text, "network", network + " (SHA-256 " + recipe.network() + ")");
        if (!recipe.pictures().isEmpty()) {
            line(text, "pictures", "SHA-256 " + recipe.pictures());
        }
        line(text, "engine", recipe.engine() + " (" + recipe.machine() + ")");
        line(text, "version", recipe.version());
        return text.toString();
    }

    /**
     * The command, to be run where Loupe was cloned.
     *
     * @param command   name of the sub-command
     * @param arguments the analysis's record of arguments, which tells what is written without an option
     */
    static String command(Recipe recipe, String command, Class<? extends Record> arguments, String network) {
        List<String> words = new ArrayList<>(List.of("./loupe", command, quoted(network)));
        List<String> options = new ArrayList<>();
        for (Field field : Arguments.fields(arguments)) {
            String value = recipe.arguments().getOrDefault(field.name(), "");
            if (field.isList()) {
                value.lines().map(item -> quoted(item.startsWith("-") ? " " + item : item)).forEach(words::add);
            } else if (!value.equals(field.standard())) {
                options.add("--" + hyphenated(field.name()));
                if (field.type() != boolean.class) {
                    options.add(quoted(value));
                }
            }
        }
        words.addAll(options);
        return String.join(" ", words);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    private static String hyphenated(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String quoted(String word) {
        return word.matches("[\\w.,:@/=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
