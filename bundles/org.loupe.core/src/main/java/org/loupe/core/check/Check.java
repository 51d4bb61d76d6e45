package org.loupe.core.check;

import java.io.IOException;
import java.util.Optional;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Session;

/**
 * Whether a network computes here what it should: two engines are shown the same random pictures and compared at every
 * layer, behind and in front of its nonlinearity, and in the gradient of the last layer's largest output with respect
 * to the picture; where there are golden values of another program, the first engine is compared with those, too.
 *
 * <p>Layers are read in groups, so memory does not grow with the depth of the network.
 */
public final class Check implements Analysis<Check.Arguments, Checked> {

    /** Identifier in recipes. */
    public static final String ID = "org.loupe.check";

    private final Engine peer;
    private final Optional<Golden> golden;

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Images", help = "How many random pictures to show.", standard = "2", least = 1,
                    greatest = 64) int images,
            @Argument(label = "Seed", help = "Where the random numbers start.", standard = "0") long seed,
            @Argument(label = "Against", help = "The engine to compare with.") String against,
            @Argument(label = "Golden", help = "SHA-256 of the golden values, or nothing.") String golden) {
    }

    /**
     * A check against an engine, and golden values where there are some.
     *
     * @param peer the engine to compare with
     */
    public Check(Engine peer, Optional<Golden> golden) {
        this.peer = peer;
        this.golden = golden;
    }

    /** The arguments of this check. */
    public Arguments arguments(int images, long seed) {
        return new Arguments(images, seed, peer.name(), golden.map(Golden::hash).orElse(""));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Checked run(Material material, Arguments arguments, Observer<? super Checked> observer) {
        if (material.network().layers().isEmpty()) {
            throw new IllegalArgumentException(material.network() + " has no layers that could be compared.");
        }
        try (Session other = peer.open(material.network())) {
            return new Checking(material.session(), other, arguments, golden, observer).run();
        }
    }

    @Override
    public Checked load(ResultFiles files) throws IOException {
        return CheckedFiles.load(files);
    }
}
