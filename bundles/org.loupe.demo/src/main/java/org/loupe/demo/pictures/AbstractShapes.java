package org.loupe.demo.pictures;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Draws;

/** Shapes that are nothing but shapes: arcs, circles, spirals, polygons and parallel lines, in one clear colour. */
final class AbstractShapes {

    private static final double TURN = 2 * Math.PI;
    private static final double MIDDLE = Canvas.SIZE / 2.0;

    private AbstractShapes() {
    }

    static Facts arc(Scene scene) {
        Draws draws = scene.draws();
        Colour colour = scene.contrasting();
        int count = draws.chance(.35) ? 2 : 1;
        List<Arc> arcs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double radius = count == 1 ? draws.uniform(9, 26) : draws.uniform(8, 15);
            double span = StrictMath.toRadians(draws.uniform(60, 165));
            double apex = draws.uniform(0, TURN);
            double apart = count == 1 ? 0 : (2 * i - 1) * 12;
            double column = MIDDLE - .75 * radius * StrictMath.cos(apex) + draws.uniform(-7, 7) + apart;
            double row = MIDDLE - .75 * radius * StrictMath.sin(apex) + draws.uniform(-7, 7);
            double width = draws.uniform(2, 5.5);
            Points points = Points.arc(radius, apex - span / 2, apex + span / 2, 24);
            scene.pen(Affine.at(column, row, 1)).stroke(points, width, colour, Part.CURVE);
            arcs.add(new Arc(row, column, radius, StrictMath.toDegrees(apex), StrictMath.toDegrees(span), width));
        }
        Facts facts = Facts.of(count == 1 ? "one" : "two", arcs.get(0).radius(), 0);
        return new Facts(facts.facing(), facts.kind(), facts.view(), facts.scale(), facts.rotation(), arcs);
    }

    static Facts circle(Scene scene) {
        Draws draws = scene.draws();
        Colour colour = scene.contrasting();
        double radius = draws.uniform(9, 26);
        double column = offCentre(draws, 30 - radius);
        double row = offCentre(draws, 30 - radius);
        Pen pen = scene.pen(Affine.of(column, row, 1, draws.uniform(0, 3), false, draws.uniform(.92, 1.08), 0));
        boolean filled = draws.chance(.3);
        double width = filled ? 0 : draws.uniform(2, 5.5);
        Points points = Points.ellipse(0, 0, radius, radius, 0, 48);
        if (filled) {
            pen.plain(points, colour, Part.CURVE);
        } else {
            pen.stroke(points.closed(), width, colour, Part.CURVE);
        }
        return Facts.of(filled ? "disc" : "ring", radius, 0, new Arc(row, column, radius, 0, 360, width));
    }

    static Facts spiral(Scene scene) {
        Draws draws = scene.draws();
        Colour colour = scene.contrasting();
        double radius = draws.uniform(16, 29);
        double turns = draws.uniform(1.8, 3.2);
        double start = draws.uniform(0, TURN);
        int corners = 90;
        double[] points = new double[2 * corners];
        for (int i = 0; i < corners; i++) {
            double along = .06 + .94 * i / (corners - 1);
            points[2 * i] = radius * along * StrictMath.cos(start + along * turns * TURN);
            points[2 * i + 1] = radius * along * StrictMath.sin(start + along * turns * TURN);
        }
        boolean mirrored = draws.chance(.5);
        double column = offCentre(draws, 31 - radius);
        double row = offCentre(draws, 31 - radius);
        double width = draws.uniform(1.8, Math.min(4.2, .5 * radius / turns));
        scene.pen(Affine.of(column, row, 1, 0, mirrored, 1, 0)).stroke(new Points(points), width, colour, Part.CURVE);
        return Facts.of(mirrored ? "anticlockwise" : "clockwise", radius, 0);
    }

    static Facts polygon(Scene scene) {
        Draws draws = scene.draws();
        Colour colour = scene.contrasting();
        int corners = 3 + draws.below(3);
        double radius = draws.uniform(13, 27);
        double rotation = draws.uniform(0, TURN);
        double column = offCentre(draws, 29 - radius);
        double row = offCentre(draws, 29 - radius);
        Pen pen = scene.pen(Affine.of(column, row, 1, 0, false, draws.uniform(.85, 1.18), 0));
        Points points = Points.ellipse(0, 0, radius, radius, rotation, corners);
        if (draws.chance(.4)) {
            pen.plain(points, colour, Part.POLYGON_EDGE);
        } else {
            pen.stroke(points.closed(), draws.uniform(2, 5), colour, Part.POLYGON_EDGE);
        }
        String[] kinds = {"triangle", "quadrilateral", "pentagon"};
        return Facts.of(kinds[corners - 3], radius, StrictMath.toDegrees(rotation));
    }

    static Facts lines(Scene scene) {
        Draws draws = scene.draws();
        Colour colour = scene.contrasting();
        int count = 3 + draws.below(4);
        double rotation = draws.uniform(0, Math.PI);
        double gap = draws.uniform(6, 10);
        double half = draws.uniform(16, 30);
        double width = draws.uniform(1.8, 4);
        Pen pen = scene.pen(Affine.at(MIDDLE + draws.uniform(-5, 5), MIDDLE + draws.uniform(-5, 5), 1, rotation));
        for (int i = 0; i < count; i++) {
            double down = (i - (count - 1) / 2.0) * gap;
            double right = half * draws.uniform(.8, 1);
            pen.stroke(Points.of(-right, down, right, down), width, colour, Part.LINE);
        }
        return Facts.of("", half, StrictMath.toDegrees(rotation));
    }

    private static double offCentre(Draws draws, double room) {
        double free = Math.max(0, room);
        return MIDDLE + draws.uniform(-free, free);
    }
}
