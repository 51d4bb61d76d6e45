package org.loupe.formats.dl4j;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.Weights;
import org.loupe.formats.architectures.Architecture;
import org.loupe.formats.architectures.Blueprint;
import org.loupe.formats.architectures.TensorSource;
import org.loupe.formats.arrays.Tensor;

/**
 * Puts learned numbers that come without a configuration onto the known architecture that has as many. How many they are
 * is all that a file says, so the class count follows from it, and the order is that of {@link FlatOrder}.
 */
final class BareParameters {

    private static final String ADVICE = "Write the whole network with ModelSerializer.writeModel, or put its"
            + " configuration.json beside a file named " + Dl4jReader.COEFFICIENTS + ".";
    private static final String VARIANCE = ".running_var";

    /** An architecture with a number of classes. */
    private record Fit(Blueprint blueprint, int classes) {

        boolean isUsual() {
            return classes == blueprint.usual();
        }

        @Override
        public String toString() {
            return blueprint.name() + " with " + classes + " classes";
        }
    }

    /** Arrays by name. */
    private record Arrays(Map<String, Tensor> tensors) implements TensorSource {
        @Override
        public Set<String> names() {
            return tensors.keySet();
        }

        @Override
        public int[] shape(String name) {
            return tensors.get(name).shape();
        }

        @Override
        public Tensor read(String name) {
            return tensors.get(name);
        }
    }

    private BareParameters() {
    }

    /**
     * Reads all numbers.
     *
     * @throws NetworkException when no architecture has so many, or several have
     */
    static NetworkReading read(Parameters parameters, String file, InputChoice choice) throws IOException {
        long found = parameters.left();
        Fit fit = fit(found, file);
        Architecture architecture = fit.blueprint.architecture();
        String name = file.replaceFirst("\\.[^.]*$", "");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, int[]> next : order(fit, file, choice).entrySet()) {
            tensors.put(next.getKey(), new Tensor(next.getValue(), parameters.take(Tensor.size(next.getValue()))));
        }
        boolean logarithms = squareLogarithms(tensors);
        NetworkReading reading = architecture.read(new Arrays(tensors), file, name, choice);
        List<String> remarks = new ArrayList<>();
        remarks.add("The file holds " + found + " numbers and does not say what they are. " + fit + " has so many, and they were"
                + " given to it in the order in which DL4J sorts its layers" + (logarithms ? ", with logarithms of standard"
                + " deviations in batch normalization" : "") + ". Compare it with golden values before you trust it.");
        remarks.addAll(reading.remarks());
        return new NetworkReading(reading.network(), reading.colours(), reading.size(), remarks);
    }

    private static Fit fit(long numbers, String file) {
        List<Blueprint> known = Architecture.KNOWN.stream().flatMap(one -> one.blueprints().stream()).toList();
        List<Fit> fits = known.stream().flatMap(one -> one.classes(numbers).stream().mapToObj(classes -> new Fit(one, classes)))
                .sorted(Comparator.comparing(Fit::isUsual).reversed()).toList();
        if (fits.isEmpty()) {
            throw new NetworkException("It holds " + numbers + " numbers and does not say what they are, and no architecture that"
                    + " Loupe knows has so many. Expected are " + known.stream().map(one -> one.numbers(one.usual()) + " for "
                    + new Fit(one, one.usual()) + " (and " + (one.features() + 1) + " for each class more or less)")
                    .collect(Collectors.joining(", ")) + ". " + ADVICE);
        }
        List<Fit> named = fits.stream().filter(fit -> letters(file).contains(letters(fit.blueprint.name()))).toList();
        List<Fit> best = named.isEmpty() ? fits : named;
        if (best.size() > 1 && !(best.get(0).isUsual() && !best.get(1).isUsual())) {
            throw new NetworkException("It holds " + numbers + " numbers and does not say what they are. That fits to "
                    + best.stream().map(Fit::toString).collect(Collectors.joining(", ")) + ". Call the file after one of them, or: "
                    + ADVICE);
        }
        return best.get(0);
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The shapes of the arrays in the order of the file: the architecture is made once of nothing, to see its operations. */
    private static Map<String, int[]> order(Fit fit, String file, InputChoice choice) throws IOException {
        Map<String, int[]> shapes = fit.blueprint.shapes(fit.classes);
        Map<String, Tensor> blank = new LinkedHashMap<>();
        Map<float[], String> names = new IdentityHashMap<>();
        shapes.forEach((name, shape) -> {
            Tensor tensor = new Tensor(shape, new float[Tensor.size(shape)]);
            blank.put(name, tensor);
            names.put(tensor.values(), name);
        });
        Network network = fit.blueprint.architecture().read(new Arrays(blank), file, file, choice).network();
        Map<String, int[]> ordered = new LinkedHashMap<>();
        for (Weights weights : FlatOrder.of(network)) {
            String name = names.get(weights.values());
            if (name != null) {
                ordered.put(name, shapes.get(name));
            }
        }
        if (!ordered.keySet().equals(shapes.keySet())) {
            throw new IllegalStateException(fit + " does not use all its weights");
        }
        return ordered;
    }

    /**
     * DL4J keeps logarithms (to base 10) of standard deviations where it is not told otherwise, and variances where it is. Variances
     * are never negative, and of logarithms some always are.
     */
    private static boolean squareLogarithms(Map<String, Tensor> tensors) {
        Collection<Tensor> kept = tensors.entrySet().stream().filter(one -> one.getKey().endsWith(VARIANCE))
                .map(Map.Entry::getValue).toList();
        boolean logarithms = kept.stream().anyMatch(BareParameters::isAnyNegative);
        if (logarithms) {
            kept.forEach(tensor -> Layers.squareLogarithms(tensor.values()));
        }
        return logarithms;
    }

    private static boolean isAnyNegative(Tensor tensor) {
        return IntStream.range(0, tensor.values().length).anyMatch(i -> tensor.values()[i] < 0);
    }
}
