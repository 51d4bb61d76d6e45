package org.loupe.core.page;

import java.util.List;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Connections;
import org.loupe.core.network.Network;
import org.loupe.core.tuning.TuningCurve;

/**
 * What is known of one unit, for a page: what is not known is left empty, and said how to get.
 *
 * @param label        what it is called, or an empty text
 * @param families     names of its families with their sources
 * @param note         what a person has written about it, or an empty text
 * @param pictures     made by optimisation, the channel's first
 * @param examples     parts of natural pictures, the strongest first
 * @param spectrum     parts of natural pictures of all degrees, a step each, from the least exciting up
 * @param spectrumAbout what was drawn, as a heading
 * @param statistics   sentences about the scan that the examples are from
 * @param tuning       how it answers what turns
 * @param tuningAbout  which stimuli they were, or an empty text
 * @param inputs       what it is built from
 * @param outputs      what uses it
 * @param neighbours   what other units are called and look like
 * @param missing      what is not known, each with the command that finds it out
 * @param recipe       how all of this was made
 */
public record UnitPage(Network network, Unit unit, String label, List<String> families, String note, List<Plate> pictures,
        List<Plate> examples, List<Step> spectrum, String spectrumAbout, Optional<Statistics> statistics, Optional<TuningCurve> tuning, String tuningAbout,
        Connections inputs, Connections outputs, List<Neighbour> neighbours, List<String> missing, String recipe) {

    /**
     * A picture with its caption.
     *
     * @param pixels one picture, colours from 0 to 1
     */
    public record Plate(Batch pixels, String caption) {
    }

    /**
     * A step of the range of activations.
     *
     * @param caption its range, with the share of all that falls into it where that is known
     * @param sign    its middle as a share of the largest size, from -1 to 1; NaN where that is not known
     */
    public record Step(String caption, double sign, List<Batch> pictures) {
        public Step {
            pictures = List.copyOf(pictures);
        }
    }

    /**
     * What is known of all positions and pictures, not only of the examples.
     *
     * @param words   sentences
     * @param from    the lowest activation
     * @param to      the highest
     * @param shares  of all positions, in steps of equal width from the lowest to the highest
     * @param classes how well the unit tells each class from all others, the best first
     */
    public record Statistics(String words, double from, double to, double[] shares, List<OfClass> classes) {
        public Statistics {
            classes = List.copyOf(classes);
        }
    }

    /**
     * A class of pictures.
     *
     * @param area probability that a picture of the class excites the unit more than another one (AUC), from 0 to 1
     */
    public record OfClass(String name, double area) {
    }

    /**
     * Another unit, as it is shown beside a connection.
     *
     * @param name    what it is called, or an empty text
     * @param picture of it, where there is one
     * @param isNatural whether that is what excites it most among natural pictures, for none was made of it
     */
    public record Neighbour(Unit unit, String name, Optional<Batch> picture, boolean isNatural) {
    }

    /** How many connections each way are shown, at most. */
    public static final int CONNECTIONS = 8;

    /** The strongest connections that excite the unit, those that inhibit it, and those to units that use it. */
    public List<List<Connection>> shown() {
        return List.of(inputs.strongest(CONNECTIONS, true), inputs.strongest(CONNECTIONS, false),
                outputs.strongest(CONNECTIONS));
    }

    /** The page, drawn: as wide as a sheet of A4, as tall as it must be. */
    public Sheet sheet() {
        return new UnitSheet(this).sheet();
    }
}
