package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.CTabItem;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Canvas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Analysis;
import org.loupe.core.Result;
import org.loupe.core.network.Tap;
import org.loupe.core.scan.Scan;
import org.loupe.core.scan.Scanned;
import org.loupe.core.tuning.Tune;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Registered;
import org.loupe.ui.widgets.PictureCanvas;
import org.loupe.ui.widgets.Texts;

/** How soon a unit of which everything is stored is explained, and that nothing of another one is ever seen meanwhile. */
class InspectorTest {

    private static final int PICTURES = 40;
    private static final int UNITS = TinyNetwork.SHAPES - 1;
    private static final int WALK = 50;
    private static final int STEP_MILLISECONDS = 100;

    @TempDir
    Path folder;

    private final Map<Integer, byte[]> pictures = new HashMap<>();
    private final Map<Integer, String> strongest = new HashMap<>();

    /** A bench on a network of which pictures, examples and tuning are stored for all units. */
    private Bench explored(String name) throws IOException {
        Bench bench = Bench.on(name);
        bench.showShapes();
        Bench.laboratory().choosePictures(bench.network, RandomPictures.in(folder, PICTURES));
        Scanned scanned = answered(bench, Bench.laboratory().registry().analysis(Scan.class), Scan.Arguments.STANDARD);
        answered(bench, Bench.laboratory().registry().analysis(Tune.class), Tune.Arguments.of(List.of("shapes"), "curve"));
        for (int unit = 0; unit < UNITS; unit++) {
            bench.show(unit);
            bench.untilPictureIsDone();
            pictures.put(unit, bench.picture().picture().data);
            strongest.put(unit, "Strongest examples: Activation " + Texts.number(scanned.channel(Tap.after("shapes"), unit)
                    .examples().get(0).value()));
            untilAllIsShown(bench, unit);
        }
        assertEquals(UNITS, pictures.values().stream().map(Arrays::hashCode).distinct().count(), "no two look alike");
        return bench;
    }

    private static <A extends Record, R extends Result> R answered(Bench bench, Registered<Analysis<A, R>> analysis, A arguments) {
        AnalysisJob<A, R> job = new AnalysisJob<>(Bench.laboratory(), analysis, arguments, bench.network);
        job.schedule();
        Ui.until(analysis.name() + " is answered", () -> job.getState() == Job.NONE && job.getResult() != null);
        return job.result().orElseThrow();
    }

    private void untilAllIsShown(Bench bench, int unit) {
        Ui.until("all that is stored of the unit " + unit + " is shown", () -> isShown(bench, unit),
                () -> bench.picture().description() + " beside " + examples(bench));
    }

    private boolean isShown(Bench bench, int unit) {
        ImageData seen = bench.picture().picture();
        return bench.unit.shown().equals(Optional.of(bench.unit(unit))) && seen != null && !bench.picture().state().isGrowing()
                && Arrays.equals(seen.data, pictures.get(unit)) && examples(bench).startsWith(strongest.get(unit))
                && !examples(bench).endsWith("being read");
    }

    private static String examples(Bench bench) {
        return Ui.all(bench.unitContent(), Canvas.class).stream().map(canvas -> String.valueOf(canvas.getData(Texts.DESCRIPTION)))
                .filter(name -> name.startsWith("Strongest examples")).findFirst().orElse("");
    }

    /** What is seen is the unit's own, or not there yet. */
    private void assertNothingStale(Bench bench, int unit) {
        assertEquals(Optional.of(bench.unit(unit)), bench.unit.shown());
        assertEquals("Unit shapes:" + unit, bench.unit.getPartName());
        assertEquals(List.of("Unit shapes:" + unit), Ui.all(Ui.shell(), CTabFolder.class).stream()
                .flatMap(folder -> Arrays.stream(folder.getItems())).map(CTabItem::getText).filter(text -> text.startsWith("Unit "))
                .toList());
        for (PictureCanvas canvas : Ui.all(bench.unitContent(), PictureCanvas.class).subList(0, 1)) {
            ImageData seen = canvas.picture();
            assertTrue(seen == null || Arrays.equals(seen.data, pictures.get(unit)), "the picture is that of shapes:" + unit);
        }
        String examples = examples(bench);
        assertTrue(!examples.startsWith("Strongest examples: Activation") || examples.startsWith(strongest.get(unit)),
                examples + " are those of shapes:" + unit);
    }

    @Test
    void whereThereIsNothingBetweenTheWeightsOverSeveralLayersSaySo() {
        Bench bench = Bench.on("nothing between");
        bench.show(1);
        Ui.until("it is said", () -> Ui.texts(bench.unitContent()).contains("there is nothing between"),
                () -> Ui.texts(bench.unitContent()));
    }

    @Test
    void aUnitOfWhichEverythingIsStoredIsExplainedAtOnce() throws IOException {
        Bench bench = explored("at-once");
        List<Long> selected = new ArrayList<>();
        List<Long> pictured = new ArrayList<>();
        List<Long> explained = new ArrayList<>();
        long processor = processor();
        for (int step = 0; step < 4 * UNITS; step++) {
            int unit = step % UNITS;
            long start = System.nanoTime();
            Ui.select(bench.wall, bench.unit(unit));
            selected.add(since(start));
            Ui.until("the picture is there", () -> bench.picture().picture() != null);
            pictured.add(since(start));
            untilAllIsShown(bench, unit);
            explained.add(since(start));
        }
        System.out.println("Unit explained from stored results: selected after " + selected.stream().sorted().toList()
                + ", its picture is there after " + pictured.stream().sorted().toList() + ", its examples, too, after "
                + explained.stream().sorted().toList() + ", of which the processor worked on the window for "
                + (processor() - processor) / explained.size() + " ms");
    }

    /** Milliseconds of the processor that this thread has had. */
    private static long processor() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
    }

    private static long since(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @Test
    void aSelectionThatRunsAlongFiftyUnitsNeverShowsAnotherUnitAndNeverStops() throws IOException {
        Bench bench = explored("running");
        long[] longest = new long[1];
        long begun = System.nanoTime();
        for (int step = 0; step < WALK; step++) {
            int unit = step % UNITS;
            long[] last = {System.nanoTime()};
            long next = begun + TimeUnit.MILLISECONDS.toNanos(STEP_MILLISECONDS * (step + 1L));
            Ui.select(bench.wall, bench.unit(unit));
            Ui.until("it is time for the next unit", () -> {
                longest[0] = Math.max(longest[0], System.nanoTime() - last[0]);
                assertNothingStale(bench, unit);
                last[0] = System.nanoTime();
                return last[0] > next;
            });
        }
        long took = since(begun);
        untilAllIsShown(bench, (WALK - 1) % UNITS);
        System.out.printf("Selection along %d units in %d ms: the window never worked on one event for longer than %d ms%n", WALK,
                took, TimeUnit.NANOSECONDS.toMillis(longest[0]));
    }
}
