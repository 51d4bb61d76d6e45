package org.loupe.core.visualize;

import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.image.Colours;
import org.loupe.core.image.FourierPicture;
import org.loupe.core.image.Parametrisation;
import org.loupe.core.image.PhasePicture;
import org.loupe.core.image.PixelPicture;
import org.loupe.core.image.Placement;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.visualize.Visualize.Arguments;
import org.loupe.core.visualize.Visualize.Robustness;
import org.loupe.core.visualize.Visualize.Space;
import org.loupe.core.visualize.Visualize.Spectrum;

/** What the pictures of one run are described by, and what they start from. */
final class Spaces {

    /** Pictures of whose magnitudes the mean is taken. */
    private static final int MOST_PICTURES = 256;

    /** A picture of which crops are shown is this many times as large as the network's own. */
    private static final int CROPPED = 3;

    private final Network network;
    private final Arguments arguments;
    private final Placement.Sizes sizes;
    private final Optional<float[]> magnitudes;
    private final Optional<float[]> start;

    Spaces(Material material, Arguments arguments) {
        this.network = material.network();
        this.arguments = arguments;
        this.sizes = sizes(network, arguments);
        this.magnitudes = arguments.space() != Space.PHASE ? Optional.empty() : Optional.of(
                arguments.spectrum() == Spectrum.NATURAL
                        ? PhasePicture.natural(sizes.rows(), sizes.columns(), channels()) : ofPictures(material));
        this.start = arguments.start().isBlank() ? Optional.empty()
                : Optional.of(space().describe(colours(Pictures.of(material).read(arguments.start(),
                        frame(sizes.rows(), sizes.columns())))));
    }

    /** How large pictures are, and what the network sees of them. */
    static Placement.Sizes sizes(Network network, Arguments arguments) {
        Shape own = network.input().shape();
        boolean isCropped = arguments.robustness() == Robustness.CROPS;
        int factor = isCropped ? CROPPED : 1;
        int rows = arguments.size() == 0 ? factor * own.rows() : arguments.size();
        int columns = arguments.size() == 0 ? factor * own.columns() : arguments.size();
        return isCropped ? new Placement.Sizes(rows, columns, Math.min(rows, own.rows()), Math.min(columns, own.columns()))
                : Placement.Sizes.same(rows, columns);
    }

    Placement.Sizes sizes() {
        return sizes;
    }

    boolean isGrey() {
        return channels() == 1;
    }

    private int channels() {
        return network.input().shape().channels();
    }

    private Frame frame(int rows, int columns) {
        return new Frame(channels(), rows, columns, Fitting.COVER, Frame.WHITE);
    }

    /** Planes of the finished pictures: the opacity of MACO is found beside them. */
    int planes() {
        return arguments.transparent() || arguments.space() == Space.PHASE ? 4 : 3;
    }

    /** A description of one picture, with room of its own to work in. */
    private Parametrisation space() {
        int rows = sizes.rows();
        int columns = sizes.columns();
        return switch (arguments.space()) {
            case PIXELS -> new PixelPicture(rows, columns);
            case PHASE -> new PhasePicture(rows, columns, magnitudes.orElseThrow(), Colours.NATURAL);
            case FOURIER -> arguments.transparent() ? fourier().transparent() : fourier();
            case KERNEL -> throw new IllegalArgumentException("Kernels are drawn, not optimised.");
        };
    }

    private FourierPicture fourier() {
        return isGrey() ? FourierPicture.grey(sizes.rows(), sizes.columns())
                : FourierPicture.coloured(sizes.rows(), sizes.columns(), Colours.NATURAL);
    }

    /** What the pictures of a strip have in common. */
    Optional<Coarse> coarse(Draws draws) {
        if (arguments.strip() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Coarse((FourierPicture) space(), draws, arguments.rate()));
    }

    Painter painter(Aim aim, int views, Coarse coarse, Draws draws) {
        Parametrisation space = space();
        Climber climber = arguments.space() == Space.PHASE ? new NesterovAdam(space.size(), arguments.rate())
                : new Adam(space.size(), arguments.rate());
        Showing showing = Showing.of(arguments.robustness(), aim.network(), network, sizes);
        return new Painter(aim, new Painter.Tools(space, start, showing, sizes, views, Optional.ofNullable(coarse),
                climber, arguments.space() == Space.PHASE, arguments.steps()), draws);
    }

    /**
     * A painter of one view that shares nothing with others.
     *
     * @param from a picture to start from, in place of what the arguments say
     */
    Painter painter(Aim aim, Optional<Batch> from, Draws draws) {
        Parametrisation space = space();
        Showing showing = Showing.of(arguments.robustness(), aim.network(), network, sizes);
        return new Painter(aim, new Painter.Tools(space, from.map(picture -> space.describe(colours(picture))).or(() -> start),
                showing, sizes, 1, Optional.empty(), new Adam(space.size(), arguments.rate()), false, arguments.steps()), draws);
    }

    /** Three planes, also of a grey picture. */
    private static float[] colours(Batch picture) {
        if (picture.channels() == 3) {
            return picture.values();
        }
        float[] colours = new float[3 * picture.area()];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = picture.values()[i % picture.area()];
        }
        return colours;
    }

    private float[] ofPictures(Material material) {
        PictureSet set = Pictures.of(material).set();
        float[] sum = new float[channels() * sizes.rows() * (sizes.columns() / 2 + 1)];
        Frame frame = frame(sizes.rows(), sizes.columns());
        int count = set.pictures().size();
        int read = 0;
        for (int i = 0; i < Math.min(count, MOST_PICTURES); i++) {
            try {
                // Evenly through the set, which may be sorted by class.
                int index = (int) ((long) i * count / Math.min(count, MOST_PICTURES));
                PhasePicture.addMagnitudes(set.read(index, frame).values(), sizes.rows(), sizes.columns(), channels(), sum);
                read++;
            } catch (PictureException unreadable) {
                continue;
            }
        }
        if (read == 0) {
            throw new IllegalArgumentException("None of the pictures of " + set.name() + " can be read.");
        }
        return sum;
    }
}
