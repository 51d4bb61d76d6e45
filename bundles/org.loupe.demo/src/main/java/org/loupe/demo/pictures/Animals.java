package org.loupe.demo.pictures;

import org.loupe.core.Draws;
import org.loupe.demo.pictures.Scene.Placed;

/** Dogs in profile; cats' and foxes' faces from the front. */
final class Animals {

    private static final Colour DARK = new Colour(20, 15, 15);
    private static final Colour NOSE = new Colour(25, 20, 22);

    private Animals() {
    }

    /** A dog's head, its head and neck, or the whole dog, looking right in its own coordinates. */
    static Facts dog(Scene scene) {
        Draws draws = scene.draws();
        Colour fur = fur(scene);
        Colour ear = fur.times(draws.uniform(.5, .75));
        switch (draws.pick(.25, .45, .3)) {
            case 0 -> {
                Placed placed = scene.place(-1, -.9, 1.9, 1, .82, 1.08, 15);
                dogHead(placed.pen(), draws, fur, ear);
                return placed.factsWithFacing().withView("head");
            }
            case 1 -> {
                Placed placed = scene.place(-2, -.9, 1.9, 2.4, .82, 1.08, 15);
                dogNeck(placed.pen(), draws, fur, false);
                dogHead(placed.pen(), draws, fur, ear);
                return placed.factsWithFacing().withView("head and neck");
            }
            default -> {
                Placed placed = scene.place(-5, -.9, 1.9, 4.4, .82, 1.08, 15);
                dogBody(placed.pen(), fur);
                dogNeck(placed.pen(), draws, fur, false);
                dogHead(placed.pen(), draws, fur, ear);
                return placed.factsWithFacing().withView("full");
            }
        }
    }

    /** A dog's head whose neck goes down in front instead of behind. */
    static Facts dogWithWrongNeck(Scene scene) {
        Colour fur = fur(scene);
        Colour ear = fur.times(scene.draws().uniform(.5, .75));
        Placed placed = scene.place(-1, -.9, 2.2, 2.4, .82, 1.08, 15);
        dogNeck(placed.pen(), scene.draws(), fur, true);
        dogHead(placed.pen(), scene.draws(), fur, ear);
        return placed.factsWithFacing().withView("head and neck");
    }

    static Colour fur(Scene scene) {
        return scene.oneOf(14, new Colour(150, 95, 50), new Colour(205, 165, 105), new Colour(95, 70, 55),
                new Colour(225, 215, 200), new Colour(60, 55, 55), new Colour(180, 120, 60));
    }

    static void dogHead(Pen pen, Draws draws, Colour fur, Colour ear) {
        pen.fill(Points.ellipse(0, 0, 1, .86), fur, Part.DOG_HEAD);
        pen.fill(Points.ellipse(1, .28, .82, .42, .06, 28), fur.times(draws.uniform(.95, 1.2)), Part.DOG_SNOUT);
        pen.plain(Points.ellipse(.15, .02, .85, .74), fur, Part.NONE);
        pen.stroke(Points.bow(1.7, .42, 1.3, .62, .85, .5), .08, new Colour(40, 25, 25), Part.NONE);
        pen.plain(Points.ellipse(1.68, .1, .22, .19), NOSE, Part.DOG_NOSE);
        pen.plain(Points.circle(.42, -.26, .15), DARK, Part.DOG_EYE);
        pen.plain(Points.circle(.46, -.3, .05), new Colour(250, 250, 250), Part.NONE);
        pen.fill(Points.ellipse(-.42, .16, .36, .82, draws.uniform(.1, .45), 28), ear, Part.DOG_EAR);
    }

    static void dogNeck(Pen pen, Draws draws, Colour fur, boolean mirrored) {
        double side = mirrored ? -1 : 1;
        pen.fill(Points.of(-.95 * side, -.25, .25 * side, .8, -.75 * side, 2.5, -2.25 * side, 1.75), fur.times(.93),
                Part.DOG_NECK);
        if (draws.chance(.45)) {
            pen.stroke(Points.of(-1.35 * side, .35, -.1 * side, 1.3), .26, Colour.strong(draws, .5), Part.NONE);
        }
    }

    private static void dogBody(Pen pen, Colour fur) {
        for (double leg : new double[] {-1.3, -1.75, -3.7, -4.1}) {
            pen.fill(Points.roundedRectangle(leg - .2, 2.6, leg + .2, 4.5, .15), fur.times(.85), Part.DOG_LEG);
        }
        pen.stroke(Points.bow(-4.3, 1.9, -5.1, 1.6, -5.1, .7), .34, fur.times(.9), Part.NONE);
        pen.fill(Points.ellipse(-2.7, 2.25, 1.85, .98), fur, Part.DOG_BODY);
    }

    static Facts cat(Scene scene) {
        Placed placed = scene.place(-1.3, -1.4, 1.3, .95, .72, 1, 15);
        catFace(placed.pen(), scene, true);
        return placed.facts();
    }

    static Facts catWithEarsBelow(Scene scene) {
        Placed placed = scene.place(-1.3, -.95, 1.3, 1.4, .72, 1, 15);
        catFace(placed.pen(), scene, false);
        return placed.facts();
    }

    static void catFace(Pen pen, Scene scene, boolean earsAbove) {
        Draws draws = scene.draws();
        Colour fur = scene.oneOf(12, new double[] {.28, .2, .2, .17, .15}, new Colour(130, 130, 135),
                new Colour(70, 68, 72), new Colour(165, 120, 80), new Colour(225, 220, 212), new Colour(225, 140, 60));
        double up = earsAbove ? -1 : 1;
        for (int side = -1; side <= 1; side += 2) {
            pen.fill(Points.of(side * .95, up * .35, side * .92, up * 1.45, side * .2, up * .78), fur, Part.CAT_EAR);
            pen.plain(Points.of(side * .82, up * .6, side * .82, up * 1.2, side * .42, up * .82),
                    new Colour(230, 160, 160), Part.NONE);
        }
        pen.fill(Points.ellipse(0, 0, 1.08, .92), fur, Part.CAT_HEAD);
        if (draws.chance(.5)) {
            for (double right : new double[] {-.25, 0, .25}) {
                pen.stroke(Points.of(right, -.85, .8 * right, -.5), .1, fur.times(.55), Part.NONE);
            }
        }
        Colour iris = scene.oneOf(18, new Colour(120, 190, 80), new Colour(220, 190, 60), new Colour(110, 170, 210));
        for (int side = -1; side <= 1; side += 2) {
            pen.plain(Points.ellipse(side * .45, -.12, .25, .21), iris, Part.CAT_EYE);
            pen.plain(Points.ellipse(side * .45, -.12, .08, .2), new Colour(10, 10, 10), Part.NONE);
        }
        pen.plain(Points.of(-.14, .22, .14, .22, 0, .4), new Colour(225, 120, 130), Part.CAT_NOSE);
        mouthAndWhiskers(pen, fur);
    }

    private static void mouthAndWhiskers(Pen pen, Colour fur) {
        boolean dark = fur.red() + fur.green() + fur.blue() < 420;
        Colour hair = dark ? new Colour(245, 245, 245) : new Colour(60, 60, 60);
        for (int side = -1; side <= 1; side += 2) {
            pen.stroke(Points.bow(0, .4, side * .1, .62, side * .3, .55), .06, hair, Part.NONE);
            for (double down : new double[] {-.14, .02, .18}) {
                pen.thin(Points.of(side * .4, .4 + down * .4, side * 1.45, .3 + down * 1.9), .7, hair, Part.WHISKER);
            }
        }
    }

    static Facts fox(Scene scene) {
        Placed placed = scene.place(-1.2, -1.6, 1.2, 1.4, .75, 1, 15);
        foxFace(placed.pen(), scene);
        return placed.facts();
    }

    static void foxFace(Pen pen, Scene scene) {
        Colour fur = scene.oneOf(12, new Colour(225, 110, 35), new Colour(205, 85, 30), new Colour(235, 140, 60));
        for (int side = -1; side <= 1; side += 2) {
            pen.fill(Points.of(side * 1.05, -.1, side, -1.6, side * .1, -.75), fur, Part.FOX_EAR);
            pen.plain(Points.of(side * 1.03, -1, side, -1.6, side * .66, -1.26), new Colour(35, 25, 22), Part.NONE);
        }
        pen.fill(Points.of(-.6, -.85, .6, -.85, 1.2, .05, .75, .55, 0, 1.4, -.75, .55, -1.2, .05), fur, Part.FOX_HEAD);
        for (int side = -1; side <= 1; side += 2) {
            pen.plain(Points.of(side * 1.15, .1, side * .35, .12, 0, 1.35, side * .7, .57),
                    new Colour(248, 244, 238), Part.FOX_CHEEK);
            pen.plain(Points.ellipse(side * .45, -.12, .16, .13, side * .3, 14), DARK, Part.FOX_EYE);
        }
        pen.plain(Points.ellipse(0, 1.22, .2, .16), NOSE, Part.FOX_NOSE);
    }
}
