package org.loupe.core.visualize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Observer;
import org.loupe.core.Unit;
import org.loupe.core.engine.Session;
import org.loupe.core.image.Colours;
import org.loupe.core.image.FourierPicture;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.DirectionObjective;
import org.loupe.core.objective.Objective;

/**
 * Makes one large picture whose parts excite a layer as the positions of a small one do. All of it is described by one set
 * of Fourier coefficients, so neighbours share what they have in common. In each step the network sees each part with a
 * margin around it, all moved alike by chance.
 *
 * <p>The parts are led by what goes into the layer's nonlinearity for the first {@value #WAKING_STEPS} steps, for a grey
 * picture may leave all channels silent.
 */
final class GridOptimisation {

    private static final int WAKING_STEPS = 16;
    private static final int TOGETHER = 16;
    private static final float GREY = .5f;

    /** A position, and what is to be made for it. */
    private record Cell(int row, int column, Objective objective) {
    }

    private final Session session;
    private final String name;
    private final Batch picture;
    private final Layer layer;
    private final Grid.Arguments arguments;
    private final Batch lengths;
    private final List<Cell> cells = new ArrayList<>();
    private final FourierPicture space;
    private final Batch canvas;
    private final int margin;

    GridOptimisation(Session session, String name, Batch picture, Layer layer, Grid.Arguments arguments) {
        this.session = session;
        this.name = name;
        this.picture = picture;
        this.layer = layer;
        this.arguments = arguments;
        this.margin = arguments.cell() / 4;
        Network network = session.network();
        int side = arguments.cell() + 2 * margin;
        if (!network.shapes(side, side).containsKey(layer.output())) {
            throw new IllegalArgumentException(layer.name() + " of " + network + " cannot be computed for pictures of " + side
                    + " pixels, which a grid is made of. Choose a layer below it.");
        }
        Tap tap = Tap.after(layer.name());
        Batch activation = session.activations(picture, Set.of(tap)).at(tap);
        this.lengths = Batch.zeros(1, 1, activation.rows(), activation.columns());
        for (int row = 0; row < activation.rows(); row++) {
            for (int column = 0; column < activation.columns(); column++) {
                add(activation, row, column);
            }
        }
        int rows = activation.rows() * arguments.cell();
        int columns = activation.columns() * arguments.cell();
        this.space = network.input().shape().channels() == 1 ? FourierPicture.grey(rows, columns)
                : FourierPicture.coloured(rows, columns, Colours.NATURAL);
        this.canvas = Batch.zeros(1, 3, rows, columns);
    }

    /** Where nothing fires there is nothing to make. */
    private void add(Batch activation, int row, int column) {
        double square = 0;
        for (int channel = 0; channel < activation.channels(); channel++) {
            square += Math.pow(activation.at(0, channel, row, column), 2);
        }
        double length = Math.sqrt(square);
        lengths.values()[lengths.index(0, 0, row, column)] = (float) length;
        if (length > 0) {
            SortedMap<Integer, Double> vector = new TreeMap<>();
            for (int channel = 0; channel < activation.channels(); channel++) {
                if (activation.at(0, channel, row, column) != 0) {
                    vector.put(channel, activation.at(0, channel, row, column) / length);
                }
            }
            cells.add(new Cell(row, column,
                    new DirectionObjective(Tap.after(layer.name()), vector, Unit.CENTRE, arguments.power())));
        }
    }

    /** Runs all steps, or as many as the observer wants. */
    Gridded run(Observer<? super Gridded> observer) {
        Draws draws = new Draws(arguments.seed());
        float[] parameters = space.start(draws.split(0));
        float[] gradient = new float[parameters.length];
        Adam adam = new Adam(parameters.length, arguments.rate());
        Draws moves = draws.split(1);
        int reach = Math.max(1, margin / 2);
        space.render(parameters, canvas.values());
        int done = 0;
        String what = "Grid of " + layer.name() + " in " + name;
        while (done < arguments.steps() && observer.report(done, arguments.steps(), what)) {
            int down = moves.below(2 * reach + 1) - reach;
            int along = moves.below(2 * reach + 1) - reach;
            space.chain(canvas.values(), slope(down, along, done < WAKING_STEPS), gradient);
            adam.climb(parameters, gradient);
            space.render(parameters, canvas.values());
            done++;
            if (observer.wantsSnapshot()) {
                observer.snapshot(result(done));
            }
        }
        return result(done);
    }

    private Gridded result(int done) {
        return new Gridded(name, layer.name(), picture, cleared(), lengths, done, arguments.steps());
    }

    /** The canvas, grey where nothing fires. */
    private Batch cleared() {
        Batch shown = canvas.copy();
        int cell = arguments.cell();
        for (int row = 0; row < canvas.rows(); row++) {
            for (int column = 0; column < canvas.columns(); column++) {
                if (lengths.at(0, 0, row / cell, column / cell) == 0) {
                    for (int channel = 0; channel < 3; channel++) {
                        shown.values()[shown.index(0, channel, row, column)] = GREY;
                    }
                }
            }
        }
        return shown;
    }

    /** How the scores of all parts change with each value of the canvas. */
    private float[] slope(int down, int along, boolean isWaking) {
        Batch slope = canvas.zeros();
        Shape input = session.network().input().shape();
        int side = arguments.cell() + 2 * margin;
        for (int from = 0; from < cells.size(); from += TOGETHER) {
            List<Cell> some = cells.subList(from, Math.min(cells.size(), from + TOGETHER));
            Batch seen = Batch.zeros(some.size(), input.channels(), side, side);
            Arrays.fill(seen.values(), GREY);
            for (int i = 0; i < some.size(); i++) {
                transfer(some.get(i), i, seen, down, along, (inside, outside) ->
                        seen.values()[outside] = canvas.values()[inside]);
            }
            List<Objective> objectives = some.stream()
                    .map(cell -> isWaking ? cell.objective.beforeActivation() : cell.objective).toList();
            float[] found = session.gradient(seen, objectives).pictures().values();
            for (int i = 0; i < some.size(); i++) {
                transfer(some.get(i), i, seen, down, along, (inside, outside) -> slope.values()[inside] += found[outside]);
            }
        }
        return slope.values();
    }

    private interface Transfer {
        void value(int onCanvas, int seen);
    }

    /** Visits every value of a part that lies on the canvas. */
    private void transfer(Cell cell, int image, Batch seen, int down, int along, Transfer transfer) {
        int top = cell.row * arguments.cell() - margin + down;
        int left = cell.column * arguments.cell() - margin + along;
        for (int channel = 0; channel < seen.channels(); channel++) {
            for (int row = Math.max(0, -top); row < Math.min(seen.rows(), canvas.rows() - top); row++) {
                for (int column = Math.max(0, -left); column < Math.min(seen.columns(), canvas.columns() - left); column++) {
                    transfer.value(canvas.index(0, channel, top + row, left + column), seen.index(image, channel, row, column));
                }
            }
        }
    }
}
