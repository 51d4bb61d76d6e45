package org.loupe.ui.circuits.zest;

import org.eclipse.zest.core.viewers.IGraphContentProvider;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.core.circuit.graph.Scene.Curve;

/** The links of a scene; nodes are their ids. */
final class Links implements IGraphContentProvider {

    @Override
    public Object[] getElements(Object input) {
        return ((Scene) input).curves().toArray();
    }

    @Override
    public Object getSource(Object link) {
        return ((Curve) link).edge().from();
    }

    @Override
    public Object getDestination(Object link) {
        return ((Curve) link).edge().to();
    }
}
