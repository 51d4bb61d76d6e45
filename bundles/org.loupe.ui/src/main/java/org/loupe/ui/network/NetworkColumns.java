package org.loupe.ui.network;

import java.util.List;
import java.util.function.Function;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.OwnerDrawLabelProvider;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.TreeViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.TreeItem;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.platform.Laboratory;
import org.loupe.platform.OpenedNetwork;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.network.NetworkStates.Kind;
import org.loupe.ui.network.NetworkTree.Block;
import org.loupe.ui.widgets.Palette;

/** The columns of the tree of networks: name, channels, map, parameters, and a bar for the share of the work. */
final class NetworkColumns {

    private static final int BAR_HEIGHT = 6;
    private static final int MARGIN = 4;

    private final TreeViewer viewer;
    private final NetworkStates states;
    private final Laboratory laboratory;
    private final NetworkNotes notes;
    private final Font bold;
    private final Image networkImage;
    private final Image layerImage;

    /** @param bold for the names of networks */
    NetworkColumns(TreeViewer viewer, NetworkStates states, Laboratory laboratory, NetworkNotes notes, Font bold,
            Image networkImage, Image layerImage) {
        this.viewer = viewer;
        this.states = states;
        this.laboratory = laboratory;
        this.notes = notes;
        this.bold = bold;
        this.networkImage = networkImage;
        this.layerImage = layerImage;
    }

    void create() {
        column("Layer", SWT.LEFT, 160).setLabelProvider(new Names());
        column("Shape", SWT.RIGHT, 98).setLabelProvider(new Texts(this::shape));
        column("Weights", SWT.RIGHT, 62).setLabelProvider(new Texts(this::parameters));
        column("Work", SWT.LEFT, 44).setLabelProvider(new ComputeBar());
    }

    private TreeViewerColumn column(String title, int alignment, int width) {
        TreeViewerColumn column = new TreeViewerColumn(viewer, alignment);
        column.getColumn().setText(title);
        column.getColumn().setWidth(width);
        column.getColumn().setResizable(true);
        return column;
    }

    /** A network's name, and where it is off; what else there is to say is a mark and in the tool tip. Within a block, what a layer is called there. */
    private String name(Object element) {
        if (element instanceof Network network) {
            String state = states.of(network).kind() == Kind.OFF ? states.of(network).text() : "";
            boolean doubtful = laboratory.opened(network).filter(one -> one.isGuessed() || one.isCut()).isPresent();
            return network.name() + (doubtful ? " ⚠" : "") + (state.isEmpty() ? "" : " – " + state);
        }
        return element instanceof LayerInNetwork layer ? notes.blocks(layer.network()).shortName(layer.layer())
                : element.toString();
    }

    private String shape(Object element) {
        if (element instanceof Block block) {
            return shape(last(block));
        }
        if (element instanceof LayerInNetwork layer) {
            Shape shape = layer.network().shape(layer.layer());
            return shape.rows() == 1 && shape.columns() == 1 ? Integer.toString(shape.channels())
                    : shape.channels() + "×" + shape.rows() + "×" + shape.columns();
        }
        Shape input = ((Network) element).input().shape();
        return input.channels() + "×" + input.rows() + "×" + input.columns();
    }

    private LayerInNetwork last(Block block) {
        List<LayerInNetwork> layers = NetworkTree.layers(notes, block);
        return layers.get(layers.size() - 1);
    }

    private String parameters(Object element) {
        if (element instanceof Block block) {
            return Facts.number(NetworkTree.layers(notes, block).stream()
                    .mapToLong(one -> notes.costs(block.network()).parameters().get(one.toString())).sum());
        }
        return Facts.number(element instanceof LayerInNetwork layer ? notes.costs(layer.network()).parameters().get(layer.toString())
                : ((Network) element).parameters());
    }

    private String facts(Object element) {
        if (element instanceof Block block) {
            return block.name() + "\n" + NetworkTree.layers(notes, block).size() + " layers";
        }
        if (element instanceof Network network) {
            String check = states.of(network).about();
            String remarks = laboratory.opened(network).map(opened -> remarks(opened)).orElse("");
            return Facts.of(network) + (check.isEmpty() ? "" : "\n\n" + Facts.folded(check)) + remarks;
        }
        return Facts.of((LayerInNetwork) element);
    }

    private static String remarks(OpenedNetwork opened) {
        return opened.isDoubtful() ? "\n\n" + String.join("\n", opened.remarks().stream().map(Facts::folded).toList())
                + (opened.isGuessed() ? "\nThe input is guessed; see Input and Check… in the context menu." : "") : "";
    }

    private class Texts extends ColumnLabelProvider {
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
            super(NetworkColumns.this::name);
        }

        @Override
        public Color getForeground(Object element) {
            if (!(element instanceof Network network)) {
                return null;
            }
            Kind kind = states.of(network).kind();
            Palette palette = Palette.of(viewer.getTree());
            return kind == Kind.OFF ? palette.error() : kind == Kind.CHECKING || kind == Kind.UNCHECKED ? palette.muted()
                    : null;
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
            if (element instanceof Network network) {
                paintState(event, states.of(network).kind());
            }
            if (element instanceof LayerInNetwork layer) {
                NetworkNotes.Costs costs = notes.costs(layer.network());
                double share = (double) costs.multiplications().get(layer.toString()) / costs.most();
                Rectangle cell = ((TreeItem) event.item).getBounds(event.index);
                int room = cell.width - 2 * MARGIN;
                int width = (int) Math.max(1, Math.round(room * share));
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

        /** A mark that needs no words: ready, off, being checked, not checked. */
        private void paintState(Event event, Kind kind) {
            String mark = switch (kind) {
                case READY -> "✓";
                case OFF -> "off";
                case CHECKING -> "…";
                case UNCHECKED -> "?";
                case BUNDLED, UNKNOWN -> "";
            };
            Palette palette = Palette.of(viewer.getTree());
            boolean isSelected = (event.detail & SWT.SELECTED) != 0;
            Rectangle cell = ((TreeItem) event.item).getBounds(event.index);
            event.gc.setForeground(isSelected ? event.display.getSystemColor(SWT.COLOR_LIST_SELECTION_TEXT)
                    : kind == Kind.OFF ? palette.error() : kind == Kind.READY ? palette.accent() : palette.muted());
            event.gc.drawText(mark, cell.x + MARGIN, cell.y + (cell.height - event.gc.getFontMetrics().getHeight()) / 2,
                    SWT.DRAW_TRANSPARENT);
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
