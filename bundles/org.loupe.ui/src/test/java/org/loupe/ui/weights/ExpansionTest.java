package org.loupe.ui.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.circuit.FollowedWeights;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.weights.Expansion.Asked;

class ExpansionTest {

    /** Three layers of two channels of 1x1 weights; the first channel of the top reads the bottom by 1·2 + 3·1 and 1·1 − 1·3·(1/3). */
    private static Network network() {
        List<Operation> operations = new ArrayList<>();
        List<Layer> layers = new ArrayList<>();
        add(operations, layers, "low", "input", 1, 0, 0, 1);
        add(operations, layers, "middle", "low.out", 2, 1, 1, -.999f);
        add(operations, layers, "top", "middle.out", 1, 1, 0, 1);
        return new Network("three", "", new Input(new Shape(2, 8, 8), new float[] {0, 0}, new float[] {1, 1}), operations, layers,
                List.of());
    }

    private static void add(List<Operation> operations, List<Layer> layers, String name, String below, float... weights) {
        operations.add(new Convolution(name, below, new Weights(new int[] {2, 2, 1, 1}, weights), Weights.vector(new float[2]),
                Window.square(1, 1, 0), 1));
        operations.add(new Relu(name + ".out", name));
        layers.add(new Layer(name, name + ".out", name, ""));
    }

    private static Expansion of(String unit, String layer) {
        return Expansion.of(new Asked(new UnitInNetwork(network(), Unit.parse(unit)), layer));
    }

    @Test
    void weightsOverTwoLayersAreTheirProductsAddedUp() {
        Expansion found = of("top:0", "");
        assertEquals("low", found.asked().layer());
        assertEquals(List.of("low"), found.layers());
        assertEquals(List.of(new Unit("low", 0), new Unit("low", 1)), found.ways().stream().map(way -> way.expanded().from()).toList());
        assertEquals(3, found.ways().get(0).expanded().kernel().at(0, 0), 1e-6, "1·2 + 1·1");
        assertEquals(.001, found.ways().get(1).expanded().kernel().at(0, 0), 1e-6, "1·1 − 1·0.999");
        assertEquals(3, found.extent(), 1e-6);
        assertTrue(found.words().contains("2 of the 2 units of low that reach it, with 100 %"), found.words());
    }

    @Test
    void waysThatCancelAreWarnedOfWithTheirNames() {
        Expansion found = of("top:0", "low");
        assertEquals(1, found.ways().get(0).left(), 1e-6);
        assertTrue(found.ways().get(1).cancels());
        assertEquals("Ways from low:1 cancel: less than 30 % of their sizes is left.", found.warning(Optional.empty()).strip());
    }

    @Test
    void whatPicturesContradictIsWarnedOf() {
        Expansion found = of("top:0", "low");
        List<FollowedWeights.Way> ways = found.ways().stream().map(way -> new FollowedWeights.Way(way.expanded(), way.left(),
                Optional.empty())).toList();
        List<FollowedWeights.Sight> sights = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            sights.add(new FollowedWeights.Sight("picture " + i, 1, i, i, List.of(new FollowedWeights.Share(i, -i, .1, .1),
                    new FollowedWeights.Share(i, i, .9, 1))));
        }
        FollowedWeights followed = new FollowedWeights("three", Unit.parse("top:0"), "low", "set", ways, sights, 1, List.of(), false);
        String warning = found.warning(Optional.of(followed));
        assertTrue(warning.contains("On pictures, the linear story of low:0 misleads"), warning);
        assertEquals(Optional.empty(), followed.summary(new Unit("low", 7)).map(any -> "there"), "nobody followed it");
    }

    @Test
    void aUnitWithNothingBetweenSaysSo() {
        Expansion found = of("middle:1", "");
        assertEquals(List.of(), found.ways());
        assertEquals("middle:1 reads the picture, or the lowest layer: there is nothing between.", found.words());
        assertEquals("", found.warning(Optional.empty()));
    }

    @Test
    void aLayerThatIsNotBelowBecomesTheNearest() {
        assertEquals("low", of("top:1", "middle").asked().layer());
    }
}
