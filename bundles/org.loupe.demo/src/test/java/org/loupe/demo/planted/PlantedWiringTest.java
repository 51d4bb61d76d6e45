package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
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

    @Test
    void expandedWeightsAreTheExactCompositionOfWhatLiesBetween() {
        Network parts = PlantedNetwork.parts().network();
        Unit car = new Unit("p3", 2);
        float[] above = convolution(parts, "p3").weights().values();
        float[] below = convolution(parts, "p2").weights().values();
        Wiring.Expanded expanded = Wiring.expanded(parts, car, "p1");
        assertEquals(20, expanded.net().all().size());
        for (Connection connection : expanded.net().all()) {
            double[] composed = new double[17 * 17];
            for (int part = 0; part < 9; part++) {
                for (int i = 0; i < 81; i++) {
                    for (int j = 0; j < 81; j++) {
                        composed[(i / 9 + j / 9) * 17 + i % 9 + j % 9] += (double) above[(car.channel() * 9 + part) * 81 + i]
                                * below[(part * 20 + connection.from().channel()) * 81 + j];
                    }
                }
            }
            assertEquals(17, connection.kernel().rows());
            assertEquals(-8, connection.kernel().top());
            for (int i = 0; i < composed.length; i++) {
                assertEquals(composed[i], connection.kernel().values()[i], 1e-5);
            }
            assertTrue(expanded.left(connection) > 0 && expanded.left(connection) < 1);
        }
        assertThrows(NetworkException.class, () -> Wiring.expanded(parts, new Unit("p1", 0), "p3"));
        assertThrows(NetworkException.class, () -> Wiring.expanded(parts, car, "p9"));
    }

    @Test
    void aPoolingBetweenCountsAsTheMeanAndNothingCancelsWhereAllWeightsHaveOneSign() {
        Network curves = PlantedNetwork.curves().network();
        Unit circle = new Unit("p3", 0);
        Connection first = Wiring.expanded(curves, circle, "p1").net().strongest(1).get(0);
        assertEquals(2 * 10 + 2 + 10 + 1, first.kernel().rows());
        double net = 0;
        float[] above = convolution(curves, "p3").weights().values();
        float[] below = convolution(curves, "p2").weights().values();
        for (int curve = 0; curve < 16; curve++) {
            net += sum(above, curve * 121, 121) * sum(below, (curve * 16 + first.from().channel()) * 121, 121);
        }
        assertEquals(net, first.kernel().net(), 1e-4 * Math.max(1, Math.abs(net)));
        Network sums = PlantedNetwork.parts().network();
        Wiring.Expanded one = Wiring.expanded(sums, new Unit("p4", 1), "p3");
        assertEquals(1, one.left(one.net().all().get(0)), 1e-6);
    }

    private static Convolution convolution(Network network, String layer) {
        return (Convolution) network.operation(network.layer(layer).before()).orElseThrow();
    }

    private static double sum(float[] values, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += values[i];
        }
        return sum;
    }
}
