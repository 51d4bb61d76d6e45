package org.loupe.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.loupe.core.Recipe;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkFile;

/**
 * A folder of a person's: networks, results with their recipes, and the questions that still wait for an answer.
 *
 * <p>One process at a time has a study open for writing; others may open it for reading. Everything appears in it
 * whole or not at all, so a process that is killed leaves nothing behind that a reader takes for a result. May be
 * used from several threads.
 */
public final class Study implements AutoCloseable {

    private final Path folder;
    private final StudyLock lock;
    private final Consumer<String> problems;
    private final Results results;
    private final QueuedQuestions queue;
    private final CheckedNetworks checks;
    private final ChosenPictures pictures;
    private final StoredJudgements judgements;
    private final StoredAnnotations annotations;
    private final StoredCircuits circuits;
    private final StoredEdits edits;

    private Study(Path folder, StudyLock lock, Consumer<String> problems) throws IOException {
        this.folder = folder;
        this.lock = lock;
        this.problems = problems;
        this.results = new Results(folder.resolve("results"), lock == null, problems);
        this.queue = new QueuedQuestions(folder.resolve("queue.json"), lock == null, problems);
        this.checks = new CheckedNetworks(folder.resolve("checks"), lock == null, problems);
        this.pictures = new ChosenPictures(folder.resolve("pictures.json"), lock == null, problems);
        this.judgements = new StoredJudgements(folder.resolve("judgements"), lock == null, problems);
        this.annotations = new StoredAnnotations(folder.resolve("annotations"), lock == null, problems);
        this.circuits = new StoredCircuits(folder.resolve("circuits"), lock == null);
        this.edits = new StoredEdits(folder.resolve("edits"), lock == null, problems);
    }

    /**
     * Opens a study for reading and writing; makes the folder when there is none.
     *
     * @param problems is told of everything damaged that is found now or later, in a sentence for a person
     * @throws StudyInUseException when another Loupe has it open
     * @throws StoreException      when the folder cannot be made or written
     */
    public static Study open(Path folder, Consumer<String> problems) {
        Path place = folder.toAbsolutePath().normalize();
        StudyLock lock = null;
        Study study = null;
        try {
            Files.createDirectories(place.resolve("networks"));
            Files.createDirectories(place.resolve("results"));
            lock = StudyLock.take(place);
            Unfinished.clean(place.resolve("results"));
            Unfinished.clean(place.resolve("networks"));
            Unfinished.clean(place);
            study = new Study(place, lock, problems);
            return study;
        } catch (IOException problem) {
            throw new StoreException("Could not open the study in " + place, problem);
        } finally {
            if (study == null) {
                release(lock);
            }
        }
    }

    /** Opens a study for reading and writing; what is damaged is told to the system's log. */
    public static Study open(Path folder) {
        return open(folder, Study::log);
    }

    /**
     * Opens a study for reading, also while another Loupe has it open; the folder need not exist.
     *
     * @param problems is told of everything damaged that is found, in a sentence for a person
     */
    public static Study openReadOnly(Path folder, Consumer<String> problems) {
        Path place = folder.toAbsolutePath().normalize();
        try {
            return new Study(place, null, problems);
        } catch (IOException problem) {
            throw new StoreException("Could not read the study in " + place, problem);
        }
    }

    /** Where the study is. */
    public Path folder() {
        return folder;
    }

    /**
     * A folder for what is needed to go on with an answer that is not complete. It may not exist yet; what is in it is
     * still there after the process was killed.
     */
    public Path workplace(Recipe recipe) {
        return folder.resolve("unfinished").resolve(recipe.question());
    }

    /**
     * Removes what is no longer needed because there is a complete answer.
     *
     * @throws StoreException when it cannot be removed
     */
    public void clearWorkplace(Recipe recipe) {
        requireWritable(isReadOnly(), folder);
        try {
            Unfinished.delete(workplace(recipe));
        } catch (IOException problem) {
            throw new StoreException("Could not remove " + workplace(recipe), problem);
        }
    }

    /** Whether nothing can be stored in it. */
    public boolean isReadOnly() {
        return lock == null;
    }

    /** What has been found so far. */
    public Results results() {
        return results;
    }

    /** The questions that were asked and not yet answered. */
    public QueuedQuestions queue() {
        return queue;
    }

    /** How the last checks of networks went. */
    public CheckedNetworks checks() {
        return checks;
    }

    /** What a person has said of pictures without knowing how much they excite a unit. */
    public StoredJudgements judgements() {
        return judgements;
    }

    /** Which pictures networks are asked with. */
    public ChosenPictures pictures() {
        return pictures;
    }

    /** What a person has written about networks. */
    public StoredAnnotations annotations() {
        return annotations;
    }

    /** The circuits that a person has drawn. */
    public StoredCircuits circuits() {
        return circuits;
    }

    /** The edits from which networks of the study were made. */
    public StoredEdits edits() {
        return edits;
    }

    /** The network files in the study, by name. */
    public List<Path> networks() {
        Path place = folder.resolve("networks");
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(NetworkFile.EXTENSION)
                    && !file.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException problem) {
            throw new StoreException("Could not list the networks in " + place, problem);
        }
    }

    /**
     * Copies a network into the study, under its own name; a network that is there already is not copied again.
     *
     * @return its file
     * @throws StoreException when it cannot be written
     */
    public synchronized Path add(Network network) {
        requireWritable(lock == null, folder);
        return write(network);
    }

    /**
     * Copies a network into the study with where it comes from. What was read from the same file before is replaced.
     *
     * @return its file
     * @throws StoreException when it cannot be written
     */
    public synchronized Path add(Network network, Origin origin) {
        requireWritable(lock == null, folder);
        Path file = origins().entrySet().stream().filter(one -> one.getValue().source().equals(origin.source()))
                .map(Map.Entry::getKey).findFirst().orElse(null);
        try {
            if (file == null) {
                file = write(network);
            } else {
                NetworkFile.write(network, file);
            }
            Unfinished.write(originOf(file), origin.bytesOfFile());
            return file;
        } catch (IOException problem) {
            throw new StoreException("Could not copy the network " + network + " to "
                    + folder.resolve("networks"), problem);
        }
    }

    /**
     * Notes that a network of the study was opened now, so that it comes first among the recent ones.
     *
     * @throws StoreException when it cannot be written
     */
    public synchronized void opened(Path network) {
        requireWritable(lock == null, folder);
        Origin origin = origins().get(network);
        if (origin != null) {
            try {
                Unfinished.write(originOf(network), origin.openedNow().bytesOfFile());
            } catch (IOException problem) {
                throw new StoreException("Could not note that " + network + " was opened", problem);
            }
        }
    }

    /** Where the networks in the study come from, by their files, the last opened first; only those that were read. */
    public Map<Path, Origin> origins() {
        Map<Path, Origin> found = new HashMap<>();
        for (Path network : networks()) {
            Path file = originOf(network);
            try {
                if (Files.exists(file)) {
                    found.put(network, Origin.read(file));
                }
            } catch (IOException damaged) {
                problems.accept("Where " + network + " comes from is not known any more: " + damaged.getMessage());
            }
        }
        Map<Path, Origin> newestFirst = new LinkedHashMap<>();
        found.entrySet().stream().sorted(Comparator.comparing(
                (Map.Entry<Path, Origin> one) -> Instant.parse(one.getValue().opened())).reversed())
                .forEach(one -> newestFirst.put(one.getKey(), one.getValue()));
        return newestFirst;
    }

    private static Path originOf(Path network) {
        String name = network.getFileName().toString();
        return network.resolveSibling(name.substring(0, name.length() - NetworkFile.EXTENSION.length()) + ".json");
    }

    private Path write(Network network) {
        String name = network.name().replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceFirst("^\\.+", "");
        for (int number = 1;; number++) {
            String unlike = number == 1 ? name : name + "-" + number;
            Path file = folder.resolve("networks").resolve(unlike + NetworkFile.EXTENSION);
            try {
                if (!Files.exists(file)) {
                    NetworkFile.write(network, file);
                    return file;
                }
                if (NetworkFile.read(file).hash().equals(network.hash())) {
                    return file;
                }
            } catch (NetworkException damaged) {
                problems.accept(damaged.getMessage());
            } catch (IOException problem) {
                throw new StoreException("Could not copy the network " + network + " to " + file, problem);
            }
        }
    }

    /** Lets others open the study; closing twice does nothing. */
    @Override
    public void close() {
        release(lock);
    }

    static void requireWritable(boolean readOnly, Path where) {
        if (readOnly) {
            throw new StoreException("The study in " + where + " is open for reading only; nothing was stored.");
        }
    }

    private static void release(StudyLock lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException problem) {
                log("The lock of a study could not be released: " + problem.getMessage());
            }
        }
    }

    private static void log(String problem) {
        System.getLogger(Study.class.getName()).log(System.Logger.Level.WARNING, problem);
    }
}
