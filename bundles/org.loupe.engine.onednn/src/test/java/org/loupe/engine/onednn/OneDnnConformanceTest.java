package org.loupe.engine.onednn;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.conformance.Conformance;

class OneDnnConformanceTest {

    private final Engine engine = new OneDnnEngine();

    @TestFactory
    Stream<DynamicTest> conforms() {
        return Conformance.cases().stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> one.check().accept(engine)));
    }
}
