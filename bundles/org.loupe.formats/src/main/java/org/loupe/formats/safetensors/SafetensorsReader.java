package org.loupe.formats.safetensors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReader;
import org.loupe.core.network.NetworkReading;
import org.loupe.formats.architectures.Architecture;
import org.loupe.formats.architectures.Export;

/** Reads safetensors files whose arrays have the names of an architecture that is {@linkplain Architecture#KNOWN known}. */
public final class SafetensorsReader implements NetworkReader {

    private static final int TOLD = 6;

    @Override
    public NetworkReading read(Path file, InputChoice choice) throws IOException {
        try (TensorFile tensors = new TensorFile(file)) {
            Architecture architecture = Architecture.of(tensors).orElseThrow(() -> new NetworkException(unknown(tensors)));
            String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
            return architecture.read(tensors, file.getFileName().toString(), name, choice);
        } catch (NetworkException broken) {
            throw new NetworkException("Cannot open " + file + ". " + broken.getMessage());
        }
    }

    private static String unknown(TensorFile tensors) {
        String first = tensors.names().stream().limit(TOLD).map(name -> name + " " + Arrays.toString(tensors.shape(name)))
                .collect(Collectors.joining(", "));
        String known = Architecture.KNOWN.stream().map(Architecture::name).collect(Collectors.joining(", "));
        return "It holds " + tensors.names().size() + " arrays" + (first.isEmpty() ? "" : " (" + first
                + (tensors.names().size() > TOLD ? ", ..." : "") + ")") + ", but not how they are put together, and their names"
                + " are not those of an architecture that Loupe knows (" + known + "). " + Export.ADVICE;
    }
}
