package org.loupe.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.scan.ReceptiveField;

class GazeTest {

    private static Convolution convolution(String name, String input, int in, Window window) {
        return new Convolution(name, input,
                new Weights(new int[] {2, in, window.rows(), window.columns()},
                        new float[2 * in * window.rows() * window.columns()]),
                Weights.vector(0, 0), window, 1);
    }

    private static Network network() {
        List<Operation> operations = List.of(convolution("a", Network.INPUT, 3, Window.square(7, 2, 3)),
                new Relu("b", "a"), new MaxPool("c", "b", new Window(3, 3, 2, 2, 0, 0, 1, 1, 1, 1)),
                convolution("d1", "c", 2, Window.square(1, 1, 0)), convolution("d5", "c", 2, Window.square(5, 1, 2)),
                new Concatenation("d", List.of("d1", "d5")),
                convolution("e", "d", 4, new Window(3, 5, 1, 1, 2, 4, 2, 4, 2, 2)),
                new Crop("f", "e", 1, 2, 0, 0, 1, 1), new AveragePool("g", "f", Window.square(2, 2, 0)),
                new GlobalAverage("h", "g"));
        List<Layer> layers = operations.stream().map(one -> new Layer(one.name(), one.name(), one.name(), "")).toList();
        return new Network("branching", "", new Input(new Shape(3, 128, 96), new float[3], new float[] {1, 1, 1}), operations,
                layers, List.of());
    }

    @Test
    void aPositionLooksAtTheMiddleOfItsReceptiveField() {
        Network network = network();
        for (String layer : List.of("a", "b", "c", "d", "e", "f", "g")) {
            Shape shape = network.shape(network.layer(layer));
            int row = shape.rows() / 2;
            int column = shape.columns() / 2;
            ReceptiveField field = ReceptiveField.of(network, Tap.after(layer), row, column);
            Gaze gaze = Gaze.of(network, Tap.after(layer), row, column);
            assertEquals((field.top() + field.bottom()) / 2.0, gaze.row(), 1e-9, layer);
            assertEquals((field.left() + field.right()) / 2.0, gaze.column(), 1e-9, layer);
        }
    }

    @Test
    void atTheBorderItLooksToWhereTheFieldWouldBeInAWiderPicture() {
        Gaze gaze = Gaze.of(network(), Tap.after("a"), 0, 0);
        assertEquals(new Gaze(0, 0), gaze);
        assertEquals(new Gaze(63.5, 47.5), Gaze.of(network(), Tap.after("h"), 0, 0), "a mean looks at the whole picture");
    }

    @Test
    void aPositionThatIsNotThereIsRefused() {
        assertThrows(NetworkException.class, () -> Gaze.of(network(), Tap.after("a"), 64, 0));
        assertThrows(NetworkException.class, () -> Gaze.of(network(), Tap.after("z"), 0, 0));
    }
}
