package org.loupe.ui.circuits;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.progress.IProgressConstants;
import org.loupe.core.Analysis;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Known;
import org.loupe.core.circuit.ProposeGroups;
import org.loupe.core.circuit.ProposedGroups;
import org.loupe.core.circuit.graph.Group;
import org.loupe.core.circuit.graph.GroupProposal;
import org.loupe.core.circuit.graph.GroupProposals;
import org.loupe.core.circuit.graph.ShownGraph.Node;
import org.loupe.core.network.Network;
import org.loupe.core.tuning.FindFamilies;
import org.loupe.core.tuning.FoundFamilies;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.ui.Lookup;

/**
 * Finds groups among the units that a circuit shows and that are in none, in the background: what the study knows is read, and
 * what only the weights say is asked as the analysis {@code grouping}, whose answer stays in the study. For the UI thread.
 */
final class GroupFinder {

    /** What makes units belong together. */
    enum By {
        FAMILIES("Families", "Units of one family, as somebody has written it or as the analysis Families has found it in their"
                + " layer.", "None of the units that are shown are in one family. Add some to a family by the units' menu, or ask"
                + " Families about their layer."),
        SIDES("Left and Right", "Pairs of which one sees in a mirror what the other sees: by their labels, or by their weights from"
                + " the picture upwards.", "No two of the units that are shown are mirror images of each other, beyond luck."),
        UNIONS("Union of Cases", "Units that are mirrored, alike or opposite, and each of which excites the same unit above.",
                "No unit that is shown unites others that are shown, beyond luck. Let the circuit grow downwards from the one that"
                + " may do so.");

        private final String title;
        private final String about;
        private final String none;

        By(String title, String about, String none) {
            this.title = title;
            this.about = about;
            this.none = none;
        }

        String title() {
            return title;
        }

        String about() {
            return about;
        }

        /** What is said where nothing was found. */
        String none() {
            return none;
        }
    }

    /** Who is told, on the UI thread. */
    interface Listener {
        /** What was found, the surest first, and whole sentences of what was not looked at. */
        void found(List<GroupProposal> proposals, List<String> remarks);

        /** How much of it is done, from 0 to 1. */
        void worked(double share);

        void failed(Throwable problem);
    }

    private final Display display;
    private final Laboratory laboratory;
    private final Drawn drawn;
    private final Known known;
    private final List<Unit> units;

    /** @param known what is written about the network's units */
    GroupFinder(Display display, Laboratory laboratory, Drawn drawn, Known known) {
        this.display = display;
        this.laboratory = laboratory;
        this.drawn = drawn;
        this.known = known;
        this.units = drawn.graph().shown().nodes().stream().filter(node -> !node.isGroup()).map(Node::unit)
                .filter(unit -> !unit.layer().equals(Network.INPUT)).toList();
    }

    /** Looks for groups; the returned action ends that. */
    Runnable find(By by, Listener listener) {
        if (by == By.FAMILIES) {
            Lookup<List<Unit>, List<GroupProposal>> lookup = new Lookup<>("families", display, this::families,
                    proposals -> listener.found(proposals, List.of()), listener::failed);
            lookup.ask(units);
            return lookup::close;
        }
        if (units.size() < 2) {
            later(() -> listener.found(List.of(), List.of()));
            return () -> { };
        }
        return ask(by, listener);
    }

    private List<GroupProposal> families(List<Unit> shown) {
        List<GroupProposal> proposals = new ArrayList<>(GroupProposals.families(shown, known));
        Registered<Analysis<FindFamilies.Arguments, FoundFamilies>> analysis = laboratory.registry().analysis(FindFamilies.class);
        shown.stream().map(Unit::layer).distinct().forEach(layer -> laboratory
                .stored(analysis, FindFamilies.Arguments.of(layer), drawn.network()).filter(found -> !found.isPartial())
                .ifPresent(found -> proposals.addAll(GroupProposals.found(shown, found, known))));
        return distinct(proposals);
    }

    private List<GroupProposal> distinct(List<GroupProposal> proposals) {
        return GroupProposals.distinct(proposals, drawn.graph().groups().stream().map(Group::name).toList());
    }

    private Runnable ask(By by, Listener listener) {
        Registered<Analysis<ProposeGroups.Arguments, ProposedGroups>> analysis = laboratory.registry()
                .analysis(ProposeGroups.class);
        AnalysisJob<ProposeGroups.Arguments, ProposedGroups> job = new AnalysisJob<>(laboratory, analysis,
                ProposeGroups.Arguments.of(units), drawn.network());
        DoubleConsumer worked = share -> later(() -> listener.worked(share));
        job.onProgress(worked);
        job.onAnswer(answer -> {
            if (!answer.isPartial()) {
                later(() -> listener.found(distinct(proposals(by, answer)), answer.remarks()));
            }
        });
        job.setUser(false);
        job.setProperty(IProgressConstants.NO_IMMEDIATE_ERROR_PROMPT_PROPERTY, Boolean.TRUE);
        job.addJobChangeListener(new JobChangeAdapter() {
            @Override
            public void done(IJobChangeEvent event) {
                Throwable problem = event.getResult().getException();
                if (problem != null) {
                    later(() -> listener.failed(problem));
                }
            }
        });
        job.schedule();
        return job::cancel;
    }

    private List<GroupProposal> proposals(By by, ProposedGroups answer) {
        if (by == By.UNIONS) {
            return GroupProposals.byWeights(answer, ProposedGroups.Kind.UNION, known);
        }
        List<GroupProposal> proposals = new ArrayList<>(GroupProposals.sides(units, known));
        proposals.addAll(GroupProposals.byWeights(answer, ProposedGroups.Kind.MIRRORED, known));
        return proposals;
    }

    private void later(Runnable what) {
        if (!display.isDisposed()) {
            display.asyncExec(what);
        }
    }
}
