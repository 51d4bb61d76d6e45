package org.loupe.demo.pictures;

import org.loupe.core.Draws;
import org.loupe.demo.pictures.Scene.Placed;

/** Cars, buses and bicycles from the side, looking right in their own coordinates. */
final class Vehicles {

    private Vehicles() {
    }

    static Facts car(Scene scene) {
        Placed placed = scene.place(-2.1, -.8, 2.1, 1.3, .9, 1.1, 8);
        car(scene, placed.pen(), 1);
        return placed.factsWithFacing();
    }

    /** A car with its wheels above and its windows below. */
    static Facts carUpsideDown(Scene scene) {
        Placed placed = scene.place(-2.1, -1.3, 2.1, 1, .9, 1.1, 8);
        car(scene, placed.pen(), -1);
        return placed.factsWithFacing();
    }

    private static void car(Scene scene, Pen pen, int down) {
        Draws draws = scene.draws();
        Colour paint = Colour.strong(draws, .35);
        Colour glass = glass(scene);
        double height = draws.uniform(.55, .9);
        cabin(pen, paint, height, down);
        windows(pen, glass, height, down);
        carBody(pen, paint, down);
        pen.plain(Points.circle(1.9, .28 * down, .14), new Colour(255, 235, 130), Part.LIGHT);
        double radius = draws.uniform(.38, .48);
        wheel(pen, scene, -1.2, .88 * down, radius);
        wheel(pen, scene, 1.2, .88 * down, radius);
    }

    /** @param down 1 for a car on its wheels, -1 for one on its roof */
    static void cabin(Pen pen, Colour paint, double height, int down) {
        pen.fill(Points.of(-1.45, .1 * down, -.85, -height * down, .55, -height * down, 1.2, .1 * down),
                paint.times(.9), Part.CABIN);
    }

    static void windows(Pen pen, Colour glass, double height, int down) {
        double top = -(height - .14) * down;
        pen.fill(Points.of(-1.12, 0, -.72, top, -.18, top, -.18, 0), glass, Part.WINDOW);
        pen.fill(Points.of(-.02, 0, -.02, top, .45, top, .88, 0), glass, Part.WINDOW);
    }

    static void carBody(Pen pen, Colour paint, int down) {
        pen.fill(Points.roundedRectangle(-2, Math.min(0, .85 * down), 2.05, Math.max(0, .85 * down), .25), paint,
                Part.BODY);
    }

    static void wheel(Pen pen, Scene scene, double right, double down, double radius) {
        Colour tyre = new Colour(30, 30, 34).varied(scene.draws(), 8);
        pen.plain(Points.circle(right, down, radius), tyre, Part.WHEEL);
        pen.plain(Points.circle(right, down, .45 * radius), new Colour(190, 190, 195).varied(scene.draws(), 18), Part.HUB);
    }

    static Colour glass(Scene scene) {
        return scene.oneOf(12, new double[] {.45, .35, .2}, new Colour(160, 205, 235), new Colour(205, 230, 245),
                new Colour(70, 90, 115));
    }

    static Facts bus(Scene scene) {
        Draws draws = scene.draws();
        Placed placed = scene.place(-2.1, -1.2, 2.1, 1.25, .9, 1.1, 8);
        Pen pen = placed.pen();
        Colour paint = Colour.strong(draws, .4);
        Colour glass = glass(scene);
        double top = -draws.uniform(.85, 1.2);
        pen.fill(Points.roundedRectangle(-2.05, top, 2.05, .85, .16), paint, Part.BODY);
        int count = 4 + draws.below(2);
        double width = 3.0 / count;
        for (int i = 0; i < count; i++) {
            double left = -1.85 + i * width;
            pen.fill(Points.rectangle(left, top + .25, left + .78 * width, top + .9), glass, Part.WINDOW);
        }
        pen.fill(Points.rectangle(1.3, top + .25, 1.85, .7), glass, Part.DOOR);
        pen.stroke(Points.of(-2.05, top + 1.2, 1.25, top + 1.2), .14, paint.times(.6), Part.NONE);
        wheel(pen, scene, -1.25, .88, draws.uniform(.34, .42));
        wheel(pen, scene, .85, .88, draws.uniform(.34, .42));
        return placed.factsWithFacing();
    }

    static Facts bicycle(Scene scene) {
        Draws draws = scene.draws();
        Placed placed = scene.place(-1.95, -1, 1.95, 1.35, .9, 1.08, 8);
        Pen pen = placed.pen();
        Colour paint = scene.contrasting();
        Colour plain = scene.ground().luminance() > 110 ? new Colour(25, 25, 28) : new Colour(225, 225, 225);
        Colour tyre = draws.chance(.5) ? paint : plain;
        double radius = draws.uniform(.72, .85);
        spokedWheel(pen, draws, tyre, -1.1, .5, radius);
        spokedWheel(pen, draws, tyre, 1.1, .5, radius);
        double width = Math.max(.12, 1.5 / placed.scale());
        pen.stroke(Points.of(-1.1, .5, -.35, -.5, .75, -.5, 0, .55, -1.1, .5), width, paint, Part.FRAME);
        pen.stroke(Points.of(-.45, -.75, 0, .55), width, paint, Part.FRAME);
        pen.stroke(Points.of(1.1, .5, .7, -.8, 1, -.95), width, paint, Part.FRAME);
        pen.stroke(Points.of(-.7, -.8, -.2, -.8), 1.8 * width, paint, Part.NONE);
        return placed.factsWithFacing();
    }

    private static void spokedWheel(Pen pen, Draws draws, Colour tyre, double right, double down, double radius) {
        double width = Math.max(.16 * radius, 1.3 / pen.affine().scale());
        pen.stroke(Points.circle(right, down, radius).closed(), width, tyre, Part.WHEEL);
        double first = draws.uniform(0, Math.PI);
        for (int i = 0; i < 3; i++) {
            double along = radius * StrictMath.cos(first + i * Math.PI / 3);
            double across = radius * StrictMath.sin(first + i * Math.PI / 3);
            pen.thin(Points.of(right - along, down - across, right + along, down + across), .6, tyre.times(2.2), Part.NONE);
        }
    }
}
