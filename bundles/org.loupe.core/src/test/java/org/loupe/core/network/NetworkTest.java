package org.loupe.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;

class NetworkTest {

    private final Network network = Nets.everything();

    @Test
    void shapesFollowTheOperations() {
        assertEquals(new Shape(4, 12, 10), network.shape(network.layer("conv1")));
        assertEquals(new Shape(4, 6, 5), network.shape(network.layer("mixed")));
        assertEquals(new Shape(3, 1, 1), network.shape(network.layer("logits")));
        assertEquals(new Shape(4, 5, 4), network.shapes(12, 10).get("average"));
    }

    @Test
    void otherPictureSizesReachAsFarAsTheyFit() {
        assertEquals(new Shape(4, 20, 17), network.shapes(40, 33).get("mixed"));
        assertEquals(new Shape(3, 1, 1), network.shapes(40, 33).get("logits"));
        assertFalse(network.shapes(2, 2).containsKey("average"));
        assertTrue(network.shapes(2, 2).containsKey("mixed"));
    }

    @Test
    void parametersAndMultiplicationsAreCountedForTheLayerThatTheyBelongTo() {
        assertEquals(3 * 4 * 9 + 4 + 16, network.parameters(network.layer("conv1")));
        assertEquals(4 * 2 + 2 + 4 * 2 * 9 + 2, network.parameters(network.layer("mixed")));
        assertEquals(network.parameters(), network.layers().stream().mapToLong(network::parameters).sum());
        assertEquals(12L * 10 * 4 * 27, network.multiplications(network.layer("conv1")));
    }

    @Test
    void onlyWhatAnOutputNeedsIsRun() {
        assertEquals(List.of("conv1.pre", "norm", "conv1", "pool", "left"),
                network.needed(List.of("left")).stream().map(Operation::name).toList());
    }

    @Test
    void aMistypedLayerIsAnsweredWithTheNearestName() {
        String message = assertThrows(NetworkException.class, () -> network.layer("mixd")).getMessage();
        assertEquals("No layer mixd in everything. Did you mean mixed?", message);
        String far = assertThrows(NetworkException.class, () -> network.layer("zzzzzzzz")).getMessage();
        assertEquals("No layer zzzzzzzz in everything. There are: conv1, mixed, logits.", far);
    }

    @Test
    void aUnitThatIsNotThereIsAnsweredWithWhatIs() {
        assertEquals("No unit mixed:4 in everything: mixed has the channels 0 to 3.",
                assertThrows(NetworkException.class, () -> network.require(Unit.parse("mixed:4"))).getMessage());
        assertEquals("No unit mixed:0@6,0 in everything: the map of mixed has 6 rows and 5 columns.",
                assertThrows(NetworkException.class, () -> network.require(Unit.parse("mixed:0@6,0"))).getMessage());
        assertEquals("mixed", network.require(Unit.parse("mixed:3@centre")).name());
    }

    @Test
    void aNetworkThatReadsWhatIsNotThereIsRefused() {
        Input input = network.input();
        List<Operation> cyclic = List.of(new Operation.Relu("a", "b"), new Operation.Relu("b", "a"));
        assertThrows(NetworkException.class, () -> new Network("n", "", input, cyclic, List.of(), List.of()));
        List<Operation> narrow = List.of(Nets.convolution("c", Network.INPUT, 5, 2, 3, 1));
        assertThrows(NetworkException.class, () -> new Network("n", "", input, narrow, List.of(), List.of()));
        List<Operation> twice = List.of(new Operation.Relu("a", Network.INPUT), new Operation.Relu("a", Network.INPUT));
        assertThrows(NetworkException.class, () -> new Network("n", "", input, twice, List.of(), List.of()));
    }

    @Test
    void arraysOfTerabytesAreRefusedBeforeTheyAreMade() {
        Input huge = new Input(new Shape(3, 1 << 20, 1 << 20), new float[3], new float[] {1, 1, 1});
        assertThrows(NetworkException.class, () -> new Network("n", "", huge,
                List.of(new Operation.Relu("a", Network.INPUT)), List.of(), List.of()));
    }
}
