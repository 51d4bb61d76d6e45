package org.loupe.core.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.experiment.Bootstrap.Interval;

/**
 * What {@link Ablate} has found.
 *
 * @param facts     what was done
 * @param pictures  those that were shown in every condition
 * @param outcomes  one for each condition
 * @param shifts    for each class, how much its logit changed by the ablation; empty where the network has no classes
 * @param isPartial whether the work was stopped before it was done
 */
public record Ablated(Facts facts, List<Shown> pictures, List<Outcome> outcomes, List<Shift> shifts, boolean isPartial)
        implements Result {

    /**
     * What was done.
     *
     * @param logits     whether the shifts were asked for
     * @param classes    of the network, by number; empty where it has none
     * @param readers    the units whose answers were measured
     * @param conditions the network as it is first, then with the ablation, then the controls
     * @param resamples  for the intervals
     * @param seed       of all that was drawn
     */
    public record Facts(String network, String set, Ablate.By by, boolean logits, List<String> classes, List<String> readers,
            List<Condition> conditions, int resamples, long seed) {
        public Facts {
            classes = List.copyOf(classes);
            readers = List.copyOf(readers);
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * A way in which the network was run.
     *
     * @param units  what was taken away
     * @param change root of the mean square by which that changes the units' activations, summed up over the units
     */
    public record Condition(String name, List<String> units, double change) {
        public Condition {
            units = List.copyOf(units);
        }
    }

    /** A picture; {@code label} is the network's number of its class, or -1 where that is not known. */
    public record Shown(String name, int label) {
    }

    /**
     * What came of one condition.
     *
     * @param decisions for each picture the class with the largest logit; -1 where the network has no classes
     * @param own       for each picture the logit of its class, or, where that is not known, of what the network takes it
     *                  for as it is; 0 where the network has no classes
     * @param answers   for each reader and each picture, the mean over the map or the activation at the position
     */
    public record Outcome(int[] decisions, double[] own, double[][] answers) {
    }

    /** By how much a logit changed, with the standard deviation over pictures. */
    public record Shift(double mean, double deviation) {
    }

    public Ablated {
        pictures = List.copyOf(pictures);
        outcomes = List.copyOf(outcomes);
        shifts = List.copyOf(shifts);
    }

    /** How many controls there are. */
    public int controls() {
        return outcomes.size() - 2;
    }

    /** Whether the network tells classes apart. */
    boolean decides() {
        return !facts.classes().isEmpty();
    }

    /** The pictures whose class is known, or of one class. */
    int[] labelled(int label) {
        return IntStream.range(0, pictures.size()).filter(i -> pictures.get(i).label() >= 0
                && (label < 0 || pictures.get(i).label() == label)).toArray();
    }

    /** The share of some pictures that are decided right in a condition, from 0 to 1. */
    public double accuracy(int condition, int... pictures) {
        return Arrays.stream(pictures).map(i -> right(condition, i)).average().orElse(Double.NaN);
    }

    private int right(int condition, int picture) {
        return outcomes.get(condition).decisions[picture] == pictures.get(picture).label() ? 1 : 0;
    }

    /** The change of accuracy by a condition, from -1 to 1. */
    Interval accuracyChange(int condition, int... of) {
        return interval(Arrays.stream(of).mapToDouble(i -> right(condition, i) - right(0, i)).toArray());
    }

    /** By how much the ablation changes accuracy more than the mean of the controls. */
    Interval beyondControls(int... of) {
        return interval(Arrays.stream(of).mapToDouble(i -> right(1, i)
                - IntStream.range(2, outcomes.size()).map(control -> right(control, i)).average().orElseThrow()).toArray());
    }

    /** The change of a reader's mean answer by a condition. */
    Interval answerChange(int reader, int condition) {
        double[] before = outcomes.get(0).answers[reader];
        double[] after = outcomes.get(condition).answers[reader];
        return interval(IntStream.range(0, before.length).mapToDouble(i -> after[i] - before[i]).toArray());
    }

    /** The pictures that are decided in another way, those whose own class loses most first. */
    public List<Integer> changed() {
        List<Integer> changed = new ArrayList<>(IntStream.range(0, pictures.size())
                .filter(i -> outcomes.get(0).decisions[i] != outcomes.get(1).decisions[i]).boxed().toList());
        changed.sort(Comparator.comparingDouble((Integer i) -> outcomes.get(1).own[i] - outcomes.get(0).own[i]));
        return changed;
    }

    private Interval interval(double[] differences) {
        return Bootstrap.mean(differences, facts.resamples(), facts.seed());
    }

    @Override
    public String text() {
        return new AblatedText(this).text();
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        AblatedFiles.save(this, files);
    }

    /** Takes what comes of each picture in each condition. */
    static final class Builder {
        private final int readers;
        private final List<Shown> pictures = new ArrayList<>();
        private final List<List<Integer>> decisions = new ArrayList<>();
        private final List<List<Double>> own = new ArrayList<>();
        private final List<List<double[]>> answers = new ArrayList<>();
        private final double[] sums;
        private final double[] squares;
        private double[] before;

        Builder(int conditions, int readers, int classes) {
            this.readers = readers;
            for (int condition = 0; condition < conditions; condition++) {
                decisions.add(new ArrayList<>());
                own.add(new ArrayList<>());
                answers.add(new ArrayList<>());
            }
            sums = new double[classes];
            squares = new double[classes];
        }

        void add(Shown picture) {
            pictures.add(picture);
        }

        /** What came of the picture added last; the conditions come in their order. */
        void add(int condition, double[] read, double[] scores) {
            int decision = IntStream.range(0, scores.length).boxed()
                    .max(Comparator.comparingDouble((Integer i) -> scores[i]).thenComparing(Comparator.reverseOrder()))
                    .orElse(-1);
            decisions.get(condition).add(decision);
            answers.get(condition).add(read);
            int label = pictures.get(pictures.size() - 1).label();
            int first = decisions.get(0).get(pictures.size() - 1);
            own.get(condition).add(scores.length == 0 ? 0 : scores[label >= 0 ? label : first]);
            if (condition == 0) {
                before = scores;
            } else if (condition == 1) {
                for (int i = 0; i < scores.length; i++) {
                    sums[i] += scores[i] - before[i];
                    squares[i] += (scores[i] - before[i]) * (scores[i] - before[i]);
                }
            }
        }

        Ablated build(Facts facts, boolean isPartial) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int condition = 0; condition < decisions.size(); condition++) {
                double[][] byReader = new double[readers][pictures.size()];
                for (int picture = 0; picture < pictures.size(); picture++) {
                    for (int reader = 0; reader < readers; reader++) {
                        byReader[reader][picture] = answers.get(condition).get(picture)[reader];
                    }
                }
                outcomes.add(new Outcome(decisions.get(condition).stream().mapToInt(Integer::intValue).toArray(),
                        own.get(condition).stream().mapToDouble(Double::doubleValue).toArray(), byReader));
            }
            int count = Math.max(1, pictures.size());
            List<Shift> shifts = IntStream.range(0, sums.length).mapToObj(i -> new Shift(sums[i] / count,
                    Math.sqrt(Math.max(0, squares[i] / count - sums[i] / count * sums[i] / count)))).toList();
            return new Ablated(facts, pictures, outcomes, shifts, isPartial);
        }
    }
}
