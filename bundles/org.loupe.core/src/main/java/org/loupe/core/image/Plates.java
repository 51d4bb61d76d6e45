package org.loupe.core.image;

import java.util.List;
import org.loupe.core.Batch;

/** Pictures and maps as figures need them. */
public final class Plates {

    private Plates() {
    }

    /** Images of one shape as one batch; at least one. */
    public static Batch stacked(List<Batch> images) {
        Batch first = images.get(0);
        Batch stacked = Batch.zeros(images.size(), first.channels(), first.rows(), first.columns());
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i).values(), 0, stacked.values(), stacked.offset(i, 0), first.imageSize());
        }
        return stacked;
    }

    /** A picture that is no larger than so many pixels, by means over whole blocks of pixels. */
    public static Batch reduced(Batch picture, int largest) {
        int block = (Math.max(picture.rows(), picture.columns()) + largest - 1) / largest;
        if (block == 1) {
            return picture;
        }
        Batch small = Batch.zeros(1, picture.channels(), Math.max(1, picture.rows() / block),
                Math.max(1, picture.columns() / block));
        for (int channel = 0; channel < small.channels(); channel++) {
            for (int row = 0; row < small.rows(); row++) {
                for (int column = 0; column < small.columns(); column++) {
                    double sum = 0;
                    for (int i = 0; i < block * block; i++) {
                        sum += picture.at(0, channel, Math.min(picture.rows() - 1, row * block + i / block),
                                Math.min(picture.columns() - 1, column * block + i % block));
                    }
                    small.values()[small.index(0, channel, row, column)] = (float) (sum / (block * block));
                }
            }
        }
        return small;
    }

    /** The largest value of a map. */
    public static double largest(Batch maps, int image, int channel) {
        double largest = Double.NEGATIVE_INFINITY;
        int from = maps.offset(image, channel);
        for (int i = from; i < from + maps.area(); i++) {
            largest = Math.max(largest, maps.values()[i]);
        }
        return largest;
    }

    /** The value in the middle of a map. */
    public static double middle(Batch maps, int image, int channel) {
        return maps.at(image, channel, maps.rows() / 2, maps.columns() / 2);
    }
}
