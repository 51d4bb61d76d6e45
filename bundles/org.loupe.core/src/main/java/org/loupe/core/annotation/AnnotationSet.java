package org.loupe.core.annotation;

import java.util.Optional;
import org.loupe.core.network.Network;

/**
 * Annotations that somebody has published about a network that many people have. They are read along with what a person
 * writes, and never changed. Contributed to the extension point {@code org.loupe.platform.annotations}.
 */
public interface AnnotationSet {

    /**
     * What was published about a network.
     *
     * @return nothing where the network is another one: its layers have other names or other numbers of channels
     */
    Optional<Annotations> about(Network network);
}
