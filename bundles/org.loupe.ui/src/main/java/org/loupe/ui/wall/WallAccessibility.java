package org.loupe.ui.wall;

import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;

/** Tells a screen reader that the wall is a list, and what each of its channels shows. */
final class WallAccessibility {

    private final ChannelWall wall;
    private final ChannelWall.Content content;

    WallAccessibility(ChannelWall wall, ChannelWall.Content content) {
        this.wall = wall;
        this.content = content;
    }

    void attach() {
        wall.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = event.childID == ACC.CHILDID_SELF ? wall.channels().size() + " channels"
                        : content.description(event.childID);
            }
        });
        wall.getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent event) {
                event.detail = event.childID == ACC.CHILDID_SELF ? ACC.ROLE_LIST : ACC.ROLE_LISTITEM;
            }

            @Override
            public void getChildCount(AccessibleControlEvent event) {
                event.detail = wall.channels().size();
            }

            @Override
            public void getChildren(AccessibleControlEvent event) {
                event.children = wall.channels().toArray();
            }

            @Override
            public void getChildAtPoint(AccessibleControlEvent event) {
                Point point = wall.toControl(event.x, event.y);
                int channel = wall.channelAt(point);
                event.childID = channel < 0 ? ACC.CHILDID_SELF : channel;
            }

            @Override
            public void getLocation(AccessibleControlEvent event) {
                Rectangle place = event.childID == ACC.CHILDID_SELF ? wall.getClientArea()
                        : wall.place(event.childID);
                Point corner = wall.toDisplay(place.x, place.y);
                event.x = corner.x;
                event.y = corner.y;
                event.width = place.width;
                event.height = place.height;
            }

            @Override
            public void getFocus(AccessibleControlEvent event) {
                event.childID = wall.isFocusControl() ? wall.focused() : ACC.CHILDID_NONE;
            }

            @Override
            public void getSelection(AccessibleControlEvent event) {
                event.children = wall.selection().toArray();
            }

            @Override
            public void getState(AccessibleControlEvent event) {
                event.detail = ACC.STATE_FOCUSABLE;
                if (event.childID != ACC.CHILDID_SELF) {
                    event.detail |= ACC.STATE_SELECTABLE | ACC.STATE_MULTISELECTABLE;
                    event.detail |= wall.selection().contains(event.childID) ? ACC.STATE_SELECTED : 0;
                    event.detail |= wall.isFocusControl() && wall.focused() == event.childID ? ACC.STATE_FOCUSED : 0;
                }
            }
        });
    }
}
