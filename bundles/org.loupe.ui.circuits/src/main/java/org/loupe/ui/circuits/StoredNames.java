package org.loupe.ui.circuits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.ILog;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.store.StoreException;

/**
 * The circuits of a network that the study has, by name.
 *
 * @param network {@code null} where there is none
 */
record StoredNames(Network network, List<Entry> files) {

    /** No network is looked at. */
    static final StoredNames NONE = new StoredNames(null, List.of());

    /** A circuit and its file. */
    record Entry(String name, Path file) {
    }

    StoredNames {
        files = List.copyOf(files);
    }

    /** Reads which there are; a damaged one is there under the name of its file. */
    static StoredNames of(Laboratory laboratory, Network network) {
        List<Entry> found = new ArrayList<>();
        for (Path file : laboratory.study().circuits().files(laboratory.hash(network))) {
            String name;
            try {
                name = laboratory.study().circuits().read(file).name();
            } catch (StoreException damaged) {
                ILog.of(StoredNames.class).warn(damaged.getMessage(), damaged);
                name = file.getFileName().toString();
            }
            found.add(new Entry(name, file));
        }
        return new StoredNames(network, found);
    }

    /** A name that no other circuit has: the one that is wanted, or that with a number. */
    String free(String wanted) {
        for (int number = 1;; number++) {
            String name = number == 1 ? wanted : wanted + " (" + number + ")";
            if (files.stream().noneMatch(entry -> entry.name().equals(name))) {
                return name;
            }
        }
    }
}
