package org.loupe.formats.picture;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.loupe.core.picture.PictureException;

/** Finds the pictures that a list names, in the order of the list. Their paths begin at the list's folder. */
final class ListListing {

    private static final long LARGEST = 256 << 20;
    private static final Set<String> PATHS = Set.of("path", "file", "filename", "picture", "image");
    private static final Set<String> LABELS = Set.of("label", "class", "category");

    private final Path list;
    private final Limits limits;
    private final Listing listing = new Listing();

    private ListListing(Path list, Limits limits) {
        this.list = list;
        this.limits = limits;
    }

    static Listing of(Path list, Limits limits) throws IOException {
        if (Files.size(list) > LARGEST) {
            throw new PictureException("The list " + list + " has more than " + (LARGEST >> 20) + " MB. Split it.");
        }
        ListListing found = new ListListing(list, limits);
        try (Reader text = new BufferedReader(new InputStreamReader(Files.newInputStream(list), StandardCharsets.UTF_8
                .newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)))) {
            if (Format.ending(list.getFileName().toString()).equals("json")) {
                found.json(text);
            } else {
                found.table(text);
            }
        } catch (CharacterCodingException other) {
            throw new PictureException("The list " + list + " is not written in UTF-8. Save it so.", other);
        }
        return found.listing;
    }

    private void table(Reader text) throws IOException {
        Table table = new Table(text, list);
        int path = 0;
        int label = 1;
        List<String> row = table.next();
        if (row != null && column(row, PATHS) >= 0) {
            path = column(row, PATHS);
            label = column(row, LABELS);
            row = table.next();
        }
        for (; row != null; row = table.next()) {
            String where = path < row.size() ? row.get(path).strip() : "";
            if (where.isEmpty()) {
                listing.refuse("line " + table.line(), "It names no file.");
            } else {
                add(where, label >= 0 && label < row.size() ? row.get(label).strip() : "");
            }
        }
    }

    private static int column(List<String> header, Set<String> names) {
        for (int column = 0; column < header.size(); column++) {
            if (names.contains(header.get(column).strip().toLowerCase(Locale.ROOT))) {
                return column;
            }
        }
        return -1;
    }

    private void json(Reader text) throws IOException {
        JsonReader json = new JsonReader(text);
        try {
            json.beginArray();
            while (json.hasNext()) {
                item(json);
            }
            json.endArray();
        } catch (MalformedJsonException | EOFException | IllegalStateException damage) {
            throw new PictureException("The list " + list + " is no JSON array of paths, or of objects with a path and a"
                    + " label: " + String.valueOf(damage.getMessage()).lines().findFirst().orElse(""), damage);
        }
    }

    private void item(JsonReader json) throws IOException {
        String path = "";
        String label = "";
        String where = json.getPath();
        if (json.peek() == JsonToken.STRING) {
            path = json.nextString();
        } else {
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                boolean isText = json.peek() == JsonToken.STRING || json.peek() == JsonToken.NUMBER;
                if (isText && PATHS.contains(name)) {
                    path = json.nextString();
                } else if (isText && LABELS.contains(name)) {
                    label = json.nextString();
                } else {
                    json.skipValue();
                }
            }
            json.endObject();
        }
        if (path.isBlank()) {
            listing.refuse(where, "It names no file.");
        } else {
            add(path.strip(), label.strip());
        }
    }

    private void add(String written, String label) {
        String name = written.replace('\\', '/');
        try {
            Path file = list.toAbsolutePath().getParent().resolve(name).normalize();
            if (!Files.exists(file)) {
                listing.refuse(name, "There is no such file.");
            } else if (!Files.isRegularFile(file)) {
                listing.refuse(name, "It is no file.");
            } else if (Format.other(name).isPresent()) {
                listing.refuse(name, Format.other(name).get() + " pictures cannot be read. Save it as PNG.");
            } else if (Files.size(file) > limits.fileBytes()) {
                listing.refuse(name, Decoder.tooLarge(limits).getMessage());
            } else {
                listing.add(name, label, file.toString());
            }
        } catch (InvalidPathException | IOException problem) {
            listing.refuse(name, "It cannot be opened: " + problem.getMessage());
        }
    }
}
