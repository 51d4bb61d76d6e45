package org.loupe.platform;

import java.util.List;
import java.util.Optional;
import org.loupe.core.Analysis;
import org.loupe.core.dictionary.KnownDictionaries;
import org.loupe.core.dictionary.LearnDictionary;
import org.loupe.core.dictionary.LearnedDictionary;
import org.loupe.core.network.Network;

/** The dictionaries that a study has, whichever engine learns them. Reads files, so not for the user interface's thread. */
public final class StoredDictionaries {

    private final Laboratory laboratory;
    private Optional<StoredAnswers<LearnDictionary.Arguments, LearnedDictionary>> answers;

    /** The dictionaries of a laboratory's study. */
    public StoredDictionaries(Laboratory laboratory) {
        this.laboratory = laboratory;
    }

    /** Looks for an analysis that learns dictionaries at the first use, for that may load an engine. */
    private synchronized Optional<StoredAnswers<LearnDictionary.Arguments, LearnedDictionary>> answers() {
        if (answers == null) {
            answers = laboratory.registry().analyses().stream()
                    .filter(one -> one.value().arguments().equals(LearnDictionary.Arguments.class)).findFirst()
                    .map(StoredDictionaries::typed).map(analysis -> new StoredAnswers<>(laboratory, analysis));
        }
        return answers;
    }

    @SuppressWarnings("unchecked") // whoever takes these arguments answers with a dictionary
    private static Registered<Analysis<LearnDictionary.Arguments, LearnedDictionary>> typed(Registered<Analysis<?, ?>> analysis) {
        return (Registered<Analysis<LearnDictionary.Arguments, LearnedDictionary>>) (Registered<?>) analysis;
    }

    /** Those of a network. */
    public KnownDictionaries of(Network network) {
        return new KnownDictionaries() {
            @Override
            public List<String> of(String layer) {
                return answers().map(stored -> stored.about(laboratory.hash(network)).stream()
                        .filter(answer -> !answer.entry().partial() && answer.arguments().layers().equals(List.of(layer)))
                        .map(answer -> answer.recipe().question()).toList()).orElse(List.of());
            }

            @Override
            public Optional<LearnedDictionary> find(String question) {
                return answers().flatMap(stored -> stored.about(laboratory.hash(network)).stream()
                        .filter(answer -> answer.recipe().question().equals(question)).findFirst()
                        .flatMap(answer -> stored.read(answer.recipe())));
            }
        };
    }
}
