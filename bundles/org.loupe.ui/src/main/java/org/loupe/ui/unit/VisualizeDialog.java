package org.loupe.ui.unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.loupe.core.Analysis;
import org.loupe.core.Arguments;
import org.loupe.core.Arguments.Field;
import org.loupe.core.Batch;
import org.loupe.core.Preset;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;
import org.loupe.core.objective.Scene;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.ArgumentField;
import org.loupe.ui.results.Costs;
import org.loupe.ui.widgets.Texts;

/**
 * Asks how pictures are to be made. Its fields are made from the analysis' arguments, in groups; what they mean together
 * stands beneath, as the objective that a researcher would write, with what it costs.
 */
final class VisualizeDialog extends TitleAreaDialog {

    private static final int WIDTH = 760;

    /** Which arguments stand together; those that are not named stand last. */
    private static final Map<String, List<String>> GROUPS = groups();

    private final Laboratory laboratory;
    private final UnitInNetwork subject;
    private final Network network;
    private final Registered<Analysis<Visualize.Arguments, Visualized>> analysis;
    private final Map<String, ArgumentField> fields = new LinkedHashMap<>();
    private Visualize.Arguments arguments;
    private Combo presets;
    private Combo examples;
    private Label preview;

    /**
     * @param subject whose picture is asked for
     * @param first   what the fields hold at first
     */
    VisualizeDialog(Shell parent, Laboratory laboratory, UnitInNetwork subject,
            Registered<Analysis<Visualize.Arguments, Visualized>> analysis, Visualize.Arguments first) {
        super(parent);
        this.laboratory = laboratory;
        this.subject = subject;
        this.network = subject.network();
        this.analysis = analysis;
        this.arguments = first;
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Objective", List.of("units", "neuron", "penalty"));
        groups.put("Picture", List.of("space", "spectrum", "transparent", "start", "size"));
        groups.put("Several", List.of("count", "strip", "seed"));
        groups.put("Optimisation", List.of("robustness", "steps", "rate"));
        return groups;
    }

    /** What was chosen. */
    Visualize.Arguments arguments() {
        return arguments;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText("Visualize");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        setTitle("How shall the picture be made?");
        Composite area = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).equalWidth(true).margins(12, 10).spacing(12, 8).applyTo(area);
        GridDataFactory.fillDefaults().grab(true, true).hint(WIDTH, SWT.DEFAULT).applyTo(area);
        createChoices(area);
        List<Field> left = new ArrayList<>(Arguments.fields(Visualize.Arguments.class));
        GROUPS.forEach((title, names) -> {
            List<Field> members = left.stream().filter(field -> names.contains(field.name())).toList();
            left.removeAll(members);
            group(area, title, members);
        });
        if (!left.isEmpty()) {
            group(area, "More", left);
        }
        preview = new Label(area, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(WIDTH, 3 * preview.computeSize(100, SWT.DEFAULT).y)
                .applyTo(preview);
        fill(Arguments.text(arguments));
        return area;
    }

    private void createChoices(Composite area) {
        presets = choice(area, "Preset:", analysis.value().presets().stream().map(Preset::name).toList());
        presets.setToolTipText(analysis.value().presets().stream().map(preset -> preset.name() + ": " + preset.about())
                .collect(Collectors.joining("\n")));
        presets.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> choosePreset()));
        List<ObjectiveExample> all = ObjectiveExample.of(subject.unit(), laboratory.registry().objectiveKinds(),
                new Silent(network));
        examples = choice(area, "Add to the objective:", all.stream().map(ObjectiveExample::about).toList());
        examples.addSelectionListener(SelectionListener.widgetSelectedAdapter(
                event -> write(all.get(examples.getSelectionIndex()))));
    }

    private static Combo choice(Composite area, String label, List<String> items) {
        Composite row = new Composite(area, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(row);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
        new Label(row, SWT.NONE).setText(label);
        Combo combo = new Combo(row, SWT.READ_ONLY);
        combo.setItems(items.toArray(String[]::new));
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH / 4, SWT.DEFAULT).applyTo(combo);
        return combo;
    }

    private void group(Composite area, String title, List<Field> members) {
        Group group = new Group(area, SWT.NONE);
        group.setText(title);
        GridLayoutFactory.swtDefaults().numColumns(2).applyTo(group);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(group);
        members.forEach(field -> fields.put(field.name(), new ArgumentField(group, field, this::refresh)));
    }

    private void choosePreset() {
        int chosen = presets.getSelectionIndex();
        Preset preset = analysis.value().presets().get(chosen);
        fill(preset(preset));
        presets.select(chosen);
        setMessage(preset.about());
    }

    /** Writes an example into its field; a person then changes what is in it. */
    private void write(ObjectiveExample example) {
        ArgumentField field = fields.get(example.use() == ObjectiveExample.Use.IS_PENALTY ? "penalty" : "units");
        String before = example.use() == ObjectiveExample.Use.REPLACES ? "" : field.text().strip();
        field.setText(before.isEmpty() ? example.text() : before + " + " + example.text());
        field.setFocus();
    }

    /** Names the preset that says just this, if there is one. */
    private void namePreset() {
        List<Preset> all = analysis.value().presets();
        int index = IntStream.range(0, all.size()).filter(i -> arguments.equals(
                Arguments.record(Visualize.Arguments.class, preset(all.get(i))))).findFirst().orElse(-1);
        if (index < 0) {
            presets.deselectAll();
        } else {
            presets.select(index);
        }
    }

    /** What the fields hold when a preset is chosen: what it does not speak of, as which units, stays. */
    private Map<String, String> preset(Preset preset) {
        Map<String, String> texts = new HashMap<>(preset.arguments());
        for (String kept : List.of("units", "count", "seed", "start")) {
            texts.put(kept, fields.get(kept).text());
        }
        texts.putIfAbsent("neuron", fields.get("neuron").text());
        return texts;
    }

    private void fill(Map<String, String> texts) {
        fields.forEach((name, field) -> field.setText(texts.getOrDefault(name, field.standard())));
        refresh();
    }

    private void refresh() {
        if (preview == null) {
            return;
        }
        try {
            Map<String, String> texts = new HashMap<>();
            fields.forEach((name, field) -> texts.put(name, field.text()));
            arguments = Arguments.record(Visualize.Arguments.class, texts);
            namePreset();
            preview.setText(describe());
            ok(true);
            setErrorMessage(null);
        } catch (RuntimeException notYet) {
            preview.setText("");
            ok(false);
            setErrorMessage(notYet.getMessage());
        }
    }

    private void ok(boolean isPossible) {
        if (getButton(IDialogConstants.OK_ID) != null) {
            getButton(IDialogConstants.OK_ID).setEnabled(isPossible);
        }
    }

    private String describe() {
        if (analysis.value().needsPictures(arguments) && laboratory.picturesOf(network).isEmpty()) {
            throw new IllegalArgumentException("This speaks of pictures. Choose some for " + network + " first: Explain >"
                    + " Choose Pictures.");
        }
        Scene scene = new Silent(network);
        List<Objective> objectives = laboratory.registry().objectives().readAll(arguments.units(), arguments.neuron(), scene);
        String penalty = arguments.penalty().isBlank() ? "" : " minus "
                + laboratory.registry().objectives().read(arguments.penalty(), false, scene);
        String what = objectives.stream().map(Objective::toString)
                .collect(Collectors.joining(arguments.strip() > 0 ? " to " : "; "));
        int pictures = Math.max(arguments.strip(), objectives.size()) * arguments.count();
        double seconds = new Costs().seconds(network, work(objectives));
        return "Maximises " + what + penalty + ".\n" + (pictures == 1 ? "One picture" : pictures + " pictures") + ", "
                + Texts.about(seconds) + ".";
    }

    private double work(List<Objective> objectives) {
        return objectives.stream().flatMap(objective -> objective.taps().stream()).map(Tap::layer)
                .filter(layer -> network.layers().stream().anyMatch(one -> one.name().equals(layer)))
                .mapToDouble(layer -> Costs.work(network, new Unit(layer, 0), arguments.steps(),
                        arguments.shown())).max().orElse(0);
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, "Make the picture", true);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
        refresh();
    }

    /** Answers to every picture with nothing: enough to check what is written, without running anything. */
    private record Silent(Network network) implements Scene {
        @Override
        public Batch activations(Tap tap, String picture) {
            Shape input = network.input().shape();
            Shape shape = network.shapes(input.rows(), input.columns()).get(network.source(tap));
            return Batch.zeros(1, shape.channels(), shape.rows(), shape.columns());
        }
    }
}
