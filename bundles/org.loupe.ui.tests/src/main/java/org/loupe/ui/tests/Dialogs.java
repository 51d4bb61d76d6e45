package org.loupe.ui.tests;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;

/**
 * Acts in a dialog that somebody opens and that keeps whoever opens it waiting. What goes wrong in it closes it, so that no
 * test waits for ever, and is the test's failure.
 */
final class Dialogs {

    private static final int POLL_MILLISECONDS = 50;
    private static final long PATIENCE_NANOSECONDS = 60_000_000_000L;

    private final Display display = Ui.shell().getDisplay();
    private final String title;
    private final Predicate<Shell> isReady;
    private final Consumer<Shell> act;
    private final long deadline = System.nanoTime() + PATIENCE_NANOSECONDS;
    private boolean isDone;
    private boolean isOver;
    private Throwable problem;

    private Dialogs(String title, Predicate<Shell> isReady, Consumer<Shell> act) {
        this.title = title;
        this.isReady = isReady;
        this.act = act;
    }

    /** Opens a dialog and acts in it. */
    static void in(String title, Runnable open, Consumer<Shell> act) {
        in(title, open, dialog -> true, act);
    }

    /**
     * Opens a dialog and acts in it once it is ready.
     *
     * @param open opens it, and returns when it was closed
     * @param act  closes it in the end
     */
    static void in(String title, Runnable open, Predicate<Shell> isReady, Consumer<Shell> act) {
        Dialogs one = new Dialogs(title, isReady, act);
        one.display.timerExec(POLL_MILLISECONDS, one::look);
        Throwable thrown = null;
        try {
            open.run();
        } catch (RuntimeException | Error opening) {
            thrown = opening;
        }
        one.isOver = true;
        one.end(thrown);
    }

    private void look() {
        if (isOver) {
            return;
        }
        Optional<Shell> dialog = dialog();
        try {
            if (dialog.filter(isReady).isPresent()) {
                isDone = true;
                act.accept(dialog.get());
                if (dialog().isPresent()) {
                    throw new AssertionError("The dialog " + title + " is still open: " + Ui.texts(dialog.get()));
                }
            } else if (System.nanoTime() > deadline) {
                throw new AssertionError("The dialog " + title + (dialog.isEmpty() ? " was not opened" : " was not ready: "
                        + Ui.texts(dialog.get())));
            } else {
                display.timerExec(POLL_MILLISECONDS, this::look);
            }
        } catch (RuntimeException | Error failed) {
            problem = failed;
            dialog().ifPresent(Shell::dispose);
        }
    }

    private Optional<Shell> dialog() {
        return Arrays.stream(display.getShells()).filter(shell -> shell.isVisible() && shell.getText().equals(title)).findFirst();
    }

    private void end(Throwable thrown) {
        Throwable first = problem != null ? problem : thrown;
        if (first != null) {
            if (thrown != null && thrown != first) {
                first.addSuppressed(thrown);
            }
            if (first instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) first;
        }
        if (!isDone) {
            throw new AssertionError("No dialog " + title + " was opened");
        }
    }
}
