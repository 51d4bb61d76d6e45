package org.loupe.formats.architectures;

import java.io.IOException;
import java.util.Set;
import org.loupe.formats.arrays.Tensor;

/** Named arrays, each read when it is asked for. */
public interface TensorSource {

    /** The names of all arrays, in the file's order. */
    Set<String> names();

    /** The sizes of an array's dimensions. */
    int[] shape(String name);

    /** The array. */
    Tensor read(String name) throws IOException;
}
