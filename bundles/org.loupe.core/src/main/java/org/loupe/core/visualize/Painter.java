package org.loupe.core.visualize;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.engine.Readings;
import org.loupe.core.image.FourierPicture;
import org.loupe.core.image.Parametrisation;
import org.loupe.core.image.Placement;
import org.loupe.core.image.Transform;
import org.loupe.core.objective.Objective;

/**
 * One picture and everything that changes it.
 *
 * <p>A silent unit gives no gradient. Its picture is then led by what goes into the unit's nonlinearity, which has
 * one, for {@value #WAKING_STEPS} steps at a time until the unit answers (compare Lucid's redirected gradients). Where
 * even that gives none, because the layers below are silent too, the picture gets more contrast step by step.
 */
final class Painter {

    private static final int WAKING_STEPS = 16;
    private static final int MOST_DOUBLINGS = 9;
    private static final int COLOURS = 3;

    private final Aim aim;
    private final Parametrisation space;
    private final Showing showing;
    private final Placement.Sizes sizes;
    private final Draws poses;
    private final Draws noise;
    private final Optional<Background> background;
    private final Optional<Attribution> attribution;
    private final Optional<Coarse> coarse;
    private final float[] own;
    private final float[] parameters;
    private final float[] gradient;
    private final float[] picture;
    private final float[] slope;
    private final float[] shown;
    private final float[] shownSlope;
    private final Batch colours;
    private final Batch colourSlope;
    private final Readings penalised;
    private final Readings penaltySlope;
    private final Climber climber;
    private final Placement[] placements;
    private final double[] scores;
    private int done;
    private int wakingSteps;
    private int doublings;

    /**
     * What a painter works with.
     *
     * @param start   parameters to start from, or nothing for a nearly grey picture
     * @param coarse  what it shares with others
     * @param climber that belongs to this picture
     * @param traces  whether to keep what each pixel matters
     * @param steps   at most
     */
    record Tools(Parametrisation space, Optional<float[]> start, Showing showing, Placement.Sizes sizes, int views,
            Optional<Coarse> coarse, Climber climber, boolean traces, int steps) {
    }

    Painter(Aim aim, Tools tools, Draws draws) {
        this.aim = aim;
        this.space = tools.space();
        this.showing = tools.showing();
        this.sizes = tools.sizes();
        this.poses = draws.split(1);
        this.noise = draws.split(3);
        this.coarse = tools.coarse();
        this.own = tools.start().map(float[]::clone).orElseGet(() -> space.start(draws.split(0)));
        this.parameters = coarse.isPresent() ? own.clone() : own;
        this.gradient = new float[own.length];
        int area = sizes.rows() * sizes.columns();
        this.picture = new float[space.planes() * area];
        this.slope = new float[picture.length];
        boolean isTransparent = space.planes() > COLOURS;
        this.shown = isTransparent ? new float[COLOURS * area] : picture;
        this.shownSlope = isTransparent ? new float[COLOURS * area] : slope;
        this.colours = new Batch(1, COLOURS, sizes.rows(), sizes.columns(),
                isTransparent ? new float[COLOURS * area] : picture);
        this.colourSlope = aim.penalty().isPresent() ? colours.zeros() : colours;
        this.penalised = new Readings(Map.of(Objective.PICTURE, colours));
        this.penaltySlope = new Readings(Map.of(Objective.PICTURE, colourSlope));
        this.background = isTransparent
                ? Optional.of(new Background((FourierPicture) space, draws.split(2), area)) : Optional.empty();
        this.attribution = tools.traces() ? Optional.of(new Attribution(area)) : Optional.empty();
        this.climber = tools.climber();
        this.placements = new Placement[tools.views()];
        this.scores = new double[tools.steps()];
    }

    Aim aim() {
        return aim;
    }

    /** Makes the picture of the present parameters. */
    void render() {
        coarse.ifPresent(shared -> shared.add(own, parameters));
        space.render(parameters, picture);
    }

    /** Draws how the picture is shown in this step, and shows it. */
    void pose(Batch seen, int first) {
        background.ifPresent(behind -> behind.show(picture, shown));
        for (int view = 0; view < placements.length; view++) {
            placements[view] = Transform.draw(showing.transforms(), poses);
            int offset = seen.offset(first + view, 0);
            placements[view].apply(shown, sizes, seen.values(), offset);
            if (showing.noise() > 0) {
                roughen(seen.values(), offset, seen.imageSize());
            }
        }
    }

    private void roughen(float[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            values[i] += (float) (noise.gaussian(0, showing.noise())
                    + noise.uniform(-showing.noise() / 2, showing.noise() / 2));
        }
    }

    /** Shows the whole picture as it is, before grey where one can see through it. */
    void showPlain(Batch seen, int image) {
        background.ifPresent(behind -> behind.showOnGrey(picture, shown));
        Placement whole = showing.whole(sizes);
        whole.apply(shown, sizes, seen.values(), seen.offset(image, 0));
    }

    /** What to maximise in this step. */
    Objective target() {
        return wakingSteps > 0 ? aim.network().beforeActivation() : aim.network();
    }

    /**
     * Moves the picture one step.
     *
     * @param found scores of all views
     * @param first index of this picture's first view
     */
    void climb(double[] found, Batch slopes, int first) {
        int views = placements.length;
        double score = 0;
        for (int view = first; view < first + views; view++) {
            score += found[view] / views;
        }
        int offset = slopes.offset(first, 0);
        boolean silent = isZero(slopes.values(), offset, views * slopes.imageSize());
        if (silent && wakingSteps > 0) {
            enliven();
        }
        wakingSteps = wakingSteps > 0 ? wakingSteps - 1 : silent ? WAKING_STEPS : 0;
        if (silent) {
            Arrays.fill(gradient, 0);
            scores[done++] = score + penalty(0);
            return;
        }
        Arrays.fill(shownSlope, 0);
        for (int view = 0; view < views; view++) {
            placements[view].chain(slopes.values(), slopes.offset(first + view, 0), sizes, shownSlope);
        }
        for (int i = 0; i < shownSlope.length && views > 1; i++) {
            shownSlope[i] /= views;
        }
        attribution.ifPresent(map -> map.add(shownSlope));
        double unweighted = score;
        score = background.map(behind -> behind.chain(picture, shownSlope, unweighted, slope)).orElse(score);
        scores[done++] = score + penalty(1);
        space.chain(picture, slope, gradient);
        climber.climb(own, gradient);
    }

    /** The score of the picture itself, whose gradient is added to the slope where the weight is not 0. */
    private double penalty(double weight) {
        if (aim.penalty().isEmpty()) {
            return 0;
        }
        if (colours.values() != picture) {
            System.arraycopy(picture, 0, colours.values(), 0, colours.values().length);
        }
        Arrays.fill(colourSlope.values(), 0);
        double score = aim.penalty().get().score(0, penalised, weight, penaltySlope);
        for (int i = 0; i < colourSlope.values().length && weight != 0; i++) {
            slope[i] += colourSlope.values()[i];
        }
        return score;
    }

    /** The score of the whole picture, as a person reads it. */
    double plainScore(int image, Readings activations, Readings unused) {
        return aim.network().score(image, activations, 0, unused) + penalty(0);
    }

    /** Doubles what the picture departs from grey by. */
    private void enliven() {
        if (doublings < MOST_DOUBLINGS) {
            doublings++;
            for (int i = 0; i < own.length; i++) {
                own[i] *= 2;
            }
        }
    }

    /** The gradient of the last step with respect to the parameters. */
    float[] gradient() {
        return gradient;
    }

    /** Scores of the steps that are done. */
    double[] scores() {
        return Arrays.copyOf(scores, done);
    }

    /** Writes the picture, with its opacity where it has one. */
    void copyTo(Batch pictures, int image) {
        System.arraycopy(picture, 0, pictures.values(), pictures.offset(image, 0), picture.length);
        attribution.ifPresent(map -> map.copyTo(pictures.values(), pictures.offset(image, COLOURS)));
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
