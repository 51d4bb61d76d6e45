package org.loupe.core.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.loupe.core.experiment.Bootstrap.Interval;
import org.loupe.core.experiment.Experiment.Role;
import org.loupe.core.experiment.Experiment.Shift;
import org.loupe.core.experiment.Prediction.Direction;
import org.loupe.core.experiment.Prediction.Judged;
import org.loupe.core.experiment.Prediction.Reach;
import org.loupe.core.experiment.Prediction.Statement;
import org.loupe.core.experiment.Prediction.Subject;
import org.loupe.core.experiment.Prediction.Verdict;

/**
 * Holds one statement against an experiment. It holds when the whole 95 % interval agrees with it, and has failed when the
 * whole interval disagrees, or nothing changed at all; in between it is not decided.
 */
final class Judging {

    private static final double POINTS = 100;
    private static final double NORMAL = 1.96;
    /** How many of the controls may do as much. */
    private static final double RARE = 0.05;

    private final Experiment experiment;
    private final Statement said;
    private final int label;

    Judging(Experiment experiment, Statement said) {
        this.experiment = experiment;
        this.said = said;
        this.label = said.subject() == Subject.CLASS || said.subject() == Subject.LOGIT
                ? Prediction.number(said.name(), experiment.facts().classes()) : -1;
    }

    Judged judged() {
        if (experiment.pictures().isEmpty()) {
            return told(Verdict.UNDECIDED, "nothing was measured");
        }
        if (said.reach() == Reach.MOST) {
            return said.subject() == Subject.CLASS ? mostAccuracy() : mostLogit();
        }
        Interval own = change(Experiment.CHANGED, Experiment.BEFORE);
        if (!Double.isFinite(own.value())) {
            return told(Verdict.UNDECIDED, "no picture of it has a known class");
        }
        return switch (said.reach()) {
            case MORE -> told(above(oriented(own), said.amount()), written(own));
            case LESS -> told(below(oriented(own), said.amount()), written(own));
            case WITHIN -> told(within(own), written(own));
            case MORE_THAN_CONTROLS -> controls(own, 1);
            case LESS_THAN_CONTROLS -> controls(own, -1);
            case MORE_THAN_ABLATION -> ablation(own, 1);
            case LESS_THAN_ABLATION -> ablation(own, -1);
            default -> told(said.direction() == Direction.CHANGES ? differs(own) : above(oriented(own), 0), written(own));
        };
    }

    private Judged told(Verdict verdict, String evidence) {
        return new Judged(said.text(), verdict, evidence);
    }

    /** By how much what is spoken of is larger in one condition than, on average, in others. */
    private Interval change(int condition, int... others) {
        return switch (said.subject()) {
            case ACCURACY, CLASS -> times(experiment.accuracyBeyond(condition, others, experiment.labelled(label)), POINTS);
            case DECISIONS -> times(experiment.decidedBeyond(condition, others), POINTS);
            case UNIT -> experiment.answerBeyond(experiment.facts().readers().indexOf(said.name()), condition, others);
            case LOGIT -> logit(condition, others);
        };
    }

    /** The mean logit's change, which only the changed network has. */
    private Interval logit(int condition, int... others) {
        if (condition != Experiment.CHANGED || others.length != 1 || others[0] != Experiment.BEFORE) {
            return new Interval(Double.NaN, Double.NaN, Double.NaN);
        }
        Shift shift = experiment.shifts().get(label);
        double error = NORMAL * shift.deviation() / Math.sqrt(experiment.pictures().size());
        return new Interval(shift.mean(), shift.mean() - error, shift.mean() + error);
    }

    private static Interval times(Interval interval, double factor) {
        double low = interval.low() * factor;
        double high = interval.high() * factor;
        return new Interval(interval.value() * factor, Math.min(low, high), Math.max(low, high));
    }

    /** So that what is predicted is above zero. */
    private Interval oriented(Interval change) {
        Interval turned = times(change, said.direction().sign);
        return said.direction() == Direction.CHANGES && turned.value() < 0 ? times(turned, -1) : turned;
    }

    private static Verdict above(Interval change, double amount) {
        return change.low() > amount ? Verdict.HELD : change.high() <= amount ? Verdict.FAILED : Verdict.UNDECIDED;
    }

    private static Verdict below(Interval change, double amount) {
        return change.high() < amount ? Verdict.HELD : change.low() >= amount ? Verdict.FAILED : Verdict.UNDECIDED;
    }

    private static Verdict differs(Interval change) {
        return change.low() > 0 || change.high() < 0 ? Verdict.HELD
                : change.low() == 0 && change.high() == 0 ? Verdict.FAILED : Verdict.UNDECIDED;
    }

    private Verdict within(Interval change) {
        double most = said.amount();
        return change.low() >= -most && change.high() <= most ? Verdict.HELD
                : change.low() > most || change.high() < -most ? Verdict.FAILED : Verdict.UNDECIDED;
    }

    private Judged controls(Interval own, int sign) {
        int[] controls = experiment.with(Role.CONTROL);
        if (controls.length == 0) {
            return told(Verdict.UNDECIDED, written(own) + "; there are no controls");
        }
        Interval beyond = times(change(Experiment.CHANGED, controls), direction(own) * sign);
        if (!Double.isFinite(beyond.value())) {
            return told(Verdict.UNDECIDED, written(own) + "; of controls, the logits are not kept");
        }
        double[] others = Arrays.stream(controls).mapToDouble(control -> change(control, Experiment.BEFORE).value()
                * direction(own)).toArray();
        double mine = own.value() * direction(own);
        long asMuch = Arrays.stream(others).filter(other -> sign * other >= sign * mine).count();
        Verdict verdict = beyond.low() > 0 && asMuch <= RARE * others.length ? Verdict.HELD
                : beyond.high() <= 0 || asMuch * 2 >= others.length ? Verdict.FAILED : Verdict.UNDECIDED;
        return told(verdict, String.format(Locale.ROOT, "%s; controls %s on average, %d of %d as %s (p = %.3g)", written(own),
                number(Arrays.stream(others).average().orElse(0) * direction(own)), asMuch, others.length,
                sign > 0 ? "much" : "little", (1.0 + asMuch) / (1 + others.length)));
    }

    private int direction(Interval own) {
        return said.direction() == Direction.CHANGES && said.subject() != Subject.DECISIONS && own.value() < 0 ? -1
                : said.direction().sign;
    }

    private Judged ablation(Interval own, int sign) {
        int[] ablated = experiment.with(Role.ABLATED);
        if (ablated.length == 0) {
            return told(Verdict.UNDECIDED, written(own) + "; nothing was ablated beside it");
        }
        Interval difference = times(change(Experiment.CHANGED, ablated[0]), said.direction().sign * sign);
        return told(above(difference, 0), written(own) + "; ablated " + written(change(ablated[0], Experiment.BEFORE))
                + "; between them " + written(change(Experiment.CHANGED, ablated[0])));
    }

    private Judged mostAccuracy() {
        int[] classes = IntStream.range(0, experiment.facts().classes().size())
                .filter(one -> experiment.labelled(one).length > 0).toArray();
        return most(classes, one -> times(experiment.accuracyChange(Experiment.CHANGED, experiment.labelled(one)), POINTS));
    }

    private Judged mostLogit() {
        double root = Math.sqrt(experiment.pictures().size());
        return most(IntStream.range(0, experiment.shifts().size()).toArray(), one -> {
            Shift shift = experiment.shifts().get(one);
            double error = NORMAL * shift.deviation() / root;
            return new Interval(shift.mean(), shift.mean() - error, shift.mean() + error);
        });
    }

    private Judged most(int[] classes, IntFunction<Interval> changes) {
        if (Arrays.stream(classes).noneMatch(one -> one == label)) {
            return told(Verdict.UNDECIDED, "no picture of it has a known class");
        }
        Interval own = oriented(changes.apply(label));
        int rival = Arrays.stream(classes).filter(one -> one != label).boxed()
                .max((one, other) -> Double.compare(oriented(changes.apply(one)).value(), oriented(changes.apply(other)).value()))
                .orElse(-1);
        if (rival < 0) {
            return told(Verdict.UNDECIDED, "there is no other class");
        }
        Interval next = oriented(changes.apply(rival));
        Verdict verdict = own.low() > Math.max(0, next.high()) ? Verdict.HELD
                : own.value() <= Math.max(0, next.value()) ? Verdict.FAILED : Verdict.UNDECIDED;
        return told(verdict, experiment.facts().classes().get(label) + " " + written(changes.apply(label)) + "; of the others, "
                + experiment.facts().classes().get(rival) + " " + written(changes.apply(rival)));
    }

    private String written(Interval change) {
        return number(change.value()) + " [" + number(change.low()) + ", " + number(change.high()) + "]";
    }

    private String number(double value) {
        return String.format(Locale.ROOT, said.subject() == Subject.UNIT || said.subject() == Subject.LOGIT ? "%+.3g" : "%+.2f",
                value);
    }
}
