package org.loupe.ui.wall;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.swt.widgets.Display;
import org.loupe.core.Analysis;
import org.loupe.core.facet.Judge;
import org.loupe.core.facet.Judged;
import org.loupe.core.facet.Judged.Verdict;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.platform.StoredAnswers;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.Lookup;

/** What the newest table of the study says of the channels of a layer: whether each is one thing or several. */
final class WallVerdicts implements AutoCloseable {

    private final StoredAnswers<Judge.Arguments, Judged> answers;
    private final Laboratory laboratory;
    private final Lookup<LayerInNetwork, Found> lookup;
    private final Runnable changed;
    private Found found;

    /** The verdicts on a layer by channel. */
    private record Found(LayerInNetwork layer, Map<Integer, Verdict> verdicts) {
    }

    /** @param changed is called when there are other verdicts */
    WallVerdicts(Laboratory laboratory, Display display, Runnable changed) {
        this.laboratory = laboratory;
        this.changed = changed;
        Registered<? extends Analysis<Judge.Arguments, Judged>> analysis = laboratory.registry().analysis(Judge.class);
        this.answers = new StoredAnswers<>(laboratory, analysis);
        this.lookup = new Lookup<>("which units are several things", display, this::find, this::take, problem -> { });
    }

    /** Looks for the verdicts on a layer. */
    void ask(LayerInNetwork layer) {
        lookup.ask(layer);
    }

    /** What is said of a channel of a layer. */
    Optional<Verdict> of(LayerInNetwork layer, int channel) {
        return found == null || !found.layer.equals(layer) ? Optional.empty() : Optional.ofNullable(found.verdicts.get(channel));
    }

    /** Whether it was looked for, and there is none. */
    boolean isMissing(LayerInNetwork layer) {
        return found != null && found.layer.equals(layer) && found.verdicts.isEmpty();
    }

    /** Takes over what was found just now, where it is about the layer. */
    void hear(LayerInNetwork layer, Judged judged) {
        Map<Integer, Verdict> verdicts = verdicts(layer, judged);
        if (!verdicts.isEmpty()) {
            // A look into the store that is on its way may be older.
            lookup.close();
            take(new Found(layer, verdicts));
        }
    }

    private Found find(LayerInNetwork layer) {
        return answers.about(laboratory.hash(layer.network())).stream().flatMap(answer -> answers.read(answer.recipe()).stream())
                .map(judged -> verdicts(layer, judged)).filter(verdicts -> !verdicts.isEmpty()).findFirst()
                .map(verdicts -> new Found(layer, verdicts)).orElseGet(() -> new Found(layer, Map.of()));
    }

    private static Map<Integer, Verdict> verdicts(LayerInNetwork layer, Judged judged) {
        return judged.units().stream().filter(verdict -> verdict.unit().layer().equals(layer.layer().name()))
                .collect(Collectors.toMap(verdict -> verdict.unit().channel(), verdict -> verdict));
    }

    private void take(Found now) {
        found = now;
        changed.run();
    }

    @Override
    public void close() {
        lookup.close();
    }
}
