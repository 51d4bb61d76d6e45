package org.loupe.ui.experiments;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.core.runtime.jobs.Job;
import org.loupe.core.Analysis;
import org.loupe.core.Arguments;
import org.loupe.core.Recipe;
import org.loupe.core.check.Check;
import org.loupe.core.network.Network;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.store.Results.Entry;

/**
 * A line of the view: something that waits, is being answered, or was answered.
 *
 * @param title    what a person calls the question
 * @param analysis what is asked, or nothing where its plug-in is gone
 * @param network  what is asked about, or nothing where the study has it no more
 * @param recipe   how the answer was made; nothing while there is none
 * @param partial  whether the work was stopped before it was done
 * @param when     the answer was stored
 * @param job      that waits or works
 */
record Row(String title, Optional<Registered<Analysis<?, ?>>> analysis, Optional<Network> network, Optional<Recipe> recipe,
        boolean partial, Optional<Instant> when, Optional<Job> job) {

    /** All that the study has, the work first, then the newest. Reads files, so not for the user interface's thread. */
    static List<Row> all(Laboratory laboratory) {
        Map<String, Network> networks = new HashMap<>();
        laboratory.networks().forEach(network -> networks.putIfAbsent(laboratory.hash(network), network));
        Map<String, Registered<Analysis<?, ?>>> analyses = new HashMap<>();
        laboratory.registry().analyses().forEach(analysis -> analyses.put(analysis.id(), analysis));
        List<Row> rows = new ArrayList<>(working(laboratory));
        for (Entry entry : laboratory.study().results().entries()) {
            Recipe recipe = entry.recipe();
            if (recipe.analysis().equals(Check.ID)) {
                // Whether engines agree is told beside the network.
                continue;
            }
            Optional<Registered<Analysis<?, ?>>> analysis = Optional.ofNullable(analyses.get(recipe.analysis()));
            rows.add(new Row(title(analysis, recipe), analysis, Optional.ofNullable(networks.get(recipe.network())),
                    Optional.of(recipe), entry.partial(), Optional.of(entry.when()), Optional.empty()));
        }
        return rows;
    }

    /** What waits and works now. */
    static List<Row> working(Laboratory laboratory) {
        List<Row> rows = new ArrayList<>();
        for (Job job : Job.getJobManager().find(laboratory)) {
            if (job instanceof AnalysisJob<?, ?> asked) {
                rows.add(new Row(job.getName(), laboratory.registry().analyses().stream()
                        .filter(one -> one.id().equals(asked.analysis().id())).findFirst(), Optional.of(asked.network()),
                        Optional.empty(), false, Optional.empty(), Optional.of(job)));
            }
        }
        rows.sort(Comparator.comparing((Row row) -> row.job().orElseThrow().getState() != Job.RUNNING));
        return rows;
    }

    private static String title(Optional<Registered<Analysis<?, ?>>> analysis, Recipe recipe) {
        if (analysis.isEmpty()) {
            return recipe.analysis();
        }
        try {
            return AnalysisJob.title(analysis.get(), Arguments.record(analysis.get().value().arguments(),
                    recipe.arguments()));
        } catch (IllegalArgumentException ofAnotherVersion) {
            return analysis.get().name();
        }
    }

    /** How it stands, in words. */
    String state() {
        if (job.isPresent()) {
            return job.get().getState() == Job.RUNNING ? "working" : "waiting";
        }
        return partial ? "partial" : "done";
    }

    /** What makes it the same line after the list was read anew. */
    Object key() {
        return job.isPresent() ? job.get() : recipe.orElseThrow().question();
    }
}
