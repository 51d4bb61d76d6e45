package org.loupe.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NonlinearityTest {

    private static final double[] NUMBERS = {-6.5, -2.25, -0.5, 0.125, 0.75, 2.5, 7};
    private static final double[] POSITIVE = {0.25, 0.5, 1, 2, 3, 5, 9};

    private record Table(Nonlinearity function, double[] numbers, double[] values, double[] slopes) {
    }

    /** From PyTorch 2.13 with 64 bits: the value and the gradient at each number. */
    private static List<Table> tables() {
        return List.of(
                new Table(new Nonlinearity.LeakyRelu(0.25f), NUMBERS,
                        new double[] {-1.625, -0.5625, -0.125, 0.125, 0.75, 2.5, 7},
                        new double[] {0.25, 0.25, 0.25, 1, 1, 1, 1}),
                new Table(new Nonlinearity.Clip(0, 6), NUMBERS,
                        new double[] {0, 0, 0, 0.125, 0.75, 2.5, 6},
                        new double[] {0, 0, 0, 1, 1, 1, 0}),
                new Table(new Nonlinearity.Clip(-1, 2), NUMBERS,
                        new double[] {-1, -1, -0.5, 0.125, 0.75, 2, 2},
                        new double[] {0, 0, 1, 1, 1, 0, 0}),
                new Table(new Nonlinearity.Sigmoid(), NUMBERS,
                        new double[] {0.00150118225674, 0.0953494648991, 0.377540668798, 0.531209373374,
                                0.679178699175, 0.924141819979, 0.999088948806},
                        new double[] {0.00149892870857, 0.0862579444426, 0.235003712202, 0.249025975014,
                                0.217894993762, 0.0701037165451, 0.000910221180122}),
                new Table(new Nonlinearity.HardSigmoid(1 / 6f, 0.5f), NUMBERS,
                        new double[] {0, 0.125, 0.416666666667, 0.520833333333, 0.625, 0.916666666667, 1},
                        new double[] {0, 0.166666671634, 0.166666671634, 0.166666671634, 0.166666671634,
                                0.166666671634, 0}),
                new Table(new Nonlinearity.HardSwish(), NUMBERS,
                        new double[] {0, -0.28125, -0.208333333333, 0.0651041666667, 0.46875, 2.29166666667, 7},
                        new double[] {0, -0.25, 0.333333333333, 0.541666666667, 0.75, 1.33333333333, 1}),
                new Table(new Nonlinearity.Swish(1), NUMBERS,
                        new double[] {-0.00975768466879, -0.214536296023, -0.188770334399, 0.0664011716717,
                                0.509384024382, 2.31035454995, 6.99362264164},
                        new double[] {-0.00824185434896, -0.0987309100967, 0.260038812697, 0.56233762025,
                                0.842599944497, 1.09940111134, 1.00546049707}),
                new Table(new Nonlinearity.Swish(1.5f), NUMBERS,
                        new double[] {-0.000378893226797, -0.0744434513746, -0.160410650412, 0.0683422689981,
                                0.566186240151, 2.44255657522, 6.99980725016},
                        new double[] {-0.000510015445286, -0.0748846470381, 0.157400055503, 0.5932035667,
                                0.963060630022, 1.06120791902, 1.0002615811}),
                new Table(new Nonlinearity.Gelu(), NUMBERS,
                        new double[] {-2.61039911909e-10, -0.0275050634739, -0.154268769363, 0.0687172781038,
                                0.580029485717, 2.48447583669, 6.99999999999},
                        new double[] {-1.69505181315e-09, -0.0591897439752, 0.132504875344, 0.599217935698,
                                0.999225721739, 1.03761108591, 1.00000000006}),
                new Table(new Nonlinearity.TanhGelu(), NUMBERS,
                        new double[] {-6.27831120426e-13, -0.0272013298973, -0.154285990175, 0.0687171986242,
                                0.579960555166, 2.48491573391, 7},
                        new double[] {-6.58352874837e-12, -0.0599145345178, 0.132630096465, 0.599215406163,
                                0.998938256137, 1.03795157621, 1}),
                new Table(new Nonlinearity.Tanh(), NUMBERS,
                        new double[] {-0.999995479351, -0.978026114739, -0.46211715726, 0.124353001772,
                                0.635148952387, 0.986614298151, 0.999998336944},
                        new double[] {9.04127675533e-06, 0.0434649188889, 0.786447732966, 0.98453633095,
                                0.596585808281, 0.0265922266832, 3.32610934487e-06}),
                new Table(new Nonlinearity.Elu(1), NUMBERS,
                        new double[] {-0.998496560807, -0.894600775438, -0.393469340287, 0.125, 0.75, 2.5, 7},
                        new double[] {0.00150343919298, 0.105399224562, 0.606530659713, 1, 1, 1, 1}),
                new Table(new Nonlinearity.Elu(0.5f), NUMBERS,
                        new double[] {-0.499248280404, -0.447300387719, -0.196734670144, 0.125, 0.75, 2.5, 7},
                        new double[] {0.000751719596489, 0.0526996122809, 0.303265329856, 1, 1, 1, 1}),
                new Table(new Nonlinearity.Softplus(), NUMBERS,
                        new double[] {0.00150231015975, 0.100206558917, 0.47407698418, 0.757599035317,
                                1.13687100611, 2.57888973429, 7.00091146645},
                        new double[] {0.00150118225674, 0.0953494648991, 0.377540668798, 0.531209373374,
                                0.679178699175, 0.924141819979, 0.999088948806}),
                new Table(new Nonlinearity.Mish(), NUMBERS,
                        new double[] {-0.00976500869207, -0.224713119223, -0.220743774652, 0.0799575708474,
                                0.610018335218, 2.47139230456, 6.99998837981},
                        new double[] {-0.00825535361681, -0.112523902928, 0.289510677914, 0.678892660501,
                                0.985758355717, 1.04112953013, 1.00002155916}),
                new Table(new Nonlinearity.Exponential(), NUMBERS,
                        new double[] {0.00150343919298, 0.105399224562, 0.606530659713, 1.13314845307,
                                2.11700001661, 12.1824939607, 1096.63315843},
                        new double[] {0.00150343919298, 0.105399224562, 0.606530659713, 1.13314845307,
                                2.11700001661, 12.1824939607, 1096.63315843}),
                new Table(new Nonlinearity.Magnitude(), NUMBERS,
                        new double[] {6.5, 2.25, 0.5, 0.125, 0.75, 2.5, 7},
                        new double[] {-1, -1, -1, 1, 1, 1, 1}),
                new Table(new Nonlinearity.Power(2), NUMBERS,
                        new double[] {42.25, 5.0625, 0.25, 0.015625, 0.5625, 6.25, 49},
                        new double[] {-13, -4.5, -1, 0.25, 1.5, 5, 14}),
                new Table(new Nonlinearity.Power(3), NUMBERS,
                        new double[] {-274.625, -11.390625, -0.125, 0.001953125, 0.421875, 15.625, 343},
                        new double[] {126.75, 15.1875, 0.75, 0.046875, 1.6875, 18.75, 147}),
                new Table(new Nonlinearity.Power(0.5f), POSITIVE,
                        new double[] {0.5, 0.707106781187, 1, 1.41421356237, 1.73205080757, 2.2360679775, 3},
                        new double[] {1, 0.707106781187, 0.5, 0.353553390593, 0.288675134595, 0.22360679775,
                                0.166666666667}),
                new Table(new Nonlinearity.Power(-1), POSITIVE,
                        new double[] {4, 2, 1, 0.5, 0.333333333333, 0.2, 0.111111111111},
                        new double[] {-16, -4, -1, -0.25, -0.111111111111, -0.04, -0.0123456790123}),
                new Table(new Nonlinearity.Power(-0.5f), POSITIVE,
                        new double[] {2, 1.41421356237, 1, 0.707106781187, 0.57735026919, 0.4472135955,
                                0.333333333333},
                        new double[] {-4, -1.41421356237, -0.5, -0.176776695297, -0.0962250448649,
                                -0.04472135955, -0.0185185185185}));
    }

    @TestFactory
    Stream<DynamicTest> valuesAndSlopesAreThoseOfPyTorch() {
        return tables().stream().map(table -> DynamicTest.dynamicTest(table.function().toString(), () -> {
            for (int i = 0; i < table.numbers().length; i++) {
                assertNear(table.values()[i], table.function().at(table.numbers()[i]));
                assertNear(table.slopes()[i], table.function().slope(table.numbers()[i]));
            }
        }));
    }

    /** Parameters have 32 bits, so 1/6 is a little more than 1/6. */
    private static void assertNear(double expected, double found) {
        assertEquals(expected, found, 2e-8 * Math.abs(expected) + 2e-8);
    }

    @TestFactory
    Stream<DynamicTest> slopesAreLimitsOfDifferences() {
        return tables().stream().map(table -> DynamicTest.dynamicTest(table.function().toString(), () -> {
            double step = 1e-6;
            for (double number : table.numbers()) {
                double expected = (table.function().at(number + step) - table.function().at(number - step))
                        / (2 * step);
                assertEquals(expected, table.function().slope(number), 1e-7 * Math.max(1, Math.abs(expected)));
            }
        }));
    }

    @Test
    void everyKindIsTested() {
        assertEquals(Set.of(Nonlinearity.class.getPermittedSubclasses()),
                tables().stream().map(table -> table.function().getClass()).collect(Collectors.toSet()));
    }

    @Test
    void atAKinkTheSlopeIsThatOfTheFlatterSide() {
        assertEquals(0, new Nonlinearity.Clip(0, 6).slope(0));
        assertEquals(0, new Nonlinearity.Clip(0, 6).slope(6));
        assertEquals(0.25, new Nonlinearity.LeakyRelu(0.25f).slope(0));
        assertEquals(0, new Nonlinearity.HardSigmoid(0.2f, 0.5f).slope(-2.5));
        assertEquals(0, new Nonlinearity.Magnitude().slope(0));
    }

    @Test
    void largeNumbersGiveNoNonsense() {
        for (Table table : tables()) {
            boolean defined = Arrays.equals(table.numbers(), NUMBERS)
                    && !(table.function() instanceof Nonlinearity.Exponential)
                    && !(table.function() instanceof Nonlinearity.Power);
            if (!defined) {
                continue;
            }
            for (double number : new double[] {-1e4, -200, -40, 40, 200, 1e4}) {
                double value = table.function().at(number);
                double slope = table.function().slope(number);
                assertTrue(Double.isFinite(value) && Math.abs(value) <= Math.abs(number) + 1,
                        table.function() + " at " + number + " is " + value);
                assertTrue(Math.abs(slope) < 1.2, table.function() + " has at " + number + " the slope " + slope);
            }
        }
    }

    @Test
    void nothingIsClippedToAnEmptyRange() {
        assertThrows(NetworkException.class, () -> new Nonlinearity.Clip(1, 0));
        assertThrows(NetworkException.class, () -> new Nonlinearity.Clip(Float.NaN, 0));
    }
}
