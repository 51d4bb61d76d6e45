package org.loupe.core.engine.conformance;

import java.util.List;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** The blocks of well-known families of networks, and whole small networks of them, to their logits. */
final class ArchitectureCases {

    private static final Window ONE = Window.square(1, 1, 0);
    private static final Window THREE = Window.square(3, 1, 1);
    private static final Window HALVING = Window.square(3, 2, 1);

    private static final Nonlinearity HARD_SWISH = new Nonlinearity.HardSwish();
    private static final Nonlinearity HARD_SIGMOID = new Nonlinearity.HardSigmoid(1 / 6f, 0.5f);
    private static final Nonlinearity SWISH = new Nonlinearity.Swish(1);
    private static final Nonlinearity SIX = new Nonlinearity.Clip(0, 6);
    private static final Nonlinearity GELU = new Nonlinearity.Gelu();

    private final Cases cases = new Cases();

    private ArchitectureCases() {
    }

    static List<Case> all() {
        ArchitectureCases all = new ArchitectureCases();
        all.blocks();
        all.networks("MobileNetV2", mobileTwo(), "b1", "c");
        all.networks("MobileNetV3", mobileThree(), "c_weighed", "b1");
        all.networks("EfficientNet", efficient(), "b0_df_weighed", "c");
        all.networks("ShuffleNetV2", shuffle(), "b", "stem_r");
        all.networks("ConvNeXt", convNext(), "a_1f", "down");
        all.networks("SqueezeNet", squeeze(), "fire2", "fire1_sr");
        return all.cases.all();
    }

    private void blocks() {
        for (int channels : new int[] {24, 10}) {
            Network excited = new Sketch(3, 9, 8).convolution("a", Network.INPUT, channels, THREE).relu("ar", "a")
                    .with(sketch -> excitation(sketch, "ar", 6, HARD_SIGMOID)).convolution("out", "ar_weighed", 8, ONE)
                    .network();
            cases.add("squeeze and excitation of " + channels + " channels", excited, Tap.after("out"));
            cases.add("squeeze and excitation of " + channels + " channels, read inside", excited, 3,
                    Tap.after("ar_mean"), Tap.after("ar_gate"), Tap.after("ar_weighed"), Tap.before("ar_gate"));
            cases.add("squeeze and excitation of " + channels + " channels, of 16 pictures", excited, 16,
                    Tap.after("ar_weighed"));
        }
        Network inverted = new Sketch(3, 11, 10).convolution("stem", Network.INPUT, 12, THREE)
                .with(sketch -> inverted(sketch, "b", "stem", 48, 12, Window.square(5, 1, 2), HARD_SWISH, 16)).network();
        cases.add("an inverted residual", inverted, Tap.after("b"));
        cases.add("an inverted residual, read inside", inverted, 3, Tap.before("b_ef"), Tap.after("b_df"),
                Tap.after("b_df_weighed"), Tap.after("b_p"));
        Network next = new Sketch(3, 12, 13).convolution("stem", Network.INPUT, 20, Window.square(4, 4, 0))
                .with(sketch -> next(sketch, "a", "stem", 20)).network();
        cases.add("a ConvNeXt block", next, Tap.after("a"));
        cases.add("a ConvNeXt block, read inside", next, 3, Tap.after("a_d"), Tap.after("a_n"), Tap.before("a_1f"),
                Tap.after("a_1f"), Tap.after("a_2"));
    }

    /** To the logits, inside, of several and of single pictures, and of pictures of another size. */
    private void networks(String family, Network network, String... inside) {
        cases.add("a small " + family + " to its logits", network, Tap.after("logits"));
        cases.add("a small " + family + ", read inside and at its logits", network, 1, Tap.after(inside[0]),
                Tap.after(inside[1]), Tap.after("logits"));
        cases.add("a small " + family + " on pictures of another size", network, Sketch.pictures(3, 3, 41, 35),
                Tap.after(inside[0]), Tap.after("logits"));
    }

    private static Network mobileTwo() {
        Sketch sketch = stem(new Sketch(3, 32, 32), 16, SIX);
        inverted(sketch, "a", "stem_f", 16, 8, THREE, SIX, 0);
        inverted(sketch, "b0", "a", 48, 12, HALVING, SIX, 0);
        inverted(sketch, "b1", "b0", 72, 12, THREE, SIX, 0);
        inverted(sketch, "c", "b1", 72, 20, HALVING, SIX, 0);
        return head(sketch, "c", 80, SIX);
    }

    private static Network mobileThree() {
        Sketch sketch = stem(new Sketch(3, 32, 32), 16, HARD_SWISH);
        inverted(sketch, "a", "stem_f", 16, 16, HALVING, SIX, 8);
        inverted(sketch, "b0", "a", 72, 24, HALVING, SIX, 0);
        inverted(sketch, "b1", "b0", 88, 24, THREE, HARD_SWISH, 24);
        excitation(sketch.convolution("c", "b1", 40, ONE), "c", 12, HARD_SIGMOID);
        sketch.globalAverage("mean", "c_weighed").convolution("hidden", "mean", 48, ONE)
                .activation("hidden_f", "hidden", HARD_SWISH);
        return sketch.dense("logits", "hidden_f", 7).network();
    }

    private static Network efficient() {
        Sketch sketch = stem(new Sketch(3, 32, 32).padding("padded", Network.INPUT, 0, 0, 1, 1, Fill.CONSTANT, 0),
                "padded", new Window(3, 3, 2, 2, 0, 0, 0, 0, 1, 1), 16, SWISH);
        inverted(sketch, "a", "stem_f", 16, 8, THREE, SWISH, 4);
        inverted(sketch, "b0", "a", 48, 12, Window.square(5, 2, 2), SWISH, 2);
        inverted(sketch, "b1", "b0", 72, 12, Window.square(5, 1, 2), SWISH, 3);
        inverted(sketch, "c", "b1", 72, 20, HALVING, SWISH, 3);
        return head(sketch, "c", 64, SWISH);
    }

    private static Network shuffle() {
        Sketch sketch = new Sketch(3, 32, 32).convolution("stem", Network.INPUT, 12, HALVING)
                .normalization("stem_n", "stem").relu("stem_r", "stem_n").maxPool("pool", "stem_r", HALVING);
        sketch.convolution("a_ld", "pool", 12, HALVING, 12).normalization("a_ln", "a_ld")
                .convolution("a_l1", "a_ln", 12, ONE).relu("a_lr", "a_l1").convolution("a_r1", "pool", 12, ONE)
                .relu("a_rr", "a_r1").convolution("a_rd", "a_rr", 12, HALVING, 12).convolution("a_r2", "a_rd", 12, ONE)
                .relu("a_rr2", "a_r2").concatenation("a_both", "a_lr", "a_rr2").shuffle("a", "a_both", 2);
        sketch.slice("b_l", "a", 0, 12).slice("b_r", "a", 12, 24).convolution("b_1", "b_r", 12, ONE).relu("b_1r", "b_1")
                .convolution("b_d", "b_1r", 12, THREE, 12).normalization("b_dn", "b_d").convolution("b_2", "b_dn", 12, ONE)
                .relu("b_2r", "b_2").concatenation("b_both", "b_l", "b_2r").shuffle("b", "b_both", 2);
        return sketch.convolution("last", "b", 40, ONE).relu("last_r", "last").globalAverage("mean", "last_r")
                .dense("logits", "mean", 7).network();
    }

    private static Network convNext() {
        Sketch sketch = new Sketch(3, 32, 32).convolution("stem", Network.INPUT, 16, Window.square(4, 4, 0))
                .layerNormalization("stem_n", "stem");
        next(sketch, "a", "stem_n", 16);
        sketch.layerNormalization("down_n", "a").convolution("down", "down_n", 24, Window.square(2, 2, 0));
        next(sketch, "b", "down", 24);
        return sketch.globalAverage("mean", "b").layerNormalization("mean_n", "mean").flatten("flat", "mean_n")
                .dense("logits", "flat", 7).network();
    }

    private static Network squeeze() {
        Sketch sketch = new Sketch(3, 32, 32).convolution("stem", Network.INPUT, 20, Window.square(3, 2, 0))
                .relu("stem_r", "stem").maxPool("pool", "stem_r", new Window(3, 3, 2, 2, 0, 0, 1, 1, 1, 1));
        String from = "pool";
        for (String name : List.of("fire1", "fire2")) {
            sketch.convolution(name + "_s", from, 8, ONE).relu(name + "_sr", name + "_s")
                    .convolution(name + "_1", name + "_sr", 20, ONE).relu(name + "_1r", name + "_1")
                    .convolution(name + "_3", name + "_sr", 20, THREE).relu(name + "_3r", name + "_3")
                    .concatenation(name, name + "_1r", name + "_3r");
            from = name;
        }
        return sketch.convolution("last", from, 7, ONE).relu("last_r", "last").globalAverage("mean", "last_r")
                .flatten("logits", "mean").network();
    }

    private static Sketch stem(Sketch sketch, int made, Nonlinearity function) {
        return stem(sketch, Network.INPUT, HALVING, made, function);
    }

    private static Sketch stem(Sketch sketch, String from, Window window, int made, Nonlinearity function) {
        return sketch.convolution("stem", from, made, window).normalization("stem_n", "stem")
                .activation("stem_f", "stem_n", function);
    }

    private static Network head(Sketch sketch, String from, int hidden, Nonlinearity function) {
        return sketch.convolution("last", from, hidden, ONE).normalization("last_n", "last")
                .activation("last_f", "last_n", function).globalAverage("mean", "last_f").flatten("flat", "mean")
                .dense("logits", "flat", 7).network();
    }

    /** Weighs channels by what two small layers make of their means (Hu et al. 2018); makes {@code from_weighed}. */
    private static Sketch excitation(Sketch sketch, String from, int hidden, Nonlinearity gate) {
        return sketch.globalAverage(from + "_mean", from).convolution(from + "_squeeze", from + "_mean", hidden, ONE)
                .relu(from + "_awake", from + "_squeeze")
                .convolution(from + "_excite", from + "_awake", sketch.shape(from).channels(), ONE)
                .activation(from + "_gate", from + "_excite", gate)
                .arithmetic(from + "_weighed", from, Sign.TIMES, from + "_gate");
    }

    /**
     * Widens, convolves each channel by itself, narrows, and adds what was read where shapes agree
     * (Sandler et al. 2018).
     *
     * @param hidden of the squeeze and excitation, or 0 for none
     */
    private static Sketch inverted(Sketch sketch, String name, String from, int wide, int made, Window window,
            Nonlinearity function, int hidden) {
        sketch.convolution(name + "_e", from, wide, ONE).normalization(name + "_en", name + "_e")
                .activation(name + "_ef", name + "_en", function)
                .convolution(name + "_d", name + "_ef", wide, window, wide).normalization(name + "_dn", name + "_d")
                .activation(name + "_df", name + "_dn", function);
        String middle = name + "_df";
        if (hidden > 0) {
            excitation(sketch, middle, hidden, function == SWISH ? new Nonlinearity.Sigmoid() : HARD_SIGMOID);
            middle = middle + "_weighed";
        }
        sketch.convolution(name + "_p", middle, made, ONE);
        return sketch.shape(from).equals(sketch.shape(name + "_p"))
                ? sketch.normalization(name + "_pn", name + "_p").addition(name, name + "_pn", from)
                : sketch.normalization(name, name + "_p");
    }

    /** A wide window on each channel by itself, and two dense layers at each position (Liu et al. 2022). */
    private static Sketch next(Sketch sketch, String name, String from, int channels) {
        return sketch.convolution(name + "_d", from, channels, Window.square(7, 1, 3), channels)
                .layerNormalization(name + "_n", name + "_d").convolution(name + "_1", name + "_n", 4 * channels, ONE)
                .activation(name + "_1f", name + "_1", GELU).convolution(name + "_2", name + "_1f", channels, ONE)
                .scale(name + "_2s", name + "_2").addition(name, name + "_2s", from);
    }
}
