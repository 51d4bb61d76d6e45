package org.loupe.core.network;

/** Checks what is added to or cut from the four sides of an input. */
final class Margins {

    private static final int LARGEST = 1 << 14;

    private Margins() {
    }

    static void check(String what, String name, int... margins) {
        for (int margin : margins) {
            if (margin < 0 || margin > LARGEST) {
                throw new NetworkException("The " + what + " " + name + " cannot have a margin of " + margin);
            }
        }
    }
}
