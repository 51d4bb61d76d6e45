package org.loupe.core.check;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;

/**
 * How far two engines, and perhaps golden values, are apart at every place of a network.
 *
 * @param engine   name and description of the engine that Loupe would use
 * @param against  the same of the one that it was compared with
 * @param images   how many random pictures were shown
 * @param seed     where their random numbers started
 * @param rows     in the order in which a network computes
 * @param gradient of the last layer's largest output with respect to the picture, on the picture where they agree
 *                 best; nothing where it was not reached
 * @param golden   between the gradient of the first engine and a golden one, on the picture where they agree worst;
 *                 nothing where there is none
 * @param remarks  whole sentences: what could not be compared, and why
 * @param isPartial whether it was stopped before it was done
 */
public record Checked(String engine, String against, int images, long seed, List<Row> rows,
        Optional<GradientDifference> gradient, Optional<GradientDifference> golden, List<String> remarks,
        boolean isPartial) implements Result {

    /** Largest relative difference of activations that counts as agreement. */
    public static final double FORWARD_TOLERANCE = 1e-4;

    /** What stands in the place of a layer where only the gradient is off. */
    public static final String GRADIENT = "gradient";

    /**
     * One place.
     *
     * @param place   a layer, a tap such as {@code conv1.pre}, or an operation of the file
     * @param engines between the engines; nothing where it was not reached
     * @param golden  between the first engine and golden values, where there are any
     */
    public record Row(String place, Optional<Difference> engines, Optional<Difference> golden) {

        /** The larger of both; nothing where nothing was compared. */
        public Optional<Difference> largest() {
            return Stream.of(engines, golden).flatMap(Optional::stream).reduce(Difference::or);
        }

        /** Whether anything is further apart than rounding explains. */
        public boolean isOff() {
            return largest().filter(difference -> difference.relative() > FORWARD_TOLERANCE).isPresent();
        }
    }

    public Checked {
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }

    /** The first place that is off, in the order in which the network computes; {@link #GRADIENT} comes last. */
    public Optional<String> firstOff() {
        Stream<String> slope = gradientOff().map(one -> GRADIENT).stream();
        return Stream.concat(rows.stream().filter(Row::isOff).map(Row::place), slope).findFirst();
    }

    /** What is off of the gradients: that of the engines, or else that of the golden values. */
    private Optional<GradientDifference> gradientOff() {
        return Stream.of(gradient, golden).flatMap(Optional::stream).filter(GradientDifference::isOff).findFirst();
    }

    /** The largest difference of activations. */
    public Difference largest() {
        return rows.stream().flatMap(row -> row.largest().stream()).reduce(Difference.NONE, Difference::or);
    }

    /** One sentence that tells how it went. */
    public String summary() {
        String whole = firstOff().map(place -> place.equals(GRADIENT)
                ? "Off: the activations agree, but the gradient differs " + (gradientOff().equals(gradient) ? "" : "from the"
                        + " golden one ") + "by " + number(gradientOff().orElseThrow().relative())
                        + " (at most " + number(gradientOff().orElseThrow().allowed()) + " is allowed)."
                : "Off: the first layer that differs is " + place + ", by "
                        + number(rows.stream().filter(row -> row.place().equals(place)).findFirst()
                                .flatMap(Row::largest).orElseThrow().relative())
                        + " (at most " + number(FORWARD_TOLERANCE) + " is allowed).")
                .orElseGet(() -> "Agrees: the largest difference is " + number(largest().relative())
                        + gradient.map(one -> ", of the gradient " + told(one)).orElse("")
                        + golden.map(one -> ", of the golden gradient " + told(one)).orElse("") + ".");
        return isPartial ? whole + " It was stopped before it was done." : whole;
    }

    private static String told(GradientDifference gradient) {
        return number(gradient.relative()) + (gradient.nudged() == 0 ? ""
                : " where a nudge of rounding's size moves it by " + number(gradient.nudged()));
    }

    /** A difference for a person, such as {@code 2.3e-07}. */
    public static String number(double difference) {
        return difference == 0 ? "0" : Double.isInfinite(difference) ? "no number"
                : String.format(Locale.ROOT, "%.1e", difference);
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        CheckedFiles.save(this, files);
    }
}
