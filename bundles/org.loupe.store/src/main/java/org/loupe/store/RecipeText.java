package org.loupe.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.SortedMap;
import org.loupe.core.Recipe;
import org.loupe.core.image.Png;

/** Recipes as JSON, with the keys always in the same order; {@code docs/study.md} describes it. */
public final class RecipeText {

    /** Keyword of the text in PNG files. */
    public static final String KEYWORD = "Recipe";

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private RecipeText() {
    }

    /** What a recipe's JSON looks like. */
    record Fields(String analysis, SortedMap<String, String> arguments, String network, String pictures, String engine,
            String machine, String version) {

        static Fields of(Recipe recipe) {
            return new Fields(recipe.analysis(), recipe.arguments(), recipe.network(), recipe.pictures(),
                    recipe.engine(), recipe.machine(), recipe.version());
        }

        Recipe recipe() {
            if (analysis == null || arguments == null || arguments.containsValue(null) || network == null
                    || pictures == null || engine == null || machine == null || version == null) {
                throw new JsonParseException("a part of the recipe is missing");
            }
            return new Recipe(analysis, arguments, network, pictures, engine, machine, version);
        }
    }

    /** The recipe as indented JSON. */
    public static String write(Recipe recipe) {
        return GSON.toJson(Fields.of(recipe));
    }

    /** The recipe as JSON in one line, for metadata of pictures. */
    public static String writeLine(Recipe recipe) {
        return JsonParser.parseString(write(recipe)).toString();
    }

    /**
     * A file of a result with the recipe inside, where its format has a place for it: PNG files carry it as the text
     * {@value #KEYWORD}. Other files stay as they are.
     *
     * @param name name of the file
     */
    public static byte[] embed(Recipe recipe, String name, byte[] content) {
        return name.endsWith(".png") ? Png.with(content, KEYWORD, writeLine(recipe)) : content;
    }

    /**
     * Reads a recipe.
     *
     * @throws IllegalArgumentException when the text is not a whole recipe
     */
    public static Recipe read(String json) {
        try {
            Fields fields = GSON.fromJson(json, Fields.class);
            if (fields == null) {
                throw new JsonParseException("the text is empty");
            }
            return fields.recipe();
        } catch (JsonParseException damaged) {
            throw new IllegalArgumentException("This is not a recipe: " + damaged.getMessage(), damaged);
        }
    }
}
