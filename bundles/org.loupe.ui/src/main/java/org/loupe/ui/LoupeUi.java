package org.loupe.ui;

/** The names by which the parts of the workbench, and bundles that extend it, refer to each other. */
public final class LoupeUi {

    /** This bundle; its preferences are kept under the same name. */
    public static final String BUNDLE = "org.loupe.ui";

    /** The perspective. */
    public static final String PERSPECTIVE = "org.loupe.ui.interpretability";

    /** The view of networks and their layers. */
    public static final String NETWORK = "org.loupe.ui.network";

    /** The view of a layer's channels. */
    public static final String WALL = "org.loupe.ui.wall";

    /** The view that explains one unit. */
    public static final String UNIT = "org.loupe.ui.unit";

    /** The view that shows what each ingredient of a picture buys. */
    public static final String INGREDIENTS = "org.loupe.ui.ingredients";

    /** The view that shows stimuli and what the channels of a layer answer. */
    public static final String TUNING = "org.loupe.ui.tuning";

    /** The view that draws what a network is made of. */
    public static final String STRUCTURE = "org.loupe.ui.structure";

    /** The view that shows what fires in one picture. */
    public static final String PROBE = "org.loupe.ui.probe";

    /** The view of what was asked and what is being answered. */
    public static final String EXPERIMENTS = "org.loupe.ui.experiments";

    /** Command: asks an analysis about what is selected, in a dialog. */
    public static final String ASK = "org.loupe.ui.ask";

    /** Parameter of {@link #ASK}: identifier of the analysis. */
    public static final String ASK_ANALYSIS = "org.loupe.ui.ask.analysis";

    /** The view of what was changed in a network. */
    public static final String EDITS = "org.loupe.ui.edits";

    /** Command: changes the selected unit. */
    public static final String EDIT_UNIT = "org.loupe.ui.editUnit";

    /** Command: opens the view {@link #PROBE}. */
    public static final String SHOW_PROBE = "org.loupe.ui.showProbe";

    /** The context menu of networks and layers: contribute to {@code popup:org.loupe.ui.networks}. */
    public static final String NETWORKS_MENU = "org.loupe.ui.networks";

    /** Command: shows what is known of a network's file, and checks it. */
    public static final String INPUT_AND_CHECK = "org.loupe.ui.inputAndCheck";

    /** Command: compares two engines on the selected network, in the background. */
    public static final String CHECK = "org.loupe.ui.check";

    /** The context menu of units, the same in every view: contribute to {@code popup:org.loupe.ui.units}. */
    public static final String UNITS_MENU = "org.loupe.ui.units";

    /** Command: makes the pictures of the selected units. The active view handles it. */
    public static final String VISUALIZE = "org.loupe.ui.visualize";

    /** Command: makes the pictures of the selected units once more, although they are in the store. */
    public static final String VISUALIZE_AGAIN = "org.loupe.ui.visualizeAgain";

    /** Command: asks how the picture of the selected unit is to be made. */
    public static final String VISUALIZE_AS = "org.loupe.ui.visualizeAs";

    /** Command: opens the view {@link #UNIT} for the selected unit. */
    public static final String EXPLAIN = "org.loupe.ui.explain";

    /** Command: opens the view {@link #INGREDIENTS} for the selected unit. */
    public static final String SHOW_INGREDIENTS = "org.loupe.ui.showIngredients";

    /** Command: gives the selected units a label. */
    public static final String LABEL = "org.loupe.ui.label";

    /** Command: adds the selected units to a family. */
    public static final String ADD_TO_FAMILY = "org.loupe.ui.addToFamily";

    /** Command: finds a unit by what is written about it. */
    public static final String FIND_UNIT = "org.loupe.ui.findUnit";

    /** Command: makes the pictures of all channels on the wall. */
    public static final String MAKE_ALL = "org.loupe.ui.makeAll";

    /** Command: larger pictures on the wall. */
    public static final String ZOOM_IN = "org.loupe.ui.zoomIn";

    /** Command: smaller pictures on the wall. */
    public static final String ZOOM_OUT = "org.loupe.ui.zoomOut";

    /** Command: pictures of the usual size on the wall. */
    public static final String ZOOM_RESET = "org.loupe.ui.zoomReset";

    /** Command: asks which pictures the selected network is to be asked with. */
    public static final String CHOOSE_PICTURES = "org.loupe.ui.choosePictures";

    /** Event: other pictures were chosen for a network; carries the {@link org.loupe.core.network.Network} as data. */
    public static final String PICTURES_CHOSEN = "org/loupe/ui/pictures/chosen";

    /** Event: networks were added to the study; carries the newest {@link org.loupe.core.network.Network} as data. */
    public static final String NETWORK_ADDED = "org/loupe/ui/network/added";

    /**
     * Event: a network was made anew by edits, or is to be looked at beside one; carries the
     * {@link org.loupe.core.network.Network} as data.
     */
    public static final String NETWORK_EDITED = "org/loupe/ui/network/edited";

    private LoupeUi() {
    }
}
