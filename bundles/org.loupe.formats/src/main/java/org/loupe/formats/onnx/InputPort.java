package org.loupe.formats.onnx;

import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Shape;
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Model.Port;

/**
 * Where pictures go into a graph.
 *
 * @param view what the graph sees there
 * @param size how sure the size is
 * @param type number of the type in the ONNX format
 */
record InputPort(String name, View view, Certainty size, int type) {

    private static final int USUAL = 224;
    private static final int MOST_IMAGES = 1 << 10;
    private static final int LARGEST = 1 << 13;

    Shape shape() {
        return view.shape();
    }

    /**
     * Finds out which axes of an input are which.
     *
     * @param nodes   that read it, among others
     * @param remarks takes sentences about what was guessed
     */
    static InputPort of(Port port, List<Node> nodes, Converter converter, InputChoice choice, List<String> remarks) {
        long[] sizes = port.sizes();
        if (sizes == null) {
            sizes = new long[] {-1, -1, -1, -1};
        }
        if (sizes.length != 4) {
            throw new NetworkException("its input " + port.name() + " has the shape " + text(sizes)
                    + "; Loupe opens networks that see pictures: image, channel, row, column");
        }
        boolean last = isColour(sizes[3]) && !isColour(sizes[1]);
        long channels = last ? sizes[3] : sizes[1];
        if (channels < 0) {
            channels = firstKernels(port.name(), nodes, converter);
            last = false;
        }
        if (!isColour(channels)) {
            throw new NetworkException("its input " + port.name() + " has the shape " + text(sizes)
                    + "; Loupe opens networks that see pictures with 1 or 3 colours");
        }
        int images = sizes[0] < 1 ? 1 : (int) Math.min(MOST_IMAGES + 1, sizes[0]);
        long rows = sizes[last ? 1 : 2];
        long columns = sizes[last ? 2 : 3];
        Certainty certainty = Certainty.STATED;
        if (choice.rows() > 0) {
            rows = choice.rows();
            columns = choice.columns();
        } else if (rows < 0 || columns < 0) {
            rows = rows > 0 ? rows : columns > 0 ? columns : USUAL;
            columns = columns > 0 ? columns : rows;
            certainty = Certainty.GUESSED;
            remarks.add("The file leaves the size of pictures open; " + rows + " rows by " + columns + " columns were guessed.");
        }
        if (rows > LARGEST || columns > LARGEST || images > MOST_IMAGES) {
            throw new NetworkException("its input " + port.name() + " has the shape " + text(sizes) + ", which is too large");
        }
        View view = View.image(Network.INPUT, new Shape((int) channels, (int) rows, (int) columns), images);
        return new InputPort(port.name(), last ? view.transposed(new int[] {0, 2, 3, 1}) : view, certainty, port.type());
    }

    private static boolean isColour(long channels) {
        return channels == 1 || channels == 3;
    }

    private static long firstKernels(String input, List<Node> nodes, Converter converter) {
        for (Node node : nodes) {
            if (node.type().equals("Conv") && node.inputs().size() > 1 && node.inputs().get(0).equals(input)) {
                Constant kernels = converter.tensor(node.inputs().get(1));
                return kernels == null || kernels.rank() != 4 ? 3 : kernels.sizes()[1] * node.integer("group", 1);
            }
        }
        return 3;
    }

    private static String text(long[] sizes) {
        return Arrays.toString(sizes).replace("-1", "?");
    }
}
