package org.loupe.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.HandWritten.Function;
import org.loupe.core.engine.HandWritten.Term;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nonlinearity.Softplus;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Edited;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.ObjectiveText;

class EditTest {

    private static final int ROWS = 6;
    private static final int COLUMNS = 5;

    /** Layers {@code low}, {@code half} with half the rows and columns, and {@code top}. */
    private static final Network NETWORK = new Network("three", "",
            new Input(new Shape(2, ROWS, COLUMNS), new float[2], new float[] {255, 255}),
            operations(new Relu("low", "low.pre"), new Relu("half", "half.pre")), layers(), List.of());

    /** The same with a nonlinearity that differences can be taken of. */
    private static final Network SMOOTH = new Network("smooth", "", NETWORK.input(), operations(
            new Activation("low", "low.pre", new Softplus()), new Activation("half", "half.pre", new Softplus())), layers(),
            List.of());

    private static List<Operation> operations(Operation low, Operation half) {
        return List.of(convolution("low.pre", Network.INPUT, 2, 3, Window.square(3, 1, 1)), low,
                convolution("half.pre", "low", 3, 4, Window.square(3, 2, 1)), half,
                convolution("top", "half", 4, 2, Window.square(1, 1, 0)));
    }

    private static List<Layer> layers() {
        return List.of(new Layer("seen", Network.INPUT, Network.INPUT, ""), new Layer("low", "low", "low.pre", ""),
                new Layer("half", "half", "half.pre", ""), new Layer("top", "top", "top", ""));
    }

    private static Convolution convolution(String name, String input, int read, int made, Window window) {
        float[] values = new float[made * read * window.rows() * window.columns()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 29 % 83 - 36) / 60f;
        }
        return new Convolution(name, input, new Weights(new int[] {made, read, window.rows(), window.columns()}, values),
                Weights.vector(new float[made]), window, 1);
    }

    private static Batch pictures() {
        Batch pictures = Batch.zeros(2, 2, ROWS, COLUMNS);
        for (int i = 0; i < pictures.values().length; i++) {
            pictures.values()[i] = i * 37 % 101 / 101f;
        }
        return pictures;
    }

    private static Batch read(String tap, String... edits) {
        try (Session session = new ReferenceEngine().open(NETWORK)) {
            Tap where = tap.endsWith(".pre") ? Tap.before(tap.replace(".pre", "")) : Tap.after(tap);
            return session.activations(pictures(), Set.of(where), Arrays.stream(edits).map(EditText::parse).toList())
                    .at(where);
        }
    }

    @Test
    void onlyWhatAnEditNamesIsChanged() {
        Batch plain = read("half");
        Batch edited = read("half", "half:{1,2}@1,2 = 0.5 * itself + {3, 4}");
        for (int i = 0; i < plain.values().length; i++) {
            int channel = i / plain.area() % 4;
            boolean changed = (channel == 1 || channel == 2) && i % plain.area() == plain.columns() + 2;
            float expected = changed ? 0.5f * plain.values()[i] + (channel == 1 ? 3 : 4) : plain.values()[i];
            assertEquals(expected, edited.values()[i], 1e-6f);
        }
    }

    @Test
    void anEditBeforeTheNonlinearityIsRectifiedAndOneBehindItIsNot() {
        assertEquals(0, read("low", "low.pre:1 = -2").at(1, 1, 2, 3));
        assertEquals(-2, read("low", "low:1 = -2").at(1, 1, 2, 3));
        assertEquals(read("low.pre"), read("low.pre", "low:1 = -2"));
        assertEquals(-2, read("low.pre", "low.pre:1 = -2").at(0, 1, 0, 0));
    }

    @Test
    void editsOfOnePlaceAreMadeInTheirOrder() {
        assertEquals(3, read("half", "half:0 = 1", "half:0 = itself + 2").at(0, 0, 0, 0));
        assertEquals(1, read("half", "half:0 = itself + 2", "half:0 = 1").at(0, 0, 0, 0));
    }

    @Test
    void whatIsAboveSeesTheEdit() {
        float[] weights = ((Convolution) NETWORK.operation("top").orElseThrow()).weights().values();
        Batch top = read("top", "half = 0", "half:2@1,1 = 10");
        assertEquals(10 * weights[4 + 2], top.at(0, 1, 1, 1), 1e-5f);
        assertEquals(0, top.at(0, 1, 0, 1));
    }

    @Test
    void aChannelThatIsNoNumberCanBeReplaced() {
        Batch pictures = pictures();
        pictures.values()[0] = Float.NaN;
        try (Session session = new ReferenceEngine().open(NETWORK)) {
            Session.Gradient found = session.gradient(pictures, List.of(ObjectiveText.parse("top:1@0,0")),
                    List.of(EditText.parse("half = 0.5")));
            assertTrue(Double.isFinite(found.scores()[0]));
            assertArrayEquals(new float[pictures.values().length], found.pictures().values());
        }
    }

    @Test
    void noiseBelongsToPictureChannelAndPosition() {
        Batch whole = read("half", "half = noise(2, 7)");
        assertEquals(whole.at(1, 2, 1, 1), read("half", "half:{0,2}@1,1 = noise(2, 7)").at(1, 2, 1, 1));
        assertNotEquals(whole.at(1, 2, 1, 1), whole.at(0, 2, 1, 1));
        assertNotEquals(whole.at(1, 2, 1, 1), whole.at(1, 1, 1, 1));
        assertNotEquals(whole.at(1, 2, 1, 1), read("half", "half = noise(2, 8)").at(1, 2, 1, 1));
        Batch same = read("half", "half:1 = itself + noise(0, 7)");
        assertEquals(read("half"), same);
    }

    @Test
    void splicingPutsOnePictureIntoTheOther() {
        Batch plain = read("top");
        Batch half = read("half");
        Batch other = new Batch(2, 4, half.rows(), half.columns(), new float[half.values().length]);
        System.arraycopy(half.values(), 0, other.values(), half.imageSize(), half.imageSize());
        System.arraycopy(half.values(), half.imageSize(), other.values(), 0, half.imageSize());
        Edit whole = Edit.splice(Edit.Where.layer(Tap.after("half")), other);
        assertArrayEquals(plain.image(0).values(), read("top", whole.toString()).image(1).values(), 1e-6f);
        assertArrayEquals(plain.image(1).values(), read("top", whole.toString()).image(0).values(), 1e-6f);
        Edit one = Edit.splice(Edit.Where.unit(Unit.parse("half:2@1,2")), half.image(1));
        assertEquals("half:2@1,2 = [1x1x1x1: " + half.at(1, 2, 1, 2) + "]", one.toString());
        assertEquals(half, read("half", one.withStrength(0).toString()));
    }

    @Test
    void theEquivalentHandWrittenUnitChangesNothing() {
        Convolution convolution = (Convolution) NETWORK.operation("half.pre").orElseThrow();
        List<Term> terms = new ArrayList<>();
        for (int channel = 0; channel < 3; channel++) {
            List<List<Double>> kernel = new ArrayList<>();
            for (int row = 0; row < 3; row++) {
                int start = ((2 * 3 + channel) * 3 + row) * 3;
                float[] values = convolution.weights().values();
                kernel.add(List.of((double) values[start], (double) values[start + 1], (double) values[start + 2]));
            }
            terms.add(new Term(Tap.after("low"), channel, kernel, 2, 2, -1, -1));
        }
        Edit unit = Edit.replace(Edit.Where.unit(Unit.parse("half:2")), new HandWritten(Function.RELU, 0, terms));
        try (Session session = new ReferenceEngine().open(NETWORK)) {
            Session.Gradient plain = session.gradient(pictures(), List.of(new ChannelObjective(Unit.parse("top:1"))));
            Session.Gradient found = session.gradient(pictures(), List.of(new ChannelObjective(Unit.parse("top:1"))),
                    List.of(unit));
            assertArrayEquals(plain.scores(), found.scores(), 1e-6);
            assertArrayEquals(plain.pictures().values(), found.pictures().values(), 1e-6f);
        }
        assertEquals(unit, EditText.parse(unit.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"low:1 = 0", "low:{0,2} = 0.5 * itself + {1, -1}", "low.pre = itself + noise(0.2, 3)",
        "half.pre:1@1,1 = -3 * itself", "seen = 0.5 * itself", "half:1 = 0.5 * itself + 2 * tanh(0.1 + low:1[1 2; 3 -4 step 2 2 from -1 0])",
        "half:2 = sigmoid(0.1 + half:1[1 0 1] + seen:0[0.5 step 2 2 from 0 0])", "half:{1,3}@1,0 = linear(1 + half:1[1 0 1])",
        "low.pre:0 = tanh(0.3 + low.pre:1[1])"})
    void theGradientIsTheLimitOfDifferences(String edit) {
        List<Edit> edits = List.of(EditText.parse(edit), EditText.parse("half:3 = 2 * itself"));
        Batch pictures = pictures();
        try (Session session = new ReferenceEngine().open(SMOOTH)) {
            var objectives = List.of(ObjectiveText.parse("top:1 - 2*top:0@1,1 + half:1"));
            float[] gradient = session.gradient(pictures, objectives, edits).pictures().values();
            double step = 1.0 / 512;
            for (int i = 0; i < gradient.length; i++) {
                Batch more = pictures.copy();
                Batch less = pictures.copy();
                more.values()[i] += (float) step;
                less.values()[i] -= (float) step;
                int image = i / pictures.imageSize();
                double difference = session.gradient(more, objectives, edits).scores()[image]
                        - session.gradient(less, objectives, edits).scores()[image];
                assertEquals(difference / (2 * step), gradient[i], 2e-3, edit + ", value " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixed4a:97 = 0", "mixed4a = 1.5", "mixed4a.pre:97@3,5 = -1", "mixed4a:{97,3} = {0.25, -1}",
        "mixed4a@centre = 0.5 * itself", "mixed4a:97 = itself", "mixed4a:97 = itself + 2", "a/b.c:9 = -1 * itself + 0.5 * noise(0.3, -7)",
        "mixed4a:97 = 2 * noise(1, 3)", "mixed4a:97 = 0.5 * itself + 3 * {1, 2}", "m:1@0,2 = [2x1x1x1: 0.1 -3]",
        "m:1 = [1x1x2x2: 0.1 3.0E-9 -0.0 7]", "m:1 = relu(0)", "m:1 = tanh(-0.5 + a.pre:3[0 1 0; 1 2 1; 0 1 0] + b:4[2])",
        "m:1 = itself + -2 * sigmoid(1 + a:3[0.5 step 2 1 from -1 0])"})
    void whatAnEditPrintsReadsBackAsItself(String text) {
        Edit edit = EditText.parse(text);
        assertEquals(text, edit.toString());
        assertEquals(edit, EditText.parse(edit.toString()));
    }

    @Test
    void peopleMayWriteEditsInOtherWays() {
        assertEquals(EditText.parse("m:1 = itself + -0.5"), EditText.parse(" m:1=itself-0.5 "));
        assertEquals(EditText.parse("m:{3,7}@1,2 = -2 * itself"), EditText.parse("m:{3, 7}@1, 2 = - 2*itself"));
        assertEquals(EditText.parse("m:3 = itself + -0.5 * noise(1, 2)"), EditText.parse("m:3 = itself - 0.5*noise( 1,2 )"));
        assertEquals(Edit.zero(Edit.Where.unit(Unit.parse("m:3")).beforeActivation()), EditText.parse("m.pre:3=0"));
        assertEquals(Edit.scale(Edit.Where.unit(Unit.parse("m:3@centre")), 2), EditText.parse("m:3@center = 2*itself"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m:3", "m:3 =", "= 0", "m:3 = nothing", "m:3 = 0 0", "m:3 = 1 * 2 * itself", "m:{3,3} = 0",
        "m:{} = 0", "m:3 = {}", "m:3 = [1x1x1x2: 1]", "m:3 = noise(-1, 2)", "m:3 = relu(a:1[1])", "m:3 = relu(0 + a:1[])",
        "m:3 = relu(0 + a:1[1 2; 3])", "m:3 = relu(0 + a:1[1]", "m:3 = itself itself", "m:3 = relu(0 + a:1[1 step 0 1 from 0 0])"})
    void whatIsNoEditIsRefusedWithAnExample(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> EditText.parse(text)).getMessage();
        assertTrue(message.startsWith("“" + text + "” is not an edit") && message.contains("mixed4a:12 = 0"), message);
    }

    @Test
    void refusalsSayWhatIsWrong() {
        assertEquals("The edit of low:1 reads half, which is computed from what it changes. Let it read a layer below.",
                assertThrows(IllegalArgumentException.class, () -> read("top", "low:1 = relu(0 + half:1[1])")).getMessage());
        assertEquals("There is no half:4 to edit: half has the channels 0 to 3.",
                assertThrows(NetworkException.class, () -> read("top", "half:4 = 0")).getMessage());
        assertEquals("There is no half@3,0 to edit: for these pictures the maps of half have 3 rows and 3 columns.",
                assertThrows(NetworkException.class, () -> read("top", "half@3,0 = 0")).getMessage());
        assertEquals("The edit of half:1 has values of the shape 1x1x2x2, where 2x1x3x3 are needed, or the same for 1 picture",
                assertThrows(IllegalArgumentException.class, () -> read("top", "half:1 = [1x1x2x2: 1 2 3 4]")).getMessage());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> read("top", "half:1 = relu(0 + low:1[1])"))
                .getMessage().endsWith("give it the step 2 1"));
        assertTrue(assertThrows(NetworkException.class, () -> EditText.parse("haf:1 = 0").require(NETWORK)).getMessage()
                .contains("half"));
        assertThrows(NetworkException.class, () -> EditText.parse("half:4 = 0").require(NETWORK));
        EditText.parse("half = relu(0 + low:1[1])").require(NETWORK);
    }

    @Test
    void twoEditsThatReadEachOtherAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> read("top", "low.pre:1 = relu(0 + half:1[1])",
                "half.pre:1 = 0")).getMessage();
        assertTrue(message.startsWith("The edit of low.pre:1 reads half"), message);
    }

    @Test
    void noNetworkHoldsAnEdit() {
        List<Operation> operations = new ArrayList<>(NETWORK.operations());
        operations.add(new Edited("e", "top", List.of()));
        assertThrows(NetworkException.class, () -> new Network("n", "", NETWORK.input(), operations, List.of(), List.of()));
    }
}
