package org.loupe.ui.results;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;
import org.loupe.core.network.Network;
import org.loupe.core.surgery.EditStack;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.widgets.ScrollingPage;

/** Offers to open the network that came of a question, or to make the one that it is about. */
public final class MadeBar {

    private static final int LONGEST = 60;

    private final Composite bar;
    private final Button open;
    private Runnable opening = () -> { };

    /** Makes one that offers nothing; its parent has a grid. */
    public MadeBar(Composite parent) {
        bar = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(bar);
        GridDataFactory.fillDefaults().exclude(true).applyTo(bar);
        bar.setVisible(false);
        open = new Button(bar, SWT.PUSH);
        open.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> opening.run()));
    }

    /** Offers what a result has; nothing where it has no network. */
    public void show(Optional<Finding<?>> finding) {
        boolean isThere = false;
        if (finding.isPresent() && !finding.get().isGrowing()) {
            Network asked = finding.get().network();
            Optional<Network> made = finding.get().result().derived();
            List<String> edits = finding.get().result().edits();
            if (made.isPresent()) {
                offer("Open the network " + made.get().name(), "Put it into the study, where its units are like any others",
                        () -> open(asked, made::get));
                isThere = true;
            } else if (!edits.isEmpty()) {
                offer("Make the changed network", "Make a network of " + asked.name() + " by these edits, which can be taken back"
                        + " in the view Edits", () -> make(asked, edits));
                isThere = true;
            }
        }
        ((GridData) bar.getLayoutData()).exclude = !isThere;
        bar.setVisible(isThere);
        ScrollingPage.fitAround(bar);
    }

    private void offer(String text, String tip, Runnable run) {
        open.setText(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
        open.setToolTipText(tip);
        opening = run;
        ScrollingPage.fitAround(open);
    }

    /**
     * Puts a network into the study and shows it, in the background.
     *
     * @param of   the network that it was made of
     * @param made gives it; called in the background
     */
    public static void open(Network of, Supplier<Network> made) {
        work("Open a network that was made of " + of.name(), LoupeUi.NETWORK_ADDED,
                laboratory -> laboratory.keepMade(made.get(), of, "made of " + of.name()));
    }

    private static void make(Network asked, List<String> edits) {
        work("Make a network of " + asked.name(), LoupeUi.NETWORK_EDITED, laboratory -> {
            Optional<EditStack> known = laboratory.edits().all().stream().filter(stack -> stack.base().equals(laboratory.hash(asked))
                    && stack.made().stream().map(EditStack.Step::change).toList().equals(edits)).findFirst();
            if (known.isPresent()) {
                return laboratory.network(known.get().name());
            }
            EditStack stack = EditStack.of(asked, free(laboratory, asked.name() + "-replaced"));
            for (String edit : edits) {
                stack = stack.with(new EditStack.Step(edit, ""));
            }
            return laboratory.edits().make(stack);
        });
    }

    private static String free(Laboratory laboratory, String name) {
        String free = name;
        for (int i = 2; laboratory.isNetwork(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /** Gives a network of a laboratory. */
    private interface Making {
        Network in(Laboratory laboratory);
    }

    private static void work(String name, String event, Making making) {
        IWorkbench workbench = PlatformUI.getWorkbench();
        Laboratory laboratory = workbench.getService(Laboratory.class);
        Job job = Job.create(name, (ICoreRunnable) monitor -> {
            try {
                workbench.getService(IEventBroker.class).post(event, making.in(laboratory));
            } catch (RuntimeException refused) {
                throw new CoreException(Status.error(refused.getMessage(), refused));
            }
        });
        job.setUser(true);
        job.schedule();
    }
}
