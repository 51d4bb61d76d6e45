package org.loupe.ui.network;

import java.util.function.Function;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.OwnerDrawLabelProvider;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.TreeViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.TreeItem;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.widgets.Palette;

/** The columns of the tree of networks: name, channels, map, parameters, and a bar for the share of the work. */
final class NetworkColumns {

    private static final int BAR_HEIGHT = 6;
    private static final int MARGIN = 4;

    private final TreeViewer viewer;
    private final Font bold;
    private final Image networkImage;
    private final Image layerImage;

    /** @param bold for the names of networks */
    NetworkColumns(TreeViewer viewer, Font bold, Image networkImage, Image layerImage) {
        this.viewer = viewer;
        this.bold = bold;
        this.networkImage = networkImage;
        this.layerImage = layerImage;
    }

    void create() {
        column("Layer", SWT.LEFT, 156).setLabelProvider(new Names());
        column("Shape", SWT.RIGHT, 74).setLabelProvider(new Texts(NetworkColumns::shape));
        column("Weights", SWT.RIGHT, 62).setLabelProvider(new Texts(NetworkColumns::parameters));
        column("Work", SWT.LEFT, 42).setLabelProvider(new ComputeBar());
    }

    private TreeViewerColumn column(String title, int alignment, int width) {
        TreeViewerColumn column = new TreeViewerColumn(viewer, alignment);
        column.getColumn().setText(title);
        column.getColumn().setWidth(width);
        column.getColumn().setResizable(true);
        return column;
    }

    private static String shape(Object element) {
        if (element instanceof LayerInNetwork layer) {
            Shape shape = layer.network().shape(layer.layer());
            return shape.rows() == 1 && shape.columns() == 1 ? Integer.toString(shape.channels())
                    : shape.channels() + "×" + shape.rows() + "×" + shape.columns();
        }
        Shape input = ((Network) element).input().shape();
        return input.channels() + "×" + input.rows() + "×" + input.columns();
    }

    private static String parameters(Object element) {
        return Facts.number(element instanceof LayerInNetwork layer ? layer.network().parameters(layer.layer())
                : ((Network) element).parameters());
    }

    private static String facts(Object element) {
        return element instanceof LayerInNetwork layer ? Facts.of(layer) : Facts.of((Network) element);
    }

    private static class Texts extends ColumnLabelProvider {
        private final Function<Object, String> text;

        Texts(Function<Object, String> text) {
            this.text = text;
        }

        @Override
        public String getText(Object element) {
            return text.apply(element);
        }

        @Override
        public String getToolTipText(Object element) {
            return facts(element);
        }
    }

    private final class Names extends Texts {
        Names() {
            super(Object::toString);
        }

        @Override
        public Font getFont(Object element) {
            return element instanceof Network ? bold : null;
        }

        @Override
        public Image getImage(Object element) {
            return element instanceof Network ? networkImage : layerImage;
        }
    }

    /** The widest bar is that of the layer with the most work. */
    private final class ComputeBar extends OwnerDrawLabelProvider {
        @Override
        protected void measure(Event event, Object element) {
            event.height = Math.max(event.height, BAR_HEIGHT + MARGIN);
        }

        @Override
        protected void paint(Event event, Object element) {
            if (element instanceof LayerInNetwork layer) {
                double most = layer.network().layers().stream()
                        .mapToDouble(one -> Facts.share(new LayerInNetwork(layer.network(), one))).max().orElse(1);
                Rectangle cell = ((TreeItem) event.item).getBounds(event.index);
                int room = cell.width - 2 * MARGIN;
                int width = (int) Math.max(1, Math.round(room * Facts.share(layer) / Math.max(1e-9, most)));
                Palette palette = Palette.of(viewer.getTree());
                boolean isSelected = (event.detail & SWT.SELECTED) != 0;
                if (!isSelected) {
                    event.gc.setBackground(palette.line());
                    event.gc.fillRectangle(cell.x + MARGIN, cell.y + (cell.height - BAR_HEIGHT) / 2, room, BAR_HEIGHT);
                }
                event.gc.setBackground(isSelected
                        ? event.display.getSystemColor(SWT.COLOR_LIST_SELECTION_TEXT) : palette.accent());
                event.gc.fillRectangle(cell.x + MARGIN, cell.y + (cell.height - BAR_HEIGHT) / 2, width, BAR_HEIGHT);
            }
        }

        @Override
        protected void erase(Event event, Object element) {
            event.detail &= ~SWT.FOREGROUND;
        }

        @Override
        public String getToolTipText(Object element) {
            return facts(element);
        }
    }
}
