package org.loupe.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReader;
import org.loupe.core.network.Spelling;
import org.loupe.store.Study;

/** The networks of a study and of plug-ins, each read once. */
final class Networks {

    private final Registry registry;
    private final Study study;
    private final Consumer<String> notices;
    private final Map<Stamp, Network> read = new HashMap<>();
    private final Map<Network, String> hashes = new WeakHashMap<>();

    /** A state of a file. */
    private record Stamp(Path file, long size, long changed) {
    }

    Networks(Registry registry, Study study, Consumer<String> notices) {
        this.registry = registry;
        this.study = study;
        this.notices = notices;
    }

    /** Those of plug-ins, then those of the study; what cannot be read is told about and left out. */
    List<Network> all() {
        List<Network> networks = new ArrayList<>();
        for (Registered<Supplier<Network>> bundled : registry.networks()) {
            attempt(() -> bundled(bundled)).ifPresent(networks::add);
        }
        for (Path file : study.networks()) {
            attempt(() -> read(file)).ifPresent(networks::add);
        }
        return networks;
    }

    /** The network that a person means by a name or a file. */
    Network find(String nameOrFile) {
        for (Registered<Supplier<Network>> bundled : registry.networks()) {
            if (bundled.shortName().equals(nameOrFile) || bundled.id().equals(nameOrFile)) {
                return bundled(bundled);
            }
        }
        Optional<Path> file = file(nameOrFile);
        if (file.isPresent()) {
            return read(file.get());
        }
        List<Network> known = all();
        return known.stream().filter(network -> network.name().equals(nameOrFile)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no network and no file " + nameOrFile + ". "
                        + Spelling.suggestion(nameOrFile, names(known))));
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

    private Network bundled(Registered<Supplier<Network>> bundled) {
        Supplier<Network> supplier = bundled.value();
        synchronized (read) {
            return read.computeIfAbsent(new Stamp(Path.of(bundled.id()), -1, -1), stamp -> supplier.get());
        }
    }

    private Network read(Path file) {
        Path place = file.toAbsolutePath().normalize();
        NetworkReader reader = registry.reader(place.getFileName().toString())
                .orElseThrow(() -> new IllegalArgumentException("No plug-in reads networks from files such as " + file
                        + ". Files may end with " + String.join(", ",
                                registry.readers().stream().map(Registry.Reader::extension).toList()) + "."));
        try {
            Stamp stamp = new Stamp(place, Files.size(place), Files.getLastModifiedTime(place).toMillis());
            synchronized (read) {
                Network network = read.get(stamp);
                if (network == null) {
                    network = reader.read(place, InputChoice.NONE).network();
                    read.keySet().removeIf(old -> old.file().equals(place));
                    read.put(stamp, network);
                }
                return network;
            }
        } catch (IOException problem) {
            throw new NetworkException("The network in " + file + " cannot be read: " + problem.getMessage());
        }
    }

    private Optional<Network> attempt(Supplier<Network> reading) {
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
