package org.loupe.demo.pictures;

import org.loupe.core.Draws;
import org.loupe.demo.pictures.Scene.Placed;

/** Fish and sailing boats. */
final class Water {

    private Water() {
    }

    static Facts fish(Scene scene) {
        Draws draws = scene.draws();
        Placed placed = scene.place(-1.9, -.9, 1.5, .9, .8, 1.05, 18);
        Pen pen = placed.pen();
        Colour skin = Colour.hsv(draws.uniform(), draws.uniform(.35, 1), draws.uniform(.5, 1));
        Colour fin = skin.times(.7);
        double height = draws.uniform(.6, .85);
        pen.fill(Points.of(-1, 0, -1.9, -.75, -1.65, 0, -1.9, .75), fin, Part.FISH_TAIL);
        pen.fill(Points.of(-.5, -.7 * height, -.1, -height - .35, .5, -.75 * height), fin, Part.FIN);
        pen.fill(Points.ellipse(.1, 0, 1.35, height), skin, Part.FISH_BODY);
        if (draws.chance(.5)) {
            for (double right : new double[] {-.5, -.1, .3}) {
                Colour stripe = draws.chance(.5) ? skin.times(1.35) : fin;
                pen.stroke(Points.bow(right, -.75 * height, right + .15, 0, right, .75 * height), .16, stripe, Part.NONE);
            }
        }
        pen.plain(Points.of(-.1, .15, -.6, .5, -.1, .5), fin, Part.FIN);
        pen.plain(Points.circle(.95, -.18, .19), new Colour(250, 250, 250), Part.FISH_EYE);
        pen.plain(Points.circle(.98, -.18, .1), new Colour(10, 10, 10), Part.NONE);
        return placed.factsWithFacing();
    }

    static Facts boat(Scene scene) {
        Draws draws = scene.draws();
        Placed placed = scene.place(-1.6, -1.7, 1.6, 1.3, .85, 1.05, 8);
        Pen pen = placed.pen();
        Colour hull = Colour.strong(draws, .25);
        Colour sail = scene.oneOf(18, new double[] {.6, .2, .2}, new Colour(245, 245, 240), new Colour(230, 80, 60),
                new Colour(240, 210, 120));
        pen.stroke(Points.of(0, .5, 0, -1.7), .1, new Colour(90, 60, 40), Part.MAST);
        pen.fill(Points.of(.1, -1.6, .1, .25, 1.25, .25), sail, Part.SAIL);
        if (draws.chance(.7)) {
            pen.fill(Points.of(-.1, -1.3, -.1, .25, -.95, .25), sail.times(.9), Part.SAIL);
        }
        pen.fill(Points.of(-1.6, .5, 1.6, .5, 1.05, 1.2, -1.1, 1.2), hull, Part.HULL);
        if (draws.chance(.5)) {
            waves(pen);
        }
        return placed.facts();
    }

    private static void waves(Pen pen) {
        int corners = 40;
        double[] points = new double[2 * corners];
        for (int i = 0; i < corners; i++) {
            double right = -2.2 + 4.4 * i / (corners - 1);
            points[2 * i] = right;
            points[2 * i + 1] = 1.25 + .08 * StrictMath.sin(7 * right);
        }
        pen.stroke(new Points(points), .2, new Colour(70, 120, 190), Part.NONE);
    }
}
