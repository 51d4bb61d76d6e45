package org.loupe.ui.results;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.loupe.core.Analysis;
import org.loupe.core.Recipe;
import org.loupe.core.network.Network;
import org.loupe.platform.Registered;
import org.loupe.ui.widgets.Fold;
import org.loupe.ui.widgets.ScrollingPage;

/** The recipe of what is shown, folded away until somebody wants it: as text, and as the command that repeats it. */
public final class RecipeFold {

    private static final int WIDTH = 160;

    private final Fold fold;
    private final Text lines;
    private final Text command;

    /** Makes a folded one without a recipe. */
    public RecipeFold(Composite parent) {
        fold = new Fold(parent, "Recipe");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(fold.control());
        lines = text("Recipe");
        command = text("Command that makes it again");
        Composite buttons = new Composite(fold.body(), SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(buttons);
        button(buttons, "Copy recipe", lines);
        button(buttons, "Copy command", command);
    }

    /** Shows a recipe. */
    public void show(Recipe recipe, Registered<? extends Analysis<?, ?>> analysis, Network network) {
        set(lines, RecipeText.lines(recipe, network.name()).stripTrailing());
        set(command, RecipeText.command(recipe, analysis.shortName(), analysis.value().arguments(), network.name()));
        ScrollingPage.fitAround(fold.control());
    }

    /** The part that shows and hides the recipe. */
    public Fold fold() {
        return fold;
    }

    /** The recipe as text. */
    public String recipe() {
        return lines.getText();
    }

    /** The command that makes the result again. */
    public String command() {
        return command.getText();
    }

    private Text text(String name) {
        Text text = new Text(fold.body(), SWT.MULTI | SWT.READ_ONLY | SWT.WRAP);
        text.setFont(JFaceResources.getTextFont());
        text.setToolTipText(name);
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(text);
        return text;
    }

    private static void set(Text text, String value) {
        if (!text.getText().equals(value)) {
            text.setText(value);
        }
    }

    private static void button(Composite parent, String label, Text source) {
        Button button = new Button(parent, SWT.PUSH);
        button.setText(label);
        button.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
            Clipboard clipboard = new Clipboard(button.getDisplay());
            try {
                clipboard.setContents(new Object[] {source.getText()}, new Transfer[] {TextTransfer.getInstance()});
            } finally {
                clipboard.dispose();
            }
        }));
    }
}
