package org.loupe.demo.planted;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Sheet;

/**
 * Which planted directions dictionaries have found.
 *
 * @param parts what the planted directions stand for
 * @param seeds one dictionary each
 */
public record ScoredDictionary(List<String> parts, List<Seed> seeds, boolean isPartial) implements Result {

    private static final String FACTS = "score.tsv";
    private static final double FOUND = .9;

    /**
     * A dictionary from one starting point.
     *
     * @param explained share of the variance that it explains
     * @param active    latents that are not 0, of a vector, on average
     * @param cosines   for each part, the largest cosine of one of its directions with the planted one
     */
    public record Seed(long seed, double explained, double active, List<Double> cosines) {

        public Seed {
            cosines = List.copyOf(cosines);
        }

        /** How many of the planted directions it has. */
        public long found() {
            return cosines.stream().filter(cosine -> cosine >= FOUND).count();
        }
    }

    public ScoredDictionary {
        parts = List.copyOf(parts);
        seeds = List.copyOf(seeds);
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            List<String> row = new ArrayList<>(List.of(parts.get(part)));
            for (Seed seed : seeds) {
                row.add(String.format(Locale.ROOT, "%.3f", seed.cosines().get(part)));
            }
            rows.add(row);
        }
        List<String> last = new ArrayList<>(List.of("found"));
        seeds.forEach(seed -> last.add(seed.found() + " of " + parts.size()));
        rows.add(last);
        return rows;
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of("cosine with the planted direction"));
        seeds.forEach(seed -> header.add("seed " + seed.seed()));
        return header;
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        List<List<String>> lines = new ArrayList<>(List.of(header()));
        lines.addAll(rows());
        for (List<String> line : lines) {
            text.append(String.format(Locale.ROOT, "%-34s", line.get(0))).append(line.subList(1, line.size()).stream()
                    .map(cell -> String.format(Locale.ROOT, "%10s", cell)).collect(Collectors.joining())).append('\n');
        }
        return text.append(isPartial ? "Stopped before all seeds were tried.\n" : "").toString();
    }

    @Override
    public List<Sheet> sheets() {
        if (seeds.isEmpty()) {
            return List.of();
        }
        Figure figure = Figure.titled("Does a dictionary find the parts that were mixed?");
        figure.table(header(), rows());
        figure.remark(String.format(Locale.ROOT, "The largest cosine of any direction of the dictionary with the planted one; found: at"
                + " least 0.9. The dictionaries explain %s of the variance.", seeds.stream().map(seed -> String.format(Locale.ROOT,
                "%.1f %%", 100 * seed.explained())).collect(Collectors.joining(", "))));
        return List.of(figure.sheet());
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        StringBuilder text = new StringBuilder("seed\texplained\tactive\t").append(String.join("\t", parts)).append('\t')
                .append(isPartial).append('\n');
        for (Seed seed : seeds) {
            text.append(seed.seed()).append('\t').append(seed.explained()).append('\t').append(seed.active());
            seed.cosines().forEach(cosine -> text.append('\t').append(cosine));
            text.append('\n');
        }
        files.write(FACTS, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static ScoredDictionary load(ResultFiles files) throws IOException {
        List<String[]> lines = new String(files.read(FACTS), StandardCharsets.UTF_8).lines().map(line -> line.split("\t")).toList();
        try {
            String[] head = lines.get(0);
            List<Seed> seeds = lines.subList(1, lines.size()).stream().map(cells -> new Seed(Long.parseLong(cells[0]),
                    Double.parseDouble(cells[1]), Double.parseDouble(cells[2]),
                    Arrays.stream(cells).skip(3).map(Double::valueOf).toList())).toList();
            return new ScoredDictionary(Arrays.asList(head).subList(3, head.length - 1), seeds,
                    Boolean.parseBoolean(head[head.length - 1]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FACTS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
