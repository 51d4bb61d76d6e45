package org.loupe.core.engine.conformance;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.loupe.core.engine.Engine;

/**
 * The cases that an engine must pass to be trusted: each operation forward and backward, the ways in which
 * operations meet, and the promises of {@link org.loupe.core.engine.Session}.
 *
 * <p>Numbers are compared with those of {@link org.loupe.core.engine.ReferenceEngine}, which is itself held against
 * finite differences and numbers computed by hand. An engine's tests run the cases one by one.
 */
public final class Conformance {

    /**
     * One thing that an engine must get right.
     *
     * @param name  a sentence without its full stop
     * @param check throws {@link AssertionError}, saying by how much the engine is off, when it gets it wrong
     */
    public record Case(String name, Consumer<Engine> check) {

        /** The name. */
        @Override
        public String toString() {
            return name;
        }
    }

    private Conformance() {
    }

    /** All cases, the simplest first. */
    public static List<Case> cases() {
        return Stream.of(ConvolutionCases.all(), OperationCases.all(), ActivationCases.all(), ArithmeticCases.all(),
                TransposedCases.all(), NormalizationCases.all(), PlacementCases.all(), GraphCases.all(),
                ArchitectureCases.all(), RandomCases.all(), EditCases.all(), SessionCases.all()).flatMap(List::stream).toList();
    }
}
