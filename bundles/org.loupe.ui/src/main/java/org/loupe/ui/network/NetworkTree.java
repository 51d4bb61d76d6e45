package org.loupe.ui.network;

import java.util.List;
import java.util.Locale;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerFilter;
import org.loupe.core.network.Network;
import org.loupe.ui.LayerInNetwork;

/** Networks, and in each its layers from the picture upwards. */
final class NetworkTree implements ITreeContentProvider {

    @Override
    public Object[] getElements(Object networks) {
        return ((List<?>) networks).toArray();
    }

    @Override
    public Object[] getChildren(Object parent) {
        return parent instanceof Network network
                ? network.layers().stream().map(layer -> new LayerInNetwork(network, layer)).toArray() : new Object[0];
    }

    @Override
    public Object getParent(Object element) {
        return element instanceof LayerInNetwork layer ? layer.network() : null;
    }

    @Override
    public boolean hasChildren(Object element) {
        return element instanceof Network;
    }

    /** Leaves the layers whose name has a text in it, and the networks of such layers or with such a name. */
    static final class NameFilter extends ViewerFilter {

        private String text = "";

        void setText(String typed) {
            text = typed.strip().toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean select(Viewer viewer, Object parent, Object element) {
            if (element instanceof Network network) {
                return fits(network.name()) || network.layers().stream().anyMatch(layer -> fits(layer.name()));
            }
            return element instanceof LayerInNetwork layer
                    && (fits(layer.layer().name()) || fits(layer.network().name()));
        }

        private boolean fits(String name) {
            return name.toLowerCase(Locale.ROOT).contains(text);
        }
    }
}
