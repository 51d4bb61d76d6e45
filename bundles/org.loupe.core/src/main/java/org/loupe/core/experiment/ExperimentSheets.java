package org.loupe.core.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.loupe.core.experiment.Bootstrap.Interval;
import org.loupe.core.experiment.Experiment.Condition;
import org.loupe.core.experiment.Experiment.Role;
import org.loupe.core.experiment.Experiment.Shift;
import org.loupe.core.experiment.Prediction.Judged;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Axis;
import org.loupe.core.page.Figure.Bar;
import org.loupe.core.page.Sheet;

/** The figures of an experiment: what was predicted and what came of it, beside what controls do. */
final class ExperimentSheets {

    private static final int OWN = Figure.COLOURS.get(1);
    private static final int OTHER = Figure.COLOURS.get(0);
    private static final int CONTROL = 0x9aa0a6;
    private static final int MOST = 17;
    private static final int MOST_READERS = 12;
    private static final int MOST_PICTURES = 20;

    private final Experiment experiment;

    ExperimentSheets(Experiment experiment) {
        this.experiment = experiment;
    }

    List<Sheet> sheets() {
        Experiment.Facts facts = experiment.facts();
        List<Sheet> sheets = new ArrayList<>();
        Figure first = Figure.titled("Experiment on " + facts.network());
        first.paragraph(facts.what() + ".");
        first.remark(String.format(Locale.ROOT, "%,d pictures of %s%s; intervals hold 95 %% of %,d resamples of the pictures.",
                experiment.pictures().size(), facts.set(), experiment.isPartial() ? ", stopped before it was done" : "",
                facts.resamples()));
        if (experiment.pictures().isEmpty()) {
            return List.of(first.paragraph("No picture was shown yet.").sheet());
        }
        prediction(first);
        facts.remarks().forEach(first::remark);
        boolean labelled = experiment.decides() && experiment.labelled(-1).length > 0;
        if (labelled) {
            accuracy(first);
        }
        sheets.add(first.sheet());
        if (labelled) {
            sheets.add(classes());
        }
        if (!facts.readers().isEmpty() || facts.logits() && !experiment.shifts().isEmpty()) {
            sheets.add(answers());
        }
        if (experiment.decides() && !experiment.changed().isEmpty()) {
            sheets.add(pictures());
        }
        return sheets;
    }

    private void prediction(Figure figure) {
        List<Judged> judged = Prediction.parse(experiment.facts().prediction()).judge(experiment);
        figure.heading("Predicted beforehand");
        if (judged.isEmpty()) {
            figure.paragraph("Nothing: what is found here is an idea, not a test of one.");
        }
        judged.forEach(one -> figure.paragraph(one.statement() + ": " + one.verdict() + ".").remark(one.evidence()));
    }

    private void accuracy(Figure figure) {
        int[] labelled = experiment.labelled(-1);
        figure.heading(String.format(Locale.ROOT, "Accuracy, %.2f %% before", 100 * experiment.accuracy(0, labelled)));
        List<Bar> bars = new ArrayList<>();
        bars.add(bar(named(experiment.facts().conditions().get(Experiment.CHANGED)), experiment.accuracyChange(1, labelled), OWN));
        for (Map.Entry<String, int[]> group : ExperimentText.groups(experiment).entrySet()) {
            for (int condition : group.getValue()) {
                boolean ablated = experiment.facts().conditions().get(condition).role() == Role.ABLATED;
                bars.add(bar(named(experiment.facts().conditions().get(condition)),
                        experiment.accuracyChange(condition, labelled), ablated ? OTHER : CONTROL));
            }
        }
        figure.bars(Axis.of("change of accuracy, points of 100"), bars);
        figure.remark("Orange: the change. Blue: the same units taken away. Grey: controls, each with the units that were changed"
                + " instead.");
    }

    private static String named(Condition condition) {
        String units = String.join(" ", condition.units());
        return condition.role() == Role.CHANGED || condition.role() == Role.ABLATED || units.length() > 28 ? condition.name()
                : condition.name() + " (" + units + ")";
    }

    private static Bar bar(String name, Interval change, int colour) {
        return new Bar(name, 100 * change.value(), 100 * change.low(), 100 * change.high(), colour);
    }

    private Sheet classes() {
        Figure figure = Figure.titled("Accuracy of each class");
        figure.remark(experiment.facts().what() + ".");
        List<Integer> classes = ExperimentText.classes(experiment);
        List<Integer> shown = classes.subList(0, Math.min(MOST, classes.size()));
        int[] controls = experiment.with(Role.CONTROL);
        List<Bar> bars = new ArrayList<>();
        for (int label : shown) {
            int[] of = experiment.labelled(label);
            String name = String.format(Locale.ROOT, "%s (%.1f %% before)", experiment.facts().classes().get(label),
                    100 * experiment.accuracy(0, of));
            bars.add(bar(name, experiment.accuracyChange(1, of), OWN));
            if (controls.length > 0) {
                double mean = Arrays.stream(controls).mapToDouble(control -> experiment.accuracyChange(control, of).value())
                        .average().orElseThrow();
                bars.add(Bar.of("   controls, mean", 100 * mean, CONTROL));
            }
        }
        figure.bars(Axis.of("change of accuracy, points of 100"), bars);
        figure.remark(String.format(Locale.ROOT, "%d of %d classes, those that change most first. Of so many intervals about %.1f"
                + " miss by chance.", shown.size(), classes.size(), classes.size() / 20.0));
        return figure.sheet();
    }

    private Sheet answers() {
        Figure figure = Figure.titled("Units and logits");
        figure.remark(experiment.facts().what() + ".");
        List<List<String>> rows = new ArrayList<>();
        int[] controls = experiment.with(Role.CONTROL);
        for (int reader = 0; reader < Math.min(MOST_READERS, experiment.facts().readers().size()); reader++) {
            int one = reader;
            Interval change = experiment.answerChange(reader, Experiment.CHANGED);
            double[] others = Arrays.stream(controls).mapToDouble(i -> experiment.answerChange(one, i).value()).sorted().toArray();
            rows.add(List.of(experiment.facts().readers().get(reader), number(Arrays.stream(experiment.outcomes()
                    .get(0).answers()[reader]).average().orElseThrow()), signed(change.value()),
                    "[" + signed(change.low()) + ", " + signed(change.high()) + "]", others.length == 0 ? "–"
                            : signed(others[0]) + " to " + signed(others[others.length - 1])));
        }
        if (!rows.isEmpty()) {
            figure.heading("The units themselves, and those that read them");
            figure.table(List.of("unit", "mean before", "change", "interval", "controls change it by"), rows);
        }
        if (experiment.facts().logits() && !experiment.shifts().isEmpty()) {
            double root = Math.sqrt(experiment.pictures().size());
            figure.heading("Logits");
            figure.bars(Axis.of("mean change of the logit"), ExperimentText.logits(experiment, MOST).stream().map(label -> {
                Shift shift = experiment.shifts().get(label);
                double error = ExperimentText.NORMAL * shift.deviation() / root;
                return new Bar(experiment.facts().classes().get(label), shift.mean(), shift.mean() - error, shift.mean() + error,
                        OWN);
            }).toList());
            figure.remark("Intervals are 1.96 standard errors over the pictures.");
        }
        return figure.sheet();
    }

    private Sheet pictures() {
        List<Integer> changed = experiment.changed();
        Figure figure = Figure.titled("Pictures that are decided differently");
        figure.remark(experiment.facts().what() + ".");
        figure.paragraph(String.format(Locale.ROOT, "%,d of %,d; those whose own class loses most come first.", changed.size(),
                experiment.pictures().size()));
        figure.table(List.of("picture", "class", "before", "after", "own logit before", "after"),
                changed.stream().limit(MOST_PICTURES).map(i -> {
                    int label = experiment.pictures().get(i).label();
                    List<String> classes = experiment.facts().classes();
                    return List.of(experiment.pictures().get(i).name(), label < 0 ? "–" : classes.get(label),
                            classes.get(experiment.outcomes().get(0).decisions()[i]),
                            classes.get(experiment.outcomes().get(1).decisions()[i]),
                            number(experiment.outcomes().get(0).own()[i]), number(experiment.outcomes().get(1).own()[i]));
                }).toList());
        return figure.sheet();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3g", value);
    }
}
