package org.loupe.formats.arrays;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.Input;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Shape;

/**
 * What pictures a network wants, from what the person says, the file says, or networks of its kind usually have.
 *
 * @param shape       of what the network sees
 * @param size        how sure the rows and columns are
 * @param preparation how colours become numbers
 * @param colours     how sure that is
 * @param remarks     sentences about what was guessed
 */
public record Pictures(Shape shape, Certainty size, Preparation preparation, Certainty colours, List<String> remarks) {

    /**
     * What a file or its kind says about colours.
     *
     * @param remark why, as a whole sentence; empty where there is nothing to say
     */
    public record Colours(Preparation preparation, Certainty certainty, String remark) {

        /** Nothing is known. */
        public static final Colours UNKNOWN = new Colours(Preparation.known("-1..1"), Certainty.UNKNOWN,
                "Nothing in the file says how colours become the network's numbers.");

        /** A preparation that has a name. */
        public static Colours of(String known, Certainty certainty, String remark) {
            return new Colours(Preparation.known(known), certainty, remark);
        }
    }

    /**
     * @param rows    what the file says, or less than 1
     * @param columns what the file says, or less than 1
     * @param usual   rows and columns of networks of this kind, or 0 where that is not known
     */
    public static Pictures of(InputChoice choice, int channels, int rows, int columns, int usual, Colours colours) {
        List<String> remarks = new ArrayList<>();
        Shape shape;
        Certainty size = Certainty.STATED;
        if (choice.rows() > 0) {
            shape = new Shape(channels, choice.rows(), choice.columns());
        } else if (rows > 0 && columns > 0) {
            if (rows > 4096 || columns > 4096) {
                throw new NetworkException("It wants pictures of " + rows + " rows and " + columns + " columns");
            }
            shape = new Shape(channels, rows, columns);
        } else {
            int guess = usual > 0 ? usual : 224;
            size = usual > 0 ? Certainty.GUESSED : Certainty.UNKNOWN;
            shape = new Shape(channels, guess, guess);
            remarks.add("The file leaves the size of the pictures open; " + guess + " rows and columns were taken"
                    + (usual > 0 ? ", as networks of this kind usually have." : "."));
        }
        if (choice.preparation().isPresent()) {
            return new Pictures(shape, size, choice.preparation().get(), Certainty.STATED, remarks);
        }
        if (!colours.remark().isEmpty()) {
            remarks.add(colours.remark());
        }
        return new Pictures(shape, size, colours.preparation(), colours.certainty(), remarks);
    }

    /** What to add to a message when a network does not fit together: the guessed size may be the reason. */
    public String advice() {
        return size == Certainty.STATED ? "" : " The file leaves the size of the pictures open; " + shape.rows() + " rows and "
                + shape.columns() + " columns were tried. Give the size that the network was trained for.";
    }

    /** The input of a network that sees the numbers as they are, before the preparation is applied. */
    public Input input() {
        float[] deviation = new float[shape.channels()];
        Arrays.fill(deviation, 1);
        return new Input(shape, new float[shape.channels()], deviation);
    }

    /** The reading of a network that was made with {@link #input}. */
    public NetworkReading reading(Network network, List<String> more) {
        List<String> all = new ArrayList<>(more);
        all.addAll(remarks);
        return new NetworkReading(preparation.applied(network), colours, size, all);
    }
}
