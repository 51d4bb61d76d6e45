package org.loupe.ui.network;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerFilter;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.structure.Blocks;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.UnitInNetwork;

/** Networks, in each its blocks and layers from the picture upwards, and in a block its layers. */
final class NetworkTree implements ITreeContentProvider {

    private final NetworkNotes notes;

    NetworkTree(NetworkNotes notes) {
        this.notes = notes;
    }

    /** The network that a selected object is, or belongs to. */
    static Optional<Network> network(Object selected) {
        return Optional.ofNullable(selected instanceof Network network ? network
                : selected instanceof Block block ? block.network()
                        : selected instanceof LayerInNetwork layer ? layer.network()
                                : selected instanceof UnitInNetwork unit ? unit.network() : null);
    }

    @Override
    public Object[] getElements(Object networks) {
        return ((List<?>) networks).toArray();
    }

    /**
     * A block of layers.
     *
     * @param name what the names of its layers begin with
     */
    record Block(Network network, String name) {

        @Override
        public String toString() {
            return name;
        }
    }

    @Override
    public Object[] getChildren(Object parent) {
        if (parent instanceof Block block) {
            return layers(notes, block).toArray();
        }
        return parent instanceof Network network ? parts(network).toArray() : new Object[0];
    }

    /** The layers of a block, from the picture upwards. */
    static List<LayerInNetwork> layers(NetworkNotes notes, Block block) {
        return notes.blocks(block.network()).layers(block.name()).stream()
                .map(layer -> new LayerInNetwork(block.network(), layer)).toList();
    }

    private Set<Object> parts(Network network) {
        Blocks blocks = notes.blocks(network);
        Set<Object> parts = new LinkedHashSet<>();
        for (Layer layer : network.layers()) {
            parts.add(blocks.block(layer).<Object>map(name -> new Block(network, name))
                    .orElseGet(() -> new LayerInNetwork(network, layer)));
        }
        return parts;
    }

    @Override
    public Object getParent(Object element) {
        if (element instanceof LayerInNetwork layer) {
            return notes.blocks(layer.network()).block(layer.layer()).<Object>map(name -> new Block(layer.network(), name))
                    .orElse(layer.network());
        }
        return element instanceof Block block ? block.network() : null;
    }

    @Override
    public boolean hasChildren(Object element) {
        return element instanceof Network || element instanceof Block;
    }

    /** Leaves the layers whose name has a text in it, and the networks of such layers or with such a name. */
    static final class NameFilter extends ViewerFilter {

        private final NetworkNotes notes;
        private String text = "";

        NameFilter(NetworkNotes notes) {
            this.notes = notes;
        }

        void setText(String typed) {
            text = typed.strip().toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean select(Viewer viewer, Object parent, Object element) {
            if (element instanceof Network network) {
                return fits(network.name()) || network.layers().stream().anyMatch(layer -> fits(layer.name()));
            }
            if (element instanceof Block block) {
                return fits(block.network().name()) || layers(notes, block).stream().anyMatch(layer -> fits(layer.toString()));
            }
            return element instanceof LayerInNetwork layer
                    && (fits(layer.layer().name()) || fits(layer.network().name()));
        }

        private boolean fits(String name) {
            return name.toLowerCase(Locale.ROOT).contains(text);
        }
    }
}
