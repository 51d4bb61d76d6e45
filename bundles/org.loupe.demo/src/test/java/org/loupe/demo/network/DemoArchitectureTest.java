package org.loupe.demo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Folding;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Tap;

class DemoArchitectureTest {

    private final Network network = DemoArchitecture.untrained("demo", "");

    @Test
    void layersHaveTheShapesOfTheSpecification() {
        List<String> shapes = network.layers().stream().map(layer -> layer.name() + " " + network.shape(layer)).toList();
        assertEquals(List.of("conv1 16x32x32", "conv2 24x32x32", "mixed3a 52x16x16", "mixed3b 72x16x16", "mixed4a 80x8x8",
                "mixed4b 84x8x8", "mixed4c 96x8x8", "logits 17x1x1"), shapes);
    }

    @Test
    void foldingLeavesNoBatchNormalization() {
        Network folded = Folding.fold(network);
        assertTrue(folded.operations().stream().noneMatch(Operation.BatchNormalization.class::isInstance));
        assertEquals(290_441, folded.parameters());
    }

    @Test
    void beforeTheNonlinearityOfAMixedLayerItsBranchesStandSideBySide() {
        Network folded = Folding.fold(network);
        String source = folded.source(Tap.before("mixed4a"));
        Concatenation branches = (Concatenation) folded.operation(source).orElseThrow();
        assertEquals(List.of("mixed4a.1x1", "mixed4a.3x3", "mixed4a.5x5", "mixed4a.pool.1x1"), branches.inputs());
    }

    @Test
    void layersThatWereTaughtLeftAndRightSaySo() {
        List<String> taught = network.layers().stream().filter(layer -> layer.about().contains("left or right"))
                .map(Layer::name).toList();
        assertEquals(List.of("mixed4a", "mixed4b", "mixed4c"), taught);
    }
}
