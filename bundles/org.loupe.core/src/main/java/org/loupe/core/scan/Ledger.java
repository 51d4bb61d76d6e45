package org.loupe.core.scan;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.loupe.core.network.Shape;

/**
 * What is known of the channels at one tap after so many pictures. The pictures are entered in their order, so nothing
 * depends on how they were put together into batches.
 */
final class Ledger {

    private final Shape shape;
    private final int most;
    private final double[] means;
    private final double[] deviations;
    private final float[] values;
    private final int[] pictures;
    private final int[] places;
    private int entered;

    /**
     * @param shape of the tap's array for one picture
     * @param most  how many examples are kept for each channel
     */
    Ledger(Shape shape, int most) {
        this.shape = shape;
        this.most = most;
        this.means = new double[shape.channels()];
        this.deviations = new double[shape.channels()];
        this.values = new float[shape.channels() * most];
        this.pictures = new int[shape.channels() * most];
        this.places = new int[shape.channels() * most];
    }

    /** How many pictures were entered for each channel. */
    int entered() {
        return entered;
    }

    /** How many examples there are of each channel. */
    int kept() {
        return Math.min(most, entered);
    }

    /**
     * Enters one channel's maps of some pictures, which follow those that were entered before.
     *
     * @param indexes of the pictures in the set
     * @param maps    what was read
     */
    void enter(int channel, int[] indexes, MapReader maps) {
        double share = 1.0 / shape.area();
        double mean = means[channel];
        double deviation = deviations[channel];
        for (int i = 0; i < indexes.length; i++) {
            // Parallel variance, Chan et al. 1979.
            double own = maps.sums[i] * share;
            double difference = own - mean;
            double part = 1.0 / (entered + i + 1);
            mean += difference * part;
            deviation += Math.max(0, maps.squares[i] - maps.sums[i] * own)
                    + difference * difference * ((double) shape.area() * (entered + i) * part);
        }
        means[channel] = mean;
        deviations[channel] = deviation;
        int least = channel * most + most - 1;
        for (int i = 0; i < indexes.length; i++) {
            if (entered + i < most || maps.maxima[i] > values[least]) {
                example(channel * most, Math.min(entered + i, most - 1), indexes[i], maps.places[i], maps.maxima[i]);
            }
        }
    }

    /** Puts an example where it belongs among so many; of equal ones that comes first which was entered first. */
    private void example(int from, int count, int picture, int place, float value) {
        int at = from + count;
        while (at > from && value > values[at - 1]) {
            values[at] = values[at - 1];
            pictures[at] = pictures[at - 1];
            places[at] = places[at - 1];
            at--;
        }
        values[at] = value;
        pictures[at] = picture;
        places[at] = place;
    }

    /** Says that so many pictures were entered for all channels. */
    void entered(int more) {
        entered += more;
    }

    double mean(int channel) {
        return means[channel];
    }

    /** The mean square of the distance from the mean. */
    double variance(int channel) {
        return deviations[channel] / ((double) entered * shape.area());
    }

    /** One of the {@link #kept} examples of a channel, the most exciting one first. */
    Example example(int channel, int rank) {
        int at = channel * most + rank;
        return new Example(pictures[at], places[at] / shape.columns(), places[at] % shape.columns(), values[at]);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(entered);
        for (int channel = 0; channel < shape.channels(); channel++) {
            out.writeDouble(means[channel]);
            out.writeDouble(deviations[channel]);
            for (int at = channel * most; at < channel * most + kept(); at++) {
                out.writeInt(pictures[at]);
                out.writeInt(places[at]);
                out.writeFloat(values[at]);
            }
        }
    }

    void read(DataInput in) throws IOException {
        entered = in.readInt();
        for (int channel = 0; channel < shape.channels(); channel++) {
            means[channel] = in.readDouble();
            deviations[channel] = in.readDouble();
            for (int at = channel * most; at < channel * most + kept(); at++) {
                pictures[at] = in.readInt();
                places[at] = in.readInt();
                values[at] = in.readFloat();
            }
        }
    }
}
