package org.loupe.ui.tests;

import java.util.List;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.PlatformUI;
import org.loupe.core.Unit;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.ingredients.IngredientsView;
import org.loupe.ui.network.NetworkView;
import org.loupe.ui.preferences.PictureChoice;
import org.loupe.ui.unit.UnitView;
import org.loupe.ui.wall.WallView;
import org.loupe.ui.widgets.PictureCanvas;

/** A window with all views open on a small network that nothing is known of yet. */
final class Bench {

    /** So few that a picture takes no time. */
    static final int FEW = 8;

    /** So many that no picture is ever done. */
    static final int ENDLESS = 1_000_000;

    final Network network;
    final NetworkView networks;
    final WallView wall;
    UnitView unit;
    IngredientsView ingredients;

    private Bench(String name, long seed, int steps) {
        steps(steps);
        networks = Ui.open(LoupeUi.NETWORK, NetworkView.class);
        wall = Ui.open(LoupeUi.WALL, WallView.class);
        ingredients = Ui.open(LoupeUi.INGREDIENTS, IngredientsView.class);
        unit = Ui.open(LoupeUi.UNIT, UnitView.class);
        network = add(TinyNetwork.of(name, seed));
        Ui.until("the network " + name + ", or a layer of it, is selected in the explorer",
                () -> selected(networks.getSite().getSelectionProvider().getSelection()).stream().anyMatch(
                        selected -> selected == network
                                || selected instanceof LayerInNetwork layer && layer.network() == network));
    }

    /** Opens everything on a network of the given name, of which nothing may have been shown before. */
    static Bench on(String name) {
        return new Bench(name, name.hashCode(), FEW);
    }

    static Laboratory laboratory() {
        return PlatformUI.getWorkbench().getService(Laboratory.class);
    }

    /** How many steps pictures have from now on. */
    static void steps(int steps) {
        InstanceScope.INSTANCE.getNode(LoupeUi.BUNDLE).putInt(PictureChoice.STEPS, steps);
    }

    /** Puts a network into the study and tells the views. */
    static Network add(Network made) {
        return told(laboratory().network(laboratory().study().add(made).toString()));
    }

    /** Opens a network file, puts the network into the study and tells the views. */
    static Network open(String file) {
        return told(laboratory().keep(laboratory().open(file, InputChoice.NONE)));
    }

    private static Network told(Network network) {
        PlatformUI.getWorkbench().getService(IEventBroker.class).post(LoupeUi.NETWORK_ADDED, network);
        return network;
    }

    UnitInNetwork unit(int channel) {
        return new UnitInNetwork(network, new Unit("shapes", channel));
    }

    /** Hangs the second layer on the wall. */
    void showShapes() {
        Ui.select(networks, new LayerInNetwork(network, network.layer("shapes")));
        Ui.until("the wall shows the layer", () -> wall.getPartName().equals("Channels of shapes")
                && selected(wall.getSite().getSelectionProvider().getSelection()).stream().allMatch(this::isHere),
                () -> wall.getPartName() + " with " + wall.getSite().getSelectionProvider().getSelection());
    }

    private boolean isHere(Object selected) {
        return selected instanceof LayerInNetwork layer && layer.network() == network
                || selected instanceof UnitInNetwork one && one.network() == network;
    }

    /** Selects a unit on the wall, for commands that are about what is selected. */
    void select(int channel) {
        Ui.select(wall, unit(channel));
        Ui.until("the unit is what is selected", () -> selected(Ui.page().getSelection()).equals(List.of(unit(channel))),
                () -> String.valueOf(Ui.page().getSelection()));
    }

    /** Selects a unit on the wall and waits until it is explained. */
    void show(int channel) {
        showShapes();
        Ui.select(wall, unit(channel));
        untilExplained(channel);
    }

    void untilExplained(int channel) {
        Ui.until("the unit " + channel + " is explained",
                () -> unit.shown().filter(unit(channel)::equals).isPresent()
                        && Ui.has(unitContent(), PictureCanvas.class, picture -> true),
                () -> unit.shown() + " in a view with: " + Ui.texts(unitContent()));
    }

    /** The picture that the Unit view shows large. */
    PictureCanvas picture() {
        return Ui.the(unitContent(), PictureCanvas.class, canvas -> true);
    }

    void untilPictureIsDone() {
        Ui.until("the picture is there, whole", () -> {
            PictureCanvas picture = picture();
            return picture.picture() != null && !picture.state().isGrowing() && !picture.state().isPartial();
        }, () -> picture().description());
    }

    Composite unitContent() {
        return Ui.content(unit);
    }

    Composite ingredientsContent() {
        return Ui.content(ingredients);
    }

    private static List<?> selected(ISelection selection) {
        return selection instanceof IStructuredSelection some ? some.toList() : List.of();
    }
}
