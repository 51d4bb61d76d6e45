package org.loupe.core.engine.conformance;

import java.util.List;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** Operations that bring values to other places: selection, competition, padding, crop, resizing, flattening. */
final class PlacementCases {

    private static final Window ONE = Window.square(1, 1, 0);
    private static final Window THREE = Window.square(3, 1, 1);

    private final Cases cases = new Cases();

    private PlacementCases() {
    }

    static List<Case> all() {
        PlacementCases all = new PlacementCases();
        all.selections();
        all.largest();
        all.paddings();
        all.crops();
        all.sizes();
        all.flattening();
        return all.cases.all();
    }

    private void selections() {
        cases.each("a selection of one channel", sketch -> sketch.selection("x", "from", 2));
        cases.each("a selection in another order", sketch -> sketch.selection("x", "from", 2, 1, 0));
        cases.each("a selection with a channel three times", sketch -> sketch.selection("x", "from", 1, 0, 1, 1));
        cases.each("a selection of more channels than there are",
                sketch -> sketch.selection("x", "from", 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2));
        Network reversed = new Sketch(3, 17, 15).selection("bgr", Network.INPUT, 2, 1, 0)
                .convolution("a", "bgr", 16, Window.square(7, 2, 3)).relu("ar", "a").network();
        cases.add("blue before red at the input", reversed, Tap.after("ar"));
        cases.add("blue before red at the input, read itself", reversed, 3, Tap.after("bgr"), Tap.after("ar"));
        for (int channels : new int[] {32, 24, 20}) {
            Network split = new Sketch(3, 6, 7).convolution("a", Network.INPUT, channels, THREE).relu("ar", "a")
                    .slice("left", "ar", 0, channels / 2).slice("right", "ar", channels / 2, channels)
                    .convolution("b", "right", channels / 2, THREE).concatenation("both", "left", "b")
                    .shuffle("x", "both", 2).convolution("c", "x", 8, ONE).network();
            cases.add("halves of " + channels + " channels that meet again, shuffled", split, Tap.after("c"));
            cases.add("halves of " + channels + " channels, read", split, Tap.after("left"), Tap.after("right"),
                    Tap.after("x"));
        }
    }

    private void largest() {
        cases.each("the largest channel", sketch -> sketch.largest("x", "from", 1));
        cases.each("the three largest channels", sketch -> sketch.largest("x", "from", 3));
        cases.each("more of the largest channels than there are", sketch -> sketch.largest("x", "from", 99));
        Network code = new Sketch(3, 9, 8).convolution("a", Network.INPUT, 20, THREE).relu("ar", "a")
                .convolution("code", "ar", 50, ONE).relu("coder", "code").largest("few", "coder", 4)
                .convolution("made", "few", 20, ONE).addition("x", "made", "ar").network();
        cases.add("a sparse autoencoder", code, Tap.after("few"), Tap.after("x"));
    }

    private void paddings() {
        for (Fill fill : Fill.values()) {
            padding(fill, 1, 1, 1, 1, 0);
            padding(fill, 0, 1, 2, 3, 0);
            padding(fill, 3, 0, 0, 0, fill == Fill.CONSTANT ? -1.5f : 0);
            Network before = new Sketch(3, 9, 8).padding("p", Network.INPUT, 2, 3, 2, 3, fill, 0.5f)
                    .convolution("a", "p", 16, Window.square(5, 2, 0)).relu("ar", "a")
                    .padding("q", "ar", 1, 0, 2, 1, fill, 0).convolution("b", "q", 12, Window.square(3, 1, 1))
                    .network();
            cases.add(fill + " padding in front of convolutions", before, Tap.after("b"));
            cases.add(fill + " padding in front of convolutions, read", before, 3, Tap.after("p"), Tap.after("q"));
        }
        Network shared = new Sketch(3, 8, 7).convolution("a", Network.INPUT, 16, THREE).relu("ar", "a")
                .padding("p", "ar", 0, 0, 1, 1, Fill.CONSTANT, 0).convolution("b", "p", 12, Window.square(3, 2, 0))
                .maxPool("c", "p", Window.square(3, 2, 0)).concatenation("d", "b", "c").network();
        cases.add("padding that a convolution and a max pooling read", shared, Tap.after("d"));
        Network pooled = new Sketch(3, 8, 7).convolution("a", Network.INPUT, 16, THREE)
                .padding("p", "a", 1, 1, 1, 1, Fill.CONSTANT, 0).maxPool("m", "p", Window.square(3, 2, 0))
                .padding("q", "m", 0, 0, 1, 1, Fill.CONSTANT, 0).averagePool("x", "q", Window.square(2, 2, 0)).network();
        cases.add("padding in front of poolings: its zeros count", pooled, Tap.after("x"));
        Network depthwise = new Sketch(3, 8, 8).convolution("a", Network.INPUT, 24, ONE).relu("ar", "a")
                .padding("p", "ar", 0, 0, 1, 1, Fill.CONSTANT, 0).convolution("x", "p", 24, Window.square(3, 2, 0), 24)
                .network();
        cases.add("padding in front of a depthwise convolution", depthwise, 5, Tap.after("x"));
    }

    private void padding(Fill fill, int top, int left, int bottom, int right, float value) {
        cases.each(fill + " padding of " + top + ", " + left + ", " + bottom + " and " + right,
                sketch -> sketch.padding("x", "from", top, left, bottom, right, fill, value));
    }

    private void crops() {
        cases.each("a crop of all sides", sketch -> sketch.crop("x", "from", 1, 2, 3, 1, 1, 1));
        cases.each("a crop of one side", sketch -> sketch.crop("x", "from", 1, 0, 0, 0, 1, 1));
        cases.each("a crop that keeps every second position", sketch -> sketch.crop("x", "from", 0, 0, 0, 0, 2, 2));
        cases.each("a crop that keeps every third column of some", sketch -> sketch.crop("x", "from", 0, 1, 2, 2, 1, 3));
        cases.each("a crop to one position", sketch -> sketch.crop("x", "from", 4, 5, 4, 5, 1, 1));
        Network quarters = new Sketch(3, 8, 10).crop("a", Network.INPUT, 0, 0, 0, 0, 2, 2)
                .crop("b", Network.INPUT, 0, 1, 0, 0, 2, 2).crop("c", Network.INPUT, 1, 0, 0, 0, 2, 2)
                .crop("d", Network.INPUT, 1, 1, 0, 0, 2, 2).concatenation("all", "a", "b", "c", "d")
                .convolution("x", "all", 16, THREE).network();
        cases.add("every second position of the input, four times, as channels", quarters, Tap.after("x"));
    }

    private void sizes() {
        for (Interpolation interpolation : Interpolation.values()) {
            for (Alignment alignment : Alignment.values()) {
                for (double[] scale : new double[][] {{2, 2}, {1.5, 2.25}, {0.5, 0.7}, {3, 1}, {1, 1}}) {
                    resize(interpolation, alignment, scale[0], scale[1]);
                }
            }
        }
        for (Interpolation interpolation : Interpolation.values()) {
            Network shaped = new Sketch(3, 16, 12).convolution("a", Network.INPUT, 12, THREE).relu("ar", "a")
                    .maxPool("down1", "ar", Window.square(2, 2, 0)).convolution("b", "down1", 16, THREE).relu("br", "b")
                    .maxPool("down2", "br", Window.square(2, 2, 0)).convolution("c", "down2", 20, THREE).relu("cr", "c")
                    .resize("up1", "cr", 2, 2, interpolation, Alignment.HALF_PIXEL).concatenation("both1", "up1", "br")
                    .convolution("d", "both1", 12, THREE).relu("dr", "d")
                    .resize("up2", "dr", 2, 2, interpolation, Alignment.HALF_PIXEL).concatenation("both2", "up2", "ar")
                    .convolution("x", "both2", 5, ONE).network();
            cases.add("a U-shaped network that resizes " + interpolation, shaped, Tap.after("x"));
            cases.add("a U-shaped network that resizes " + interpolation + ", read at its bottom and its bridges",
                    shaped, 3, Tap.after("c"), Tap.after("up1"), Tap.after("both2"));
        }
        Network tiny = new Sketch(3, 5, 4).globalAverage("mean", Network.INPUT)
                .resize("x", "mean", 5, 4, Interpolation.LINEAR, Alignment.CORNERS).network();
        cases.add("one position, resized to a map", tiny, Tap.after("x"));
    }

    private void resize(Interpolation interpolation, Alignment alignment, double rows, double columns) {
        String name = "resizing by " + rows + " and " + columns + ", " + interpolation + ", aligned at " + alignment;
        Network network = new Sketch(3, 6, 7).convolution("from", Network.INPUT, 10, THREE)
                .resize("x", "from", rows, columns, interpolation, alignment)
                .resize("y", Network.INPUT, rows, columns, interpolation, alignment).network();
        cases.add(name, network, Tap.after("x"));
        cases.add(name + ", of the input", network, 1, Tap.after("y"));
    }

    private void flattening() {
        cases.each("flattening", sketch -> sketch.flatten("x", "from"));
        for (int channels : new int[] {10, 16}) {
            Network network = new Sketch(3, 5, 4).convolution("a", Network.INPUT, channels, THREE).relu("ar", "a")
                    .flatten("flat", "ar").normalization("n", "flat").dense("hidden", "n", 20).relu("hiddenr", "hidden")
                    .dense("x", "hiddenr", 6).network();
            cases.add("flattening, normalization and dense operations above " + channels + " channels", network, 3,
                    Tap.after("x"));
            cases.add("flattening above " + channels + " channels, read", network, Tap.after("flat"), Tap.after("n"));
        }
        Network parts = new Sketch(3, 5, 4).convolution("a", Network.INPUT, 10, THREE).flatten("fa", "a")
                .globalAverage("m", "a").flatten("fm", "m").flatten("fi", Network.INPUT)
                .concatenation("all", "fa", "fm", "fi").dense("x", "all", 5).network();
        cases.add("flattened outputs side by side", parts, Tap.after("x"));
    }
}
