package org.loupe.ui.circuits;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.KeyListener;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Text;
import org.loupe.core.circuit.graph.LinkFilter;

/** What stands above a circuit: where nodes are sought and links filtered, and a line that says what is shown. */
final class CircuitHead extends Composite {

    private static final int FIND_WIDTH = 110;

    private final Text find;
    private final FilterBar filters;
    private final Composite line;
    private final Label status;
    private final Link pictures;

    /** What a person does here. */
    interface Acts {
        /** Somebody looks for a node, or for the next one. */
        void find(String text);

        /** Somebody has looked for nodes long enough. */
        void leave();

        void filter(LinkFilter filter);

        /** Somebody has clicked at a link of what is said of pictures. */
        void followed(String link);
    }

    CircuitHead(Composite parent, Acts acts) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(6, 2).spacing(6, 2).applyTo(this);
        find = new Text(this, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        find.setMessage("Find a unit");
        find.setToolTipText("Goes to the next node that is called so, or is labelled so; Enter goes on");
        GridDataFactory.fillDefaults().hint(FIND_WIDTH, SWT.DEFAULT).applyTo(find);
        find.addModifyListener(event -> acts.find(find.getText()));
        find.addKeyListener(KeyListener.keyPressedAdapter(event -> {
            if (event.character == SWT.CR) {
                acts.find(find.getText());
            } else if (event.keyCode == SWT.ESC) {
                find.setText("");
                acts.leave();
            }
        }));
        filters = new FilterBar(this, acts::filter);
        line = new Composite(this, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(12, 0).applyTo(line);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(line);
        status = new Label(line, SWT.NONE);
        pictures = new Link(line, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(pictures);
        pictures.addListener(SWT.Selection, event -> acts.followed(event.text));
    }

    void show(LinkFilter filter) {
        filters.show(filter);
    }

    /** Says something in the line, with more of it while that is pointed at. */
    void say(String text, String tip) {
        status.setText(text.replace("&", "&&"));
        status.setToolTipText(tip);
        line.layout();
    }

    void say(String text) {
        say(text, text);
    }

    /** What was said last. */
    String said() {
        return status.getText();
    }

    /** Says what is known of pictures, with links. */
    void sayOfPictures(String text) {
        if (!text.equals(pictures.getText())) {
            pictures.setText(text);
            line.layout();
        }
    }
}
