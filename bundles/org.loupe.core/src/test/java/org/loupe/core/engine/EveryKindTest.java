package org.loupe.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.loupe.core.engine.conformance.Conformance;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Shape;

/** A new kind of operation or nonlinearity needs conformance cases, a reference and a form in network files. */
class EveryKindTest {

    /** Opens nothing; knows what it was asked to open. */
    private static final class Recorder implements Engine {

        private final List<Network> asked = new ArrayList<>();

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public String description() {
            return name();
        }

        @Override
        public Session open(Network network) {
            asked.add(network);
            throw new EngineException("Nothing is run");
        }
    }

    private static final Set<Network> NETWORKS = new HashSet<>();

    @BeforeAll
    static void collectTheNetworksOfAllCases() {
        Recorder recorder = new Recorder();
        for (Conformance.Case one : Conformance.cases()) {
            int before = recorder.asked.size();
            try {
                one.check().accept(recorder);
            } catch (EngineException expected) {
                assertEquals(before + 1, recorder.asked.size(), one.name());
            }
        }
        NETWORKS.addAll(recorder.asked);
    }

    private static Stream<Operation> operations() {
        return NETWORKS.stream().flatMap(network -> network.operations().stream());
    }

    @Test
    void everyOperationHasAConformanceCase() {
        assertEquals(ofNetworks(),
                operations().map(Object::getClass).collect(Collectors.toSet()));
        assertTrue(operations().anyMatch(operation -> operation instanceof AveragePool pool && pool.countsPadding()));
    }

    @Test
    void everyNonlinearityHasAConformanceCase() {
        assertEquals(Set.of(Nonlinearity.class.getPermittedSubclasses()), operations()
                .filter(Activation.class::isInstance).map(operation -> ((Activation) operation).function().getClass())
                .collect(Collectors.toSet()));
    }

    @Test
    void everyConstantOfAnOperationHasAConformanceCase() {
        String all = operations().map(Operation::toString).collect(Collectors.joining());
        List<Class<?>> families = Stream.of(Operation.class.getDeclaredClasses()).filter(Class::isEnum).toList();
        assertFalse(families.isEmpty());
        for (Class<?> family : families) {
            for (Object constant : family.getEnumConstants()) {
                assertTrue(all.contains("=" + constant + ",") || all.contains("=" + constant + "]"), constant + "");
            }
        }
    }

    @Test
    void everyOperationHasAReference() {
        for (Network network : NETWORKS) {
            Shape shape = network.input().shape();
            var shapes = network.shapes(shape.rows(), shape.columns());
            for (Operation operation : network.operations()) {
                List<Shape> in = operation.inputs().stream().map(shapes::get).toList();
                Shape out = shapes.get(operation.name());
                double[] values = ReferenceStep.of(operation, in, out)
                        .forward(in.stream().map(one -> new double[(int) one.size()]).toList());
                assertEquals(out.size(), values.length, operation.toString());
            }
        }
    }

    @Test
    void everyNetworkComesBackFromItsFile() throws IOException {
        for (Network network : NETWORKS) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            NetworkFile.write(network, out);
            Network read = NetworkFile.read(new ByteArrayInputStream(out.toByteArray()), "memory");
            assertEquals(network.operations(), read.operations());
            assertEquals(network.hash(), read.hash());
        }
    }

    /** The kinds of operations that a network can hold. */
    private static Set<Class<?>> ofNetworks() {
        return Arrays.stream(Operation.class.getPermittedSubclasses()).filter(kind -> kind != Operation.Edited.class)
                .collect(Collectors.toSet());
    }
}
