package org.loupe.core;

import java.nio.file.Path;
import java.util.Optional;
import org.loupe.core.dictionary.KnownDictionaries;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.objective.Objectives;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.KnownScans;
import org.loupe.core.stimulus.Families;
import org.loupe.core.surgery.Detectors;

/**
 * What an analysis works on. Everything in it is closed by whoever opened it.
 *
 * @param session    the network, made ready on an engine
 * @param pictures   there for an analysis that {@link Analysis#needsPictures} or
 *                   {@link Analysis#needsOnePicture needs one}, and perhaps for one that {@link Analysis#takesPictures}
 * @param stimuli    the families of stimuli that are known
 * @param objectives the language in which objectives are written
 * @param scans      of these pictures that were made before
 * @param detectors  units that a person wrote, to be put in the place of others
 * @param dictionaries of this network that were learned before
 */
public record Material(Session session, Optional<Pictures> pictures, Families stimuli, Objectives objectives,
        KnownScans scans, Detectors detectors, KnownDictionaries dictionaries) {

    /** Material of which no scans were made before. */
    public Material(Session session, Optional<Pictures> pictures, Families stimuli, Objectives objectives) {
        this(session, pictures, stimuli, objectives, KnownScans.NONE);
    }

    /** Material with the detectors that come with Loupe. */
    public Material(Session session, Optional<Pictures> pictures, Families stimuli, Objectives objectives, KnownScans scans) {
        this(session, pictures, stimuli, objectives, scans, Detectors.builtIn(), KnownDictionaries.NONE);
    }

    /** Material with the stimuli, the objectives and the detectors that come with Loupe. */
    public Material(Session session, Optional<Pictures> pictures) {
        this(session, pictures, Families.builtIn(), Objectives.builtIn());
    }

    /**
     * Pictures, and where to put what follows from them.
     *
     * @param set    the pictures
     * @param folder of this question alone, for what is too large for the memory; what an interrupted run of the same
     *               question has left in it is still there, and it is deleted once a complete answer is stored
     */
    public record Pictures(PictureSet set, Path folder) {
    }

    /** A network alone. */
    public static Material of(Session session) {
        return new Material(session, Optional.empty());
    }

    /** The network. */
    public Network network() {
        return session.network();
    }

    /**
     * The pictures.
     *
     * @throws IllegalArgumentException when there are none
     */
    public Pictures requirePictures() {
        return pictures.orElseThrow(() -> new IllegalArgumentException("This needs pictures; name a picture set."));
    }
}
