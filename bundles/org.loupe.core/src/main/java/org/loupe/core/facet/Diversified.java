package org.loupe.core.facet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.loupe.core.Batch;
import org.loupe.core.Npy;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.factor.Matrix;
import org.loupe.core.image.Png;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Plate;
import org.loupe.core.page.Sheet;

/**
 * Pictures of one unit that differ.
 *
 * @param network  name of the network
 * @param below    layer in which they differ
 * @param givenUp  share of the best single picture's activation that each might give up
 * @param single   the best single picture
 * @param pixels   (picture, colour, row, column) from 0 to 1
 * @param shown    what each picture shows; none when it was stopped before there were any
 * @param likeness cosines between what carries each two pictures, 0 to 1
 */
public record Diversified(String network, Unit unit, String below, double givenUp, Single single, Batch pixels,
        List<Shown> shown, Matrix likeness, boolean isPartial) implements Result {

    private static final String FACTS = "diversity.tsv";

    /** The best single picture and its activation. */
    public record Single(Batch pixels, double activation) {
    }

    /**
     * What a picture shows.
     *
     * @param start      what it started from
     * @param activation of the unit on the finished picture
     * @param carriers   the channels below that carry most of it, the largest first
     */
    public record Shown(String start, double activation, List<Carrier> carriers) {
        public Shown {
            carriers = List.copyOf(carriers);
        }
    }

    /** A channel below and its share, 0 to 1, of what excites the unit. */
    public record Carrier(Unit unit, double share) {
    }

    public Diversified {
        shown = List.copyOf(shown);
    }

    static Diversified nothing(String network, Unit unit, double givenUp) {
        return new Diversified(network, unit, "", givenUp, new Single(Batch.zeros(1, 3, 1, 1), 0), Batch.zeros(1, 3, 1, 1),
                List.of(), Matrix.zeros(1, 1), true);
    }

    /** The mean likeness of two different pictures; 1 where they are carried by the same in the same proportions. */
    public double meanLikeness() {
        double sum = 0;
        for (int i = 0; i < likeness.rows(); i++) {
            for (int j = 0; j < i; j++) {
                sum += likeness.at(i, j);
            }
        }
        return likeness.rows() < 2 ? Double.NaN : 2 * sum / (likeness.rows() * (likeness.rows() - 1));
    }

    @Override
    public String text() {
        if (shown.isEmpty()) {
            return "Stopped before there was anything to show of " + unit + ".\n";
        }
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%s of %s: the best single picture excites it by"
                + " %.4g; each of %d may give up %.0f %% of that to differ from the others%n", unit, network,
                single.activation(), shown.size(), 100 * givenUp));
        for (int i = 0; i < shown.size(); i++) {
            Shown one = shown.get(i);
            text.append(String.format(Locale.ROOT, "%d. %.4g, %.0f %% of the best, from %s, carried by %s%n", i + 1,
                    one.activation(), 100 * one.activation() / single.activation(), one.start(), carriers(one)));
        }
        return text.append(String.format(Locale.ROOT, "Mean likeness of two of them in what carries them: %.2f (1: the"
                + " same)%n", meanLikeness())).toString();
    }

    private static String carriers(Shown shown) {
        return shown.carriers().stream().map(carrier -> String.format(Locale.ROOT, "%s %.0f %%", carrier.unit(),
                100 * carrier.share())).collect(Collectors.joining(", "));
    }

    @Override
    public List<Sheet> sheets() {
        if (shown.isEmpty()) {
            return List.of();
        }
        Figure figure = Figure.titled("Diverse pictures of " + unit);
        figure.paragraph(String.format(Locale.ROOT, "Each of them may give up %.0f %% of what the best single picture excites"
                + " the unit by, in order to differ from the others in what channels of %s carry it.", 100 * givenUp, below));
        List<Plate> plates = new ArrayList<>();
        plates.add(new Plate(single.pixels(), String.format(Locale.ROOT, "best single picture, %.3g", single.activation()),
                false));
        for (int i = 0; i < shown.size(); i++) {
            plates.add(new Plate(pixels.image(i), String.format(Locale.ROOT, "%d: %.3g, %.0f %% of the best", i + 1,
                    shown.get(i).activation(), 100 * shown.get(i).activation() / single.activation()), false));
        }
        figure.pictures(plates, Math.min(5, plates.size()));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            rows.add(List.of("picture " + (i + 1), shown.get(i).start(), String.format(Locale.ROOT, "%.3g",
                    shown.get(i).activation()), carriers(shown.get(i))));
        }
        figure.table(List.of("", "started from", "activation", "carried by"), rows);
        figure.remark(String.format(Locale.ROOT, "Mean cosine between what carries two of the pictures: %.2f; 1 where it is the"
                + " same, 0 where they have nothing in common.", meanLikeness()));
        return List.of(figure.sheet());
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        Lines text = new Lines();
        text.line("diversity", network, unit, below, givenUp, single.activation(), isPartial);
        for (int i = 0; i < shown.size(); i++) {
            Shown one = shown.get(i);
            text.line("picture", one.start(), one.activation(), one.carriers().stream()
                    .map(carrier -> carrier.unit() + "=" + carrier.share()).collect(Collectors.joining(" ")));
            StringBuilder row = new StringBuilder();
            for (double value : likeness.row(i)) {
                row.append(row.isEmpty() ? "" : " ").append(value);
            }
            text.line("likeness", row);
            files.write("picture-" + i + ".png", Png.write(pixels, i, Map.of("Title", unit + " " + one.start())));
        }
        files.write("pictures.npy", Npy.write(pixels));
        files.write("single.npy", Npy.write(single.pixels()));
        files.write(FACTS, text.bytes());
        files.write("report.txt", text().getBytes(StandardCharsets.UTF_8));
    }

    static Diversified load(ResultFiles files) throws IOException {
        List<String[]> lines = Lines.read(files, FACTS, "diversity");
        try {
            String[] head = lines.get(0);
            List<Shown> shown = new ArrayList<>();
            List<double[]> likeness = new ArrayList<>();
            for (String[] cells : lines.subList(1, lines.size())) {
                if (cells[0].equals("picture")) {
                    List<Carrier> carriers = new ArrayList<>();
                    for (String word : cells[3].isEmpty() ? new String[0] : cells[3].split(" ")) {
                        carriers.add(new Carrier(Unit.parse(word.split("=")[0]), Lines.number(word.split("=")[1])));
                    }
                    shown.add(new Shown(cells[1], Lines.number(cells[2]), carriers));
                } else {
                    likeness.add(List.of(cells[1].split(" ")).stream().mapToDouble(Double::parseDouble).toArray());
                }
            }
            return new Diversified(head[1], Unit.parse(head[2]), head[3], Lines.number(head[4]),
                    new Single(Npy.read(files.read("single.npy")), Lines.number(head[5])), Npy.read(files.read("pictures.npy")),
                    shown, likeness.isEmpty() ? Matrix.zeros(1, 1) : Matrix.of(likeness.toArray(new double[0][])),
                    Boolean.parseBoolean(head[6]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FACTS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
