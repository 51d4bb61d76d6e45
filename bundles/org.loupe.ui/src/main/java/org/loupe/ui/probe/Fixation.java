package org.loupe.ui.probe;

import java.util.Optional;
import org.eclipse.swt.SWT;
import org.loupe.core.Unit;

/** The pixel that a person looks at: where the pointer is, or where it was frozen by a click or the arrow keys. */
final class Fixation implements ProbeCanvas.Pointer {

    private static final int STEPS = 16;

    private final Runnable moved;
    private Optional<Unit.Position> pointer = Optional.empty();
    private Optional<Unit.Position> frozen = Optional.empty();

    /** @param moved is told when it is elsewhere */
    Fixation(Runnable moved) {
        this.moved = moved;
    }

    /** Where it is; nothing while the pointer is beside the picture. */
    Optional<Unit.Position> place() {
        return frozen.or(() -> pointer);
    }

    /** Whether it stays when the pointer moves. */
    boolean isFrozen() {
        return frozen.isPresent();
    }

    /** Follows the pointer again, without telling anybody. */
    void release() {
        frozen = Optional.empty();
    }

    @Override
    public void hovered(int row, int column) {
        pointer = Optional.of(new Unit.Position(row, column));
        if (frozen.isEmpty()) {
            moved.run();
        }
    }

    @Override
    public void left() {
        boolean isNews = pointer.isPresent();
        pointer = Optional.empty();
        if (isNews && frozen.isEmpty()) {
            moved.run();
        }
    }

    @Override
    public void clicked(int row, int column) {
        if (frozen.filter(new Unit.Position(row, column)::equals).isPresent()) {
            thaw();
        } else {
            freeze(row, column);
        }
    }

    /**
     * Moves by an arrow key, or follows the pointer again after Escape.
     *
     * @param key     its code
     * @param rows    height of the picture
     * @param columns width of the picture
     */
    void press(int key, int rows, int columns) {
        Unit.Position now = place().orElse(new Unit.Position(rows / 2, columns / 2));
        int step = Math.max(1, rows / STEPS);
        switch (key) {
            case SWT.ARROW_UP -> freeze(Math.max(0, now.row() - step), now.column());
            case SWT.ARROW_DOWN -> freeze(Math.min(rows - 1, now.row() + step), now.column());
            case SWT.ARROW_LEFT -> freeze(now.row(), Math.max(0, now.column() - step));
            case SWT.ARROW_RIGHT -> freeze(now.row(), Math.min(columns - 1, now.column() + step));
            case SWT.ESC -> thaw();
            default -> { }
        }
    }

    private void freeze(int row, int column) {
        frozen = Optional.of(new Unit.Position(row, column));
        moved.run();
    }

    private void thaw() {
        release();
        moved.run();
    }
}
