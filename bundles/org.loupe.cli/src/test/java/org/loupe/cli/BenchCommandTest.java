package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Batch;
import org.loupe.core.engine.Profile;
import org.loupe.core.engine.Profile.Kind;
import org.loupe.core.engine.Profile.Part;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Tap;

class BenchCommandTest {

    @TempDir
    Path study;

    @Test
    void everyThingThatIsTimedHasARow() {
        Bench bench = new Bench(study, false);
        assertEquals(ExitCode.DONE, bench.run("bench", "--rounds", "2", "--batch", "1,2", "--to", "conv"), bench.err::toString);
        String out = bench.out.toString();
        for (String row : List.of("demo on reference", "to conv, 1 picture of 16x16", "to conv, 2 pictures of 16x16",
                "\nforward ", "\nforward and gradient ", "\nstep of visualize ", "\n  ours: ", "\nmemory: ",
                "does not tell where its time goes")) {
            assertTrue(out.contains(row), row + " is not in " + out);
        }
    }

    @Test
    void jsonHasMediansOfEachBatch() {
        Bench bench = new Bench(study, false);
        assertEquals(ExitCode.DONE, bench.run("bench", "--rounds", "2", "--batch", "1,2", "--json", "--to", "logit:1"));
        JsonArray answers = JsonParser.parseString(bench.out.toString()).getAsJsonArray();
        assertEquals(2, answers.size());
        JsonObject second = answers.get(1).getAsJsonObject();
        assertEquals(2, second.get("images").getAsInt());
        assertEquals("logits:1", second.get("to").getAsString());
        assertTrue(second.getAsJsonObject("gradient").get("median").getAsDouble() > 0);
    }

    @Test
    void severalSessionsAtOnceHaveARowAndANumber() {
        Bench bench = new Bench(study, false);
        assertEquals(ExitCode.DONE, bench.run("bench", "--rounds", "2", "--sessions", "3", "--to", "conv"), bench.err::toString);
        assertTrue(bench.out.toString().contains("\n3 sessions at once, forward and gradient: "), bench.out::toString);
        Bench json = new Bench(study, false);
        assertEquals(ExitCode.DONE, json.run("bench", "--rounds", "2", "--sessions", "2", "--json", "--to", "conv"));
        JsonObject together = JsonParser.parseString(json.out.toString()).getAsJsonArray().get(0).getAsJsonObject()
                .getAsJsonObject("together");
        assertEquals(2, together.get("sessions").getAsInt());
        assertTrue(together.get("imagesPerSecond").getAsDouble() > 0);
    }

    @Test
    void whatMakesNoSenseIsSaid() {
        Bench bench = new Bench(study, false);
        assertEquals(ExitCode.USAGE, bench.run("bench", "--to", "konv"));
        assertTrue(bench.err.toString().contains("conv"), bench.err::toString);
        assertEquals(ExitCode.USAGE, bench.run("bench", "--batch", "0"));
        assertTrue(bench.err.toString().contains("--batch cannot be 0"), bench.err::toString);
        assertEquals(ExitCode.USAGE, bench.run("bench", "--sessions", "0"));
        assertTrue(bench.err.toString().contains("--sessions cannot be 0"), bench.err::toString);
        assertEquals(ExitCode.USAGE, bench.run("bench", "--threads", "4711"));
        assertTrue(bench.err.toString().contains("OMP_NUM_THREADS=4711"), bench.err::toString);
    }

    @Test
    void aScanIsTimedBesideTheForwardPass() {
        Bench bench = new Bench(study, false);
        assertEquals(ExitCode.DONE, bench.run("bench", "--scan", "5", "--pictures", "few", "--rounds", "2"), bench.err::toString);
        String out = bench.out.toString();
        for (String row : List.of("scan of 5 pictures of few, ", "\nforward ", "\nforward, all", "\nscan  ",
                "of the scan, by the clock: engine ", "\nfiles: ")) {
            assertTrue(out.contains(row), row + " is not in " + out);
        }
        Bench json = new Bench(study, false);
        assertEquals(ExitCode.DONE, json.run("bench", "--scan", "3", "--pictures", "few", "--rounds", "1", "--json"));
        JsonObject answer = JsonParser.parseString(json.out.toString()).getAsJsonObject();
        assertEquals(3, answer.get("pictures").getAsInt());
        assertTrue(answer.getAsJsonObject("scan").get("clock").getAsDouble() > 0);
        assertEquals(ExitCode.USAGE, new Bench(study, false).run("bench", "--scan", "0"));
    }

    @Test
    void questionsAreAnsweredUntilTheyEnd() {
        Bench bench = new Bench(study, false);
        try (Session session = new ReferenceEngine().open(Bench.tiny())) {
            new BenchDialogue(session, new StringReader("forward conv 1 16 3\ngradient logit:0 2 16 2\nstep conv:1 1 16 3\n"
                    + "gradient konv 1 16 1\ndance conv 1 16 1\ngradient conv\n\nforward conv 1 16 1\n"), bench.shell()).run();
        }
        List<JsonObject> answers = bench.out.toString().lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
        assertEquals(7, answers.size());
        assertEquals("reference", answers.get(0).get("engine").getAsString());
        assertEquals(3, answers.get(1).getAsJsonArray("wall").size());
        assertEquals(2, answers.get(2).getAsJsonArray("wall").size());
        assertEquals(3, answers.get(3).getAsJsonArray("network").size());
        assertTrue(answers.get(4).get("error").getAsString().contains("konv"));
        assertTrue(answers.get(5).get("error").getAsString().contains("dance"));
        assertTrue(answers.get(6).has("error"));
    }

    @Test
    void layersTellWhatIsSlowAndWhatItCosts() {
        Profile profile = new Profile(List.of(new Part("conv", false, Kind.FAST, "jit", 1000, 1),
                new Part("up", false, Kind.JAVA, "Java", 0, 2), new Part("conv back", true, Kind.REFERENCE, "ref:any", 1000, 4)),
                8, 1_000_000);
        Stopwatch.Times times = new Stopwatch.Times(List.of(1.0, 2.0, 3.0), OptionalDouble.empty());
        try (Session session = new ReferenceEngine().open(Bench.tiny())) {
            BenchReport report = new BenchReport(new Benchmark(session, "conv", 1, 16), times, times,
                    new Benchmark.Steps(times, times), Optional.empty(), Optional.of(profile), 4e6);
            String text = String.join("\n", report.lines(true));
            assertTrue(text.contains("in plain Java: 2.00 ms, 25.0 %: up"), text);
            assertTrue(text.contains("reference code: 4.00 ms, 50.0 %: conv back"), text);
            assertTrue(text.contains("of the fastest 8.00 ms: forward 3.00, backward 4.00, numbers in and out 1.00"), text);
            assertTrue(text.contains("convolutions: 5.00 ms, 10.0 % of the peak"), text);
            assertTrue(text.contains("conv          0.750 ms  25.0 %  3 channels do not fill a block of 16"), text);
            assertTrue(text.indexOf("conv back     3.750 ms   6.3 %  the library has nothing but") < text.indexOf("conv          0.750 ms"),
                    text);
            assertFalse(String.join("\n", report.lines(false)).contains("ref:any"));
        }
    }

    @Test
    void allOfALayerIsScoredWithItsGradient() {
        try (Session session = new ReferenceEngine().open(Bench.tiny())) {
            WholeLayer objective = new WholeLayer(Tap.after("conv"));
            Batch pictures = Batch.zeros(2, 3, 16, 16);
            Session.Gradient found = session.gradient(pictures, List.of(objective));
            Readings slopes = new Readings(Map.of(Tap.after("conv"), found.activations().at(Tap.after("conv")).zeros()));
            double score = objective.score(1, found.activations(), 2, slopes);
            assertEquals(found.scores()[1], score);
            Batch slope = slopes.at(Tap.after("conv"));
            double again = 0;
            for (int i = slope.offset(1, 0); i < slope.values().length; i++) {
                assertTrue(slope.values()[i] != 0);
                again += slope.values()[i] / 2 * found.activations().at(Tap.after("conv")).values()[i];
            }
            assertEquals(score, again, 1e-6 * Math.abs(score) + 1e-9);
            assertEquals(0, slope.values()[0]);
        }
    }

    @Test
    void whatThreadsDidThatHaveEndedCounts() {
        Stopwatch.Times times = Stopwatch.repeat(1, () -> {
            Thread worker = new Thread(() -> {
                ThreadMXBean threads = ManagementFactory.getThreadMXBean();
                while (threads.getCurrentThreadCpuTime() < 1_200_000_000L) {
                    Thread.onSpinWait();
                }
            });
            worker.start();
            assertDoesNotThrow(() -> worker.join());
        });
        assertTrue(times.processor().orElseThrow() > 1100, times::toString);
    }
}
