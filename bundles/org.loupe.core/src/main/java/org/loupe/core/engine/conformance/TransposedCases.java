package org.loupe.core.engine.conformance;

import java.util.List;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** Transposed convolutions, in all the ways in which their windows can slide. */
final class TransposedCases {

    private final Cases cases = new Cases();

    private TransposedCases() {
    }

    static List<Case> all() {
        TransposedCases all = new TransposedCases();
        all.windows();
        all.above("in 2 groups", 2, 32, 48, Window.square(3, 2, 1), 2, 0, 0);
        all.above("in 3 groups", 2, 9, 15, Window.square(3, 2, 1), 3, 1, 1);
        all.above("of each channel by itself", 2, 20, 20, Window.square(4, 2, 1), 20, 0, 0);
        all.above("of each channel to two", 2, 10, 20, Window.square(3, 1, 1), 10, 0, 0);
        for (int images : new int[] {1, 3, 8, 16}) {
            all.above("of " + images + " pictures", images, 16, 24, Window.square(3, 2, 1), 1, 1, 1);
        }
        all.among();
        return all.cases.all();
    }

    private void windows() {
        above("of 1x1", Window.square(1, 1, 0), 0, 0);
        above("of 3x3", Window.square(3, 1, 1), 0, 0);
        above("of 3x3 without padding", Window.square(3, 1, 0), 0, 0);
        above("of 2x2 that steps by 2", Window.square(2, 2, 0), 0, 0);
        above("of 3x3 that steps by 2", Window.square(3, 2, 1), 0, 0);
        above("of 3x3 that steps by 2, with one more", Window.square(3, 2, 1), 1, 1);
        above("of 4x4 that steps by 2", Window.square(4, 2, 1), 0, 0);
        above("of 5x5 that steps by 3, with more", Window.square(5, 3, 2), 2, 1);
        above("of 2x2 that steps by 3 and leaves gaps", Window.square(2, 3, 0), 0, 2);
        above("of 2x3 that steps by 3 and 1, padded on one side", new Window(2, 3, 3, 1, 0, 2, 1, 0, 1, 1), 1, 0);
        above("of 3x3 with dilation 2", new Window(3, 3, 1, 1, 2, 2, 2, 2, 2, 2), 0, 0);
        above("of 3x2 with dilation 2 and 3 that steps by 2", new Window(3, 2, 2, 2, 1, 0, 2, 1, 2, 3), 1, 2);
    }

    private void above(String name, Window window, int moreRows, int moreColumns) {
        above(name + ", from 16 to 32 channels", 2, 16, 32, window, 1, moreRows, moreColumns);
        above(name + ", from 5 to 12 channels", 2, 5, 12, window, 1, moreRows, moreColumns);
        Network network = new Sketch(3, 5, 6).transposed("x", Network.INPUT, 8, window, 1, moreRows, moreColumns)
                .network();
        cases.add("a transposed convolution " + name + ", of the input", network, Tap.after("x"));
    }

    private void above(String name, int images, int read, int made, Window window, int groups, int moreRows,
            int moreColumns) {
        Network network = new Sketch(3, 5, 6).convolution("below", Network.INPUT, read, Window.square(1, 1, 0))
                .relu("rectified", "below").transposed("x", "rectified", made, window, groups, moreRows, moreColumns)
                .network();
        cases.add("a transposed convolution " + name, network, images, Tap.after("x"));
    }

    private void among() {
        Window window = Window.square(3, 2, 1);
        Network network = new Sketch(3, 6, 7).convolution("a", Network.INPUT, 12, window).relu("ar", "a")
                .transposed("up", "ar", 12, window, 1, 1, 0).normalization("upn", "up").relu("upr", "upn")
                .convolution("side", Network.INPUT, 12, Window.square(3, 1, 1)).concatenation("both", "upr", "side")
                .convolution("out", "both", 6, Window.square(3, 1, 1)).network();
        cases.add("a transposed convolution, normalized and rectified, beside a convolution", network,
                Tap.after("out"));
        cases.add("a transposed convolution, read before and behind its rectifier", network, Tap.before("upr"),
                Tap.after("upr"), Tap.after("up"));
    }
}
