package org.loupe.ui.results;

import java.util.Optional;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.platform.TimeLeft;

/**
 * How a question stands, as one view sees it: answered, being answered, or still to be asked, and then at what cost.
 * Opened in the background; after that, for the user interface's thread alone.
 *
 * @param <A> the arguments
 * @param <R> what is found
 */
public final class Inquiry<A extends Record, R extends Result> {

    private static final int PARTS = 1_000_000;

    private final Question<A, R> question;
    private final Recipe recipe;
    private final double seconds;
    private final Optional<String> pictures;
    private Finding<R> finding;
    private double share;
    private boolean isWorking;
    private TimeLeft timeLeft = new TimeLeft();
    private Throwable problem;

    Inquiry(Question<A, R> question, Recipe recipe, Optional<R> stored, double seconds, boolean isWorking) {
        this(question, recipe, Optional.empty(), stored, seconds, isWorking);
    }

    /** @param pictures name, folder or file of the set that is asked about */
    Inquiry(Question<A, R> question, Recipe recipe, Optional<String> pictures, Optional<R> stored, double seconds,
            boolean isWorking) {
        this.question = question;
        this.recipe = recipe;
        this.seconds = seconds;
        this.pictures = pictures;
        this.finding = stored.map(result -> new Finding<>(result, recipe, question.network())).orElse(null);
        this.isWorking = isWorking;
    }

    /** What is asked. */
    public Question<A, R> question() {
        return question;
    }

    /** How the answer is made. */
    public Recipe recipe() {
        return recipe;
    }

    /** Name, folder or file of the pictures that are asked about; nothing where it is about none. */
    public Optional<String> pictures() {
        return pictures;
    }

    /** How long the answer probably takes. */
    public double seconds() {
        return seconds;
    }

    /** What is known so far. */
    public Optional<Finding<R>> finding() {
        return Optional.ofNullable(finding);
    }

    /** Whether somebody works on it, or it waits for its turn. */
    public boolean isWorking() {
        return isWorking;
    }

    /** Whether there is a whole answer. */
    public boolean isAnswered() {
        return finding != null && !finding.isGrowing() && !finding.result().isPartial();
    }

    /** What went wrong the last time. */
    public Optional<Throwable> problem() {
        return Optional.ofNullable(problem);
    }

    /** Share of the work that is done, from 0 to 1. */
    public double share() {
        return finding == null || !finding.isGrowing() ? share : finding.progress();
    }

    /** How far the work is and how long it takes, in words. */
    public String progress() {
        if (share() == 0) {
            return "Waiting for its turn";
        }
        return Math.round(100 * share()) + " %"
                + timeLeft.left().map(left -> ", about " + TimeLeft.words(left) + " left").orElse("");
    }

    /** Somebody has asked. */
    void begin() {
        isWorking = true;
        share = 0;
        problem = null;
        timeLeft = new TimeLeft();
    }

    /** Takes in what was found, if it is about this question, and says whether it was. */
    @SuppressWarnings("unchecked") // the same question has answers of the same type
    public boolean hear(Finding<?> found) {
        if (!found.recipe().question().equals(recipe.question())) {
            return false;
        }
        if (found.isGrowing() && !isWorking) {
            begin();
        }
        finding = (Finding<R>) found;
        if (found.isGrowing()) {
            timeLeft.report(Math.round(PARTS * found.progress()), PARTS);
        } else {
            isWorking = false;
        }
        return true;
    }

    /** Takes in how far the work is, if it is about this question, and says whether it was. */
    public boolean hear(Findings.Working working) {
        if (!working.question().equals(recipe.question())) {
            return false;
        }
        if (!isWorking) {
            begin();
        }
        share = working.share();
        timeLeft.report(Math.round(PARTS * share), PARTS);
        return true;
    }

    /** Takes in that the work has ended, if it was about this question, and says whether it was. */
    public boolean hear(Findings.Ended ended) {
        if (!ended.question().equals(recipe.question())) {
            return false;
        }
        isWorking = false;
        problem = ended.problem();
        if (finding != null && finding.isGrowing()) {
            finding = null;
        }
        return true;
    }
}
