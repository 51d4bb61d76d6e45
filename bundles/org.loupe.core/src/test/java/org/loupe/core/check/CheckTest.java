package org.loupe.core.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Npy;
import org.loupe.core.NumpyArray;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.Objective;

class CheckTest {

    private static final Observer<Object> GO_ON = (done, total, what) -> true;

    @TempDir
    Path folder;

    /** Shifts what is read at one tap by a little, the whole gradient where no tap is named, or one pixel's. */
    private record Shifted(String tap, float by) implements Engine {
        @Override
        public String name() {
            return "shifted";
        }

        @Override
        public String description() {
            return "off by " + by;
        }

        @Override
        public Session open(Network network) {
            return new ShiftedSession(new ReferenceEngine().open(network), this);
        }
    }

    private record ShiftedSession(Session session, Shifted engine) implements Session {
        @Override
        public Network network() {
            return session.network();
        }

        @Override
        public Readings activations(Batch pictures, Set<Tap> taps, List<Edit> edits) {
            Map<Tap, Batch> batches = new HashMap<>(session.activations(pictures, taps, edits).batches());
            batches.forEach((tap, batch) -> {
                if (tap.toString().equals(engine.tap)) {
                    batch.values()[0] += engine.by;
                }
            });
            return new Readings(batches);
        }

        @Override
        public Gradient gradient(Batch pictures, List<Objective> objectives, List<Edit> edits) {
            Gradient gradient = session.gradient(pictures, objectives, edits);
            float[] slope = gradient.pictures().values();
            for (int i = 0; engine.tap.isEmpty() && i < slope.length; i++) {
                slope[i] *= 1 + engine.by;
            }
            if (engine.tap.equals("corner")) {
                slope[0] += engine.by;
            }
            return gradient;
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private static Checked check(Network network, Engine peer, Optional<Golden> golden, Observer<Object> observer) {
        Check check = new Check(peer, golden);
        try (Session session = new ReferenceEngine().open(network)) {
            return check.run(Material.of(session), check.arguments(2, 7), observer);
        }
    }

    private static Checked against(Engine peer) {
        return check(Nets.everything(), peer, Optional.empty(), GO_ON);
    }

    @Test
    void engineAgreesWithItselfAtEveryPlace() {
        Checked checked = against(new ReferenceEngine());
        assertEquals(List.of("conv1.pre", "conv1", "mixed.pre", "mixed", "logits"),
                checked.rows().stream().map(Checked.Row::place).toList());
        assertEquals(Optional.empty(), checked.firstOff());
        assertEquals(Difference.NONE, checked.largest());
        assertEquals(Optional.of(new GradientDifference(0, 0, 0)), checked.gradient());
        assertFalse(checked.isPartial());
        assertEquals("reference (plain Java, 64-bit numbers)", checked.engine());
    }

    @Test
    void theFirstLayerThatIsOffIsNamed() {
        Checked checked = against(new Shifted("mixed.pre", 0.5f));
        assertEquals(Optional.of("mixed.pre"), checked.firstOff());
        assertEquals(0.5, checked.largest().absolute(), 1e-6);
        assertTrue(checked.summary().startsWith("Off: the first layer that differs is mixed.pre"), checked.summary());
        assertEquals(Optional.empty(), against(new Shifted("mixed", 1e-6f)).firstOff());
    }

    @Test
    void anEngineWhoseGradientAloneIsOffIsFound() {
        Checked checked = against(new Shifted("", 0.5f));
        assertEquals(Optional.of(Checked.GRADIENT), checked.firstOff());
        assertTrue(checked.summary().startsWith("Off: the activations agree, but the gradient"), checked.summary());
        assertEquals(Optional.empty(), against(new Shifted("", 1e-5f)).firstOff());
    }

    /** Whose gradients move by about a hundredth when pictures move by a millionth. */
    private record Jumpy(double phase, float by) implements Engine {
        @Override
        public String name() {
            return "jumpy";
        }

        @Override
        public String description() {
            return "from phase " + phase;
        }

        @Override
        public Session open(Network network) {
            return new JumpySession(new ReferenceEngine().open(network), this);
        }
    }

    private record JumpySession(Session session, Jumpy engine) implements Session {
        @Override
        public Network network() {
            return session.network();
        }

        @Override
        public Readings activations(Batch pictures, Set<Tap> taps, List<Edit> edits) {
            return session.activations(pictures, taps, edits);
        }

        @Override
        public Gradient gradient(Batch pictures, List<Objective> objectives, List<Edit> edits) {
            Gradient gradient = session.gradient(pictures, objectives, edits);
            float[] slope = gradient.pictures().values();
            for (int i = 0; i < slope.length; i++) {
                slope[i] *= 1 + engine.by + 0.01f * (float) Math.sin(engine.phase + 1e7 * pictures.values()[i]);
            }
            return gradient;
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private static Optional<String> firstOff(Engine engine, Engine peer) {
        Check check = new Check(peer, Optional.empty());
        try (Session session = engine.open(Nets.everything())) {
            return check.run(Material.of(session), check.arguments(2, 7), GO_ON).firstOff();
        }
    }

    @Test
    void aGradientThatRoundingMovesAsMuchIsNoError() {
        assertEquals(Optional.empty(), firstOff(new Jumpy(0, 0), new Jumpy(1, 0)));
        assertEquals(Optional.of(Checked.GRADIENT), firstOff(new Jumpy(0, 0), new Jumpy(1, 0.2f)));
        assertEquals(Optional.of(Checked.GRADIENT), firstOff(new ReferenceEngine(), new Jumpy(1, 0)));
    }

    @Test
    void aGradientThatIsWrongAtOnePixelIsFound() {
        assertEquals(Optional.of(Checked.GRADIENT), against(new Shifted("corner", 0.5f)).firstOff());
    }

    @Test
    void numbersThatAreNoneAreOff() {
        assertEquals(Optional.of("conv1"), against(new Shifted("conv1", Float.NaN)).firstOff());
        assertEquals(Optional.of("conv1"), against(new Shifted("conv1", Float.POSITIVE_INFINITY)).firstOff());
    }

    @Test
    void theSameSeedGivesTheSamePictures() {
        var shape = Nets.everything().input().shape();
        assertEquals(TrialPictures.picture(shape, 3, 1), TrialPictures.picture(shape, 3, 1));
        assertFalse(TrialPictures.picture(shape, 3, 1).equals(TrialPictures.picture(shape, 3, 0)));
    }

    @Test
    void stoppingKeepsWhatWasComparedAndSaysSo() {
        int[] asked = new int[1];
        Checked checked = check(Nets.everything(), new ReferenceEngine(), Optional.empty(),
                (done, total, what) -> asked[0]++ < 1);
        assertTrue(checked.isPartial());
        assertTrue(checked.rows().stream().anyMatch(row -> row.engines().isPresent()));
        assertTrue(checked.rows().stream().anyMatch(row -> row.engines().isEmpty()));
    }

    @Test
    void whatWasFoundIsReadBack() throws IOException {
        Map<String, byte[]> kept = new HashMap<>();
        ResultFiles files = new ResultFiles() {
            @Override
            public byte[] read(String name) {
                return kept.get(name);
            }

            @Override
            public void write(String name, byte[] content) {
                kept.put(name, content);
            }
        };
        Golden activations = golden(Nets.everything(), Map.of("logits", 0f, "nowhere", 0f), false);
        Golden golden = new Golden(activations.input(), activations.activations(),
                goldenGradient(Nets.everything(), false, List.of(1, 0), 1.5f).gradient(), List.of(1, 0), "");
        Checked checked = check(Nets.everything(), new Shifted("mixed", 0.1f), Optional.of(golden), GO_ON);
        assertTrue(checked.golden().isPresent());
        checked.save(files);
        assertEquals(checked, new Check(new ReferenceEngine(), Optional.empty()).load(files));
        kept.put("check.tsv", new byte[] {'x'});
        assertThrows(IOException.class, () -> new Check(new ReferenceEngine(), Optional.empty()).load(files));
    }

    /** What the reference computes for two pictures, each array shifted by a number, perhaps with channels last. */
    private static Golden golden(Network network, Map<String, Float> shifts, boolean channelsLast) {
        Batch pictures = Batch.zeros(2, 3, network.input().shape().rows(), network.input().shape().columns());
        for (int i = 0; i < pictures.values().length; i++) {
            pictures.values()[i] = i * 31 % 97 / 97f;
        }
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        try (Session session = new ReferenceEngine().open(withEveryOperationAsLayer(network))) {
            shifts.forEach((name, shift) -> {
                String operation = name.equals("nowhere") ? "conv1" : name;
                Batch found = session.activations(pictures, Set.of(Tap.after(operation))).at(Tap.after(operation));
                for (int i = 0; i < found.values().length; i++) {
                    found.values()[i] += shift;
                }
                arrays.put(name, array(found, channelsLast));
            });
        }
        Batch seen = network.input().normalized(pictures);
        if (Preparation.of(network).reversed()) {
            Batch rgb = seen.copy();
            for (int image = 0; image < 2; image++) {
                for (int channel = 0; channel < 3; channel++) {
                    System.arraycopy(rgb.values(), rgb.offset(image, 2 - channel), seen.values(),
                            seen.offset(image, channel), seen.area());
                }
            }
        }
        return new Golden(array(seen, channelsLast), arrays, Optional.empty(), List.of(), "hash");
    }

    /** Golden values with the gradient of logits that differ from picture to picture, times a factor. */
    private static Golden goldenGradient(Network network, boolean channelsLast, List<Integer> classes, float factor) {
        Golden golden = golden(network, Map.of(), channelsLast);
        float[] deviation = new float[3];
        Arrays.fill(deviation, 255);
        Network bare = new Network("bare", "", new Input(network.input().shape(), new float[3], deviation),
                network.operations(), network.layers(), List.of());
        boolean reversed = Preparation.of(network).reversed();
        Batch gradients = Batch.zeros(2, 3, network.input().shape().rows(), network.input().shape().columns());
        try (Session session = new ReferenceEngine().open(bare)) {
            for (int image = 0; image < 2; image++) {
                Batch slope = session.gradient(golden.picture(network, image), List.of(new ChannelObjective(
                        new Unit("logits", classes.get(image), new Unit.Position(0, 0)), true))).pictures();
                for (int i = 0; i < slope.values().length; i++) {
                    int channel = i / slope.area();
                    gradients.values()[gradients.offset(image, reversed ? 2 - channel : channel) + i % slope.area()] =
                            factor * slope.values()[i];
                }
            }
        }
        return new Golden(golden.input(), Map.of(), Optional.of(array(gradients, channelsLast)), classes, "hash");
    }

    @Test
    void aGoldenGradientIsComparedInTheOrderOfTheFile() {
        for (Network network : List.of(Nets.everything(), Preparation.known("caffe").applied(Nets.everything()))) {
            for (boolean channelsLast : new boolean[] {false, true}) {
                Checked right = check(network, new ReferenceEngine(),
                        Optional.of(goldenGradient(network, channelsLast, List.of(1, 0), 1)), GO_ON);
                assertEquals(Optional.empty(), right.firstOff());
                assertTrue(right.golden().orElseThrow().relative() < 1e-6);
                assertTrue(right.summary().contains("of the golden gradient"), right.summary());
                Checked wrong = check(network, new ReferenceEngine(),
                        Optional.of(goldenGradient(network, channelsLast, List.of(1, 0), 1.01f)), GO_ON);
                assertEquals(Optional.of(Checked.GRADIENT), wrong.firstOff());
                assertTrue(wrong.summary().startsWith("Off: the activations agree, but the gradient differs from the golden"
                        + " one by"), wrong.summary());
            }
        }
    }

    @Test
    void aGoldenGradientOfAnotherLogitIsOff() {
        Golden golden = goldenGradient(Nets.everything(), false, List.of(1, 1), 1);
        assertEquals(Optional.empty(), check(Nets.everything(), new ReferenceEngine(), Optional.of(golden), GO_ON).firstOff());
        assertEquals(Optional.of(Checked.GRADIENT),
                check(Nets.everything(), new ReferenceEngine(), Optional.of(golden.ofClass(0)), GO_ON).firstOff());
        assertFalse(golden.hash().equals(golden.ofClass(0).hash()));
    }

    @Test
    void aGoldenGradientThatCannotBeComparedSaysWhatIsMissing() {
        Golden whole = goldenGradient(Nets.everything(), false, List.of(1, 0), 1);
        Golden nameless = new Golden(whole.input(), Map.of(), whole.gradient(), List.of(), "");
        Checked checked = check(Nets.everything(), new ReferenceEngine(), Optional.of(nameless), GO_ON);
        assertEquals(List.of("Not compared: the golden gradient, for nothing says of which logit it is. Add its number (from"
                + " 0) as an array named class."), checked.remarks());
        for (Golden wrong : List.of(whole.ofClass(3), new Golden(whole.input(), Map.of(), whole.gradient(), List.of(0, 0, 0), ""),
                new Golden(whole.input(), Map.of(), Optional.of(new NumpyArray(List.of(1), new float[1])), List.of(0), ""))) {
            String told = assertThrows(NetworkException.class,
                    () -> check(Nets.everything(), new ReferenceEngine(), Optional.of(wrong), GO_ON)).getMessage();
            assertTrue(told.contains("golden"), told);
        }
    }

    private static Network withEveryOperationAsLayer(Network network) {
        return new Network(network.name(), "", network.input(), network.operations(), network.operations().stream()
                .map(operation -> new Layer(operation.name(), operation.name(), operation.name(), "")).toList(), List.of());
    }

    private static NumpyArray array(Batch batch, boolean channelsLast) {
        if (!channelsLast) {
            return new NumpyArray(List.of(batch.images(), batch.channels(), batch.rows(), batch.columns()), batch.values());
        }
        float[] values = new float[batch.values().length];
        for (int i = 0; i < values.length; i++) {
            int image = i / batch.imageSize();
            int channel = i % batch.channels();
            int position = i % batch.imageSize() / batch.channels();
            values[i] = batch.values()[batch.offset(image, channel) + position];
        }
        return new NumpyArray(List.of(batch.images(), batch.rows(), batch.columns(), batch.channels()), values);
    }

    @Test
    void goldenValuesAreComparedAtLayersTapsAndOperations() {
        Map<String, Float> shifts = Map.of("mixed", 0f, "left", 0f, "logits", 0.01f, "nowhere", 0f);
        for (boolean channelsLast : new boolean[] {false, true}) {
            Checked checked = check(Nets.everything(), new ReferenceEngine(),
                    Optional.of(golden(Nets.everything(), shifts, channelsLast)), GO_ON);
            assertEquals(Optional.of("logits"), checked.firstOff());
            assertEquals(List.of("left", "mixed", "logits"), checked.rows().stream()
                    .filter(row -> row.golden().isPresent()).map(Checked.Row::place).toList());
            assertTrue(checked.rows().stream().filter(row -> row.place().equals("left")).findFirst().orElseThrow()
                    .golden().orElseThrow().relative() < 1e-5);
            assertEquals(List.of("Not compared, for nothing in the network is called so: nowhere."), checked.remarks());
        }
    }

    @Test
    void goldenValuesOfANetworkThatReadsBlueFirstAreInItsOwnOrder() {
        Network caffe = Preparation.known("caffe").applied(Nets.everything());
        Checked checked = check(caffe, new ReferenceEngine(), Optional.of(golden(caffe, Map.of("mixed", 0f), false)), GO_ON);
        assertEquals(Optional.empty(), checked.firstOff());
    }

    @Test
    void goldenInputOfAnotherSizeIsRefusedWithBothShapes() {
        Golden golden = new Golden(new NumpyArray(List.of(1, 3, 5, 5), new float[75]), Map.of(), Optional.empty(),
                List.of(), "");
        String told = assertThrows(NetworkException.class,
                () -> check(Nets.everything(), new ReferenceEngine(), Optional.of(golden), GO_ON)).getMessage();
        assertTrue(told.contains("(1, 3, 5, 5)") && told.contains("3x12x10"), told);
    }

    @Test
    void aSingleArrayIsTheLogitsUnlessItIsNamed() throws IOException {
        Path input = Files.write(folder.resolve("input.npy"), Npy.write(Batch.zeros(1, 3, 12, 10)));
        Path logits = Files.write(folder.resolve("logits.npy"), Npy.write(Batch.zeros(1, 3, 1, 1)));
        assertEquals(Set.of("logits"), Golden.read(logits, "", Optional.of(input)).activations().keySet());
        assertEquals(Set.of("mixed"), Golden.read(logits, "mixed", Optional.of(input)).activations().keySet());
        String told = assertThrows(IOException.class, () -> Golden.read(logits, "", Optional.empty())).getMessage();
        assertTrue(told.contains("add an array named input"), told);
    }
}
