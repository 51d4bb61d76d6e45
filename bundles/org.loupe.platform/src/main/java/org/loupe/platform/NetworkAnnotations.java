package org.loupe.platform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.loupe.core.annotation.AnnotationSet;
import org.loupe.core.annotation.Annotations;
import org.loupe.core.annotation.Edit;
import org.loupe.core.annotation.Known;
import org.loupe.core.annotation.Known.Published;
import org.loupe.core.network.Network;
import org.loupe.core.surgery.EditStack;
import org.loupe.store.StoreException;
import org.loupe.store.StoredAnnotations;

/**
 * What is written about networks: read when it is first asked for, changed in memory at once, written to the study by
 * {@link #store}. Of a network that is made of another by edits, what is written about that one is known, too, as if it were
 * published; what is written about the edited network is its own. May be used from several threads.
 */
public final class NetworkAnnotations {

    private final Laboratory laboratory;
    private final StoredAnnotations stored;
    private final Consumer<String> notices;
    private final Map<String, Annotations> own = new HashMap<>();
    private final Map<String, List<Published>> published = new HashMap<>();
    private final Map<String, List<Origin>> origins = new HashMap<>();
    private final Set<Network> heirs = Collections.newSetFromMap(new WeakHashMap<>());
    private final Map<String, Network> unsaved = new LinkedHashMap<>();
    private final List<Consumer<Network>> listeners = new CopyOnWriteArrayList<>();

    NetworkAnnotations(Laboratory laboratory, StoredAnnotations stored, Consumer<String> notices) {
        this.laboratory = laboratory;
        this.stored = stored;
        this.notices = notices;
    }

    /** A network of which another is made. */
    private record Origin(String hash, String name) {
    }

    /**
     * All that is written about a network. The first time for each network this reads files.
     *
     * @throws StoreException when a file cannot be read
     */
    public Known known(Network network) {
        String hash = laboratory.hash(network);
        synchronized (this) {
            List<Published> others = new ArrayList<>();
            for (Origin origin : origins.computeIfAbsent(hash, any -> origins(network))) {
                heirs.add(network);
                Annotations inherited = own(origin.hash);
                if (!inherited.units().isEmpty()) {
                    others.add(new Published(origin.name, inherited));
                }
            }
            others.addAll(published.computeIfAbsent(hash, any -> published(network)));
            return new Known(own(hash), others);
        }
    }

    private Annotations own(String hash) {
        return own.computeIfAbsent(hash, stored::read);
    }

    /** The network of which one is made by edits, then that of which this is made, and so on. */
    private List<Origin> origins(Network network) {
        List<Origin> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Optional<EditStack> edits = laboratory.edits().of(network);
        while (edits.isPresent() && names.add(edits.get().name())) {
            String base = edits.get().base();
            found.add(new Origin(base, edits.get().baseName()));
            edits = laboratory.study().edits().find(edits.get().baseName()).filter(stack -> !stack.base().equals(base));
        }
        return found;
    }

    /**
     * Takes what a person has written about an edited network over to the one that further edits have made of it.
     *
     * @throws StoreException when it cannot be written
     */
    void carry(Network from, Network to) {
        String hash = laboratory.hash(to);
        synchronized (this) {
            origins.remove(hash);
            Annotations written = own(laboratory.hash(from));
            if (written.equals(own(hash))) {
                return;
            }
            own.put(hash, written);
            unsaved.put(hash, to);
        }
        store();
        listeners.forEach(listener -> listener.accept(to));
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
        Edit back;
        List<Network> concerned = new ArrayList<>(List.of(network));
        synchronized (this) {
            String hash = laboratory.hash(network);
            Annotations before = own(hash);
            back = edit.inverse(before);
            own.put(hash, edit.apply(before));
            unsaved.put(hash, network);
            heirs.stream().filter(heir -> origins.getOrDefault(laboratory.hash(heir), List.of()).stream()
                    .anyMatch(origin -> origin.hash.equals(hash))).forEach(concerned::add);
        }
        concerned.forEach(one -> listeners.forEach(listener -> listener.accept(one)));
        return back;
    }

    /**
     * Writes to the study what has changed since; this waits for the disk.
     *
     * @throws StoreException when it cannot be written; it is kept in memory and tried again the next time
     */
    public synchronized void store() {
        for (Map.Entry<String, Network> one : List.copyOf(unsaved.entrySet())) {
            stored.write(one.getKey(), one.getValue().name(), own.get(one.getKey()));
            unsaved.remove(one.getKey());
        }
    }

    /** Tells somebody about every change, on the thread on which it is made; the returned action ends that. */
    public Runnable listen(Consumer<Network> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
