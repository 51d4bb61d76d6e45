package org.loupe.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import org.loupe.core.Recipe;

/**
 * The file {@code recipe.json} of a stored result: how to make it again, and what its files must be.
 *
 * @param format  version of this description
 * @param recipe  how to make the result again
 * @param partial whether the work was stopped before it was done
 * @param when    when it was stored, in the format of ISO 8601
 * @param files   SHA-256 of every other file of the result, by name
 */
record ResultRecord(int format, RecipeText.Fields recipe, boolean partial, String when,
        SortedMap<String, String> files) {

    static final String NAME = "recipe.json";

    private static final int FORMAT = 1;
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    static ResultRecord of(Recipe recipe, boolean partial, Instant when, SortedMap<String, String> files) {
        return new ResultRecord(FORMAT, RecipeText.Fields.of(recipe), partial, when.toString(), files);
    }

    byte[] bytes() {
        return (GSON.toJson(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the description of a result, but not its other files. */
    static ResultRecord read(Path folder) throws IOException {
        try {
            ResultRecord read = GSON.fromJson(Files.readString(folder.resolve(NAME)), ResultRecord.class);
            if (read == null || read.recipe == null || read.when == null || read.files == null) {
                throw new JsonParseException("a part of it is missing");
            }
            if (read.format != FORMAT) {
                throw new IOException("it was written by another version of Loupe, in the format " + read.format);
            }
            read.recipe.recipe();
            Instant.parse(read.when);
            return read;
        } catch (JsonParseException | DateTimeException damaged) {
            throw new IOException(NAME + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** Checks that all files are there with the content that was written. */
    void verify(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            MessageDigest digest = sha256();
            try (InputStream content = new DigestInputStream(Files.newInputStream(folder.resolve(file.getKey())), digest)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(file.getValue())) {
                throw changed(file.getKey());
            }
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every Java platform has SHA-256", impossible);
        }
    }

    private static IOException changed(String name) {
        return new IOException("the content of " + name + " has changed");
    }

    /** Where a file is; what is in it is not looked at. */
    Path file(Path folder, String name) throws IOException {
        if (!files.containsKey(name)) {
            throw new IOException("it has no file " + name + ", only " + files.keySet());
        }
        return folder.resolve(name);
    }

    /** The content of one file. */
    byte[] verified(Path folder, String name) throws IOException {
        byte[] content = Files.readAllBytes(file(folder, name));
        if (!Recipe.sha256(content).equals(files.get(name))) {
            throw changed(name);
        }
        return content;
    }
}
