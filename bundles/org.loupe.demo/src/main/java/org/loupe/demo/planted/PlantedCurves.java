package org.loupe.demo.planted;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.demo.pictures.Stimuli;

/**
 * Lines make curves, curves make circles and spirals: every kernel is written down, only its scale is measured.
 *
 * <p>Layer {@code p1} sees light and dark lines in 8 orientations; {@code p2} curves with their apex in 8
 * directions, and long lines; {@code p3} small and large circles, and spirals of both hands in 4 phases;
 * {@code p4} adds up the circles, and the spirals.
 */
final class PlantedCurves {

    static final String NAME = "planted-curves";

    private static final int ORIENTATIONS = 8;
    private static final int CURVES = 8;
    private static final int LINE_CHANNELS = 2 * ORIENTATIONS;
    private static final int P2_CHANNELS = CURVES + ORIENTATIONS;
    private static final int QUARTERS = 4;
    private static final int P3_CHANNELS = 2 + 2 * QUARTERS;
    private static final double STEP_DEGREES = 22.5;
    private static final double RADIUS = 14;
    private static final double[] CIRCLES = {12, 20};
    private static final int LARGE = 1;
    private static final String ABOUT = "Wired by hand, not trained: lines (p1) make curves (p2), curves make circles and"
            + " spirals (p3). Which unit is built from which is known exactly, so explanations can be tested on it. It"
            + " knows strokes of about 3.5 pixels, curves of radius 14 and circles of radius 12 and 20.";

    private final Truth truth = new Truth();

    private PlantedCurves() {
    }

    /** Writes and scales all kernels; takes some seconds. */
    static Network build() {
        PlantedCurves planted = new PlantedCurves();
        Circuit circuit = new Circuit(NAME, ABOUT, planted.truth);
        circuit.rectified("p1", planted.lines(), 2);
        Kernels curves = planted.curves();
        Batch responses = circuit.tried(curves, curveStimuli());
        for (int channel = 0; channel < P2_CHANNELS; channel++) {
            curves.scale(channel, 1 / Circuit.peak(responses, channel, channel, 2));
        }
        circuit.rectified("p2", curves, 1);
        circuit.pool("p2.pool");
        Kernels circles = planted.circles();
        responses = circuit.tried(circles, circleStimuli());
        for (int channel = 0; channel < P3_CHANNELS; channel++) {
            circles.scale(channel, 1 / Circuit.peak(responses, channel, channel, 1));
        }
        circuit.rectified("p3", circles, 1);
        circuit.sums("p4", planted.sums());
        return circuit.network();
    }

    /** What is known about the network, without building it. */
    static Truth truth() {
        PlantedCurves planted = new PlantedCurves();
        planted.lines();
        planted.curves();
        planted.circles();
        planted.sums();
        return planted.truth;
    }

    private Kernels lines() {
        Gabor gabor = new Gabor(7, 8, 1.9, 0);
        Kernels kernels = new Kernels(LINE_CHANNELS, 3, 7);
        List<String> names = new ArrayList<>();
        for (int channel = 0; channel < LINE_CHANNELS; channel++) {
            double degrees = channel / 2 * STEP_DEGREES;
            boolean light = channel % 2 == 1;
            for (int colour = 0; colour < 3; colour++) {
                kernels.add(channel, colour, gabor.along(StrictMath.toRadians(degrees)), (light ? 1 : -1) / 3.0);
            }
            kernels.bias(channel, -.2);
            names.add((light ? "light line " : "dark line ") + degrees(degrees));
        }
        truth.names("p1", names);
        return kernels;
    }

    private Kernels curves() {
        Kernels kernels = new Kernels(P2_CHANNELS, LINE_CHANNELS, 11);
        List<String> names = new ArrayList<>();
        for (int curve = 0; curve < CURVES; curve++) {
            double apex = 360.0 * curve / CURVES;
            curve(kernels, curve, apex);
            kernels.bias(curve, -.2);
            names.add("curve " + degrees(apex));
        }
        for (int line = 0; line < ORIENTATIONS; line++) {
            longLine(kernels, CURVES + line, line * STEP_DEGREES);
            kernels.bias(CURVES + line, -.3);
            names.add("long line " + degrees(line * STEP_DEGREES));
        }
        truth.names("p2", names);
        return kernels;
    }

    /** For each channel of {@code p2}, in order, what it should answer with 1. */
    private static List<Batch> curveStimuli() {
        List<Batch> stimuli = new ArrayList<>();
        for (int curve = 0; curve < CURVES; curve++) {
            stimuli.add(Stimuli.arc(360.0 * curve / CURVES, RADIUS, 90));
        }
        for (int line = 0; line < ORIENTATIONS; line++) {
            stimuli.add(Stimuli.line(line * STEP_DEGREES));
        }
        return stimuli;
    }

    /** Lines along an arc excite; lines along the mirrored arc, and along the tangent where the arc has left it, inhibit. */
    private static void curve(Kernels kernels, int channel, double apex) {
        double angle = StrictMath.toRadians(apex);
        double radius = RADIUS / 2;
        for (int side = 1; side >= -1; side -= 2) {
            for (int degrees = -46; degrees <= 46; degrees += 4) {
                if (side < 0 && Math.abs(degrees) < 18) {
                    continue;
                }
                double here = (side > 0 ? angle : angle + Math.PI) + StrictMath.toRadians(degrees);
                double row = radius * (StrictMath.sin(here) - side * StrictMath.sin(angle));
                double column = radius * (StrictMath.cos(here) - side * StrictMath.cos(angle));
                if (kernels.reaches(row, column, .3)) {
                    addLine(kernels, channel, row, column, StrictMath.toDegrees(here) + 90, side > 0 ? 1 : -.6);
                }
            }
        }
        for (double along : new double[] {-4.6, -3.6, 3.6, 4.6}) {
            addLine(kernels, channel, along * StrictMath.cos(angle), -along * StrictMath.sin(angle), apex + 90, -1.2);
        }
    }

    /** Excitement, or inhibition, by lines of about an orientation at one place. */
    private static void addLine(Kernels kernels, int channel, double row, double column, double degrees, double amount) {
        for (int line = 0; line < LINE_CHANNELS; line++) {
            double apart = difference(degrees, line / 2 * STEP_DEGREES, 180) / 14;
            kernels.add(channel, line, row, column, .7, amount * StrictMath.exp(-apart * apart / 2));
        }
    }

    private static void longLine(Kernels kernels, int channel, double degrees) {
        double angle = StrictMath.toRadians(degrees);
        for (int i = 0; i <= 12; i++) {
            double along = -5 + .8 * i;
            for (int line = 0; line < LINE_CHANNELS; line++) {
                double apart = difference(degrees, line / 2 * STEP_DEGREES, 180) / 11;
                kernels.add(channel, line, along * StrictMath.sin(angle), along * StrictMath.cos(angle), .7,
                        StrictMath.exp(-apart * apart / 2) - .35);
            }
        }
    }

    private Kernels circles() {
        Kernels kernels = new Kernels(P3_CHANNELS, P2_CHANNELS, 11);
        List<String> names = new ArrayList<>(List.of("small circle", "large circle"));
        for (int circle = 0; circle < CIRCLES.length; circle++) {
            circle(kernels, circle, CIRCLES[circle]);
            kernels.bias(circle, circle == LARGE ? -.5 : -.45);
        }
        for (int spiral = 0; spiral < 2 * QUARTERS; spiral++) {
            boolean clockwise = spiral < QUARTERS;
            int quarters = spiral % QUARTERS;
            spiral(kernels, CIRCLES.length + spiral, clockwise, quarters);
            kernels.bias(CIRCLES.length + spiral, -.45);
            names.add((clockwise ? "clockwise" : "anticlockwise") + " spiral " + degrees(90 * quarters));
        }
        for (int channel = 0; channel < P3_CHANNELS; channel++) {
            for (int curve = 0; curve < CURVES; curve++) {
                truth.edge(new Unit("p2", curve), new Unit("p3", channel), true);
            }
        }
        truth.names("p3", names);
        return kernels;
    }

    /** For each channel of {@code p3}, in order, what it should answer with 1. */
    private static List<Batch> circleStimuli() {
        List<Batch> stimuli = new ArrayList<>();
        for (double radius : CIRCLES) {
            stimuli.add(Stimuli.ring(radius, 0, 360));
        }
        for (int spiral = 0; spiral < 2 * QUARTERS; spiral++) {
            stimuli.add(Stimuli.spiral(spiral < QUARTERS, spiral % QUARTERS));
        }
        return stimuli;
    }

    /** Each curve excites where it lies on the circle; the opposite curve there, and another winding inside or outside, inhibit. */
    private static void circle(Kernels kernels, int channel, double radius) {
        for (int curve = 0; curve < CURVES; curve++) {
            for (int degrees = -15; degrees <= 15; degrees += 15) {
                double angle = 2 * Math.PI * curve / CURVES + StrictMath.toRadians(degrees);
                double row = radius / 4 * StrictMath.sin(angle);
                double column = radius / 4 * StrictMath.cos(angle);
                kernels.add(channel, curve, row, column, .75, 1);
                kernels.add(channel, opposite(curve), row, column, .75, -.6);
                for (double winding : new double[] {radius - 7, radius + 8}) {
                    double otherRow = winding / 4 * StrictMath.sin(angle);
                    double otherColumn = winding / 4 * StrictMath.cos(angle);
                    if (kernels.reaches(otherRow, otherColumn, .4)) {
                        kernels.add(channel, curve, otherRow, otherColumn, .6, -.55);
                    }
                }
            }
        }
    }

    /** Each curve excites where the spiral's windings have it; the opposite curve there, and curves between the windings, inhibit. */
    private static void spiral(Kernels kernels, int channel, boolean clockwise, int quarters) {
        for (int curve = 0; curve < CURVES; curve++) {
            double turned = (clockwise ? 1 : -1) * (double) curve / CURVES - quarters / 4.0;
            double angle = 2 * Math.PI * curve / CURVES;
            for (int turn = 0; turn < 3; turn++) {
                double radius = 5 + 9 * (turned - Math.floor(turned) + turn);
                double row = radius / 4 * StrictMath.sin(angle);
                double column = radius / 4 * StrictMath.cos(angle);
                if (radius < 6 || radius > 26 || !kernels.reaches(row, column, .4)) {
                    continue;
                }
                kernels.add(channel, curve, row, column, .6, 1);
                kernels.add(channel, opposite(curve), row, column, .6, -.4);
                double between = (radius + 4.5) / radius;
                if (kernels.reaches(between * row, between * column, .4)) {
                    kernels.add(channel, curve, between * row, between * column, .6, -.8);
                }
            }
        }
    }

    private Kernels sums() {
        Kernels kernels = new Kernels(2, P3_CHANNELS, 1);
        double[] one = {1};
        for (int channel = 0; channel < P3_CHANNELS; channel++) {
            int sum = channel < CIRCLES.length ? 0 : 1;
            kernels.add(sum, channel, one, 1);
            truth.edge(new Unit("p3", channel), new Unit("p4", sum), true);
        }
        truth.names("p4", List.of("circle", "spiral"));
        return kernels;
    }

    private static int opposite(int curve) {
        return (curve + CURVES / 2) % CURVES;
    }

    /** How far apart two angles are, as a number from -period/2 to period/2. */
    private static double difference(double first, double second, double period) {
        double apart = first - second + period / 2;
        return apart - Math.floor(apart / period) * period - period / 2;
    }

    private static String degrees(double degrees) {
        return (degrees == Math.rint(degrees) ? String.valueOf((int) degrees) : String.valueOf(degrees)) + "°";
    }
}
