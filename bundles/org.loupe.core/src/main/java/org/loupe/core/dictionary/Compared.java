package org.loupe.core.dictionary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Axis;
import org.loupe.core.page.Figure.Bar;
import org.loupe.core.page.Sheet;

/**
 * Whether the latents of a layer explain better than its channels.
 *
 * @param network   name of the network with the dictionary in it
 * @param layer     whose units are compared
 * @param set       name of the picture set
 * @param pictures  how many pictures were shown
 * @param examples  how many of a unit's strongest pictures count
 * @param kept      how many numbers of each vector are kept where the loss is measured
 * @param factor    the factor that units may carry
 * @param kinds     channels, latents and controls
 * @param isPartial whether the work was stopped
 */
public record Compared(String network, String layer, String set, int pictures, int examples, int kept, String factor,
        List<Kind> kinds, boolean isPartial) implements Result {

    private static final String FILE = "comparison.tsv";

    /**
     * What was measured of one kind of units.
     *
     * @param name      such as “latents”
     * @param units     how many there are
     * @param judged    how many of them are excited by at least 10 pictures; what follows is about these
     * @param twoGroups how many of them are excited by two groups of pictures that have nothing to do with each other
     * @param auc       mean over the units of how well the class that a unit tells best is told from all others
     * @param bestAuc   mean over the classes of how well the unit that tells them best does
     * @param part      mean over the units of the share of its strongest pictures in which it sees the same part
     * @param carriers  how many of them carry the factor
     * @param explained share of the variance that so many numbers of each vector explain
     * @param recovered share of the task loss that they recover
     */
    public record Kind(String name, int units, int judged, int twoGroups, double auc, double bestAuc, double part,
            int carriers, double explained, double recovered) {
    }

    public Compared {
        kinds = List.copyOf(kinds);
    }

    private static List<String> header(String factor) {
        return List.of("", "units", "judged", "two groups", "class AUC", "best AUC", "same part", "carry " + factor,
                "explained", "recovered");
    }

    private static List<String> cells(Kind kind) {
        return List.of(kind.name(), Integer.toString(kind.units()), Integer.toString(kind.judged()),
                kind.twoGroups() < 0 ? "—" : percent((double) kind.twoGroups() / kind.judged()), number(kind.auc()),
                number(kind.bestAuc()), number(kind.part()),
                kind.carriers() < 0 ? "—" : kind.carriers() + " (" + percent((double) kind.carriers() / kind.judged()) + ")",
                number(kind.explained()), percent(kind.recovered()));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "—" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "—" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    @Override
    public String text() {
        List<List<String>> rows = new ArrayList<>(List.of(header(factor)));
        kinds.forEach(kind -> rows.add(cells(kind)));
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%s of %s, %,d pictures of %s, the %d strongest of"
                + " each unit; explained and recovered with %d numbers of each vector%n", layer, network, pictures, set,
                examples, kept));
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
                String pad = " ".repeat(width - row.get(i).length());
                line.append(i == 0 ? row.get(i) + pad : "  " + pad + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    @Override
    public List<Sheet> sheets() {
        Figure figure = Figure.titled("Do the latents of " + layer + " explain better than its channels?");
        figure.table(header(factor), kinds.stream().map(Compared::cells).toList());
        figure.remark("Of " + judgedText() + " Two groups: of the " + examples + " pictures that excite a unit most, two"
                + " groups make up at least 80 %, the second of them at least 20 %. Class AUC: for the class that the unit"
                + " tells best, mean over units; best AUC: for each class the unit that tells it best, mean over"
                + " classes. Same part: share of those pictures in which the unit answers most where the same part is seen."
                + " Carry: of some class, the unit tells one value of the factor from the other with an AUC of at least .9."
                + " Explained: variance; recovered: task loss; with " + kept + " numbers of each vector: the largest latents; the coefficients that"
                + " reach farthest from the mean among channels, principal components, or random directions at right angles. PCA, ±: each principal component in both"
                + " directions.");
        bars(figure, "share of units that two groups excite", kind -> (double) kind.twoGroups() / kind.judged());
        bars(figure, "class AUC, mean over units", Kind::auc);
        bars(figure, "share of strongest pictures with the same part, mean over units", Kind::part);
        bars(figure, "task loss recovered", Kind::recovered);
        return List.of(figure.sheet());
    }

    private String judgedText() {
        return String.format(Locale.ROOT, "%,d pictures of %s; units that fewer than %d of them excite are not judged.", pictures,
                set, Strongest.FEWEST);
    }

    private void bars(Figure figure, String what, ToDoubleFunction<Kind> value) {
        List<Bar> bars = new ArrayList<>();
        for (Kind kind : kinds) {
            double shown = value.applyAsDouble(kind);
            if (Double.isFinite(shown)) {
                bars.add(Bar.of(kind.name(), shown, kind.name().equals(Compare.LATENTS) ? Sheet.ACCENT : Sheet.MUTED));
            }
        }
        if (!bars.isEmpty()) {
            figure.heading(what);
            figure.bars(Axis.of(what), bars);
        }
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        StringBuilder text = new StringBuilder(String.join("\t", network, layer, set, Integer.toString(pictures),
                Integer.toString(examples), Integer.toString(kept), factor, Boolean.toString(isPartial))).append('\n');
        for (Kind kind : kinds) {
            text.append(String.join("\t", kind.name(), Integer.toString(kind.units()), Integer.toString(kind.judged()),
                    Integer.toString(kind.twoGroups()), Double.toString(kind.auc()), Double.toString(kind.bestAuc()),
                    Double.toString(kind.part()), Integer.toString(kind.carriers()), Double.toString(kind.explained()),
                    Double.toString(kind.recovered()))).append('\n');
        }
        files.write(FILE, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Compared load(ResultFiles files) throws IOException {
        try {
            List<String[]> lines = new String(files.read(FILE), StandardCharsets.UTF_8).lines()
                    .map(line -> line.split("\t", -1)).toList();
            String[] first = lines.get(0);
            List<Kind> kinds = lines.subList(1, lines.size()).stream().map(cells -> new Kind(cells[0],
                    Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), Integer.parseInt(cells[3]),
                    Double.parseDouble(cells[4]), Double.parseDouble(cells[5]), Double.parseDouble(cells[6]),
                    Integer.parseInt(cells[7]), Double.parseDouble(cells[8]), Double.parseDouble(cells[9]))).toList();
            return new Compared(first[0], first[1], first[2], Integer.parseInt(first[3]), Integer.parseInt(first[4]),
                    Integer.parseInt(first[5]), first[6], kinds, Boolean.parseBoolean(first[7]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FILE + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
