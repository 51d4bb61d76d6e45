package org.loupe.core.visualize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.Objective;

/**
 * The weights of a first layer as pictures: what such a unit is, without any optimisation. Grey is no weight; each kernel
 * is scaled by its own largest weight, and drawn with a square for each weight.
 */
final class Kernels {

    /** About how large a picture is made of a kernel. */
    private static final int SIDE = 128;

    private Kernels() {
    }

    /**
     * Draws them.
     *
     * @throws IllegalArgumentException when a unit is not made of pixels directly
     */
    static Visualized draw(Network network, List<Aim> aims) {
        List<Convolution> convolutions = aims.stream().map(aim -> convolution(network, aim.network())).toList();
        int side = convolutions.stream().mapToInt(one -> Math.max(one.window().rows(), one.window().columns())).max()
                .orElseThrow();
        int zoom = Math.max(1, SIDE / side);
        Batch pictures = Batch.zeros(aims.size(), 3, side * zoom, side * zoom);
        List<Visualized.Detail> details = new ArrayList<>();
        for (int i = 0; i < aims.size(); i++) {
            ChannelObjective unit = (ChannelObjective) aims.get(i).network();
            draw(convolutions.get(i), unit.unit().channel(), network.input().deviation(), pictures, i, zoom);
            details.add(new Visualized.Detail(aims.get(i).objective().toString(), "kernel", new double[0], 0, 0, true));
        }
        return new Visualized(pictures, details, 0, false);
    }

    private static Convolution convolution(Network network, Objective objective) {
        if (!(objective instanceof ChannelObjective unit)) {
            throw new IllegalArgumentException("Only units have kernels, not “" + objective + "”.");
        }
        return find(network, objective.taps().iterator().next()).orElseThrow(() -> new IllegalArgumentException(
                "The kernel of " + unit.unit() + " cannot be drawn as a picture, for it does not read colours. Kernels can be"
                + " drawn for a first layer."));
    }

    /** The convolution that a layer is made of pixels by, if it is. */
    static Optional<Convolution> find(Network network, Tap tap) {
        String name = network.source(tap);
        while (!name.equals(Network.INPUT)) {
            Operation operation = network.operation(name).orElseThrow();
            if (operation instanceof Convolution convolution && convolution.groups() == 1
                    && convolution.input().equals(Network.INPUT)) {
                return Optional.of(convolution);
            }
            if (!(operation instanceof Relu || operation instanceof BatchNormalization
                    || operation instanceof Operation.Activation)) {
                return Optional.empty();
            }
            name = operation.inputs().get(0);
        }
        return Optional.empty();
    }

    /** @param deviation what the network divides colours by, so that weights are compared on the scale of colours */
    private static void draw(Convolution convolution, int channel, float[] deviation, Batch pictures, int image,
            int zoom) {
        int rows = convolution.window().rows();
        int columns = convolution.window().columns();
        int colours = deviation.length;
        float[] weights = convolution.weights().values();
        int first = channel * colours * rows * columns;
        double largest = 1e-30;
        for (int i = 0; i < colours * rows * columns; i++) {
            largest = Math.max(largest, Math.abs(weights[first + i] / deviation[i / (rows * columns)]));
        }
        int top = (pictures.rows() - rows * zoom) / 2;
        int left = (pictures.columns() - columns * zoom) / 2;
        for (int colour = 0; colour < 3; colour++) {
            int from = Math.min(colour, colours - 1);
            for (int row = 0; row < pictures.rows(); row++) {
                for (int column = 0; column < pictures.columns(); column++) {
                    int r = Math.floorDiv(row - top, zoom);
                    int c = Math.floorDiv(column - left, zoom);
                    boolean inside = r >= 0 && c >= 0 && r < rows && c < columns;
                    double weight = inside ? weights[first + (from * rows + r) * columns + c] / deviation[from] : 0;
                    pictures.values()[pictures.index(image, colour, row, column)] =
                            (float) (0.5 + 0.5 * weight / largest);
                }
            }
        }
    }
}
