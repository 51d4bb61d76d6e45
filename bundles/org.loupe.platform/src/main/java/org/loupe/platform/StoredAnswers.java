package org.loupe.platform;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.Analysis;
import org.loupe.core.Arguments;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.store.Results;

/**
 * What a study has of one analysis, with whatever arguments it was asked. What was looked into once is not read again, so
 * listing it is quick; not for the user interface's thread all the same.
 *
 * @param <A> the arguments
 * @param <R> what was found
 */
public final class StoredAnswers<A extends Record, R extends Result> {

    private final Laboratory laboratory;
    private final Registered<? extends Analysis<A, R>> analysis;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Answer<A>> answers = new HashMap<>();

    /** The answers of a laboratory's study. */
    public StoredAnswers(Laboratory laboratory, Registered<? extends Analysis<A, R>> analysis) {
        this.laboratory = laboratory;
        this.analysis = analysis;
    }

    /**
     * A stored answer.
     *
     * @param entry     how it was made, and when
     * @param arguments with which arguments it was asked
     */
    public record Answer<A>(Results.Entry entry, A arguments) {

        /** How it was made. */
        public Recipe recipe() {
            return entry.recipe();
        }
    }

    /** The answers about a network, the newest first. */
    public synchronized List<Answer<A>> about(String network) {
        look();
        return answers.values().stream().filter(answer -> answer.recipe().network().equals(network))
                .sorted(Comparator.comparing((Answer<A> answer) -> answer.entry().when()).reversed()
                        .thenComparing(answer -> answer.recipe().question())).toList();
    }

    /** What was found; nothing where it is damaged. */
    public Optional<R> read(Recipe recipe) {
        return laboratory.study().results().find(recipe, analysis.value());
    }

    /** Looks into the results that have come since the last time. */
    private void look() {
        Results results = laboratory.study().results();
        Set<String> now = results.questions();
        answers.keySet().retainAll(now);
        seen.retainAll(now);
        // A partial answer may have become complete under the same question.
        answers.values().removeIf(answer -> answer.entry().partial() && seen.remove(answer.recipe().question()));
        for (String question : now) {
            if (seen.add(question)) {
                results.entry(question).filter(entry -> entry.recipe().analysis().equals(analysis.id()))
                        .ifPresent(entry -> arguments(entry.recipe())
                                .ifPresent(arguments -> answers.put(question, new Answer<>(entry, arguments))));
            }
        }
    }

    private Optional<A> arguments(Recipe recipe) {
        try {
            return Optional.of(Arguments.record(analysis.value().arguments(), recipe.arguments()));
        } catch (IllegalArgumentException ofAnotherVersion) {
            return Optional.empty();
        }
    }
}
