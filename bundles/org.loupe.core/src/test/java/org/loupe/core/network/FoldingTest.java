package org.loupe.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;

class FoldingTest {

    private static final Input INPUT = new Input(new Shape(1, 2, 2), new float[] {0}, new float[] {255});

    private static final Convolution CONVOLUTION = new Convolution("a", Network.INPUT,
            new Weights(new int[] {2, 1, 1, 1}, new float[] {3, -5}), Weights.vector(1, 2), Window.square(1, 1, 0), 1);
    private static final BatchNormalization NORMALIZATION = new BatchNormalization("b", "a", Weights.vector(2, 6),
            Weights.vector(10, 20), Weights.vector(4, 8), Weights.vector(3, 8), 1);

    @Test
    void weightsAreMultipliedAndBiasesMoved() {
        Network folded = Folding.fold(network(new Layer("one", "c", "b", "")));
        Convolution convolution = (Convolution) folded.operation("a").orElseThrow();
        assertArrayEquals(new float[] {3 * 2 / 2f, -5 * 6 / 3f}, convolution.weights().values());
        assertArrayEquals(new float[] {(1 - 4) * 2 / 2f + 10, (2 - 8) * 6 / 3f + 20}, convolution.bias().values());
        assertEquals(List.of("a", "c", "d"), folded.operations().stream().map(Operation::name).toList());
        assertEquals("a", folded.layer("one").before());
    }

    @Test
    void theFoldedNetworkComputesTheSame() {
        Network network = network(new Layer("one", "c", "b", ""));
        assertArrayEquals(outputs(network), outputs(Folding.fold(network)), 1e-4f);
    }

    @Test
    void whatALayerShowsStaysAsItIs() {
        Network network = network(new Layer("raw", "a", "a", ""));
        Network folded = Folding.fold(network);
        assertSame(NORMALIZATION.scale(), ((BatchNormalization) folded.operation("b").orElseThrow()).scale());
        assertArrayEquals(CONVOLUTION.weights().values(),
                ((Convolution) folded.operation("a").orElseThrow()).weights().values());
    }

    /** Operations of all kinds read what is folded by its new name. */
    @Test
    void whateverReadsANormalizationReadsWhatItWasFoldedInto() {
        List<Operation> readers = List.of(new Arithmetic("product", "b", Sign.TIMES, "b"),
                new Concatenation("both", List.of("product", "b", "a2")), new Selection("some", "both", List.of(0, 3)),
                new Padding("padded", "b", 1, 1, 1, 1, Fill.EDGE, 0), new Activation("curved", "padded",
                        new Nonlinearity.Tanh()), new LayerNormalization("layered", "b", Weights.vector(1, 2),
                                Weights.vector(3, 4), 1));
        List<Operation> operations = new ArrayList<>(List.of(CONVOLUTION, NORMALIZATION,
                new Convolution("a2", Network.INPUT, new Weights(new int[] {2, 1, 1, 1}, new float[] {1, 2}),
                        Weights.vector(0, 0), Window.square(1, 1, 0), 1)));
        operations.addAll(readers);
        operations.add(new Concatenation("end", List.of("some", "layered")));
        Network network = new Network("folds", "", INPUT, operations, List.of(new Layer("end", "end", "end", ""),
                new Layer("curved", "curved", "padded", "")), List.of());
        Network folded = Folding.fold(network);
        assertEquals(List.of("a", "a"), folded.operation("product").orElseThrow().inputs());
        assertEquals(List.of("product", "a", "a2"), folded.operation("both").orElseThrow().inputs());
        assertEquals(List.of("a"), folded.operation("padded").orElseThrow().inputs());
        assertEquals(network.operation("curved"), folded.operation("curved"));
        assertEquals(network.operations().size() - 1, folded.operations().size());
        assertArrayEquals(outputs(network), outputs(folded), 1e-3f);
    }

    @Test
    void whatOtherOperationsReadOfAConvolutionStaysAsItIs() {
        Network network = new Network("kept", "", INPUT, List.of(CONVOLUTION, NORMALIZATION,
                new Addition("end", List.of("a", "b"))), List.of(new Layer("end", "end", "end", "")), List.of());
        assertEquals(network.operations(), Folding.fold(network).operations());
    }

    @Test
    void readingOtherInputsKeepsAllElse() {
        for (Network network : List.of(Nets.everything(), Nets.everythingElse())) {
            for (Operation operation : network.operations()) {
                assertEquals(operation, operation.reading(operation.inputs()));
                List<String> others = operation.inputs().stream().map(input -> "not " + input).toList();
                Operation other = operation.reading(others);
                assertEquals(others, other.inputs());
                assertEquals(operation, other.reading(operation.inputs()));
            }
        }
    }

    private static Network network(Layer layer) {
        Dense dense = new Dense("d", "c", new Weights(new int[] {1, 8}, new float[] {1, 2, 3, 4, 5, 6, 7, 8}),
                Weights.vector(.5f));
        BatchNormalization last = new BatchNormalization("f", "d", Weights.vector(-2), Weights.vector(1),
                Weights.vector(3), Weights.vector(4), 0);
        return new Network("folds", "", INPUT, List.of(CONVOLUTION, NORMALIZATION, new Relu("c", "b"), dense, last),
                List.of(layer, new Layer("end", "f", "f", "")), List.of());
    }

    private static float[] outputs(Network network) {
        try (Session session = new ReferenceEngine().open(network)) {
            Batch picture = new Batch(1, 1, 2, 2, new float[] {.1f, -.3f, .7f, 1});
            return session.activations(picture, Set.of(Tap.after("end"))).at(Tap.after("end")).values();
        }
    }
}
