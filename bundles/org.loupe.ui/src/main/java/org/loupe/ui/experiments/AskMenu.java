package org.loupe.ui.experiments;

import java.util.Comparator;
import java.util.Map;
import org.eclipse.jface.action.IContributionItem;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.CompoundContributionItem;
import org.eclipse.ui.menus.CommandContributionItem;
import org.eclipse.ui.menus.CommandContributionItemParameter;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LoupeUi;

/** A menu of all analyses that are installed, each with its dialog. */
public final class AskMenu extends CompoundContributionItem {

    @Override
    protected IContributionItem[] getContributionItems() {
        return PlatformUI.getWorkbench().getService(Laboratory.class).registry().analyses().stream()
                .sorted(Comparator.comparing(analysis -> analysis.name())).map(analysis -> {
                    CommandContributionItemParameter item = new CommandContributionItemParameter(PlatformUI.getWorkbench(),
                            LoupeUi.ASK + "." + analysis.id(), LoupeUi.ASK, CommandContributionItem.STYLE_PUSH);
                    item.label = analysis.name() + "…";
                    item.tooltip = analysis.description();
                    item.parameters = Map.of(LoupeUi.ASK_ANALYSIS, analysis.id());
                    return new CommandContributionItem(item);
                }).toArray(IContributionItem[]::new);
    }
}
