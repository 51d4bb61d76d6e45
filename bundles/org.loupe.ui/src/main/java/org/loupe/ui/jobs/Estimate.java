package org.loupe.ui.jobs;

import java.time.Duration;
import org.loupe.platform.TimeLeft;

/** How long the next pictures will take, from how long the last ones took. Not safe for several threads. */
final class Estimate {

    private static final double WEIGHT_OF_LAST = 0.3;

    private double nanoseconds = Double.NaN;

    void add(long last) {
        nanoseconds = Double.isNaN(nanoseconds) ? last : nanoseconds + WEIGHT_OF_LAST * (last - nanoseconds);
    }

    /** The time for a number of pictures, such as “about 2 min”; empty before one was made. */
    String of(int pictures, int workers) {
        return Double.isNaN(nanoseconds) || pictures == 0 ? ""
                : "about " + TimeLeft.words(Duration.ofNanos((long) (nanoseconds * pictures / workers)));
    }
}
