package org.loupe.platform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.loupe.core.Analysis;
import org.loupe.core.Recipe;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.Scan;
import org.loupe.core.scan.Scanned;

/**
 * The scans that a study has, whatever layers and options they were asked with. What was looked into once is not read
 * again, so looking for one is quick; not for the user interface's thread all the same.
 */
public final class StoredScans {

    private final Laboratory laboratory;
    private final Registered<? extends Analysis<Scan.Arguments, Scanned>> analysis;
    private final StoredAnswers<Scan.Arguments, Scanned> answers;

    /** The scans of a laboratory's study. */
    public StoredScans(Laboratory laboratory) {
        this.laboratory = laboratory;
        this.analysis = laboratory.registry().analysis(Scan.class);
        this.answers = new StoredAnswers<>(laboratory, analysis);
    }

    /**
     * A scan of the study.
     *
     * @param recipe    how it was made
     * @param arguments with which arguments
     * @param scanned   what was found, complete or partial
     */
    public record Stored(Recipe recipe, Scan.Arguments arguments, Scanned scanned) {
    }

    /**
     * The scan that says most about a channel: one of all pictures rather than a partial one, with the standard options
     * rather than others, with more examples rather than fewer.
     *
     * @param tap that was read
     */
    public Optional<Stored> find(Network network, PictureSet pictures, Tap tap) {
        Recipe wanted = laboratory.recipe(analysis, Scan.Arguments.STANDARD, network, Optional.of(pictures));
        List<Stored> found = new ArrayList<>();
        for (StoredAnswers.Answer<Scan.Arguments> asked : answers.about(wanted.network())) {
            if (asked.recipe().pictures().equals(wanted.pictures())) {
                answers.read(asked.recipe()).filter(scanned -> scanned.taps().contains(tap) && scanned.seen() > 0)
                        .ifPresent(scanned -> found.add(new Stored(asked.recipe(), asked.arguments(), scanned)));
            }
        }
        return found.stream().min(Comparator.comparing((Stored stored) -> stored.scanned.isPartial())
                .thenComparing(stored -> stored.scanned.isPartial() ? -stored.scanned.seen() : 0)
                .thenComparing(stored -> !stored.recipe.question().equals(wanted.question()))
                .thenComparing(stored -> -stored.arguments.examples())
                .thenComparing(stored -> stored.recipe.question()));
    }
}
