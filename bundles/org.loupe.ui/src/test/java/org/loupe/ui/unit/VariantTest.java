package org.loupe.ui.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.visualize.Visualize;
import org.loupe.ui.UnitInNetwork;

class VariantTest {

    private static List<Variant> of(Unit unit, boolean neuron, int steps) {
        Convolution convolution = new Convolution("a.pre", Network.INPUT, new Weights(new int[] {4, 3, 1, 1}, new float[12]),
                Weights.vector(0, 0, 0, 0), Window.square(1, 1, 0), 1);
        Network network = new Network("one layer", "", new Input(new Shape(3, 8, 8), new float[3], new float[] {1, 1, 1}),
                List.of(convolution, new Relu("a", "a.pre")), List.of(new Layer("a", "a", "a.pre", "")), List.of());
        return Variant.of(new UnitInNetwork(network, unit), neuron, steps);
    }

    @Test
    void aChannelIsOfferedWholeAtItsCentreAndFromOtherSeeds() {
        List<Variant> variants = of(new Unit("a", 3), false, 64);
        assertEquals(List.of("Channel", "Centre", "Seed 1", "Seed 2", "Seed 3", "Negative", "Alpha",
                "MACO", "Kernel"),
                variants.stream().map(Variant::name).toList());
        assertTrue(variants.get(1).arguments().neuron());
        assertFalse(variants.get(2).arguments().neuron());
        assertEquals(List.of(0L, 0L, 1L, 2L, 3L, 0L, 0L, 0L, 0L), variants.stream().map(way -> way.arguments().seed()).toList());
        assertTrue(variants.stream().limit(7).allMatch(way -> way.arguments().steps() == 64));
        assertEquals(List.of("-a.pre:3"), variants.get(5).arguments().units());
        assertTrue(variants.get(6).arguments().transparent());
        assertEquals(Visualize.Space.PHASE, variants.get(7).arguments().space());
        assertEquals(6, variants.get(7).arguments().shown());
        assertEquals(0, variants.get(8).arguments().shown());
    }

    @Test
    void theUsualPictureIsTheOneThatEverybodyElseAsksFor() {
        assertEquals(Visualize.Arguments.of("a:3"), of(new Unit("a", 3), false, 512).get(0).arguments());
    }

    @Test
    void whatIsNotAsUsualIsSaid() {
        List<Variant> variants = of(new Unit("a", 3), false, 64);
        assertEquals("steps 64", variants.get(0).how());
        assertEquals("neuron, steps 64", variants.get(1).how());
        assertEquals("steps 64, seed 2", variants.get(3).how());
        assertEquals("transparent, steps 64", variants.get(6).how());
        assertEquals("", of(new Unit("a", 3), false, 512).get(0).how());
    }

    @Test
    void otherSeedsAreOfWhatIsMeant() {
        assertTrue(of(new Unit("a", 3), true, 64).get(2).arguments().neuron());
        assertEquals(1, Variant.meant(new Unit("a", 3, Unit.CENTRE), false));
        List<Variant> placed = of(new Unit("a", 3, new Unit.Position(4, 5)), false, 64);
        assertEquals("Row 4, column 5", placed.get(0).name());
        assertEquals(List.of("a:3@4,5"), placed.get(3).arguments().units());
        assertFalse(placed.get(3).arguments().neuron());
        assertEquals(List.of("-a.pre:3@4,5"), placed.get(6).arguments().units());
    }
}
