package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.loupe.core.circuit.FollowedWeights.Share;
import org.loupe.core.circuit.FollowedWeights.Summary;
import org.loupe.core.circuit.FollowedWeights.Way;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Axis;
import org.loupe.core.page.Figure.Line;
import org.loupe.core.page.Figure.Plate;
import org.loupe.core.page.Figure.Sample;
import org.loupe.core.page.Sheet;

/** Draws what arrives of expanded weights: the kernels beside what arrives of them, and its distribution over pictures. */
final class FollowedSheets {

    private static final int DRAWN = 4;
    private static final int BINS = 20;
    private static final int MOST_ACROSS = 6;

    private FollowedSheets() {
    }

    static List<Sheet> of(FollowedWeights found) {
        return List.of(kernels(found), contributions(found));
    }

    private static Sheet kernels(FollowedWeights found) {
        Figure figure = Figure.titled("What arrives at " + found.unit() + " of its weights over several layers, down to "
                + found.layer()).paragraph(found.about());
        List<Plate> plates = new ArrayList<>();
        double extent = found.ways().stream().mapToDouble(way -> way.expanded().kernel().peak()).max().orElse(0);
        for (Way way : found.ways().subList(0, Math.min(MOST_ACROSS, found.ways().size()))) {
            plates.add(new Plate(way.expanded().kernel().picture(extent), way.expanded().from().toString(), true));
        }
        int across = plates.size();
        figure.heading("Expanded weights: what it would read if everything between were linear").pictures(plates, MOST_ACROSS);
        List<Plate> arriving = found.ways().subList(0, across).stream().filter(way -> way.arriving().isPresent())
                .map(way -> new Plate(way.arriving().get().picture(extent), way.expanded().from().toString(), true)).toList();
        if (arriving.size() == across) {
            figure.heading("The mean over pictures of what it does read, with all gates as they are").pictures(arriving, MOST_ACROSS);
        }
        figure.remark(String.format(Locale.ROOT, "Red excites, blue inhibits; the full colour is %.3g in all.", extent));
        return histograms(table(figure, found), found).sheet();
    }

    private static Figure table(Figure figure, FollowedWeights found) {
        List<List<String>> rows = new ArrayList<>();
        for (int way = 0; way < found.ways().size(); way++) {
            Way one = found.ways().get(way);
            rows.add(row(one.expanded().from().toString(), String.format(Locale.ROOT, "%.3g", one.expanded().strength()),
                    String.format(Locale.ROOT, "%.0f %%", 100 * one.left()), found.summary(way)));
        }
        rows.add(row("whole layer", "", "", found.whole()));
        figure.table(List.of("unit", "norm", "left", "arrives 5 %", "25 %", "50 %", "75 %", "95 %", "r", "sign", "chance", ""), rows);
        figure.remark(FollowedWeights.legend());
        found.remarks().forEach(figure::remark);
        return figure;
    }

    private static List<String> row(String name, String norm, String left, Summary summary) {
        List<String> row = new ArrayList<>(List.of(name, norm, left));
        for (int i = 0; i < FollowedWeights.QUANTILES.length; i++) {
            row.add(i < summary.parts().length ? FollowedWeights.number(summary.parts()[i]) : "");
        }
        row.addAll(List.of(FollowedWeights.number(summary.correlation()), String.format(Locale.ROOT, "%.0f %%", 100 * summary.sameSign()),
                String.format(Locale.ROOT, "%.0f %%", 100 * summary.byChance()), summary.misleads() ? "misleads" : ""));
        return row;
    }

    private static Figure histograms(Figure figure, FollowedWeights found) {
        List<Integer> strongest = found.strongest();
        for (int way = 0; way < Math.min(DRAWN, found.ways().size()); way++) {
            double[] parts = found.values(way, Share::part);
            figure.heading(found.ways().get(way).expanded().from() + ": which part of the expanded kernel arrives");
            figure.histogram(new Axis("part of the expanded kernel (1: all, 0: nothing, below 0: the opposite)", -.5, 1.5), BINS, List.of(
                    new Sample("all " + parts.length + " pictures", parts, Figure.COLOURS.get(0)),
                    new Sample("the quarter that excites " + found.unit() + " most", strongest.stream()
                            .mapToDouble(i -> parts[i]).toArray(), Figure.COLOURS.get(1))));
        }
        return figure;
    }

    private static Sheet contributions(FollowedWeights found) {
        Figure figure = Figure.titled("What expanded weights predict at " + found.unit() + ", and what arrives").paragraph("A dot"
                + " for each picture. Across: expanded weights times activations. Up: gradient times activations, which is what"
                + " arrives with all gates as they are. If everything were linear, all dots would lie on the line.");
        draw(figure, "The whole layer " + found.layer(), found.sights().stream().mapToDouble(FollowedWeights.Sight::predicted)
                .toArray(), found.sights().stream().mapToDouble(FollowedWeights.Sight::arrived).toArray(), found.whole());
        for (int way = 0; way < Math.min(DRAWN, found.ways().size()); way++) {
            draw(figure, found.ways().get(way).expanded().from().toString(), found.values(way, Share::predicted),
                    found.values(way, Share::arrived), found.summary(way));
        }
        return figure.sheet();
    }

    private static void draw(Figure figure, String name, double[] predicted, double[] arrived, Summary summary) {
        double least = Arrays.stream(predicted).min().orElse(0);
        double most = Arrays.stream(predicted).max().orElse(0);
        double[] ends = {least, most};
        figure.heading(String.format(Locale.ROOT, "%s: r %s, the same sign on %.0f %% of the pictures (by chance %.0f %%)", name,
                FollowedWeights.number(summary.correlation()), 100 * summary.sameSign(), 100 * summary.byChance()));
        figure.lines(Axis.of("predicted"), Axis.of("arrives"), List.of(new Line("if all were linear", ends, ends, Sheet.LINE, true),
                new Line("pictures", predicted, arrived, Figure.COLOURS.get(0), false)));
    }
}
