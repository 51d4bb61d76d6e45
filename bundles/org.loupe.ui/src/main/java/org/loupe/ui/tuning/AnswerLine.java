package org.loupe.ui.tuning;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.scan.ChannelScan;
import org.loupe.platform.ChannelScans;
import org.loupe.platform.Laboratory;
import org.loupe.ui.Lookup;

/** One line that tells what a channel answers, beside the most that it answered and beside what pictures evoke. */
final class AnswerLine {

    private static final double PERCENT = 100;
    private static final double STRONG = .99;

    private final Label label;
    private final ChannelScans scans;
    private final Lookup<Answer, Ranked> lookup;
    private final Consumer<Ranked> ranked;
    private String words = "";

    /** @param highest the most that the channel answered to what was varied, where that is known */
    record Answer(Network network, Unit unit, double value, OptionalDouble highest, double milliseconds) {

        String words() {
            return String.format(Locale.ROOT, "%s answers %.3g", unit, value)
                    + (highest.isPresent() ? String.format(Locale.ROOT, " of at most %.3g", highest.getAsDouble()) : "");
        }
    }

    /**
     * An answer beside what pictures evoke.
     *
     * @param hint   what else there is to say
     * @param strong what is not exceeded at 99 of 100 positions of pictures; nothing where none were scanned
     */
    record Ranked(Unit unit, String words, String hint, OptionalDouble strong) {
    }

    /**
     * Makes an empty one.
     *
     * @param parent with a layout of two columns
     * @param ranked hears of a unit what pictures evoke, when that is known
     */
    AnswerLine(Composite parent, Laboratory laboratory, Consumer<Ranked> ranked) {
        this.ranked = ranked;
        label = new Label(parent, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(label);
        scans = new ChannelScans(laboratory, ILog.of(AnswerLine.class)::warn);
        lookup = new Lookup<>("the rank of an answer", label.getDisplay(), this::rank, this::add, problem -> { });
        label.addDisposeListener(event -> lookup.close());
    }

    /** Says something else than an answer. */
    void say(String text, String hint) {
        words = text;
        label.setText(text);
        label.setToolTipText(hint);
    }

    /** Tells an answer; its rank among pictures follows in a moment, where pictures were scanned. */
    void tell(Answer answer) {
        words = answer.words();
        label.setText(words);
        label.setToolTipText(hint(answer, false));
        lookup.ask(answer);
    }

    private String hint(Answer answer, boolean isRanked) {
        return String.format(Locale.ROOT, "Painted, run and read in %.0f ms", answer.milliseconds)
                + (isRanked ? ". The pictures are those of " + scans.set(answer.network).orElse("")
                        + ": such a share of them excites the channel less, wherever they do." : "");
    }

    private Ranked rank(Answer answer) {
        Optional<ChannelScan> scan = scans.channel(answer.network, answer.unit);
        OptionalDouble strong = scan.isPresent() ? OptionalDouble.of(scan.get().quantileOfPositions(STRONG)) : OptionalDouble.empty();
        return new Ranked(answer.unit, answer.words() + scan.map(found -> String.format(Locale.ROOT, ", above %.1f %% of pictures",
                PERCENT * found.rank(answer.value))).orElse(""), hint(answer, scan.isPresent()), strong);
    }

    private void add(Ranked found) {
        if (!label.isDisposed() && found.words.startsWith(words) && !words.isEmpty()) {
            label.setText(found.words);
            label.setToolTipText(found.hint);
            ranked.accept(found);
        }
    }
}
