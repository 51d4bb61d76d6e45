package org.loupe.core.visualize;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.loupe.core.image.Placement;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;
import org.loupe.core.visualize.Visualize.Arguments;

/**
 * The loop that makes pictures: describe, transform, score, climb.
 *
 * <p>Every picture of a batch is optimised by itself: it has its own random numbers, which depend on the seed and on
 * how many pictures before it have the same objective. Only objectives that compare pictures, and strips, which have
 * their coarse structure in common, look at the rest of the batch.
 */
final class Optimisation {

    private static final int COLOURS = 3;

    private final Session session;
    private final Arguments arguments;
    private final List<Painter> painters = new ArrayList<>();
    private final Spaces spaces;
    private final Coarse coarse;
    private final Batch seen;
    private final Batch grey;
    private final int views;

    /** Prepares pictures for objectives that are in the session's network. */
    Optimisation(Session session, List<Aim> aims, Arguments arguments, Spaces spaces) {
        this.session = session;
        this.arguments = arguments;
        this.spaces = spaces;
        this.views = arguments.robustness().views();
        Placement.Sizes sizes = spaces.sizes();
        requireFit(aims, sizes);
        this.seen = Batch.zeros(aims.size() * views, COLOURS, sizes.seenRows(), sizes.seenColumns());
        this.grey = spaces.isGrey() ? Batch.zeros(seen.images(), 1, seen.rows(), seen.columns()) : seen;
        Draws seed = new Draws(arguments.seed());
        this.coarse = spaces.coarse(seed.split(-1)).orElse(null);
        List<Objective> before = new ArrayList<>();
        for (Aim aim : aims) {
            int twins = Collections.frequency(before, aim.objective());
            before.add(aim.objective());
            painters.add(spaces.painter(aim, views, coarse, seed.split(twins)));
        }
    }

    private void requireFit(List<Aim> aims, Placement.Sizes sizes) {
        var shapes = session.network().shapes(sizes.seenRows(), sizes.seenColumns());
        for (Aim aim : aims) {
            for (Tap tap : aim.network().taps()) {
                if (!shapes.containsKey(session.network().source(tap))) {
                    throw new NetworkException("Pictures of " + sizes.seenRows() + "x" + sizes.seenColumns()
                            + " do not fit " + tap + " of " + session.network() + ". Use the network's own size, "
                            + session.network().input().shape().rows() + ".");
                }
            }
        }
    }

    /** Runs all steps, or as many as the observer wants. */
    Visualized run(Observer<? super Visualized> observer) {
        painters.forEach(Painter::render);
        double[] starts = plainScores();
        int done = 0;
        boolean goOn = observer.report(0, arguments.steps(), describe());
        while (goOn && done < arguments.steps()) {
            step();
            done++;
            if (done < arguments.steps()) {
                goOn = observer.report(done, arguments.steps(), describe());
                if (goOn && observer.wantsSnapshot()) {
                    observer.snapshot(result(starts, currentScores(), true));
                }
            }
        }
        Visualized result = result(starts, plainScores(), done < arguments.steps());
        observer.report(done, arguments.steps(), describe());
        return result;
    }

    private void step() {
        List<Objective> targets = new ArrayList<>(seen.images());
        for (int i = 0; i < painters.size(); i++) {
            painters.get(i).pose(seen, i * views);
            targets.addAll(Collections.nCopies(views, painters.get(i).target()));
        }
        Session.Gradient gradient = session.gradient(network(), targets);
        Batch slopes = colours(gradient.pictures());
        for (int i = 0; i < painters.size(); i++) {
            painters.get(i).climb(gradient.scores(), slopes, i * views);
        }
        if (coarse != null) {
            coarse.climb(painters);
        }
        painters.forEach(Painter::render);
    }

    /** Scores of the pictures as they are, without transforms, behind the nonlinearity. */
    private double[] plainScores() {
        Set<Tap> taps = new HashSet<>();
        painters.forEach(painter -> taps.addAll(painter.aim().network().taps()));
        for (int i = 0; i < painters.size(); i++) {
            painters.get(i).showPlain(seen, i);
        }
        int count = painters.size();
        Batch pictures = network();
        Batch plain = new Batch(count, pictures.channels(), pictures.rows(), pictures.columns(),
                Arrays.copyOf(pictures.values(), count * pictures.imageSize()));
        Readings activations = session.activations(plain, taps);
        Readings unused = new Readings(zeros(activations));
        double[] scores = new double[count];
        for (int i = 0; i < count; i++) {
            scores[i] = painters.get(i).plainScore(i, activations, unused);
        }
        return scores;
    }

    private static Map<Tap, Batch> zeros(Readings readings) {
        Map<Tap, Batch> zeros = new HashMap<>();
        readings.batches().forEach((tap, batch) -> zeros.put(tap, batch.zeros()));
        return zeros;
    }

    private double[] currentScores() {
        return painters.stream().mapToDouble(painter -> {
            double[] scores = painter.scores();
            return scores.length == 0 ? 0 : scores[scores.length - 1];
        }).toArray();
    }

    private Visualized result(double[] starts, double[] ends, boolean partial) {
        Batch made = Batch.zeros(painters.size(), spaces.planes(), spaces.sizes().rows(), spaces.sizes().columns());
        List<Visualized.Detail> details = new ArrayList<>();
        for (int i = 0; i < painters.size(); i++) {
            Painter painter = painters.get(i);
            painter.copyTo(made, i);
            details.add(new Visualized.Detail(painter.aim().objective().toString(), painter.aim().label(),
                    painter.scores(), ends[i], starts[i], ends[i] != 0 && ends[i] > starts[i]));
        }
        return new Visualized(made, details, arguments.steps(), partial);
    }

    private String describe() {
        Aim first = painters.get(0).aim();
        String what = painters.size() == 1 ? first.objective().toString() : painters.size() + " objectives";
        return first.label().isEmpty() ? what : what + ", " + first.label();
    }

    /** Pictures as the network takes them: a network for grey pictures sees the first channel, all three being equal. */
    private Batch network() {
        for (int image = 0; grey != seen && image < seen.images(); image++) {
            System.arraycopy(seen.values(), seen.offset(image, 0), grey.values(), grey.offset(image, 0), seen.area());
        }
        return grey;
    }

    /** Of a network for grey pictures, the gradient belongs to the first of three channels. */
    private Batch colours(Batch slope) {
        if (grey == seen) {
            return slope;
        }
        Batch first = seen.zeros();
        for (int image = 0; image < slope.images(); image++) {
            System.arraycopy(slope.values(), slope.offset(image, 0), first.values(), first.offset(image, 0), slope.area());
        }
        return first;
    }
}
