package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.DrawMultiples;
import org.loupe.core.circuit.Multiples;
import org.loupe.core.circuit.WeightColours;
import org.loupe.core.circuit.WeightColours.Load;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.page.Sheet;

class PlantedMultiplesTest {

    private final Network parts = PlantedNetwork.parts().network();

    @Test
    void allKernelsAreTheWiringsOwnAndWhatIsLeftOutIsSaid() {
        Multiples all = found(512, 512, "p2", "p3", Progress.NONE);
        assertEquals(1, all.extent().share(), 1e-9);
        for (Unit unit : all.upper()) {
            List<Connection> read = Wiring.of(parts).inputs(unit).all().stream()
                    .filter(one -> one.from().layer().equals("p2")).toList();
            assertEquals(read.stream().sorted(PlantedMultiplesTest::byLowerUnit).toList(), all.kernels().stream()
                    .filter(one -> one.to().equals(unit)).sorted(PlantedMultiplesTest::byLowerUnit).toList());
        }
        Multiples few = found(2, 3, "p2", "p3", Progress.NONE);
        assertEquals(all.upper().subList(0, 2), few.upper());
        assertEquals(all.lower().subList(0, 3), few.lower());
        double shown = few.kernels().stream().mapToDouble(Connection::strength).sum();
        double whole = all.kernels().stream().mapToDouble(Connection::strength).sum();
        assertEquals(shown / whole, few.extent().share(), 1e-9);
        assertTrue(few.text().contains("2 of " + all.upper().size() + " units of p3"), few.text());
    }

    @Test
    void theColoursGiveBackTheWeightsAsFarAsTheySay() {
        Multiples found = found(512, 512, "p2", "p3", Progress.NONE);
        WeightColours colours = found.colours().orElseThrow();
        assertEquals(3, colours.factors().size());
        double all = 0;
        double missed = 0;
        for (int row = 0; row < found.upper().size(); row++) {
            Unit above = found.upper().get(row);
            for (Unit below : found.lower()) {
                float[] weights = found.kernels().stream().filter(one -> one.to().equals(above) && one.from().equals(below))
                        .findFirst().map(one -> one.kernel().values()).orElse(null);
                for (int at = 0; at < colours.amounts().get(row).get(0).values().length; at++) {
                    double weight = weights == null ? 0 : weights[at];
                    double told = 0;
                    for (int factor = 0; factor < 3; factor++) {
                        told += colours.amounts().get(row).get(factor).values()[at] * load(colours.factors().get(factor), below);
                    }
                    all += weight * weight;
                    missed += (weight - told) * (weight - told);
                }
            }
        }
        assertEquals(colours.missed(), missed / all, 1e-4);
        assertTrue(colours.missed() < .9, "missed " + colours.missed());
    }

    @Test
    void bothFiguresNameEveryUnitAndTheSameQuestionGivesTheSameBytes() throws IOException {
        Multiples found = found(4, 5, "p2", "p3", Progress.NONE);
        assertEquals(2, found.sheets().size());
        for (Sheet sheet : found.sheets()) {
            for (Unit unit : found.upper()) {
                assertTrue(sheet.marks().stream().anyMatch(mark -> mark instanceof Sheet.Text text
                        && text.text().equals(unit.toString())), "not named: " + unit);
            }
        }
        Map<String, byte[]> first = new HashMap<>();
        Map<String, byte[]> second = new HashMap<>();
        found.save(files(first));
        found(4, 5, "p2", "p3", Progress.NONE).save(files(second));
        assertArrayEquals(first.get("multiples.tsv"), second.get("multiples.tsv"));
        assertEquals(found, new DrawMultiples().load(files(first)));
        first.put("multiples.tsv", "x\ty".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> new DrawMultiples().load(files(first)));
    }

    @Test
    void stoppingKeepsTheUnitsThatWereRead() throws IOException {
        Multiples stopped = found(16, 24, "p2", "p3", (done, total, what) -> done < 2);
        assertTrue(stopped.isPartial());
        assertEquals(2, stopped.upper().size());
        assertEquals(1, stopped.sheets().size());
        Multiples nothing = found(16, 24, "p2", "p3", (done, total, what) -> false);
        assertEquals(List.of(), nothing.sheets());
        Map<String, byte[]> kept = new HashMap<>();
        nothing.save(files(kept));
        assertEquals(nothing, new DrawMultiples().load(files(kept)));
    }

    @Test
    void layersThatDoNotReadEachOtherAreRefusedWithWhatIsRead() {
        String message = assertThrows(IllegalArgumentException.class, () -> found(4, 4, "p3", "p2", Progress.NONE)).getMessage();
        assertTrue(message.contains("No weights lie between p3 and p2. p2 reads p1"), message);
        assertThrows(IllegalArgumentException.class, () -> asked(List.of("p3"), 4, 4, Progress.NONE));
        assertThrows(NetworkException.class, () -> found(4, 4, "p9", "p3", Progress.NONE));
    }

    private static int byLowerUnit(Connection first, Connection second) {
        return first.from().compareTo(second.from());
    }

    private static double load(List<Load> factor, Unit unit) {
        return factor.stream().filter(load -> load.unit().equals(unit)).mapToDouble(Load::value).sum();
    }

    private Multiples found(int units, int inputs, String below, String above, Progress progress) {
        return asked(List.of(below, above), units, inputs, progress);
    }

    private Multiples asked(List<String> layers, int units, int inputs, Progress progress) {
        try (Session session = new ReferenceEngine().open(parts)) {
            return new DrawMultiples().run(Material.of(session), new DrawMultiples.Arguments(layers, units, inputs, 0),
                    progress::report);
        }
    }

    private static ResultFiles files(Map<String, byte[]> kept) {
        return new ResultFiles() {
            @Override
            public byte[] read(String name) {
                return kept.get(name);
            }

            @Override
            public void write(String name, byte[] content) {
                kept.put(name, content);
            }
        };
    }
}
