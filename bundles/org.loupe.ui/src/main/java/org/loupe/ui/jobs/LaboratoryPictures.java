package org.loupe.ui.jobs;

import java.util.Optional;
import org.loupe.core.Analysis;
import org.loupe.core.Observer;
import org.loupe.core.Recipe;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.ui.results.Costs;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;

/** Pictures of the open study; what is made is told to all views. */
public final class LaboratoryPictures implements PictureSource {

    private final Laboratory laboratory;
    private final Findings findings;
    private final Costs costs = new Costs();
    private final Registered<Analysis<Visualize.Arguments, Visualized>> visualize;

    public LaboratoryPictures(Laboratory laboratory, Findings findings) {
        this.laboratory = laboratory;
        this.findings = findings;
        this.visualize = laboratory.registry().analysis(Visualize.class);
    }

    @Override
    public Optional<Visualized> stored(PictureRequest request) {
        return laboratory.stored(visualize, request.arguments(), request.network());
    }

    @Override
    public Visualized make(PictureRequest request, boolean again, Observer<Visualized> observer) {
        Recipe recipe = laboratory.recipe(visualize, request.arguments(), request.network());
        Throwable problem = null;
        try {
            long begun = System.nanoTime();
            Visualized made = laboratory.ask(visualize, request.arguments(), request.network(),
                    findings.watching(observer, recipe, request.network()), again,
                    found -> findings.post(new Finding<>(found, recipe, request.network())));
            if (!made.isPartial()) {
                costs.learn(request.network(), Costs.work(request.network(), request.unit(),
                        request.arguments().steps(), 1), (System.nanoTime() - begun) / 1e9);
            }
            return made;
        } catch (RuntimeException | LinkageError e) {
            problem = e;
            throw e;
        } finally {
            findings.post(new Findings.Ended(recipe.question(), problem));
        }
    }

    /** Identifier of the analysis, as recipes name it. */
    public String analysis() {
        return visualize.id();
    }
}
