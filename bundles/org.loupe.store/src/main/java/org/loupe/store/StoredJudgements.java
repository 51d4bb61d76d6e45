package org.loupe.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.loupe.core.Recipe;
import org.loupe.core.scan.Judgement;

/** What a person has said of pictures without knowing how much they excite a unit: a small file for each unit. */
public final class StoredJudgements {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Path place;
    private final boolean readOnly;
    private final Consumer<String> problems;

    /**
     * One series of answers.
     *
     * @param network    SHA-256 of the network
     * @param unit       such as {@code mixed4a:97}
     * @param pictures   SHA-256 of the picture set
     * @param question   what the person was to look for, in their words; may be empty
     * @param seed       of the draw of the pictures
     * @param judgements the answers, in the order in which they were given
     */
    public record Series(String network, String unit, String pictures, String question, long seed,
            List<Judgement> judgements) {
        public Series {
            judgements = List.copyOf(judgements);
        }

        /** The same with other answers. */
        public Series with(List<Judgement> others) {
            return new Series(network, unit, pictures, question, seed, others);
        }

        /** A line of headings and one for each answer. */
        public String csv() {
            StringBuilder text = new StringBuilder("picture,row,column,activation,weight,verdict,repeat\n");
            for (Judgement one : judgements) {
                String name = one.picture().matches("[^\",\r\n]*") ? one.picture()
                        : '"' + one.picture().replace("\"", "\"\"") + '"';
                text.append(name).append(',').append(one.row()).append(',').append(one.column()).append(',')
                        .append(one.value()).append(',').append(one.weight()).append(',')
                        .append(one.verdict().name().toLowerCase(Locale.ROOT)).append(',').append(one.isRepeat())
                        .append('\n');
            }
            return text.toString();
        }
    }

    StoredJudgements(Path place, boolean readOnly, Consumer<String> problems) {
        this.place = place;
        this.readOnly = readOnly;
        this.problems = problems;
    }

    /** The answers about a unit with a picture set; nothing where none were given, or where the file is damaged. */
    public Optional<Series> find(String network, String unit, String pictures) {
        Path file = file(network, unit, pictures);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Series read = GSON.fromJson(Files.readString(file), Series.class);
            if (read == null || read.network == null || read.unit == null || read.pictures == null || read.question == null
                    || read.judgements.stream().anyMatch(one -> one.picture() == null || one.verdict() == null)) {
                throw new JsonParseException("a part of it is missing");
            }
            return Optional.of(read);
        } catch (IOException | RuntimeException damaged) {
            problems.accept("What was said about " + unit + " cannot be read from " + file + ": " + damaged.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Stores answers in place of those that were given before about the same unit and pictures.
     *
     * @throws StoreException when they cannot be written
     */
    public void put(Series series) {
        Study.requireWritable(readOnly, place);
        try {
            Files.createDirectories(place);
            Unfinished.write(file(series.network, series.unit, series.pictures),
                    (GSON.toJson(series) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException problem) {
            throw new StoreException("Could not store what was said about " + series.unit + " in " + place, problem);
        }
    }

    private Path file(String network, String unit, String pictures) {
        return place.resolve(Recipe.sha256((network + " " + unit + " " + pictures).getBytes(StandardCharsets.UTF_8))
                + ".json");
    }
}
