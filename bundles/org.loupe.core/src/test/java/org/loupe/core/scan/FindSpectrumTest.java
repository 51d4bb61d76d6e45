package org.loupe.core.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Unit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;

class FindSpectrumTest {

    private static final FindSpectrum SPECTRUM = new FindSpectrum();
    private static final int PICTURES = 70;
    private static final int STEPS = 5;
    private static final int EACH = 4;

    @TempDir
    Path folder;

    private final Network network = Nets.single(0);

    private ActivationSpectra ask(PictureSet set, int most, String... units) {
        try (Session session = new ReferenceEngine().open(network)) {
            Material material = new Material(session, Optional.of(new Material.Pictures(set, folder)));
            return SPECTRUM.run(material, new FindSpectrum.Arguments(List.of(units), STEPS, EACH, Fitting.STRETCH),
                    (done, total, what) -> done < most);
        }
    }

    private ActivationSpectra ask(String... units) {
        return ask(new RandomPictures(PICTURES), PICTURES, units);
    }

    /** What goes into the nonlinearity of a channel, in every picture that can be read, straight from the engine. */
    private List<float[]> maps(int channel) throws PictureException {
        List<float[]> maps = new ArrayList<>();
        RandomPictures set = new RandomPictures(PICTURES);
        try (Session session = new ReferenceEngine().open(network)) {
            for (int i = 0; i < PICTURES; i++) {
                float[] map = new float[0];
                if (i != RandomPictures.UNREADABLE) {
                    Tap tap = Tap.before("conv");
                    Batch all = session.activations(set.read(i, Frame.of(network.input().shape(), Fitting.STRETCH)), Set.of(tap))
                            .at(tap);
                    map = new float[all.area()];
                    System.arraycopy(all.values(), all.offset(0, channel), map, 0, map.length);
                }
                maps.add(map);
            }
        }
        return maps;
    }

    @Test
    void everyPositionIsCountedInOneStepAndExamplesAreWhatThePositionsHold() throws PictureException {
        ActivationSpectrum found = ask("conv:1").spectra().get(0);
        List<float[]> maps = maps(1);
        int columns = columns();
        long all = maps.stream().mapToLong(map -> map.length).sum();
        assertEquals(all, found.positions());
        assertEquals(STEPS, found.steps().size());
        for (int i = 0; i < STEPS; i++) {
            ActivationSpectrum.Step step = found.steps().get(i);
            boolean isLast = i == STEPS - 1;
            long inside = 0;
            for (float[] map : maps) {
                for (float value : map) {
                    inside += value >= step.from() && (isLast ? value <= step.to() : value < step.to()) ? 1 : 0;
                }
            }
            assertEquals(inside, step.positions(), "positions from " + step.from() + " to " + step.to());
            assertEquals(Math.min(EACH, inside), step.examples().size());
            for (Example example : step.examples()) {
                assertEquals(maps.get(example.picture())[example.row() * columns + example.column()], example.value(), 1e-6f);
                assertTrue(example.value() >= step.from() && example.value() <= step.to());
            }
            assertEquals(step.examples().size(), step.examples().stream().map(Example::picture).distinct().count(),
                    "one position of a picture in a step");
        }
    }

    private int columns() {
        return network.shapes(network.input().shape().rows(), network.input().shape().columns())
                .get(network.source(Tap.before("conv"))).columns();
    }

    @Test
    void theRangeGoesFromTheMostNegativePositionToTheMostPositiveOneAndZeroIsAnEdge() throws PictureException {
        List<ActivationSpectrum.Step> steps = ask("conv:1").spectra().get(0).steps();
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (float[] map : maps(1)) {
            for (float value : map) {
                lowest = Math.min(lowest, value);
                highest = Math.max(highest, value);
            }
        }
        assertEquals(lowest, steps.get(0).from(), 1e-6f);
        assertEquals(highest, steps.get(STEPS - 1).to(), 1e-6f);
        assertTrue(lowest < 0 && highest > 0, "the case has both signs");
        assertEquals(1, steps.stream().filter(step -> step.from() == 0).count());
    }

    @Test
    void nothingIsPickedEveryPositionOfAStepIsAsLikelyAsAnyOther() {
        int drawn = 0;
        int trials = 4000;
        for (int trial = 0; trial < trials; trial++) {
            Draws draws = new Draws(trial);
            PositionSample sample = new PositionSample(1);
            for (int picture = 0; picture < 10; picture++) {
                // Values that lie in different bins of one step.
                sample.add(5 + picture * 0.3f, draws.bits(), picture, 0, 0);
            }
            sample.add(-8, draws.bits(), 99, 0, 0);
            sample.add(8, draws.bits(), 98, 0, 0);
            drawn += sample.steps(2).get(1).examples().get(0).picture() == 4 ? 1 : 0;
        }
        // One of eleven; four standard deviations are 73.
        assertEquals(trials / 11.0, drawn, 73);
    }

    @Test
    void channelsThatAreNeverNegativeHaveAllStepsAboveZero() {
        PositionSample sample = new PositionSample(2);
        sample.add(0, 1, 0, 0, 0);
        sample.add(4, 2, 1, 0, 0);
        List<ActivationSpectrum.Step> steps = sample.steps(2);
        assertEquals(List.of(1L, 1L), steps.stream().map(ActivationSpectrum.Step::positions).toList());
        assertTrue(new PositionSample(2).steps(2).isEmpty(), "nothing was seen");
        PositionSample silent = new PositionSample(2);
        silent.add(0, 1, 0, 0, 0);
        assertEquals(1, silent.steps(3).stream().mapToLong(ActivationSpectrum.Step::positions).sum());
    }

    @Test
    void aLayerIsAskedInOnePassAndFewUnitsKeepWhatTheirPositionsSee() {
        ActivationSpectra one = ask("conv:1");
        ActivationSpectra layer = ask("conv");
        assertEquals(one.of(Unit.parse("conv:1")).orElseThrow().steps(), layer.of(Unit.parse("conv:1")).orElseThrow().steps());
        assertEquals(Optional.empty(), one.of(Unit.parse("conv:0")));
        assertEquals(1, one.sheets().size());
        ActivationSpectrum found = one.spectra().get(0);
        assertEquals(found.steps().stream().mapToInt(step -> step.examples().size()).sum(), found.crops().size());
    }

    @Test
    void whatWasStoppedIsPartialAndWhatIsSavedIsReadBack() throws IOException {
        ActivationSpectra partial = ask(new RandomPictures(PICTURES), 33, "conv:0", "conv:1");
        assertTrue(partial.isPartial());
        assertEquals(63, partial.seen());
        FolderFiles files = new FolderFiles(folder);
        partial.save(files);
        ActivationSpectra read = SPECTRUM.load(files);
        assertEquals(partial, read);
        assertEquals(partial.text(), read.text());
        files.write("spectrum.tsv", "set\tx\tpictures\tmany\tpartial\tfalse\nunit\n".getBytes(StandardCharsets.UTF_8));
        assertTrue(assertThrows(IOException.class, () -> SPECTRUM.load(files)).getMessage().contains("spectrum.tsv"));
    }

    @Test
    void whatCannotBeAskedIsSaid() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ask()).getMessage().contains("mixed4a:12"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ask("conv:1@0,0")).getMessage().contains("conv:1@0,0"));
        assertThrows(NetworkException.class, () -> ask("conv:999"));
        assertThrows(NetworkException.class, () -> ask("nowhere"));
        assertFalse(ask("conv:0").isPartial());
    }

    @Test
    void aSetWithoutAReadablePictureIsSaid() {
        PictureSet unreadable = new RandomPictures(4, index -> {
            throw new UncheckedIOException(new IOException("gone"));
        });
        assertThrows(RuntimeException.class, () -> ask(unreadable, 9, "conv:0"));
    }
}
