package org.loupe.ui.preferences;

import java.io.IOException;
import java.util.stream.Stream;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.jface.preference.ComboFieldEditor;
import org.eclipse.jface.preference.FieldEditor;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.jface.preference.IntegerFieldEditor;
import org.eclipse.jface.preference.RadioGroupFieldEditor;
import org.eclipse.jface.util.PropertyChangeEvent;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.preferences.ScopedPreferenceStore;
import org.loupe.platform.EngineChoice;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registry;
import org.loupe.ui.LoupeUi;

/** The one page of preferences: engine, pictures on the wall, theme. */
public final class LoupePage extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {

    private static final int MOST_STEPS = 1_000_000;
    private static final int MOST_WORKERS = 16;

    private final ScopedPreferenceStore platform =
            new ScopedPreferenceStore(InstanceScope.INSTANCE, Registry.NAMESPACE);
    private Laboratory laboratory;
    private IWorkbench workbench;
    private FieldEditor engine;
    private Combo theme;

    public LoupePage() {
        super(GRID);
    }

    @Override
    public void init(IWorkbench opened) {
        workbench = opened;
        laboratory = opened.getService(Laboratory.class);
        setPreferenceStore(new ScopedPreferenceStore(InstanceScope.INSTANCE, LoupeUi.BUNDLE));
        setDescription("Every key can be changed on the page Keys; Ctrl+3 finds every command.");
    }

    @Override
    protected void createFieldEditors() {
        Composite parent = getFieldEditorParent();
        String[][] engines = Stream.concat(Stream.<String[]>of(new String[] {"The fastest that runs here", ""}),
                laboratory.registry().engines().stream()
                        .map(one -> new String[] {one.name() + " (" + one.shortName() + ")", one.shortName()}))
                .toArray(String[][]::new);
        engine = new ComboFieldEditor(EngineChoice.PREFERENCE, "Engine (from the next start on):", engines, parent) {
            @Override
            public void load() {
                setPreferenceStore(platform);
                super.load();
            }

            @Override
            public void loadDefault() {
                setPreferenceStore(platform);
                super.loadDefault();
            }
        };
        addField(engine);
        addField(new RadioGroupFieldEditor(PictureChoice.NEURON, "A picture on the wall shows what excites", 1,
                new String[][] {{"the channel: the mean of its whole map", "false"},
                    {"the neuron in the middle of the channel's map", "true"}}, parent, true));
        IntegerFieldEditor steps = new IntegerFieldEditor(PictureChoice.STEPS, "Steps for a picture:", parent, 7);
        steps.setValidRange(1, MOST_STEPS);
        addField(steps);
        IntegerFieldEditor workers =
                new IntegerFieldEditor(PictureChoice.WORKERS, "Pictures made at the same time:", parent, 2);
        workers.setValidRange(1, MOST_WORKERS);
        workers.getTextControl(parent).setToolTipText("Each keeps one processor busy. Takes effect when the wall"
                + " is opened again.");
        addField(workers);
        new Label(parent, SWT.NONE).setText("Theme:");
        theme = new Combo(parent, SWT.READ_ONLY);
        theme.setItems(Stream.of(Theme.values()).map(Theme::label).toArray(String[]::new));
        theme.select(Theme.chosen().ordinal());
    }

    @Override
    public void propertyChange(PropertyChangeEvent event) {
        super.propertyChange(event);
        if (event.getSource() == engine) {
            setMessage("The engine changes when Loupe is started the next time.", INFORMATION);
        }
    }

    @Override
    protected void performDefaults() {
        theme.select(Theme.SYSTEM.ordinal());
        super.performDefaults();
    }

    @Override
    public boolean performOk() {
        Theme wanted = Theme.values()[theme.getSelectionIndex()];
        if (wanted != Theme.chosen()) {
            wanted.choose(workbench.getService(IThemeEngine.class), workbench.getDisplay());
        }
        boolean isDone = super.performOk();
        try {
            platform.save();
        } catch (IOException e) {
            ILog.of(LoupePage.class).warn("The choice of the engine could not be remembered for the next start", e);
        }
        return isDone;
    }
}
