package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.loupe.core.Material;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit;
import org.loupe.core.circuit.Circuit.Edge;
import org.loupe.core.circuit.Circuit.Effect;
import org.loupe.core.circuit.CircuitEvaluation;
import org.loupe.core.circuit.ProposeCircuit;
import org.loupe.core.circuit.ProposeCircuit.Against;
import org.loupe.core.circuit.ProposeCircuit.By;
import org.loupe.core.circuit.ProposedCircuit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.NetworkException;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.PictureSet;
import org.loupe.demo.pictures.PartPictureSet;

class PlantedCircuitTest {

    private final PlantedNetwork parts = PlantedNetwork.parts();

    @Test
    void theCarIsMadeOfWindowsAboveAndWheelsBelow() {
        Unit car = parts.unit("p3", "car");
        Circuit circuit = Circuit.byWeights(parts.network(), List.of(car), 1, 9);
        Set<Unit> planted = parts.edges().stream().filter(edge -> edge.to().equals(car)).map(PlantedNetwork.Edge::from)
                .collect(Collectors.toSet());
        assertEquals(planted, circuit.edges().stream().map(Edge::from).collect(Collectors.toSet()));
        assertTrue(middle(edge(circuit, "windows")) < 0, "windows excite above");
        assertTrue(middle(edge(circuit, "wheel")) > 0, "wheels excite below");
        assertEquals(Effect.INHIBITS, edge(circuit, "wheel").effect());
        assertEquals(Effect.BOTH, edge(circuit, "car body").effect());
        assertEquals(1, circuit.nodes().stream().filter(Circuit.Node::target).findFirst().orElseThrow().share(), 1e-9);
    }

    @Test
    void aCircuitComesBackFromItsFilesAndOtherProgramsCanReadThem() throws Exception {
        Map<String, byte[]> kept = new HashMap<>();
        ResultFiles files = files(kept);
        ProposedCircuit found = found(ProposeCircuit.Arguments.byWeights(List.of("p4:1", "p4:0"), 2, 3));
        found.save(files);
        assertEquals(found, new ProposeCircuit().load(files));
        for (String name : List.of("circuit.svg", "circuit.graphml")) {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(kept.get(name)));
        }
        String dot = new String(kept.get("circuit.dot"), StandardCharsets.UTF_8);
        assertTrue(dot.contains("\"p3:2\" -> \"p4:1\""), dot);
        assertTrue(found.text().contains("p4:1 reads, with 100 % of its weights"), found.text());
        kept.put("circuit.tsv", "network\tparts\nedge\tp1:0".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> new ProposeCircuit().load(files));
    }

    @Test
    void aUnitThatIsNotThereAndNoUnitAtAllAreRefused() {
        assertThrows(NetworkException.class, () -> found(ProposeCircuit.Arguments.byWeights(List.of("p9:1"), 2, 3)));
        assertFalse(assertThrows(IllegalArgumentException.class,
                () -> found(ProposeCircuit.Arguments.byWeights(List.of(), 2, 3))).getMessage().isBlank());
    }

    @ParameterizedTest
    @EnumSource(value = By.class, names = {"PATCHING", "PATH", "SPOTS", "ABLATION"})
    void everyWayFindsThePartsOfTheCarAndWhatItFindsIsFaithful(By by) throws IOException {
        ProposedCircuit found = onPictures(by);
        Unit car = parts.unit("p3", "car");
        assertEquals(parts.edges().stream().filter(edge -> edge.to().equals(car)).map(PlantedNetwork.Edge::from)
                .collect(Collectors.toSet()), found.circuit().edges().stream().map(Edge::from).collect(Collectors.toSet()));
        CircuitEvaluation evaluation = found.evaluation().orElseThrow();
        assertEquals(1, evaluation.faithfulness().value(), 1e-4);
        assertEquals(1, evaluation.necessity().get(0).value(), 1e-4);
        assertTrue(evaluation.controls().stream().allMatch(control -> control < .9), found.text());
        Map<String, byte[]> kept = new HashMap<>();
        found.save(files(kept));
        assertEquals(found, new ProposeCircuit().load(files(kept)));
    }

    @ParameterizedTest
    @EnumSource(value = By.class, names = {"PATCHING", "SPOTS"})
    void theThresholdIsWhatAnEdgeMustCarryHoweverItIsFound(By by) {
        List<Edge> all = onPictures(List.of("p3:2"), by, 0).circuit().edges();
        ProposedCircuit found = onPictures(List.of("p3:2"), by, .2);
        List<Edge> enough = found.circuit().edges();
        assertEquals(all.stream().filter(edge -> Math.abs(edge.support().contribution()) >= .2).map(Edge::from).toList(),
                enough.stream().map(Edge::from).toList());
        assertTrue(!enough.isEmpty() && enough.size() < all.size(), enough.size() + " of " + all.size());
        if (by == By.SPOTS) {
            assertTrue(found.text().contains("carrying less than 0.200 of the target: 1 of 3 likely"), found.text());
        }
    }

    @Test
    void onPicturesOneUnitIsExplainedAtATime() {
        String message = assertThrows(IllegalArgumentException.class, () -> onPictures(List.of("p3:2", "p3:1"), By.PATCHING))
                .getMessage();
        assertTrue(message.contains("p3:2 first"), message);
        message = assertThrows(NetworkException.class, () -> onPictures(List.of("dog"), By.PATCHING)).getMessage();
        assertTrue(message.contains("neither a unit"), message);
    }

    private ProposedCircuit onPictures(By by) {
        return onPictures(List.of("p3:2"), by);
    }

    private ProposedCircuit onPictures(List<String> units, By by) {
        return onPictures(units, by, .01);
    }

    private ProposedCircuit onPictures(List<String> units, By by, double threshold) {
        try (Session session = new ReferenceEngine().open(parts.network());
                PictureSet pictures = new PartPictureSet(50)) {
            ProposeCircuit.Arguments arguments = new ProposeCircuit.Arguments(units, by, 1, 5, threshold, 1000, Against.MATCHED, 48, 4,
                    1, 3, 20, 0, Fitting.COVER);
            return new ProposeCircuit().run(new Material(session, Optional.of(new Material.Pictures(pictures, Path.of(".")))),
                    arguments, (done, total, what) -> true);
        }
    }

    private ProposedCircuit found(ProposeCircuit.Arguments arguments) {
        try (Session session = new ReferenceEngine().open(parts.network())) {
            return new ProposeCircuit().run(Material.of(session), arguments, (done, total, what) -> true);
        }
    }

    private Edge edge(Circuit circuit, String part) {
        Unit from = parts.unit("p2", part);
        return circuit.edges().stream().filter(edge -> edge.from().equals(from)).findFirst().orElseThrow();
    }

    /** Mean row of the positive weights, relative to the unit. */
    private static double middle(Edge edge) {
        double sum = 0;
        double weights = 0;
        for (int row = 0; row < edge.kernel().rows(); row++) {
            for (int column = 0; column < edge.kernel().columns(); column++) {
                double weight = Math.max(0, edge.kernel().at(row, column));
                sum += weight * (row + edge.kernel().top());
                weights += weight;
            }
        }
        return sum / weights;
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
