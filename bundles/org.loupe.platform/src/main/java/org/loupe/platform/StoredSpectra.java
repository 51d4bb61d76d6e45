package org.loupe.platform;

import java.util.Optional;
import org.loupe.core.Analysis;
import org.loupe.core.Recipe;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.ActivationSpectra;
import org.loupe.core.scan.ActivationSpectrum;
import org.loupe.core.scan.FindSpectrum;

/** The activation spectra that a study has, asked for one unit or for its whole layer. Not for the user interface's thread. */
public final class StoredSpectra {

    private final Laboratory laboratory;
    private final Optional<Registered<? extends Analysis<FindSpectrum.Arguments, ActivationSpectra>>> analysis;
    private final Optional<StoredAnswers<FindSpectrum.Arguments, ActivationSpectra>> answers;

    /** The spectra of a laboratory's study; none where no installed plug-in contributes the analysis. */
    public StoredSpectra(Laboratory laboratory) {
        this.laboratory = laboratory;
        this.analysis = laboratory.registry().analyses().stream().anyMatch(one -> one.value() instanceof FindSpectrum)
                ? Optional.of(laboratory.registry().analysis(FindSpectrum.class)) : Optional.empty();
        this.answers = analysis.map(registered -> new StoredAnswers<>(laboratory, registered));
    }

    /**
     * A spectrum of the study.
     *
     * @param recipe    how it was made
     * @param arguments with which arguments
     * @param spectra   everything that was found with it
     * @param spectrum  of the unit
     */
    public record Stored(Recipe recipe, FindSpectrum.Arguments arguments, ActivationSpectra spectra, ActivationSpectrum spectrum) {
    }

    /** The newest complete spectrum of a unit over these pictures. */
    public Optional<Stored> find(Network network, PictureSet pictures, Unit unit) {
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        Recipe standard = laboratory.recipe(analysis.get(), FindSpectrum.Arguments.of(unit.layer()), network, Optional.of(pictures));
        Unit channel = unit.at(Unit.EVERYWHERE);
        return answers.get().about(standard.network()).stream()
                .filter(asked -> asked.recipe().pictures().equals(standard.pictures()) && !asked.entry().partial()
                        && (asked.arguments().units().contains(unit.layer())
                                || asked.arguments().units().contains(channel.toString())))
                .flatMap(asked -> answers.get().read(asked.recipe()).stream().flatMap(found -> found.of(channel).stream()
                        .map(spectrum -> new Stored(asked.recipe(), asked.arguments(), found, spectrum))))
                .filter(stored -> !stored.spectrum.steps().isEmpty()).findFirst();
    }
}
