package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Edit;
import org.loupe.core.network.Network;
import org.loupe.ui.labels.Labels;

/** What a person writes about units, as all views are told of it. */
class LabelsTest {

    private static final int TIMES = 20;

    @Test
    void whatIsWrittenWhileAnnotationsAreReadStays() {
        Labels labels = Labels.of(PlatformUI.getWorkbench());
        Unit unit = new Unit("shapes", 1);
        for (int time = 0; time < TIMES; time++) {
            Network network = TinyNetwork.of("written at once " + time, 900 + time);
            labels.known(network);
            labels.change(network, new Edit.Label(unit, "corner"));
            Ui.until("what was written before is read", () -> Arrays.stream(Job.getJobManager().find(null))
                    .noneMatch(job -> job.getName().equals("Read annotations of " + network)));
            Ui.settle();
            assertEquals(Optional.of("corner"), labels.known(network).label(unit));
        }
    }
}
