package org.loupe.formats.dl4j;

import java.util.List;
import java.util.Optional;

/**
 * A place in a DL4J network that computes something.
 *
 * @param name         unique in the network
 * @param settings     of the layer, or of a vertex that has none
 * @param inputs       names of what it reads
 * @param preprocessor what changes the form of its input before it reads it
 * @param weighty      whether it has learned numbers
 */
record Vertex(String name, Settings settings, List<String> inputs, Optional<Settings> preprocessor, boolean weighty) {

    private static final String[] FORMATS = {"cnn2dDataFormat", "cnn2DFormat", "dataFormat", "format"};

    String kind() {
        return settings.kind();
    }

    /** The preprocessor, where it is of the given kind. */
    Optional<Settings> preprocessor(String kind) {
        return preprocessor.filter(found -> found.kind().equals(kind));
    }

    /** Whether DL4J keeps what this layer reads in the order (image, row, column, channel). */
    boolean channelsLast() {
        for (String format : FORMATS) {
            if (settings.has(format)) {
                return settings.text(format).equals("NHWC");
            }
        }
        return false;
    }
}
