package org.loupe.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;

/**
 * Where a network of a study comes from, kept beside it: the file that it was read from, and how sure it is what the
 * network wants to be shown.
 *
 * @param source  absolute path of the file, or an empty text where there was none
 * @param bytes   length of the file when it was read
 * @param changed when the file was last changed then, in milliseconds since 1970
 * @param format  what the file is, for a person, such as “ONNX”
 * @param colours how it is known how colours become the network's numbers
 * @param size    how the size of pictures is known
 * @param remarks whole sentences: what was guessed and why, what was left out and why
 * @param opened  when it was last opened, in the format of ISO 8601
 */
public record Origin(String source, long bytes, long changed, String format, Certainty colours, Certainty size,
        List<String> remarks, String opened) {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    public Origin {
        remarks = List.copyOf(remarks);
    }

    /**
     * The origin of a network that was just read from a file.
     *
     * @throws IOException when the file is gone
     */
    public static Origin of(Path file, String format, NetworkReading reading) throws IOException {
        Path place = file.toAbsolutePath().normalize();
        return new Origin(place.toString(), Files.size(place), Files.getLastModifiedTime(place).toMillis(), format,
                reading.colours(), reading.size(), reading.remarks(), Instant.now().toString());
    }

    /** Whether a file is still the one that the network was read from. */
    public boolean isStill(Path file) throws IOException {
        Path place = file.toAbsolutePath().normalize();
        return source.equals(place.toString()) && Files.isRegularFile(place) && Files.size(place) == bytes
                && Files.getLastModifiedTime(place).toMillis() == changed;
    }

    /** The same, opened now. */
    Origin openedNow() {
        return new Origin(source, bytes, changed, format, colours, size, remarks, Instant.now().toString());
    }

    byte[] bytesOfFile() {
        return (GSON.toJson(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static Origin read(Path file) throws IOException {
        try {
            Origin read = GSON.fromJson(Files.readString(file), Origin.class);
            if (read == null || read.source == null || read.format == null || read.colours == null || read.size == null
                    || read.opened == null) {
                throw new JsonParseException("a part of it is missing");
            }
            Instant.parse(read.opened);
            return read;
        } catch (JsonParseException | DateTimeException | NullPointerException damaged) {
            throw new IOException(file + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
