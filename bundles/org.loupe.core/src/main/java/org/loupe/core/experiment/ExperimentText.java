package org.loupe.core.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.experiment.Bootstrap.Interval;
import org.loupe.core.experiment.Experiment.Condition;
import org.loupe.core.experiment.Experiment.Role;
import org.loupe.core.experiment.Experiment.Shift;
import org.loupe.core.experiment.Prediction.Judged;

/** An experiment for a person to read: the prediction and its verdict first, then effects with intervals and controls. */
final class ExperimentText {

    static final double PERCENT = 100;
    static final double NORMAL = 1.96;
    private static final int MOST_PICTURES = 10;
    private static final int MOST_CLASSES = 20;

    private final Experiment experiment;
    private final StringBuilder text = new StringBuilder();

    ExperimentText(Experiment experiment) {
        this.experiment = experiment;
    }

    String text() {
        Experiment.Facts facts = experiment.facts();
        line("%s, on %,d pictures of %s%s", facts.what(), experiment.pictures().size(), facts.set(),
                experiment.isPartial() ? " (stopped before it was done)" : "");
        if (experiment.pictures().isEmpty()) {
            return text.toString();
        }
        prediction();
        facts.remarks().forEach(remark -> line("%s", remark));
        controls();
        if (experiment.decides()) {
            decisions();
        }
        readers();
        if (facts.logits()) {
            logits();
        }
        changed();
        line("[ ] 95 %% of %d resamples of the pictures", facts.resamples());
        return text.toString();
    }

    private void prediction() {
        List<Judged> judged = Prediction.parse(experiment.facts().prediction()).judge(experiment);
        if (judged.isEmpty()) {
            line("nothing was predicted: what is found is an idea, not a test of one");
            return;
        }
        line("predicted: %s", Prediction.together(judged).toString().toUpperCase(Locale.ROOT));
        judged.forEach(one -> line("  %s: %s (%s)", one.statement(), one.verdict(), one.evidence()));
    }

    /** Conditions of the same kind: their name without number, and their numbers. */
    static Map<String, int[]> groups(Experiment experiment) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 2; i < experiment.outcomes().size(); i++) {
            groups.computeIfAbsent(experiment.facts().conditions().get(i).group(), name -> new ArrayList<>()).add(i);
        }
        Map<String, int[]> found = new LinkedHashMap<>();
        groups.forEach((name, members) -> found.put(name, members.stream().mapToInt(Integer::intValue).toArray()));
        return found;
    }

    private void controls() {
        double own = experiment.facts().conditions().get(Experiment.CHANGED).change();
        if (experiment.controls() == 0) {
            line("no controls: nothing says whether other units would have done the same");
        }
        groups(experiment).forEach((name, members) -> {
            List<Condition> conditions = Arrays.stream(members).mapToObj(i -> experiment.facts().conditions().get(i)).toList();
            if (conditions.get(0).role() == Role.CONTROL || conditions.get(0).role() == Role.RANDOM) {
                line("%d controls, %s; they change activations or weights by %.2f to %.2f times as much", members.length, name,
                        conditions.stream().mapToDouble(Condition::change).min().orElse(0) / own,
                        conditions.stream().mapToDouble(Condition::change).max().orElse(0) / own);
            }
        });
    }

    private void decisions() {
        int changed = experiment.changed().size();
        int all = experiment.pictures().size();
        line("decided differently: %,d of %,d pictures (%.2f %%)%s", changed, all, PERCENT * changed / all,
                experiment.controls() < 1 ? "" : String.format(Locale.ROOT, "; with controls %.2f %%",
                        PERCENT * Arrays.stream(experiment.with(Role.CONTROL))
                                .mapToDouble(i -> experiment.decidedBeyond(i, new int[0]).value()).average().orElseThrow()));
        int[] labelled = experiment.labelled(-1);
        if (labelled.length == 0) {
            line("no picture's class is known: there is no accuracy");
            return;
        }
        line("accuracy  before %.2f %%  after %.2f %%  change %s points", PERCENT * experiment.accuracy(0, labelled),
                PERCENT * experiment.accuracy(1, labelled), points(experiment.accuracyChange(1, labelled)));
        groups(experiment).forEach((name, members) -> compared(name, members, labelled));
        classes();
    }

    private void compared(String name, int[] members, int[] labelled) {
        Role role = experiment.facts().conditions().get(members[0]).role();
        if (role == Role.ABLATED) {
            line("  %s: change %s points; the change here is %s points above it", name,
                    points(experiment.accuracyChange(members[0], labelled)),
                    points(experiment.accuracyBeyond(Experiment.CHANGED, members, labelled)));
            return;
        }
        double own = experiment.accuracyChange(Experiment.CHANGED, labelled).value();
        double[] others = Arrays.stream(members).mapToDouble(i -> experiment.accuracyChange(i, labelled).value()).toArray();
        // A replacement is to do less than its controls, an ablation more.
        boolean less = role == Role.CONTROL && experiment.with(Role.ABLATED).length > 0;
        long asMuch = Arrays.stream(others).filter(other -> less ? other >= own : other <= own).count();
        line("  %s change it by %s points; %d of %d lower it as %s (p = %.3g); the change here is %s points from their mean", name,
                Arrays.stream(others).sorted().mapToObj(other -> String.format(Locale.ROOT, "%+.2f", PERCENT * other))
                        .collect(Collectors.joining(" ")),
                asMuch, others.length, less ? "little" : "much", (1.0 + asMuch) / (1 + others.length),
                points(experiment.accuracyBeyond(Experiment.CHANGED, members, labelled)));
    }

    /** The classes of which pictures are known, those whose accuracy changes most first. */
    static List<Integer> classes(Experiment experiment) {
        return IntStream.range(0, experiment.facts().classes().size())
                .filter(label -> experiment.labelled(label).length > 0).boxed()
                .sorted(Comparator.comparingDouble(label -> -Math.abs(experiment.accuracyChange(1,
                        experiment.labelled(label)).value()))).toList();
    }

    private void classes() {
        List<Integer> classes = classes(experiment);
        int width = classes.stream().mapToInt(label -> experiment.facts().classes().get(label).length()).max().orElse(1);
        for (int label : classes.subList(0, Math.min(MOST_CLASSES, classes.size()))) {
            int[] of = experiment.labelled(label);
            line("  %-" + width + "s  %,6d pictures  %6.2f %% -> %6.2f %%  %s%s", experiment.facts().classes().get(label),
                    of.length, PERCENT * experiment.accuracy(0, of), PERCENT * experiment.accuracy(1, of),
                    points(experiment.accuracyChange(1, of)), experiment.controls() < 1 ? "" : "  beyond controls "
                            + points(experiment.accuracyBeyond(1, experiment.with(Role.CONTROL), of)));
        }
        line("  %d classes were looked at: of so many intervals about %.1f miss by chance", classes.size(),
                classes.size() / 20.0);
    }

    static String points(Interval interval) {
        return String.format(Locale.ROOT, "%+.2f [%+.2f, %+.2f]", PERCENT * interval.value(), PERCENT * interval.low(),
                PERCENT * interval.high());
    }

    private void readers() {
        for (int reader = 0; reader < experiment.facts().readers().size(); reader++) {
            int one = reader;
            double[] before = experiment.outcomes().get(0).answers()[reader];
            Interval change = experiment.answerChange(reader, 1);
            String controls = Arrays.stream(experiment.with(Role.CONTROL))
                    .mapToDouble(control -> experiment.answerChange(one, control).value()).sorted()
                    .mapToObj(value -> String.format(Locale.ROOT, "%+.3g", value)).collect(Collectors.joining(" "));
            line("%s  mean %.4g  change %+.4g [%+.4g, %+.4g]%s", experiment.facts().readers().get(reader),
                    Arrays.stream(before).average().orElseThrow(), change.value(), change.low(), change.high(),
                    controls.isEmpty() ? "" : "  controls " + controls);
        }
    }

    /** The classes whose logits change most. */
    static List<Integer> logits(Experiment experiment, int most) {
        return IntStream.range(0, experiment.shifts().size()).boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(experiment.shifts().get(i).mean()))).limit(most).toList();
    }

    private void logits() {
        double count = Math.sqrt(experiment.pictures().size());
        line("logits, mean change ± 1.96 standard errors");
        for (int label : logits(experiment, MOST_CLASSES)) {
            Shift shift = experiment.shifts().get(label);
            line("  %-20s %+10.4g ± %.2g", experiment.facts().classes().get(label), shift.mean(),
                    NORMAL * shift.deviation() / count);
        }
    }

    private void changed() {
        List<Integer> changed = experiment.changed();
        for (int i : changed.subList(0, Math.min(MOST_PICTURES, changed.size()))) {
            int label = experiment.pictures().get(i).label();
            line("  %s%s: %s -> %s, own logit %.3g -> %.3g", experiment.pictures().get(i).name(),
                    label < 0 ? "" : " (" + experiment.facts().classes().get(label) + ")", decision(0, i), decision(1, i),
                    experiment.outcomes().get(0).own()[i], experiment.outcomes().get(1).own()[i]);
        }
        if (changed.size() > MOST_PICTURES) {
            line("  and %,d more in pictures.tsv", changed.size() - MOST_PICTURES);
        }
    }

    private String decision(int condition, int picture) {
        return experiment.facts().classes().get(experiment.outcomes().get(condition).decisions()[picture]);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
