package org.loupe.ui.probe;

import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.loupe.core.Analysis;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.visualize.Grid;
import org.loupe.core.visualize.Gridded;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.ui.Lookup;
import org.loupe.ui.results.Costs;
import org.loupe.ui.widgets.Texts;

/** Where a person asks for the grid of a layer: from the store at once, otherwise made in the background. */
final class GridBar extends Composite {

    private static final int MOST_CELLS = 400;
    private static final int PERCENT = 100;
    private static final int WIDTH = 90;

    private final Display display;
    private final Laboratory laboratory;
    private final Registered<Analysis<Grid.Arguments, Gridded>> analysis;
    private final Lookup<Question, Found> stored;
    private final Runnable changed;
    private final Combo layer;
    private final Button strength;
    private final Button make;
    private final Label state;
    private AnalysisJob<Grid.Arguments, Gridded> job;
    private Question question;
    private Gridded shown;

    /** A layer and a picture that a network is asked about. */
    private record Question(Network network, String picture, String layer) {
    }

    private record Found(Question question, Optional<Gridded> gridded) {
    }

    /** @param changed is told when there is something else to see */
    GridBar(Composite parent, Laboratory laboratory, Runnable changed) {
        super(parent, SWT.NONE);
        this.display = parent.getDisplay();
        this.laboratory = laboratory;
        this.changed = changed;
        this.analysis = laboratory.registry().analysis(Grid.class);
        GridLayoutFactory.fillDefaults().numColumns(5).spacing(4, 0).applyTo(this);
        new Label(this, SWT.NONE).setText("Grid of");
        layer = new Combo(this, SWT.DROP_DOWN | SWT.READ_ONLY);
        layer.setToolTipText("The layer whose activations are made into pictures, one for each position");
        GridDataFactory.fillDefaults().hint(WIDTH, SWT.DEFAULT).applyTo(layer);
        layer.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> look()));
        make = new Button(this, SWT.PUSH);
        make.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> makeOrCancel()));
        strength = new Button(this, SWT.CHECK);
        strength.setText("Size by strength");
        strength.setToolTipText("Draw a position the smaller the shorter its vector of activations is");
        strength.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> changed.run()));
        state = new Label(this, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(state);
        stored = new Lookup<>("a grid", getDisplay(), this::find, this::found, problem -> state.setText(problem.getMessage()));
        addDisposeListener(event -> {
            stored.close();
            cancel();
        });
    }

    /** Offers the layers of which a grid can be made of a picture; nothing is made before a person asks. */
    void setPicture(Network network, ProbeSource source, List<Layer> layers) {
        boolean isOther = question == null || question.network != network;
        question = new Question(network, source.spelling(), isOther ? "" : layer.getText());
        if (isOther) {
            layer.setItems(layers.stream().filter(one -> isPossible(network, one)).map(Layer::name).toArray(String[]::new));
            layer.select(layer.getItemCount() / 2);
        }
        look();
    }

    private static boolean isPossible(Network network, Layer layer) {
        Shape shape = network.shape(layer);
        return shape.area() > 1 && shape.area() <= MOST_CELLS;
    }

    /** What is to be seen, of shape (1, 3, rows, columns); nothing while there is no grid. */
    Optional<Batch> picture() {
        return Optional.ofNullable(shown).map(gridded -> strength.getSelection() ? gridded.byStrength() : gridded.grid());
    }

    /** What is to be seen, in words. */
    String legend() {
        return "grid of " + shown.layer() + (shown.isPartial() ? ", after " + shown.done() + " of " + shown.steps() + " steps" : "");
    }

    private void look() {
        cancel();
        shown = null;
        if (layer.getSelectionIndex() < 0) {
            make.setEnabled(false);
            state.setText("No layer has few enough positions.");
        } else if (question.picture.isEmpty()) {
            make.setEnabled(false);
            state.setText("Save the pasted picture to a file first.");
        } else {
            question = new Question(question.network, question.picture, layer.getText());
            stored.ask(question);
        }
        label();
        changed.run();
    }

    private Found find(Question asked) {
        try (PictureSet picture = laboratory.picture(asked.picture)) {
            return new Found(asked, laboratory.stored(analysis, Grid.Arguments.of(asked.layer), asked.network, Optional.of(picture)));
        }
    }

    private void found(Found found) {
        if (!isDisposed() && found.question.equals(question)) {
            shown = found.gridded.orElse(null);
            make.setEnabled(true);
            state.setText("");
            label();
            changed.run();
        }
    }

    private void label() {
        make.setText(job != null ? "Cancel" : shown == null ? "Make, " + cost() : shown.isPartial() ? "Go on, " + cost() : "Made");
        make.setEnabled(make.isEnabled() && (job != null || shown == null || shown.isPartial()));
        requestLayout();
    }

    private String cost() {
        if (layer.getSelectionIndex() < 0) {
            return "";
        }
        Network network = question.network;
        Shape shape = network.shape(network.layer(layer.getText()));
        Shape input = network.input().shape();
        Grid.Arguments usual = Grid.Arguments.of(layer.getText());
        double part = Math.pow(1.5 * usual.cell(), 2) / input.area();
        return Texts.about(new Costs().seconds(network,
                part * Costs.work(network, new Unit(layer.getText(), 0), usual.steps(), shape.area())));
    }

    private void makeOrCancel() {
        if (job != null) {
            job.cancel();
            return;
        }
        AnalysisJob<Grid.Arguments, Gridded> mine = new AnalysisJob<>(laboratory, analysis, Grid.Arguments.of(question.layer),
                question.network, Optional.of(question.picture));
        mine.onSnapshot(soFar -> later(mine, () -> show(soFar)));
        mine.onProgress(share -> later(mine, () -> state.setText(Math.round(PERCENT * share) + " %")));
        mine.addJobChangeListener(new JobChangeAdapter() {
            @Override
            public void done(IJobChangeEvent event) {
                later(mine, () -> {
                    job = null;
                    state.setText(mine.result().isPresent() ? "" : event.getResult().getMessage());
                    mine.result().ifPresent(GridBar.this::show);
                    make.setEnabled(true);
                    label();
                });
            }
        });
        job = mine;
        label();
        mine.schedule();
    }

    private void show(Gridded soFar) {
        shown = soFar;
        changed.run();
    }

    private void cancel() {
        if (job != null) {
            job.cancel();
            job = null;
        }
    }

    /** Runs something on the UI thread, unless nobody waits for this job any more. */
    private void later(AnalysisJob<?, ?> mine, Runnable action) {
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                if (!isDisposed() && job == mine) {
                    action.run();
                }
            });
        }
    }
}
