package org.loupe.core.engine.conformance;

import java.util.List;
import java.util.Set;
import org.loupe.core.Unit;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.Objective;

/** Operations that meet: branches, residuals, several readers of one output, and taps in all places. */
final class GraphCases {

    private static final Window ONE = Window.square(1, 1, 0);
    private static final Window THREE = Window.square(3, 1, 1);

    private final Cases cases = new Cases();

    private GraphCases() {
    }

    static List<Case> all() {
        GraphCases all = new GraphCases();
        all.rectifiers();
        all.concatenations();
        all.residuals();
        all.wholeNetworks();
        return all.cases.all();
    }

    private void rectifiers() {
        Network network = new Sketch(3, 10, 9).convolution("a", Network.INPUT, 16, THREE).relu("ar", "a")
                .convolution("b", "ar", 12, THREE).relu("br", "b").convolution("c", "br", 8, THREE).network();
        add("a tap behind a rectifier", network, Tap.after("br"));
        add("a tap before a rectifier", network, Tap.before("br"));
        add("taps before and behind a rectifier", network, Tap.before("br"), Tap.after("br"));
        add("taps before and behind all rectifiers, and above them", network, Tap.before("ar"), Tap.after("ar"),
                Tap.before("br"), Tap.after("br"), Tap.after("c"));
        add("two taps of one output", network, Tap.before("br"), Tap.after("b"));
        add("a tap of the input alone", network, Tap.after(Network.INPUT));
        add("a tap of the input and one above it", network, Tap.after(Network.INPUT), Tap.after("br"));
        Network twice = new Sketch(3, 10, 9).convolution("a", Network.INPUT, 16, THREE).relu("ar", "a")
                .convolution("b", "a", 16, THREE).addition("sum", "ar", "b").network();
        add("an output that a rectifier and a convolution read", twice, Tap.after("sum"));
        Network rectified = new Sketch(3, 10, 9).convolution("a", Network.INPUT, 16, THREE).relu("ar", "a")
                .relu("as", "a").addition("sum", "ar", "as").network();
        add("an output with two rectifiers", rectified, Tap.after("sum"));
    }

    private void concatenations() {
        for (int[] branches : new int[][] {{16, 32, 16, 16}, {12, 36, 20, 4}, {8, 8, 16, 3}}) {
            Network network = new Sketch(3, 9, 8).convolution("stem", Network.INPUT, 20, THREE).relu("stemr", "stem")
                    .mixed("m", "stemr", branches[0], branches[1], branches[2], branches[3])
                    .mixed("n", "m", branches[3], branches[2], branches[1], branches[0]).network();
            String name = "blocks of " + branches[0] + ", " + branches[1] + ", " + branches[2] + " and " + branches[3]
                    + " channels";
            add(name, network, Tap.after("n"));
            add(name + ", read in the middle too", network, Tap.after("m"), Tap.after("n"));
            add(name + ", read at single branches", network, Tap.after("m_3r"), Tap.before("m_5r"), Tap.after("n_p"));
            add(name + ", read at a branch below what is read", network, Tap.after("m_1r"), Tap.before("m_pr"),
                    Tap.after("n"));
        }
        Network odd = new Sketch(3, 6, 7).convolution("a", Network.INPUT, 16, THREE).relu("ar", "a")
                .convolution("b", "ar", 12, THREE).concatenation("ab", "ar", "b").concatenation("aba", "ab", "ar")
                .concatenation("all", Network.INPUT, "aba", "b").convolution("c", "all", 8, THREE)
                .addition("bb", "b", "b").network();
        add("concatenations in concatenations, with the input", odd, Tap.after("c"));
        add("parts of concatenations that others read", odd, Tap.after("c"), Tap.after("bb"), Tap.before("ar"));
        Network dense = new Sketch(3, 6, 7).convolution("a", Network.INPUT, 16, THREE).relu("ar", "a")
                .convolution("b", "ar", 16, THREE).concatenation("ab", "ar", "b").relu("abr", "ab")
                .convolution("c", "abr", 16, THREE).concatenation("abc", "ab", "c").relu("abcr", "abc")
                .averagePool("pool", "abcr", Window.square(2, 2, 0)).network();
        add("blocks as in DenseNet", dense, Tap.after("pool"));
        Network shuffled = new Sketch(3, 6, 7).convolution("a", Network.INPUT, 16, THREE)
                .convolution("b", Network.INPUT, 16, ONE).concatenation("ab", "a", "b").concatenation("ba", "b", "a")
                .convolution("c", "ab", 8, THREE).convolution("d", "ba", 8, THREE).addition("sum", "c", "d").network();
        add("one output in two concatenations", shuffled, Tap.after("sum"));
    }

    private void residuals() {
        Network residual = new Sketch(3, 11, 10).convolution("stem", Network.INPUT, 20, Window.square(7, 2, 3))
                .normalization("stemn", "stem").relu("stemr", "stemn").maxPool("pool", "stemr", Window.square(3, 2, 1))
                .convolution("a", "pool", 20, THREE).normalization("an", "a").relu("ar", "an")
                .convolution("b", "ar", 20, THREE).normalization("bn", "b").addition("sum", "bn", "pool")
                .relu("out", "sum").convolution("c", "out", 24, Window.square(3, 2, 1)).normalization("cn", "c")
                .convolution("down", "out", 24, Window.square(1, 2, 0)).addition("sum2", "cn", "down")
                .relu("out2", "sum2").globalAverage("mean", "out2").dense("logits", "mean", 5).network();
        add("residual blocks", residual, Tap.after("logits"));
        add("residual blocks, read at each sum", residual, Tap.before("out"), Tap.after("out"), Tap.before("out2"),
                Tap.after("pool"));
        Network first = new Sketch(16, 6, 6).convolution("a", Network.INPUT, 16, THREE).relu("ar", "a")
                .convolution("b", "ar", 16, THREE).addition("sum", Network.INPUT, "b", "ar").relu("out", "sum")
                .network();
        add("a residual from the input", first, Tap.after("out"));
        Network preactivated = new Sketch(3, 6, 6).convolution("stem", Network.INPUT, 16, THREE)
                .normalization("n", "stem").relu("r", "n").convolution("a", "r", 16, THREE)
                .addition("sum", "stem", "a").normalization("n2", "sum").relu("r2", "n2").network();
        add("a residual that is normalized and rectified first", preactivated, Tap.after("r2"), Tap.after("r"));
    }

    private void wholeNetworks() {
        Network inception = new Sketch(3, 32, 32).convolution("conv1", Network.INPUT, 16, Window.square(7, 2, 3))
                .relu("conv1r", "conv1").convolution("conv2", "conv1r", 24, THREE).relu("conv2r", "conv2")
                .maxPool("pool2", "conv2r", Window.square(3, 2, 1)).mixed("mixed3a", "pool2", 8, 28, 12, 4)
                .mixed("mixed3b", "mixed3a", 12, 36, 20, 4).maxPool("pool3", "mixed3b", Window.square(3, 2, 1))
                .mixed("mixed4a", "pool3", 16, 40, 20, 4).mixed("mixed4b", "mixed4a", 16, 48, 24, 8)
                .globalAverage("mean", "mixed4b").dense("logits", "mean", 17).softmax("probabilities", "logits")
                .network();
        add("an Inception network to its logits", inception, Tap.after("logits"));
        add("an Inception network to its probabilities", inception, Tap.after("probabilities"));
        cases.add("an Inception network on pictures of another, odd size", inception, Sketch.pictures(2, 3, 45, 39),
                Tap.after("mixed4a"), Tap.after("mean"));
        cases.add(new Case("an objective of its own for each picture, each of another layer", engine -> {
            List<Objective> objectives = List.of(new ChannelObjective(new Unit("mixed4a", 17)),
                    new ChannelObjective(Unit.parse("mixed3b:5@centre")),
                    new ChannelObjective(new Unit("mixed4b_3r", 3), true)
                            .plus(new ChannelObjective(new Unit("conv2r", 2)).times(-0.5)));
            new Comparison(inception, Sketch.pictures(3, 3, 32, 32)).check(engine, objectives,
                    Set.of(Tap.after("mixed4a"), Tap.after("mixed4b")));
        }));
        cases.add(new Case("one objective for all pictures",
                engine -> new Comparison(inception, Sketch.pictures(3, 3, 32, 32)).check(engine,
                        List.of(new ChannelObjective(new Unit("mixed4a", 17))), Set.of(Tap.after("mixed4a")))));
    }

    private void add(String name, Network network, Tap... taps) {
        cases.add(name, network, taps);
    }
}
