package org.loupe.core.engine.conformance;

import static org.loupe.core.engine.conformance.Comparison.require;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.loupe.core.Batch;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.EditFunction;
import org.loupe.core.engine.EditText;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.engine.Session.Gradient;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;
import org.loupe.core.objective.Objective;
import org.loupe.core.objective.ObjectiveText;

/** Edits inside a pass: of what every kind of operation makes, in all places, of all kinds, one and several. */
final class EditCases {

    private static final Window ONE = Window.square(1, 1, 0);
    private static final Window THREE = Window.square(3, 1, 1);
    private static final Network BLOCKS = new Sketch(3, 12, 11).convolution("stem", Network.INPUT, 16, THREE)
            .relu("stemr", "stem").maxPool("pool", "stemr", Window.square(3, 2, 1))
            .mixed("m", "pool", 16, 20, 8, 4).mixed("n", "m", 8, 16, 4, 12).convolution("top", "n", 6, ONE).network();

    private final Cases cases = new Cases();

    private EditCases() {
    }

    static List<Case> all() {
        EditCases all = new EditCases();
        all.operations();
        all.places();
        all.kinds();
        all.functions();
        all.sizes();
        all.aims();
        all.promises();
        all.refusals();
        return all.cases.all();
    }

    /** Below and above each operation, half of a channel stays and half of another is what it was. */
    private void operations() {
        Map<String, UnaryOperator<Sketch>> kinds = new LinkedHashMap<>();
        kinds.put("a convolution", sketch -> sketch.convolution("x", "from", 12, Window.square(3, 2, 1)));
        kinds.put("a depthwise convolution", sketch -> sketch.convolution("x", "from", 10, THREE, 10));
        kinds.put("a transposed convolution", sketch -> sketch.transposed("x", "from", 6, Window.square(2, 2, 0), 1, 0, 0));
        kinds.put("a rectifier", sketch -> sketch.relu("x", "from"));
        kinds.put("a clip", sketch -> sketch.activation("x", "from", new Nonlinearity.Clip(0, 1)));
        kinds.put("swish", sketch -> sketch.activation("x", "from", new Nonlinearity.Swish(1)));
        kinds.put("a batch normalization", sketch -> sketch.normalization("x", "from"));
        kinds.put("a layer normalization", sketch -> sketch.layerNormalization("x", "from"));
        kinds.put("a response normalization", sketch -> sketch.response("x", "from", 5, 1, 0.75f, 1));
        kinds.put("max pooling", sketch -> sketch.maxPool("x", "from", Window.square(3, 2, 1)));
        kinds.put("average pooling", sketch -> sketch.averagePool("x", "from", THREE));
        kinds.put("the global average", sketch -> sketch.globalAverage("x", "from"));
        kinds.put("softmax", sketch -> sketch.softmax("x", "from"));
        kinds.put("a dense operation", sketch -> sketch.dense("x", "from", 9));
        kinds.put("an addition", sketch -> sketch.addition("x", "from", "from"));
        kinds.put("a product with a gate", sketch -> sketch.globalAverage("g", "from")
                .activation("gate", "g", new Nonlinearity.Sigmoid()).arithmetic("x", "from", Sign.TIMES, "gate"));
        kinds.put("a concatenation", sketch -> sketch.convolution("w", "from", 6, THREE).concatenation("x", "w", "from"));
        kinds.put("the largest channels", sketch -> sketch.largest("x", "from", 4));
        kinds.put("a selection", sketch -> sketch.selection("x", "from", 5, 1, 1, 7, 0));
        kinds.put("a new order of channels", sketch -> sketch.shuffle("x", "from", 2));
        kinds.put("padding", sketch -> sketch.padding("x", "from", 1, 2, 0, 1, Fill.CONSTANT, 0));
        kinds.put("a crop", sketch -> sketch.crop("x", "from", 1, 0, 1, 2, 1, 1));
        kinds.put("resizing", sketch -> sketch.resize("x", "from", 2, 2, Interpolation.LINEAR, Alignment.HALF_PIXEL));
        kinds.put("flattening", sketch -> sketch.flatten("x", "from"));
        kinds.forEach((kind, draw) -> {
            Network network = draw.apply(new Sketch(3, 7, 6).convolution("from", Network.INPUT, 10, THREE))
                    .convolution("top", "x", 5, ONE).network();
            add("edits of what " + kind + " makes", network, List.of("x:{1,3} = 0.5 * itself + {0.7, -0.2}"), "top");
            add("edits of what " + kind + " reads", network, List.of("from:{7,0} = 0.5 * itself + 0.5 * noise(1, 3)"),
                    "top", "x");
            add("edits of what " + kind + " reads and makes, read there", network,
                    List.of("x:2 = -0.4", "from:{1,3} = -2 * itself"), "x", "top", "from");
        });
    }

    private void places() {
        add("an edit before a rectifier", BLOCKS, List.of("stemr.pre:3 = -1 * itself"), "top");
        add("an edit behind a rectifier", BLOCKS, List.of("stemr:3 = 0.3 * itself + 0.4"), "top");
        add("edits before and behind a rectifier", BLOCKS, List.of("stemr:{3,4} = 0.5", "stemr.pre:{4,5} = itself + 0.2"),
                "top", "stemr");
        add("an edit of one part of a concatenation", BLOCKS, List.of("m_3r:7 = 0.2", "m_5.pre:2 = itself + 1"), "top", "m");
        add("an edit of one part of a concatenation before its rectifier", BLOCKS, List.of("m_3r.pre:7 = 0.2"), "top");
        add("edits of a concatenation and of its parts", BLOCKS,
                List.of("m:{0,20,40} = 0.5 * itself + 0.1", "m_1r:3 = 0", "m_pr:1 = 2 * itself"), "top", "n");
        add("an edit of a part that is read alone, too", BLOCKS, List.of("m_1r:3 = 0.6"), "m_1r", "top");
        add("an edit of what several read", BLOCKS, List.of("pool:{1,2,3} = noise(0.5, 9)"), "top");
        add("an edit of the input", BLOCKS, List.of("input:1 = 0.5 * itself + 0.1"), "top");
        add("an edit of the input, read there, too", BLOCKS, List.of("input:1 = 0.5 * itself + 0.1"), "top", "input");
        add("an edit of nothing but the input", BLOCKS, List.of("input = 3 * itself"), "input");
        add("an edit of what is read at the top", BLOCKS, List.of("top:2 = 0.25 * itself"), "top");
        add("an edit of what nobody asks for", BLOCKS, List.of("top:2 = 0"), "n");
        add("edits of two names of one output", BLOCKS, List.of("m_1:2 = 0.5", "m_1r.pre:2 = 3 * itself"), "top");
    }

    private void kinds() {
        for (String edit : List.of("m:7 = 0", "m = 0.1", "m:{3,9,30} = {0.2, 0, 1.5}", "m = 0.5 * itself",
                "m:5@2,3 = 4", "m@1,1 = 0", "m:{4,5}@centre = 0.5 * itself + {1, 2}", "m:9 = itself + noise(0.4, 8)",
                "m@0,2 = noise(1, -5)", "m:9 = 0.25 * itself + 0.75 * noise(0.4, 8)", "m:{0,47}@3,4 = [1x2x1x1: 0.3 0.7]",
                "m:{0,47}@3,4 = [2x2x1x1: 0.3 0.7 0.1 0.2]")) {
            add("the edit " + edit, BLOCKS, List.of(edit), "top");
        }
        add("edits of one place, one after the other", BLOCKS, List.of("m:{1,2,3} = 2 * itself", "m:{2,3} = itself + 0.4",
                "m:3 = 0.5 * itself", "m:2@1,1 = 7", "m = 0.9 * itself"), "top", "m");
        cases.add(new Case("another picture's activations, spliced in", engine -> {
            Batch pictures = Sketch.pictures(2, 3, 12, 11);
            Batch donors = Batch.zeros(2, 48, 6, 6);
            for (int i = 0; i < donors.values().length; i++) {
                donors.values()[i] = i * 37 % 101 / 60f;
            }
            Edit.Where some = EditText.parse("m:{3,30,47} = 0").where();
            for (Edit.Where where : List.of(some, Edit.Where.layer(Tap.after("m")))) {
                List<Edit> edits = List.of(Edit.splice(where, donors).withStrength(0.75));
                compare(engine, BLOCKS, pictures, edits, Tap.after("top"));
            }
        }));
    }

    private void functions() {
        String curve = "m:{9,30} = 0.5 * itself + relu(0.1 + pool:3[0 1 0; 1 -1 0.5; 0 -1 0] + pool:7[0.5])";
        add("a hand-written unit", BLOCKS, List.of(curve), "top");
        add("a hand-written unit that reads the input with steps", BLOCKS,
                List.of("m:9 = tanh(0.1 + input:1[0.1 0.2 -0.3; 1 0 -1 step 2 2 from -1 -1] + stemr.pre:2[1 step 2 2 from 0 0])"),
                "top");
        add("a hand-written unit at one position", BLOCKS, List.of("m:9@2,2 = sigmoid(0 + pool:3[1 1; 1 1])"), "top");
        add("a hand-written unit that reads its own layer", BLOCKS,
                List.of("m:4 = 2 * itself", "m:9 = linear(1 + m:4[1 0 -1] + m:9[0.5])"), "top", "m");
        add("a hand-written unit that reads what is edited below", BLOCKS,
                List.of(curve, "pool:3 = 0.5 * itself + 0.1", "stemr.pre:2 = 1"), "top");
        add("a hand-written unit that reads a part beside it", BLOCKS, List.of("m_1r:2 = relu(0.1 + m_5r:3[1 1 1])"),
                "top", "m_5r");
        EditFunction product = new Product(Tap.after("pool"), Tap.before("m_3r"));
        cases.add(new Case("an edit that Java code computes", engine -> compare(engine, BLOCKS,
                Sketch.pictures(3, 3, 12, 11), List.of(EditText.parse("pool:5 = itself + 0.1"), new Edit(
                        EditText.parse("m:{9,2} = 0").where(), 0.5, 2, new Edit.Computed(product))), Tap.after("top"))));
    }

    /** The product of the first channels of two taps, and more of it in each picture and channel. */
    private record Product(Tap one, Tap other) implements EditFunction {
        @Override
        public Set<Tap> taps() {
            return Set.of(one, other);
        }

        private static double factor(int image, int channel) {
            return 1 + image + 0.5 * channel;
        }

        @Override
        public void compute(int image, Readings read, Batch result) {
            for (int i = 0; i < result.values().length; i++) {
                int at = i % result.area();
                result.values()[i] = (float) (factor(image, i / result.area()) * read.at(one).values()[at]
                        * read.at(other).values()[at]);
            }
        }

        @Override
        public void chain(int image, Readings read, Batch slope, Readings slopes) {
            for (int i = 0; i < slope.values().length; i++) {
                int at = i % slope.area();
                double inner = slope.values()[i] * factor(image, i / slope.area());
                slopes.at(one).values()[at] += (float) (inner * read.at(other).values()[at]);
                slopes.at(other).values()[at] += (float) (inner * read.at(one).values()[at]);
            }
        }
    }

    private void sizes() {
        List<String> edits = List.of("m:{3,7} = 0.5 * itself + noise(0.3, 4)", "pool:2@centre = 1", "stemr.pre:9 = 0",
                "n:5 = relu(0 + m:3[1 1 1] + pool:1[1])");
        for (int images : new int[] {1, 3, 5, 16}) {
            cases.add(new Case("edits of " + images + " pictures", engine -> compare(engine, BLOCKS,
                    Sketch.pictures(images, 3, 12, 11), parsed(edits), Tap.after("top"))));
        }
        for (int[] size : new int[][] {{17, 9}, {8, 8}, {30, 23}}) {
            cases.add(new Case("edits of pictures of " + size[0] + " rows and " + size[1] + " columns",
                    engine -> compare(engine, BLOCKS, Sketch.pictures(2, 3, size[0], size[1]), parsed(edits),
                            Tap.after("top"), Tap.after("m"))));
        }
    }

    /** An engine may leave out what objectives of single channels do not reach; edits and what they read stay. */
    private void aims() {
        List<String> edits = List.of("m_3r:7 = 0.5 * itself + 0.2", "m:{2,20} = 2 * itself",
                "m_pr:1 = relu(0.1 + m_1r:3[1] + m_3r.pre:9[1 -1])", "n_3.pre:4 = itself + 1", "top:2 = 0.5 * itself");
        for (String aim : List.of("m:20", "m:2", "m:45@1,2", "m_3r:7", "m.pre:21 - 0.5*m:3", "n:9", "n:2 + m:40", "top:2",
                "top:4@centre")) {
            cases.add(new Case("edits on the way to " + aim, engine -> new Comparison(BLOCKS, Sketch.pictures(2, 3, 12, 11),
                    parsed(edits)).check(engine, List.of(ObjectiveText.parse(aim)), Set.of(Tap.after("n")))));
        }
        for (String edit : edits.subList(0, 3)) {
            cases.add(new Case("the edit " + edit + " on the way to one channel", engine -> new Comparison(BLOCKS,
                    Sketch.pictures(2, 3, 12, 11), parsed(List.of(edit))).check(engine,
                            List.of(ObjectiveText.parse("m:20")), Set.of(Tap.after("m")))));
        }
    }

    private void promises() {
        cases.add(new Case("without edits, or behind what is asked for, or of no strength, the bits stay", engine -> {
            Batch pictures = Sketch.pictures(3, 3, 12, 11);
            List<Objective> asked = List.of(new Weighing(Set.of(Tap.after("n"), Tap.before("m_1r")), 5));
            try (Session session = engine.open(BLOCKS)) {
                Gradient plain = session.gradient(pictures, asked);
                for (String idle : List.of("", "top = 0", "m = itself", "m_1r.pre:3 = 1 * itself + 0 * noise(1, 1)")) {
                    Gradient found = session.gradient(pictures, asked,
                            idle.isEmpty() ? List.of() : List.of(EditText.parse(idle)));
                    require(plain.activations().equals(found.activations()), "other activations with “" + idle + "”");
                    require(!idle.isEmpty() || plain.pictures().equals(found.pictures()), "another gradient");
                }
            }
        }));
        cases.add(new Case("what was edited before does not change an answer", engine -> {
            Batch pictures = Sketch.pictures(2, 3, 12, 11);
            List<Objective> asked = List.of(new Weighing(Set.of(Tap.after("top")), 5));
            try (Session session = engine.open(BLOCKS); Session fresh = engine.open(BLOCKS)) {
                for (String edit : List.of("m:3 = 0", "m = noise(1, 2)", "m:{3,4}@1,1 = 9", "m = 0.5 * itself",
                        "m:3 = relu(1 + pool:2[1])", "m:3 = relu(0.5 + pool:5[1 2 1])", "m:3 = 0")) {
                    List<Edit> edits = List.of(EditText.parse(edit));
                    Gradient found = session.gradient(pictures, asked, edits);
                    Gradient expected = fresh.gradient(pictures, asked, edits);
                    require(found.pictures().equals(expected.pictures())
                            && found.activations().equals(expected.activations()), "another answer to “" + edit + "”");
                }
                require(session.gradient(pictures, asked).pictures().equals(fresh.gradient(pictures, asked).pictures()),
                        "another gradient behind edits");
            }
        }));
    }

    private void refusals() {
        refuses("an edit of a tap that is not in the network", "nowhere:3 = 0", NetworkException.class);
        refuses("an edit of a channel that is not there", "m:48 = 0", NetworkException.class);
        refuses("an edit of a position that is not there", "m:4@6,0 = 0", NetworkException.class);
        refuses("an edit with too few values", "m:{1,2,3} = {0, 1}", IllegalArgumentException.class);
        refuses("an edit with values of another shape", "m:3 = [1x1x1x1: 5]", IllegalArgumentException.class);
        refuses("an edit with values for another number of pictures", "m:3@1,1 = [3x1x1x1: 5 4 3]",
                IllegalArgumentException.class);
        refuses("an edit that reads what is computed from what it changes", "m:3 = relu(0 + top:1[1])",
                IllegalArgumentException.class);
        refuses("an edit that reads a tap that is not in the network", "m:3 = relu(0 + nowhere:1[1])",
                NetworkException.class);
        refuses("an edit that reads a channel that is not there", "m:3 = relu(0 + pool:16[1])",
                IllegalArgumentException.class);
        refuses("an edit that reads a map of another size", "m:3 = relu(0 + stemr:1[1])", IllegalArgumentException.class);
    }

    /** The session must refuse the edit, say why, and be of use afterwards. */
    private void refuses(String name, String edit, Class<? extends RuntimeException> with) {
        cases.add(new Case(name + " is refused", engine -> {
            Batch pictures = Sketch.pictures(2, 3, 12, 11);
            List<Objective> asked = List.of(new Weighing(Set.of(Tap.after("top")), 5));
            try (Session session = engine.open(BLOCKS)) {
                Gradient before = session.gradient(pictures, asked);
                try {
                    session.gradient(pictures, asked, List.of(EditText.parse(edit)));
                    throw new AssertionError("the edit was made");
                } catch (RuntimeException refusal) {
                    require(with.isInstance(refusal) && refusal.getMessage() != null, "refused with " + refusal);
                }
                require(before.pictures().equals(session.gradient(pictures, asked).pictures()), "another gradient then");
            }
        }));
    }

    private static List<Edit> parsed(List<String> edits) {
        return edits.stream().map(EditText::parse).toList();
    }

    private void add(String name, Network network, List<String> edits, String... taps) {
        Tap[] read = List.of(taps).stream().map(Tap::after).toArray(Tap[]::new);
        int rows = network.input().shape().rows();
        int columns = network.input().shape().columns();
        cases.add(new Case(name, engine -> compare(engine, network, Sketch.pictures(2, 3, rows, columns), parsed(edits),
                read)));
    }

    private static void compare(Engine engine, Network network, Batch pictures, List<Edit> edits, Tap... taps) {
        new Comparison(network, pictures, new ArrayList<>(edits)).check(engine, taps);
    }
}
