package org.loupe.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.Profile;
import org.loupe.core.engine.EditText;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nonlinearity.HardSigmoid;
import org.loupe.core.network.Nonlinearity.HardSwish;
import org.loupe.core.network.Nonlinearity.Sigmoid;
import org.loupe.core.network.Nonlinearity.Swish;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.Objective;
import org.loupe.core.objective.ObjectiveText;

class OneDnnSessionTest {

    private static final long MEGABYTE = 1 << 20;

    private final OneDnnEngine engine = new OneDnnEngine();
    private final Network tiny = Networks.inception(16, 4, 8, 4, 3);
    private final Network large = Networks.inception(48, 32, 64, 16, 16);
    private final List<Network> modern = List.of(Networks.mobile(new HardSwish(), new HardSigmoid(1f / 6, 0.5f)),
            Networks.mobile(new Swish(1), new Sigmoid()), Networks.normalized(), Networks.shuffled());
    private final List<Objective> top = List.of(new ChannelObjective(new Unit("top", 5)));
    private final List<Objective> objectives = List.of(new ChannelObjective(new Unit("mixed", 5)));

    /**
     * In a process of its own, whose Java heap has its final size from the start, and whose compiler is the one that takes
     * little memory and is soon done; the other one would still be at work when all steps are over on a fast machine.
     */
    @Test
    void nativeMemoryStaysFlatOverTenThousandSteps() throws Exception {
        String[] grown = lastLine("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1").split(" ");
        assertEquals(2, grown.length, () -> String.join(" ", grown));
        assertTrue(Long.parseLong(grown[0]) <= 0, grown[0] + " native objects more");
        assertTrue(Long.parseLong(grown[1]) < 24 * MEGABYTE, grown[1] + " bytes more");
    }

    @Test
    void aMachineWithoutNativesGetsAClearMessage() throws Exception {
        String message = lastLine("-Dorg.bytedeco.javacpp.platform=linux-unheardof");
        assertTrue(message.contains("EngineException: The oneDNN engine has no native library that runs on this machine"),
                message);
        assertTrue(message.endsWith("Choose another engine with --engine."), message);
    }

    /** The last line that {@link TenThousandSteps} prints, or the exception that ends it. */
    private static String lastLine(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TenThousandSteps.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip().lines().filter(line -> !line.startsWith("\tat ") && !line.startsWith("Caused by")
                && !line.startsWith("\t...")).reduce((before, last) -> last).orElse("nothing was printed");
    }

    @Test
    void closingFreesEverything() {
        engine.open(tiny).close();
        long before = NativeObjects.now();
        for (int round = 0; round < 3; round++) {
            long open;
            try (Session session = engine.open(tiny)) {
                session.gradient(Networks.pictures(2, 16), objectives);
                session.activations(Networks.pictures(2, 16), Set.of(Tap.after("logits")));
                open = NativeObjects.now();
            }
            NativeObjects.assertNoMoreThan(open - 1, "when the session is closed");
            NativeObjects.assertNoMoreThan(before, "after round " + round);
        }
    }

    @Test
    void oldPlansMakeRoomForNewOnes() {
        try (Session session = engine.open(tiny)) {
            for (int size = 16; size < 16 + OneDnnSession.MOST_PLANS; size++) {
                session.gradient(Networks.pictures(1, size), objectives);
            }
            long objects = NativeObjects.now();
            for (int size = 24; size < 48; size++) {
                session.gradient(Networks.pictures(1, size), objectives);
            }
            NativeObjects.assertNoMoreThan(objects * 11 / 10, "with other plans, for " + objects);
        }
    }

    @Test
    void otherValuesOfEditsAtTheSamePlacesNeedNoNewPlan() {
        try (OneDnnSession session = (OneDnnSession) engine.open(tiny)) {
            Batch pictures = Networks.pictures(1, 16);
            session.gradient(pictures, objectives, List.of(EditText.parse("stem:3 = 0")));
            long objects = NativeObjects.now();
            for (String edit : List.of("stem:3 = 1", "stem:{1,2}@0,3 = 0.5 * itself", "stem = itself + noise(1, 2)")) {
                session.gradient(pictures, objectives, List.of(EditText.parse(edit)));
                assertEquals(1, session.plans(), edit);
            }
            NativeObjects.assertNoMoreThan(objects, "after other values of the same edits");
            session.gradient(pictures, objectives, List.of(EditText.parse("stem.pre:3 = 0")));
            session.gradient(pictures, objectives, List.of(EditText.parse("stem:3 = 0"), EditText.parse("stem:4 = 0")));
            session.gradient(pictures, objectives);
            assertEquals(4, session.plans());
        }
    }

    @Test
    void largePlansMakeRoomToo() {
        Library.load();
        try (OneDnnSession session = new OneDnnSession(large, engine, 8, 2 * MEGABYTE)) {
            for (int images = 1; images <= 4; images++) {
                session.gradient(Networks.pictures(images, 48), objectives);
                assertTrue(session.plans() == 1 || session.bytes() <= 2 * MEGABYTE, session.bytes() + " bytes");
            }
            assertTrue(session.plans() < 4, session.plans() + " plans");
        }
    }

    @Test
    void everyPictureHasTheSameBitsInEveryBatch() {
        everyPictureHasTheSameBits(tiny, objectives, Set.of(Tap.before("mixed"), Tap.after("logits")));
        everyPictureHasTheSameBits(large, objectives, Set.of(Tap.before("mixed"), Tap.after("logits")));
        for (Network network : modern) {
            everyPictureHasTheSameBits(network, top, Set.of(Tap.after("top")));
        }
    }

    private void everyPictureHasTheSameBits(Network network, List<Objective> asked, Set<Tap> taps) {
        Batch pictures = Networks.pictures(8, network.input().shape().rows());
        try (Session session = engine.open(network)) {
            Batch gradients = session.gradient(pictures, asked).pictures();
            Readings readings = session.activations(pictures, taps);
            for (int image = 0; image < 8; image++) {
                Batch alone = pictures.image(image);
                assertEquals(gradients.image(image), session.gradient(alone, asked).pictures());
                Readings single = session.activations(alone, taps);
                for (Tap tap : taps) {
                    assertEquals(readings.at(tap).image(image), single.at(tap));
                }
            }
        }
    }

    @Test
    void noPrimitiveFallsToAReferenceKernel() {
        for (Network network : List.of(tiny, large)) {
            try (OneDnnSession session = (OneDnnSession) engine.open(network)) {
                for (int images : new int[] {1, 3}) {
                    session.gradient(Networks.pictures(images, 48), List.of(new Everything(objectives.get(0))));
                    List<String> calls = session.describe();
                    assertTrue(calls.size() > 15, calls::toString);
                    assertFalse(calls.stream().anyMatch(call -> call.contains(": ref")), calls::toString);
                }
            }
        }
    }

    @Test
    void smallPrimitivesAskForOneThread() {
        assumeTrue(Threads.ALL > 1, "With one thread there is nothing to choose");
        assertTrue(Threads.canBeFewer(), "OpenMP is in reach");
        assertEquals(1, Threads.worth(1e5, 1e5));
        assertEquals(Threads.ALL, Threads.worth(1e9, 1e7));
        try (OneDnnSession session = (OneDnnSession) engine.open(tiny)) {
            session.gradient(Networks.pictures(1, 16), objectives);
            List<String> calls = session.describe();
            assertTrue(calls.stream().allMatch(call -> call.endsWith(", one thread")), calls::toString);
        }
        try (OneDnnSession session = (OneDnnSession) engine.open(large)) {
            session.gradient(Networks.pictures(16, 128), Collections.nCopies(16, objectives.get(0)));
            List<String> calls = session.describe();
            assertFalse(calls.stream().allMatch(call -> call.endsWith(", one thread")), calls::toString);
        }
    }

    @Test
    void modernNetworksRunInFastPrimitivesAlone() {
        assumeTrue(Device.wide(), "oneDNN pairs arrays in blocks of 16 fast, which this processor does not use");
        for (Network network : modern) {
            try (OneDnnSession session = new OneDnnSession(network, engine, 16, OneDnnSession.MOST_BYTES)) {
                session.gradient(Networks.pictures(3, network.input().shape().rows()), top);
                assertEquals(List.of(), session.slow(), network::name);
            }
        }
    }

    @Test
    void whatRunsInJavaIsSaid() {
        Network network = new Network("resized", "", tiny.input(),
                List.of(new Resize("up", Network.INPUT, 2, 2, Interpolation.LINEAR, Alignment.HALF_PIXEL)),
                List.of(new Layer("up", "up", "up", "")), List.of());
        try (OneDnnSession session = (OneDnnSession) engine.open(network)) {
            assertEquals(List.of(), session.slow());
            session.gradient(Networks.pictures(1, 16), List.of(new ChannelObjective(new Unit("up", 1))));
            assertEquals(List.of("up (Resize)"), session.slow());
        }
    }

    @Test
    void largeWindowsOfFewChannelsDoNotFallToAReferenceKernel() {
        assumeTrue(Device.wide(), "oneDNN has such kernels for wide registers only");
        Network network = Networks.largeWindows();
        try (OneDnnSession session = (OneDnnSession) engine.open(network)) {
            session.gradient(Networks.pictures(1, 32), List.of(ObjectiveText.parse("nine:3")));
            List<String> calls = session.describe();
            assertFalse(calls.stream().anyMatch(call -> call.contains(": ref")), calls::toString);
        }
    }

    @Test
    void theProfileTellsOfEachPartWhatItAsksForAndHowItRuns() {
        try (OneDnnSession session = (OneDnnSession) engine.open(tiny)) {
            Profile profile = session.profile(Networks.pictures(2, 16), List.of(ObjectiveText.parse("logits:1")), 3)
                    .orElseThrow();
            assertEquals(session.describe(), profile.parts().stream().map(part -> part.name() + ": " + part.how()).toList());
            long once = tiny.layers().stream().mapToLong(tiny::multiplications).sum();
            assertEquals(2 * 2 * once, profile.multiplications());
            assertTrue(profile.parts().stream().allMatch(part -> part.kind() == Profile.Kind.FAST), profile::toString);
            assertTrue(profile.milliseconds() > 0 && profile.bytes() == session.bytes(), profile::toString);
        }
    }

    @Test
    void whatNoObjectiveReachesIsLeftOutWithoutAChangeOfABit() {
        Batch pictures = Networks.pictures(2, 48);
        try (OneDnnSession session = (OneDnnSession) engine.open(large)) {
            int channels = large.shape(large.layer("mixed")).channels();
            for (int channel : new int[] {0, channels / 3, channels / 2, channels - 1}) {
                ChannelObjective one = new ChannelObjective(new Unit("mixed", channel));
                Session.Gradient part = session.gradient(pictures, List.of(one));
                int calls = session.describe().size();
                Session.Gradient all = session.gradient(pictures, List.of(new Everything(one)));
                assertTrue(calls < session.describe().size(), calls + " calls of " + session.describe().size());
                assertArrayEquals(all.scores(), part.scores());
                assertEquals(all.pictures(), part.pictures(), "gradient of channel " + channel);
                assertEquals(all.activations().at(Tap.after("mixed")).at(1, channel, 2, 3),
                        part.activations().at(Tap.after("mixed")).at(1, channel, 2, 3));
            }
            List<Objective> two = List.of(new ChannelObjective(new Unit("mixed", 0)),
                    ObjectiveText.parse("mixed:1 - 2*mixed:" + (channels - 1)));
            assertEquals(session.gradient(pictures, two.stream().<Objective>map(Everything::new).toList()).pictures(),
                    session.gradient(pictures, two).pictures());
        }
    }

    /** An objective that does not tell which channels it depends on. */
    private record Everything(Objective objective) implements Objective {
        @Override
        public Set<Tap> taps() {
            return objective.taps();
        }

        @Override
        public double score(int image, Readings activations, double weight, Readings gradient) {
            return objective.score(image, activations, weight, gradient);
        }

        @Override
        public void require(Network network) {
            objective.require(network);
        }

        @Override
        public Objective beforeActivation() {
            return new Everything(objective.beforeActivation());
        }
    }

    @Test
    void onlyWhatTheTapsNeedRuns() {
        try (OneDnnSession session = (OneDnnSession) engine.open(tiny)) {
            session.activations(Networks.pictures(1, 16), Set.of(Tap.after("stem")));
            assertEquals(2, session.describe().size(), session.describe().toString());
        }
    }

    /** A layer without a nonlinearity has the same numbers in front of it. */
    @Test
    void tapsThatReadTheSameOutputAreReadOneAfterTheOther() {
        try (Session session = engine.open(tiny)) {
            Batch pictures = Networks.pictures(1, 16);
            Tap after = Tap.after("logits");
            Tap before = Tap.before("logits");
            assertEquals(session.activations(pictures, Set.of(after)).at(after),
                    session.activations(pictures, Set.of(before)).at(before));
        }
    }

    @Test
    void aPlanRunsOnAnyThread() {
        try (Session session = engine.open(large)) {
            Batch pictures = Networks.pictures(2, 48);
            Batch here = session.gradient(pictures, objectives).pictures();
            Batch there = CompletableFuture.supplyAsync(() -> session.gradient(pictures, objectives).pictures()).join();
            assertEquals(here, there);
        }
    }

    @Test
    void theDescriptionTellsVersionInstructionsAndThreads() {
        assertTrue(engine.description().matches("oneDNN \\d+\\.\\d+\\.\\d+, \\w+, \\d+ threads?"), engine.description());
    }
}
