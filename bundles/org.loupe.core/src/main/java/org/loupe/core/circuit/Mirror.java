package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;

/**
 * Which channel of a layer is the mirror image of which, by the weights, from the picture upwards: the one that reads by the
 * first one's kernels turned over, from the mirror images of the channels that the first one reads (the reflection of “Naturally
 * Occurring Equivariance in Neural Networks”, Olah and others 2020). A channel without such another is its own image.
 */
final class Mirror {

    /** Two channels that are less alike than this are not taken for images of each other. */
    private static final double LEAST = .25;

    /** Of layers with more channels, none is looked for: it would take minutes. */
    private static final int MOST_CHANNELS = 1100;

    private final Network network;
    private final Wiring wiring;
    private final Progress progress;
    private final Map<String, int[]> known = new HashMap<>();
    private boolean isStopped;

    Mirror(Network network, Wiring wiring, Progress progress) {
        this.network = network;
        this.wiring = wiring;
        this.progress = progress;
    }

    /** Whether somebody did not want to wait; images are then not to be used. */
    boolean isStopped() {
        return isStopped;
    }

    /** Whole sentences: of which layers the images were not looked for. */
    List<String> remarks() {
        return known.keySet().stream().filter(this::isLarge).sorted().map(layer -> "Mirror images in " + layer
                + " were not looked for: it has more than " + MOST_CHANNELS + " channels.").toList();
    }

    private boolean isLarge(String layer) {
        return channels(layer) > MOST_CHANNELS;
    }

    private int channels(String layer) {
        return (layer.equals(Network.INPUT) ? network.input().shape() : network.shape(network.layer(layer))).channels();
    }

    /** What units read, comparable in the mirror. */
    Readings readings(List<Unit> units) {
        return new Readings(units.stream().map(unit -> wiring.inputs(unit).all()).toList(), this::image, this::channels);
    }

    /** The image of a channel; of the picture's channels, the same. */
    Unit image(Unit unit) {
        if (unit.layer().equals(Network.INPUT)) {
            return unit;
        }
        int[] images = known.get(unit.layer());
        if (images == null) {
            images = images(unit.layer());
            known.put(unit.layer(), images);
        }
        return new Unit(unit.layer(), images[unit.channel()]);
    }

    private int[] images(String layer) {
        int channels = channels(layer);
        int[] own = IntStream.range(0, channels).toArray();
        if (isLarge(layer) || isStopped) {
            return own;
        }
        List<List<Connection>> read = new ArrayList<>();
        for (int channel = 0; channel < channels && tells(channel, 2L * channels, layer); channel++) {
            read.add(wiring.inputs(new Unit(layer, channel)).all());
        }
        if (isStopped) {
            return own;
        }
        Readings readings = new Readings(read, this::image, this::channels);
        List<float[]> vectors = IntStream.range(0, channels).mapToObj(readings::vector).toList();
        double[][] cosines = new double[channels][channels];
        for (int first = 0; first < channels && tells(channels + first, 2L * channels, layer); first++) {
            float[] mirrored = readings.mirrored(first);
            for (int second = first; second < channels; second++) {
                cosines[first][second] = Readings.product(mirrored, vectors.get(second));
                cosines[second][first] = cosines[first][second];
            }
        }
        int[] best = IntStream.range(0, channels).map(channel -> best(cosines[channel])).toArray();
        return IntStream.range(0, channels).map(channel -> best[best[channel]] == channel
                && cosines[channel][best[channel]] >= LEAST ? best[channel] : channel).toArray();
    }

    private boolean tells(long done, long total, String layer) {
        isStopped = isStopped || !progress.report(done, total, "Looking for mirror images in " + layer);
        return !isStopped;
    }

    private static int best(double[] cosines) {
        int best = 0;
        for (int i = 1; i < cosines.length; i++) {
            best = cosines[i] > cosines[best] ? i : best;
        }
        return best;
    }
}
