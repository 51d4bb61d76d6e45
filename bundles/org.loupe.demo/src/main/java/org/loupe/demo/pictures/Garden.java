package org.loupe.demo.pictures;

import org.loupe.core.Draws;
import org.loupe.demo.pictures.Scene.Placed;

/** Houses, trees and flowers. */
final class Garden {

    private Garden() {
    }

    static Facts house(Scene scene) {
        Placed placed = scene.place(-1.4, -1.6, 1.4, 1.2, .8, 1.02, 7);
        house(scene, placed.pen(), 1);
        return placed.facts();
    }

    /** A house whose roof is below. */
    static Facts houseUpsideDown(Scene scene) {
        Placed placed = scene.place(-1.4, -1.2, 1.4, 1.6, .8, 1.02, 7);
        house(scene, placed.pen(), -1);
        return placed.facts();
    }

    private static void house(Scene scene, Pen pen, int down) {
        Draws draws = scene.draws();
        Colour wall = scene.oneOf(18, new Colour(220, 200, 160), new Colour(190, 90, 70), new Colour(235, 235, 230),
                new Colour(150, 160, 175), new Colour(200, 180, 90));
        Colour roof = scene.oneOf(18, new Colour(150, 50, 40), new Colour(90, 60, 50), new Colour(70, 75, 90),
                new Colour(60, 100, 70));
        Colour glass = Vehicles.glass(scene);
        if (draws.chance(.4)) {
            pen.fill(Points.rectangle(.55, -1.5 * down, .9, -.6 * down), roof.times(.8), Part.NONE);
        }
        pen.fill(Points.rectangle(-1.1, -.3 * down, 1.1, 1.2 * down), wall, Part.WALL);
        pen.fill(Points.of(-1.4, -.3 * down, 0, -draws.uniform(1.2, 1.6) * down, 1.4, -.3 * down), roof, Part.ROOF);
        double[] places = {-.7, 0, .6};
        double door = places[draws.below(places.length)];
        pen.fill(Points.rectangle(door - .22, .35 * down, door + .22, 1.2 * down), roof.times(.7), Part.DOOR);
        for (double right : new double[] {-.7, .65, 0}) {
            if (Math.abs(right - door) > .5) {
                pen.fill(Points.rectangle(right - .24, -.05 * down, right + .24, .45 * down), glass, Part.WINDOW);
            }
        }
    }

    static Facts tree(Scene scene) {
        Draws draws = scene.draws();
        Placed placed = scene.place(-1.2, -1.6, 1.2, 1.6, .8, 1.05, 7);
        Pen pen = placed.pen();
        Colour green = scene.oneOf(18, new double[] {.35, .3, .2, .15}, new Colour(50, 120, 50), new Colour(90, 150, 60),
                new Colour(40, 90, 60), new Colour(170, 140, 50));
        boolean conifer = draws.chance(.5);
        pen.fill(Points.of(-.17, .3, .17, .3, .24, 1.6, -.24, 1.6), new Colour(105, 70, 40).varied(draws, 18), Part.TRUNK);
        if (conifer) {
            double[][] tiers = {{.75, 1.1}, {.1, .9}, {-.5, .66}};
            for (double[] tier : tiers) {
                pen.fill(Points.of(-tier[1], tier[0], 0, tier[0] - 1.15, tier[1], tier[0]),
                        green.times(draws.uniform(.9, 1.1)), Part.CROWN);
            }
        } else {
            double[][] discs = {{-.5, 0, .65}, {.5, 0, .65}, {0, -.65, .8}, {0, .05, .7}};
            for (double[] disc : discs) {
                pen.plain(Points.circle(disc[0], disc[1], disc[2]), green.times(draws.uniform(.92, 1.1)), Part.CROWN);
            }
        }
        return placed.facts().withKind(conifer ? "conifer" : "round");
    }

    static Facts flower(Scene scene) {
        Draws draws = scene.draws();
        Placed placed = scene.place(-1.2, -1.2, 1.2, 2.1, .85, 1.05, 15);
        Pen pen = placed.pen();
        double[] hues = {.95, 0, .13, .8, .6, .9};
        Colour petal = Colour.hsv(hues[draws.below(hues.length)], draws.uniform(.3, .95), draws.uniform(.75, 1));
        int petals = 5 + draws.below(4);
        double first = draws.uniform();
        Colour green = new Colour(60, 130, 50);
        pen.stroke(Points.bow(0, 0, draws.uniform(-.3, .3), 1, 0, 2.1), .15, green.varied(draws, 18), Part.STEM);
        pen.plain(Points.ellipse(.45, 1.4, .45, .17, -.5, 28), green.varied(draws, 18), Part.NONE);
        for (int i = 0; i < petals; i++) {
            double angle = first + i * 2 * Math.PI / petals;
            pen.fill(Points.ellipse(.68 * StrictMath.cos(angle), .68 * StrictMath.sin(angle), .52, 1.25 / petals + .1,
                    angle, 18), petal, Part.PETAL);
        }
        Colour centre = scene.oneOf(18, new Colour(240, 200, 50), new Colour(120, 70, 30), new Colour(250, 240, 200));
        pen.plain(Points.circle(0, 0, .36), centre, Part.FLOWER_CENTRE);
        return placed.facts().withKind(petals + " petals");
    }
}
