package org.loupe.core.engine.conformance;

import java.util.List;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** Local response normalization and layer normalization, alone and where networks have them. */
final class NormalizationCases {

    private static final Window ONE = Window.square(1, 1, 0);
    private static final Window THREE = Window.square(3, 1, 1);

    private final Cases cases = new Cases();

    private NormalizationCases() {
    }

    static List<Case> all() {
        NormalizationCases all = new NormalizationCases();
        all.responses();
        all.layers();
        all.batches();
        return all.cases.all();
    }

    private void responses() {
        response("as in AlexNet", 5, 1e-4f, 0.75f, 1);
        response("as in InceptionV1", 11, 1.1e-3f, 0.5f, 2);
        response("that weighs much", 5, 3, 0.75f, 1);
        response("with beta 1", 3, 0.7f, 1, 0.5f);
        response("with beta 0.5", 7, 2, 0.5f, 2);
        response("of an even number of channels", 4, 2, 0.75f, 1);
        response("of two channels", 2, 2, 0.75f, 1);
        response("of each channel alone", 1, 2, 0.75f, 1);
        response("of more channels than there are", 41, 30, 0.75f, 1);
        Network blocks = new Sketch(3, 30, 26).convolution("conv1", Network.INPUT, 16, Window.square(7, 2, 3))
                .relu("conv1r", "conv1").maxPool("pool1", "conv1r", Window.square(3, 2, 1))
                .response("norm1", "pool1", 5, 0.8f, 0.75f, 1).convolution("conv2", "norm1", 24, THREE)
                .relu("conv2r", "conv2").response("norm2", "conv2r", 5, 0.8f, 0.75f, 1)
                .maxPool("pool2", "norm2", Window.square(3, 2, 1)).mixed("mixed3a", "pool2", 8, 28, 12, 4)
                .response("norm3", "mixed3a", 5, 0.8f, 0.75f, 1).mixed("mixed3b", "norm3", 12, 36, 20, 4).network();
        cases.add("local response normalizations between blocks as in InceptionV1", blocks, Tap.after("mixed3b"));
        cases.add("local response normalizations that are read", blocks, 3, Tap.after("norm1"), Tap.before("conv2r"),
                Tap.after("norm3"));
        cases.add("local response normalizations on pictures of another size", blocks,
                Sketch.pictures(1, 3, 37, 45), Tap.after("norm3"));
    }

    private void response(String name, int size, float alpha, float beta, float bias) {
        cases.each("a local response normalization " + name,
                sketch -> sketch.response("x", "from", size, alpha, beta, bias));
    }

    private void layers() {
        cases.each("layer normalization", sketch -> sketch.layerNormalization("x", "from"));
        cases.each("layer normalization of what is rectified",
                sketch -> sketch.relu("w", "from").layerNormalization("x", "w"));
        cases.each("layer normalization of averages",
                sketch -> sketch.globalAverage("w", "from").layerNormalization("x", "w"));
        Network between = new Sketch(3, 7, 6).convolution("a", Network.INPUT, 20, Window.square(2, 2, 0))
                .layerNormalization("an", "a").convolution("b", "an", 16, THREE).layerNormalization("bn", "b")
                .relu("br", "bn").dense("c", "br", 7).network();
        cases.add("layer normalizations between convolutions", between, Tap.after("c"));
        cases.add("layer normalizations that are read", between, 3, Tap.after("an"), Tap.before("br"), Tap.after("b"));
    }

    private void batches() {
        for (int images : new int[] {1, 5, 16}) {
            Network network = new Sketch(3, 6, 5).convolution("a", Network.INPUT, 24, THREE)
                    .response("x", "a", 5, 2, 0.75f, 1).convolution("b", "x", 20, ONE).layerNormalization("y", "b")
                    .network();
            cases.add("normalizations of " + images + " pictures", network, images, Tap.after("y"));
        }
    }
}
