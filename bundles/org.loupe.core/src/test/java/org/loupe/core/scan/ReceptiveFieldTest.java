package org.loupe.core.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/** Changes each pixel of a picture and looks which activations notice. */
class ReceptiveFieldTest {

    private static final int ROWS = 12;
    private static final int COLUMNS = 10;
    private static final ReceptiveField NOTHING = new ReceptiveField(0, 0, -1, -1);

    private static Network network(Operation... operations) {
        List<Layer> layers = Arrays.stream(operations)
                .map(operation -> new Layer(operation.name(), operation.name(), operation.name(), "")).toList();
        return new Network("test", "", new Input(new Shape(3, ROWS, COLUMNS), new float[3], new float[] {255, 255, 255}),
                List.of(operations), layers, List.of());
    }

    /** Each pixel changed in a picture of its own; the last picture is unchanged. */
    private static Batch changed() {
        Batch pictures = Batch.zeros(ROWS * COLUMNS + 1, 3, ROWS, COLUMNS);
        Draws draws = new Draws(3);
        for (int i = 0; i < pictures.imageSize(); i++) {
            float value = (float) draws.uniform();
            for (int image = 0; image < pictures.images(); image++) {
                pictures.values()[image * pictures.imageSize() + i] = value;
            }
        }
        for (int pixel = 0; pixel < ROWS * COLUMNS; pixel++) {
            for (int channel = 0; channel < 3; channel++) {
                pictures.values()[pictures.offset(pixel, channel) + pixel] += 1 + channel;
            }
        }
        return pictures;
    }

    /** The rectangle around the pixels that some channel at a position notices. */
    private static ReceptiveField noticed(Batch read, int row, int column) {
        ReceptiveField field = NOTHING;
        for (int pixel = 0; pixel < ROWS * COLUMNS; pixel++) {
            boolean noticed = false;
            for (int channel = 0; channel < read.channels(); channel++) {
                noticed |= read.at(pixel, channel, row, column) != read.at(read.images() - 1, channel, row, column);
            }
            if (noticed) {
                int top = pixel / COLUMNS;
                int left = pixel % COLUMNS;
                field = field == NOTHING ? new ReceptiveField(top, left, top, left)
                        : new ReceptiveField(Math.min(field.top(), top), Math.min(field.left(), left),
                                Math.max(field.bottom(), top), Math.max(field.right(), left));
            }
        }
        return field;
    }

    private static void assertExact(Network network) {
        try (Session session = new ReferenceEngine().open(network)) {
            for (Layer layer : network.layers()) {
                Tap tap = Tap.after(layer.name());
                Batch read = session.activations(changed(), Set.of(tap)).at(tap);
                for (int row = 0; row < read.rows(); row++) {
                    for (int column = 0; column < read.columns(); column++) {
                        assertEquals(noticed(read, row, column), ReceptiveField.of(network, tap, row, column),
                                tap + "@" + row + "," + column);
                    }
                }
            }
        }
    }

    @Test
    void stepsPaddingAndDilationCount() {
        Window odd = new Window(3, 2, 2, 1, 1, 0, 0, 1, 1, 3);
        assertExact(network(new Convolution("a", Network.INPUT, Nets.random(1, 4, 3, 3, 2), Nets.random(2, 4), odd, 1),
                Nets.convolution("b", "a", 4, 2, 3, 2)));
    }

    @Test
    void branchesAreSeenThroughTogether() {
        assertExact(network(Nets.convolution("small", Network.INPUT, 3, 2, 1, 1), Nets.convolution("large", Network.INPUT, 3, 2, 5, 1),
                new AveragePool("mean", "small", Window.square(3, 1, 1)),
                new Concatenation("joined", List.of("small", "large")), new Addition("sum", List.of("mean", "large")),
                Nets.convolution("top", "joined", 4, 2, 3, 2)));
    }

    @Test
    void picturesAreSeenThroughMarginsCutsAndOtherSizes() {
        assertExact(network(new Padding("mirrored", Network.INPUT, 2, 1, 1, 2, Fill.REFLECTION, 0),
                new Padding("framed", "mirrored", 1, 0, 0, 1, Fill.CONSTANT, 1),
                new Padding("stretched", "framed", 0, 1, 1, 0, Fill.EDGE, 0),
                new Crop("cut", "stretched", 1, 2, 0, 1, 2, 1),
                new Resize("larger", "cut", 1.5, 2, Interpolation.LINEAR, Alignment.HALF_PIXEL),
                new Resize("smaller", "larger", .5, .5, Interpolation.NEAREST, Alignment.ORIGIN),
                new TransposedConvolution("turned", "smaller", Nets.random(4, 3, 2, 3, 3), Nets.random(5, 2),
                        Window.square(3, 2, 1), 1, 0, 1)));
    }

    @Test
    void whatWeighsChannelsSeesEverything() {
        Network network = network(Nets.convolution("a", Network.INPUT, 3, 4, 3, 2), new GlobalAverage("weights", "a"),
                new Arithmetic("weighed", "a", Sign.TIMES, "weights"));
        assertExact(network);
        assertEquals(new ReceptiveField(0, 0, ROWS - 1, COLUMNS - 1),
                ReceptiveField.of(network, Tap.after("weighed"), 1, 1));
    }

    @Test
    void nothingOutsideMattersThroughNonlinearities() {
        Network network = Nets.everything();
        try (Session session = new ReferenceEngine().open(network)) {
            for (Tap tap : List.of(Tap.before("conv1"), Tap.after("conv1"), Tap.before("mixed"), Tap.after("mixed"))) {
                Batch read = session.activations(changed(), Set.of(tap)).at(tap);
                for (int row = 0; row < read.rows(); row++) {
                    for (int column = 0; column < read.columns(); column++) {
                        ReceptiveField noticed = noticed(read, row, column);
                        ReceptiveField field = ReceptiveField.of(network, tap, row, column);
                        assertTrue(noticed == NOTHING || field.top() <= noticed.top() && field.left() <= noticed.left()
                                && field.bottom() >= noticed.bottom() && field.right() >= noticed.right(), tap + " " + field);
                    }
                }
            }
        }
        ReceptiveField corner = ReceptiveField.of(network, Tap.before("conv1"), 0, 0);
        assertEquals(2, corner.rows());
        assertEquals(2, corner.columns());
    }

    @Test
    void aPositionThatIsNotThereIsRefused() {
        assertThrows(NetworkException.class, () -> ReceptiveField.of(Nets.everything(), Tap.after("conv1"), 12, 0));
        assertThrows(NetworkException.class, () -> ReceptiveField.of(Nets.everything(), Tap.after("conv9"), 0, 0));
    }
}
