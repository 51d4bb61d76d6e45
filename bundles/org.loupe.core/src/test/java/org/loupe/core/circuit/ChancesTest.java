package org.loupe.core.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

class ChancesTest {

    private static final int CHANNELS = 16;
    private static final int CELLS = 25;

    @Test
    void randomKernelsAreLuckButForAFewUnits() {
        int found = 0;
        for (int unit = 0; unit < CHANNELS; unit++) {
            found += Chances.of(network(false), Wiring.of(network(false)), new Unit("top", unit)).beyond(.05) > 0 ? 1 : 0;
        }
        assertTrue(found <= 2, found + " of " + CHANNELS + " units have a kernel that is called strong");
    }

    @Test
    void aPlantedKernelIsStrongAndSmoothAndTheOthersAreStillLuck() {
        Network network = network(true);
        Wiring wiring = Wiring.of(network);
        Unit unit = new Unit("top", 3);
        Chances chances = Chances.of(network, wiring, unit);
        assertEquals(CHANNELS, chances.kernels());
        for (Connection connection : wiring.inputs(unit).all()) {
            Chances.Chance chance = chances.of(connection);
            boolean isPlanted = connection.from().channel() == 5;
            assertEquals(isPlanted, chance.luck() <= .05, connection + " " + chance);
            assertEquals(isPlanted, chance.pattern() <= .05, connection + " " + chance);
        }
        assertEquals(chances, Chances.of(network, wiring, unit));
    }

    @Test
    void aShortcutIsNeitherStrengthNorLuckAndChancesAreThoseOfTheRest() {
        Network plain = network(true);
        List<Operation> operations = new ArrayList<>(plain.operations().subList(0, 3));
        operations.add(new Addition("sum", List.of("top.sum", "low.out")));
        operations.add(new Relu("top.out", "sum"));
        Network residual = new Network("residual", "", plain.input(), operations, List.of(plain.layer("low"),
                new Layer("top", "top.out", "sum", "")), List.of());
        Unit unit = new Unit("top", 3);
        Wiring without = Wiring.of(plain);
        Wiring with = Wiring.of(residual);
        Chances chances = Chances.of(plain, without, unit);
        Chances same = Chances.of(residual, with, unit);
        for (int channel = 0; channel < CHANNELS; channel++) {
            assertEquals(chances.of(from(channel, without, unit)).pattern(), same.of(from(channel, with, unit)).pattern(), .05);
            assertEquals(chances.of(from(channel, without, unit)).permuted(), same.of(from(channel, with, unit)).permuted(), .05);
        }
        Connection own = from(3, with, unit);
        assertEquals(1, own.kernel().shortcut());
        assertTrue(same.of(own).luck() > .05, "the rest of it is luck");
        assertFalse(new Circuit.Edge(own.from(), own.to(), own.kernel(), .5, new Circuit.Support(Double.NaN, Double.NaN,
                same.of(own).luck())).isLuck(), "but it is there for certain");
    }

    private static Connection from(int channel, Wiring wiring, Unit unit) {
        return wiring.inputs(unit).all().stream().filter(one -> one.from().channel() == channel).findFirst().orElseThrow();
    }

    @Test
    void aKernelOfOneNumberIsOnlyHeldAgainstOtherUnits() {
        Network network = network(true);
        Wiring wiring = Wiring.of(network);
        Unit unit = new Unit("low", 0);
        Connections inputs = wiring.inputs(unit);
        Chances.Chance chance = Chances.of(network, wiring, unit, inputs, 0).of(inputs.all().get(0));
        assertTrue(Double.isNaN(chance.permuted()) && Double.isNaN(chance.pattern()), chance.toString());
        assertTrue(chance.units() > 0 && chance.units() <= 1, chance.toString());
    }

    @Test
    void smoothnessIsNearOneForASlopeAndNegativeForACheckerboard() {
        float[] slope = new float[CELLS];
        float[] checks = new float[CELLS];
        for (int i = 0; i < CELLS; i++) {
            slope[i] = i / 5;
            checks[i] = i % 2 == 0 ? 1 : -1;
        }
        assertTrue(Chances.smoothness(slope, 5) > .6);
        assertTrue(Chances.smoothness(checks, 5) < -.9);
        assertEquals(0, Chances.smoothness(new float[CELLS], 5));
    }

    private static Network network(boolean planted) {
        Draws draws = new Draws(11);
        float[] low = random(3 * CHANNELS, draws);
        float[] top = random(CHANNELS * CHANNELS * CELLS, draws);
        if (planted) {
            for (int i = 0; i < CELLS; i++) {
                int away = Math.abs(i / 5 - 1) + Math.abs(i % 5 - 2);
                top[(3 * CHANNELS + 5) * CELLS + i] = (float) (12 * Math.exp(-away * away / 3.0));
            }
        }
        List<Operation> operations = List.of(
                convolution("low.sum", "input", 3, 1, low), new Relu("low.out", "low.sum"),
                convolution("top.sum", "low.out", CHANNELS, 5, top), new Relu("top.out", "top.sum"));
        return new Network("random", "", new Input(new Shape(3, 8, 8), new float[3], new float[] {1, 1, 1}), operations,
                List.of(new Layer("low", "low.out", "low.sum", ""), new Layer("top", "top.out", "top.sum", "")), List.of());
    }

    private static Convolution convolution(String name, String input, int inputs, int size, float[] values) {
        return new Convolution(name, input, new Weights(new int[] {CHANNELS, inputs, size, size}, values),
                Weights.vector(new float[CHANNELS]), Window.square(size, 1, size / 2), 1);
    }

    private static float[] random(int length, Draws draws) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) draws.gaussian();
        }
        return values;
    }
}
