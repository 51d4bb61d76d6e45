package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.network.Network;
import org.loupe.platform.Counting.Arguments;
import org.loupe.platform.Counting.Count;

@Timeout(60)
class AnalysisJobTest {

    private static final int FOREVER = Integer.MAX_VALUE;

    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();
    private final Registry registry = new Registry(Contributions.registry(Contributions.ALL),
            (message, cause) -> notices.add(message));
    private final Registered<Analysis<Arguments, Count>> counting = registry.analysis(Counting.class);
    private Laboratory laboratory;
    private Network network;

    @BeforeEach
    void open() {
        laboratory = Laboratory.open(folder, registry, EngineChoice.preferably("reference"), notices::add);
        network = laboratory.network("tiny");
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    private AnalysisJob<Arguments, Count> job(String what, int steps) {
        return new AnalysisJob<>(laboratory, counting, new Arguments(what, steps), network);
    }

    /** Starts a job that never ends and returns when it is at work. */
    private AnalysisJob<Arguments, Count> startEndless(String what) throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        AnalysisJob<Arguments, Count> job = job(what, FOREVER).onProgress(share -> working.countDown());
        job.schedule();
        working.await();
        return job;
    }

    private record Layers(@Argument(label = "Layers", help = "Some layers.") List<String> layers) {
    }

    @Test
    void aQuestionIsCalledByWhatItIsAboutUnlessThatIsMuch() {
        assertEquals(counting.name() + " p2", AnalysisJob.title(counting, new Layers(List.of("p2"))));
        assertEquals(counting.name() + " p2 and p3", AnalysisJob.title(counting, new Layers(List.of("p2", "p3"))));
        assertEquals(counting.name() + " p2 and 2 more", AnalysisJob.title(counting, new Layers(List.of("p2", "p3", "p4"))));
    }

    @Test
    void theNameSaysWhatIsAsked() {
        assertEquals("Count sheep", job("sheep", 3).getName());
    }

    @Test
    void theAnswerArrivesAndIsStored() throws InterruptedException {
        List<Count> answers = new ArrayList<>();
        AnalysisJob<Arguments, Count> job = job("sheep", 3).onAnswer(answers::add);
        job.schedule();
        job.join();
        assertTrue(job.getResult().isOK());
        assertEquals(List.of(new Count(3, false)), answers);
        assertEquals(new Count(3, false), laboratory.stored(counting, job.arguments(), network).orElseThrow());
    }

    @Test
    void cancellingKeepsWhatThereIs() throws InterruptedException {
        AnalysisJob<Arguments, Count> job = startEndless("sheep");
        job.cancel();
        job.join();
        assertEquals(IStatus.CANCEL, job.getResult().getSeverity());
        assertTrue(job.result().orElseThrow().isPartial());
        assertEquals(job.result(), laboratory.stored(counting, job.arguments(), network));
    }

    @Test
    void aFailureIsTheJobsResultAndTheAnswerIsNotLost() throws InterruptedException {
        AnalysisJob<Arguments, Count> job = job("unlucky", 13);
        job.schedule();
        job.join();
        assertEquals(IStatus.ERROR, job.getResult().getSeverity());
        assertTrue(job.getResult().getMessage().contains("No space left"), job.getResult().getMessage());
        assertEquals(new Count(13, false), job.result().orElseThrow());
    }

    @Test
    void jobsOnOneNetworkRunOneAfterTheOther() throws InterruptedException {
        for (int i = 0; i < 8; i++) {
            job("sheep " + i, 20_000).schedule();
        }
        Job.getJobManager().join(AnalysisJob.FAMILY, null);
        assertEquals(8, ((Counting) counting.value()).runs.get());
        assertEquals(1, ((Counting) counting.value()).mostAtOnce.get());
    }

    @Test
    void whatWasNotDoneGoesOnAtTheNextStart() throws InterruptedException {
        startEndless("sheep");
        job("goats", 4).schedule();
        laboratory.close();
        open();
        List<AnalysisJob<?, ?>> interrupted = laboratory.interrupted();
        assertEquals(List.of("Count sheep", "Count goats"), interrupted.stream().map(Job::getName).toList());
        interrupted.get(1).schedule();
        interrupted.get(1).join();
        laboratory.close();
        open();
        assertEquals(List.of("Count sheep"), laboratory.interrupted().stream().map(Job::getName).toList());
    }

    @Test
    void whatWasCancelledIsNotAskedAgain() throws InterruptedException {
        AnalysisJob<Arguments, Count> job = startEndless("sheep");
        job.cancel();
        job.join();
        laboratory.close();
        open();
        assertEquals(List.of(), laboratory.interrupted());
    }

    @Test
    void whatIsWaitingIsWrittenBeforeTheProcessEnds() throws InterruptedException {
        AnalysisJob<Arguments, Count> job = startEndless("sheep");
        while (laboratory.study().queue().waiting().isEmpty()) {
            Thread.onSpinWait();
        }
        assertEquals("sheep", laboratory.study().queue().waiting().get(0).arguments().get("what"));
        job.cancel();
        job.join();
    }

    @Test
    void aQuestionAboutANetworkThatIsGoneIsForgotten() throws InterruptedException {
        network = Contributions.network("gone", "");
        startEndless("sheep");
        laboratory.close();
        open();
        assertEquals(List.of(), laboratory.interrupted());
    }
}
