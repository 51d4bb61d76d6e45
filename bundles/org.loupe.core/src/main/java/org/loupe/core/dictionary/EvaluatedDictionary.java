package org.loupe.core.dictionary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.dictionary.Quality.TaskLoss;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Axis;
import org.loupe.core.page.Figure.Sample;
import org.loupe.core.page.Sheet;

/**
 * How good a dictionary is.
 *
 * @param network     name of the network with the dictionary in it
 * @param layer       whose activations it explains
 * @param set         name of the picture set
 * @param dictionary  its size, in words
 * @param quality     what was measured
 * @param frequencies for each latent, the share of vectors in which it is not 0
 * @param nearest     for each latent, the largest cosine of its direction with another one: how far the dictionary repeats
 *                    itself
 * @param isPartial   whether the work was stopped
 */
public record EvaluatedDictionary(String network, String layer, String set, String dictionary, Quality quality,
        double[] frequencies, double[] nearest, boolean isPartial) implements Result {

    private static final String FACTS = "quality.tsv";
    private static final String LATENTS = "latents.tsv";

    @Override
    public String text() {
        double[] sorted = nearest.clone();
        Arrays.sort(sorted);
        return layer + " of " + network + ", " + dictionary + ", on " + set + System.lineSeparator() + quality.text()
                + (sorted.length == 0 ? "" : String.format(Locale.ROOT, "directions nearest to each other  median cosine %.3f,"
                + " largest %.3f%n", sorted[sorted.length / 2], sorted[sorted.length - 1]));
    }

    @Override
    public List<Sheet> sheets() {
        Figure figure = Figure.titled("The dictionary of " + layer);
        figure.paragraph(text().strip());
        double[] logarithms = Arrays.stream(frequencies).filter(share -> share > 0).map(Math::log10).toArray();
        if (logarithms.length > 0) {
            figure.heading("How often latents are not 0");
            figure.histogram(Axis.of("share of vectors, power of ten"), 40,
                    List.of(new Sample("latents that fire", logarithms, Sheet.ACCENT)));
            figure.heading("How much the dictionary repeats itself");
            figure.histogram(Axis.of("largest cosine with another direction"), 40,
                    List.of(new Sample("directions", nearest, Sheet.ACCENT)));
        }
        return List.of(figure.sheet());
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        TaskLoss loss = quality.loss();
        String facts = String.join("\t", network, layer, set, dictionary, Double.toString(quality.explained()),
                Double.toString(quality.active()), Double.toString(quality.dead()), Boolean.toString(loss.labelled()),
                Double.toString(loss.original()), Double.toString(loss.spliced()), Double.toString(loss.ablated()),
                Integer.toString(quality.pictures()), Integer.toString(quality.vectors()), Boolean.toString(isPartial)) + "\n";
        files.write(FACTS, facts.getBytes(StandardCharsets.UTF_8));
        StringBuilder text = new StringBuilder("latent\tshare\tnearest\n");
        for (int i = 0; i < frequencies.length; i++) {
            text.append(i).append('\t').append(frequencies[i]).append('\t').append(nearest[i]).append('\n');
        }
        files.write(LATENTS, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static EvaluatedDictionary load(ResultFiles files) throws IOException {
        try {
            String[] cells = new String(files.read(FACTS), StandardCharsets.UTF_8).strip().split("\t");
            List<String[]> latents = new String(files.read(LATENTS), StandardCharsets.UTF_8).lines().skip(1)
                    .map(line -> line.split("\t")).toList();
            TaskLoss loss = new TaskLoss(Boolean.parseBoolean(cells[7]), Double.parseDouble(cells[8]),
                    Double.parseDouble(cells[9]), Double.parseDouble(cells[10]));
            return new EvaluatedDictionary(cells[0], cells[1], cells[2], cells[3], new Quality(Double.parseDouble(cells[4]),
                    Double.parseDouble(cells[5]), Double.parseDouble(cells[6]), loss, Integer.parseInt(cells[11]),
                    Integer.parseInt(cells[12])), latents.stream().mapToDouble(row -> Double.parseDouble(row[1])).toArray(),
                    latents.stream().mapToDouble(row -> Double.parseDouble(row[2])).toArray(), Boolean.parseBoolean(cells[13]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FACTS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvaluatedDictionary that && network.equals(that.network) && layer.equals(that.layer)
                && set.equals(that.set) && dictionary.equals(that.dictionary) && quality.equals(that.quality)
                && Arrays.equals(frequencies, that.frequencies) && Arrays.equals(nearest, that.nearest)
                && isPartial == that.isPartial;
    }

    @Override
    public int hashCode() {
        return 31 * quality.hashCode() + Arrays.hashCode(frequencies);
    }
}
