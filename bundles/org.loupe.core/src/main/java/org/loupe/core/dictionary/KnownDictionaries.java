package org.loupe.core.dictionary;

import java.util.List;
import java.util.Optional;

/** Dictionaries of a network's layers that were learned before and are complete. */
public interface KnownDictionaries {

    /** No dictionary was learned before. */
    KnownDictionaries NONE = new KnownDictionaries() {
        @Override
        public List<String> of(String layer) {
            return List.of();
        }

        @Override
        public Optional<LearnedDictionary> find(String question) {
            return Optional.empty();
        }
    };

    /** The questions ({@link org.loupe.core.Recipe#question}) whose answers are dictionaries of a layer, the newest first. */
    List<String> of(String layer);

    /** The answer to such a question; nothing where it is not there any more, or damaged. */
    Optional<LearnedDictionary> find(String question);
}
