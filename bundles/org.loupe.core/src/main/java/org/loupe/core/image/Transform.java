package org.loupe.core.image;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Draws;

/**
 * A random change of where things are in a picture, drawn anew for each picture and step. A picture that excites a
 * unit whatever is drawn does not live on patterns that only fit one alignment (Mordvintsev et al. 2015).
 */
public sealed interface Transform {

    /** Draws one change, and applies it in front of those that were drawn before. */
    Placement draw(Placement before, Draws draws);

    /** Room around the picture: what is moved in from outside is grey. It changes nothing by itself. */
    record Pad(int pixels) implements Transform {
        @Override
        public Placement draw(Placement before, Draws draws) {
            return before;
        }
    }

    /** Moves by a whole number of pixels, from {@code -pixels / 2} to {@code pixels - 1 - pixels / 2} in each direction. */
    record Jitter(int pixels) implements Transform {
        @Override
        public Placement draw(Placement before, Draws draws) {
            if (pixels < 1) {
                return before;
            }
            return before.moved(draws.below(pixels) - pixels / 2, draws.below(pixels) - pixels / 2);
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
     * The standard list of the field (Lucid): pad 12, jitter 8, scale 0.90 to 1.10 in steps of 0.02, rotate -10 to
     * 10 degrees with five more chances for 0, jitter 4. The distances are for pictures of 128 pixels and larger;
     * for smaller ones they shrink in proportion, so that jitter stays a small share of what a unit sees.
     */
    static List<Transform> standard(int size) {
        double share = Math.min(1, size / 128.0);
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
