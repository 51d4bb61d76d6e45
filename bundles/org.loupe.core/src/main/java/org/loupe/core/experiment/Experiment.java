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
import org.loupe.core.page.Sheet;

/**
 * What came of changing a network: what {@link Ablate} and {@link Replace} find.
 *
 * @param facts     what was done
 * @param pictures  those that were shown in every condition
 * @param outcomes  one for each condition
 * @param shifts    for each class, how much its logit changed; empty where the network has no classes
 * @param isPartial whether the work was stopped before it was done
 */
public record Experiment(Facts facts, List<Shown> pictures, List<Outcome> outcomes, List<Shift> shifts, boolean isPartial)
        implements Result {

    static final int BEFORE = 0;
    static final int CHANGED = 1;

    /**
     * What was done.
     *
     * @param what       the change, in a few words
     * @param prediction what was expected beforehand, in the words of {@link Prediction}; may be empty
     * @param remarks    what a person must know beside the numbers
     * @param edits      the change as {@link org.loupe.core.surgery.Surgery} makes it, where it was written by hand
     * @param logits     whether the shifts were asked for
     * @param classes    of the network, by number; empty where it has none
     * @param readers    the units whose answers were measured
     * @param conditions the network as it is first, then with the change, then what that is compared with
     * @param resamples  for the intervals
     * @param seed       of all that was drawn
     */
    public record Facts(String network, String set, String what, String prediction, List<String> remarks, List<String> edits,
            boolean logits, List<String> classes, List<String> readers, List<Condition> conditions, int resamples, long seed) {
        public Facts {
            remarks = List.copyOf(remarks);
            edits = List.copyOf(edits);
            classes = List.copyOf(classes);
            readers = List.copyOf(readers);
            conditions = List.copyOf(conditions);
        }
    }

    /** What a condition is there for. */
    public enum Role {
        /** The network as it is. */
        BEFORE,
        /** The network with the change. */
        CHANGED,
        /** The same units taken away, where the change is another one. */
        ABLATED,
        /** A change like it that should matter less, or not in this way. */
        CONTROL,
        /** Random units taken away, where the change is another one. */
        RANDOM
    }

    /**
     * A way in which the network was run.
     *
     * @param units  what was changed
     * @param change root of the mean square by which that changes the units' activations, summed up over the units; of a
     *               kernel, how large it was
     */
    public record Condition(String name, Role role, List<String> units, double change) {
        public Condition {
            units = List.copyOf(units);
        }

        /** The name without its number. */
        String group() {
            return name.replaceFirst(" \\d+$", "");
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

    public Experiment {
        pictures = List.copyOf(pictures);
        outcomes = List.copyOf(outcomes);
        shifts = List.copyOf(shifts);
    }

    /** The numbers of the conditions that are there for something. */
    int[] with(Role role) {
        return IntStream.range(0, outcomes.size()).filter(i -> facts.conditions().get(i).role() == role).toArray();
    }

    /** How many controls there are. */
    public int controls() {
        return with(Role.CONTROL).length;
    }

    /** Whether the network tells classes apart. */
    boolean decides() {
        return !facts.classes().isEmpty();
    }

    /** The pictures whose class is known, or, with a class's number instead of -1, those of the class. */
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
        return accuracyBeyond(condition, new int[] {BEFORE}, of);
    }

    /** By how much the accuracy of a condition is above the mean accuracy of others. */
    Interval accuracyBeyond(int condition, int[] others, int... of) {
        return interval(Arrays.stream(of).mapToDouble(i -> right(condition, i)
                - Arrays.stream(others).map(other -> right(other, i)).average().orElse(Double.NaN)).toArray());
    }

    /** By how much a reader's mean answer in a condition is above its mean answer in others. */
    Interval answerBeyond(int reader, int condition, int... others) {
        double[] after = outcomes.get(condition).answers[reader];
        return interval(IntStream.range(0, after.length).mapToDouble(i -> after[i]
                - Arrays.stream(others).mapToDouble(other -> outcomes.get(other).answers[reader][i]).average()
                        .orElse(Double.NaN)).toArray());
    }

    /** The change of a reader's mean answer by a condition. */
    Interval answerChange(int reader, int condition) {
        return answerBeyond(reader, condition, BEFORE);
    }

    /** The share of pictures that a condition decides in another way than the network as it is. */
    Interval decidedBeyond(int condition, int[] others) {
        return interval(IntStream.range(0, pictures.size()).mapToDouble(i -> differs(condition, i)
                - Arrays.stream(others).map(other -> differs(other, i)).average().orElse(0)).toArray());
    }

    private int differs(int condition, int picture) {
        return outcomes.get(condition).decisions[picture] == outcomes.get(BEFORE).decisions[picture] ? 0 : 1;
    }

    /** The pictures that are decided in another way, those whose own class loses most first. */
    public List<Integer> changed() {
        List<Integer> changed = new ArrayList<>(IntStream.range(0, pictures.size())
                .filter(i -> differs(CHANGED, i) == 1).boxed().toList());
        changed.sort(Comparator.comparingDouble((Integer i) -> outcomes.get(CHANGED).own[i] - outcomes.get(BEFORE).own[i]));
        return changed;
    }

    private Interval interval(double[] differences) {
        return Bootstrap.mean(differences, facts.resamples(), facts.seed());
    }

    @Override
    public List<String> edits() {
        return facts.edits();
    }

    @Override
    public String text() {
        return new ExperimentText(this).text();
    }

    @Override
    public List<Sheet> sheets() {
        return new ExperimentSheets(this).sheets();
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        ExperimentFiles.save(this, files);
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
            // As they are written to files, so that what is read back is the same.
            answers.get(condition).add(Arrays.stream(read).map(one -> (float) one).toArray());
            int label = pictures.get(pictures.size() - 1).label();
            int first = decisions.get(BEFORE).get(pictures.size() - 1);
            own.get(condition).add(scores.length == 0 ? 0 : (double) (float) scores[label >= 0 ? label : first]);
            if (condition == BEFORE) {
                before = scores;
            } else if (condition == CHANGED) {
                for (int i = 0; i < scores.length; i++) {
                    sums[i] += scores[i] - before[i];
                    squares[i] += (scores[i] - before[i]) * (scores[i] - before[i]);
                }
            }
        }

        Experiment build(Facts facts, boolean isPartial) {
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
            return new Experiment(facts, pictures, outcomes, shifts, isPartial);
        }
    }
}
