package org.loupe.core.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Arguments;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.OnePicture;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;

class ProbeTest {

    private static final int DAMAGED = 2;

    @TempDir
    Path folder;

    private final Session session = new ReferenceEngine().open(Nets.everything());

    @AfterEach
    void close() {
        session.close();
    }

    private Probed run(int picture, Map<String, String> arguments, Observer<Probed> observer) {
        Material material = new Material(session, Optional.of(new Material.Pictures(new OnePicture(new Noise(), picture), folder)));
        return new Probe().run(material, Arguments.record(Probe.Arguments.class, arguments), observer);
    }

    private Probed run(Map<String, String> arguments) {
        return run(1, arguments, (done, total, what) -> true);
    }

    @Test
    void theStrongestChannelsAreThoseOfTheMaps() {
        Probed probed = run(Map.of("at", "7,4", "count", "3"));
        assertEquals(List.of("conv1", "mixed", "logits"), probed.layers().stream().map(Probed.OfLayer::layer).toList());
        for (Probed.OfLayer layer : probed.layers()) {
            Tap tap = Tap.after(layer.layer());
            Batch map = session.activations(probed.picture(), Set.of(tap)).at(tap);
            Unit.Position place = layer.place().orElseThrow();
            assertEquals((int) ((7 + .5) * map.rows() / 12), place.row());
            assertEquals((int) ((4 + .5) * map.columns() / 10), place.column());
            check(map, layer.here(), place);
            check(map, layer.strongest(), null);
        }
    }

    /** Every listed value is where it is said to be, they fall, and no channel that is left out is stronger. */
    private static void check(Batch map, List<Firing> firings, Unit.Position only) {
        float last = Float.POSITIVE_INFINITY;
        for (Firing firing : firings) {
            assertEquals(map.at(0, firing.channel(), firing.row(), firing.column()), firing.value());
            assertTrue(firing.value() <= last && firing.value() > 0);
            last = firing.value();
        }
        for (int channel = 0; channel < map.channels(); channel++) {
            int number = channel;
            float own = only != null ? map.at(0, channel, only.row(), only.column()) : most(map, channel);
            assertTrue(own <= 0 || own <= last || firings.stream().anyMatch(firing -> firing.channel() == number));
        }
    }

    private static float most(Batch map, int channel) {
        return map.values()[PictureMaps.largest(map, channel)];
    }

    @Test
    void ofEquallyStrongChannelsTheFirstComesFirst() {
        Batch picture = Batch.zeros(1, 3, 12, 10);
        PictureMaps maps = PictureMaps.of(session, picture, session.network().layers(), Long.MAX_VALUE);
        float[] values = maps.map("conv1").orElseThrow().values();
        Arrays.fill(values, 2);
        assertEquals(List.of(new Firing(0, 0, 0, 2), new Firing(1, 0, 0, 2)), maps.strongest("conv1", 2));
        assertEquals(List.of(new Firing(0, 3, 1, 2), new Firing(1, 3, 1, 2)),
                maps.strongestAt("conv1", new Unit.Position(3, 1), 2));
    }

    @Test
    void mapsThatTakeTooMuchMemoryAreLeftOut() {
        PictureMaps maps = PictureMaps.of(session, Batch.zeros(1, 3, 12, 10), session.network().layers(), 600);
        assertEquals(List.of("conv1"), maps.leftOut().stream().map(layer -> layer.name()).toList());
        assertTrue(maps.map("conv1").isEmpty());
        assertTrue(maps.map("mixed").isPresent());
    }

    @Test
    void whatIsSavedReadsBackAsItself() throws IOException {
        Probed probed = run(Map.of("at", "0,9", "unit", "mixed:2", "ofClass", "dog", "against", "mixed:1", "steps", "3"));
        assertEquals("dog − mixed:1", probed.target());
        assertEquals(List.of("conv1"), probed.attributions().stream().map(Attribution::layer).toList(),
                "mixed:1 does not depend on mixed");
        assertEquals(List.of(new Unit("mixed", 2)), probed.maps().stream().map(Probed.OfUnit::unit).toList());
        Files files = new Files();
        probed.save(files);
        assertEquals(probed, new Probe().load(files));
        Files again = new Files();
        run(Map.of("at", "0,9", "unit", "mixed:2", "ofClass", "dog", "against", "mixed:1", "steps", "3")).save(again);
        assertEquals(files.content.keySet(), again.content.keySet());
        files.content.forEach((name, bytes) -> assertArrayEquals(bytes, again.content.get(name), name));
        assertEquals(Set.of("attribution-0.npy", "attribution-0.png", "map-0.npy", "map-0.png", "picture.npy", "picture.png",
                "probe.tsv"), files.content.keySet());
        files.content.put("probe.tsv", "picture\tx\tpartial\tfalse\nlayer".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> new Probe().load(files));
    }

    @Test
    void aProbeThatIsStoppedIsPartial() {
        Probed probed = run(1, Map.of("ofClass", "dog", "steps", "8"), (done, total, what) -> done < 8);
        assertTrue(probed.isPartial());
        assertEquals(1, probed.attributions().size(), "what was done is kept");
        assertFalse(run(Map.of("ofClass", "dog")).isPartial());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertRefused(Map.of("at", "12,0"), "from 0,0 to 11,9");
        assertRefused(Map.of("at", "middle"), "no pixel");
        assertRefused(Map.of("against", "dog"), "Against what");
        assertRefused(Map.of("layers", "logits", "unit", "conv1:0"), "depends on none of the layers");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> run(DAMAGED, Map.of(), (done, total, what) -> true))
                .getMessage().contains("It is cut off."));
        assertThrows(IllegalArgumentException.class, () -> new OnePicture(new Noise(), 3));
    }

    private void assertRefused(Map<String, String> arguments, String why) {
        String message = assertThrows(RuntimeException.class, () -> run(arguments)).getMessage();
        assertTrue(message.contains(why), message);
    }

    /** In memory. */
    private static final class Files implements ResultFiles {
        private final Map<String, byte[]> content = new TreeMap<>();

        @Override
        public byte[] read(String name) throws IOException {
            if (!content.containsKey(name)) {
                throw new IOException("no " + name);
            }
            return content.get(name);
        }

        @Override
        public void write(String name, byte[] bytes) {
            content.put(name, bytes);
        }
    }

    /** Three pictures of noise, of which the last cannot be read. */
    private record Noise() implements PictureSet {
        @Override
        public String name() {
            return "noise";
        }

        @Override
        public List<Picture> pictures() {
            return List.of(new Picture("a", 0), new Picture("b", 0), new Picture("c", 0));
        }

        @Override
        public List<String> classes() {
            return List.of("noise");
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of("noise");
        }

        @Override
        public PictureHeader header(int index) {
            return new PictureHeader("noise", 12, 10);
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) throws PictureException {
            if (index == DAMAGED) {
                throw new PictureException("It is cut off.");
            }
            Draws draws = new Draws(index);
            for (int i = 0; i < batch.imageSize(); i++) {
                batch.values()[batch.offset(image, 0) + i] = (float) draws.uniform();
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
