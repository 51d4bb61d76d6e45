package org.loupe.core.facet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Npy;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Axis;
import org.loupe.core.page.Figure.Bar;
import org.loupe.core.page.Figure.Plate;
import org.loupe.core.page.Sheet;
import org.loupe.core.scan.Groups;

/**
 * All that tells whether a unit is one thing or several.
 *
 * @param facets     its facets, with pictures
 * @param diversity  its diverse pictures, which start from its facets
 * @param spectrum   examples of all degrees, from the least exciting up
 * @param classes    that excite it most, the largest area under the curve first
 * @param groups     the most frequent groups of classes among the 40 strongest pictures
 * @param readers    units above that read it, the strongest connection first
 * @param statistics sentences about its activations
 * @param dictionary what a dictionary of its layer says; nothing where none was asked
 */
public record Triaged(Faceted facets, Diversified diversity, List<Step> spectrum, List<OfClass> classes,
        List<Groups.Share> groups, List<Reader> readers, String statistics, Optional<LatentsOfUnit> dictionary,
        boolean isPartial) implements Result {

    private static final String FACTS = "triage.tsv";
    private static final String FACETS = "facets-";
    private static final String DIVERSITY = "diversity-";
    private static final String DICTIONARY = "dictionary-";

    /**
     * Pictures of one degree.
     *
     * @param least    activation among them
     * @param greatest activation among them
     * @param crops    what the unit sees of them
     */
    public record Step(double least, double greatest, Batch crops) {
    }

    /** A class with the mean of the largest activation in its pictures, and its area under the curve. */
    public record OfClass(String name, double mean, double area) {
    }

    /** A unit that reads this one, with the norm of the kernel between them. */
    public record Reader(Unit unit, double norm, boolean excites) {
    }

    public Triaged {
        spectrum = List.copyOf(spectrum);
        classes = List.copyOf(classes);
        groups = List.copyOf(groups);
        readers = List.copyOf(readers);
    }

    /** What the criteria say, in a sentence. */
    public String verdict() {
        double apart = facets.apart();
        Judged.Verdict judged = new Judged.Verdict(facets.unit(), 40, groups, Math.max(1, facets.facets().size()), apart, apart,
                0, 0);
        return facets.unit() + (judged.isSeveral() ? " is several things without looking at labels: its facets have "
                + Math.round(100 * (1 - apart)) + " % in common." : facets.isSeveral() ? " has several facets, but they have "
                        + Math.round(100 * (1 - apart)) + " % in common: varieties of one thing." : " has one facet.")
                + (groups.isEmpty() ? "" : " Of its 40 strongest pictures: " + judged.groupText()
                        + (judged.isTwoGroups() ? ": two groups." : "."));
    }

    @Override
    public String text() {
        return verdict() + "\n\n" + facets.text() + "\n" + diversity.text() + "\n" + statistics + "\n\n"
                + dictionary.map(LatentsOfUnit::text).orElseGet(() -> noDictionary() + "\n");
    }

    private String noDictionary() {
        String layer = facets.unit().layer();
        return "No dictionary of " + layer + " was asked. Learn one (./loupe dictionary train " + facets.network() + " " + layer
                + "; in the window: Learn a Dictionary) and ask for triage again: it takes the newest of the study.";
    }

    @Override
    public List<Sheet> sheets() {
        if (facets.facets().isEmpty() || diversity.shown().isEmpty()) {
            return List.of();
        }
        Figure figure = Figure.titled("One thing or several: " + facets.unit() + " of " + facets.network());
        figure.paragraph(verdict());
        figure.heading("Diverse pictures, and the best single one");
        List<Plate> plates = new ArrayList<>();
        plates.add(new Plate(diversity.single().pixels(), caption("best", diversity.single().activation()), false));
        for (int i = 0; i < diversity.shown().size(); i++) {
            plates.add(new Plate(diversity.pixels().image(i), caption(diversity.shown().get(i).start(),
                    diversity.shown().get(i).activation()), false));
        }
        figure.pictures(plates, plates.size());
        for (int i = 0; i < facets.facets().size(); i++) {
            Facet facet = facets.facets().get(i);
            figure.heading(String.format(Locale.ROOT, "Facet %d: %d pictures%s", i + 1, facet.examples().size(),
                    facet.classText().isEmpty() ? "" : ", " + facet.classText()));
            List<Plate> some = new ArrayList<>();
            facet.picture().ifPresent(made -> some.add(new Plate(made.pixels(), caption("optimised", made.activation()), false)));
            for (int crop = 0; crop < Math.min(7, facet.shown()); crop++) {
                some.add(new Plate(facet.crops().image(crop), String.format(Locale.ROOT, "%.3g",
                        facet.examples().get(crop).value()), false));
            }
            figure.pictures(some, 8);
            figure.remark("Carried by " + Faceted.carriers(facet) + ".");
        }
        figure.heading("Pictures of all degrees, from the least to the most exciting");
        List<Plate> degrees = new ArrayList<>();
        for (Step step : spectrum) {
            for (int i = 0; i < Math.min(2, step.crops().images()); i++) {
                degrees.add(new Plate(step.crops().image(i), String.format(Locale.ROOT, "%.2g to %.2g", step.least(),
                        step.greatest()), false));
            }
        }
        figure.pictures(degrees, 12);
        figure.remark(statistics);
        if (!classes.isEmpty()) {
            figure.heading("Classes that excite it most");
            figure.bars(Axis.of("area under the curve; 0.5 is chance"), classes.stream().map(one -> Bar.of(String.format(Locale.ROOT,
                    "%s, mean %.2g", one.name(), one.mean()), one.area(), Figure.COLOURS.get(0))).toList());
        }
        if (!readers.isEmpty()) {
            figure.heading("Read by");
            figure.table(List.of("unit", "norm of the kernel", "sum of weights"), readers.stream().map(one -> List.of(
                    one.unit().toString(), String.format(Locale.ROOT, "%.2f", one.norm()),
                    one.excites() ? "excites" : "inhibits")).toList());
        }
        figure.heading("What a dictionary says");
        dictionary.ifPresentOrElse(said -> said.draw(figure), () -> figure.remark(noDictionary()));
        return List.of(figure.sheet());
    }

    private static String caption(String what, double activation) {
        return String.format(Locale.ROOT, "%s, %.3g", what, activation);
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        Lines text = new Lines();
        text.line("triage", statistics, isPartial);
        classes.forEach(one -> text.line("class", one.name(), one.mean(), one.area()));
        groups.forEach(one -> text.line("group", one.name(), one.share()));
        readers.forEach(one -> text.line("reader", one.unit(), one.norm(), one.excites()));
        for (int i = 0; i < spectrum.size(); i++) {
            text.line("step", spectrum.get(i).least(), spectrum.get(i).greatest());
            files.write("spectrum-" + i + ".npy", Npy.write(spectrum.get(i).crops()));
        }
        facets.save(new Part(files, FACETS));
        diversity.save(new Part(files, DIVERSITY));
        if (dictionary.isPresent()) {
            text.line("dictionary", dictionary.get().question());
            dictionary.get().save(new Part(files, DICTIONARY));
        }
        files.write(FACTS, text.bytes());
        files.write("report.txt", text().getBytes(StandardCharsets.UTF_8));
    }

    /** The files of one result within those of another. */
    private record Part(ResultFiles files, String prefix) implements ResultFiles {
        @Override
        public byte[] read(String name) throws IOException {
            return files.read(prefix + name);
        }

        @Override
        public void write(String name, byte[] content) throws IOException {
            files.write(prefix + name, content);
        }
    }

    static Triaged load(ResultFiles files) throws IOException {
        List<String[]> lines = Lines.read(files, FACTS, "triage");
        List<Step> steps = new ArrayList<>();
        List<OfClass> classes = new ArrayList<>();
        List<Groups.Share> groups = new ArrayList<>();
        List<Reader> readers = new ArrayList<>();
        Optional<LatentsOfUnit> dictionary = Optional.empty();
        try {
            for (String[] cells : lines.subList(1, lines.size())) {
                switch (cells[0]) {
                    case "class" -> classes.add(new OfClass(cells[1], Lines.number(cells[2]), Lines.number(cells[3])));
                    case "group" -> groups.add(new Groups.Share(cells[1], Lines.number(cells[2])));
                    case "reader" -> readers.add(new Reader(Unit.parse(cells[1]), Lines.number(cells[2]),
                            Boolean.parseBoolean(cells[3])));
                    case "step" -> steps.add(new Step(Lines.number(cells[1]), Lines.number(cells[2]),
                            Npy.read(files.read("spectrum-" + steps.size() + ".npy"))));
                    case "dictionary" -> dictionary = Optional.of(LatentsOfUnit.load(new Part(files, DICTIONARY)));
                    default -> throw new IllegalArgumentException("there is a line “" + cells[0] + "”");
                }
            }
            return new Triaged(FacetedFiles.load(new Part(files, FACETS)), Diversified.load(new Part(files, DIVERSITY)), steps,
                    classes, groups, readers, lines.get(0)[1], dictionary,
                    lines.get(0).length > 2 && Boolean.parseBoolean(lines.get(0)[2]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FACTS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
