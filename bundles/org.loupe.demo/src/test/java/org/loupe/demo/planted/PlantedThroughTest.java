package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.FollowWeights;
import org.loupe.core.circuit.FollowedWeights;
import org.loupe.core.circuit.FollowedWeights.Share;
import org.loupe.core.circuit.FollowedWeights.Sight;
import org.loupe.core.circuit.FollowedWeights.Way;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Sample;
import org.loupe.core.probe.Attribution;
import org.loupe.core.probe.Target;
import org.loupe.demo.pictures.PartPictureSet;

class PlantedThroughTest {

    private static final int SAMPLE = 5;

    private final Network parts = PlantedNetwork.parts().network();
    private final PictureSet set = new PartPictureSet(40);

    @Test
    void whereNoGateClosesAllOfTheExpandedKernelArrives() {
        List<Operation> open = parts.operations().stream().map(operation -> operation instanceof Relu at
                ? new Activation(at.name(), at.input(), new Nonlinearity.LeakyRelu(1)) : operation).toList();
        Network linear = new Network("open", "", parts.input(), open, parts.layers(), parts.classes());
        FollowedWeights found = found(linear, List.of("p3:2"), "p1", Progress.NONE);
        for (int way = 0; way < found.ways().size(); way++) {
            for (Sight sight : found.sights()) {
                Share share = sight.shares().get(way);
                assertEquals(1, share.part(), 1e-4);
                assertEquals(1, share.cosine(), 1e-4);
                assertEquals(share.predicted(), share.arrived(), 1e-3 * Math.max(1, Math.abs(share.predicted())));
            }
            Way one = found.ways().get(way);
            float[] expanded = one.expanded().kernel().values();
            float[] arriving = one.arriving().orElseThrow().values();
            double both = 0;
            double squares = 0;
            double own = 0;
            for (int i = 0; i < expanded.length; i++) {
                both += expanded[i] * arriving[i];
                squares += expanded[i] * expanded[i];
                own += arriving[i] * arriving[i];
            }
            // Not quite 1, for at the rim of the map the unit reads zeros.
            assertEquals(1, both / Math.sqrt(squares * own), .05);
            assertEquals(1, both / squares, .15);
            assertTrue(!found.summary(way).misleads());
        }
    }

    @Test
    void whatArrivesIsTheGradientTimesTheActivations() throws Exception {
        FollowedWeights found = found(parts, List.of("p1:3", "p3:2", "p1:0"), "", Progress.NONE);
        assertEquals(List.of(new Unit("p1", 3), new Unit("p1", 0)), found.ways().stream().map(way -> way.expanded().from()).toList());
        Frame frame = Frame.of(parts.input().shape(), Fitting.COVER);
        boolean closed = false;
        try (Session session = new ReferenceEngine().open(parts)) {
            for (int i = 0; i < SAMPLE; i++) {
                Batch picture = set.read(Sample.index(i, SAMPLE, set.pictures().size()), frame);
                Batch answers = session.activations(picture, Set.of(Tap.before("p3"))).at(Tap.before("p3"));
                int peak = 0;
                for (int at = 1; at < answers.area(); at++) {
                    peak = answers.values()[answers.offset(0, 2) + at] > answers.values()[answers.offset(0, 2) + peak] ? at : peak;
                }
                Batch activation = session.activations(picture, Set.of(Tap.after("p1"))).at(Tap.after("p1"));
                Attribution attribution = Attribution.of(session, picture, "p1", activation, Target.ofUnit(parts,
                        new Unit("p3", 2, new Unit.Position(peak / answers.columns(), peak % answers.columns()))), 1,
                        Progress.NONE).orElseThrow();
                Sight sight = found.sights().get(i);
                assertEquals(attribution.score(), sight.answer(), 1e-4);
                assertEquals(attribution.total(), sight.arrived(), 1e-4);
                assertEquals(attribution.byChannel()[3], sight.shares().get(0).arrived(), 1e-4);
                closed |= Math.abs(sight.shares().get(0).part() - 1) > .1;
            }
        }
        assertTrue(closed, "some gates are closed");
        assertTrue(found.text().contains("p1:3"), found.text());
    }

    @Test
    void stoppingKeepsThePicturesThatWereLookedAtAndTheSameQuestionGivesTheSameBytes() throws IOException {
        FollowedWeights nothing = found(parts, List.of("p3:2"), "p1", (done, total, what) -> false);
        assertTrue(nothing.isPartial());
        assertEquals(List.of(), nothing.sheets());
        FollowedWeights found = found(parts, List.of("p3:2"), "p1", Progress.NONE);
        assertEquals(6, found.ways().size());
        assertEquals(2, found.sheets().size());
        Map<String, byte[]> first = new HashMap<>();
        Map<String, byte[]> second = new HashMap<>();
        found.save(files(first));
        found(parts, List.of("p3:2"), "p1", Progress.NONE).save(files(second));
        assertArrayEquals(first.get("followed.tsv"), second.get("followed.tsv"));
        assertEquals(found, new FollowWeights().load(files(first)));
        nothing.save(files(first));
        assertEquals(nothing, new FollowWeights().load(files(first)));
        first.put("followed.tsv", "x\ty".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> new FollowWeights().load(files(first)));
    }

    @Test
    void whatCannotBeFollowedIsRefusedWithWhatCould() {
        refused("one unit are followed at a time", List.of("p3:2", "p3:1"), "p1");
        refused("one layer at a time", List.of("p3:2", "p2:1", "p1:1"), "");
        refused("reads no layer over another", List.of("p1:1"), "");
        refused("not of p2", List.of("p3:2", "p1:1"), "p2");
    }

    @Test
    void withoutALayerItIsTheOneThatWhatTheUnitReadsReads() {
        assertEquals("p1", found(parts, List.of("p3:2"), "", (done, total, what) -> false).layer());
    }

    private void refused(String reason, List<String> units, String through) {
        String message = assertThrows(IllegalArgumentException.class, () -> found(parts, units, through, Progress.NONE)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    private FollowedWeights found(Network network, List<String> units, String through, Progress progress) {
        try (Session session = new ReferenceEngine().open(network)) {
            Observer<FollowedWeights> observer = progress::report;
            return new FollowWeights().run(new Material(session, Optional.of(new Material.Pictures(set, Path.of("unused")))),
                    new FollowWeights.Arguments(units, through, 6, SAMPLE, Fitting.COVER), observer);
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
