package org.loupe.core.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.Batch;

/** What is written, and what the units have for which it was, at the same positions of the same pictures. */
final class PairedMaps {

    /** As many positions are enough, of all pictures together. */
    private static final int ENOUGH = 1 << 18;

    private final List<Values> written = new ArrayList<>();
    private final List<Values> units = new ArrayList<>();
    private int seen;

    /** Numbers one after the other. */
    private static final class Values {
        private float[] values = new float[256];
        private int count;

        void add(float value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        float[] all() {
            return Arrays.copyOf(values, count);
        }
    }

    /**
     * How what is written agrees with a unit.
     *
     * @param correlation     over all positions; 0 where one of them never changes
     * @param change          mean square of the difference
     * @param changeElsewhere mean square of the difference if they had nothing to do with each other
     */
    record Agreement(double correlation, double change, double changeElsewhere) {
    }

    PairedMaps(int count) {
        for (int i = 0; i < count; i++) {
            written.add(new Values());
            units.add(new Values());
        }
    }

    /**
     * Takes in one picture.
     *
     * @param maps     what is written, a channel for each
     * @param layer    the units' layer
     * @param channels of the units
     * @param pictures how many there will be at most
     */
    void add(Batch maps, Batch layer, List<Integer> channels, int pictures) {
        int stride = (int) Math.max(1, (long) maps.area() * pictures / ENOUGH);
        for (int position = seen++ % stride; position < maps.area(); position += stride) {
            for (int i = 0; i < channels.size(); i++) {
                written.get(i).add(maps.values()[maps.offset(0, i) + position]);
                units.get(i).add(layer.values()[layer.offset(0, channels.get(i)) + position]);
            }
        }
    }

    float[] written(int i) {
        return written.get(i).all();
    }

    float[] unit(int i) {
        return units.get(i).all();
    }

    /** Holds what is written, brought to size, against a unit. */
    Agreement agreement(int one, int unit, Scaling scaling) {
        Values from = written.get(one);
        Values to = units.get(unit);
        double[] sums = new double[5];
        for (int i = 0; i < from.count; i++) {
            double own = scaling.of(from.values[i]);
            double other = to.values[i];
            sums[0] += own;
            sums[1] += other;
            sums[2] += own * own;
            sums[3] += other * other;
            sums[4] += own * other;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= Math.max(1, from.count);
        }
        double spread = Math.sqrt(Math.max(0, sums[2] - sums[0] * sums[0]) * Math.max(0, sums[3] - sums[1] * sums[1]));
        return new Agreement(spread == 0 ? 0 : (sums[4] - sums[0] * sums[1]) / spread,
                Math.max(0, sums[2] + sums[3] - 2 * sums[4]), Math.max(0, sums[2] + sums[3] - 2 * sums[0] * sums[1]));
    }
}
