package org.loupe.core.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.network.Input;
import org.loupe.core.network.Network;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.stimulus.Curve;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;
import org.loupe.core.surgery.Expression.Taps;
import org.loupe.core.tuning.TuningCurve;

/**
 * A curve of one direction and radius, from the picture alone: Gabor filters find lines and borders in eight orientations;
 * those that lie along the arc excite, those that lie along the mirrored arc, or go on straight where the arc has left its
 * tangent, inhibit (the hand-made curve detectors of Cammarata and others 2021, “Curve Circuits”).
 */
public final class CurveDetector implements Detector {

    private static final int ORIENTATIONS = 8;
    private static final double APART = 180.0 / ORIENTATIONS;
    /** How far off its tangent a line still counts, as a standard deviation in degrees. */
    private static final double TOLERANCE = 14;
    private static final double OPPOSITE = -.6;
    private static final double STRAIGHT = -1.2;
    private static final double[] CONTINUED = {-.66, -.51, .51, .66};
    /** The opposite arc begins to differ from the arc so many degrees from the apex. */
    private static final double COMMON = 18;
    private static final double BLUR = .7;
    private static final double THRESHOLD = -.2;
    private static final double CONTRAST = 64;
    private static final List<String> KINDS = List.of("dark", "light", "dark-inside", "light-inside");
    private static final double[] PHASES = {Math.PI, 0, Math.PI / 2, -Math.PI / 2};
    private static final int DIRECTIONS = 24;
    private static final double[] RADII = {8, 11, 14, 18, 24};

    @Override
    public List<Parameter> parameters(int side) {
        double unit = side / 64.0;
        return List.of(Parameter.angle("orientation", "Orientation", 360, 5),
                Parameter.length("radius", "Radius", 4 * unit, 48 * unit, 14 * unit, 2 * unit),
                Parameter.length("width", "Width", 1.5 * unit, 8 * unit, 3.5 * unit, .5 * unit),
                new Parameter("arc", "Arc", "°", 30, 180, 92, 10, false),
                Parameter.share("dark", "Dark strokes", 1), Parameter.share("light", "Light strokes", 1),
                Parameter.share("dark-inside", "Borders, dark inside", 0),
                Parameter.share("light-inside", "Borders, light inside", 0));
    }

    @Override
    public String draw(Setting setting, Draft draft) {
        Draft.Axis rows = draft.rows();
        Draft.Axis columns = draft.columns();
        double wavelength = setting.of("width") * 8 / 3.5;
        int step = step(rows, columns, wavelength);
        String lines = draft.shared("lines " + setting.of("width") + " " + step, () -> lines(draft, wavelength, step));
        double radius = setting.of("radius") / step;
        double half = setting.of("arc") / 2;
        int reach = reach(radius, half);
        int top = (int) Math.round(rows.first() / step);
        int left = (int) Math.round(columns.first() / step);
        Arc arc = new Arc(setting.of("orientation"), radius, half, reach, rows.first() / step - top, columns.first() / step - left);
        Taps taps = new Taps(new double[2 * reach + 1][2 * reach + 1], (int) Math.round(rows.step() / step),
                (int) Math.round(columns.step() / step), top - reach, left - reach);
        int size = 2 * reach + 1;
        float[] weights = arc.weights(KINDS.size() * ORIENTATIONS, (filter, direction, amount) -> weight(setting, filter, direction,
                amount));
        return Expression.slid(draft, lines, new Weights(new int[] {1, KINDS.size() * ORIENTATIONS, size, size}, weights),
                Weights.vector(0), taps, draft.shape());
    }

    /** How much a line filter counts where a line of some direction is wanted. */
    private static double weight(Setting setting, int filter, double direction, double amount) {
        double turned = direction - 360 * Math.floor(direction / 360);
        double apart = apart(direction, filter % ORIENTATIONS * APART);
        int kind = filter / ORIENTATIONS;
        // A border that runs the other way round has its other side inside.
        boolean flipped = kind >= 2 && Math.abs(turned - filter % ORIENTATIONS * APART) > 90
                && Math.abs(turned - filter % ORIENTATIONS * APART) < 270;
        return setting.of(KINDS.get(flipped ? 5 - kind : kind)) * amount
                * StrictMath.exp(-apart * apart / (2 * TOLERANCE * TOLERANCE));
    }

    /** How many cells a kernel must reach to each side, to have all of an arc in it. */
    private static int reach(double radius, double half) {
        return (int) Math.ceil(Math.max(2 * radius * StrictMath.sin(Math.toRadians(half) / 2),
                radius * CONTINUED[CONTINUED.length - 1]) + 1);
    }

    /**
     * The same arc as a kernel over units of a layer below: where a line of some direction is wanted, a unit excites as far as
     * it prefers that direction to others.
     */
    @Override
    public Optional<String> over(LowerUnits lower, Setting setting) {
        int kinds = (int) Math.round(360.0 / LowerUnits.STEP) / 2;
        double half = setting.of("arc") / 2;
        double radius = setting.of("radius") / lower.pixels();
        int reach = reach(radius, half);
        LowerUnits.Place rows = lower.rows();
        LowerUnits.Place columns = lower.columns();
        double[][] preferences = lower.preferences(setting.of("dark"), setting.of("light"));
        List<Integer> chosen = lower.mostSelective(preferences);
        float[] weights = new Arc(setting.of("orientation"), radius, half, reach, rows.rest(), columns.rest())
                .weights(chosen.size(), (filter, direction, amount) -> {
                    double place = (direction - 180 * Math.floor(direction / 180)) / LowerUnits.STEP;
                    int before = (int) Math.floor(place) % kinds;
                    double share = place - Math.floor(place);
                    double[] own = preferences[chosen.get(filter)];
                    return amount * ((1 - share) * own[before] + share * own[(before + 1) % kinds]);
                });
        return Optional.of(lower.written(chosen, weights, 2 * reach + 1, rows.first() - reach, columns.first() - reach));
    }

    /** From one line filter to the next, in pixels: so that the unit's own steps are a multiple, and no line is missed. */
    private static int step(Draft.Axis rows, Draft.Axis columns, double wavelength) {
        int own = (int) Math.round(rows.step());
        if (own < 1 || Math.abs(rows.step() - own) > 1e-6 || Math.abs(columns.step() - own) > 1e-6) {
            throw new IllegalArgumentException("A curve can only be written for units that have a map, with the same whole step"
                    + " in rows and columns; here they look " + rows.step() + " and " + columns.step() + " pixels further.");
        }
        int step = own;
        while (own % step != 0 || step > Math.max(1, wavelength / 4)) {
            step--;
        }
        return step;
    }

    /** For each kind, the eight orientations, rectified. */
    private static String lines(Draft draft, double wavelength, int step) {
        Input input = draft.network().input();
        int size = 2 * (int) Math.round(wavelength * 3 / 8) + 1;
        int channels = input.shape().channels();
        float[] weights = new float[KINDS.size() * ORIENTATIONS * channels * size * size];
        for (int filter = 0; filter < KINDS.size() * ORIENTATIONS; filter++) {
            double[][] kernel = new Gabor(size, wavelength, wavelength * 1.9 / 8, PHASES[filter / ORIENTATIONS])
                    .along(filter % ORIENTATIONS * APART);
            for (int channel = 0; channel < channels; channel++) {
                double factor = input.deviation()[channel] / CONTRAST / channels;
                for (int cell = 0; cell < size * size; cell++) {
                    weights[(filter * channels + channel) * size * size + cell] = (float) (factor * kernel[cell / size][cell % size]);
                }
            }
        }
        float[] bias = new float[KINDS.size() * ORIENTATIONS];
        Arrays.fill(bias, (float) THRESHOLD);
        return draft.relu(draft.convolution(Network.INPUT,
                new Weights(new int[] {bias.length, channels, size, size}, weights), Weights.vector(bias),
                Window.square(size, step, size / 2)));
    }

    /** What a filter weighs where a line of some direction, in degrees, counts so much. */
    private interface Wanted {
        double weight(int filter, double direction, double amount);
    }

    /**
     * The kernel over the line filters.
     *
     * @param apex   where the arc's middle lies, seen from that of its circle, in degrees
     * @param radius in its cells
     * @param half   of the arc, in degrees
     * @param down   how far below the kernel's middle the unit looks, less than a cell
     */
    private record Arc(double apex, double radius, double half, int reach, double down, double right) {

        float[] weights(int filters, Wanted wanted) {
            int size = 2 * reach + 1;
            double[] weights = new double[filters * size * size];
            double spacing = Math.toDegrees(.5 / radius);
            int steps = (int) Math.floor(half / spacing);
            for (int side = 1; side >= -1; side -= 2) {
                for (int i = -steps; i <= steps; i++) {
                    double degrees = i * spacing;
                    if (side > 0 || Math.abs(degrees) >= COMMON) {
                        double here = (side > 0 ? apex : apex + 180) + degrees;
                        add(weights, radius * (sine(here) - side * sine(apex)), radius * (cosine(here) - side * cosine(apex)),
                                here + 90, side > 0 ? 1 : OPPOSITE, wanted);
                    }
                }
            }
            for (double along : CONTINUED) {
                add(weights, along * radius * cosine(apex), -along * radius * sine(apex), apex + 90, STRAIGHT, wanted);
            }
            float[] floats = new float[weights.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) weights[i];
            }
            return floats;
        }

        /** Excitement, or inhibition, by lines that run in about a direction at one place. */
        private void add(double[] weights, double row, double column, double direction, double amount, Wanted wanted) {
            int size = 2 * reach + 1;
            double[] blob = blob(size, row + down, column + right);
            for (int filter = 0; filter < weights.length / blob.length; filter++) {
                double weight = wanted.weight(filter, direction, amount);
                for (int cell = 0; cell < blob.length; cell++) {
                    weights[filter * blob.length + cell] += weight * blob[cell];
                }
            }
        }

        private double[] blob(int size, double row, double column) {
            double[] blob = new double[size * size];
            double sum = 0;
            for (int cell = 0; cell < blob.length; cell++) {
                double below = cell / size - reach - row;
                double beside = cell % size - reach - column;
                blob[cell] = StrictMath.exp(-(below * below + beside * beside) / (2 * BLUR * BLUR));
                sum += blob[cell];
            }
            for (int cell = 0; cell < blob.length; cell++) {
                blob[cell] /= sum;
            }
            return blob;
        }
    }

    private static double sine(double degrees) {
        return StrictMath.sin(Math.toRadians(degrees));
    }

    private static double cosine(double degrees) {
        return StrictMath.cos(Math.toRadians(degrees));
    }

    /** How far apart two orientations are, in degrees. */
    private static double apart(double one, double other) {
        double apart = one - other - 180 * Math.floor((one - other) / 180);
        return Math.min(apart, 180 - apart);
    }

    /**
     * Shows arcs of all directions and several radii, dark and light, as strokes and as borders of discs. The direction and
     * radius are where the answers peak; each kind weighs as much as the unit answers it.
     */
    @Override
    public Setting matched(Setting given, Set<String> fixed, Asked unit, int side) {
        List<Parameter> own = parameters(side);
        List<Parameter> painted = Stimulus.parameters(new Curve(), side);
        List<Double> radii = new ArrayList<>();
        for (double radius : RADII) {
            radii.add(radius * side / 64);
        }
        if (fixed.contains("radius")) {
            radii = List.of(given.of("radius"));
        }
        Map<String, double[][]> answers = new LinkedHashMap<>();
        for (String kind : KINDS) {
            answers.put(kind, answers(unit, painted, kind, radii, given.of("width")));
        }
        int best = 0;
        TuningCurve curve = null;
        for (int radius = 0; radius < radii.size(); radius++) {
            double[] sum = new double[DIRECTIONS];
            for (double[][] byRadius : answers.values()) {
                for (int i = 0; i < DIRECTIONS; i++) {
                    sum[i] += Math.max(0, byRadius[radius][i]);
                }
            }
            TuningCurve here = new TuningCurve(360, 0, sum);
            if (curve == null || here.highest() > curve.highest()) {
                best = radius;
                curve = here;
            }
        }
        if (curve == null || !(curve.highest() > 0)) {
            return given;
        }
        Setting setting = given;
        if (!fixed.contains("orientation")) {
            setting = setting.with(Setting.named("orientation", own), curve.peak());
        }
        setting = setting.with(Setting.named("radius", own), radii.get(best));
        return weighed(setting, fixed, own, answers, best);
    }

    private static double[][] answers(Asked unit, List<Parameter> painted, String kind, List<Double> radii, double width) {
        boolean dark = kind.startsWith("dark");
        List<Stimulus> stimuli = new ArrayList<>();
        for (double radius : radii) {
            for (int i = 0; i < DIRECTIONS; i++) {
                Setting setting = Setting.standard(painted).with(Setting.named("orientation", painted), i * 360.0 / DIRECTIONS)
                        .with(Setting.named("radius", painted), radius).with(Setting.named("width", painted), width)
                        .with(Setting.named("ink", painted), dark ? .25 : .65)
                        .with(Setting.named("ground", painted), dark ? .65 : .25);
                if (kind.endsWith("inside")) {
                    setting = setting.with(Setting.named("fill", painted), 1).with(Setting.named("arc", painted), 360)
                            .with(Setting.named("width", painted), Setting.named("width", painted).least());
                }
                stimuli.add(new Stimulus(new Curve(), setting));
            }
        }
        double[] flat = unit.answers(stimuli);
        double[][] byRadius = new double[radii.size()][];
        for (int radius = 0; radius < byRadius.length; radius++) {
            byRadius[radius] = Arrays.copyOfRange(flat, radius * DIRECTIONS, (radius + 1) * DIRECTIONS);
        }
        return byRadius;
    }

    private static Setting weighed(Setting setting, Set<String> fixed, List<Parameter> own, Map<String, double[][]> answers,
            int radius) {
        Map<String, Double> strengths = new LinkedHashMap<>();
        answers.forEach((kind, byRadius) -> strengths.put(kind,
                Math.max(0, new TuningCurve(360, 0, byRadius[radius]).at(setting.of("orientation")))));
        double most = strengths.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        Setting weighed = setting;
        for (Map.Entry<String, Double> kind : strengths.entrySet()) {
            if (most > 0 && !fixed.contains(kind.getKey())) {
                weighed = weighed.with(Setting.named(kind.getKey(), own), kind.getValue() / most);
            }
        }
        return weighed;
    }
}
