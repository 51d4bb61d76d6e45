package org.loupe.core.check;

import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.network.Shape;

/**
 * Random pictures to try networks on: a few slow waves in each colour, as photographs have them, and some noise, so
 * that no layer is silent for lack of contrast.
 */
final class TrialPictures {

    private static final int WAVES = 6;
    private static final double FASTEST = 6;
    private static final double CONTRAST = 0.12;
    private static final double NOISE = 0.08;

    /** About what rounding has added up to after some dozen layers, as a share of the colours' range. */
    private static final double NUDGE = 2e-6;

    private TrialPictures() {
    }

    /** The same picture with each number moved by at most {@link #NUDGE} of the range that its numbers have. */
    static Batch nudged(Batch picture, int nudge) {
        Draws draws = new Draws(nudge);
        Batch nudged = picture.copy();
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (float value : picture.values()) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        double most = NUDGE * (greatest - least);
        for (int i = 0; i < nudged.values().length; i++) {
            nudged.values()[i] += (float) draws.uniform(-most, most);
        }
        return nudged;
    }

    /** One picture with colours from 0 to 1, the same for the same seed. */
    static Batch picture(Shape shape, long seed, int image) {
        Draws draws = new Draws(seed).split(image);
        Batch picture = Batch.zeros(1, shape.channels(), shape.rows(), shape.columns());
        for (int channel = 0; channel < shape.channels(); channel++) {
            double[] waves = new double[3 * WAVES];
            for (int wave = 0; wave < waves.length; wave++) {
                waves[wave] = wave % 3 == 2 ? draws.uniform(0, 2 * Math.PI) : draws.uniform(-FASTEST, FASTEST);
            }
            for (int row = 0; row < shape.rows(); row++) {
                for (int column = 0; column < shape.columns(); column++) {
                    double value = 0.5 + draws.gaussian(0, NOISE);
                    for (int wave = 0; wave < waves.length; wave += 3) {
                        value += CONTRAST * StrictMath.sin(2 * Math.PI * (waves[wave] * row / shape.rows()
                                + waves[wave + 1] * column / shape.columns()) + waves[wave + 2]);
                    }
                    picture.values()[picture.index(0, channel, row, column)] = (float) Math.min(1, Math.max(0, value));
                }
            }
        }
        return picture;
    }
}
