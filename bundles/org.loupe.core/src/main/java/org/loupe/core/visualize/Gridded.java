package org.loupe.core.visualize;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.loupe.core.Batch;
import org.loupe.core.Npy;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.image.Png;

/**
 * What a layer sees at each position of a picture.
 *
 * @param name    of the picture
 * @param layer   whose activations are shown
 * @param picture as the network has seen it, shape (1, channels, rows, columns)
 * @param grid    the pictures of all positions side by side, shape (1, 3, rows of the map * cell, columns of the map * cell)
 * @param lengths how long the vector of activations is at each position, shape (1, 1, rows, columns)
 * @param done    optimisation steps that were done
 * @param steps   steps that were asked for
 */
public record Gridded(String name, String layer, Batch picture, Batch grid, Batch lengths, int done, int steps)
        implements Result {

    private static final String FACTS = "grid.tsv";

    @Override
    public boolean isPartial() {
        return done < steps;
    }

    /** Height and width of one position's picture, in pixels. */
    public int cell() {
        return grid.rows() / lengths.rows();
    }

    /**
     * The grid with each picture made smaller, so that its area is in proportion to the length of its vector; of the shape
     * of {@link #grid}, on white.
     */
    public Batch byStrength() {
        double longest = 0;
        for (float length : lengths.values()) {
            longest = Math.max(longest, length);
        }
        Batch out = grid.zeros();
        int cell = cell();
        for (int row = 0; row < out.rows(); row++) {
            for (int column = 0; column < out.columns(); column++) {
                double length = lengths.at(0, 0, row / cell, column / cell);
                double side = longest == 0 ? 0 : Math.sqrt(length / longest);
                double down = within(row % cell, cell, side);
                double across = within(column % cell, cell, side);
                boolean isInside = side > 0 && down >= 0 && down < cell && across >= 0 && across < cell;
                for (int channel = 0; channel < 3; channel++) {
                    out.values()[out.index(0, channel, row, column)] = !isInside ? 1
                            : grid.at(0, channel, row / cell * cell + (int) down, column / cell * cell + (int) across);
                }
            }
        }
        return out;
    }

    /** Where in the cell's own picture a pixel lies when this is made smaller about its middle. */
    private static double within(int at, int cell, double side) {
        return (at + .5 - cell / 2.0) / side + cell / 2.0;
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        files.write("grid.npy", Npy.write(grid));
        files.write("lengths.npy", Npy.write(lengths));
        files.write("picture.npy", Npy.write(picture));
        String title = layer + " in " + name;
        files.write("grid.png", Png.write(grid, 0, Map.of("Title", title)));
        files.write("grid-by-strength.png", Png.write(byStrength(), 0, Map.of("Title", title,
                "Description", "Areas are in proportion to the lengths of the vectors of activations.")));
        files.write(FACTS, ("picture\t" + name.replaceAll("\\p{Cntrl}", " ") + "\nlayer\t" + layer + "\ndone\t" + done
                + "\nsteps\t" + steps + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Gridded load(ResultFiles files) throws IOException {
        String[] lines = new String(files.read(FACTS), StandardCharsets.UTF_8).split("\n");
        try {
            return new Gridded(lines[0].split("\t", -1)[1], lines[1].split("\t")[1], Npy.read(files.read("picture.npy")),
                    Npy.read(files.read("grid.npy")), Npy.read(files.read("lengths.npy")),
                    Integer.parseInt(lines[2].split("\t")[1]), Integer.parseInt(lines[3].split("\t")[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException damaged) {
            throw new IOException(FACTS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
