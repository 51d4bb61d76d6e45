package org.loupe.core.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;

/** One edit of one pass, checked against the shapes there. It has no state, and engines call it for each picture. */
public final class Editing {

    private final Edit edit;
    private final int[] channels;
    private final Shape shape;
    private final int only;
    private final List<Tap> taps;

    /**
     * @param shape of what is edited
     * @throws NetworkException         when what is edited is not there
     * @throws IllegalArgumentException when the values given do not fit
     */
    Editing(Edit edit, Shape shape, int images) {
        this.edit = edit;
        this.shape = shape;
        this.channels = edit.where().channels(shape.channels());
        this.taps = edit.reads().stream().sorted().toList();
        this.only = new Unit("any", 0, edit.where().place()).position(shape.rows(), shape.columns())
                .map(position -> index(position)).orElse(-1);
        for (int channel : channels) {
            if (channel >= shape.channels()) {
                throw new NetworkException("There is no " + edit.where() + " to edit: " + edit.where().tap()
                        + " has the channels 0 to " + (shape.channels() - 1) + ".");
            }
        }
        if (edit.substitute() instanceof Edit.Constant constant && constant.values().size() != 1
                && constant.values().size() != channels.length) {
            throw new IllegalArgumentException("The edit of " + edit.where() + " has " + constant.values().size()
                    + " values for " + channels.length + " channels; give one for each, or one for all");
        }
        if (edit.substitute() instanceof Edit.Given given) {
            require(given.values(), images);
        }
    }

    private int index(Unit.Position position) {
        if (position.row() >= shape.rows() || position.column() >= shape.columns()) {
            throw new NetworkException("There is no " + edit.where() + " to edit: for these pictures the maps of "
                    + edit.where().tap() + " have " + shape.rows() + " rows and " + shape.columns() + " columns.");
        }
        return position.row() * shape.columns() + position.column();
    }

    private void require(Batch values, int images) {
        boolean fits = only >= 0 ? values.area() == 1 : values.rows() == shape.rows() && values.columns() == shape.columns();
        if (!fits || values.channels() != channels.length || values.images() != 1 && values.images() != images) {
            throw new IllegalArgumentException("The edit of " + edit.where() + " has values of the shape " + values + ", where "
                    + images + "x" + channels.length + "x" + (only >= 0 ? "1x1" : shape.rows() + "x" + shape.columns())
                    + " are needed, or the same for 1 picture");
        }
    }

    /** The taps that the edit reads, in the order in which {@link #forward} wants them. */
    List<Tap> taps() {
        return taps;
    }

    /**
     * Edits one picture's activations.
     *
     * @param image which picture of the batch
     * @param maps  what is edited, in place
     * @param read  for each tap that the edit reads, this picture's activations, as a batch of one
     */
    public void forward(int image, Maps maps, List<Batch> read) {
        Batch computed = edit.function() == null ? null : zeros();
        if (computed != null) {
            edit.function().compute(image, readings(read), computed);
        }
        double[] map = new double[shape.area()];
        double[] more = new double[shape.area()];
        for (int i = 0; i < channels.length; i++) {
            maps.read(image, channels[i], map);
            fill(image, i, computed, more);
            for (int at = from(); at < to(); at++) {
                map[at] = (edit.keep() == 0 ? 0 : edit.keep() * map[at]) + edit.weight() * more[at];
            }
            maps.write(image, channels[i], map);
        }
    }

    /**
     * Carries one picture's gradient through the edit.
     *
     * @param image  which picture of the batch
     * @param slopes gradient with respect to what was edited, turned in place into that with respect to what was there
     * @param read   for each tap that the edit reads, this picture's activations, as a batch of one
     * @return for each of these taps the gradient with respect to it
     */
    public List<Batch> backward(int image, Maps slopes, List<Batch> read) {
        Batch computed = edit.function() == null ? null : zeros();
        double[] map = new double[shape.area()];
        for (int i = 0; i < channels.length; i++) {
            slopes.read(image, channels[i], map);
            for (int at = from(); at < to(); at++) {
                if (computed != null) {
                    computed.values()[i * shape.area() + at] = (float) (edit.weight() * map[at]);
                }
                map[at] = edit.keep() == 0 ? 0 : edit.keep() * map[at];
            }
            slopes.write(image, channels[i], map);
        }
        List<Batch> found = read.stream().map(Batch::zeros).toList();
        if (computed != null) {
            edit.function().chain(image, readings(read), computed, readings(found));
        }
        return found;
    }

    private Batch zeros() {
        return Batch.zeros(1, channels.length, shape.rows(), shape.columns());
    }

    private int from() {
        return Math.max(only, 0);
    }

    private int to() {
        return only < 0 ? shape.area() : only + 1;
    }

    private Readings readings(List<Batch> read) {
        Map<Tap, Batch> byTap = new HashMap<>();
        for (int i = 0; i < taps.size(); i++) {
            byTap.put(taps.get(i), read.get(i));
        }
        return new Readings(byTap);
    }

    /** Writes what the substitute has for one channel, at least where it is wanted. */
    private void fill(int image, int i, Batch computed, double[] map) {
        if (edit.substitute() instanceof Edit.Constant constant) {
            Arrays.fill(map, constant.values().get(constant.values().size() == 1 ? 0 : i));
        } else if (edit.substitute() instanceof Edit.Noise noise) {
            Draws draws = new Draws(noise.seed()).split(image).split(channels[i]);
            for (int at = 0; at < to(); at++) {
                map[at] = draws.gaussian(0, noise.deviation());
            }
        } else if (edit.substitute() instanceof Edit.Given given) {
            Batch values = given.values();
            int start = values.offset(values.images() == 1 ? 0 : image, i) - (only < 0 ? 0 : only);
            copy(values, start, map);
        } else {
            copy(computed, i * shape.area(), map);
        }
    }

    private void copy(Batch values, int start, double[] map) {
        for (int at = from(); at < to(); at++) {
            map[at] = values.values()[start + at];
        }
    }

    /** The edit. */
    @Override
    public String toString() {
        return edit.toString();
    }
}
