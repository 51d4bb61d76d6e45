package org.loupe.platform;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.core.runtime.ContributorFactorySimple;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.core.runtime.spi.RegistryStrategy;
import org.loupe.core.Batch;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;

/** What a made-up plug-in contributes, and a registry that needs no OSGi. */
final class Contributions {

    static final String POINTS = """
            <extension-point id="analyses" name="Analyses"/>
            <extension-point id="engines" name="Engines"/>
            <extension-point id="networks" name="Networks"/>
            <extension-point id="networkReaders" name="Network readers"/>
            <extension-point id="pictureSets" name="Picture sets"/>
            <extension-point id="trainings" name="Trainings"/>
            """;

    /** The analysis, a network, the reader, an engine that never works and one that does. */
    static final String ALL = """
            <extension point="org.loupe.platform.analyses">
               <analysis id="com.acme.count" name="Count" description="Counts." class="org.loupe.platform.Counting"/>
            </extension>
            <extension point="org.loupe.platform.engines">
               <engine id="com.acme.plain" shortName="reference" class="org.loupe.core.engine.ReferenceEngine"/>
               <engine id="com.acme.fast" priority="100" class="org.loupe.platform.Contributions$NoEngine"/>
            </extension>
            <extension point="org.loupe.platform.networks">
               <network id="com.acme.tiny" class="org.loupe.platform.Contributions$Tiny"/>
            </extension>
            <extension point="org.loupe.platform.networkReaders">
               <reader id="com.acme.reader" extension="loupe" class="org.loupe.platform.LoupeFileReader"/>
            </extension>
            """;

    private Contributions() {
    }

    static IExtensionRegistry registry(String... contributions) {
        IExtensionRegistry registry = RegistryFactory.createRegistry(new RegistryStrategy(null, null), null, null);
        add(registry, "org.loupe.platform", POINTS);
        for (int i = 0; i < contributions.length; i++) {
            add(registry, i == 0 ? "com.acme" : "com.acme" + i, contributions[i]);
        }
        return registry;
    }

    private static void add(IExtensionRegistry registry, String contributor, String contribution) {
        String plugin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><?eclipse version=\"3.4\"?><plugin>" + contribution
                + "</plugin>";
        if (!registry.addContribution(new ByteArrayInputStream(plugin.getBytes(StandardCharsets.UTF_8)),
                ContributorFactorySimple.createContributor(contributor), false, contributor, null, null)) {
            throw new AssertionError("The registry did not take " + plugin);
        }
    }

    /** An engine whose machine is not there. */
    public static final class NoEngine implements Engine {
        @Override
        public String name() {
            return "fast";
        }

        @Override
        public String description() {
            return "nothing";
        }

        @Override
        public Session open(Network network) {
            throw new EngineException("there is no accelerator.");
        }
    }

    /** An engine that runs everything but networks of the name “hard”. */
    public static final class Picky implements Engine {
        private final Engine within = new ReferenceEngine();

        @Override
        public String name() {
            return "picky";
        }

        @Override
        public String description() {
            return "no hard ones";
        }

        @Override
        public Session open(Network network) {
            if (network.name().equals("hard")) {
                throw new EngineException("too hard.");
            }
            return new Delegate(within.open(network), this);
        }
    }

    private record Delegate(Session session, Engine engine) implements Session {
        @Override
        public Network network() {
            return session.network();
        }

        @Override
        public Readings activations(Batch pictures, Set<Tap> taps, List<Edit> edits) {
            return session.activations(pictures, taps, edits);
        }

        @Override
        public Gradient gradient(Batch pictures, List<Objective> objectives, List<Edit> edits) {
            return session.gradient(pictures, objectives, edits);
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /** A network that comes with a plug-in. */
    public static final class Tiny implements Supplier<Network> {
        @Override
        public Network get() {
            return network("tiny", "");
        }
    }

    static Network network(String name, String about) {
        return new Network(name, about, new Input(new Shape(1, 2, 2), new float[1], new float[] {1}),
                List.of(new Relu("relu", Network.INPUT)), List.of(new Layer("relu", "relu", Network.INPUT, "")),
                List.of());
    }
}
