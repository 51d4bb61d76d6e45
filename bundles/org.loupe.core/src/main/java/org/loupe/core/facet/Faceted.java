package org.loupe.core.facet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.factor.GroupChoice;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Bar;
import org.loupe.core.page.Figure.Plate;
import org.loupe.core.page.Sheet;

/**
 * The facets of a unit.
 *
 * @param network name of the network
 * @param set     name of the picture set
 * @param unit    a channel
 * @param below   layer by which the examples were grouped
 * @param facets  the largest first; none when it was stopped before there were any
 * @param tried   how stable each number of facets was
 * @param apart   how little the two facets that differ most have in common in what carries them: 1 less the cosine between
 *                their mean contributions above 0; 0 for one facet
 */
public record Faceted(String network, String set, Unit unit, String below, List<Facet> facets,
        List<GroupChoice.Tried> tried, double apart, boolean isPartial) implements Result {

    private static final String REMARK = "Groups count that are found again in half of the pictures (prediction strength at"
            + " least 0.80) and are tighter than clouds of one group fewer make by chance (at most 0.05).";

    public Faceted {
        facets = List.copyOf(facets);
        tried = List.copyOf(tried);
    }

    static Faceted nothing(String network, String set, Unit unit, String below) {
        return new Faceted(network, set, unit, below, List.of(), List.of(), 0, true);
    }

    Faceted partial() {
        return new Faceted(network, set, unit, below, facets, tried, apart, true);
    }

    Faceted with(List<Facet> others) {
        return new Faceted(network, set, unit, below, others, tried, apart, isPartial);
    }

    /** Whether the unit is more than one thing, as far as the examples tell. */
    public boolean isSeveral() {
        return facets.size() > 1;
    }

    /** How many examples were grouped. */
    public int examples() {
        return facets.stream().mapToInt(facet -> facet.examples().size()).sum();
    }

    @Override
    public String text() {
        if (facets.isEmpty()) {
            return "Stopped before there was anything to tell about " + unit + ".\n";
        }
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s of %s: %s, by what %s contributes on %d pictures of %s%n", unit, network,
                facets.size() == 1 ? "one facet" : facets.size() + " facets", below, examples(), set));
        if (isSeveral()) {
            text.append(common());
        }
        for (int i = 0; i < facets.size(); i++) {
            Facet facet = facets.get(i);
            text.append(String.format(Locale.ROOT, "%n%d. %d pictures, mean activation %.3g%s%n", i + 1,
                    facet.examples().size(), facet.activation(),
                    facet.classText().isEmpty() ? "" : ": " + facet.classText()));
            text.append("   carried by ").append(list(facet.inputs())).append('\n');
            if (!facet.readers().isEmpty()) {
                text.append("   read by ").append(list(facet.readers().subList(0, Math.min(4, facet.readers().size()))))
                        .append('\n');
            }
            facet.picture().ifPresent(made -> text.append(String.format(Locale.ROOT, "   picture: %.3g for %s%n",
                    made.activation(), made.objective())));
        }
        text.append('\n').append(table());
        return text.toString();
    }

    private String common() {
        return String.format(Locale.ROOT, "The two that differ most have %.0f %% in common in what carries them: %s%n",
                100 * (1 - apart), apart >= Judged.UNRELATED ? "unrelated things." : "varieties of one thing.");
    }

    /** The inputs that carry a facet most, in words. */
    static String carriers(Facet facet) {
        return list(facet.inputs());
    }

    private static String list(List<Facet.Input> inputs) {
        List<String> words = new ArrayList<>();
        for (Facet.Input input : inputs.subList(0, Math.min(5, inputs.size()))) {
            words.add(String.format(Locale.ROOT, "%s %.2g", input.unit(), input.value())
                    + (Double.isNaN(input.elsewhere()) ? "" : String.format(Locale.ROOT, " (elsewhere %.2g)",
                            input.elsewhere())));
        }
        return String.join(", ", words);
    }

    private String table() {
        StringBuilder text = new StringBuilder();
        if (tried.isEmpty()) {
            return "Too few pictures excite it to tell facets apart.\n";
        }
        text.append("groups  found again  spread  one fewer  excess  chance\n");
        for (GroupChoice.Tried one : tried) {
            text.append(String.format(Locale.ROOT, "%6d  %11.2f  %6.2f  %9.2f  %6.1f  %6.2f%s%n", one.count(), one.strength(),
                    one.spread(), one.cloud(), one.excess(), one.chance(), one.isStable() ? "  stable" : ""));
        }
        return text.append(REMARK).append('\n').toString();
    }

    @Override
    public List<Sheet> sheets() {
        if (facets.isEmpty()) {
            return List.of();
        }
        Figure figure = Figure.titled("Facets of " + unit);
        figure.paragraph(String.format(Locale.ROOT, "%d pictures of %s that excite %s of %s fall into %s by what the channels of"
                + " %s contribute to it.", examples(), set, unit, network,
                facets.size() == 1 ? "one group: one facet" : facets.size() + " groups", below));
        if (isSeveral()) {
            figure.paragraph(common().strip());
        }
        for (int i = 0; i < facets.size(); i++) {
            draw(figure, i);
        }
        figure.heading("How many groups");
        figure.table(List.of("groups", "found again", "spread", "spread of one fewer", "excess", "chance"), tried.stream()
                .map(one -> List.of(one.count() + "", number(one.strength()), number(one.spread()), number(one.cloud()),
                        number(one.excess()), number(one.chance()))).toList());
        figure.remark(REMARK + " The excess is in standard deviations of such clouds.");
        return List.of(figure.sheet());
    }

    /** A narrow sheet with the pictures, to be shown beside other things about the unit. */
    public Sheet strip() {
        return new FacetStrip().draw(this);
    }

    private void draw(Figure figure, int index) {
        Facet facet = facets.get(index);
        figure.heading(String.format(Locale.ROOT, "%d. %d pictures, mean activation %.3g%s", index + 1,
                facet.examples().size(), facet.activation(), facet.classText().isEmpty() ? "" : ": " + facet.classText()));
        List<Plate> plates = new ArrayList<>();
        facet.picture().ifPresent(made -> plates.add(new Plate(made.pixels(),
                String.format(Locale.ROOT, "optimised, %.3g", made.activation()), false)));
        for (int i = 0; i < facet.shown(); i++) {
            plates.add(new Plate(facet.crops().image(i), String.format(Locale.ROOT, "%.3g", facet.examples().get(i).value()),
                    false));
        }
        figure.pictures(plates, 7);
        int colour = Figure.COLOURS.get(index % Figure.COLOURS.size());
        List<Bar> bars = facet.inputs().stream().limit(6)
                .map(input -> Bar.of(input.unit() + elsewhere(input), input.value(), colour)).toList();
        figure.bars(Figure.Axis.of("mean contribution to " + unit + " before its nonlinearity"), bars);
        if (!facet.readers().isEmpty()) {
            figure.remark("Units above that it excites, with their mean activation on these pictures: "
                    + list(facet.readers()) + ".");
        }
    }

    private static String elsewhere(Facet.Input input) {
        return Double.isNaN(input.elsewhere()) ? "" : " (elsewhere " + number(input.elsewhere()) + ")";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        FacetedFiles.save(this, files);
    }
}
