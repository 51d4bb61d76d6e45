package org.loupe.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Unit;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.LinkFilter;
import org.loupe.core.circuit.graph.Place;

class StoredCircuitsTest {

    private static final String NETWORK = "0123456789abcdef";

    @TempDir
    Path folder;

    private static CircuitGraph graph(int channel) {
        Unit unit = new Unit("mixed4a", channel);
        return new CircuitGraph(unit, Map.of(unit, 4), Map.of(), Set.of(), Set.of(), List.of(), LinkFilter.NONE, Set.of(),
                Map.of(unit.toString(), new Place(1.5, 0)));
    }

    @Test
    void whatIsDrawnIsThereInTheNextProcess() {
        try (Study study = Study.open(folder)) {
            study.circuits().write(NETWORK, "a car: wheels & windows", graph(3));
            study.circuits().write(NETWORK, "a car: wheels & windows", graph(4));
            study.circuits().write(NETWORK, "A car? wheels, windows", graph(5));
        }
        Study again = Study.openReadOnly(folder, problem -> { });
        assertEquals(2, again.circuits().files(NETWORK).size());
        assertEquals(List.of(), again.circuits().files("another"));
        assertEquals(graph(4), again.circuits().read(again.circuits().file(NETWORK, "a car: wheels & windows")).graph());
        assertThrows(StoreException.class, () -> again.circuits().write(NETWORK, "new", graph(1)));
    }

    @Test
    void namesThatLookAlikeAreDifferentFiles() {
        StoredCircuits circuits = Study.openReadOnly(folder, problem -> { }).circuits();
        assertNotEquals(circuits.file(NETWORK, "a/b"), circuits.file(NETWORK, "a?b"));
        assertEquals(circuits.file(NETWORK, "x").getParent(), circuits.file(NETWORK, "../../x").getParent());
    }

    @Test
    void aDamagedCircuitIsToldWithItsFileAndStays() throws IOException {
        try (Study study = Study.open(folder)) {
            study.circuits().write(NETWORK, "one", graph(3));
            Path file = study.circuits().file(NETWORK, "one");
            String half = Files.readString(file).substring(0, 40);
            Files.writeString(file, half);
            String message = assertThrows(StoreException.class, () -> study.circuits().read(file)).getMessage();
            assertTrue(message.contains(file.toString()) && message.contains("last line"), message);
            assertEquals(half, Files.readString(file));
        }
    }

    @Test
    void whatIsForgottenIsGone() {
        try (Study study = Study.open(folder)) {
            study.circuits().write(NETWORK, "one", graph(3));
            study.circuits().remove(NETWORK, "one");
            study.circuits().remove(NETWORK, "one");
            assertEquals(List.of(), study.circuits().files(NETWORK));
        }
    }
}
