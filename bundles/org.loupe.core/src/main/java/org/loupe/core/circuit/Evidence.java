package org.loupe.core.circuit;

import java.util.List;
import org.loupe.core.Batch;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Window;

/**
 * What is known of the connections into one unit: its kernels, and what these saw on pictures where the unit was
 * strongest.
 *
 * <p>On each picture only the window counts in which the unit's sum is largest. Kernels and windows are held row by row,
 * with zeros outside the map.
 *
 * @param kernels for each input channel
 * @param bias    of the unit
 * @param excited what the kernels saw on the pictures that excite the unit most, strongest first: (picture, input
 *                channel, cell)
 * @param others  the same of the pictures that excite it least, as many
 * @param matched for each picture of {@code excited}, what the kernels see at the same place of its counterfactual: the
 *                picture that is most like it of the half that excites the unit less
 * @param inhibited what the kernels saw where the unit's sum was smallest, on the pictures where it was smallest, as many
 * @param usual   of each input channel, its mean over all pictures and positions
 * @param together for each input, the odds by {@link Finder#SHARED_SPOTS}, as a logarithm
 * @param maps    what the unit reads on the pictures of {@code excited}, whole
 * @param window  how the kernels slide
 */
public record Evidence(float[][] kernels, float bias, float[][][] excited, float[][][] others,
        float[][][] matched, float[][][] inhibited, double[] usual, double[] together, List<Batch> maps, Window window) {

    /**
     * Collects evidence about one unit; who asks about several of one layer asks {@link LayerEvidence}.
     *
     * @param session  of the inputs' own network
     * @param channel  of the layer whose inputs these are
     * @param pictures (picture, colour, row, column) from 0 to 1
     * @param examples how many pictures count as exciting, and how many as not; at most half of the pictures
     */
    public static Evidence of(LayerInputs inputs, Session session, int channel, Batch pictures, int examples) {
        return LayerEvidence.of(inputs, session, pictures, examples).unit(channel);
    }

    static float[] seen(Batch maps, int image, int channel, Window window, int row, int column) {
        float[] seen = new float[window.rows() * window.columns()];
        for (int cell = 0; cell < seen.length; cell++) {
            int r = row * window.rowStep() - window.top() + cell / window.columns() * window.rowDilation();
            int c = column * window.columnStep() - window.left()
                    + cell % window.columns() * window.columnDilation();
            if (r >= 0 && r < maps.rows() && c >= 0 && c < maps.columns()) {
                seen[cell] = maps.at(image, channel, r, c);
            }
        }
        return seen;
    }

    /** How many units the unit reads. */
    public int inputs() {
        return kernels.length;
    }

    /** Contribution of an input channel to the unit's sum in one window. */
    public double contribution(int input, float[][] seen) {
        double sum = 0;
        for (int cell = 0; cell < kernels[input].length; cell++) {
            sum += kernels[input][cell] * seen[input][cell];
        }
        return sum;
    }
}
