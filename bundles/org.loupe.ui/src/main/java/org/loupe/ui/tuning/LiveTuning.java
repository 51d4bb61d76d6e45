package org.loupe.ui.tuning;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Gaze;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;
import org.loupe.core.stimulus.StimulusFamily;
import org.loupe.core.stimulus.Sweep;
import org.loupe.core.tuning.Answering;
import org.loupe.core.tuning.Tuned;
import org.loupe.platform.Laboratory;

/** Answers what a person asks by moving a slider; not on the user interface's thread. A newer question ends an older one. */
final class LiveTuning {

    private static final double MILLISECOND = 1e6;

    private final Laboratory laboratory;
    private final AtomicLong newest = new AtomicLong();

    LiveTuning(Laboratory laboratory) {
        this.laboratory = laboratory;
    }

    /**
     * What is shown to a layer.
     *
     * @param name short name of the family
     */
    record Question(Network network, Layer layer, String name, StimulusFamily family, Setting setting) {

        /** What the answers to sweeps depend on: everything but the parameters that are varied. */
        String besides(List<Sweep> varied) {
            StringBuilder text = new StringBuilder(layer.name() + " " + name + " " + varied);
            setting.values().forEach((parameter, value) -> {
                if (varied.stream().noneMatch(sweep -> sweep.parameter().name().equals(parameter))) {
                    text.append(' ').append(parameter).append('=').append(value);
                }
            });
            return text.toString();
        }
    }

    /**
     * What every channel says to one stimulus.
     *
     * @param picture      as the network sees it
     * @param answers      of shape (2, channel, 1, 1): behind the nonlinearity, and before it
     * @param milliseconds how long it took
     */
    record Answer(Question question, Batch picture, Batch answers, double milliseconds) {
    }

    /** A question about all values of one or two parameters, and its number among the questions. */
    record Turn(Question question, List<Sweep> sweeps, long number) {
    }

    Answer answer(Question question) {
        long start = System.nanoTime();
        Network network = question.network();
        Shape input = network.input().shape();
        Shape shape = network.shape(question.layer());
        Session session = laboratory.session(network);
        Stimulus stimulus = new Stimulus(question.family(), question.setting());
        Gaze gaze = Gaze.of(network, Tap.after(question.layer().name()), shape.rows() / 2, shape.columns() / 2);
        Batch picture = Batch.zeros(1, input.channels(), input.rows(), input.columns());
        stimulus.paint(picture, 0, gaze.row(), gaze.column());
        Answering answering = answering(session, question);
        Batch answers = Batch.zeros(2, answering.units().size(), 1, 1);
        answering.answer(List.of(stimulus), answers, (done, total, what) -> true, () -> { });
        return new Answer(question, picture, answers, (System.nanoTime() - start) / MILLISECOND);
    }

    /** A number for a question that is about to be asked; those before it are then old. */
    long next() {
        return newest.incrementAndGet();
    }

    /** What all channels say to all values; partial where a newer question came. */
    Tuned answer(Turn turn) {
        Question question = turn.question();
        Answering answering = answering(laboratory.session(question.network()), question);
        List<Stimulus> stimuli = Stimulus.grid(question.family(), question.setting(), turn.sweeps());
        int first = turn.sweeps().get(0).values().size();
        Batch answers = Batch.zeros(2, answering.units().size(), first, stimuli.size() / first);
        Arrays.fill(answers.values(), Float.NaN);
        boolean whole = answering.answer(stimuli, answers, (done, total, what) -> newest.get() == turn.number(), () -> { });
        return new Tuned(question.name(), question.setting(), turn.sweeps(), answering.units(), answers, !whole);
    }

    private static Answering answering(Session session, Question question) {
        List<Unit> units = Answering.units(question.network(), List.of(question.layer().name()));
        return new Answering(session, units, 0);
    }
}
