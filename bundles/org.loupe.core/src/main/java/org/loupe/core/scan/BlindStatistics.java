package org.loupe.core.scan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.loupe.core.scan.Judgement.Verdict;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Sheet;

/**
 * What judgements say about a unit.
 *
 * @param judged        how many pictures were judged, repeated ones not counted
 * @param area          probability that a picture of the thing excites the unit more than one that is not, equal ones counting
 *                      half (AUC); NaN where either is missing
 * @param kappa         how well the person agrees with their own first answers, beyond chance (Cohen 1960); NaN where there
 *                      are no repeated pictures, or all answers are alike
 * @param repeated      how many pictures were judged twice
 * @param bins          how probable the thing is at each activation, from the lowest to the highest
 * @param contributions for each verdict, its pictures' share of all activation above zero in the picture set: of what the
 *                      unit says on average, how much is about the thing
 */
public record BlindStatistics(int judged, double area, double kappa, int repeated, List<Bin> bins,
        Map<Verdict, Double> contributions) {

    private static final double DEVIATIONS = 1.959964;

    /**
     * The answers in a step of the range of activations.
     *
     * @param from  where it begins
     * @param to    where it ends
     * @param count how many answers
     * @param share of yes among them, partly counting half; NaN where there are none
     * @param low   where the 95 % interval of the share begins (Wilson 1927)
     * @param high  where it ends
     */
    public record Bin(double from, double to, int count, double share, double low, double high) {
    }

    /**
     * Finds them.
     *
     * @param steps how many bins of equal width, at least 1
     */
    public static BlindStatistics of(List<Judgement> judgements, int steps) {
        List<Judgement> first = judgements.stream().filter(judgement -> !judgement.isRepeat()).toList();
        return new BlindStatistics(first.size(), area(first), kappa(pairs(judgements)), pairs(judgements).size(),
                bins(first, steps), contributions(first));
    }

    /**
     * As a figure: how probable the thing is at each activation, and which share of the expected value comes from it.
     *
     * @param unit     what was judged
     * @param question what it was said to be
     */
    public Sheet sheet(String unit, String question) {
        int colour = Figure.COLOURS.get(0);
        return Figure.titled(question.isEmpty() ? "What " + unit + " was judged to be" : "Is " + unit + " “" + question + "”?")
                .paragraph(String.format(Locale.ROOT, "%d pictures were judged without knowing their activations. A picture with a yes"
                        + " excites the unit more than one with a no with a probability of %s (AUC; 0.5 is chance). The person agrees"
                        + " with themself about %d repeated pictures by kappa %s (0 is chance, 1 always).", judged, number(area),
                        repeated, number(kappa)))
                .heading("How probable it is at each activation")
                .bars(new Figure.Axis("probability of a yes, partly counting half, with 95 % intervals", 0, 1), bins.stream()
                        .map(bin -> new Figure.Bar(String.format(Locale.ROOT, "%.3g to %.3g (%d)", bin.from, bin.to, bin.count),
                                bin.share, bin.low, bin.high, colour)).toList())
                .heading("Contribution to the expected value")
                .bars(new Figure.Axis("share of the mean of all activations above zero", 0, 1), contributions.entrySet().stream()
                        .map(entry -> Figure.Bar.of(entry.getKey().name().toLowerCase(Locale.ROOT), entry.getValue(),
                                colour)).toList())
                .remark("In brackets: how many pictures were judged at these activations. The expected value is the mean over all"
                        + " pictures of the set of the largest activation in each; a judged picture counts for as many as its step of"
                        + " the range has.").sheet();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "that cannot be told" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static double area(List<Judgement> judgements) {
        double wins = 0;
        long pairs = 0;
        for (Judgement yes : judgements) {
            for (Judgement no : judgements) {
                if (yes.verdict() == Verdict.YES && no.verdict() == Verdict.NO) {
                    wins += yes.value() > no.value() ? 1 : yes.value() == no.value() ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return wins / pairs;
    }

    private static List<Verdict[]> pairs(List<Judgement> judgements) {
        Map<String, Verdict> first = new HashMap<>();
        judgements.stream().filter(judgement -> !judgement.isRepeat())
                .forEach(judgement -> first.put(judgement.picture(), judgement.verdict()));
        return judgements.stream().filter(judgement -> judgement.isRepeat() && first.containsKey(judgement.picture()))
                .map(judgement -> new Verdict[] {first.get(judgement.picture()), judgement.verdict()}).toList();
    }

    private static double kappa(List<Verdict[]> pairs) {
        double same = 0;
        double[][] shares = new double[2][Verdict.values().length];
        for (Verdict[] pair : pairs) {
            same += pair[0] == pair[1] ? 1.0 / pairs.size() : 0;
            for (int time = 0; time < 2; time++) {
                shares[time][pair[time].ordinal()] += 1.0 / pairs.size();
            }
        }
        double chance = 0;
        for (int verdict = 0; verdict < shares[0].length; verdict++) {
            chance += shares[0][verdict] * shares[1][verdict];
        }
        return pairs.isEmpty() || chance > 1 - 1e-12 ? Double.NaN : (same - chance) / (1 - chance);
    }

    private static List<Bin> bins(List<Judgement> judgements, int steps) {
        double lowest = judgements.stream().mapToDouble(Judgement::value).min().orElse(0);
        double highest = judgements.stream().mapToDouble(Judgement::value).max().orElse(0);
        double width = (highest - lowest) / steps;
        int[] counts = new int[steps];
        double[] scores = new double[steps];
        for (Judgement judgement : judgements) {
            int step = width == 0 ? 0 : (int) Math.min(steps - 1, (judgement.value() - lowest) / width);
            counts[step]++;
            scores[step] += judgement.verdict().score();
        }
        List<Bin> bins = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            double share = scores[step] / counts[step];
            double weight = 1 / (1 + DEVIATIONS * DEVIATIONS / counts[step]);
            double middle = weight * (share + DEVIATIONS * DEVIATIONS / (2 * counts[step]));
            double reach = weight * DEVIATIONS * Math.sqrt(share * (1 - share) / counts[step]
                    + DEVIATIONS * DEVIATIONS / (4.0 * counts[step] * counts[step]));
            bins.add(new Bin(lowest + step * width, lowest + (step + 1) * width, counts[step], share, middle - reach,
                    middle + reach));
        }
        return List.copyOf(bins);
    }

    private static Map<Verdict, Double> contributions(List<Judgement> judgements) {
        Map<Verdict, Double> shares = new EnumMap<>(Verdict.class);
        double all = judgements.stream().mapToDouble(BlindStatistics::mass).sum();
        for (Verdict verdict : Verdict.values()) {
            shares.put(verdict, judgements.stream().filter(judgement -> judgement.verdict() == verdict)
                    .mapToDouble(BlindStatistics::mass).sum() / all);
        }
        return shares;
    }

    private static double mass(Judgement judgement) {
        return judgement.weight() * Math.max(0, judgement.value());
    }
}
