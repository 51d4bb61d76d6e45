package org.loupe.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.Pointer;

/**
 * How many objects of the native library the whole process holds.
 *
 * <p>The number may fall at any time, for a thread of the library's frees what was left to the garbage collector. So fewer
 * are no leak, and a test compares by {@link #assertNoMoreThan}.
 */
final class NativeObjects {

    private NativeObjects() {
    }

    static long now() {
        return Pointer.totalCount();
    }

    static void assertNoMoreThan(long before, String when) {
        long now = now();
        assertTrue(now <= before, before + " native objects, and " + now + " " + when);
    }
}
