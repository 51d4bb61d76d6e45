package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;

class PlantedWiringTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void kernelsBetweenPlantedUnitsAreThePlantedWeightsExactly(boolean curves) {
        PlantedNetwork planted = curves ? PlantedNetwork.curves() : PlantedNetwork.parts();
        Network network = planted.network();
        Wiring wiring = Wiring.of(network);
        for (PlantedNetwork.Edge edge : planted.edges()) {
            Convolution convolution = (Convolution) network.operation(network.layer(edge.to().layer()).before()).orElseThrow();
            Connection found = wiring.inputs(edge.to()).all().stream().filter(one -> one.from().equals(edge.from()))
                    .findFirst().orElseThrow();
            int area = convolution.window().rows() * convolution.window().columns();
            int at = (edge.to().channel() * convolution.weights().shape()[1] + edge.from().channel()) * area;
            assertArrayEquals(Arrays.copyOfRange(convolution.weights().values(), at, at + area), found.kernel().values(),
                    edge.toString());
            Connection above = wiring.outputs(edge.from()).all().stream().filter(one -> one.to().equals(edge.to()))
                    .findFirst().orElseThrow();
            assertEquals(found, above);
        }
        assertTrue(planted.edges().size() > 10);
        assertEquals(List.of(), wiring.inputs(new Unit("p3", 0)).remarks());
    }
}
