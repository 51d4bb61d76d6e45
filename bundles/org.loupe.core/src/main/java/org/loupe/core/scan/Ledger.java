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
     * Enters one channel's map of one picture, behind the earlier ones of this channel (parallel variance, Chan et al.
     * 1979).
     *
     * @param before  how many pictures were entered for this channel
     * @param sum     of the map's values
     * @param squares sum of their squares
     */
    void moments(int channel, int before, double sum, double squares) {
        double mean = sum / shape.area();
        double difference = mean - means[channel];
        double deviation = Math.max(0, squares - sum * mean);
        means[channel] += difference / (before + 1);
        deviations[channel] += deviation + difference * difference * ((double) shape.area() * before / (before + 1));
    }

    /**
     * Enters the largest value of one channel's map. Of equal ones the picture that was entered first comes first.
     *
     * @param before how many pictures were entered for this channel
     * @param place  index in the map, row by row
     */
    void example(int channel, int before, int picture, int place, float value) {
        int from = channel * most;
        int end = from + Math.min(most, before);
        if (before >= most && !(value > values[end - 1])) {
            return;
        }
        int at = before >= most ? end - 1 : end;
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
