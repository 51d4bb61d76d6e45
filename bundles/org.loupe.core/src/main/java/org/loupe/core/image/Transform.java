package org.loupe.core.image;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Draws;

/**
 * A random change of where things are in a picture, drawn anew for each picture and step. A picture that excites a
 * unit whatever is drawn does not live on patterns that only fit one alignment (Mordvintsev et al. 2015).
 */
public sealed interface Transform {

    /** Side in pixels for which the published distances are meant. */
    int PUBLISHED_SIZE = 128;

    /** Draws one change, and applies it in front of those that were drawn before. */
    Placement draw(Placement before, Draws draws);

    /** Room around the picture: what is moved in from outside is grey. It changes nothing by itself. */
    record Pad(int pixels) implements Transform {
        @Override
        public Placement draw(Placement before, Draws draws) {
            return before;
        }
    }

    /**
     * Moves by a whole number of pixels, from {@code -pixels / 2} to {@code pixels - pixels / 2} in each direction, as a
     * random crop of a picture does that is larger by that many pixels.
     */
    record Jitter(int pixels) implements Transform {
        @Override
        public Placement draw(Placement before, Draws draws) {
            if (pixels < 1) {
                return before;
            }
            return before.moved(draws.below(pixels + 1) - pixels / 2, draws.below(pixels + 1) - pixels / 2);
        }
    }

    /** Makes larger by one of the factors. */
    record Scale(List<Double> factors) implements Transform {
        public Scale {
            factors = List.copyOf(factors);
        }

        @Override
        public Placement draw(Placement before, Draws draws) {
            return before.scaled(factors.get(draws.below(factors.size())));
        }
    }

    /** Turns about the middle by one of the angles, in degrees. */
    record Rotate(List<Double> degrees) implements Transform {
        public Rotate {
            degrees = List.copyOf(degrees);
        }

        @Override
        public Placement draw(Placement before, Draws draws) {
            return before.turned(Math.toRadians(degrees.get(draws.below(degrees.size()))));
        }
    }

    /**
     * Shows a part of a large picture in the size of a small one: a square that is between {@code least} and
     * {@code most} times as long as what is seen, about a point that is drawn from a normal distribution around the
     * middle with deviation 0.15 of the picture, moved inside where it would stick out (MACO, Fel et al. 2023).
     *
     * @param pixels the shorter side of the picture
     * @param seen   the shorter side of what is seen
     */
    record Crop(int pixels, int seen, double least, double most) implements Transform {

        private static final double DEVIATION = 0.15;

        @Override
        public Placement draw(Placement before, Draws draws) {
            double side = Math.min(pixels, seen * draws.uniform(least, most));
            double reach = (pixels - side) / 2;
            double down = Math.max(-reach, Math.min(reach, draws.gaussian(0, DEVIATION * pixels)));
            double right = Math.max(-reach, Math.min(reach, draws.gaussian(0, DEVIATION * pixels)));
            return before.moved(down, right).scaled(seen / side);
        }

        /** A crop of middling size about the middle of the picture. */
        public Placement middle() {
            return Placement.STRAIGHT.scaled(seen / Math.min(pixels, seen * (least + most) / 2));
        }
    }

    /**
     * The standard list of the field (Lucid): pad 12, jitter 8, scale 0.90 to 1.10 in steps of 0.02, rotate -10 to
     * 10 degrees with five more chances for 0, jitter 4. The distances are for pictures of 128 pixels and larger;
     * for smaller ones they shrink in proportion, so that jitter stays a small share of what a unit sees.
     */
    static List<Transform> standard(int size) {
        return shrunk(Math.min(1, size / (double) PUBLISHED_SIZE));
    }

    /** The published list with the distances as they are, whatever the size of the picture. */
    static List<Transform> published() {
        return shrunk(1);
    }

    /**
     * A little of everything, for units that see little of the picture: jitter of up to a few percent of the side,
     * scale 0.98 to 1.02, rotate -2 to 2 degrees. More of it would blur what they look for.
     */
    static List<Transform> small(int size) {
        return List.of(new Jitter(pixels(8, size / (2.0 * PUBLISHED_SIZE))), new Scale(List.of(.98, .99, 1.0, 1.01, 1.02)),
                new Rotate(List.of(-2.0, -1.0, 0.0, 1.0, 2.0)));
    }

    private static List<Transform> shrunk(double share) {
        List<Double> factors = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
            factors.add(1 + (i - 5) / 50.0);
        }
        List<Double> degrees = new ArrayList<>();
        for (int angle = -10; angle <= 10; angle++) {
            degrees.add((double) angle);
        }
        for (int i = 0; i < 5; i++) {
            degrees.add(0.0);
        }
        return List.of(new Pad(pixels(12, share)), new Jitter(pixels(8, share)), new Scale(factors),
                new Rotate(degrees), new Jitter(pixels(4, share)));
    }

    /** Draws all changes of a list into one placement. */
    static Placement draw(List<Transform> transforms, Draws draws) {
        Placement placement = Placement.STRAIGHT;
        for (Transform transform : transforms) {
            placement = transform.draw(placement, draws);
        }
        return placement;
    }

    private static int pixels(int standard, double share) {
        return (int) Math.max(1, Math.round(standard * share));
    }
}
