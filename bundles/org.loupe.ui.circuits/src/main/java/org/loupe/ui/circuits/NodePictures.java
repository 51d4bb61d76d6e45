package org.loupe.ui.circuits;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.eclipse.swt.widgets.Display;
import org.loupe.core.Arguments;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Laboratory;
import org.loupe.ui.jobs.LaboratoryPictures;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.jobs.Picture.Stage;
import org.loupe.ui.jobs.PictureQueue;
import org.loupe.ui.jobs.PictureRequest;
import org.loupe.ui.preferences.PictureChoice;
import org.loupe.ui.results.Costs;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.widgets.Texts;

/**
 * The pictures of the units that a circuit shows: those of the wall. What the store has is read; what is missing is made when
 * a person asks for it. For the UI thread.
 */
final class NodePictures implements AutoCloseable {

    private static final long BYTES_OF_PICTURES = 64L << 20;
    private static final String MAKE = "make";
    private static final String STOP = "stop";

    private final Display display;
    private final Runnable changed;
    private final PictureQueue queue;
    private final AtomicBoolean isChanged = new AtomicBoolean();
    private Network network;
    private List<Unit> units = List.of();

    /** @param changed runs on the UI thread after pictures have changed, once for many that change together */
    NodePictures(Display display, Laboratory laboratory, Findings findings, Runnable changed) {
        this.display = display;
        this.changed = changed;
        this.queue = new PictureQueue(new LaboratoryPictures(laboratory, findings), laboratory, PictureChoice.now().workers(),
                BYTES_OF_PICTURES, request -> pictureChanged());
    }

    private void pictureChanged() {
        if (!isChanged.getAndSet(true) && !display.isDisposed()) {
            display.asyncExec(() -> {
                isChanged.set(false);
                changed.run();
            });
        }
    }

    /** Asks the store for the pictures of all units that are drawn; none is made without being asked for. */
    void lookAt(Network wanted, List<Unit> drawn) {
        network = wanted;
        units = drawn.stream().filter(NodePictures::hasPicture).toList();
        queue.lookAt(List.of(), List.of(), requests(units));
    }

    /** Looks at no circuit. */
    void lookAway() {
        network = null;
        units = List.of();
    }

    Picture picture(Unit unit) {
        return network == null || !hasPicture(unit) ? Picture.MISSING : queue.picture(request(unit));
    }

    /** Makes the pictures of units that have none. */
    void make(List<Unit> wanted) {
        queue.make(requests(wanted), false);
    }

    /** What is known of the pictures that are not there, with links for {@link #followed}; empty where nothing is missing. */
    String words() {
        int waiting = queue.waiting();
        if (waiting > 0 && !queue.isStopped()) {
            String left = queue.timeLeft().isEmpty() ? "" : ", " + queue.timeLeft();
            return "making " + waiting + (waiting == 1 ? " picture" : " pictures") + left + "  <a href=\"" + STOP + "\">Stop</a>";
        }
        String problem = queue.problem().isEmpty() ? "" : queue.problem().replace("&", "&&") + "  ";
        List<Unit> missing = missing();
        return missing.isEmpty() ? problem : problem + "<a href=\"" + MAKE + "\">Make the " + (missing.size() == 1
                ? "picture that is missing" : missing.size() + " pictures that are missing") + "</a>, " + Texts.about(seconds(missing));
    }

    /** Does what a link of {@link #words()} says. */
    void followed(String link) {
        if (STOP.equals(link)) {
            queue.stop();
        } else {
            make(missing());
        }
        changed.run();
    }

    /** Takes over what another view has made. */
    void hear(Finding<?> finding) {
        if (finding.network() == network && !finding.isGrowing() && finding.result() instanceof Visualized made) {
            units.stream().map(this::request)
                    .filter(request -> Arguments.text(request.arguments()).equals(finding.recipe().arguments()))
                    .findFirst().ifPresent(request -> queue.found(request, made, Double.NaN));
        }
    }

    /** Units of which the store has no picture, or none that is done; after a problem, also those that it has met. */
    private List<Unit> missing() {
        Set<Stage> stages = queue.problem().isEmpty() ? Set.of(Stage.MISSING, Stage.PARTIAL)
                : Set.of(Stage.MISSING, Stage.PARTIAL, Stage.FAILED);
        return units.stream().filter(unit -> stages.contains(picture(unit).stage())).toList();
    }

    private double seconds(List<Unit> missing) {
        PictureChoice choice = PictureChoice.now();
        Costs costs = new Costs();
        Map<String, List<Unit>> byLayer = missing.stream().collect(Collectors.groupingBy(Unit::layer));
        return byLayer.values().stream().mapToDouble(some -> costs.seconds(network,
                Costs.work(network, some.get(0), choice.steps(), some.size()))).sum() / choice.workers();
    }

    private static boolean hasPicture(Unit unit) {
        return !unit.layer().equals(Network.INPUT);
    }

    private PictureRequest request(Unit unit) {
        return new PictureRequest(network, unit, PictureChoice.now().arguments(unit));
    }

    private List<PictureRequest> requests(List<Unit> wanted) {
        return wanted.stream().filter(NodePictures::hasPicture).map(this::request).toList();
    }

    @Override
    public void close() {
        queue.close();
    }
}
