package org.loupe.core.visualize;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.loupe.core.Batch;
import org.loupe.core.Npy;
import org.loupe.core.ResultFiles;
import org.loupe.core.image.Png;
import org.loupe.core.visualize.Visualized.Detail;

/**
 * Keeps pictures and what is known of them: {@code pictures.npy} with the exact numbers, {@code picture-N.png} to
 * look at, {@code details.tsv} with the rest. The columns are described in {@code docs/study.md}.
 */
final class VisualizedFiles {

    private static final String PICTURES = "pictures.npy";
    private static final String DETAILS = "details.tsv";
    private static final String HEADING = "objective\tlabel\tscore\tstart\texcited\tscores";

    private VisualizedFiles() {
    }

    static void save(Visualized result, ResultFiles files) throws IOException {
        files.write(PICTURES, Npy.write(result.pictures()));
        StringBuilder text = new StringBuilder();
        text.append("steps\t").append(result.steps()).append("\tpartial\t").append(result.isPartial()).append('\n');
        text.append(HEADING).append('\n');
        for (int i = 0; i < result.details().size(); i++) {
            Detail detail = result.details().get(i);
            text.append(detail.objective()).append('\t').append(detail.label()).append('\t').append(detail.score())
                    .append('\t').append(detail.start()).append('\t').append(detail.excited()).append('\t')
                    .append(Arrays.stream(detail.scores()).mapToObj(Double::toString).collect(Collectors.joining(" ")))
                    .append('\n');
            files.write("picture-" + i + ".png",
                    Png.write(result.pictures(), i, Map.of("Title", (detail.objective() + " " + detail.label()).strip())));
        }
        files.write(DETAILS, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Visualized load(ResultFiles files) throws IOException {
        Batch pictures = Npy.read(files.read(PICTURES));
        String[] lines = new String(files.read(DETAILS), StandardCharsets.UTF_8).split("\n");
        try {
            String[] first = lines[0].split("\t");
            if (!lines[1].equals(HEADING) || lines.length != 2 + pictures.images()) {
                throw new IOException(DETAILS + " does not fit " + PICTURES);
            }
            List<Detail> details = new ArrayList<>();
            for (String line : Arrays.asList(lines).subList(2, lines.length)) {
                String[] cells = line.split("\t", -1);
                double[] scores = cells[5].isEmpty() ? new double[0]
                        : Arrays.stream(cells[5].split(" ")).mapToDouble(Double::parseDouble).toArray();
                details.add(new Detail(cells[0], cells[1], scores, Double.parseDouble(cells[2]),
                        Double.parseDouble(cells[3]), Boolean.parseBoolean(cells[4])));
            }
            return new Visualized(pictures, details, Integer.parseInt(first[1]), Boolean.parseBoolean(first[3]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException damaged) {
            throw new IOException(DETAILS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
