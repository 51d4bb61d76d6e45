package org.loupe.ui.probe;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.swt.widgets.Display;
import org.loupe.core.Arguments;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Laboratory;
import org.loupe.ui.jobs.LaboratoryPictures;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.jobs.PictureQueue;
import org.loupe.ui.jobs.PictureRequest;
import org.loupe.ui.preferences.PictureChoice;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;

/** The pictures of the channels that are listed, from the store and from whoever makes one; it makes none itself. For the UI thread. */
final class ChannelPictures implements AutoCloseable {

    private static final long BYTES = 16L << 20;

    private final Display display;
    private final Runnable changed;
    private final PictureQueue queue;
    private final Runnable deaf;
    private final AtomicBoolean isTold = new AtomicBoolean();
    private volatile boolean isClosed;
    private Network network;
    private List<Row> rows = List.of();

    /** @param changed is told that there are others to see */
    ChannelPictures(Display display, Laboratory laboratory, Findings findings, Runnable changed) {
        this.display = display;
        this.changed = changed;
        this.queue = new PictureQueue(new LaboratoryPictures(laboratory, findings), laboratory, 0, BYTES, request -> tell());
        this.deaf = findings.listen(this::found, ended -> { });
    }

    /**
     * Says what is looked at.
     *
     * @param all     the lines that are listed
     * @param inSight those of them that are seen; the store is asked for their pictures
     */
    void lookAt(Network of, List<Row> all, List<Row> inSight) {
        network = of;
        rows = all;
        queue.lookAt(List.of(), List.of(), inSight.stream().flatMap(row -> row.tiles().stream())
                .map(tile -> request(tile.unit())).toList());
    }

    /** What is known of a channel's picture. */
    Picture picture(Unit unit) {
        return queue.picture(request(unit));
    }

    private PictureRequest request(Unit unit) {
        Unit channel = unit.at(Unit.EVERYWHERE);
        return new PictureRequest(network, channel, PictureChoice.now().arguments(channel));
    }

    /** Takes over a channel's picture that somebody has made. */
    private void found(Finding<?> finding) {
        if (finding.network() == network && !finding.isGrowing() && finding.result() instanceof Visualized made) {
            rows.stream().flatMap(row -> row.tiles().stream()).map(tile -> request(tile.unit()))
                    .filter(request -> Arguments.text(request.arguments()).equals(finding.recipe().arguments()))
                    .findFirst().ifPresent(request -> queue.found(request, made, Double.NaN));
        }
    }

    /** Tells once of all that has changed since it was told before. */
    private void tell() {
        if (!display.isDisposed() && isTold.compareAndSet(false, true)) {
            display.asyncExec(() -> {
                isTold.set(false);
                if (!isClosed) {
                    changed.run();
                }
            });
        }
    }

    @Override
    public void close() {
        isClosed = true;
        deaf.run();
        queue.close();
    }
}
