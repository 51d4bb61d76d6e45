package org.loupe.platform;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.surgery.EditStack;

/**
 * Networks that are made of others by edits. An edited network lies in the study like one that was opened from a file; when
 * its edits change, it is made anew under the same name. May be used from several threads.
 */
public final class EditedNetworks {

    private final Laboratory laboratory;
    private final List<BiConsumer<EditStack, Network>> listeners = new CopyOnWriteArrayList<>();

    EditedNetworks(Laboratory laboratory) {
        this.laboratory = laboratory;
    }

    /** The edits of all networks that are made of others. */
    public List<EditStack> all() {
        return laboratory.study().edits().all();
    }

    /**
     * The edits of which a network is made; nothing where it is no such network. Of one that was edited since, the edits of
     * the one that has taken its place.
     */
    public Optional<EditStack> of(Network network) {
        return laboratory.isBundled(network) ? Optional.empty() : laboratory.study().edits().find(network.name())
                .filter(stack -> !stack.base().equals(laboratory.hash(network)));
    }

    /**
     * The network that edits begin with.
     *
     * @throws IllegalArgumentException when it is not there any more
     */
    public Network base(EditStack stack) {
        return laboratory.networks().stream().filter(network -> laboratory.hash(network).equals(stack.base())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The network " + stack.baseName() + ", of which " + stack.name()
                        + " is made by edits, is not there as it was. Open it again."));
    }

    /**
     * Makes a network of edits, in place of the one that was made of them before, and keeps both. What is written about that
     * one's units is kept, too.
     *
     * @throws IllegalArgumentException when an edit makes no sense, or another network has the name
     * @throws org.loupe.core.network.NetworkException when what is changed or read is not there
     * @throws org.loupe.store.StoreException when it cannot be written
     */
    public Network make(EditStack stack) {
        if (laboratory.study().edits().find(stack.name()).isEmpty() && laboratory.isNetwork(stack.name())) {
            throw new IllegalArgumentException("There is a network called " + stack.name()
                    + " already; give the edited one another name.");
        }
        Network base = base(stack);
        Optional<Network> before = laboratory.study().edits().find(stack.name()).flatMap(old -> laboratory.networks().stream()
                .filter(network -> network.name().equals(stack.name())).findFirst());
        Network made = stack.apply(base, laboratory.registry().detectors());
        laboratory.study().edits().write(stack);
        laboratory.keep(new OpenedNetwork(new NetworkReading(made, Certainty.STATED, Certainty.STATED, List.of()),
                "edits of " + stack.baseName(), Optional.of(laboratory.study().edits().file(stack.name()))));
        laboratory.picturesOf(base).ifPresent(pictures -> laboratory.choosePictures(made, pictures));
        before.ifPresent(old -> laboratory.annotations().carry(old, made));
        listeners.forEach(listener -> listener.accept(stack, made));
        return made;
    }

    /** Tells somebody about every network that is made, on the thread on which it is made; the returned action ends that. */
    public Runnable listen(BiConsumer<EditStack, Network> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
