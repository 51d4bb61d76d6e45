package org.loupe.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.conformance.Conformance;
import org.loupe.platform.Registered;
import org.loupe.platform.Registry;

/** The engines as they are installed: bundles with native libraries, all in one process. */
class EnginesTest {

    private static final String ROUGH = "onednn-bf16";

    private final List<Registered<Engine>> engines = Registry.ofPlatform().engines();

    @Test
    void theFastestEngineIsPreferred() {
        List<String> expected = List.of("onednn", "nd4j", "reference", ROUGH);
        assertEquals(expected, engines.stream().map(Registered::shortName).toList());
        assertEquals(expected, engines.stream().map(engine -> engine.value().name()).toList());
    }

    /**
     * Takes turns, so that each engine runs when the others have already loaded their libraries. The one with numbers of
     * three digits has a test of its own.
     */
    @TestFactory
    Stream<DynamicTest> enginesConformSideBySide() {
        return Conformance.cases().stream().flatMap(each -> engines.stream()
                .filter(engine -> !engine.shortName().equals(ROUGH)).map(engine -> DynamicTest.dynamicTest(
                each.name() + " on " + engine.shortName(), () -> each.check().accept(engine.value()))));
    }
}
