package org.loupe.core.visualize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.Objective;

/**
 * Makes several pictures of one unit that differ in what carries it.
 *
 * <p>Diversity as published (Olah, Mordvintsev and Schubert 2017) subtracts a similarity times a number that suits one
 * objective and not another. Here the number follows from what may be given up: each picture pays as much for being unlike
 * the others as it can while it excites the unit by a share of what the best single picture does. The number of each picture
 * rises while it does and falls while it does not; the share rises from 0 to its full size over the first two thirds of the
 * steps, so that pictures part early, when they can. What goes into the unit's nonlinearity leads them, which has a gradient
 * where the unit is silent.
 */
public final class DiversePictures {

    private static final double RATE = .05;
    private static final double RISE = 1.06;
    private static final double FALL = .88;
    private static final double FIRST = .2;
    private static final double MOST = 20;
    private static final double MEMORY = .9;
    private static final double RAMP = 2 / 3.0;

    private final Material material;
    private final Unit unit;
    private final int steps;
    private final long seed;

    /**
     * @param unit  one neuron, or a channel, of which the neuron in the middle is meant
     * @param steps of each picture
     */
    public DiversePictures(Material material, Unit unit, int steps, long seed) {
        this.material = material;
        this.unit = unit.isChannel() ? unit.at(Unit.CENTRE) : unit;
        this.steps = steps;
        this.seed = seed;
    }

    /**
     * Pictures and how much they excite the unit.
     *
     * @param pixels      (picture, colour, row, column) from 0 to 1
     * @param activations of the unit on each finished picture
     * @param moved       mean activation over the last steps, in which pictures are moved, scaled and turned
     * @param done        steps that were done
     */
    public record Made(Batch pixels, double[] activations, double[] moved, int done) {
    }

    /**
     * What the pictures are to be.
     *
     * @param starts   what each picture starts from, of the size of the network's input; a nearly grey picture where there
     *                 is nothing
     * @param below    where pictures are compared
     * @param weights  what each activation there is worth to the unit, none below 0, (1, channel, row, column)
     * @param least    the activation, in moving pictures, that each is to reach
     */
    public record Wish(List<Optional<Batch>> starts, Tap below, Batch weights, double least) {
    }

    /** The best single pictures, each from other random numbers. */
    public Made best(int count, Progress progress) {
        return make(Optional.empty(), IntStream.range(0, count).mapToObj(i -> Optional.<Batch>empty()).toList(), progress);
    }

    /** Pictures that differ. */
    public Made diverse(Wish wish, Progress progress) {
        return make(Optional.of(wish), wish.starts, progress);
    }

    private Made make(Optional<Wish> wish, List<Optional<Batch>> starts, Progress progress) {
        Visualize.Arguments arguments = new Visualize.Arguments(List.of(unit.toString()), false, steps, 0,
                Visualize.Space.FOURIER, Visualize.Robustness.BY_DEPTH, RATE, seed);
        Spaces spaces = new Spaces(material, arguments);
        Draws draws = new Draws(seed);
        List<Painter> painters = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            painters.add(spaces.painter(Aim.of(new ChannelObjective(unit, true), ""), starts.get(i), draws.split(i)));
        }
        Batch seen = Batch.zeros(painters.size(), 3, spaces.sizes().rows(), spaces.sizes().columns());
        Control control = new Control(wish, painters.size());
        painters.forEach(Painter::render);
        int done = 0;
        while (done < steps && progress.report(done, steps, (wish.isPresent() ? "Diverse pictures of " : "Best picture of ")
                + unit)) {
            step(painters, seen, control, (done + 1) / (RAMP * steps));
            done++;
        }
        Batch pixels = Batch.zeros(painters.size(), 3, seen.rows(), seen.columns());
        for (int i = 0; i < painters.size(); i++) {
            painters.get(i).copyTo(pixels, i);
        }
        double[] activations = activations(pixels);
        return new Made(pixels, activations, control.smooth.clone(), done);
    }

    private void step(List<Painter> painters, Batch seen, Control control, double share) {
        List<Objective> targets = new ArrayList<>();
        for (int i = 0; i < painters.size(); i++) {
            painters.get(i).pose(seen, i);
            targets.add(control.with(painters.get(i).target(), i));
        }
        Session.Gradient gradient = material.session().gradient(asSeen(seen), targets);
        Batch slopes = asPainted(gradient.pictures());
        double[] own = new double[painters.size()];
        Batch sums = gradient.activations().at(Tap.before(unit.layer()));
        for (int i = 0; i < own.length; i++) {
            own[i] = Math.max(0, value(sums, i));
            painters.get(i).climb(gradient.scores(), slopes, i);
            painters.get(i).render();
        }
        control.follow(own, share);
    }

    private double value(Batch maps, int image) {
        Unit.Position position = unit.position(maps.rows(), maps.columns()).orElseThrow();
        return maps.at(image, unit.channel(), position.row(), position.column());
    }

    /** What the unit answers to finished pictures. */
    public double[] activations(Batch pixels) {
        Tap tap = Tap.after(unit.layer());
        Batch maps = material.session().activations(asSeen(pixels), Set.of(tap)).at(tap);
        return IntStream.range(0, pixels.images()).mapToDouble(i -> value(maps, i)).toArray();
    }

    /** Pictures as the network takes them: one for grey pictures sees the first of three equal planes. */
    public Batch asSeen(Batch pictures) {
        return planes(pictures, material.network().input().shape().channels());
    }

    private static Batch asPainted(Batch slopes) {
        return planes(slopes, 3);
    }

    private static Batch planes(Batch from, int channels) {
        if (from.channels() == channels) {
            return from;
        }
        Batch to = Batch.zeros(from.images(), channels, from.rows(), from.columns());
        for (int image = 0; image < from.images(); image++) {
            System.arraycopy(from.values(), from.offset(image, 0), to.values(), to.offset(image, 0), from.area());
        }
        return to;
    }

    /** How much each picture pays for being unlike the others. */
    private static final class Control {
        private final Optional<Wish> wish;
        private final double[] price;
        private final double[] smooth;
        private final List<Unlike> unlike = new ArrayList<>();
        private boolean isFirst = true;

        Control(Optional<Wish> wish, int count) {
            this.wish = wish;
            this.price = new double[count];
            this.smooth = new double[count];
            wish.ifPresent(one -> {
                Arrays.fill(price, FIRST * one.least);
                for (int i = 0; i < count; i++) {
                    int own = i;
                    unlike.add(new Unlike(one.below, one.weights, IntStream.range(0, count).filter(j -> j != own).boxed()
                            .toList()));
                }
            });
        }

        Objective with(Objective target, int picture) {
            return wish.isEmpty() || unlike.get(picture).others().isEmpty() ? target
                    : target.plus(unlike.get(picture).times(-price[picture]));
        }

        void follow(double[] own, double share) {
            for (int i = 0; i < own.length; i++) {
                smooth[i] = isFirst ? own[i] : MEMORY * smooth[i] + (1 - MEMORY) * own[i];
                if (wish.isPresent()) {
                    boolean affords = smooth[i] >= Math.min(1, share) * wish.get().least;
                    price[i] = Math.min(MOST * wish.get().least, price[i] * (affords ? RISE : FALL));
                }
            }
            isFirst = false;
        }
    }
}
