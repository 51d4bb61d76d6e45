package org.loupe.ui.edits;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.loupe.core.Unit;
import org.loupe.ui.edits.KernelInputs.Input;
import org.loupe.ui.widgets.Texts;

/** Lets a person draw the kernel by which one unit reads another. */
final class KernelDialog extends TitleAreaDialog {

    private static final int PARTS = 200;
    private static final int USUAL = 100;
    private static final int WIDTH = 280;
    private static final int OFFERED = 50;

    private final KernelInputs inputs;
    private final double usual;
    private final Optional<Unit> unread;
    private Input chosen;
    private KernelDrawing drawing;
    private KernelCanvas canvas;
    private Scale strength;
    private Label strengthText;
    private Label facts;
    private Button undo;
    private Button redo;
    private Button turn;
    private Text name;
    private String label = "";
    private String behind = "";

    KernelDialog(Shell parent, KernelInputs inputs, Optional<Unit> from) {
        super(parent);
        this.inputs = inputs;
        this.usual = inputs.peak() == 0 ? 1 : inputs.peak();
        this.chosen = inputs.inputs().stream().filter(input -> from.filter(input.from()::equals).isPresent()).findFirst()
                .orElse(inputs.inputs().get(0));
        this.unread = from.filter(unit -> !unit.equals(chosen.from()));
        setHelpAvailable(false);
    }

    /** The edit that was drawn. */
    String change() {
        return drawing.change(chosen.from(), inputs.to());
    }

    /** What the edit is called; may be empty. */
    String label() {
        return label;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText("Draw a Kernel");
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        setTitle("How " + inputs.to() + " reads " + chosen.from());
        setMessage("Left button excites, right button inhibits, Shift takes away, the wheel\nchanges by a tenth. Keys: arrows, digits"
                + " for tenths, Space, + and −, N, Ctrl+Z.");
        unread.ifPresent(unit -> setMessage(inputs.to() + " does not read " + unit + " through one kernel, nor behind one bottleneck of its"
                + " block.\nThis is the strongest that it reads.", IMessageProvider.WARNING));
        Composite body = new Composite(area, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(body);
        GridLayoutFactory.swtDefaults().numColumns(2).margins(12, 10).spacing(16, 8).applyTo(body);
        canvas = new KernelCanvas(body, this::refresh);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(canvas);
        createSide(body);
        choose();
        return area;
    }

    private void createSide(Composite body) {
        Composite side = new Composite(body, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(6, 8).applyTo(side);
        GridDataFactory.fillDefaults().hint(WIDTH, SWT.DEFAULT).grab(false, true).applyTo(side);
        List<Input> all = inputs.strongest(OFFERED, chosen);
        heading(side, all.size() < inputs.inputs().size() ? "&From (the " + OFFERED + " strongest of " + inputs.inputs().size() + ")"
                : "&From");
        Combo from = new Combo(side, SWT.DROP_DOWN | SWT.READ_ONLY);
        from.setItems(all.stream().map(input -> input.from() + "   norm " + Texts.number(input.norm())).toArray(String[]::new));
        from.select(all.indexOf(chosen));
        from.addListener(SWT.Selection, event -> {
            chosen = all.get(from.getSelectionIndex());
            choose();
        });
        from.setToolTipText("For another one, choose both units on the wall before you draw");
        wide(from);
        heading(side, "&Strength of the brush");
        strength = new Scale(side, SWT.HORIZONTAL);
        strength.setMinimum(1);
        strength.setMaximum(PARTS);
        strength.setSelection(USUAL);
        strength.setPageIncrement(PARTS / 10);
        strength.addListener(SWT.Selection, event -> strength());
        wide(strength);
        strengthText = new Label(side, SWT.WRAP);
        wide(strengthText);
        undo = button(side, "&Undo", () -> drawing.undo());
        redo = button(side, "&Redo", () -> drawing.redo());
        button(side, "&Clear", () -> drawing.clear());
        button(side, "&As It Was", () -> drawing.restore());
        button(side, "M&irror", () -> drawing.mirror());
        turn = button(side, "&Turn", () -> drawing.turn());
        button(side, "&Other Sign", () -> drawing.negate());
        new Label(side, SWT.NONE);
        facts = new Label(side, SWT.WRAP);
        GridDataFactory.fillDefaults().span(2, 1).grab(true, true).hint(WIDTH, SWT.DEFAULT).applyTo(facts);
        heading(side, "&Name of this edit");
        name = new Text(side, SWT.SINGLE | SWT.BORDER);
        name.setMessage("may be left empty");
        wide(name);
    }

    private static void heading(Composite parent, String text) {
        Label label = new Label(parent, SWT.NONE);
        label.setText(text);
        wide(label);
    }

    private static void wide(Control control) {
        GridDataFactory.fillDefaults().span(2, 1).grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(control);
    }

    private Button button(Composite parent, String text, Runnable run) {
        Button button = new Button(parent, SWT.PUSH);
        button.setText(text);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(button);
        button.addListener(SWT.Selection, event -> {
            run.run();
            canvas.refresh();
            refresh();
        });
        return button;
    }

    private void choose() {
        drawing = inputs.drawing(chosen);
        behind = behind();
        setTitle("How " + inputs.to() + " reads " + chosen.from());
        canvas.show(drawing);
        strength();
        grow();
    }

    /** Makes room for what is said of a kernel, where that has become more. */
    private void grow() {
        Shell shell = getShell();
        int wanted = shell.computeSize(shell.getSize().x, SWT.DEFAULT).y;
        if (shell.isVisible() && wanted > shell.getSize().y) {
            shell.setSize(shell.getSize().x, wanted);
        }
    }

    /** What a person must know of a kernel that has no weights of its own; empty for others. */
    private String behind() {
        try {
            double spill = inputs.spill(chosen);
            return spill == 0 ? "" : String.format(Locale.ROOT, "%n%nBehind a 1x1 bottleneck: this is the product of the weights, as if"
                    + " nothing were gated. What is drawn changes how %s reads the bottleneck, and up to %.0f %% of it goes into another"
                    + " of its kernels, too.", inputs.to(), 100 * spill);
        } catch (IllegalArgumentException unreachable) {
            return String.format("%n%n") + unreachable.getMessage();
        }
    }

    private void strength() {
        double weight = usual * strength.getSelection() / USUAL;
        strengthText.setText("±" + Texts.number(weight) + "; the largest weight into " + inputs.to() + " is " + Texts.number(usual));
        strengthText.requestLayout();
        canvas.strength(weight);
        refresh();
    }

    private void refresh() {
        undo.setEnabled(drawing.canUndo());
        redo.setEnabled(drawing.canRedo());
        turn.setEnabled(drawing.canTurn());
        facts.setText("Norm " + Texts.number(drawing.norm()) + ", it was " + Texts.number(drawing.normBefore())
                + "; the strongest kernel into " + inputs.to() + " has " + Texts.number(inputs.inputs().get(0).norm())
                + ". Sum of the weights " + Texts.number(drawing.sum()) + "." + behind);
        facts.requestLayout();
        Button make = getButton(IDialogConstants.OK_ID);
        if (make != null) {
            make.setEnabled(drawing.isChanged());
        }
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        super.createButtonsForButtonBar(parent);
        getButton(IDialogConstants.OK_ID).setText("&Make");
        refresh();
        canvas.setFocus();
    }

    @Override
    protected void okPressed() {
        label = name.getText().strip();
        super.okPressed();
    }
}
