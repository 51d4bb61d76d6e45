package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.junit.jupiter.api.Test;
import org.loupe.core.Recipe;
import org.loupe.core.Unit;
import org.loupe.core.facet.Judged;
import org.loupe.core.facet.Judged.Verdict;
import org.loupe.core.network.Network;
import org.loupe.core.scan.Groups;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.facets.JudgedPage;
import org.loupe.ui.results.Finding;

/** The table of units that are several things. */
class JudgedPageTest {

    private static Verdict verdict(int channel, int facets, double apart, String group) {
        return new Verdict(new Unit("shapes", channel), 40, List.of(new Groups.Share(group, 1)), facets, apart, apart, 1, 3);
    }

    @Test
    void headingsSortAndLinesSelectTheirUnits() {
        Network network = TinyNetwork.of("judged", 5);
        Judged judged = new Judged("judged", "drawn", 40, List.of(verdict(0, 1, 0, "cat"), verdict(1, 2, .9, "dog"),
                verdict(2, 1, .2, "ant")), List.of(), false);
        List<UnitInNetwork> chosen = new ArrayList<>();
        Shell shell = new Shell(Ui.shell());
        try {
            shell.setLayout(new FillLayout());
            JudgedPage page = new JudgedPage();
            page.onSelection(chosen::addAll);
            page.create(shell);
            shell.setSize(700, 500);
            shell.open();
            page.show(new Finding<>(judged, new Recipe("polysemantic", new TreeMap<>(), "", "", "", "", ""), network));
            Table table = Ui.all(shell, Table.class).get(0);
            assertEquals("shapes:1", table.getItem(0).getText(0));
            table.getColumn(7).notifyListeners(SWT.Selection, new Event());
            assertEquals("shapes:2", table.getItem(0).getText(0));
            table.setSelection(0);
            table.notifyListeners(SWT.Selection, new Event());
            Ui.until("the unit is chosen", () -> chosen.contains(new UnitInNetwork(network, new Unit("shapes", 2))),
                    chosen::toString);
        } finally {
            shell.dispose();
        }
    }
}
