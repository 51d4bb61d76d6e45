package org.loupe.ui.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.IContributionItem;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.CompoundContributionItem;
import org.loupe.platform.Laboratory;
import org.loupe.store.Origin;

/** The menu of the network files that were opened last, the newest first. */
public final class RecentNetworks extends CompoundContributionItem {

    private static final int MOST = 9;

    @Override
    protected IContributionItem[] getContributionItems() {
        List<IContributionItem> items = new ArrayList<>();
        Laboratory laboratory = PlatformUI.getWorkbench().getService(Laboratory.class);
        for (Origin origin : laboratory.study().origins().values()) {
            if (!origin.source().isEmpty() && items.size() < MOST) {
                Path file = Path.of(origin.source());
                Action open = new Action("&" + (items.size() + 1) + " " + file.getFileName() + "  [" + file.getParent() + "]") {
                    @Override
                    public void run() {
                        new NetworkFiles(PlatformUI.getWorkbench(), List.of(file)).schedule();
                    }
                };
                items.add(new ActionContributionItem(open));
            }
        }
        if (items.isEmpty()) {
            Action none = new Action("No network was opened yet") {
            };
            none.setEnabled(false);
            items.add(new ActionContributionItem(none));
        }
        return items.toArray(IContributionItem[]::new);
    }
}
