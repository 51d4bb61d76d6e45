package org.loupe.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Guesses from past progress how long the rest of some work takes. Recent steps count more: their weight fades over
 * ten seconds. Not for several threads at once.
 */
public final class TimeLeft {

    private static final double MEMORY_NANOSECONDS = 10e9;
    private static final double SETTLED_NANOSECONDS = 1e9;

    private final LongSupplier clock;
    private final long begun;
    private long lastTime;
    private long lastDone;
    private double perStep;
    private double weight;
    private long remaining;

    /** Starts now. */
    public TimeLeft() {
        this(System::nanoTime);
    }

    /** @param clock nanoseconds from some beginning */
    public TimeLeft(LongSupplier clock) {
        this.clock = clock;
        this.begun = clock.getAsLong();
        this.lastTime = begun;
    }

    /** Hears of progress, as {@link org.loupe.core.Progress#report} does. */
    public void report(long done, long total) {
        long now = clock.getAsLong();
        if (done > lastDone && now > lastTime) {
            double fading = Math.exp(-(now - lastTime) / MEMORY_NANOSECONDS);
            double latest = (now - lastTime) / (double) (done - lastDone);
            perStep = perStep * weight * fading + latest * (1 - fading);
            weight = weight * fading + (1 - fading);
            perStep /= weight;
            lastTime = now;
        } else if (done <= lastDone) {
            // What happens before the first step, such as making a session, says nothing about steps.
            lastTime = now;
        }
        lastDone = Math.max(done, 0);
        remaining = total > 0 ? Math.max(0, total - done) : -1;
    }

    /** How long the rest may take; nothing in the first second, or where the number of steps is not known. */
    public Optional<Duration> left() {
        if (remaining < 0 || weight == 0 || clock.getAsLong() - begun < SETTLED_NANOSECONDS) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos((long) (perStep * remaining)));
    }

    /** A rounded duration for a person, such as “8 s”, “3 min” or “2 h 10 min”. */
    public static String words(Duration duration) {
        long seconds = Math.max(1, Math.round(duration.toMillis() / 1000.0));
        if (seconds < 100) {
            return (seconds > 20 ? (seconds + 2) / 5 * 5 : seconds) + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
