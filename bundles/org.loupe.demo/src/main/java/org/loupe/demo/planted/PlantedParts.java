package org.loupe.demo.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.demo.pictures.PartPictures;
import org.loupe.demo.pictures.PartPictures.Subject;

/**
 * Parts make dogs, cars, cats and foxes. The kernels that see parts are fitted to drawn parts in closed form; how
 * parts make things is written by hand.
 *
 * <p>Layer {@code p1} sees edges, blobs and two colours; {@code p2} heads and necks that face right and left,
 * windows, wheels, the bodies of cars, and faces of cats and foxes; {@code p3} heads with necks on the right side,
 * cars whose windows are above and whose wheels are below, faces, and two channels that each answer two unrelated
 * parts; {@code p4} adds up the dogs that face right and left.
 */
final class PlantedParts {

    static final String NAME = "planted-parts";

    private static final int NO_PART = -1;
    private static final int EDGES = 8;
    private static final int P1_CHANNELS = 2 * EDGES + 4;
    private static final int KERNEL = 9;
    private static final int MAP = 16;
    private static final int MIDDLE = MAP / 2;
    private static final int DRAWN = 40;
    private static final double PENALTY = 30;
    private static final double[] LUMINANCE = {.3, .59, .11};
    private static final double[] BLUISH = {-.7, -.3, 1};
    private static final double[] ORANGE = {1, -.2, -.8};

    private static final String ABOUT = "Wired by hand, except for the kernels of p2, which were fitted in closed form to"
            + " drawn parts: edges (p1), parts (p2), parts in the right places (p3), dogs that face either way (p4). The"
            + " connections into p3 and p4 are known exactly, so explanations can be tested on them. It knows things at"
            + " one size only, and two of its channels answer two unrelated parts on purpose.";

    /**
     * Where a part is to be seen.
     *
     * @param subject what is drawn
     * @param right   how far it is moved so that the part is in the middle
     * @param whole   whether more is drawn than the part
     */
    private record Sight(Subject subject, double right, double down, boolean whole) {
    }

    private record Part(String name, List<Sight> sights) {
    }

    private static final List<Part> PARTS = List.of(
            new Part("head right", List.of(alone(Subject.HEAD_RIGHT, -3, -1), within(Subject.DOG_RIGHT, -3, -1),
                    within(Subject.WRONG_DOG_RIGHT, -3, -1))),
            new Part("head left", List.of(alone(Subject.HEAD_LEFT, 3, -1), within(Subject.DOG_LEFT, 3, -1),
                    within(Subject.WRONG_DOG_LEFT, 3, -1))),
            new Part("neck right", List.of(alone(Subject.NECK_RIGHT, 8, -10), within(Subject.DOG_RIGHT, 8, -10),
                    within(Subject.WRONG_DOG_LEFT, 8, -10))),
            new Part("neck left", List.of(alone(Subject.NECK_LEFT, -8, -10), within(Subject.DOG_LEFT, -8, -10),
                    within(Subject.WRONG_DOG_RIGHT, -8, -10))),
            new Part("windows", List.of(alone(Subject.WINDOWS, 1, 4), within(Subject.CAR, 1, 4))),
            new Part("wheel", List.of(alone(Subject.WHEEL, 0, 0), within(Subject.CAR, -14, -10),
                    within(Subject.CAR, 14, -10), within(Subject.CAR_UPSIDE_DOWN, -14, 10),
                    within(Subject.CAR_UPSIDE_DOWN, 14, 10))),
            new Part("car body", List.of(alone(Subject.CAR_BODY, 0, -5), within(Subject.CAR, 0, -5))),
            new Part("cat face", List.of(alone(Subject.CAT, 0, 0))),
            new Part("fox face", List.of(alone(Subject.FOX, 0, 0))));

    private static final List<String> THINGS = List.of("head and neck right", "head and neck left", "car", "cat", "fox",
            "cat face or wheel", "head right or windows");
    private static final List<Subject> EXAMPLES = List.of(Subject.DOG_RIGHT, Subject.DOG_LEFT, Subject.CAR, Subject.CAT,
            Subject.FOX, Subject.CAT, Subject.HEAD_RIGHT);
    private static final Map<String, Double> THRESHOLDS = Map.of("head and neck right", .5, "head and neck left", .5,
            "car", .2, "cat", .4, "fox", .4, "cat face or wheel", .1, "head right or windows", .1);

    private final Truth truth = new Truth();
    private final Draws draws = new Draws(5);
    private final Draws chosen = draws.split(1);
    private final PartPictures plain = new PartPictures(draws.split(2), false);
    private final PartPictures cluttered = new PartPictures(draws.split(3), true);

    private PlantedParts() {
    }

    /** Fits, writes and scales all kernels; takes about half a minute. */
    static Network build() {
        PlantedParts planted = new PlantedParts();
        Circuit circuit = new Circuit(NAME, ABOUT, planted.truth);
        circuit.rectified("p1", planted.edges(), 2);
        circuit.pool("p1.pool");
        circuit.rectified("p2", planted.parts(circuit), 1);
        Kernels things = planted.things();
        planted.scale(things, circuit);
        circuit.rectified("p3", things, 1);
        circuit.sums("p4", planted.sums());
        return circuit.network();
    }

    /** What is known about the network, without building it. */
    static Truth truth() {
        PlantedParts planted = new PlantedParts();
        planted.edges();
        planted.nameParts();
        planted.things();
        planted.sums();
        return planted.truth;
    }

    private static Sight alone(Subject subject, double right, double down) {
        return new Sight(subject, right, down, false);
    }

    private static Sight within(Subject subject, double right, double down) {
        return new Sight(subject, right, down, true);
    }

    private Kernels edges() {
        Gabor gabor = new Gabor(7, 9, 2, Math.PI / 2);
        Kernels kernels = new Kernels(P1_CHANNELS, 3, 7);
        List<String> names = new ArrayList<>();
        for (int channel = 0; channel < 2 * EDGES; channel++) {
            double degrees = channel / 2 * 22.5;
            double[] edge = gabor.along(StrictMath.toRadians(degrees));
            for (int colour = 0; colour < 3; colour++) {
                kernels.add(channel, colour, edge, (channel % 2 == 0 ? 1 : -1) * LUMINANCE[colour]);
            }
            names.add("edge " + degrees + (channel % 2 == 0 ? "°, light above" : "°, dark above"));
        }
        for (int colour = 0; colour < 3; colour++) {
            for (int dark = 0; dark <= 1; dark++) {
                double amount = (dark == 0 ? 4 : -4) * LUMINANCE[colour];
                kernels.add(2 * EDGES + dark, colour, 0, 0, Math.sqrt(2), amount);
                kernels.add(2 * EDGES + dark, colour, 0, 0, Math.sqrt(6), -amount);
            }
            kernels.add(2 * EDGES + 2, colour, 0, 0, 2, BLUISH[colour]);
            kernels.add(2 * EDGES + 3, colour, 0, 0, 2, ORANGE[colour]);
        }
        names.addAll(List.of("light blob", "dark blob", "bluish", "orange"));
        for (int channel = 0; channel < P1_CHANNELS; channel++) {
            kernels.bias(channel, -.1);
        }
        truth.names("p1", names);
        return kernels;
    }

    private void nameParts() {
        truth.names("p2", PARTS.stream().map(Part::name).toList());
    }

    private Kernels parts(Circuit circuit) {
        nameParts();
        Ridge ridge = new Ridge(P1_CHANNELS * KERNEL * KERNEL, PARTS.size());
        for (int part = 0; part < PARTS.size(); part++) {
            for (Sight sight : PARTS.get(part).sights()) {
                List<Batch> pictures = new ArrayList<>();
                for (int i = 0; i < (sight.whole() ? DRAWN / 2 : DRAWN); i++) {
                    PartPictures ground = i % 2 == 0 ? plain : cluttered;
                    pictures.add(ground.picture(sight.subject(), sight.right(), sight.down()));
                }
                collect(ridge, circuit.soFar(pictures), part, sight.whole());
            }
        }
        List<Batch> backgrounds = new ArrayList<>();
        for (int i = 0; i < DRAWN; i++) {
            backgrounds.add(cluttered.background());
        }
        collect(ridge, circuit.soFar(backgrounds), NO_PART, false);
        Kernels kernels = new Kernels(PARTS.size(), P1_CHANNELS, KERNEL);
        double[][] fitted = ridge.solve(PENALTY);
        for (int part = 0; part < PARTS.size(); part++) {
            kernels.set(part, fitted[part]);
            kernels.bias(part, fitted[part][fitted[part].length - 1] - .15);
        }
        return kernels;
    }

    /**
     * Adds the windows of pictures: the middle one shows the part; of those further away, three in ten are added as
     * not showing it, unless there is more in the picture than the part.
     */
    private void collect(Ridge ridge, Batch maps, int part, boolean whole) {
        for (int image = 0; image < maps.images(); image++) {
            for (int row = 0; row < MAP; row++) {
                for (int column = 0; column < MAP; column++) {
                    int away = Math.max(Math.abs(row - MIDDLE), Math.abs(column - MIDDLE));
                    if (part != NO_PART && away == 0) {
                        ridge.add(window(maps, image, row, column), part, DRAWN);
                    } else if (!whole && chosen.chance(.3) && (part == NO_PART || away >= 2)) {
                        ridge.add(window(maps, image, row, column));
                    }
                }
            }
        }
    }

    private static float[] window(Batch maps, int image, int row, int column) {
        float[] window = new float[maps.channels() * KERNEL * KERNEL];
        int next = 0;
        for (int channel = 0; channel < maps.channels(); channel++) {
            for (int r = row - KERNEL / 2; r <= row + KERNEL / 2; r++) {
                for (int c = column - KERNEL / 2; c <= column + KERNEL / 2; c++) {
                    boolean inside = r >= 0 && r < MAP && c >= 0 && c < MAP;
                    window[next++] = inside ? maps.at(image, channel, r, c) : 0;
                }
            }
        }
        return window;
    }

    private Kernels things() {
        Kernels kernels = new Kernels(THINGS.size(), PARTS.size(), KERNEL);
        headAndNeck(kernels, "right", "left", -1);
        headAndNeck(kernels, "left", "right", 1);
        wire(kernels, "car", "windows", -1.2, 0, .9, 3);
        wire(kernels, "car", "windows", 2.4, 0, 1.2, -5);
        wire(kernels, "car", "car body", 1.2, 0, .8, 3);
        wire(kernels, "car", "car body", 3.8, 0, .8, -3);
        for (double side : new double[] {-3.4, 3.4}) {
            wire(kernels, "car", "wheel", 2.5, side, .8, 1);
            wire(kernels, "car", "wheel", -1.5, side, 1, -4);
        }
        wire(kernels, "cat", "cat face", 0, 0, .6, 4);
        wire(kernels, "fox", "fox face", 0, 0, .6, 4);
        wire(kernels, "cat face or wheel", "cat face", 0, 0, .6, 3);
        wire(kernels, "cat face or wheel", "wheel", 0, 0, .6, 3);
        wire(kernels, "head right or windows", "head right", 0, 0, .6, 3);
        wire(kernels, "head right or windows", "windows", 0, 0, .6, 3);
        truth.names("p3", THINGS);
        return kernels;
    }

    private void scale(Kernels kernels, Circuit circuit) {
        for (int thing = 0; thing < THINGS.size(); thing++) {
            List<Batch> examples = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                examples.add(plain.picture(EXAMPLES.get(thing)));
            }
            Batch responses = circuit.tried(kernels, examples);
            double sum = 0;
            for (int image = 0; image < responses.images(); image++) {
                sum += Circuit.peak(responses, image, thing, MIDDLE - 1);
            }
            kernels.scale(thing, responses.images() / sum);
            kernels.bias(thing, -THRESHOLDS.get(THINGS.get(thing)));
        }
    }

    /** The neck is behind and below the head; a neck in front, and a head that faces the other way, inhibit. */
    private void headAndNeck(Kernels kernels, String facing, String other, int behind) {
        String thing = "head and neck " + facing;
        wire(kernels, thing, "head " + facing, 0, 0, .6, 3.6);
        wire(kernels, thing, "neck " + facing, 2.4, behind * 2.6, .9, 3.6);
        wire(kernels, thing, "neck " + other, 2.4, -behind * 2.6, 1.2, -4.5);
        wire(kernels, thing, "head " + other, 0, 0, 1, -2.4);
    }

    /** Connects a part to a thing; where several places of a kernel are written, the first says what the edge does. */
    private void wire(Kernels kernels, String thing, String part, double row, double column, double deviation,
            double amount) {
        int to = THINGS.indexOf(thing);
        int from = PARTS.stream().map(Part::name).toList().indexOf(part);
        kernels.add(to, from, row, column, deviation, amount);
        truth.edge(new Unit("p2", from), new Unit("p3", to), amount > 0);
    }

    private Kernels sums() {
        int[] sums = {0, 0, 1, 2, 3};
        Kernels kernels = new Kernels(4, THINGS.size(), 1);
        double[] one = {1};
        for (int thing = 0; thing < sums.length; thing++) {
            kernels.add(sums[thing], thing, one, 1);
            truth.edge(new Unit("p3", thing), new Unit("p4", sums[thing]), true);
        }
        truth.names("p4", List.of("dog", "car", "cat", "fox"));
        return kernels;
    }
}
