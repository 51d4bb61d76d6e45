package org.loupe.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.Spelling;
import org.loupe.store.Origin;
import org.loupe.store.StoreException;
import org.loupe.store.Study;

/** The networks of a study and of plug-ins, each read once. */
final class Networks {

    private final Registry registry;
    private final Study study;
    private final Consumer<String> notices;
    /** Reading a file takes seconds, so nobody who asks what was read waits for {@link #reading}. */
    private final Map<Stamp, OpenedNetwork> read = new ConcurrentHashMap<>();
    private final Object reading = new Object();
    private final long mostBytes;
    private final Set<Path> told = new HashSet<>();
    private final Map<Network, String> hashes = new WeakHashMap<>();

    /** A state of a file, read with a choice. */
    private record Stamp(Path file, long size, long changed, InputChoice choice) {

        static Stamp of(Path file, InputChoice choice) throws IOException {
            return new Stamp(file, Files.size(file), Files.getLastModifiedTime(file).toMillis(), choice);
        }
    }

    Networks(Registry registry, Study study, Consumer<String> notices) {
        this(registry, study, notices, Runtime.getRuntime().maxMemory() / 4);
    }

    /** @param mostBytes how large the files may be together that are read without being asked for */
    Networks(Registry registry, Study study, Consumer<String> notices, long mostBytes) {
        this.mostBytes = mostBytes;
        this.registry = registry;
        this.study = study;
        this.notices = notices;
    }

    /** Those of plug-ins, then those of the study; what cannot be read is told about and left out. */
    List<Network> all() {
        List<Network> networks = new ArrayList<>();
        for (Registered<Supplier<Network>> bundled : registry.networks()) {
            attempt(() -> bundled(bundled)).ifPresent(opened -> networks.add(opened.network()));
        }
        Set<Path> left = tooMuch();
        for (Path file : study.networks()) {
            if (!left.contains(file)) {
                attempt(() -> read(file, InputChoice.NONE)).ifPresent(opened -> networks.add(opened.network()));
            }
        }
        return networks;
    }

    /**
     * The files of the study that are not read by themselves, for together with those that were opened later they are
     * too large for this machine's memory; each is told about once.
     */
    private Set<Path> tooMuch() {
        List<Path> newestFirst = new ArrayList<>(study.networks());
        List<Path> opened = List.copyOf(study.origins().keySet());
        newestFirst.sort(Comparator.comparingInt(opened::indexOf));
        Set<Path> left = new HashSet<>();
        long bytes = 0;
        synchronized (reading) {
            Set<Path> there = read.keySet().stream().map(Stamp::file).collect(Collectors.toSet());
            for (Path file : newestFirst) {
                bytes += file.toFile().length();
                if (bytes > mostBytes && !there.contains(file)) {
                    left.add(file);
                    if (told.add(file)) {
                        notices.accept("The network " + withoutExtension(file) + " was not opened, to save memory. It is"
                                + " opened when it is asked for.");
                    }
                }
            }
        }
        return left;
    }

    /** The network that a person means by a name or a file. */
    OpenedNetwork find(String nameOrFile, InputChoice choice) {
        for (Registered<Supplier<Network>> bundled : registry.networks()) {
            if (bundled.shortName().equals(nameOrFile) || bundled.id().equals(nameOrFile)) {
                return LoupeFileReader.chosen(bundled(bundled), choice);
            }
        }
        Optional<Path> file = file(nameOrFile);
        if (file.isPresent()) {
            return read(file.get(), choice);
        }
        List<Network> known = all();
        return known.stream().filter(network -> network.name().equals(nameOrFile)).findFirst()
                .map(network -> LoupeFileReader.chosen(opened(network).orElse(OpenedNetwork.of(network)), choice))
                .orElseThrow(() -> new IllegalArgumentException("There is no network and no file " + nameOrFile + ". "
                        + Spelling.suggestion(nameOrFile, names(known))));
    }

    /** What is known of the reading of a network that was read here. */
    Optional<OpenedNetwork> opened(Network network) {
        return read.values().stream().filter(one -> one.network() == network).findFirst();
    }

    /** The file in which the study keeps a network, where it does. */
    Optional<Path> file(Network network) {
        return read.entrySet().stream().filter(one -> one.getValue().network() == network
                && one.getKey().file().startsWith(study.folder())).map(one -> one.getKey().file()).findFirst();
    }

    /** Whether a network comes with a plug-in. */
    boolean isBundled(Network network) {
        return read.entrySet().stream().anyMatch(one -> one.getValue().network() == network
                && one.getKey().size() < 0);
    }

    /** Whether a person could mean a network by this; reads none. */
    boolean isKnown(String nameOrFile) {
        return registry.networks().stream().anyMatch(bundled -> bundled.shortName().equals(nameOrFile)
                || bundled.id().equals(nameOrFile))
                || file(nameOrFile).isPresent()
                || study.networks().stream().anyMatch(file -> withoutExtension(file).equals(nameOrFile));
    }

    private List<String> names(List<Network> known) {
        List<String> names = new ArrayList<>(registry.networks().stream().map(Registered::shortName).toList());
        known.stream().map(Network::name).filter(name -> !names.contains(name)).forEach(names::add);
        return names;
    }

    private Optional<Path> file(String nameOrFile) {
        try {
            Path file = Path.of(nameOrFile);
            return Files.isRegularFile(file) ? Optional.of(file) : study.networks().stream()
                    .filter(own -> withoutExtension(own).equals(nameOrFile)).findFirst();
        } catch (InvalidPathException notOne) {
            return Optional.empty();
        }
    }

    private static String withoutExtension(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    private OpenedNetwork bundled(Registered<Supplier<Network>> bundled) {
        Supplier<Network> supplier = bundled.value();
        synchronized (reading) {
            return read.computeIfAbsent(new Stamp(Path.of(bundled.id()), -1, -1, InputChoice.NONE),
                    stamp -> OpenedNetwork.of(supplier.get()));
        }
    }

    /** Reads a file, or what the study has of it where nothing else is chosen. */
    OpenedNetwork read(Path file, InputChoice choice) {
        Path place = file.toAbsolutePath().normalize();
        try {
            Map<Path, Origin> origins = study.origins();
            Optional<Path> kept = choice.equals(InputChoice.NONE) ? kept(origins, place) : Optional.empty();
            Path from = kept.orElse(place);
            synchronized (reading) {
                Stamp stamp = Stamp.of(from, choice);
                OpenedNetwork opened = read.get(stamp);
                if (opened == null) {
                    Origin origin = origins.get(from);
                    opened = origin == null ? readFile(from, choice) : readKept(from, choice, origin);
                    read.put(stamp, opened);
                    read.keySet().removeIf(old -> old.file().equals(from) && !old.equals(stamp));
                }
                return opened;
            }
        } catch (IOException problem) {
            throw new NetworkException("The network in " + file + " cannot be read: " + message(problem));
        }
    }

    private static String message(IOException problem) {
        return problem instanceof NoSuchFileException ? "the file is gone." : problem.getMessage();
    }

    private static Optional<Path> kept(Map<Path, Origin> origins, Path place) throws IOException {
        for (Map.Entry<Path, Origin> origin : origins.entrySet()) {
            if (origin.getValue().isStill(place)) {
                return Optional.of(origin.getKey());
            }
        }
        return Optional.empty();
    }

    private OpenedNetwork readFile(Path place, InputChoice choice) throws IOException {
        Registry.Reader reader = registry.readerOf(place.getFileName().toString())
                .orElseThrow(() -> new IllegalArgumentException("No plug-in reads networks from files such as " + place
                        + ". Files may end with " + String.join(", ",
                                registry.readers().stream().map(Registry.Reader::extension).toList()) + "."));
        boolean own = place.startsWith(study.folder());
        return new OpenedNetwork(reader.reader().value().read(place, choice), reader.reader().name(),
                own ? Optional.empty() : Optional.of(place));
    }

    /** What the study keeps of another file. */
    private static OpenedNetwork readKept(Path kept, InputChoice choice, Origin origin) throws IOException {
        NetworkReading reading = new NetworkReading(NetworkFile.read(kept), origin.colours(), origin.size(),
                origin.remarks());
        return LoupeFileReader.chosen(new OpenedNetwork(reading, origin.format(), Optional.of(Path.of(origin.source()))),
                choice);
    }

    /**
     * Writes a network into the study, with where it comes from; it is not read again, also not by whoever finds the
     * file before this is done.
     */
    Network keep(OpenedNetwork opened) {
        try {
            Optional<Origin> origin = opened.file().isPresent()
                    ? Optional.of(Origin.of(opened.file().get(), opened.format(), opened.reading())) : Optional.empty();
            synchronized (reading) {
                Path file = origin.isPresent() ? study.add(opened.network(), origin.get())
                        : study.add(opened.network());
                Stamp stamp = Stamp.of(file, InputChoice.NONE);
                read.put(stamp, opened);
                read.keySet().removeIf(old -> !old.equals(stamp) && (old.file().equals(file)
                        || opened.file().map(Path::toAbsolutePath).filter(old.file()::equals).isPresent()));
            }
            return opened.network();
        } catch (IOException problem) {
            throw new StoreException("Could not copy the network " + opened.network() + " into the study", problem);
        }
    }

    private Optional<OpenedNetwork> attempt(Supplier<OpenedNetwork> reading) {
        try {
            return Optional.of(reading.get());
        } catch (RuntimeException | LinkageError broken) {
            notices.accept(broken.getMessage());
            return Optional.empty();
        }
    }

    /** SHA-256 of a network, found once. */
    String hash(Network network) {
        synchronized (hashes) {
            return hashes.computeIfAbsent(network, Network::hash);
        }
    }
}
