package org.loupe.ui.circuits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.swt.widgets.Display;
import org.loupe.core.Unit;
import org.loupe.core.circuit.graph.GraphText;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.ui.Lookup;

/**
 * The circuit that a view shows, and how it gets there: out of the study, as it was left, or as somebody has changed it. For
 * the UI thread.
 */
final class CircuitDocument implements AutoCloseable {

    private final Display display;
    private final Laboratory laboratory;
    private final CircuitBook book;
    private final CircuitSettings settings;
    private final Watch watch;
    private final Lookup<Network, StoredNames> names;
    private final List<Runnable> ends = new ArrayList<>();
    private Drawn shown;
    private Scene scene;
    private StoredNames stored = StoredNames.NONE;
    private boolean isRestoring;

    /** Who is told what has become of it. */
    interface Watch {
        /** A circuit is shown, or another state of it. */
        void shows(Drawn drawn, boolean isOther);

        /** No circuit is shown any more. */
        void showsNone();

        /** It is known which circuits the study has. */
        void knowsStored();

        void failed(String tried, Throwable problem);
    }

    CircuitDocument(Display display, Laboratory laboratory, CircuitBook book, CircuitSettings settings, Watch watch) {
        this.display = display;
        this.laboratory = laboratory;
        this.book = book;
        this.settings = settings;
        this.watch = watch;
        names = new Lookup<>("circuits", display, network -> StoredNames.of(laboratory, network), this::found,
                problem -> found(StoredNames.NONE));
        ends.add(names::close);
        ends.add(book.listen(this::changed));
    }

    Optional<Drawn> shown() {
        return Optional.ofNullable(shown);
    }

    /** Where its nodes and links are; nowhere while nothing is shown. */
    Scene scene() {
        return scene == null ? new Scene(List.of(), List.of(), 0, 0, 0, 0) : scene;
    }

    /** All units that are drawn. */
    List<Unit> units() {
        return scene().boxes().stream().flatMap(box -> box.node().units().stream()).toList();
    }

    /** The circuits of the network that is looked at. */
    StoredNames stored() {
        return stored;
    }

    /** Finds out which circuits of a network the study has. */
    void lookFor(Network network) {
        names.ask(network);
    }

    void show(Drawn drawn) {
        isRestoring = false;
        boolean isOther = !drawn.isStateOf(shown);
        shown = drawn;
        scene = Scene.of(drawn.graph());
        watch.shows(drawn, isOther);
        if (isOther) {
            names.ask(drawn.network());
        }
    }

    /** Shows no circuit. */
    void showNone() {
        shown = null;
        scene = null;
        watch.showsNone();
    }

    /** Finds a name that no circuit of a network has: the one that is wanted, or that with a number. */
    void free(Network network, String wanted, Consumer<String> found) {
        Lookup<Network, StoredNames> once = new Lookup<>("circuits", display, one -> StoredNames.of(laboratory, one), known -> {
            stored = known;
            found.accept(known.free(wanted));
        }, problem -> watch.failed("The circuits of the study could not be listed", problem));
        ends.add(once::close);
        once.ask(network);
    }

    /** Opens a circuit of the study, in its newest state. */
    void open(StoredNames.Entry entry) {
        Optional<Drawn> newest = book.newest(stored.network(), entry.name());
        if (newest.isPresent()) {
            show(newest.get());
        } else {
            openStored(stored.network(), entry.file());
        }
    }

    /** Opens a file of the study. */
    void openStored(Network network, Path wanted) {
        isRestoring = false;
        read(network, wanted, () -> true);
    }

    /** @param isWanted whether it is still to be shown once it is read */
    private void read(Network network, Path wanted, BooleanSupplier isWanted) {
        Lookup<Path, Drawn> reading = new Lookup<>("a circuit", display, file -> {
            GraphText.Read read = laboratory.study().circuits().read(file);
            return new Drawn(network, read.name(), read.graph());
        }, drawn -> {
            if (isWanted.getAsBoolean()) {
                book.opened(drawn);
                show(drawn);
            }
        }, problem -> {
            if (isWanted.getAsBoolean()) {
                showNone();
                watch.failed("The circuit could not be opened", problem);
            }
        });
        ends.add(reading::close);
        reading.ask(wanted);
    }

    /** Shows what was shown when the view was last closed, unless something else is shown or opened before it is found. */
    void restore() {
        settings.last().ifPresent(last -> {
            isRestoring = true;
            Lookup<String, StoredNames> looking = new Lookup<>("circuits", display, name -> laboratory.networks().stream()
                    .filter(one -> one.name().equals(name)).findFirst().map(one -> StoredNames.of(laboratory, one))
                    .orElse(StoredNames.NONE), known -> {
                        Optional<StoredNames.Entry> entry = known.files().stream()
                                .filter(one -> one.name().equals(last.circuit())).findFirst();
                        if (isRestoring && entry.isPresent()) {
                            stored = known;
                            book.newest(known.network(), entry.get().name()).ifPresentOrElse(this::show,
                                    () -> read(known.network(), entry.get().file(), () -> isRestoring));
                        }
                    }, problem -> found(StoredNames.NONE));
            ends.add(looking::close);
            looking.ask(last.network());
        });
    }

    private void found(StoredNames known) {
        stored = known;
        watch.knowsStored();
    }

    /** Somebody has changed a circuit, here or by undo. */
    private void changed(Drawn before, Drawn after) {
        if (after != null && (before == null || before.isStateOf(shown) || after.isStateOf(shown))) {
            show(after);
        } else if (after == null && before.isStateOf(shown)) {
            showNone();
        }
        if (before == null || after == null) {
            names.ask((after == null ? before : after).network());
        }
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
    }
}
