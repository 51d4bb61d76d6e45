package org.loupe.demo.pictures;

import org.loupe.core.Batch;
import org.loupe.core.Draws;

/**
 * Draws labelled pictures of 64 x 64 pixels. A picture depends on its seed and class alone, so pictures can be
 * drawn in any order, by several threads at once, and are the same on every machine.
 *
 * <p>On a background lie small marks, now and then a misleading part, the object, and now and then something in
 * front of it; then the picture is blurred a little, its contrast and brightness changed, and noise added.
 */
public final class PictureGenerator {

    private static final int SIZE = Canvas.SIZE;
    private static final int AREA = SIZE * SIZE;

    /** A picture whose class is the seed's: classes take turns, so a run of seeds has as many of each. */
    public LabelledPicture picture(long seed) {
        PictureClass[] classes = PictureClass.values();
        return picture(seed, classes[Math.floorMod(seed, classes.length)]);
    }

    /** A picture of the given class. */
    public LabelledPicture picture(long seed, PictureClass pictureClass) {
        Draws draws = new Draws(seed).split(pictureClass.ordinal());
        int[] background = Background.random(draws);
        Canvas canvas = new Canvas(background);
        double outline = !pictureClass.isShape() && draws.chance(.5) ? draws.uniform(.6, 1.3) : 0;
        Scene scene = new Scene(canvas, draws, mean(background), outline);
        int marks = draws.below(7);
        for (int i = 0; i < marks; i++) {
            Clutter.mark(scene, background);
        }
        if (draws.chance(.15)) {
            Clutter.distractor(scene);
        }
        Facts facts = pictureClass.draw(scene);
        if (draws.chance(.25)) {
            Clutter.occluder(scene);
        }
        return new LabelledPicture(seed, pictureClass, facts, canvas.boxes(), exposed(canvas.averaged(), draws),
                canvas.partMap());
    }

    /** Pictures with seeds that follow each other, as a batch of shape (count, 3, 64, 64) from 0 to 1. */
    public Batch batch(long firstSeed, int count) {
        Batch batch = Batch.zeros(count, 3, SIZE, SIZE);
        for (int image = 0; image < count; image++) {
            picture(firstSeed + image).writeTo(batch, image);
        }
        return batch;
    }

    private static byte[] exposed(float[] values, Draws draws) {
        if (draws.chance(.3)) {
            blur(values, draws.uniform(.3, .8));
        }
        float contrast = (float) draws.uniform(.75, 1.15);
        float brightness = (float) draws.uniform(-18, 18);
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - 128) * contrast + 128 + brightness;
        }
        new Grain(draws).add(values, draws.uniform(0, 9));
        byte[] colours = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            colours[i] = (byte) Math.min(Math.max(values[i], 0), 255);
        }
        return colours;
    }

    /** Blurs with a Gaussian, in place; beyond the border the outermost pixels go on. */
    private static void blur(float[] values, double deviation) {
        int reach = 2;
        float[] weights = new float[2 * reach + 1];
        float sum = 0;
        for (int i = -reach; i <= reach; i++) {
            weights[i + reach] = (float) StrictMath.exp(-i * i / (2 * deviation * deviation));
            sum += weights[i + reach];
        }
        float[] across = new float[AREA];
        for (int channel = 0; channel < 3; channel++) {
            int at = channel * AREA;
            for (int pixel = 0; pixel < AREA; pixel++) {
                int row = pixel / SIZE;
                float total = 0;
                for (int i = -reach; i <= reach; i++) {
                    int column = Math.min(Math.max(pixel % SIZE + i, 0), SIZE - 1);
                    total += weights[i + reach] * values[at + row * SIZE + column];
                }
                across[pixel] = total / sum;
            }
            for (int pixel = 0; pixel < AREA; pixel++) {
                float total = 0;
                for (int i = -reach; i <= reach; i++) {
                    int row = Math.min(Math.max(pixel / SIZE + i, 0), SIZE - 1);
                    total += weights[i + reach] * across[row * SIZE + pixel % SIZE];
                }
                values[at + pixel] = total / sum;
            }
        }
    }

    private static Colour mean(int[] packed) {
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int colour : packed) {
            red += colour >> 16;
            green += colour >> 8 & 255;
            blue += colour & 255;
        }
        return new Colour((int) (red / packed.length), (int) (green / packed.length), (int) (blue / packed.length));
    }
}
