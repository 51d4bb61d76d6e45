package org.loupe.demo.planted;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Sheet;

/**
 * How often diverse pictures of planted channels of two things show both.
 *
 * @param seeds how many times each way was tried on each channel
 * @param count pictures each time
 */
public record ScoredDiversity(int seeds, int count, List<Row> rows, boolean isPartial) implements Result {

    private static final String FACTS = "score.tsv";

    /**
     * One way of making diverse pictures of one channel.
     *
     * @param way        what pictures start from, or the published form and its weight
     * @param channel    what the channel stands for
     * @param both       for how many seeds both things are shown
     * @param activation mean over all pictures
     */
    public record Row(String way, String channel, int both, double activation) {
    }

    public ScoredDiversity {
        rows = List.copyOf(rows);
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-22s %-24s %-10s %s%n", "way", "channel",
                "both shown", "mean activation"));
        for (Row row : rows) {
            text.append(String.format(Locale.ROOT, "%-22s %-24s %-10s %.2f%n", row.way, row.channel,
                    row.both + " of " + seeds, row.activation));
        }
        return text.toString();
    }

    @Override
    public List<Sheet> sheets() {
        Figure figure = Figure.titled("Do diverse pictures of a channel of two things show both?");
        figure.table(List.of("way", "channel", "both shown", "seeds", "mean activation"), rows.stream()
                .map(row -> List.of(row.way, row.channel, row.both + "", seeds + "",
                        String.format(Locale.ROOT, "%.2f", row.activation))).toList());
        figure.remark(count + " pictures each time. The planted detectors below are the judges: a picture shows a part when its"
                + " detector answers at least half as much as to a drawn part, and at least 1.5 times as much as the other's.");
        return List.of(figure.sheet());
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        StringBuilder text = new StringBuilder("seeds\t" + seeds + "\tpictures\t" + count + "\tpartial\t" + isPartial + "\n");
        rows.forEach(row -> text.append(row.way).append('\t').append(row.channel).append('\t').append(row.both).append('\t')
                .append(row.activation).append('\n'));
        files.write(FACTS, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static ScoredDiversity load(ResultFiles files) throws IOException {
        String[] lines = new String(files.read(FACTS), StandardCharsets.UTF_8).split("\n");
        try {
            String[] head = lines[0].split("\t");
            List<Row> rows = new ArrayList<>();
            for (String line : Arrays.asList(lines).subList(1, lines.length)) {
                String[] cells = line.split("\t");
                rows.add(new Row(cells[0], cells[1], Integer.parseInt(cells[2]), Double.parseDouble(cells[3])));
            }
            return new ScoredDiversity(Integer.parseInt(head[1]), Integer.parseInt(head[3]), rows,
                    Boolean.parseBoolean(head[5]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FACTS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
