package org.loupe.core.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loupe.core.ResultFiles;
import org.loupe.core.check.Checked.Row;

/** Keeps what a check has found as {@code check.tsv}: a line for each fact, then a line for each place. */
final class CheckedFiles {

    private static final String NAME = "check.tsv";
    private static final String HEADING = "place\trelative\tabsolute\tgolden relative\tgolden absolute";
    private static final int FACTS = 5;

    private CheckedFiles() {
    }

    static void save(Checked result, ResultFiles files) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("engine\t").append(result.engine()).append('\n');
        text.append("against\t").append(result.against()).append('\n');
        text.append("images\t").append(result.images()).append("\tseed\t").append(result.seed()).append("\tpartial\t")
                .append(result.isPartial()).append('\n');
        text.append("gradient\t").append(gradientCells(result.gradient())).append('\t')
                .append(gradientCells(result.golden())).append('\n');
        text.append("remarks\t").append(String.join("\t", result.remarks())).append('\n');
        text.append(HEADING).append('\n');
        for (Row row : result.rows()) {
            text.append(row.place()).append('\t').append(cells(row.engines())).append('\t').append(cells(row.golden()))
                    .append('\n');
        }
        files.write(NAME, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String gradientCells(Optional<GradientDifference> gradient) {
        return gradient.map(one -> one.relative() + "\t" + one.absolute() + "\t" + one.nudged()).orElse("\t\t");
    }

    private static String cells(Optional<Difference> difference) {
        return difference.map(one -> one.relative() + "\t" + one.absolute()).orElse("\t");
    }

    static Checked load(ResultFiles files) throws IOException {
        String[] lines = new String(files.read(NAME), StandardCharsets.UTF_8).split("\n");
        try {
            if (!lines[FACTS].equals(HEADING)) {
                throw new IOException(NAME + " was written by another version of Loupe");
            }
            String[] facts = lines[2].split("\t");
            String[] gradient = lines[3].split("\t", -1);
            String remarks = lines[4].substring("remarks\t".length());
            List<Row> rows = new ArrayList<>();
            for (int i = FACTS + 1; i < lines.length; i++) {
                String[] cells = lines[i].split("\t", -1);
                rows.add(new Row(cells[0], difference(cells[1], cells[2]), difference(cells[3], cells[4])));
            }
            return new Checked(lines[0].split("\t")[1], lines[1].split("\t")[1], Integer.parseInt(facts[1]),
                    Long.parseLong(facts[3]), rows, gradient(gradient, 1), gradient(gradient, 4),
                    remarks.isEmpty() ? List.of() : List.of(remarks.split("\t")), Boolean.parseBoolean(facts[5]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(NAME + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** From three cells, which lines that are older than golden gradients do not have at their end. */
    private static Optional<GradientDifference> gradient(String[] cells, int first) {
        return cells.length <= first ? Optional.empty() : difference(cells[first], cells[first + 1])
                .map(difference -> new GradientDifference(difference.relative(), difference.absolute(),
                        Double.parseDouble(cells[first + 2])));
    }

    private static Optional<Difference> difference(String relative, String absolute) {
        return relative.isEmpty() ? Optional.empty()
                : Optional.of(new Difference(Double.parseDouble(relative), Double.parseDouble(absolute)));
    }
}
