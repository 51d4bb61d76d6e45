package org.loupe.demo.pictures;

import org.loupe.core.Draws;

/** What is in a picture beside its object: small faint marks, a misleading part near the border, something in front. */
final class Clutter {

    private static final int SIZE = Canvas.SIZE;
    private static final double BORDER = 5;

    private Clutter() {
    }

    /** A small mark of about the colour that lies below it. */
    static void mark(Scene scene, int[] background) {
        Draws draws = scene.draws();
        double column = draws.uniform(2, SIZE - 2);
        double row = draws.uniform(2, SIZE - 2);
        Colour colour = Colour.unpacked(background[(int) row * SIZE + (int) column]).varied(draws, 45);
        Pen pen = scene.pen(Affine.at(column, row, 1, draws.uniform(0, 2 * Math.PI)));
        switch (draws.below(4)) {
            case 0 -> {
                double half = draws.uniform(1.5, 3.5);
                pen.thin(Points.of(-half, 0, half, 0), draws.uniform(1, 2.5), colour, Part.NONE);
            }
            case 1 -> pen.plain(Points.ellipse(0, 0, draws.uniform(1, 3.5), draws.uniform(1, 3.5)), colour, Part.NONE);
            case 2 -> pen.plain(Points.ellipse(0, 0, draws.uniform(2, 4.5), draws.uniform(2, 4.5), 0, 3), colour,
                    Part.NONE);
            default -> {
                Points arc = Points.arc(draws.uniform(2.5, 5), 0, draws.uniform(.8, 1.8), 10);
                pen.thin(arc, draws.uniform(1, 2), colour, Part.NONE);
            }
        }
    }

    /** A wheel, window, triangle or dark blob of its own near the border. */
    static void distractor(Scene scene) {
        Draws draws = scene.draws();
        double along = draws.uniform(6, SIZE - 6);
        double edge = draws.chance(.5) ? BORDER : SIZE - BORDER;
        boolean beside = draws.chance(.5);
        Affine affine = Affine.at(beside ? edge : along, beside ? along : edge, draws.uniform(3, 5), draws.uniform(-.3, .3));
        Pen pen = new Pen(scene.canvas(), affine, 0, Part.DISTRACTOR);
        switch (draws.below(4)) {
            case 0 -> Vehicles.wheel(pen, scene, 0, 0, 1);
            case 1 -> pen.plain(Points.rectangle(-1, -.9, 1, .9), Vehicles.glass(scene), Part.WINDOW);
            case 2 -> pen.plain(Points.of(-1, 1, 0, -1.2, 1, 1), Colour.strong(draws, .25), Part.NONE);
            default -> pen.plain(Points.ellipse(0, 0, 1, .8), new Colour(25, 20, 22), Part.NONE);
        }
    }

    /** A bar across the whole picture, or a small polygon, in front of everything. */
    static void occluder(Scene scene) {
        Draws draws = scene.draws();
        double column = draws.uniform(8, SIZE - 8);
        double row = draws.uniform(8, SIZE - 8);
        Pen pen = scene.pen(Affine.at(column, row, 1, draws.uniform(0, Math.PI)));
        Colour colour = Colour.strong(draws, .1);
        if (draws.chance(.5)) {
            pen.plain(Points.rectangle(-2 * SIZE, -draws.uniform(1.2, 2.8), 2 * SIZE, draws.uniform(1.2, 2.8)), colour,
                    Part.OCCLUDER);
        } else {
            double wide = draws.uniform(3, 7);
            double high = draws.uniform(3, 7);
            pen.plain(Points.ellipse(0, 0, wide, high, 0, 3 + draws.below(4)), colour, Part.OCCLUDER);
        }
    }
}
