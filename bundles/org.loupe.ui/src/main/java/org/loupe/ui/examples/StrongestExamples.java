package org.loupe.ui.examples;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Link;
import org.loupe.core.scan.Crops;
import org.loupe.core.scan.Example;
import org.loupe.ui.Lookup;
import org.loupe.ui.widgets.ScrollingPage;

/** The pictures that excite a unit most: a few, and all that a scan has kept when they are asked for. */
final class StrongestExamples {

    private static final int FEW = 12;
    private static final int SIDE = 56;

    private final Frames frames;
    private final Predicate<Subject> isNewest;
    private final CropGrid grid;
    private final Link more;
    private final Lookup<Wanted, Filled> pictures;
    private Subject subject;
    private Crops crops;
    private boolean showsAll;

    /** Pictures that are to be read. */
    private record Wanted(Subject subject, Crops crops, List<Example> examples) {
    }

    /** Pictures that were read. */
    private record Filled(Wanted wanted, List<Tile> tiles) {
    }

    /**
     * @param isNewest whether a unit is still the one that is shown, asked in the background
     * @param open     opens one of several examples in a window
     */
    StrongestExamples(Composite parent, Frames frames, Predicate<Subject> isNewest, BiConsumer<List<Example>, Integer> open) {
        this.frames = frames;
        this.isNewest = isNewest;
        grid = new CropGrid(parent, "Strongest examples", SIDE);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(grid);
        grid.addListener(SWT.Selection, event -> open.accept(examples(), event.index));
        more = new Link(parent, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(more);
        more.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
            showsAll = !showsAll;
            show(subject, crops);
        }));
        pictures = new Lookup<>("pictures of examples", parent.getDisplay(), this::read, this::fill, problem -> { });
        parent.addDisposeListener(event -> pictures.close());
    }

    /** Takes away what is of another unit, and keeps its room. */
    void blank() {
        subject = null;
        grid.blank();
        more.setVisible(false);
    }

    /**
     * Shows those of a unit.
     *
     * @param cut what positions see, or what they look at
     */
    void show(Subject now, Crops cut) {
        subject = now;
        crops = cut;
        List<Example> examples = examples();
        grid.show(examples.stream().map(now::cell).toList());
        int all = now.after().examples().size();
        more.setText(all <= FEW ? "" : showsAll ? "<a>Show fewer</a>" : "<a>Show all " + all + "</a>");
        more.setVisible(true);
        pictures.ask(new Wanted(now, cut, examples));
        ScrollingPage.fitAround(grid);
    }

    private List<Example> examples() {
        return subject == null ? List.of()
                : subject.after().examples().stream().limit(showsAll ? Integer.MAX_VALUE : FEW).toList();
    }

    /** Reads pictures in the background, as long as their unit is still shown. */
    private Filled read(Wanted wanted) {
        return new Filled(wanted, isNewest.test(wanted.subject)
                ? wanted.subject.tiles(frames, wanted.crops, wanted.examples) : List.of());
    }

    private void fill(Filled filled) {
        if (filled.wanted.subject == subject && filled.wanted.crops == crops) {
            grid.fill(filled.tiles);
        }
    }
}
