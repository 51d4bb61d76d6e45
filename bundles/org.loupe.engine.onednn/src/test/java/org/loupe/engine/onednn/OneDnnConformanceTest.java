package org.loupe.engine.onednn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Session;
import org.loupe.core.engine.conformance.Conformance;
import org.loupe.core.network.Network;

class OneDnnConformanceTest {

    /** The engine with blocks of a given size, whatever suits the network. */
    private record Blocks(int block) implements Engine {
        @Override
        public String name() {
            return "blocks of " + block;
        }

        @Override
        public String description() {
            return name();
        }

        @Override
        public Session open(Network network) {
            Library.load();
            return new OneDnnSession(network, this, block, OneDnnSession.MOST_BYTES);
        }
    }

    @TestFactory
    Stream<DynamicTest> conforms() {
        return cases(new OneDnnEngine());
    }

    @TestFactory
    Stream<DynamicTest> conformsWithNarrowBlocks() {
        return cases(new Blocks(8));
    }

    @TestFactory
    Stream<DynamicTest> conformsWithWideBlocks() {
        Library.load();
        assumeTrue(Device.wide(), "This processor has no AVX-512, for which wide blocks are");
        return cases(new Blocks(16));
    }

    private static Stream<DynamicTest> cases(Engine engine) {
        return Conformance.cases().stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> one.check().accept(engine)));
    }
}
