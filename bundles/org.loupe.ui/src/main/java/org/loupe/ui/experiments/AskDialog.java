package org.loupe.ui.experiments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.loupe.core.Analysis;
import org.loupe.core.Arguments;
import org.loupe.core.Preset;
import org.loupe.core.Result;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.ui.results.ArgumentField;
import org.loupe.ui.results.Question;
import org.loupe.ui.widgets.ScrollingPage;

/** Asks any analysis that is installed: its fields are made from the analysis' own arguments, with their help on hover. */
final class AskDialog extends TitleAreaDialog {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 420;
    private static final List<String> SUBJECTS = List.of("unit", "target", "units");

    private final Laboratory laboratory;
    private final List<Network> networks;
    private final List<Registered<Analysis<?, ?>>> analyses;
    private final Map<String, ArgumentField> fields = new LinkedHashMap<>();
    private Wish wish;
    private Combo network;
    private Combo analysis;
    private ScrollingPage page;
    private Composite form;
    private Combo presets;
    private Text pictures;

    /**
     * What the fields hold.
     *
     * @param arguments as text, by name; what is missing has its standard value
     * @param pictures  name, folder or file; empty for those of the network
     * @param subjects  the units or layers that a person wants to know something about, whatever it is
     */
    record Wish(Registered<? extends Analysis<?, ?>> analysis, Network network, Map<String, String> arguments,
            String pictures, List<String> subjects) {

        Wish {
            subjects = List.copyOf(subjects);
        }

        /** What was asked before, about the same. */
        static Wish again(Registered<? extends Analysis<?, ?>> analysis, Network network, Map<String, String> arguments,
                String pictures) {
            return new Wish(analysis, network, arguments, pictures, Arguments.fields(analysis.value().arguments()).stream()
                    .filter(field -> field.isList() || SUBJECTS.contains(field.name())).findFirst()
                    .map(field -> arguments.getOrDefault(field.name(), "").lines().toList()).orElse(List.of()));
        }

        /** An analysis of some units, with standard values for all else. */
        static Wish about(Registered<? extends Analysis<?, ?>> analysis, Network network, List<String> units) {
            return new Wish(analysis, network, subjects(analysis, units), "", units);
        }

        /** Fills in the units where the analysis asks for them. */
        private static Map<String, String> subjects(Registered<? extends Analysis<?, ?>> analysis, List<String> units) {
            Map<String, String> texts = new TreeMap<>();
            if (units.isEmpty()) {
                return texts;
            }
            for (Arguments.Field field : Arguments.fields(analysis.value().arguments())) {
                if (field.isList() && texts.isEmpty()) {
                    texts.put(field.name(), field.name().startsWith("layer") ? layer(units) : String.join("\n", units));
                } else if (field.type() == String.class && field.standard().isEmpty()) {
                    if (SUBJECTS.contains(field.name())) {
                        texts.put(field.name(), units.get(0));
                    } else if (field.name().equals("layer")) {
                        texts.put(field.name(), layer(units));
                    }
                }
            }
            return texts;
        }

        private static String layer(List<String> units) {
            return units.get(0).replaceFirst(":[^:]*$", "");
        }

        /** The question that this is. */
        @SuppressWarnings("unchecked") // the analysis says itself which arguments it takes
        <A extends Record, R extends Result> Question<A, R> question() {
            Registered<Analysis<A, R>> typed = (Registered<Analysis<A, R>>) (Registered<?>) analysis;
            A record = Arguments.record(typed.value().arguments(), arguments);
            return new Question<>(typed, record, network,
                    Optional.of(pictures.strip()).filter(place -> !place.isEmpty()), 0);
        }
    }

    AskDialog(Shell parent, Laboratory laboratory, Wish first) {
        super(parent);
        this.laboratory = laboratory;
        this.networks = laboratory.networks();
        this.analyses = laboratory.registry().analyses();
        this.wish = first;
        setShellStyle(getShellStyle() | SWT.RESIZE);
        setHelpAvailable(false);
    }

    /** What was chosen. */
    Wish wish() {
        return wish;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText("Ask");
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    protected Point getInitialSize() {
        Point least = super.getInitialSize();
        return new Point(Math.max(WIDTH, least.x), least.y);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(12, 10).spacing(10, 6).applyTo(area);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        analysis = combo(area, "Question:", analyses.stream().map(one -> one.name()).toList(), this::chooseAnalysis);
        network = combo(area, "Network:", networks.stream().map(Network::name).toList(), this::refresh);
        page = new ScrollingPage(area);
        GridDataFactory.fillDefaults().grab(true, true).span(2, 1).hint(WIDTH, HEIGHT).applyTo(page.control());
        analysis.select(index(wish.analysis.id()));
        network.select(Math.max(0, networks.indexOf(wish.network)));
        fill();
        return area;
    }

    private int index(String id) {
        for (int i = 0; i < analyses.size(); i++) {
            if (analyses.get(i).id().equals(id)) {
                return i;
            }
        }
        return 0;
    }

    private static Combo combo(Composite area, String label, List<String> items, Runnable changed) {
        new Label(area, SWT.NONE).setText(label);
        Combo combo = new Combo(area, SWT.READ_ONLY);
        ScrollingPage.keepWheel(combo);
        combo.setItems(items.toArray(String[]::new));
        combo.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> changed.run()));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(combo);
        return combo;
    }

    private Registered<? extends Analysis<?, ?>> chosen() {
        return analyses.get(analysis.getSelectionIndex());
    }

    private Network about() {
        return networks.get(network.getSelectionIndex());
    }

    /** Another question about the same units. */
    private void chooseAnalysis() {
        wish = Wish.about(chosen(), about(), wish.subjects);
        fill();
    }

    /** Makes the fields of the question. */
    private void fill() {
        if (form != null) {
            form.dispose();
        }
        fields.clear();
        pictures = null;
        form = new Composite(page.body(), SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(10, 6).applyTo(form);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(form);
        Wish wanted = wish; // while fields are filled, what is wished is read from those that are there already
        Analysis<?, ?> value = wanted.analysis.value();
        presets = value.presets().isEmpty() ? null : combo(form, "Preset:", value.presets().stream()
                .map(preset -> preset.name() + ": " + preset.about()).toList(), this::choosePreset);
        for (Arguments.Field field : Arguments.fields(value.arguments())) {
            ArgumentField made = new ArgumentField(form, field, this::refresh);
            made.setText(wanted.arguments.getOrDefault(field.name(), field.standard()));
            fields.put(field.name(), made);
        }
        pictures = value.takesPictures() || value.needsOnePicture() ? pictures(value.needsOnePicture(), wanted.pictures) : null;
        setTitle(wish.analysis.name());
        setMessage(wish.analysis.description());
        page.body().layout(true, true);
        page.fit();
        refresh();
    }

    private Text pictures(boolean isOne, String wanted) {
        new Label(form, SWT.NONE).setText(isOne ? "Picture:" : "Pictures:");
        Composite row = new Composite(form, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(row);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
        Text text = new Text(row, SWT.BORDER);
        text.setMessage(isOne ? "a file, or a picture of a set such as drawn:17"
                : laboratory.picturesOf(wish.network).map(set -> set + ", which the network is asked with")
                        .orElse("a set such as drawn, a folder, an archive or a list"));
        text.setText(wanted);
        text.addModifyListener(event -> refresh());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(text);
        Button browse = new Button(row, SWT.PUSH);
        browse.setText("File…");
        browse.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
            String file = new FileDialog(getShell(), SWT.OPEN).open();
            if (file != null) {
                text.setText(file);
            }
        }));
        return text;
    }

    private void choosePreset() {
        Preset preset = wish.analysis.value().presets().get(presets.getSelectionIndex());
        preset.arguments().forEach((name, text) -> fields.get(name).setText(text));
        refresh();
    }

    private void refresh() {
        if (fields.isEmpty() && !Arguments.fields(wish.analysis.value().arguments()).isEmpty()) {
            return;
        }
        Map<String, String> texts = new TreeMap<>();
        fields.forEach((name, field) -> texts.put(name, field.text()));
        wish = new Wish(wish.analysis, about(), texts, pictures == null ? "" : pictures.getText(), wish.subjects);
        try {
            require();
            setErrorMessage(null);
            ok(true);
        } catch (RuntimeException notYet) {
            setErrorMessage(notYet.getMessage());
            ok(false);
        }
    }

    /** What can be told to be wrong without asking. */
    private void require() {
        Question<?, ?> question = wish.question();
        Analysis<?, ?> value = wish.analysis.value();
        if (value.needsOnePicture() && question.pictures().isEmpty()) {
            throw new IllegalArgumentException("Which picture? Name a file, or a picture of a set such as drawn:17.");
        }
        if (value.needsPictures() && question.pictures().isEmpty() && laboratory.picturesOf(wish.network).isEmpty()) {
            throw new IllegalArgumentException("Which pictures? " + wish.network.name() + " has none yet. Name a set, a folder,"
                    + " an archive or a list.");
        }
    }

    private void ok(boolean isPossible) {
        if (getButton(IDialogConstants.OK_ID) != null) {
            getButton(IDialogConstants.OK_ID).setEnabled(isPossible);
        }
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, "Ask", true);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
        refresh();
    }
}
