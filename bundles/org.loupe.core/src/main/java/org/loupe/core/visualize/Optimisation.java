package org.loupe.core.visualize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Observer;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.image.Colours;
import org.loupe.core.image.FourierPicture;
import org.loupe.core.image.Parametrisation;
import org.loupe.core.image.PixelPicture;
import org.loupe.core.image.Placement;
import org.loupe.core.image.Transform;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;
import org.loupe.core.visualize.Visualize.Arguments;
import org.loupe.core.visualize.Visualize.Robustness;
import org.loupe.core.visualize.Visualize.Space;

/**
 * The loop that makes pictures: describe, transform, score, climb.
 *
 * <p>Every picture of a batch is optimised by itself: it has its own random numbers, which depend on the seed and on
 * how many pictures before it have the same objective, and nothing else of the batch.
 *
 * <p>A silent unit gives no gradient. Its picture is then led by what goes into the unit's nonlinearity, which has
 * one, for {@value #WAKING_STEPS} steps at a time until the unit answers (compare Lucid's redirected gradients). Where
 * even that gives none, because the layers below are silent too, the picture gets more contrast step by step.
 */
final class Optimisation {

    private static final int WAKING_STEPS = 16;
    private static final int MOST_DOUBLINGS = 9;

    private final Session session;
    private final List<Objective> objectives;
    private final Arguments arguments;
    private final String label;
    private final Parametrisation space;
    private final List<Transform> transforms;
    private final List<Painter> painters = new ArrayList<>();
    private final Batch pictures;
    private final Batch seen;

    /**
     * Prepares pictures for objectives that are in the session's network.
     *
     * @param label for the details of the result
     */
    Optimisation(Session session, List<Objective> objectives, Arguments arguments, String label) {
        this.session = session;
        this.objectives = objectives;
        this.arguments = arguments;
        this.label = label;
        int rows = arguments.size() == 0 ? session.network().input().shape().rows() : arguments.size();
        int columns = arguments.size() == 0 ? session.network().input().shape().columns() : arguments.size();
        requireFit(rows, columns);
        this.space = arguments.space() == Space.PIXELS ? new PixelPicture(rows, columns)
                : session.network().input().shape().channels() == 1 ? FourierPicture.grey(rows, columns)
                : FourierPicture.coloured(rows, columns, Colours.NATURAL);
        this.transforms = arguments.robustness() == Robustness.NONE ? List.of()
                : Transform.standard(Math.min(rows, columns));
        this.pictures = Batch.zeros(objectives.size(), 3, rows, columns);
        this.seen = pictures.zeros();
        Draws seed = new Draws(arguments.seed());
        for (int i = 0; i < objectives.size(); i++) {
            int twins = Collections.frequency(objectives.subList(0, i), objectives.get(i));
            painters.add(new Painter(i, seed.split(twins)));
        }
    }

    private void requireFit(int rows, int columns) {
        var shapes = session.network().shapes(rows, columns);
        for (Objective objective : objectives) {
            for (Tap tap : objective.taps()) {
                if (!shapes.containsKey(session.network().source(tap))) {
                    throw new NetworkException("Pictures of " + rows + "x" + columns + " do not fit " + tap + " of "
                            + session.network() + ". Use the network's own size, "
                            + session.network().input().shape().rows() + ".");
                }
            }
        }
    }

    /** Runs all steps, or as many as the observer wants. */
    Visualized run(Observer<? super Visualized> observer) {
        renderAll();
        double[] starts = plainScores();
        int done = 0;
        boolean goOn = observer.report(0, arguments.steps(), describe());
        while (goOn && done < arguments.steps()) {
            step();
            done++;
            if (done < arguments.steps()) {
                goOn = observer.report(done, arguments.steps(), describe());
                if (goOn && observer.wantsSnapshot()) {
                    observer.snapshot(result(pictures.copy(), starts, currentScores(), true));
                }
            }
        }
        Visualized result = result(pictures.copy(), starts, plainScores(), done < arguments.steps());
        observer.report(done, arguments.steps(), describe());
        return result;
    }

    private void step() {
        painters.forEach(Painter::pose);
        Session.Gradient gradient = session.gradient(network(seen), painters.stream().map(Painter::aim).toList());
        Batch slope = colours(gradient.pictures());
        for (Painter painter : painters) {
            painter.climb(gradient, slope);
            painter.render();
        }
    }

    private void renderAll() {
        painters.forEach(Painter::render);
    }

    /** Scores of the pictures as they are, without transforms, behind the nonlinearity. */
    private double[] plainScores() {
        Set<Tap> taps = new HashSet<>();
        objectives.forEach(objective -> taps.addAll(objective.taps()));
        Readings activations = session.activations(network(pictures), taps);
        Readings unused = new Readings(zeros(activations));
        double[] scores = new double[objectives.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = objectives.get(i).score(i, activations, 0, unused);
        }
        return scores;
    }

    private static Map<Tap, Batch> zeros(Readings readings) {
        Map<Tap, Batch> zeros = new HashMap<>();
        readings.batches().forEach((tap, batch) -> zeros.put(tap, batch.zeros()));
        return zeros;
    }

    private double[] currentScores() {
        return painters.stream().mapToDouble(painter -> painter.scores.isEmpty() ? 0
                : painter.scores.get(painter.scores.size() - 1)).toArray();
    }

    private Visualized result(Batch made, double[] starts, double[] ends, boolean partial) {
        List<Visualized.Detail> details = new ArrayList<>();
        for (Painter painter : painters) {
            double[] scores = painter.scores.stream().mapToDouble(Double::doubleValue).toArray();
            double end = ends[painter.image];
            details.add(new Visualized.Detail(objectives.get(painter.image).toString(), label, scores, end,
                    starts[painter.image], end != 0 && end > starts[painter.image]));
        }
        return new Visualized(made, details, arguments.steps(), partial);
    }

    private String describe() {
        String what = objectives.size() == 1 ? objectives.get(0).toString() : objectives.size() + " objectives";
        return label.isEmpty() ? what : what + ", " + label;
    }

    /** Pictures as the network takes them: a network for grey pictures sees the first channel, all three being equal. */
    private Batch network(Batch batch) {
        if (session.network().input().shape().channels() == 3) {
            return batch;
        }
        Batch grey = Batch.zeros(batch.images(), 1, batch.rows(), batch.columns());
        for (int image = 0; image < batch.images(); image++) {
            System.arraycopy(batch.values(), batch.offset(image, 0), grey.values(), grey.offset(image, 0), batch.area());
        }
        return grey;
    }

    /** The adjoint of {@link #network}. */
    private Batch colours(Batch slope) {
        if (slope.channels() == 3) {
            return slope;
        }
        Batch first = seen.zeros();
        for (int image = 0; image < slope.images(); image++) {
            System.arraycopy(slope.values(), slope.offset(image, 0), first.values(), first.offset(image, 0), slope.area());
        }
        return first;
    }

    /** One picture and everything that changes it. */
    private final class Painter {
        private final int image;
        private final Draws draws;
        private final float[] parameters;
        private final float[] gradient;
        private final float[] picture;
        private final float[] slope;
        private final Adam adam;
        private final List<Double> scores = new ArrayList<>();
        private Placement placement = Placement.STRAIGHT;
        private int wakingSteps;
        private int doublings;

        Painter(int image, Draws draws) {
            this.image = image;
            this.draws = draws.split(1);
            this.parameters = space.start(draws.split(0));
            this.gradient = new float[parameters.length];
            this.picture = new float[pictures.imageSize()];
            this.slope = new float[picture.length];
            this.adam = new Adam(parameters.length, arguments.rate());
        }

        void render() {
            space.render(parameters, picture);
            System.arraycopy(picture, 0, pictures.values(), pictures.offset(image, 0), picture.length);
        }

        /** Draws how the picture is shown in this step. */
        void pose() {
            placement = Transform.draw(transforms, draws);
            placement.apply(picture, pictures.rows(), pictures.columns(), seen.values(), seen.offset(image, 0));
        }

        Objective aim() {
            Objective objective = objectives.get(image);
            return wakingSteps > 0 ? objective.beforeActivation() : objective;
        }

        void climb(Session.Gradient found, Batch slopes) {
            scores.add(found.scores()[image]);
            int offset = slopes.offset(image, 0);
            boolean silent = isZero(slopes.values(), offset, slopes.imageSize());
            if (silent && wakingSteps > 0) {
                enliven();
            }
            wakingSteps = wakingSteps > 0 ? wakingSteps - 1 : silent ? WAKING_STEPS : 0;
            if (silent) {
                return;
            }
            placement.chain(slopes.values(), offset, pictures.rows(), pictures.columns(), slope);
            space.chain(picture, slope, gradient);
            adam.climb(parameters, gradient);
        }

        /** Doubles what the picture departs from grey by. */
        private void enliven() {
            if (doublings < MOST_DOUBLINGS) {
                doublings++;
                for (int i = 0; i < parameters.length; i++) {
                    parameters[i] *= 2;
                }
            }
        }
    }

    private static boolean isZero(float[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (values[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
