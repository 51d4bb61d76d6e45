package org.loupe.rcp;

import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.IContributionItem;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.actions.ActionFactory.IWorkbenchAction;
import org.eclipse.ui.actions.ContributionItemFactory;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;

/** The menus, with the places where bundles add their commands. */
final class MenuBar extends ActionBarAdvisor {

    private IWorkbenchWindow window;

    MenuBar(IActionBarConfigurer configurer) {
        super(configurer);
    }

    @Override
    protected void makeActions(IWorkbenchWindow of) {
        window = of;
    }

    @Override
    protected void fillMenuBar(IMenuManager bar) {
        bar.add(menu("&File", IWorkbenchActionConstants.M_FILE, new GroupMarker(IWorkbenchActionConstants.OPEN_EXT),
                additions(), new Separator(), item(ActionFactory.QUIT)));
        bar.add(menu("&Edit", IWorkbenchActionConstants.M_EDIT, item(ActionFactory.COPY), item(ActionFactory.SELECT_ALL),
                new Separator(IWorkbenchActionConstants.FIND_EXT), additions()));
        MenuManager views = new MenuManager("Show &View", "org.loupe.rcp.showView");
        views.add(ContributionItemFactory.VIEWS_SHORTLIST.create(window));
        bar.add(menu("&View", "view", new GroupMarker("zoom"), new Separator(), views, item(ActionFactory.RESET_PERSPECTIVE),
                new Separator("theme"), additions()));
        bar.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        bar.add(menu("&Window", IWorkbenchActionConstants.M_WINDOW, item(ActionFactory.NEXT_PART),
                item(ActionFactory.PREVIOUS_PART), additions(), new Separator(),
                item(ActionFactory.PREFERENCES)));
        bar.add(menu("&Help", IWorkbenchActionConstants.M_HELP, new GroupMarker("group.intro"), additions(),
                new Separator("group.about")));
    }

    private static MenuManager menu(String label, String id, IContributionItem... items) {
        MenuManager menu = new MenuManager(label, id);
        for (IContributionItem item : items) {
            menu.add(item);
        }
        return menu;
    }

    private static Separator additions() {
        return new Separator(IWorkbenchActionConstants.MB_ADDITIONS);
    }

    private IContributionItem item(ActionFactory factory) {
        IWorkbenchAction action = factory.create(window);
        register(action);
        return new ActionContributionItem(action);
    }
}
