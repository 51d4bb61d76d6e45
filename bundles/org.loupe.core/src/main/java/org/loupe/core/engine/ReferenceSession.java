package org.loupe.core.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Edited;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;

/** Runs a network image by image; an image's outputs are arrays by name. */
final class ReferenceSession implements Session {

    private final Network network;
    private final Engine engine;
    private boolean closed;

    ReferenceSession(Network network, Engine engine) {
        this.network = network;
        this.engine = engine;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public synchronized Readings activations(Batch pictures, Set<Tap> taps, List<Edit> edits) {
        requireOpen();
        Pass pass = Pass.of(network, taps, pictures, edits);
        Readings readings = zeros(pass, pictures.images());
        each(pictures.images(), image -> {
            read(pass, forward(pass, pictures, image), image, readings);
            return image;
        });
        return readings;
    }

    @Override
    public synchronized Gradient gradient(Batch pictures, List<Objective> objectives, List<Edit> edits) {
        requireOpen();
        Pass pass = Pass.of(network, Pass.taps(pictures.images(), objectives), pictures, edits);
        Readings readings = zeros(pass, pictures.images());
        List<Map<String, double[]>> outputs = each(pictures.images(), image -> {
            Map<String, double[]> output = forward(pass, pictures, image);
            read(pass, output, image, readings);
            return output;
        });
        Readings slopes = zeros(pass, pictures.images());
        double[] scores = Pass.score(pictures.images(), objectives, readings, slopes);
        Batch gradient = pictures.zeros();
        each(pictures.images(), image -> {
            backward(pass, outputs.get(image), slopes, image, gradient);
            return image;
        });
        return new Gradient(scores, gradient, readings);
    }

    private Map<String, double[]> forward(Pass pass, Batch pictures, int image) {
        Map<String, double[]> outputs = new HashMap<>();
        double[] seen = new double[pictures.imageSize()];
        for (int i = 0; i < seen.length; i++) {
            int channel = i / pictures.area();
            seen[i] = (255.0 * pictures.values()[image * seen.length + i] - network.input().mean()[channel])
                    / network.input().deviation()[channel];
        }
        outputs.put(Network.INPUT, seen);
        for (Operation operation : pass.operations()) {
            outputs.put(operation.name(), step(pass, operation, image).forward(inputs(operation, outputs)));
        }
        return outputs;
    }

    private void backward(Pass pass, Map<String, double[]> outputs, Readings slopes, int image, Batch gradient) {
        Map<String, double[]> gradients = new HashMap<>();
        outputs.forEach((name, values) -> gradients.put(name, new double[values.length]));
        pass.sources().forEach((tap, source) -> {
            double[] into = gradients.get(source);
            for (int i = 0; i < into.length; i++) {
                into[i] += slopes.at(tap).values()[image * into.length + i];
            }
        });
        for (int i = pass.operations().size() - 1; i >= 0; i--) {
            Operation operation = pass.operations().get(i);
            step(pass, operation, image).backward(inputs(operation, outputs), outputs.get(operation.name()),
                    gradients.get(operation.name()), inputs(operation, gradients));
        }
        double[] seen = gradients.get(Network.INPUT);
        for (int i = 0; i < seen.length; i++) {
            gradient.values()[image * seen.length + i] =
                    (float) (seen[i] * 255 / network.input().deviation()[i / gradient.area()]);
        }
    }

    private static ReferenceStep step(Pass pass, Operation operation, int image) {
        if (operation instanceof Edited edited) {
            return new ReferenceEdit(pass.edits().get(edited.name()), image,
                    edited.inputs().stream().map(pass.shapes()::get).toList());
        }
        return ReferenceStep.of(operation, operation.inputs().stream().map(pass.shapes()::get).toList(),
                pass.shapes().get(operation.name()));
    }

    private static List<double[]> inputs(Operation operation, Map<String, double[]> arrays) {
        return operation.inputs().stream().map(arrays::get).toList();
    }

    private static Readings zeros(Pass pass, int images) {
        Map<Tap, Batch> batches = new HashMap<>();
        pass.sources().forEach((tap, source) -> {
            Shape shape = pass.shapes().get(source);
            batches.put(tap, Batch.zeros(images, shape.channels(), shape.rows(), shape.columns()));
        });
        return new Readings(batches);
    }

    private static void read(Pass pass, Map<String, double[]> outputs, int image, Readings readings) {
        pass.sources().forEach((tap, source) -> {
            double[] from = outputs.get(source);
            float[] to = readings.at(tap).values();
            for (int i = 0; i < from.length; i++) {
                to[image * from.length + i] = (float) from[i];
            }
        });
    }

    private static <T> List<T> each(int images, IntFunction<T> work) {
        return IntStream.range(0, images).parallel().mapToObj(work).toList();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The session of " + network + " is closed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
