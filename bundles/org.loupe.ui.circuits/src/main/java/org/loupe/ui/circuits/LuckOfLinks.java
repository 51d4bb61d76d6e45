package org.loupe.ui.circuits;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.loupe.core.Unit;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.Link;
import org.loupe.core.circuit.graph.Neighbours;
import org.loupe.core.circuit.graph.ShownGraph.Edge;
import org.loupe.core.network.Network;

/**
 * How far the kernels of a circuit's links are from luck. To deal out the weights of one unit takes a tenth of a second, so
 * this is found in the background, one unit after the other, while the circuit is seen already. For the UI thread.
 */
final class LuckOfLinks implements AutoCloseable {

    private static final long OFTEN = 700_000_000L;

    private final Display display;
    private final NeighboursOfNetworks neighbours;
    private final Runnable changed;
    private final Map<Unit, Map<Unit, Double>> known = new HashMap<>();
    private Network network;
    private Deque<Unit> open = new ArrayDeque<>();
    private Job running;
    private boolean isClosed;

    /** @param changed is told, on the UI thread, when more is known */
    LuckOfLinks(Display display, NeighboursOfNetworks neighbours, Runnable changed) {
        this.display = display;
        this.neighbours = neighbours;
        this.changed = changed;
    }

    /** Finds out what is not known yet of the links of a circuit. */
    void lookAt(Drawn drawn) {
        if (drawn.network() != network) {
            known.clear();
            network = drawn.network();
        }
        open = new ArrayDeque<>(unknown(drawn.graph().links().values()));
        next();
    }

    private Set<Unit> unknown(Collection<Link> links) {
        Set<Unit> units = new HashSet<>();
        links.stream().filter(link -> Double.isNaN(link.chance()) && !known.containsKey(link.to())).map(Link::to)
                .forEach(units::add);
        return units;
    }

    /** A link with what is known of its luck. */
    Edge judged(Edge edge) {
        return edge.judged(known);
    }

    /** A circuit with what is known of the luck of its links. */
    CircuitGraph judged(CircuitGraph graph) {
        return graph.judged(known);
    }

    private void next() {
        if (running != null || open.isEmpty() || isClosed) {
            return;
        }
        Network asked = network;
        Deque<Unit> todo = new ArrayDeque<>(open);
        running = new Job("Compare kernels with luck") {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                Map<Unit, Map<Unit, Double>> found = new HashMap<>();
                long end = System.nanoTime() + OFTEN;
                while (!todo.isEmpty() && !monitor.isCanceled() && System.nanoTime() < end) {
                    Unit unit = todo.poll();
                    found.put(unit, chances(asked, unit));
                }
                if (!display.isDisposed()) {
                    display.asyncExec(() -> end(asked, found));
                }
                return Status.OK_STATUS;
            }
        };
        running.setSystem(true);
        running.setPriority(Job.DECORATE);
        running.schedule();
    }

    /** Of a unit about which nothing can be said, there are none. */
    private Map<Unit, Double> chances(Network asked, Unit unit) {
        try {
            Neighbours weights = neighbours.of(asked);
            return weights.chances(unit);
        } catch (RuntimeException problem) {
            ILog.of(LuckOfLinks.class).warn("Nothing is known of the luck of what " + unit + " reads", problem);
            return Map.of();
        }
    }

    private void end(Network asked, Map<Unit, Map<Unit, Double>> found) {
        running = null;
        if (isClosed) {
            return;
        }
        if (asked == network) {
            known.putAll(found);
            open.removeAll(found.keySet());
            changed.run();
        }
        next();
    }

    @Override
    public void close() {
        isClosed = true;
        if (running != null) {
            running.cancel();
        }
    }
}
