package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.FindMotifs;
import org.loupe.core.circuit.Motifs;
import org.loupe.core.circuit.Motifs.Kind;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Weights;
import org.loupe.core.picture.PictureSet;
import org.loupe.demo.pictures.PartPictureSet;
import org.loupe.demo.pictures.StrokePictureSet;

class PlantedMotifsTest {

    private final Network parts = PlantedNetwork.parts().network();

    @Test
    void theTwoWaysOfFacingAreOppositeAndTheDogIsTheirUnion() throws IOException {
        Motifs found = found(parts, "p3", Progress.NONE);
        assertTrue(found.motifs().stream().anyMatch(motif -> motif.kind() == Kind.OPPOSITE
                && motif.units().equals(List.of(new Unit("p3", 0), new Unit("p3", 1)))), found.text());
        assertTrue(found.motifs().stream().anyMatch(motif -> motif.kind() == Kind.UNION
                && motif.units().equals(List.of(new Unit("p4", 0), new Unit("p3", 0), new Unit("p3", 1)))), found.text());
        assertEquals(1, found.sheets().size());
        Map<String, byte[]> kept = new HashMap<>();
        found.save(files(kept));
        assertEquals(found, new FindMotifs().load(files(kept)));
        kept.put("motifs.tsv", "x\ty".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> new FindMotifs().load(files(kept)));
    }

    @Test
    void shuffledWeightsHaveNoMotifs() {
        assertEquals(List.of(), found(shuffled(), "p3", Progress.NONE).motifs());
    }

    @Test
    void stoppingSaysSoAndALayerThatIsNotThereIsRefused() {
        assertTrue(found(parts, "p3", (done, total, what) -> false).isPartial());
        assertThrows(NetworkException.class, () -> found(parts, "p9", Progress.NONE));
    }

    @Test
    void theWaysOfFacingAreMirroredAndCurvesFollowFromEachOtherByTurns() throws IOException {
        Motifs mirrored = found(parts, "p3", Optional.of(new PartPictureSet(2)), Progress.NONE);
        assertTrue(mirrored.motifs().stream().anyMatch(motif -> motif.kind() == Kind.MIRRORED && motif.value() > .9
                && motif.units().equals(List.of(new Unit("p3", 0), new Unit("p3", 1)))), mirrored.text());
        assertEquals(3, mirrored.remarks().size());
        Motifs turned = found(PlantedNetwork.curves().network(), "p2", Optional.of(new StrokePictureSet(20)), Progress.NONE);
        for (int curve = 0; curve < 8; curve++) {
            List<Unit> next = List.of(new Unit("p2", curve), new Unit("p2", (curve + 1) % 8));
            assertTrue(turned.motifs().stream().anyMatch(motif -> motif.kind() == Kind.EIGHTH && motif.units().equals(next)),
                    next + " in " + turned.text());
        }
        Map<String, byte[]> kept = new HashMap<>();
        turned.save(files(kept));
        assertEquals(turned, new FindMotifs().load(files(kept)));
    }

    @Test
    void shuffledWeightsFollowFromNoneByAMirrorOrATurn() {
        assertEquals(List.of(), found(shuffled(), "p3", Optional.of(new PartPictureSet(2)), Progress.NONE).motifs());
        assertTrue(found(parts, "p3", Optional.of(new PartPictureSet(1)), (done, total, what) -> false).isPartial());
    }

    private static Motifs found(Network network, String layer, Progress progress) {
        return found(network, layer, Optional.empty(), progress);
    }

    private static Motifs found(Network network, String layer, Optional<PictureSet> pictures, Progress progress) {
        try (Session session = new ReferenceEngine().open(network)) {
            return new FindMotifs().run(new Material(session, pictures.map(set -> new Material.Pictures(set, Path.of("unused")))),
                    new FindMotifs.Arguments(List.of(layer), .05, 99, 20, 0), progress::report);
        }
    }

    private Network shuffled() {
        List<Operation> operations = new ArrayList<>(parts.operations());
        operations.replaceAll(operation -> operation.name().equals(parts.layer("p3").before())
                ? shuffled((Convolution) operation) : operation);
        return new Network(parts.name(), parts.about(), parts.input(), operations, parts.layers(), parts.classes());
    }

    private static Convolution shuffled(Convolution at) {
        Draws draws = new Draws(8);
        float[] values = at.weights().values().clone();
        for (int i = values.length - 1; i > 0; i--) {
            int other = draws.below(i + 1);
            float kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
        return new Convolution(at.name(), at.input(), new Weights(at.weights().shape(), values), at.bias(), at.window(), 1);
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
