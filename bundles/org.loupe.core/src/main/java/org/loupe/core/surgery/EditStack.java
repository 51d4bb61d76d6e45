package org.loupe.core.surgery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.loupe.core.network.Network;

/**
 * Edits of a network that lie one upon the other, and can be taken back and made again. Immutable.
 *
 * @param name     what the edited network is called
 * @param base     SHA-256 of the network that is edited
 * @param baseName what that is called
 * @param steps    all edits, in order, also those that were taken back
 * @param done     how many of them are made, from the first on
 */
public record EditStack(String name, String base, String baseName, List<Step> steps, int done) {

    private static final int BRIEF = 160;

    /**
     * One edit.
     *
     * @param change what {@link Surgery} makes
     * @param label  what a person calls it; may be empty
     */
    public record Step(String change, String label) {
        public Step {
            if (change.isBlank()) {
                throw new IllegalArgumentException("An edit says what becomes of a unit or of weights, such as \"mixed4a:12 = 0\".");
            }
            change = change.strip();
            label = label.strip();
        }

        /** The change, cut off where it is long, and what it is called. */
        public String brief() {
            String shown = change.length() <= BRIEF ? change : change.substring(0, BRIEF) + "…";
            return label.isEmpty() ? shown : label + ": " + shown;
        }
    }

    public EditStack {
        steps = List.copyOf(steps);
        if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,99}")) {
            throw new IllegalArgumentException("“" + name + "” cannot name a network: write up to 100 letters, digits, dots,"
                    + " hyphens and underscores.");
        }
        if (done < 0 || done > steps.size()) {
            throw new IllegalArgumentException(done + " of " + steps.size() + " edits cannot be made");
        }
    }

    /** No edits yet. */
    public static EditStack of(Network base, String name) {
        return new EditStack(name, base.hash(), base.name(), List.of(), 0);
    }

    /** With one more edit upon those that are made; those that were taken back are gone. */
    public EditStack with(Step step) {
        List<Step> longer = new ArrayList<>(made());
        longer.add(step);
        return new EditStack(name, base, baseName, longer, longer.size());
    }

    /** The edits that are made. */
    public List<Step> made() {
        return steps.subList(0, done);
    }

    /** Whether there is an edit to take back. */
    public boolean canUndo() {
        return done > 0;
    }

    /** Whether there is an edit to make again. */
    public boolean canRedo() {
        return done < steps.size();
    }

    /** Without the last edit, which can be made again. */
    public EditStack undone() {
        return withDone(done - 1);
    }

    /** With the edit that was taken back last. */
    public EditStack redone() {
        return withDone(done + 1);
    }

    /** With so many edits made, the others taken back. */
    public EditStack withDone(int count) {
        return new EditStack(name, base, baseName, steps, count);
    }

    /** Without one edit, wherever it lies. */
    public EditStack without(int step) {
        List<Step> left = new ArrayList<>(steps);
        left.remove(step);
        return new EditStack(name, base, baseName, left, step < done ? done - 1 : done);
    }

    /** With another name for one edit. */
    public EditStack labelled(int step, String label) {
        List<Step> named = new ArrayList<>(steps);
        named.set(step, new Step(steps.get(step).change(), label));
        return new EditStack(name, base, baseName, named, done);
    }

    /** The same edits for a network of another name. */
    public EditStack named(String other) {
        return new EditStack(other, base, baseName, steps, done);
    }

    /**
     * Makes the edited network.
     *
     * @param network the network of {@link #base}
     * @throws org.loupe.core.network.NetworkException when what is changed or read is not there
     * @throws IllegalArgumentException when an edit makes no sense; the message is for the user
     */
    public Network apply(Network network, Detectors detectors) {
        String about = "This is " + baseName + " (SHA-256 " + base.substring(0, Math.min(12, base.length())) + "…) with "
                + (done == 0 ? "no edits." : done == 1 ? "one edit: " : done + " edits: ")
                + made().stream().map(Step::brief).collect(Collectors.joining("; ")) + (done == 0 ? "" : ".");
        return Surgery.apply(network, name, about, made().stream().map(Step::change).toList(), detectors);
    }
}
