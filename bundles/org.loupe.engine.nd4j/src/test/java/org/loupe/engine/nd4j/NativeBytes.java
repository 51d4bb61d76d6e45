package org.loupe.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.nd4j.linalg.factory.Nd4j;

/**
 * What ND4J has allocated outside of Java's heap, in bytes of the whole process.
 *
 * <p>The number may fall at any time: arrays that others left to the garbage collector are freed by a thread of ND4J's. So fewer bytes are no
 * leak, and a test compares by {@link #assertNoMoreThan}.
 */
final class NativeBytes {

    private NativeBytes() {
    }

    static long now() {
        return Nd4j.getEnvironment().getDeviceCouner(0);
    }

    static void assertNoMoreThan(long before, String when) {
        long now = now();
        assertTrue(now <= before, before + " native bytes, and " + now + " " + when);
    }
}
