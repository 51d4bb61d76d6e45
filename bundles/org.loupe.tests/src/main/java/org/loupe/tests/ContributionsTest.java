package org.loupe.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.core.runtime.RegistryFactory;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Network;
import org.loupe.core.objective.Objectives;
import org.loupe.core.objective.Scene;
import org.loupe.core.visualize.Ingredients;
import org.loupe.core.visualize.Visualize;
import org.loupe.platform.Registered;
import org.loupe.platform.Registry;

/** What the installed bundles contribute, this one among them. */
class ContributionsTest {

    private final List<String> problems = new ArrayList<>();
    private final Registry registry = new Registry(RegistryFactory.getRegistry(), (message, cause) -> problems.add(message));

    @Test
    void theBuiltInAnalysesAndAnotherPluginsAreThere() {
        assertEquals("visualize", registry.analysis(Visualize.class).shortName());
        assertEquals("ingredients", registry.analysis(Ingredients.class).shortName());
        assertEquals("org.loupe.tests", registry.analysis(DeadChannels.class).contributor());
    }

    @Test
    void aContributionThatDoesNotWorkIsNamedWithItsPluginAndNothingElseIsLost() {
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains("org.loupe.tests.gone from the plug-in org.loupe.tests"), problems.get(0));
    }

    @Test
    void everyBundledNetworkCanBeRead() {
        assertTrue(registry.networks().stream().map(Registered::shortName).toList().contains("demo"));
        for (var network : registry.networks()) {
            assertTrue(network.value().get().layers().size() > 0, network.id());
        }
    }

    @Test
    void theDemoNetworkCanBeTrainedAgain() {
        assertEquals(List.of("train-demo"), registry.trainings().stream().map(Registered::shortName).toList());
    }

    @Test
    void theExampleInTheSchemaIsTheOneThatIsTestedHere() throws IOException {
        String schema = Files.readString(file("org.loupe.platform", "schema/analyses.exsd")).replace("&lt;", "<")
                .replace("&gt;", ">").replace("&amp;", "&");
        String source = Files.readString(file("org.loupe.tests", "src/main/java/org/loupe/tests/DeadChannels.java"));
        assertTrue(schema.contains(source.substring(source.indexOf("public final class"))));
    }

    @Test
    void theBuiltInObjectivesAreContributedAndAnotherPluginsIsRead() throws IOException {
        Set<String> words = new TreeSet<>(Objectives.builtIn().kinds().keySet());
        words.add("mean");
        assertEquals(words, registry.objectives().kinds().keySet());
        Network demo = registry.networks().stream().filter(network -> network.shortName().equals("demo")).findFirst()
                .orElseThrow().value().get();
        assertEquals("mean(mixed4a) - 0.5*dream(conv1)",
                registry.objectives().read("mean(mixed4a) - 0.5*dream(conv1)", false, Scene.of(demo)).toString());
        String schema = Files.readString(file("org.loupe.platform", "schema/objectives.exsd")).replace("&lt;", "<")
                .replace("&gt;", ">").replace("&amp;", "&");
        String source = Files.readString(file("org.loupe.tests", "src/main/java/org/loupe/tests/MeanOfLayer.java"));
        assertTrue(schema.contains(source.substring(source.indexOf("public final class"))));
    }

    private static Path file(String bundle, String name) throws IOException {
        return Sources.ofAllBundles().stream().filter(sources -> sources.bundle().equals(bundle)).findFirst().orElseThrow()
                .folder().resolve(name);
    }
}
