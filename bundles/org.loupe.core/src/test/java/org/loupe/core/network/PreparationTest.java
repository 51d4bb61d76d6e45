package org.loupe.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;

class PreparationTest {

    private static final Preparation CAFFE = Preparation.known("caffe");
    private static final Preparation IMAGENET = Preparation.known("imagenet");
    private static final Preparation CAFFE_GREY = Preparation.grey(117, 1, true);

    @Test
    void whatIsPrintedReadsBack() {
        for (Preparation.Known known : Preparation.KNOWN) {
            assertEquals(known.name(), known.preparation().toString());
            assertEquals(known.preparation(), Preparation.parse(known.name()));
        }
        Preparation odd = new Preparation(List.of(1.5f, -2f, 1e-7f), List.of(0.1f, 3f, -7f), true);
        assertEquals("bgr mean 1.5,-2.0,1.0E-7 deviation 0.1,3.0,-7.0", odd.toString());
        assertEquals(odd, Preparation.parse(odd.toString()));
        Preparation grey = new Preparation(List.of(10f), List.of(20f), false);
        assertEquals(grey, Preparation.parse(grey.toString()));
        assertEquals(odd, Preparation.parse("  BGR  mean 1.5,-2,1e-7   deviation .1,3,-7 "));
    }

    @Test
    void whatCannotBeReadIsAnsweredWithWhatCan() {
        assertTrue(refusal("imagnet").contains("Did you mean imagenet?"), refusal("imagnet"));
        assertTrue(refusal("mean 1 2").contains("imagenet, 0..1"), refusal("mean 1 2"));
        assertTrue(refusal("mean 1,two,3 deviation 1,1,1").contains("1,two,3"));
        assertTrue(refusal("mean 1,2,3 deviation 1,0,1").contains("no deviation 0"));
        assertTrue(refusal("mean 1,2 deviation 1,1").contains("give one or three"));
        assertTrue(refusal("mean 1,2,3 deviation 1,1,NaN").contains("is not a list of numbers"));
        refusal("");
    }

    private static String refusal(String text) {
        return assertThrows(NetworkException.class, () -> Preparation.parse(text)).getMessage();
    }

    @Test
    void aNetworkTellsHowItsPicturesArePrepared() {
        Network network = Nets.everything();
        assertEquals(new Preparation(List.of(128f, 120f, 110f), List.of(64f, 60f, 70f), false), Preparation.of(network));
        for (Preparation.Known known : Preparation.KNOWN) {
            assertEquals(known.preparation(), Preparation.of(known.preparation().applied(network)), known.name());
        }
    }

    @Test
    void applyingTwiceIsApplyingOnceAndTheLastOneCounts() {
        Network network = Nets.everything();
        Network once = CAFFE.applied(network);
        assertEquals(once.hash(), CAFFE.applied(once).hash());
        assertEquals(IMAGENET.applied(network).hash(), IMAGENET.applied(once).hash());
        assertEquals(network.hash(), Preparation.of(network).applied(once).hash());
        assertEquals(network.operations().size() + 1, once.operations().size());
    }

    /** Each value of the output says which number the network saw: blue first, each less its own mean. */
    @Test
    void colourNumbersBelongToTheirColoursWhicheverComesFirst() {
        Network plain = new Network("plain", "", new Input(new Shape(3, 1, 1), new float[3], new float[] {1, 1, 1}),
                List.of(new Concatenation("seen", List.of(Network.INPUT, Network.INPUT))),
                List.of(new Layer("seen", "seen", "seen", "")), List.of());
        Preparation forward = new Preparation(List.of(10f, 20f, 30f), List.of(1f, 2f, 5f), false);
        Preparation backward = new Preparation(forward.mean(), forward.deviation(), true);
        float[] rgb = {255 - 10, (127.5f - 20) / 2, (51 - 30) / 5f};
        assertArrayEquals(new float[] {rgb[0], rgb[1], rgb[2], rgb[0], rgb[1], rgb[2]}, seen(forward.applied(plain)),
                1e-4f);
        assertArrayEquals(new float[] {rgb[2], rgb[1], rgb[0], rgb[2], rgb[1], rgb[0]}, seen(backward.applied(plain)),
                1e-4f);
    }

    private static float[] seen(Network network) {
        try (Session session = new ReferenceEngine().open(network)) {
            Tap tap = Tap.after("seen");
            return session.activations(new Batch(1, 3, 1, 1, new float[] {1, .5f, .2f}), Set.of(tap)).at(tap).values();
        }
    }

    @Test
    void aNetworkWithItsOwnReversalIsReadAsSuch() {
        Input input = new Input(new Shape(3, 2, 2), new float[3], new float[] {1, 1, 1});
        Network reversed = new Network("n", "", input, List.of(new Selection("flip", Network.INPUT, List.of(2, 1, 0)),
                new Relu("a", "flip")), List.of(new Layer("a", "a", "flip", "")), List.of());
        assertTrue(Preparation.of(reversed).reversed());
        assertEquals(reversed.hash(), Preparation.of(reversed).applied(reversed).hash());
        Network straight = new Preparation(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f), false).applied(reversed);
        assertEquals(List.of(new Relu("a", Network.INPUT)), straight.operations());
        assertEquals(Network.INPUT, straight.layer("a").before());
        assertEquals("input.bgr", Preparation.of(reversed).applied(straight).layer("a").before());
    }

    @Test
    void aLayerThatShowsTheReversedColoursShowsTheColoursWhenThatIsGone() {
        Input input = new Input(new Shape(3, 2, 2), new float[3], new float[] {1, 1, 1});
        Network reversed = new Network("n", "", input, List.of(new Selection("flip", Network.INPUT, List.of(2, 1, 0)),
                new Relu("a", "flip")), List.of(new Layer("colours", Network.INPUT, Network.INPUT, ""),
                        new Layer("flipped", "flip", "flip", "")), List.of());
        Network straight = IMAGENET.applied(reversed);
        assertEquals(Network.INPUT, straight.layer("flipped").output());
        Network again = CAFFE.applied(straight);
        assertEquals(Network.INPUT, again.layer("colours").output());
        assertEquals(Network.INPUT, again.layer("colours").before());
    }

    @Test
    void greyPicturesHaveOneNumberAndNoOrder() {
        Network grey = new Network("n", "", new Input(new Shape(1, 2, 2), new float[] {3}, new float[] {4}),
                List.of(new Relu("a", Network.INPUT)), List.of(), List.of());
        Network prepared = Preparation.known("-1..1").applied(grey);
        assertArrayEquals(new float[] {127.5f}, prepared.input().mean());
        assertEquals(new Preparation(List.of(127.5f), List.of(127.5f), false), Preparation.of(prepared));
        assertEquals(grey.operations(), CAFFE_GREY.applied(grey).operations());
        assertThrows(NetworkException.class, () -> IMAGENET.applied(grey));
        assertThrows(NetworkException.class, () -> CAFFE.applied(grey));
    }
}
