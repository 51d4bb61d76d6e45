package org.loupe.ui.probe;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.network.Network;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureSet;
import org.loupe.platform.Laboratory;
import org.loupe.ui.Lookup;

/** Walks through the pictures that a network is asked with: the one before, the next one, any; of all classes or of one. */
final class SetBrowser extends Composite {

    private static final String ALL = "all classes";
    private static final int WIDTH = 110;

    private final Consumer<ProbeSource> show;
    private final Lookup<Network, Optional<Pictures>> sets;
    private final Random random = new Random();
    private final Combo classes;
    private Optional<Pictures> pictures = Optional.empty();
    private boolean isWaiting;
    private int index = -1;

    /** An open picture set and what it is called. */
    private record Pictures(String place, PictureSet set) {
    }

    /**
     * @param show   is given the picture that a person wants to see
     * @param failed is told why the pictures cannot be opened
     */
    SetBrowser(Composite parent, Laboratory laboratory, Consumer<ProbeSource> show, Consumer<String> failed) {
        super(parent, SWT.NONE);
        this.show = show;
        GridLayoutFactory.fillDefaults().numColumns(5).spacing(2, 0).applyTo(this);
        button("◀", "The picture of the set before this one", () -> step(-1));
        button("▶", "The next picture of the set", () -> step(1));
        button("Random", "Any picture of the set", this::any);
        classes = new Combo(this, SWT.DROP_DOWN | SWT.READ_ONLY);
        classes.setToolTipText("Which pictures of the set are shown next");
        GridDataFactory.fillDefaults().hint(WIDTH, SWT.DEFAULT).applyTo(classes);
        classes.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> step(0)));
        Function<Network, Optional<Pictures>> open = network -> laboratory.picturesOf(network)
                .map(place -> new Pictures(place, laboratory.pictures(place)));
        sets = new Lookup<>("the pictures of a network", getDisplay(), open, this::setPictures,
                problem -> failed.accept("The pictures cannot be opened: " + problem.getMessage()));
        addDisposeListener(event -> sets.close());
        setPictures(Optional.empty());
    }

    private void button(String text, String tip, Runnable what) {
        Button button = new Button(this, SWT.PUSH);
        button.setText(text);
        button.setToolTipText(tip);
        button.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> what.run()));
    }

    /**
     * Opens the pictures that a network is asked with.
     *
     * @param showsFirst whether to show the first one as soon as it is known
     */
    void setNetwork(Network network, boolean showsFirst) {
        isWaiting = showsFirst;
        sets.ask(network);
    }

    /** The index of what is shown, if it is a picture of the set. */
    void shown(ProbeSource source) {
        isWaiting = false;
        if (source instanceof ProbeSource.OfSet one && pictures.filter(now -> now.place.equals(one.set())).isPresent()) {
            index = one.index();
        }
    }

    private void setPictures(Optional<Pictures> found) {
        if (isDisposed()) {
            return;
        }
        boolean isSame = found.isPresent() && found.equals(pictures);
        pictures = found;
        setEnabled(found.isPresent() && !found.get().set.pictures().isEmpty());
        for (var control : getChildren()) {
            control.setEnabled(isEnabled());
        }
        if (!isSame) {
            index = -1;
            classes.removeAll();
            classes.add(ALL);
            found.ifPresent(one -> one.set.classes().forEach(classes::add));
            classes.select(0);
        }
        if (isWaiting) {
            step(1);
        }
    }

    private void step(int by) {
        pictures.ifPresent(now -> {
            List<Picture> all = now.set.pictures();
            int at = by == 0 ? Math.max(0, index) : Math.floorMod(index + by, all.size());
            for (int tried = 0; tried < all.size(); tried++) {
                if (fits(all.get(at))) {
                    show(now, at);
                    return;
                }
                at = Math.floorMod(at + (by < 0 ? -1 : 1), all.size());
            }
        });
    }

    private void any() {
        pictures.ifPresent(now -> {
            int[] fitting = IntStream.range(0, now.set.pictures().size()).filter(one -> fits(now.set.pictures().get(one))).toArray();
            if (fitting.length > 0) {
                show(now, fitting[random.nextInt(fitting.length)]);
            }
        });
    }

    private boolean fits(Picture picture) {
        return classes.getSelectionIndex() <= 0 || picture.label() == classes.getSelectionIndex() - 1;
    }

    private void show(Pictures now, int at) {
        index = at;
        show.accept(new ProbeSource.OfSet(now.place, at, now.set.pictures().get(at).name()));
    }
}
