package org.loupe.core.engine;

/** The maps of an array in an engine's own memory, one for each channel of each picture. */
public interface Maps {

    /** Copies a map into {@code map}, in row order. */
    void read(int image, int channel, double[] map);

    /** Overwrites a map. */
    void write(int image, int channel, double[] map);
}
