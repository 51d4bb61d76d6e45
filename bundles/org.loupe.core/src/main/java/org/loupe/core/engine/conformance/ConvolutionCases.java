package org.loupe.core.engine.conformance;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** One convolution on the input, then one above another, in all the ways in which its window can slide. */
final class ConvolutionCases {

    private final List<Case> cases = new ArrayList<>();

    private ConvolutionCases() {
    }

    static List<Case> all() {
        ConvolutionCases all = new ConvolutionCases();
        all.windows();
        all.firstLayers();
        all.groups();
        for (int images = 1; images <= 16; images++) {
            all.above("a convolution of " + images + " pictures", images, 16, 24, Window.square(3, 1, 1), 1);
        }
        return all.cases;
    }

    private void windows() {
        above("a 1x1 convolution", Window.square(1, 1, 0));
        above("a 3x3 convolution", Window.square(3, 1, 1));
        above("a 3x3 convolution without padding", Window.square(3, 1, 0));
        above("a 5x5 convolution", Window.square(5, 1, 2));
        above("an 11x11 convolution", Window.square(11, 1, 5));
        above("a 2x2 convolution padded on one side", new Window(2, 2, 1, 1, 0, 0, 1, 1, 1, 1));
        above("a 1x7 convolution", new Window(1, 7, 1, 1, 0, 3, 0, 3, 1, 1));
        above("a 7x1 convolution", new Window(7, 1, 1, 1, 3, 0, 3, 0, 1, 1));
        above("a convolution padded by more than its window", Window.square(3, 1, 4));
        above("a convolution with a window as large as the map", new Window(9, 11, 1, 1, 0, 0, 0, 0, 1, 1));
        above("a 1x1 convolution that steps by 2", Window.square(1, 2, 0));
        above("a 3x3 convolution that steps by 2", Window.square(3, 2, 1));
        above("a 3x3 convolution that steps by 2 and is padded as in TensorFlow",
                new Window(3, 3, 2, 2, 0, 0, 1, 1, 1, 1));
        above("a 5x5 convolution that steps by 3", Window.square(5, 3, 2));
        above("a convolution that steps by 2 in rows and 3 in columns", new Window(4, 5, 2, 3, 1, 2, 1, 2, 1, 1));
        above("a convolution that leaves columns unread", new Window(2, 2, 2, 4, 0, 0, 0, 0, 1, 1));
        above("a 3x3 convolution with dilation 2", new Window(3, 3, 1, 1, 2, 2, 2, 2, 2, 2));
        above("a 3x3 convolution with dilation 3 in columns", new Window(3, 3, 1, 1, 1, 3, 1, 3, 1, 3));
        above("a 3x3 convolution with dilation 2 that steps by 2", new Window(3, 3, 2, 2, 2, 2, 2, 2, 2, 2));
    }

    private void firstLayers() {
        first("7x7 that steps by 2", 3, 24, 24, Window.square(7, 2, 3));
        first("7x7 that steps by 2, on odd sizes", 3, 23, 27, Window.square(7, 2, 3));
        first("7x7 that steps by 2, padded as in TensorFlow", 3, 24, 24, new Window(7, 7, 2, 2, 2, 2, 3, 3, 1, 1));
        first("7x7 that steps by 2, without padding", 3, 24, 25, Window.square(7, 2, 0));
        first("3x3 that steps by 2", 3, 21, 22, Window.square(3, 2, 1));
        first("3x3 that steps by 2, unpadded", 3, 21, 22, Window.square(3, 2, 0));
        first("4x4 that steps by 4", 3, 22, 25, Window.square(4, 4, 0));
        first("11x11 that steps by 4", 3, 43, 40, Window.square(11, 4, 2));
        first("3x3 on grey pictures", 1, 12, 13, Window.square(3, 1, 1));
        first("3x3 on pictures of four channels", 4, 12, 13, Window.square(3, 1, 1));
        first("1x1 on pictures of one row", 3, 1, 13, Window.square(1, 1, 0));
    }

    private void groups() {
        above("a convolution in 2 groups", 2, 32, 64, Window.square(3, 1, 1), 2);
        above("a convolution in 2 groups of few channels", 2, 12, 20, Window.square(5, 1, 2), 2);
        above("a convolution in 3 groups that steps by 2", 2, 9, 15, Window.square(3, 2, 1), 3);
        above("a depthwise convolution", 2, 32, 32, Window.square(3, 1, 1), 32);
        above("a depthwise convolution of 20 channels", 2, 20, 20, Window.square(3, 1, 1), 20);
        above("a depthwise convolution that steps by 2", 2, 20, 20, Window.square(3, 2, 1), 20);
        above("a depthwise convolution with two outputs for each input", 2, 10, 20, Window.square(3, 1, 1), 10);
        above("a convolution from 12, 36, 20 and 4 channels", 2, 72, 84, Window.square(3, 1, 1), 1);
    }

    private void first(String name, int channels, int rows, int columns, Window window) {
        for (int made : new int[] {16, 10}) {
            Network network = new Sketch(channels, rows, columns).convolution("first", Network.INPUT, made, window)
                    .network();
            cases.add(new Case("a first convolution to " + made + " channels: " + name,
                    engine -> new Comparison(network, Sketch.pictures(2, channels, rows, columns))
                            .check(engine, Tap.after("first"))));
        }
    }

    private void above(String name, Window window) {
        above(name + ", from 16 to 32 channels", 2, 16, 32, window, 1);
        above(name + ", from 5 to 12 channels", 2, 5, 12, window, 1);
    }

    private void above(String name, int images, int read, int made, Window window, int groups) {
        Network network = new Sketch(3, 9, 11).convolution("below", Network.INPUT, read, Window.square(1, 1, 0))
                .convolution("above", "below", made, window, groups).network();
        cases.add(new Case(name, engine -> new Comparison(network, Sketch.pictures(images, 3, 9, 11))
                .check(engine, Tap.after("above"))));
    }
}
