package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.IAction;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Edit;
import org.loupe.core.annotation.Family;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.Group;
import org.loupe.core.circuit.graph.LinkFilter;
import org.loupe.core.circuit.graph.Place;
import org.loupe.core.network.Network;
import org.loupe.ui.circuits.GraphRenderers;
import org.loupe.ui.labels.Labels;

/** What is done to a drawn circuit as a whole: grouping, arranging, finding out what is used. */
class CircuitToolsTest {

    private static final int PICTURES = 40;
    private static final Unit FIRST = new Unit("edges", 0);
    private static final Unit SECOND = new Unit("edges", 1);

    @TempDir
    Path folder;

    static List<String> renderers() {
        return GraphRenderers.installed().choices().stream().map(GraphRenderers.Choice::id).toList();
    }

    private static IAction tool(Drawing drawing, String name) {
        return Arrays.stream(drawing.view().getViewSite().getActionBars().getToolBarManager().getItems())
                .filter(ActionContributionItem.class::isInstance).map(item -> ((ActionContributionItem) item).getAction())
                .filter(action -> action.getText().equals(name)).findFirst().orElseThrow();
    }

    private static void choose(Menu menu, String entry) {
        menu.notifyListeners(SWT.Show, new Event());
        Arrays.stream(menu.getItems()).filter(item -> item.getText().split("\t")[0].equals(entry)).findFirst()
                .orElseThrow(() -> new AssertionError(entry + " is not among " + Arrays.stream(menu.getItems())
                        .map(MenuItem::getText).toList())).notifyListeners(SWT.Selection, new Event());
        menu.notifyListeners(SWT.Hide, new Event());
        Ui.settle();
    }

    /** Opens a dialog that proposes groups, and does something with it once it has found what it looks for. */
    private static void propose(Drawing drawing, String by, Consumer<Shell> then) {
        Dialogs.in("Group " + by,
                () -> choose(tool(drawing, "Group").getMenuCreator().getMenu(drawing.view().canvas()), by + "…"),
                dialog -> !Ui.texts(dialog).contains("Looking for groups"), then);
    }

    private static void label(Network network, Unit unit, String label) {
        Labels.of(PlatformUI.getWorkbench()).change(network, new Edit.Label(unit, label));
    }

    private static void write(Drawing drawing, String name, Unit... units) {
        Labels.of(PlatformUI.getWorkbench()).change(drawing.bench().network, new Edit.Group(name,
                Optional.of(new Family(name, "rotation", "", List.of(units)))));
    }

    private static List<String> groups(CircuitGraph graph) {
        return graph.groups().stream().map(Group::name).toList();
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void chosenNodesBecomeOneThatIsTakenApartAgain(String by) {
        Drawing drawing = Drawing.on("grouped", by);
        CircuitGraph before = drawing.graph();
        drawing.click("edges:0", 1, 0);
        drawing.click("edges:1", 1, SWT.CTRL);
        Dialogs.in("Group", () -> Ui.key(drawing.view().canvas(), 'g'), dialog -> {
            Ui.the(dialog, Text.class, text -> true).setText("two edges");
            Ui.press(Ui.button(dialog, "OK"));
        });
        assertEquals(Set.of("edges:2", "edges:3", "two edges", "shapes:2"), Set.copyOf(drawing.nodes()));
        assertTrue(drawing.renderer().bounds("group two edges").isPresent());
        assertTrue(drawing.renderer().bounds("edges:0").isEmpty(), "a member is no node of its own");
        assertEquals(4, drawing.graph().links().size(), "links stay");
        drawing.click("group two edges", 1, 0);
        Ui.key(drawing.view().canvas(), 'u');
        assertEquals(Set.copyOf(before.shown().nodes().stream().map(node -> node.title()).toList()), Set.copyOf(drawing.nodes()));
        Ui.run(IWorkbenchCommandConstants.EDIT_UNDO);
        assertEquals(List.of("two edges"), groups(drawing.graph()));
        Ui.run(IWorkbenchCommandConstants.EDIT_UNDO);
        assertEquals(before, drawing.graph());
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void familiesAreProposedWithWhereTheyComeFromAndMadeAtOnce(String by) {
        Drawing drawing = Drawing.on("proposed", by);
        write(drawing, "first two", FIRST, SECOND);
        write(drawing, "overlapping", SECOND, new Unit("edges", 2));
        String[] seen = new String[1];
        propose(drawing, "Families", dialog -> {
            Table table = Ui.the(dialog, Table.class, any -> true);
            TableItem item = table.getItem(0);
            seen[0] = item.getText(0) + " | " + item.getText(1) + " | " + item.getText(2);
            assertTrue(item.getChecked());
            assertFalse(table.getItem(1).getChecked(), "a unit is in one group");
            Ui.screenshot(dialog, "group-families");
            Ui.press(Ui.button(dialog, "Group"));
        });
        assertEquals("first two | edges:0, edges:1 | your family of the kind rotation", seen[0]);
        assertEquals(List.of("first two"), groups(drawing.graph()));
        Ui.screenshot("circuit-grouped");
        Ui.run(IWorkbenchCommandConstants.EDIT_UNDO);
        assertEquals(List.of(), groups(drawing.graph()));
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void leftAndRightArePairedByTheirLabels(String by) {
        Drawing drawing = Drawing.on("sides", by);
        label(drawing.bench().network, FIRST, "head left");
        label(drawing.bench().network, SECOND, "head right");
        propose(drawing, "Left and Right", dialog -> Ui.press(Ui.button(dialog, "Group")));
        assertEquals(List.of("head left or right"), groups(drawing.graph()));
        assertEquals(List.of(FIRST, SECOND), drawing.graph().groups().get(0).units());
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void whereNoUnitUnitesOthersItIsSaid(String by) {
        Drawing drawing = Drawing.on("union", by);
        String[] said = new String[1];
        CircuitGraph before = drawing.graph();
        propose(drawing, "Union of Cases", dialog -> {
            said[0] = String.join(" ", Ui.all(dialog, Label.class).stream().map(Label::getText).toList());
            assertFalse(Ui.button(dialog, "Group").isEnabled());
            Ui.screenshot(dialog, "group-union");
            Ui.press(Ui.button(dialog, "Cancel"));
        });
        assertTrue(said[0].contains("No unit that is shown unites others"), said[0]);
        assertEquals(before, drawing.graph());
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void arrangingFindsNewPlacesAndUndoTheOldOnes(String by) {
        Drawing drawing = Drawing.on("arranged", by);
        double column = drawing.graph().places().get("edges:0").column();
        CircuitGraph before = drawing.graph();
        CircuitGraph moved = before.placed(Map.of("edges:0", new Place(column + 2000, 1)));
        drawing.view().show(drawing.view().shown().orElseThrow().with(moved));
        tool(drawing, "Arrange").run();
        drawing.untilRested();
        assertNotEquals(moved.places(), drawing.graph().places());
        List<Double> columns = drawing.graph().shown().nodes().stream().filter(node -> node.unit().layer().equals("edges"))
                .map(node -> drawing.graph().places().get(node.id()).column()).sorted().toList();
        assertTrue(columns.get(3) - columns.get(0) < 1000, "nothing is far away: " + columns);
        Ui.run(IWorkbenchCommandConstants.EDIT_UNDO);
        assertEquals(moved, drawing.graph());
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void whatIsUsedIsFoundOnPicturesAndFiltersLinks(String by) throws IOException {
        Drawing drawing = Drawing.on("used", by);
        Bench.laboratory().choosePictures(drawing.bench().network, RandomPictures.in(folder, PICTURES));
        drawing.clickGround();
        choose(drawing.view().canvas().getMenu(), "Find Use on Pictures");
        Ui.until("what goes through each link is known", () -> drawing.graph().links().values().stream()
                .noneMatch(link -> Double.isNaN(link.attribution())), () -> drawing.graph().links().values().toString());
        assertTrue(drawing.graph().shown().edges().get(0).words().contains("of what the centre answers goes through it"));
        Combo use = Ui.the(Ui.content(drawing.view()), Combo.class, combo -> combo.getItem(0).equals("all uses"));
        use.select(use.getItemCount() - 1);
        Ui.press(use);
        LinkFilter filter = drawing.graph().filter();
        assertEquals(drawing.graph().links().values().stream().filter(filter::shows).count(),
                drawing.graph().shown().edges().size());
        Ui.run(IWorkbenchCommandConstants.EDIT_UNDO);
        assertEquals(LinkFilter.NONE, drawing.graph().filter());
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void withoutPicturesItIsSaidHowToChooseSome(String by) {
        Drawing drawing = Drawing.on("unused", by);
        drawing.clickGround();
        choose(drawing.view().canvas().getMenu(), "Find Use on Pictures");
        assertTrue(Ui.has(Ui.content(drawing.view()), Control.class, control -> control instanceof Label label
                && label.getText().startsWith("No pictures are chosen for")), Ui.texts(Ui.content(drawing.view())));
    }
}
