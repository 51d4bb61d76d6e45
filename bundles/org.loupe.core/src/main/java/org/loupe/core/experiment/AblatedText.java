package org.loupe.core.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.experiment.Ablated.Condition;
import org.loupe.core.experiment.Ablated.Shift;
import org.loupe.core.experiment.Bootstrap.Interval;

/** An ablation for a person to read: effects first, each with its interval and its controls. */
record AblatedText(Ablated ablated) {

    private static final int MOST_PICTURES = 10;
    private static final int MOST_CLASSES = 20;
    private static final double PERCENT = 100;
    private static final double NORMAL = 1.96;

    String text() {
        StringBuilder text = new StringBuilder();
        Ablated.Facts facts = ablated.facts();
        Condition taken = facts.conditions().get(1);
        line(text, "%s taken away from %s, by %s, on %,d pictures of %s%s", String.join(", ", taken.units()), facts.network(),
                facts.by().name().toLowerCase(Locale.ROOT), ablated.pictures().size(), facts.set(),
                ablated.isPartial() ? " (stopped before it was done)" : "");
        if (ablated.pictures().isEmpty()) {
            return text.toString();
        }
        controls(text);
        if (ablated.decides()) {
            decisions(text);
        }
        readers(text);
        if (facts.logits()) {
            logits(text);
        }
        changed(text);
        line(text, "[ ] 95 %% of %d resamples of the pictures", facts.resamples());
        return text.toString();
    }

    private void controls(StringBuilder text) {
        List<Condition> controls = ablated.facts().conditions().subList(2, ablated.outcomes().size());
        double own = ablated.facts().conditions().get(1).change();
        if (controls.isEmpty()) {
            line(text, "no controls: nothing says whether other units would have done the same");
            return;
        }
        line(text, "%d controls, each as many random units of the same layer; taking them away changes activations by %.2f to %.2f"
                + " times as much", controls.size(), least(controls) / own, most(controls) / own);
    }

    private static double least(List<Condition> controls) {
        return controls.stream().mapToDouble(Condition::change).min().orElseThrow();
    }

    private static double most(List<Condition> controls) {
        return controls.stream().mapToDouble(Condition::change).max().orElseThrow();
    }

    private void decisions(StringBuilder text) {
        int changed = ablated.changed().size();
        int all = ablated.pictures().size();
        line(text, "decided differently: %,d of %,d pictures (%.2f %%)%s", changed, all, PERCENT * changed / all,
                ablated.controls() < 1 ? "" : String.format(Locale.ROOT, "; with controls %.2f %%", PERCENT * IntStream
                        .range(2, ablated.outcomes().size()).mapToDouble(this::differing).average().orElseThrow()));
        int[] labelled = ablated.labelled(-1);
        if (labelled.length == 0) {
            line(text, "no picture's class is known: there is no accuracy");
            return;
        }
        line(text, "accuracy  before %.2f %%  after %.2f %%  change %s points", PERCENT * ablated.accuracy(0, labelled),
                PERCENT * ablated.accuracy(1, labelled), points(ablated.accuracyChange(1, labelled)));
        if (ablated.controls() > 0) {
            double own = ablated.accuracyChange(1, labelled).value();
            double[] others = IntStream.range(2, ablated.outcomes().size())
                    .mapToDouble(control -> ablated.accuracyChange(control, labelled).value()).toArray();
            long worse = IntStream.range(0, others.length).filter(i -> others[i] <= own).count();
            line(text, "  controls change it by %s points; %d of %d lower it as much (p = %.3g); beyond their mean %s points",
                    IntStream.range(0, others.length).mapToDouble(i -> others[i]).sorted()
                            .mapToObj(other -> String.format(Locale.ROOT, "%+.2f", PERCENT * other))
                            .collect(Collectors.joining(" ")),
                    worse, others.length, (1.0 + worse) / (1 + others.length), points(ablated.beyondControls(labelled)));
        }
        classes(text);
    }

    private double differing(int condition) {
        int[] before = ablated.outcomes().get(0).decisions();
        int[] after = ablated.outcomes().get(condition).decisions();
        return IntStream.range(0, before.length).map(i -> before[i] == after[i] ? 0 : 1).average().orElseThrow();
    }

    private void classes(StringBuilder text) {
        List<Integer> classes = IntStream.range(0, ablated.facts().classes().size())
                .filter(label -> ablated.labelled(label).length > 0).boxed()
                .sorted(Comparator.comparingDouble(label -> -Math.abs(ablated.accuracyChange(1, ablated.labelled(label)).value())))
                .toList();
        int width = classes.stream().mapToInt(label -> ablated.facts().classes().get(label).length()).max().orElse(0);
        for (int label : classes.subList(0, Math.min(MOST_CLASSES, classes.size()))) {
            int[] of = ablated.labelled(label);
            line(text, "  %-" + width + "s  %,6d pictures  %6.2f %% -> %6.2f %%  %s%s", ablated.facts().classes().get(label),
                    of.length, PERCENT * ablated.accuracy(0, of), PERCENT * ablated.accuracy(1, of),
                    points(ablated.accuracyChange(1, of)), ablated.controls() < 1 ? ""
                            : "  beyond controls " + points(ablated.beyondControls(of)));
        }
        line(text, "  %d classes were looked at: of so many intervals about %.1f miss by chance", classes.size(),
                classes.size() / 20.0);
    }

    private static String points(Interval interval) {
        return String.format(Locale.ROOT, "%+.2f [%+.2f, %+.2f]", PERCENT * interval.value(), PERCENT * interval.low(),
                PERCENT * interval.high());
    }

    private void readers(StringBuilder text) {
        for (int reader = 0; reader < ablated.facts().readers().size(); reader++) {
            int one = reader;
            double[] before = ablated.outcomes().get(0).answers()[reader];
            Interval change = ablated.answerChange(reader, 1);
            String controls = IntStream.range(2, ablated.outcomes().size())
                    .mapToDouble(control -> ablated.answerChange(one, control).value()).sorted()
                    .mapToObj(value -> String.format(Locale.ROOT, "%+.3g", value)).collect(Collectors.joining(" "));
            line(text, "%s  mean %.4g  change %+.4g [%+.4g, %+.4g]%s", ablated.facts().readers().get(reader),
                    IntStream.range(0, before.length).mapToDouble(i -> before[i]).average().orElseThrow(), change.value(),
                    change.low(), change.high(), controls.isEmpty() ? "" : "  controls " + controls);
        }
    }

    private void logits(StringBuilder text) {
        double count = Math.sqrt(ablated.pictures().size());
        List<Integer> classes = IntStream.range(0, ablated.shifts().size()).boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(ablated.shifts().get(i).mean()))).limit(MOST_CLASSES).toList();
        line(text, "logits, mean change ± 1.96 standard errors");
        for (int label : classes) {
            Shift shift = ablated.shifts().get(label);
            line(text, "  %-20s %+10.4g ± %.2g", ablated.facts().classes().get(label), shift.mean(),
                    NORMAL * shift.deviation() / count);
        }
    }

    private void changed(StringBuilder text) {
        List<Integer> changed = ablated.changed();
        for (int i : changed.subList(0, Math.min(MOST_PICTURES, changed.size()))) {
            double[] own = {ablated.outcomes().get(0).own()[i], ablated.outcomes().get(1).own()[i]};
            int label = ablated.pictures().get(i).label();
            line(text, "  %s%s: %s -> %s, own logit %.3g -> %.3g", ablated.pictures().get(i).name(),
                    label < 0 ? "" : " (" + ablated.facts().classes().get(label) + ")", decision(0, i), decision(1, i), own[0],
                    own[1]);
        }
        if (changed.size() > MOST_PICTURES) {
            line(text, "  and %,d more in pictures.tsv", changed.size() - MOST_PICTURES);
        }
    }

    private String decision(int condition, int picture) {
        return ablated.facts().classes().get(ablated.outcomes().get(condition).decisions()[picture]);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
