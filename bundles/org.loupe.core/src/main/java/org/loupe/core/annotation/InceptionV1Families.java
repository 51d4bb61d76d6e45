package org.loupe.core.annotation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.network.Network;

/**
 * Families and labels of InceptionV1's units as the Circuits articles publish them (Olah and others 2020: “An Overview of
 * Early Vision in InceptionV1”, doi 10.23915/distill.00024.002, and “Zoom In”, doi 10.23915/distill.00024.001).
 */
public final class InceptionV1Families implements AnnotationSet {

    /** Channels of the layers that units are named in, as published; others with the same numbers exist, but not these. */
    private static final Map<String, Integer> CHANNELS = Map.of("conv2d0", 64, "conv2d1", 64, "conv2d2", 192,
            "mixed3a", 256, "mixed3b", 480, "mixed4a", 508, "mixed4b", 512, "mixed4c", 512, "mixed4d", 528,
            "mixed4e", 832);

    private Annotations read;

    /** Made by Loupe's registry. */
    public InceptionV1Families() {
    }

    @Override
    public Optional<Annotations> about(Network network) {
        boolean isThisOne = CHANNELS.entrySet().stream().allMatch(layer -> network.layers().stream().anyMatch(one ->
                one.name().equals(layer.getKey()) && network.shape(one).channels() == layer.getValue()));
        return isThisOne ? Optional.of(read()) : Optional.empty();
    }

    private synchronized Annotations read() {
        if (read == null) {
            try (InputStream file = InceptionV1Families.class.getResourceAsStream("inceptionv1" + AnnotationText.EXTENSION)) {
                read = AnnotationText.read(new String(file.readAllBytes(), StandardCharsets.UTF_8)).annotations();
            } catch (IOException problem) {
                throw new UncheckedIOException("The families of InceptionV1 could not be read", problem);
            }
        }
        return read;
    }
}
