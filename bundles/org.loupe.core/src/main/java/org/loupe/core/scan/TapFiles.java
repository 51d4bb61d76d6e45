package org.loupe.core.scan;

import org.loupe.core.network.Tap;

/**
 * Names of the files about one tap; {@code docs/scan-files.md} describes them.
 *
 * @param stem what they begin with
 */
record TapFiles(String stem) {

    /** The names for a tap; the number keeps those of taps with odd names apart. */
    static TapFiles of(int number, Tap tap) {
        return new TapFiles(number + "-" + tap.toString().replaceAll("[^\\p{L}\\p{N}_.-]", "_"));
    }

    String maxima() {
        return stem + "-maxima.npy";
    }

    String places() {
        return stem + "-places.npy";
    }

    String means() {
        return stem + "-means.npy";
    }

    String statistics() {
        return stem + "-statistics.npy";
    }

    String histogram() {
        return stem + "-histogram.npy";
    }

    String examples() {
        return stem + "-examples.npy";
    }

    String values() {
        return stem + "-example-values.npy";
    }

    String classes() {
        return stem + "-classes.npy";
    }
}
