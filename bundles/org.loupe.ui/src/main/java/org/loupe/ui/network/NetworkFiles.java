package org.loupe.ui.network;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.MultiStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.ui.IWorkbench;
import org.loupe.core.network.Network;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LoupeUi;

/** Copies network files into the study, in the background, and tells the views. */
public final class NetworkFiles extends Job {

    private final IWorkbench workbench;
    private final Laboratory laboratory;
    private final List<Path> files;

    /** Nothing happens before it is scheduled. */
    public NetworkFiles(IWorkbench workbench, List<Path> files) {
        super(files.size() == 1 ? "Open the network " + files.get(0).getFileName()
                : "Open " + files.size() + " networks");
        this.workbench = workbench;
        this.laboratory = workbench.getService(Laboratory.class);
        this.files = List.copyOf(files);
        setUser(true);
    }

    @Override
    public boolean belongsTo(Object family) {
        return family == AnalysisJob.FAMILY || family == laboratory;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        SubMonitor progress = SubMonitor.convert(monitor, files.size());
        MultiStatus problems = new MultiStatus(NetworkFiles.class, 0, "Some networks could not be opened");
        for (Path file : files) {
            progress.split(1).subTask(file.getFileName().toString());
            try {
                Path copy = laboratory.study().add(laboratory.network(file.toString()));
                Network network = laboratory.network(copy.toString());
                workbench.getService(IEventBroker.class).post(LoupeUi.NETWORK_ADDED, network);
            } catch (RuntimeException e) {
                problems.add(Status.error(e.getMessage(), e));
            }
        }
        IStatus[] all = problems.getChildren();
        return all.length == 0 ? Status.OK_STATUS : all.length == 1 ? all[0] : problems;
    }
}
