package org.loupe.ui.results;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.eclipse.core.runtime.QualifiedName;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.ui.progress.IProgressConstants;
import org.loupe.core.Analysis;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.picture.PictureSet;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LoupeUi;

/** Looks questions up in the store, and has them answered by background jobs that tell all views what they find. */
public final class Questions {

    private static final QualifiedName QUESTION = new QualifiedName(LoupeUi.BUNDLE, "question");

    private final Laboratory laboratory;
    private final Findings findings;
    private final Costs costs;

    /** Questions to a laboratory. */
    public Questions(Laboratory laboratory, Findings findings, Costs costs) {
        this.laboratory = laboratory;
        this.findings = findings;
        this.costs = costs;
    }

    /** Looks up how a question stands; reads files, so not for the user interface's thread. */
    public <A extends Record, R extends Result> Inquiry<A, R> open(Question<A, R> question) {
        Analysis<A, R> analysis = question.analysis().value();
        Optional<String> place = question.pictures().or(() -> analysis.needsPictures(question.arguments())
                ? laboratory.picturesOf(question.network()) : Optional.empty());
        if (analysis.needsOnePicture() && place.isPresent()) {
            try (PictureSet picture = laboratory.picture(place.get())) {
                return open(question, place, Optional.of(picture));
            }
        }
        return open(question, place, place.map(laboratory::pictures));
    }

    private <A extends Record, R extends Result> Inquiry<A, R> open(Question<A, R> question, Optional<String> place,
            Optional<PictureSet> set) {
        Recipe recipe = laboratory.recipe(question.analysis(), question.arguments(), question.network(), set);
        return new Inquiry<>(question, recipe, place,
                laboratory.stored(question.analysis(), question.arguments(), question.network(), set),
                costs.seconds(question.network(), question.kind(), question.work()), running(recipe).isPresent());
    }

    /** Whether such a question was answered here before, so that its cost is more than a guess. */
    public boolean knowsCost(Question<?, ?> question) {
        return costs.isKnown(question.network(), question.kind());
    }

    /**
     * Has a question answered, unless somebody is at it already.
     *
     * @param again whether to work although there is an answer
     */
    public <A extends Record, R extends Result> void ask(Inquiry<A, R> inquiry, boolean again) {
        if (inquiry.isWorking() || running(inquiry.recipe()).isPresent()) {
            return;
        }
        Question<A, R> question = inquiry.question();
        AnalysisJob<A, R> job = new AnalysisJob<>(laboratory, question.analysis(), question.arguments(),
                question.network(), inquiry.pictures());
        if (again) {
            job.fresh();
        }
        job.setUser(false);
        job.setPriority(Job.SHORT);
        job.setProperty(QUESTION, inquiry.recipe().question());
        job.setProperty(IProgressConstants.NO_IMMEDIATE_ERROR_PROMPT_PROPERTY, Boolean.TRUE);
        tell(job, inquiry);
        inquiry.begin();
        job.schedule();
    }

    /** Stops the work on a question, if a job of this class does it, and says whether there was one. */
    public boolean cancel(Inquiry<?, ?> inquiry) {
        Optional<Job> job = running(inquiry.recipe());
        job.ifPresent(Job::cancel);
        return job.isPresent();
    }

    /** Whether the work on a question can be stopped. */
    public boolean canCancel(Inquiry<?, ?> inquiry) {
        return running(inquiry.recipe()).isPresent();
    }

    private static Optional<Job> running(Recipe recipe) {
        return Stream.of(Job.getJobManager().find(AnalysisJob.FAMILY))
                .filter(job -> recipe.question().equals(job.getProperty(QUESTION))).findFirst();
    }

    private <A extends Record, R extends Result> void tell(AnalysisJob<A, R> job, Inquiry<A, R> inquiry) {
        Recipe recipe = inquiry.recipe();
        Question<A, R> question = inquiry.question();
        AtomicLong begun = new AtomicLong();
        double[] share = {0};
        double[] first = {Double.NaN};
        job.onProgress(done -> {
            begun.compareAndSet(0, System.nanoTime());
            share[0] = done;
            first[0] = Double.isNaN(first[0]) ? done : first[0];
            if (question.work() == 0 || question.analysis().value().needsPictures()) {
                findings.post(new Findings.Working(recipe.question(), done));
            }
        });
        job.onSnapshot(soFar -> findings.post(new Finding<>(soFar, recipe, question.network(), share[0])));
        job.onAnswer(answer -> {
            if (begun.get() != 0 && question.work() > 0 && !answer.isPartial()) {
                costs.learn(question.network(), question.kind(), question.work() * (1 - first[0]),
                        (System.nanoTime() - begun.get()) / 1e9);
            }
            findings.post(new Finding<>(answer, recipe, question.network()));
        });
        job.addJobChangeListener(new JobChangeAdapter() {
            @Override
            public void done(IJobChangeEvent event) {
                findings.post(new Findings.Ended(recipe.question(), event.getResult().getException()));
            }
        });
    }
}
