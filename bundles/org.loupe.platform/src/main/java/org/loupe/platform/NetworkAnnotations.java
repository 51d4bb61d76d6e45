package org.loupe.platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.loupe.core.annotation.AnnotationSet;
import org.loupe.core.annotation.Annotations;
import org.loupe.core.annotation.Edit;
import org.loupe.core.annotation.Known;
import org.loupe.core.annotation.Known.Published;
import org.loupe.core.network.Network;
import org.loupe.store.StoreException;
import org.loupe.store.StoredAnnotations;

/**
 * What is written about networks: read when it is first asked for, changed in memory at once, written to the study by
 * {@link #store}. May be used from several threads.
 */
public final class NetworkAnnotations {

    private final Laboratory laboratory;
    private final StoredAnnotations stored;
    private final Consumer<String> notices;
    private final Map<String, Known> known = new HashMap<>();
    private final Map<String, Network> unsaved = new LinkedHashMap<>();
    private final List<Consumer<Network>> listeners = new CopyOnWriteArrayList<>();

    NetworkAnnotations(Laboratory laboratory, StoredAnnotations stored, Consumer<String> notices) {
        this.laboratory = laboratory;
        this.stored = stored;
        this.notices = notices;
    }

    /**
     * All that is written about a network. The first time for each network this reads a file.
     *
     * @throws StoreException when the file cannot be read
     */
    public Known known(Network network) {
        String hash = laboratory.hash(network);
        synchronized (this) {
            Known found = known.get(hash);
            if (found == null) {
                found = new Known(stored.read(hash), published(network));
                known.put(hash, found);
            }
            return found;
        }
    }

    private List<Published> published(Network network) {
        List<Published> sets = new ArrayList<>();
        for (Registered<AnnotationSet> set : laboratory.registry().annotations()) {
            try {
                Optional<Annotations> about = set.value().about(network);
                about.ifPresent(found -> sets.add(new Published(set.name(), found)));
            } catch (RuntimeException broken) {
                notices.accept("The annotations " + set.id() + " from the plug-in " + set.contributor()
                        + " are left out: " + broken.getMessage());
            }
        }
        return sets;
    }

    /**
     * Changes what the person has written about a network, and tells the listeners on this thread.
     *
     * @return the edit that takes this one back
     */
    public Edit change(Network network, Edit edit) {
        Annotations before = known(network).own();
        Edit back;
        synchronized (this) {
            String hash = laboratory.hash(network);
            before = known.get(hash).own();
            back = edit.inverse(before);
            known.put(hash, new Known(edit.apply(before), known.get(hash).published()));
            unsaved.put(hash, network);
        }
        listeners.forEach(listener -> listener.accept(network));
        return back;
    }

    /**
     * Writes to the study what has changed since; this waits for the disk.
     *
     * @throws StoreException when it cannot be written; it is kept in memory and tried again the next time
     */
    public synchronized void store() {
        for (Map.Entry<String, Network> one : List.copyOf(unsaved.entrySet())) {
            stored.write(one.getKey(), one.getValue().name(), known.get(one.getKey()).own());
            unsaved.remove(one.getKey());
        }
    }

    /** Tells somebody about every change, on the thread on which it is made; the returned action ends that. */
    public Runnable listen(Consumer<Network> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
