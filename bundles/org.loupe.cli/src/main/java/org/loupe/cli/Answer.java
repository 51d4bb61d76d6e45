package org.loupe.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.store.RecipeText;

/**
 * A result and where its files are.
 *
 * @param folder  the folder that was asked for, or that of the study
 * @param written the files in the folder that was asked for, by their names in the study
 */
record Answer(Result result, Recipe recipe, Path folder, Map<String, Path> written) {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping()
            .serializeSpecialFloatingPointValues().create();

    Path file(String name) {
        return written.getOrDefault(name, folder.resolve(name));
    }

    /** The answer as JSON, with what a report has to say. */
    String json(AnswerReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recipe", JsonParser.parseString(RecipeText.write(recipe)));
        json.put("partial", result.isPartial());
        json.put("folder", folder.toAbsolutePath().toString());
        json.putAll(report.json());
        return GSON.toJson(json) + System.lineSeparator();
    }
}
