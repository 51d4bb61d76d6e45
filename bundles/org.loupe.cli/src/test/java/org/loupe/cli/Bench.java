package org.loupe.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.core.runtime.ContributorFactorySimple;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.core.runtime.spi.RegistryStrategy;
import org.loupe.core.Argument;
import org.loupe.core.Draws;
import org.loupe.core.Progress;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.train.Trainer;
import org.loupe.core.train.Training;
import org.loupe.core.train.TrainingEngine;
import org.loupe.platform.Registry;

/** Runs commands without OSGi, on a tiny network and the reference engine, and keeps what they print. */
final class Bench {

    private static final String PLUGIN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <?eclipse version="3.4"?>
            <plugin>
            <extension-point id="analyses" name="Analyses"/>
            <extension-point id="engines" name="Engines"/>
            <extension-point id="networks" name="Networks"/>
            <extension-point id="networkReaders" name="Network readers"/>
            <extension-point id="pictureSets" name="Picture sets"/>
            <extension-point id="trainings" name="Trainings"/>
            <extension point="org.loupe.platform.analyses">
               <analysis id="org.loupe.visualize" name="Visualize" description="Makes pictures."
                     class="org.loupe.core.visualize.Visualize"/>
               <analysis id="org.loupe.ingredients" name="Ingredients" description="Compares pictures."
                     class="org.loupe.core.visualize.Ingredients"/>
               <analysis id="org.loupe.scan" shortName="scan" name="Scan" description="Scans pictures."
                     class="org.loupe.core.scan.Scan"/>
               <analysis id="org.loupe.field" shortName="field" name="Field" description="Follows gradients."
                     class="org.loupe.core.scan.EffectiveField"/>
               <analysis id="org.loupe.spectrum" shortName="spectrum" name="Spectrum" description="Draws positions."
                     class="org.loupe.core.scan.FindSpectrum"/>
               <analysis id="org.loupe.probe" shortName="probe" name="Probe" description="Probes a picture."
                     class="org.loupe.core.probe.Probe"/>
               <analysis id="org.loupe.dictionary.eval" shortName="dictionary-eval" name="Judge" description="Measures."
                     class="org.loupe.core.dictionary.EvaluateDictionary"/>
               <analysis id="org.loupe.ablate" shortName="ablate" name="Ablate" description="Takes units away."
                     class="org.loupe.core.experiment.Ablate"/>
            </extension>
            <extension point="org.loupe.platform.engines">
               <engine id="plain" shortName="reference" priority="1" class="org.loupe.core.engine.ReferenceEngine"/>
               <engine id="teacher" class="org.loupe.cli.Bench$Teacher"/>
               <engine id="off" class="org.loupe.cli.Bench$Off"/>
               <engine id="lame" class="org.loupe.cli.Bench$Lame"/>
            </extension>
            <extension point="org.loupe.platform.networks">
               <network id="demo" class="org.loupe.cli.Bench$Tiny"/>
            </extension>
            <extension point="org.loupe.platform.networkReaders">
               <reader id="reader" extension="loupe" class="org.loupe.platform.LoupeFileReader"/>
            </extension>
            <extension point="org.loupe.platform.pictureSets">
               <set id="few" class="org.loupe.cli.FewPictures"/>
            </extension>
            <extension point="org.loupe.platform.trainings">
               <training id="train-tiny" name="Train" description="Trains the tiny network."
                     class="org.loupe.cli.Bench$TinyTraining"/>
            </extension>
            </plugin>
            """;

    /** What another team's plug-in contributes. */
    static final String ACME = """
            <?xml version="1.0" encoding="UTF-8"?>
            <?eclipse version="3.4"?>
            <plugin>
            <extension point="org.loupe.platform.analyses">
               <analysis id="com.acme.shout" name="Shout" description="Says a layer's name 100 % loud."
                     class="org.loupe.cli.Shout"/>
               <analysis id="com.acme.info" shortName="info" class="org.loupe.cli.Shout"/>
            </extension>
            </plugin>
            """;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Interrupt interrupt = new Interrupt();
    private final Path study;
    private final boolean isTerminal;
    private final Registry registry;

    Bench(Path study, boolean isTerminal) {
        this.study = study;
        this.isTerminal = isTerminal;
        IExtensionRegistry extensions = RegistryFactory.createRegistry(new RegistryStrategy(null, null), null, null);
        add(extensions, "org.loupe.platform", PLUGIN);
        add(extensions, "com.acme", ACME);
        this.registry = new Registry(extensions, (message, cause) -> err.append(message));
    }

    private static void add(IExtensionRegistry extensions, String contributor, String plugin) {
        if (!extensions.addContribution(new ByteArrayInputStream(plugin.getBytes(StandardCharsets.UTF_8)),
                ContributorFactorySimple.createContributor(contributor), false, contributor, null, null)) {
            throw new AssertionError("The registry did not take " + plugin);
        }
    }

    Shell shell() {
        return new Shell(new PrintWriter(out, true), new PrintWriter(err, true), isTerminal, 80, study, registry, interrupt);
    }

    /** Runs a command and answers its exit code. */
    int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Root.run(shell(), words);
    }

    /** A network for pictures of 16x16 with two layers and three classes. */
    static Network tiny() {
        Input input = new Input(new Shape(3, 16, 16), new float[] {127, 127, 127}, new float[] {64, 64, 64});
        Draws draws = new Draws(1);
        float[] kernel = new float[4 * 3 * 9];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) draws.gaussian(0, 0.3);
        }
        float[] readout = new float[3 * 4];
        for (int i = 0; i < readout.length; i++) {
            readout[i] = (float) draws.gaussian();
        }
        return new Network("demo", "A network <of> a test.", input, List.of(
                new Convolution("conv", Network.INPUT, new Weights(new int[] {4, 3, 3, 3}, kernel),
                        Weights.vector(0, 0, 0, -100), Window.square(3, 2, 1), 1),
                new Relu("relu", "conv"),
                new GlobalAverage("mean", "relu"),
                new Convolution("answer", "mean", new Weights(new int[] {3, 4, 1, 1}, readout), Weights.vector(0, 0, 0),
                        Window.square(1, 1, 0), 1)),
                List.of(new Layer("conv", "relu", "conv", "Its last channel is dead."),
                        new Layer("logits", "answer", "answer", "")),
                List.of("cat", "dog", "tree"));
    }

    /** Comes with the plug-in. */
    public static final class Tiny implements Supplier<Network> {
        @Override
        public Network get() {
            return tiny();
        }
    }

    /** An engine that is wrong from the layer “logits” on. */
    public static final class Off implements Engine {
        @Override
        public String name() {
            return "off";
        }

        @Override
        public String description() {
            return "wrong at the end";
        }

        @Override
        public Session open(Network network) {
            List<Operation> operations = network.operations().stream().map(operation ->
                    operation instanceof Convolution last && last.name().equals("answer")
                            ? new Convolution(last.name(), last.input(), last.weights(), Weights.vector(0, 0.5f, 0),
                                    last.window(), last.groups()) : operation).toList();
            return new ReferenceEngine().open(new Network(network.name(), "", network.input(), operations, network.layers(),
                    network.classes()));
        }
    }

    /** An engine that runs nothing. */
    public static final class Lame implements Engine {
        @Override
        public String name() {
            return "lame";
        }

        @Override
        public String description() {
            return "runs nothing";
        }

        @Override
        public Session open(Network network) {
            throw new EngineException("it can run no convolution (2 of them).");
        }
    }

    /** An engine that learns by heart what it is given. */
    public static final class Teacher implements TrainingEngine {
        private final Engine within = new ReferenceEngine();

        @Override
        public String name() {
            return "teacher";
        }

        @Override
        public String description() {
            return "learns nothing";
        }

        @Override
        public Session open(Network network) {
            return within.open(network);
        }

        @Override
        public Trainer trainer() {
            return (architecture, plan, pictures, progress) -> architecture;
        }
    }

    /** Trains the tiny network in as many steps as there are epochs. */
    public static final class TinyTraining implements Training<TinyTraining.Arguments> {

        /** What can be chosen. */
        public record Arguments(@Argument(label = "Epochs", help = "How often.", standard = "2", least = 1) int epochs) {
        }

        @Override
        public Class<Arguments> arguments() {
            return Arguments.class;
        }

        @Override
        public Network train(TrainingEngine engine, Arguments arguments, Progress progress) {
            int done = 0;
            while (done < arguments.epochs() && progress.report(done, arguments.epochs(), "epoch " + done)) {
                done++;
            }
            Network tiny = tiny();
            return new Network("trained", "Trained in " + done + " epochs on " + engine.name() + ".", tiny.input(),
                    tiny.operations(), tiny.layers(), tiny.classes());
        }
    }
}
