package org.loupe.platform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.RegistryFactory;
import org.loupe.core.Analysis;
import org.loupe.core.Arguments;
import org.loupe.core.Result;
import org.loupe.core.annotation.AnnotationSet;
import org.loupe.core.engine.Engine;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkReader;
import org.loupe.core.network.Spelling;
import org.loupe.core.objective.ObjectiveKind;
import org.loupe.core.objective.Objectives;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.PictureSetReader;
import org.loupe.core.stimulus.Families;
import org.loupe.core.stimulus.StimulusFamily;
import org.loupe.core.surgery.Detector;
import org.loupe.core.surgery.Detectors;
import org.loupe.core.train.Training;

/**
 * What plug-ins contribute to Loupe, read once from the extension registry. The built-in engines, networks, readers
 * and analyses come the same way.
 *
 * <p>A contribution that does not work is told to the log, with the name of the plug-in that it comes from, and left
 * out; all others stay. May be used from several threads.
 */
public final class Registry {

    /** Every extension point's identifier begins with this, such as {@code org.loupe.platform.analyses}. */
    public static final String NAMESPACE = "org.loupe.platform";

    private final IExtensionRegistry extensions;
    private final BiConsumer<String, Throwable> log;
    private final List<Registered<Analysis<?, ?>>> analyses;
    private final List<Registered<Engine>> engines;
    private final List<Registered<Supplier<Network>>> networks;
    private final List<Reader> readers;
    private final List<Registered<Supplier<PictureSet>>> pictureSets;
    private final List<Registered<PictureSetReader>> pictureSetReaders;
    private final List<Registered<StimulusFamily>> stimuli;
    private final List<Registered<Training<?>>> trainings;
    private final List<Registered<Detector>> detectors;
    private final List<Registered<AnnotationSet>> annotations;
    private final List<Registered<ObjectiveKind>> objectiveKinds;
    private final Objectives objectives;

    /**
     * A contributed reader of network files.
     *
     * @param extension how the names of its files end, with the dot, in lower case
     */
    public record Reader(String extension, Registered<NetworkReader> reader) {
    }

    /**
     * Reads what is contributed to a registry.
     *
     * @param log is told of every contribution that does not work
     */
    public Registry(IExtensionRegistry extensions, BiConsumer<String, Throwable> log) {
        this.extensions = extensions;
        this.log = log;
        this.analyses = describable(this.<Analysis<?, ?>>registered("analyses", "analysis", Analysis.class).toList(),
                "analysis", Analysis::arguments);
        this.engines = distinct(elements("engines", "engine")
                .sorted(Comparator.comparingInt(this::priority).reversed())
                .flatMap(element -> this.<Engine>registered(element, Engine.class).stream()).toList());
        this.networks = distinct(this.<Supplier<Network>>registered("networks", "network", Supplier.class).toList());
        this.readers = elements("networkReaders", "reader").flatMap(this::reader).toList();
        this.pictureSets = distinct(this.<Supplier<PictureSet>>registered("pictureSets", "set", Supplier.class).toList());
        this.pictureSetReaders =
                distinct(this.<PictureSetReader>registered("pictureSets", "reader", PictureSetReader.class).toList());
        this.annotations =
                distinct(this.<AnnotationSet>registered("annotations", "set", AnnotationSet.class).toList());
        this.stimuli = distinct(this.<StimulusFamily>registered("stimuli", "family", StimulusFamily.class).toList());
        this.detectors = distinct(this.<Detector>registered("detectors", "detector", Detector.class).toList());
        this.trainings = describable(this.<Training<?>>registered("trainings", "training", Training.class).toList(),
                "training", Training::arguments);
        this.objectiveKinds = distinct(
                this.<ObjectiveKind>registered("objectives", "objective", ObjectiveKind.class).toList());
        this.objectives = new Objectives(objectiveKinds.stream().collect(Collectors.toMap(Registered::shortName,
                kind -> (arguments, scene) -> kind.value().make(arguments, scene))));
    }

    /** What the running Eclipse has installed; problems go to its log. */
    public static Registry ofPlatform() {
        ILog log = ILog.of(Registry.class);
        return new Registry(RegistryFactory.getRegistry(), log::error);
    }

    /** Everything that a person can ask. */
    public List<Registered<Analysis<?, ?>>> analyses() {
        return analyses;
    }

    /**
     * The analysis of the given identifier or short name.
     *
     * @throws IllegalArgumentException naming what was probably meant
     */
    public Registered<Analysis<?, ?>> analysis(String idOrShortName) {
        return analyses.stream()
                .filter(analysis -> analysis.id().equals(idOrShortName) || analysis.shortName().equals(idOrShortName))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("There is no analysis " + idOrShortName + ". "
                        + Spelling.suggestion(idOrShortName, analyses.stream().map(Registered::shortName).toList())));
    }

    /**
     * The analysis that is made by the given class.
     *
     * @throws IllegalArgumentException when no plug-in contributes it
     */
    @SuppressWarnings("unchecked") // the value's class says what its type arguments are
    public <A extends Record, R extends Result> Registered<Analysis<A, R>> analysis(
            Class<? extends Analysis<A, R>> made) {
        for (Registered<? extends Analysis<?, ?>> analysis : analyses) {
            if (analysis.value().getClass() == made) {
                return (Registered<Analysis<A, R>>) analysis;
            }
        }
        throw new IllegalArgumentException("No plug-in contributes the analysis " + made.getName() + ".");
    }

    /** Everything that can run networks, the preferred first. None of them is made yet. */
    public List<Registered<Engine>> engines() {
        return engines;
    }

    /** The networks that come with plug-ins. None of them is read yet. */
    public List<Registered<Supplier<Network>>> networks() {
        return networks;
    }

    /** What reads network files. */
    public List<Reader> readers() {
        return readers;
    }

    /** The picture sets that come with plug-ins. None of them is opened yet. */
    public List<Registered<Supplier<PictureSet>>> pictureSets() {
        return pictureSets;
    }

    /** What opens the picture sets that people keep in folders and files. */
    public List<Registered<PictureSetReader>> pictureSetReaders() {
        return pictureSetReaders;
    }

    /** The families of stimuli. None of them is made yet. */
    public List<Registered<StimulusFamily>> stimuli() {
        return stimuli;
    }

    /** The families of stimuli by their short names; one that cannot be made is told to the log and left out. */
    public Families families() {
        return new Families(made("stimuli", stimuli));
    }

    /** The units that people wrote, by their short names; one that cannot be made is told to the log and left out. */
    public Detectors detectors() {
        return new Detectors(made("detector", detectors));
    }

    private <T> Map<String, T> made(String what, List<Registered<T>> all) {
        Map<String, T> made = new LinkedHashMap<>();
        for (Registered<T> one : all) {
            try {
                made.put(one.shortName(), one.value());
            } catch (RuntimeException | LinkageError broken) {
                log.accept("The " + what + " " + one.id() + " from the plug-in " + one.contributor() + " cannot be used: "
                        + broken.getMessage(), broken);
            }
        }
        return made;
    }

    /** The networks that can be trained here. */
    public List<Registered<Training<?>>> trainings() {
        return trainings;
    }

    /** What is published about networks that many people have. */
    public List<Registered<AnnotationSet>> annotations() {
        return annotations;
    }

    /** The kinds of objectives that have a name, for people to choose from. */
    public List<Registered<ObjectiveKind>> objectiveKinds() {
        return objectiveKinds;
    }

    /** The language in which objectives are written, with all that is contributed. */
    public Objectives objectives() {
        return objectives;
    }

    /** What reads a file of the given name, judged by how the name ends. */
    public Optional<NetworkReader> reader(String fileName) {
        return readerOf(fileName).map(reader -> reader.reader().value());
    }

    /** The contribution that reads a file of the given name, judged by how the name ends. Nothing is made yet. */
    public Optional<Reader> readerOf(String fileName) {
        return readers.stream().filter(reader -> fileName.toLowerCase(Locale.ROOT).endsWith(reader.extension()))
                .max(Comparator.comparingInt(reader -> reader.extension().length()));
    }

    /** Those that can be made and whose arguments can be described. */
    private <T> List<Registered<T>> describable(List<Registered<T>> found, String kind,
            Function<T, Class<? extends Record>> arguments) {
        return distinct(found.stream().filter(one -> {
            try {
                Arguments.fields(arguments.apply(one.value()));
                return true;
            } catch (RuntimeException | LinkageError broken) {
                log.accept("The " + kind + " " + one.id() + " from the plug-in " + one.contributor()
                        + " is left out: " + broken.getMessage(), broken);
                return false;
            }
        }).toList());
    }

    private <T> Stream<Registered<T>> registered(String point, String kind, Class<?> type) {
        return elements(point, kind).flatMap(element -> this.<T>registered(element, type).stream());
    }

    private Stream<IConfigurationElement> elements(String point, String kind) {
        return Stream.of(extensions.getConfigurationElementsFor(NAMESPACE + "." + point))
                .filter(element -> element.getName().equals(kind));
    }

    /** The contribution that an element describes, or nothing when an attribute is missing, which is logged. */
    private <T> Optional<Registered<T>> registered(IConfigurationElement element, Class<?> type) {
        String contributor = element.getContributor().getName();
        String id = element.getAttribute("id");
        if (id == null || id.isBlank() || element.getAttribute("class") == null) {
            log.accept("A contribution to " + element.getDeclaringExtension().getExtensionPointUniqueIdentifier()
                    + " from the plug-in " + contributor + " is left out: it has no id or no class.", null);
            return Optional.empty();
        }
        String shortName = text(element, "shortName", id.substring(id.lastIndexOf('.') + 1));
        return Optional.of(new Registered<>(id, shortName, text(element, "name", shortName),
                text(element, "description", ""), contributor, () -> make(element, type)));
    }

    private Stream<Reader> reader(IConfigurationElement element) {
        String extension = text(element, "extension", "").toLowerCase(Locale.ROOT);
        return this.<NetworkReader>registered(element, NetworkReader.class).stream()
                .map(reader -> new Reader(extension.startsWith(".") ? extension : "." + extension, reader));
    }

    @SuppressWarnings("unchecked") // checked against the class that stands for it
    private static <T> T make(IConfigurationElement element, Class<?> type) {
        String what = element.getName() + " " + element.getAttribute("id") + " from the plug-in "
                + element.getContributor().getName();
        try {
            Object made = element.createExecutableExtension("class");
            if (!type.isInstance(made)) {
                throw new BrokenExtensionException("The " + what + " cannot be used: " + made.getClass().getName()
                        + " is no " + type.getName() + ".", null);
            }
            return (T) made;
        } catch (CoreException | LinkageError problem) {
            throw new BrokenExtensionException("The " + what + " cannot be used: " + problem.getMessage(), problem);
        }
    }

    /** The contributions without those whose short name is taken; these go by their whole identifier. */
    private <T> List<Registered<T>> distinct(List<Registered<T>> found) {
        List<Registered<T>> distinct = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Set<String> shortNames = new HashSet<>();
        for (Registered<T> one : found) {
            if (!ids.add(one.id())) {
                log.accept("There are two of " + one.id() + "; the one from the plug-in " + one.contributor()
                        + " is left out.", null);
            } else if (shortNames.add(one.shortName())) {
                distinct.add(one);
            } else {
                distinct.add(new Registered<>(one.id(), one.id(), one.name(), one.description(), one.contributor(),
                        one::value));
            }
        }
        return List.copyOf(distinct);
    }

    private int priority(IConfigurationElement element) {
        String text = text(element, "priority", "0");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notOne) {
            log.accept("The priority “" + text + "” of an engine from the plug-in " + element.getContributor().getName()
                    + " is no number and counts as 0.", notOne);
            return 0;
        }
    }

    private static String text(IConfigurationElement element, String attribute, String otherwise) {
        String text = element.getAttribute(attribute);
        return text == null || text.isBlank() ? otherwise : text;
    }
}
