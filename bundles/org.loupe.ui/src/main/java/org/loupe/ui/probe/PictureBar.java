package org.loupe.ui.probe;

import java.util.function.Consumer;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;

/** Where a person chooses a picture, from a file or from the set; with the name of the one that is shown. */
final class PictureBar extends Composite {

    private final Consumer<ProbeSource> show;
    private final SetBrowser browser;
    private final Label title;

    /**
     * @param show   is given the picture that a person wants to see
     * @param failed is told why the pictures of the set cannot be opened
     */
    PictureBar(Composite parent, Laboratory laboratory, Consumer<ProbeSource> show, Consumer<String> failed) {
        super(parent, SWT.NONE);
        this.show = show;
        GridLayoutFactory.fillDefaults().numColumns(3).spacing(4, 0).margins(4, 0).applyTo(this);
        Button open = new Button(this, SWT.PUSH);
        open.setText("Open…");
        open.setToolTipText("Choose a picture file; files can also be dropped here, and pictures pasted");
        open.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> open()));
        browser = new SetBrowser(this, laboratory, show, failed);
        title = new Label(this, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(title);
    }

    private void open() {
        FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
        dialog.setText("Open Picture");
        String chosen = dialog.open();
        if (chosen != null) {
            show.accept(new ProbeSource.Named(chosen));
        }
    }

    /**
     * Opens the pictures that a network is asked with.
     *
     * @param showsFirst whether to show the first one as soon as it is known
     */
    void setNetwork(Network network, boolean showsFirst) {
        browser.setNetwork(network, showsFirst);
    }

    /** Names the picture that is shown. */
    void shown(ProbeSource source) {
        browser.shown(source);
        title.setText(source.label());
        title.setToolTipText(source.label());
    }
}
