package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Analysis;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;

class RegistryTest {

    private final List<String> problems = new ArrayList<>();

    private Registry registry(String... contributions) {
        return new Registry(Contributions.registry(contributions), (message, cause) -> problems.add(message));
    }

    private static String analysis(String attributes) {
        return "<extension point=\"org.loupe.platform.analyses\"><analysis " + attributes + "/></extension>";
    }

    @Test
    void whatAPluginContributesIsThereWithItsContributor() {
        Registry registry = registry(Contributions.ALL);
        Registered<Analysis<?, ?>> analysis = registry.analyses().get(0);
        assertEquals(List.of("com.acme.count", "count", "Count", "Counts.", "com.acme"), List.of(analysis.id(),
                analysis.shortName(), analysis.name(), analysis.description(), analysis.contributor()));
        assertEquals("tiny", registry.networks().get(0).value().get().name());
        assertTrue(registry.reader("x/y.LOUPE").isPresent());
        assertTrue(registry.reader("x.onnx").isEmpty());
        assertEquals(List.of(), problems);
    }

    @Test
    void enginesComeByPriority() {
        assertEquals(List.of("fast", "reference"),
                registry(Contributions.ALL).engines().stream().map(Registered::shortName).toList());
    }

    @Test
    void anAnalysisIsFoundByIdShortNameAndClass() {
        Registry registry = registry(Contributions.ALL);
        Registered<?> byClass = registry.analysis(Counting.class);
        assertSame(byClass, registry.analysis("count"));
        assertSame(byClass, registry.analysis("com.acme.count"));
        assertEquals("There is no analysis coun. Did you mean count?",
                assertThrows(IllegalArgumentException.class, () -> registry.analysis("coun")).getMessage());
    }

    @Test
    void aValueIsMadeOnce() {
        Registered<?> analysis = registry(Contributions.ALL).analysis("count");
        assertSame(analysis.value(), analysis.value());
    }

    @Test
    void aBrokenOneIsLeftOutAndNamedWithItsPluginAndTheOthersStay() {
        Registry registry = registry(Contributions.ALL,
                analysis("id=\"bad.gone\" class=\"com.acme.Gone\""),
                analysis("id=\"bad.type\" class=\"java.util.ArrayList\""),
                analysis("id=\"bad.secret\" class=\"org.loupe.platform.RegistryTest$Undescribed\""),
                analysis("class=\"org.loupe.platform.Counting\""));
        assertEquals(List.of("com.acme.count"), registry.analyses().stream().map(Registered::id).toList());
        assertEquals(4, problems.size(), problems.toString());
        for (int i = 1; i <= 4; i++) {
            String contributor = "plug-in com.acme" + i;
            assertTrue(problems.stream().anyMatch(problem -> problem.contains(contributor)), problems.toString());
        }
    }

    /** An analysis whose arguments cannot be described. */
    public static final class Undescribed implements Analysis<Undescribed.Arguments, Counting.Count> {
        record Arguments(Object anything) {
        }

        @Override
        public Class<Arguments> arguments() {
            return Arguments.class;
        }

        @Override
        public Counting.Count run(Material material, Arguments arguments,
                Observer<? super Counting.Count> observer) {
            return new Counting.Count(0, false);
        }

        @Override
        public Counting.Count load(ResultFiles files) {
            return new Counting.Count(0, false);
        }
    }

    @Test
    void aSecondOneOfTheSameShortNameGoesByItsId() {
        Registry registry = registry(Contributions.ALL,
                analysis("id=\"org.other.count\" class=\"org.loupe.platform.Counting\""));
        assertEquals(List.of("count", "org.other.count"),
                registry.analyses().stream().map(Registered::shortName).toList());
    }

    @Test
    void aSecondOneOfTheSameIdIsLeftOut() {
        Registry registry = registry(Contributions.ALL, Contributions.ALL);
        assertEquals(1, registry.analyses().size());
        assertTrue(problems.stream().anyMatch(problem -> problem.contains("two of com.acme.count")), problems.toString());
    }
}
