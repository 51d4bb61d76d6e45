package org.loupe.ui.probe;

import org.eclipse.swt.widgets.Display;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.ui.Lookup;

/** Ranks the activations of the channels in sight among those of a stored scan, as soon as the pointer rests. For the UI thread. */
final class Ranks implements AutoCloseable {

    private static final int PAUSE_MILLISECONDS = 150;

    private final Display display;
    private final ChannelRows rows;
    private final Lookup<Quantiles.Question, Quantiles.Answer> quantiles;
    private final Runnable ask = this::ask;
    private Network network;

    /** @param rows get the ranks */
    Ranks(Display display, Laboratory laboratory, ChannelRows rows) {
        this.display = display;
        this.rows = rows;
        Quantiles known = new Quantiles(laboratory);
        quantiles = new Lookup<>("shares of activations", display, known::of, this::ranked, problem -> { });
    }

    /** Asks after a pause, unless it is told to ask again before. */
    void askSoon(Network of) {
        network = of;
        display.timerExec(PAUSE_MILLISECONDS, ask);
    }

    /** Does not ask what it was about to ask. */
    void rest() {
        display.timerExec(-1, ask);
    }

    private void ask() {
        if (!rows.isDisposed()) {
            quantiles.ask(new Quantiles.Question(network, rows.inSight()));
        }
    }

    private void ranked(Quantiles.Answer answer) {
        if (answer.question().network() == network && rows.rows().containsAll(answer.question().rows())) {
            rows.setRanks(answer.shares(), answer.reference());
        }
    }

    @Override
    public void close() {
        rest();
        quantiles.close();
    }
}
