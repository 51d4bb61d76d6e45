package org.loupe.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.jobs.Job;
import org.loupe.core.Analysis;
import org.loupe.core.Arguments;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.check.Checked;
import org.loupe.core.dictionary.KnownDictionaries;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.KnownScans;
import org.loupe.core.scan.Scan;
import org.loupe.store.CheckedNetworks.Verdict;
import org.loupe.store.StoreException;
import org.loupe.store.Study;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * An open study with the networks, engines and analyses that can be used in it. Everything that a window or a command
 * does goes through here. May be used from several threads, but only {@link #networks()} and what merely looks
 * something up is quick enough for a user interface's own thread.
 */
public final class Laboratory implements AutoCloseable {

    private static final long PATIENCE_NANOSECONDS = 10_000_000_000L;

    private final Study study;
    private final Registry registry;
    private final Networks networks;
    private final Sessions sessions;
    private final Agenda agenda;
    private final Workplaces workplaces;
    private final OpenPictures pictures;
    private final NetworkAnnotations annotations;
    private final EditedNetworks edits;
    private final StoredDictionaries dictionaries;
    private final Consumer<String> notices;

    private Laboratory(Study study, Registry registry, EngineChoice choice, Consumer<String> notices) {
        this.study = study;
        this.notices = notices;
        this.registry = registry;
        this.networks = new Networks(registry, study, notices);
        this.sessions = new Sessions(registry.engines(), choice, parallelism(), notices);
        this.agenda = new Agenda(study, notices);
        this.workplaces = new Workplaces(study, notices);
        this.pictures = new OpenPictures(new PictureSets(registry));
        this.annotations = new NetworkAnnotations(this, study.annotations(), notices);
        this.edits = new EditedNetworks(this);
        this.dictionaries = new StoredDictionaries(this);
    }

    /**
     * Opens a study with the engine that is set in the preferences; what goes wrong later without stopping the work
     * is told to the log of the running Eclipse.
     *
     * @throws org.loupe.store.StudyInUseException when another Loupe has it open
     * @throws org.loupe.store.StoreException      when the folder cannot be used
     */
    public static Laboratory open(Path studyFolder, Registry registry) {
        return open(studyFolder, registry, EngineChoice.ofPreferences(), ILog.of(Laboratory.class)::warn);
    }

    /**
     * Opens a study.
     *
     * @param notices hears of what a person should know although the work goes on: another engine is used, a stored
     *                result is damaged
     * @throws IllegalArgumentException            when there is no such engine and the choice is strict
     * @throws org.loupe.store.StudyInUseException when another Loupe has it open
     * @throws org.loupe.store.StoreException      when the folder cannot be used
     */
    public static Laboratory open(Path studyFolder, Registry registry, EngineChoice choice, Consumer<String> notices) {
        return over(Study.open(studyFolder, notices), registry, choice, notices);
    }

    /** Opens a study for reading, also while another Loupe has it open: results are not stored. */
    public static Laboratory openReadOnly(Path studyFolder, Registry registry, EngineChoice choice,
            Consumer<String> notices) {
        return over(Study.openReadOnly(studyFolder, notices), registry, choice, notices);
    }

    private static Laboratory over(Study study, Registry registry, EngineChoice choice, Consumer<String> notices) {
        try {
            return new Laboratory(study, registry, choice, notices);
        } catch (RuntimeException problem) {
            study.close();
            throw problem;
        }
    }

    /** The open study. */
    public Study study() {
        return study;
    }

    /** What is installed. */
    public Registry registry() {
        return registry;
    }

    /** The networks that come with plug-ins, then those of the study; what cannot be read is left out and told about. */
    public List<Network> networks() {
        return networks.all();
    }

    /**
     * The network that a person means: the name of one that comes with a plug-in or is in the study, or a file.
     *
     * @throws IllegalArgumentException when there is none, naming what was probably meant
     * @throws org.loupe.core.network.NetworkException when there is one but it cannot be read
     */
    public Network network(String nameOrFile) {
        return open(nameOrFile, InputChoice.NONE).network();
    }

    /**
     * The network that a person means, with what is known of its reading. A file that the study has a network of is not
     * read again unless something is chosen, so what was chosen when it was {@linkplain #keep kept} holds.
     *
     * @param choice what the person says about the network's input
     * @throws IllegalArgumentException when there is none, naming what was probably meant
     * @throws org.loupe.core.network.NetworkException when there is one but it cannot be read
     */
    public OpenedNetwork open(String nameOrFile, InputChoice choice) {
        return networks.find(nameOrFile, choice);
    }

    /** What is known of the reading of a network that this laboratory has read. */
    public Optional<OpenedNetwork> opened(Network network) {
        return networks.opened(network);
    }

    /**
     * Writes a network into the study with where it comes from, in place of what was read from the same file before.
     *
     * @return the network, which is now among {@link #networks()}
     * @throws org.loupe.store.StoreException when it cannot be written
     */
    public Network keep(OpenedNetwork opened) {
        return networks.keep(opened);
    }

    /** Whether the study keeps a network, so that it is there at the next start. */
    public boolean isKept(Network network) {
        return networks.file(network).isPresent();
    }

    /**
     * Notes that a network which the study keeps was opened now, so that it comes first among the recent ones.
     *
     * @throws org.loupe.store.StoreException when that cannot be written
     */
    public void touch(Network network) {
        networks.file(network).ifPresent(study::opened);
    }

    /** Whether a network comes with a plug-in, and is no file of the person's. */
    public boolean isBundled(Network network) {
        return networks.isBundled(network);
    }

    /** How the last check of a network went; nothing where it was not checked yet. */
    public Optional<Verdict> verdict(Network network) {
        return study.checks().find(hash(network));
    }

    /**
     * Checks whether a network computes here what it should, and remembers it in the study.
     *
     * @throws IllegalArgumentException when there is no engine of a name, or the network has no layers
     * @throws org.loupe.core.engine.EngineException when there are no two engines that can run the network
     */
    public NetworkCheck.Answer check(NetworkCheck check, Network network, Observer<? super Checked> observer) {
        Set<Registered<Engine>> candidates = new LinkedHashSet<>(sessions.candidates());
        candidates.addAll(registry.engines());
        NetworkCheck.Answer answer = check.run(this, List.copyOf(candidates), network, observer);
        if (!study.isReadOnly()) {
            study.results().put(answer.recipe(), answer.checked());
            study.checks().put(hash(network), answer.checked());
        }
        return answer;
    }

    /** What is written about the units of networks. */
    public NetworkAnnotations annotations() {
        return annotations;
    }

    /** The networks that are made of others by edits. */
    public EditedNetworks edits() {
        return edits;
    }

    /** The dictionaries of a network's layers that the study has. Reads files, so not for a user interface's own thread. */
    public KnownDictionaries dictionaries(Network network) {
        return dictionaries.of(network);
    }

    /**
     * Keeps a network in the study that was made of another, and asks it with the same pictures.
     *
     * @param how it was made, for a person
     * @return the network, or the one of the same content that was there
     * @throws org.loupe.store.StoreException when it cannot be written
     */
    public Network keepMade(Network made, Network of, String how) {
        Optional<Network> known = networks().stream().filter(one -> hash(one).equals(hash(made))).findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        Network kept = keep(new OpenedNetwork(new NetworkReading(made, Certainty.STATED, Certainty.STATED, List.of()), how,
                Optional.empty()));
        picturesOf(of).ifPresent(pictures -> choosePictures(kept, pictures));
        return kept;
    }

    /** Whether {@link #network} would find something to read. */
    public boolean isNetwork(String nameOrFile) {
        return networks.isKnown(nameOrFile);
    }

    /**
     * The engine that runs networks here; found out by trying, which may take a second the first time.
     *
     * @throws org.loupe.core.engine.EngineException when none can
     */
    public Engine engine() {
        return sessions.engine();
    }

    /**
     * How many questions are worth asking at the same time: each gets a session of its own, and each session as many
     * threads as {@code OMP_NUM_THREADS} in the environment says; without it, all processors.
     */
    public static int parallelism() {
        int processors = Runtime.getRuntime().availableProcessors();
        String threads = System.getenv().getOrDefault("OMP_NUM_THREADS", "");
        return threads.matches("[1-9]\\d{0,3}") ? Math.max(1, processors / Integer.parseInt(threads)) : 1;
    }

    /**
     * The session of a network, shared by all who ask and closed with this laboratory.
     *
     * @throws org.loupe.core.engine.EngineException when no engine can run the network
     */
    public Session session(Network network) {
        return sessions.session(network, networks.hash(network));
    }

    /** SHA-256 of a network, found once and kept. */
    public String hash(Network network) {
        return networks.hash(network);
    }

    /**
     * The pictures that a network is asked with where nobody says otherwise: what was {@linkplain #choosePictures chosen}
     * for it, or else the set that comes with the same plug-in. Nothing where neither is there.
     *
     * @return a name, folder or file, for {@link #pictures(String)}
     */
    public Optional<String> picturesOf(Network network) {
        return study.pictures().find(hash(network)).or(() -> isBundled(network)
                ? new PictureSets(registry).standard(network.name()) : Optional.empty());
    }

    /**
     * Remembers in the study which pictures a network is to be asked with.
     *
     * @param nameOrPlace name of a set that comes with a plug-in, or a folder or file
     * @throws org.loupe.store.StoreException when it cannot be written
     */
    public void choosePictures(Network network, String nameOrPlace) {
        study.pictures().put(hash(network), nameOrPlace);
    }

    /**
     * A picture set, shared by all who ask and closed with this laboratory; opening a folder takes looking through it.
     *
     * @throws IllegalArgumentException      when there is nothing of the name, naming what was probably meant
     * @throws java.io.UncheckedIOException  when the place cannot be read as a picture set
     */
    public PictureSet pictures(String nameOrPlace) {
        return pictures.set(nameOrPlace);
    }

    /**
     * The one picture that a person means, as a set that has only this picture; whoever asks closes it.
     *
     * @param fileOrPicture as {@link PictureSets#openOne} understands it
     * @throws IllegalArgumentException     when there is nothing of the name, saying what there is
     * @throws java.io.UncheckedIOException when it cannot be read
     */
    public PictureSet picture(String fileOrPicture) {
        try {
            return new PictureSets(registry).openOne(fileOrPicture);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem.getMessage(), problem);
        }
    }

    /**
     * Runs a network for a moment, beside what is running already as far as this machine can serve it.
     *
     * @throws org.loupe.core.engine.EngineException when no engine can run the network
     */
    public <T> T run(Network network, Function<Session, T> work) {
        try (Sessions.Use use = sessions.use(network, hash(network))) {
            return work.apply(use.session());
        }
    }

    /** How the answer to a question is, or would be, made here. */
    public Recipe recipe(Registered<? extends Analysis<?, ?>> analysis, Record arguments, Network network) {
        return recipe(analysis, arguments, network, Optional.empty());
    }

    /**
     * How the answer to a question is, or would be, made here.
     *
     * @param pictures that are asked about; their hash may take reading all of them
     */
    public Recipe recipe(Registered<? extends Analysis<?, ?>> analysis, Record arguments, Network network,
            Optional<PictureSet> pictures) {
        String hash = networks.hash(network);
        Engine engine = sessions.engine(hash);
        return new Recipe(analysis.id(), Arguments.text(settled(analysis, arguments, network)), hash,
                pictures.map(this.pictures::hash).orElse(""), engine.name(), engine.description(), version());
    }

    /** The question that is meant, with what this study has. */
    @SuppressWarnings("unchecked") // the analysis says itself which arguments it takes
    private <A extends Record> A settled(Registered<? extends Analysis<?, ?>> analysis, A arguments, Network network) {
        return ((Analysis<A, ?>) analysis.value()).settled(arguments, dictionaries.of(network));
    }

    /** The stored answer to a question, complete or partial, without running anything. */
    public <A extends Record, R extends Result> Optional<R> stored(Registered<? extends Analysis<A, R>> analysis,
            A arguments, Network network) {
        return stored(analysis, arguments, network, Optional.empty());
    }

    /** The stored answer to a question about pictures, complete or partial, without running anything. */
    public <A extends Record, R extends Result> Optional<R> stored(Registered<? extends Analysis<A, R>> analysis,
            A arguments, Network network, Optional<PictureSet> pictures) {
        return study.results().find(recipe(analysis, arguments, network, pictures), analysis.value());
    }

    /**
     * Answers a question, from the store where there is a complete answer, and stores what it finds, also a partial
     * answer. In a study that is open for reading only, nothing is stored.
     *
     * @param fresh whether to run although there is a stored answer
     * @throws IllegalArgumentException       when the arguments make no sense for this network
     * @throws org.loupe.store.StoreException when the answer was found but cannot be stored
     */
    public <A extends Record, R extends Result> R ask(Registered<? extends Analysis<A, R>> analysis, A arguments,
            Network network, Observer<? super R> observer, boolean fresh) {
        return ask(analysis, arguments, network, observer, fresh, found -> { });
    }

    /**
     * Answers a question as {@link #ask(Registered, Record, Network, Observer, boolean) ask} does, but hands out what
     * was found before storing it, so that it is not lost with a full disk.
     *
     * @param found receives the answer first
     */
    public <A extends Record, R extends Result> R ask(Registered<? extends Analysis<A, R>> analysis, A arguments,
            Network network, Observer<? super R> observer, boolean fresh, Consumer<? super R> found) {
        return ask(analysis, arguments, network, Optional.empty(), observer, fresh, found);
    }

    /**
     * Answers a question about pictures in the same way. Where it was interrupted, it goes on.
     *
     * @param pictures the set that is asked about, which stays open; there where {@link Analysis#needsPictures}
     */
    public <A extends Record, R extends Result> R ask(Registered<? extends Analysis<A, R>> analysis, A asked,
            Network network, Optional<PictureSet> pictures, Observer<? super R> observer, boolean fresh,
            Consumer<? super R> found) {
        A arguments = settled(analysis, asked, network);
        if (analysis.value().needsOnePicture() && pictures.isEmpty()) {
            throw new IllegalArgumentException(analysis.name() + " needs a picture. Name a file, or a picture of a set such as"
                    + " drawn:17.");
        }
        if (analysis.value().needsPictures(arguments) && pictures.isEmpty()) {
            throw new IllegalArgumentException(analysis.name() + " needs pictures. Name a picture set, a folder, an archive"
                    + " or a list.");
        }
        Optional<R> stored = fresh ? Optional.empty() : complete(analysis, arguments, network, pictures);
        if (stored.isEmpty() && !fresh) {
            // Where the usual engine cannot run this network, the answers are kept under the engine that can.
            Engine expected = sessions.engine(networks.hash(network));
            if (session(network).engine() != expected) {
                stored = complete(analysis, arguments, network, pictures);
            }
        }
        if (stored.isPresent()) {
            found.accept(stored.get());
            return stored.get();
        }
        session(network);
        Recipe recipe = recipe(analysis, arguments, network, pictures);
        R result;
        try (Sessions.Use use = sessions.use(network, networks.hash(network))) {
            Optional<Material.Pictures> material =
                    pictures.map(set -> new Material.Pictures(set, workplaces.folder(recipe, fresh)));
            result = analysis.value().run(new Material(use.session(), material, registry.families(),
                    registry.objectives(), pictures.map(set -> scans(network, set)).orElse(KnownScans.NONE),
                    registry.detectors(), dictionaries.of(network)), arguments, observer);
        }
        found.accept(result);
        if (!study.isReadOnly()) {
            study.results().put(recipe, result);
        }
        if (pictures.isPresent() && !result.isPartial()) {
            workplaces.done(recipe);
        }
        return result;
    }

    /** The complete scans of these pictures that the study has. */
    private KnownScans scans(Network network, PictureSet pictures) {
        if (registry.analyses().stream().noneMatch(one -> one.value() instanceof Scan)) {
            return KnownScans.NONE;
        }
        StoredScans stored = new StoredScans(this);
        return (tap, fitting) -> stored.find(network, pictures, tap)
                .filter(found -> !found.scanned().isPartial() && found.arguments().fitting() == fitting)
                .map(StoredScans.Stored::scanned);
    }

    private <A extends Record, R extends Result> Optional<R> complete(Registered<? extends Analysis<A, R>> analysis,
            A arguments, Network network, Optional<PictureSet> pictures) {
        return stored(analysis, arguments, network, pictures).filter(result -> !result.isPartial());
    }

    /**
     * Jobs for the questions that were asked before this study was last closed and not answered, not yet scheduled.
     * What can no longer be asked, because a plug-in or a network is gone, is forgotten.
     */
    public List<AnalysisJob<?, ?>> interrupted() {
        List<Network> known = networks();
        List<AnalysisJob<?, ?>> jobs = new ArrayList<>();
        for (Recipe question : agenda.interrupted()) {
            Optional<AnalysisJob<?, ?>> job = known.stream().filter(one -> hash(one).equals(question.network()))
                    .findFirst().flatMap(network -> job(question, network));
            job.ifPresentOrElse(jobs::add, () -> agenda.forget(question));
        }
        return jobs;
    }

    private Optional<AnalysisJob<?, ?>> job(Recipe question, Network network) {
        try {
            Optional<String> asked = Optional.of(question.pictures()).filter(place -> !place.isEmpty());
            return Optional.of(AnalysisJob.of(this, registry.analysis(question.analysis()), question.arguments(),
                    network, asked));
        } catch (IllegalArgumentException | BrokenExtensionException changed) {
            return Optional.empty();
        }
    }

    /** What is still to be done, kept for the next start. */
    Agenda agenda() {
        return agenda;
    }

    /** Version of Loupe, for recipes. */
    public static String version() {
        Bundle bundle = FrameworkUtil.getBundle(Laboratory.class);
        return bundle == null ? "development" : bundle.getVersion().toString();
    }

    /** Stops this laboratory's jobs, which go on at the next start, and closes its sessions and the study. */
    @Override
    public void close() {
        agenda.close();
        Job.getJobManager().cancel(this);
        long deadline = System.nanoTime() + PATIENCE_NANOSECONDS;
        try {
            Job.getJobManager().join(this, new NullProgressMonitor() {
                @Override
                public boolean isCanceled() {
                    return System.nanoTime() > deadline;
                }
            });
            sessions.close();
        } catch (OperationCanceledException late) {
            notices.accept("Some work did not stop within ten seconds; its memory is released when Loupe ends.");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            workplaces.close();
            pictures.close();
            storeAnnotations();
            study.close();
        }
    }

    private void storeAnnotations() {
        try {
            annotations.store();
        } catch (StoreException lost) {
            notices.accept(lost.getMessage());
        }
    }
}
