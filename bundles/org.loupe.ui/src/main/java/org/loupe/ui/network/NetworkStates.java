package org.loupe.ui.network;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ListenerList;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbench;
import org.loupe.core.check.Checked;
import org.loupe.core.network.Network;
import org.loupe.platform.CheckJob;
import org.loupe.platform.Laboratory;
import org.loupe.platform.NetworkCheck;
import org.loupe.store.CheckedNetworks.Verdict;

/**
 * Whether the networks of the workbench are ready to be relied on: a service that every view may ask, and that checks
 * networks in the background.
 */
public final class NetworkStates {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Laboratory laboratory;
    private final Display display;
    private final Map<Network, State> states = new ConcurrentHashMap<>();
    private final Map<Network, CheckJob> jobs = new ConcurrentHashMap<>();
    private final ListenerList<Consumer<Network>> listeners = new ListenerList<>();

    /** How far it is with a network. */
    public enum Kind {
        /** Nobody has looked yet. */
        UNKNOWN,
        /** It comes with a plug-in and needs no check. */
        BUNDLED,
        /** It was never checked. */
        UNCHECKED,
        /** It is being checked. */
        CHECKING,
        /** Engines agree about it. */
        READY,
        /** Engines, or an engine and golden values, do not agree about it. */
        OFF
    }

    /**
     * The state of a network.
     *
     * @param text  a few words that stand behind the network's name, or an empty text
     * @param about whole sentences for a person
     */
    public record State(Kind kind, String text, String about) {
    }

    NetworkStates(Laboratory laboratory, Display display) {
        this.laboratory = laboratory;
        this.display = display;
    }

    /** Those of a workbench. */
    public static NetworkStates of(IWorkbench workbench) {
        return workbench.getService(NetworkStates.class);
    }

    /** The state of a network as far as it is known; quick. */
    public State of(Network network) {
        return states.getOrDefault(network, new State(Kind.UNKNOWN, "", ""));
    }

    /** Finds out the states of networks and forgets those of others; not for the user interface's thread. */
    public void load(Collection<Network> networks) {
        networks.forEach(this::load);
        // A network may have come into the study since the caller looked: ask anew before forgetting it.
        states.keySet().removeIf(network -> !networks.contains(network) && !jobs.containsKey(network)
                && !laboratory.isKept(network));
    }

    /** Finds out the state of a network that nothing is known of; not for the user interface's thread. */
    public void load(Network network) {
        if (!states.containsKey(network)) {
            State state = laboratory.isBundled(network) ? new State(Kind.BUNDLED, "", "It comes with Loupe.")
                    : laboratory.verdict(network).map(NetworkStates::state).orElse(unchecked(""));
            // A check that began meanwhile knows better.
            if (states.putIfAbsent(network, state) == null) {
                tell(network);
            }
        }
    }

    /** Checks a network in the background, unless that is being done. */
    public CheckJob check(Network network) {
        CheckJob job = new CheckJob(laboratory, network, NetworkCheck.QUICK, PATIENCE);
        CheckJob running = jobs.putIfAbsent(network, job);
        if (running != null) {
            return running;
        }
        put(network, new State(Kind.CHECKING, "checking…", "Two engines are being compared."));
        String[] impossible = {""};
        job.onProgress(share -> put(network, new State(Kind.CHECKING, "checking, " + Math.round(100 * share) + " %",
                "Two engines are being compared."))).onImpossible(why -> impossible[0] = why);
        job.addJobChangeListener(new JobChangeAdapter() {
            @Override
            public void done(IJobChangeEvent event) {
                jobs.remove(network);
                Optional<Checked> found = job.result();
                put(network, found.filter(one -> !one.isPartial() || one.firstOff().isPresent())
                        .map(one -> state(Verdict.of(one)))
                        .orElseGet(() -> unchecked(found.isPresent() ? "The check was stopped before it was done."
                                : impossible[0])));
            }
        });
        job.schedule();
        return job;
    }

    /** Takes over what a check elsewhere has found. */
    public void found(Network network, Checked checked) {
        if (!checked.isPartial() || checked.firstOff().isPresent()) {
            put(network, state(Verdict.of(checked)));
        }
    }

    private static State unchecked(String why) {
        return new State(Kind.UNCHECKED, "not checked", ("Nobody has checked yet whether engines agree about it. " + why)
                .strip());
    }

    private static State state(Verdict verdict) {
        String how = verdict.engine() + " against " + verdict.against() + (verdict.golden() ? " and golden values" : "")
                + ", " + verdict.when().substring(0, 10) + ".";
        return verdict.isOff()
                ? new State(Kind.OFF, "off at " + verdict.firstOff(), "Engines do not agree: the first difference is at "
                        + verdict.firstOff() + ", the largest is " + Checked.number(verdict.largest())
                        + ". What is computed from there on cannot be relied on. " + how)
                : new State(Kind.READY, "", "Checked: the largest difference is " + Checked.number(verdict.largest())
                        + ", of the gradient " + Checked.number(verdict.gradient()) + ". " + how);
    }

    private void put(Network network, State state) {
        if (!state.equals(states.put(network, state))) {
            tell(network);
        }
    }

    private void tell(Network network) {
        if (!display.isDisposed()) {
            display.asyncExec(() -> listeners.forEach(listener -> listener.accept(network)));
        }
    }

    /**
     * Calls back on the user interface's thread when the state of a network has changed.
     *
     * @return stops the calls
     */
    public Runnable listen(Consumer<Network> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
