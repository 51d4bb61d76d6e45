package org.loupe.ui;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** The perspective: networks on the left, a wall of channels in the middle, one unit explained on the right. */
public final class Interpretability implements IPerspectiveFactory {

    @Override
    public void createInitialLayout(IPageLayout layout) {
        String centre = layout.getEditorArea();
        layout.setEditorAreaVisible(false);
        layout.addView(LoupeUi.NETWORK, IPageLayout.LEFT, 0.26f, centre);
        IFolderLayout right = layout.createFolder("right", IPageLayout.RIGHT, 0.61f, centre);
        right.addView(LoupeUi.UNIT);
        IFolderLayout progress = layout.createFolder("progress", IPageLayout.BOTTOM, 0.82f, "right");
        progress.addView(IPageLayout.ID_PROGRESS_VIEW);
        IFolderLayout wall = layout.createFolder("wall", IPageLayout.TOP, 0.52f, centre);
        wall.addView(LoupeUi.WALL);
        IFolderLayout beneath = layout.createFolder("beneath", IPageLayout.BOTTOM, 0.52f, "wall");
        beneath.addView(LoupeUi.INGREDIENTS);
        beneath.addView(LoupeUi.TUNING);
        beneath.addView(LoupeUi.PROBE);
        beneath.addView(LoupeUi.EXPERIMENTS);
        IFolderLayout aside = layout.createFolder("aside", IPageLayout.BOTTOM, 0.58f, LoupeUi.NETWORK);
        aside.addView(LoupeUi.STRUCTURE);
        aside.addView(LoupeUi.EDITS);
        for (String view : new String[] {LoupeUi.NETWORK, LoupeUi.WALL, LoupeUi.UNIT, LoupeUi.INGREDIENTS, LoupeUi.TUNING,
                LoupeUi.STRUCTURE, LoupeUi.PROBE, LoupeUi.EXPERIMENTS, LoupeUi.EDITS, IPageLayout.ID_PROGRESS_VIEW}) {
            layout.addShowViewShortcut(view);
        }
        layout.addPerspectiveShortcut(LoupeUi.PERSPECTIVE);
    }
}
