package org.loupe.core.visualize;

import java.io.IOException;
import java.util.List;
import org.loupe.core.Batch;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;

/**
 * Pictures that were made by optimising the input.
 *
 * @param pictures one for each of {@code details}, colours from 0 to 1
 * @param details  what each picture shows
 * @param steps    steps that were asked for
 * @param isPartial whether it was stopped before
 */
public record Visualized(Batch pictures, List<Detail> details, int steps, boolean isPartial) implements Result {

    /**
     * What one picture shows.
     *
     * @param objective what it maximises, as {@link org.loupe.core.objective.ObjectiveText} writes it
     * @param label     what was varied, such as “transforms only”, or an empty text
     * @param scores    the score after each step that was done, measured on the transformed picture
     * @param score     the score of the finished picture itself, without transforms
     * @param start     the score of the nearly grey picture that it started from
     * @param excited   whether the finished picture excites the objective at all; where not, the picture means nothing
     */
    public record Detail(String objective, String label, double[] scores, double score, double start,
            boolean excited) {
    }

    public Visualized {
        details = List.copyOf(details);
        if (details.size() != pictures.images()) {
            throw new IllegalArgumentException(details.size() + " details for " + pictures.images() + " pictures");
        }
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        VisualizedFiles.save(this, files);
    }
}
