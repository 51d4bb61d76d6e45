package org.loupe.platform;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.ISchedulingRule;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.loupe.core.Analysis;
import org.loupe.core.Arguments;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.network.Network;
import org.loupe.core.picture.PictureSet;

/**
 * One question, answered in the background: visible in the Progress view, with an estimate of the time that is left.
 *
 * <p>Cancelling takes effect within one step and keeps what there is, marked partial. Jobs on one network run one
 * after the other, by their priority, for they share its session. What is not done when the process ends is asked
 * again at the next start ({@link Laboratory#interrupted()}). Set the consumers before scheduling; they are called on
 * the job's thread.
 *
 * @param <A> the arguments
 * @param <R> what is found
 */
public final class AnalysisJob<A extends Record, R extends Result> extends Job {

    /** Family of all these jobs. The jobs of one laboratory are also a family of their own: the laboratory. */
    public static final Object FAMILY = new Object();

    private final Laboratory laboratory;
    private final Registered<? extends Analysis<A, R>> analysis;
    private final A arguments;
    private final Network network;
    private final Optional<String> pictures;
    private final Recipe question;
    private Consumer<? super R> snapshots;
    private Consumer<? super R> answers = answer -> { };
    private DoubleConsumer progress = share -> { };
    private boolean fresh;
    private volatile R result;

    /** Network computes one thing at a time. */
    private record OneAtATime(String network) implements ISchedulingRule {
        @Override
        public boolean contains(ISchedulingRule rule) {
            return equals(rule);
        }

        @Override
        public boolean isConflicting(ISchedulingRule rule) {
            return equals(rule);
        }
    }

    /**
     * A question about a network of a laboratory's; nothing happens before it is scheduled. An analysis that needs pictures
     * is given those that the network is {@linkplain Laboratory#picturesOf asked with}.
     */
    public AnalysisJob(Laboratory laboratory, Registered<? extends Analysis<A, R>> analysis, A arguments,
            Network network) {
        this(laboratory, analysis, arguments, network,
                analysis.value().needsPictures(arguments) ? laboratory.picturesOf(network) : Optional.empty());
    }

    /**
     * A question about a network and pictures; nothing happens before it is scheduled.
     *
     * @param pictures name, folder or file of the set that is asked about, or what {@link Laboratory#picture} understands
     *                 where one picture is; there where the analysis needs it
     */
    public AnalysisJob(Laboratory laboratory, Registered<? extends Analysis<A, R>> analysis, A arguments,
            Network network, Optional<String> pictures) {
        super(title(analysis, arguments));
        this.laboratory = laboratory;
        this.analysis = analysis;
        this.arguments = arguments;
        this.network = network;
        this.pictures = pictures;
        this.question = new Recipe(analysis.id(), Arguments.text(arguments), laboratory.hash(network),
                pictures.orElse(""), "", "",
                Laboratory.version());
        setUser(true);
        setPriority(LONG);
        setRule(new OneAtATime(question.network()));
        addJobChangeListener(new Remembering());
    }

    /**
     * A job for an analysis whose types are not known.
     *
     * @param arguments as text, by name
     * @param pictures  name, folder or file of the set that is asked about; those of the network where nothing is said
     * @throws IllegalArgumentException when these are no arguments of the analysis
     */
    @SuppressWarnings("unchecked") // the analysis says itself which arguments it takes
    public static <A extends Record, R extends Result> AnalysisJob<A, R> of(Laboratory laboratory,
            Registered<? extends Analysis<?, ?>> analysis, Map<String, String> arguments, Network network,
            Optional<String> pictures) {
        Registered<? extends Analysis<A, R>> typed = (Registered<? extends Analysis<A, R>>) analysis;
        A record = Arguments.record(typed.value().arguments(), arguments);
        return pictures.isEmpty() ? new AnalysisJob<>(laboratory, typed, record, network)
                : new AnalysisJob<>(laboratory, typed, record, network, pictures);
    }

    /** What a person calls the question, such as “Visualize mixed4a:97” or “Visualize mixed4a:97 and 3 more”. */
    public static String title(Registered<? extends Analysis<?, ?>> analysis, Record arguments) {
        Map<String, String> texts = Arguments.text(arguments);
        String subject = Arguments.fields(arguments.getClass()).stream()
                .filter(field -> field.isList() || field.type() == String.class)
                .map(field -> texts.get(field.name())).filter(text -> !text.isBlank()).findFirst().orElse("");
        String[] items = subject.split("\n");
        String others = items.length < 2 ? "" : " and " + (items.length == 2 ? items[1] : items.length - 1 + " more");
        return (analysis.name() + " " + items[0] + others).strip();
    }

    /** Shows what there is so far, at most ten times a second. */
    public AnalysisJob<A, R> onSnapshot(Consumer<? super R> consumer) {
        snapshots = consumer;
        return this;
    }

    /** Receives the answer, complete or partial, before it is stored. */
    public AnalysisJob<A, R> onAnswer(Consumer<? super R> consumer) {
        answers = consumer;
        return this;
    }

    /** Receives the share that is done, from 0 to 1, at most ten times a second. */
    public AnalysisJob<A, R> onProgress(DoubleConsumer consumer) {
        progress = consumer;
        return this;
    }

    /** Runs the analysis although there is a stored answer. */
    public AnalysisJob<A, R> fresh() {
        fresh = true;
        return this;
    }

    /** The network that is asked about. */
    public Network network() {
        return network;
    }

    /** What is asked. */
    public Registered<? extends Analysis<A, R>> analysis() {
        return analysis;
    }

    /** With which arguments it is asked. */
    public A arguments() {
        return arguments;
    }

    /** The answer, complete or partial, once the job is done. */
    public Optional<R> result() {
        return Optional.ofNullable(result);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        try {
            if (analysis.value().needsOnePicture() && pictures.isPresent()) {
                try (PictureSet picture = laboratory.picture(pictures.get())) {
                    return ask(monitor, Optional.of(picture));
                }
            }
            return ask(monitor, pictures.map(laboratory::pictures));
        } catch (RuntimeException | LinkageError problem) {
            return Status.error(getName() + " failed: " + problem.getMessage(), problem);
        }
    }

    private IStatus ask(IProgressMonitor monitor, Optional<PictureSet> set) {
        R answer = laboratory.ask(analysis, arguments, network, set,
                new MonitorObserver<>(monitor, getName(), snapshots, progress), fresh, this::found);
        return answer.isPartial() ? Status.CANCEL_STATUS : Status.OK_STATUS;
    }

    private void found(R answer) {
        result = answer;
        answers.accept(answer);
    }

    @Override
    public boolean belongsTo(Object family) {
        return family == FAMILY || family == laboratory;
    }

    /** Keeps the question in the study from the moment it is asked until it is answered, refused or cancelled. */
    private final class Remembering extends JobChangeAdapter {
        @Override
        public void scheduled(IJobChangeEvent event) {
            laboratory.agenda().remember(question);
        }

        @Override
        public void done(IJobChangeEvent event) {
            laboratory.agenda().forget(question);
        }
    }
}
