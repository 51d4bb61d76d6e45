package org.loupe.ui.tests;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Canvas;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.loupe.core.Analysis;
import org.loupe.core.Result;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.scan.Scan;
import org.loupe.core.scan.Scanned;
import org.loupe.core.tuning.Tune;
import org.loupe.core.visualize.Visualize;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.network.NetworkView;
import org.loupe.ui.preferences.PictureChoice;
import org.loupe.ui.unit.UnitView;
import org.loupe.ui.wall.WallView;
import org.loupe.ui.widgets.PictureCanvas;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.Texts;

/**
 * How long the Unit view takes to explain another unit of a real network from what is stored: its picture, the parts of its
 * examples and its tuning. Takes minutes to make all that first, so it runs only where it is asked for by its name; see
 * {@code releng/benchmark/inspector}.
 */
class InspectorSpeed {

    private static final String DEMO = "demo";
    private static final String LAYER = "mixed4a";
    private static final String FILE = "LOUPE_INSPECTOR_NETWORK";
    private static final String FILES_LAYER = "LOUPE_INSPECTOR_LAYER";
    private static final int UNITS = 24;
    private static final int ROUNDS = 4;
    private static final int RUNNING = 50;
    private static final int STEP_MILLISECONDS = 100;
    private static final int ASKED_MILLISECONDS = 300;
    private static final long PATIENCE_NANOSECONDS = 3_600_000_000_000L;

    private final Laboratory laboratory = Bench.laboratory();
    private final Network network = network();
    private final String layer = System.getenv(FILE) == null ? LAYER : System.getenv(FILES_LAYER);
    private final NetworkView networks = Ui.open(LoupeUi.NETWORK, NetworkView.class);
    private final WallView wall = Ui.open(LoupeUi.WALL, WallView.class);
    private final UnitView view = Ui.open(LoupeUi.UNIT, UnitView.class);
    private final List<String> strongest = new ArrayList<>();

    private Network network() {
        String file = System.getenv(FILE);
        return file == null ? laboratory.networks().stream().filter(one -> one.name().equals(DEMO)).findFirst().orElseThrow()
                : Bench.open(file);
    }

    @AfterEach
    void few() {
        Bench.steps(Bench.FEW);
    }

    @Test
    void fromWhatIsStored() throws IOException {
        store();
        Ui.select(networks, new LayerInNetwork(network, network.layer(layer)));
        Ui.until("the wall shows the layer", () -> wall.getPartName().equals("Channels of " + layer));
        // Whatever is shown from before knows nothing of what was made meanwhile.
        Ui.select(wall, unit(network.shape(network.layer(layer)).channels() - 1));
        for (int round = 0; round < ROUNDS; round++) {
            explain(round);
        }
        for (int round = 0; round < 2; round++) {
            runAlong();
        }
    }

    /** Makes what is not in the study yet. */
    private void store() throws IOException {
        Bench.steps(Visualize.Arguments.of(new Unit(layer, 0).toString()).steps());
        laboratory.choosePictures(network, "drawn");
        Scanned scanned = answer(laboratory.registry().analysis(Scan.class), Scan.Arguments.STANDARD);
        answer(laboratory.registry().analysis(Tune.class), Tune.Arguments.of(List.of(layer), "curve"));
        for (int channel = 0; channel < UNITS; channel++) {
            answer(laboratory.registry().analysis(Visualize.class), PictureChoice.now().arguments(new Unit(layer, channel)));
            strongest.add("Strongest examples: Activation "
                    + Texts.number(scanned.channel(Tap.after(layer), channel).examples().get(0).value()));
        }
    }

    private <A extends Record, R extends Result> R answer(Registered<Analysis<A, R>> analysis, A arguments) {
        AnalysisJob<A, R> job = new AnalysisJob<>(laboratory, analysis, arguments, network);
        job.schedule();
        Ui.until(analysis.name() + " is answered", () -> job.getState() == Job.NONE && job.getResult() != null, () -> "",
                PATIENCE_NANOSECONDS);
        return job.result().orElseThrow();
    }

    private void explain(int round) {
        List<Long> times = new ArrayList<>();
        long processor = 0;
        for (int channel = 0; channel < UNITS; channel++) {
            long before = processor();
            long start = System.nanoTime();
            UnitInNetwork unit = unit(channel);
            String expected = strongest.get(channel);
            Ui.select(wall, unit);
            Ui.until(unit + " is explained", () -> isExplained(unit, expected),
                    () -> view.shown() + " with " + examples() + " and " + Ui.texts(Ui.content(view)));
            Ui.shell().update();
            times.add(since(start));
            processor += processor() - before;
            long rest = System.nanoTime();
            Ui.until("all is at rest", () -> since(rest) > 5 * STEP_MILLISECONDS);
        }
        List<Long> sorted = times.stream().sorted().toList();
        System.out.printf(Locale.ROOT, "Round %d of %s: a unit is explained, laid out and painted after %d ms (median; %s), %d of %d after"
                + " more than %d, with %d ms of the window's thread%n", round, network, sorted.get(UNITS / 2), sorted,
                times.stream().filter(time -> time > ASKED_MILLISECONDS).count(), UNITS, ASKED_MILLISECONDS,
                TimeUnit.NANOSECONDS.toMillis(processor) / UNITS);
    }

    private void runAlong() {
        long begun = System.nanoTime();
        List<Long> long100 = new ArrayList<>();
        long[] longest = new long[1];
        int stale = 0;
        for (int step = 0; step < RUNNING; step++) {
            UnitInNetwork unit = unit(step % UNITS);
            String expected = strongest.get(step % UNITS);
            long[] last = {System.nanoTime()};
            boolean[] isStale = new boolean[1];
            long next = begun + TimeUnit.MILLISECONDS.toNanos(STEP_MILLISECONDS * (step + 1L));
            Ui.select(wall, unit);
            Ui.until("it is time for the next unit", () -> {
                long took = System.nanoTime() - last[0];
                longest[0] = Math.max(longest[0], took);
                if (took > TimeUnit.MILLISECONDS.toNanos(STEP_MILLISECONDS)) {
                    long100.add(TimeUnit.NANOSECONDS.toMillis(took));
                }
                String seen = examples();
                isStale[0] |= !view.shown().equals(Optional.of(unit))
                        || seen.startsWith("Strongest examples: Activation") && !seen.startsWith(expected);
                last[0] = System.nanoTime();
                return last[0] > next;
            });
            stale += isStale[0] ? 1 : 0;
        }
        System.out.printf(Locale.ROOT, "Along %d units of %s in %d ms: the longest event took %d ms, those above %d ms took %s, and %d units"
                + " were stale%n", RUNNING, network, since(begun), TimeUnit.NANOSECONDS.toMillis(longest[0]), STEP_MILLISECONDS, long100,
                stale);
        long rest = System.nanoTime();
        Ui.until("all is at rest", () -> since(rest) > 20 * STEP_MILLISECONDS);
    }

    private boolean isExplained(UnitInNetwork unit, String expected) {
        return view.shown().equals(Optional.of(unit)) && Ui.the(Ui.content(view), PictureCanvas.class, canvas -> true).picture() != null
                && examples().startsWith(expected)
                && Ui.all(Ui.content(view), Canvas.class).stream().noneMatch(canvas -> description(canvas).endsWith("being read"))
                && !ScrollingPage.isChanging(Ui.the(Ui.content(view), PictureCanvas.class, canvas -> true));
    }

    private String examples() {
        return Ui.all(Ui.content(view), Canvas.class).stream().map(InspectorSpeed::description)
                .filter(name -> name.startsWith("Strongest examples")).findFirst().orElse("");
    }

    private static String description(Canvas canvas) {
        return String.valueOf(canvas.getData(Texts.DESCRIPTION));
    }

    private UnitInNetwork unit(int channel) {
        return new UnitInNetwork(network, new Unit(layer, channel));
    }

    private static long since(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** Nanoseconds of the processor that this thread has had. */
    private static long processor() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
