package org.loupe.ui.wall;

import java.util.Arrays;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.KeyListener;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.eclipse.swt.widgets.Text;

/** What stands over the wall: a filter, the order, and the size of the pictures. */
final class WallHeader extends Composite {

    private static final int FILTER_DELAY_MILLISECONDS = 150;
    private static final int SCALE_WIDTH = 110;

    private final Text filter;
    private final Combo order;
    private final Scale size;

    /**
     * @param arrange    is called when the filter or the order have changed
     * @param sizeChosen is called when the size has changed
     * @param leave      is called when a person is done with the filter
     */
    WallHeader(Composite parent, Runnable arrange, Runnable sizeChosen, Runnable leave) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(4).margins(6, 4).applyTo(this);
        filter = new Text(this, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        filter.setMessage("Filter: 70-80, curve, dead");
        filter.setToolTipText("Channels such as 71 or 70-80, a part of a label, family or note, or: dead, partial, missing, failed");
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(120, SWT.DEFAULT)
                .applyTo(filter);
        filter.addModifyListener(event -> getDisplay().timerExec(FILTER_DELAY_MILLISECONDS, arrange));
        filter.addKeyListener(KeyListener.keyPressedAdapter(event -> {
            if (event.keyCode == SWT.ESC) {
                filter.setText("");
                leave.run();
            } else if (event.keyCode == SWT.CR || event.keyCode == SWT.ARROW_DOWN) {
                leave.run();
            }
        }));
        order = new Combo(this, SWT.DROP_DOWN | SWT.READ_ONLY);
        order.setItems(Arrays.stream(Order.values()).map(Order::label).toArray(String[]::new));
        order.select(0);
        order.setToolTipText("The order of the channels");
        order.addListener(SWT.Selection, event -> arrange.run());
        GridDataFactory.fillDefaults().align(SWT.BEGINNING, SWT.CENTER).applyTo(order);
        Label label = new Label(this, SWT.NONE);
        label.setText("Size");
        size = new Scale(this, SWT.HORIZONTAL);
        size.setMinimum(ChannelWall.SMALLEST);
        size.setMaximum(ChannelWall.LARGEST);
        size.setIncrement(8);
        size.setPageIncrement(32);
        size.setToolTipText("The size of the pictures; on the wall, Ctrl and the mouse wheel");
        size.addListener(SWT.Selection, event -> sizeChosen.run());
        GridDataFactory.fillDefaults().align(SWT.BEGINNING, SWT.CENTER).hint(SCALE_WIDTH, SWT.DEFAULT).applyTo(size);
    }

    String filter() {
        return filter.getText();
    }

    Order order() {
        return Order.values()[order.getSelectionIndex()];
    }

    int size() {
        return size.getSelection();
    }

    void setSize(int side) {
        size.setSelection(side);
    }

    void setFilter(String text) {
        filter.setText(text);
    }

    void setOrder(Order wanted) {
        order.select(wanted.ordinal());
    }

    void focusOnFilter() {
        filter.setFocus();
        filter.selectAll();
    }
}
