package org.loupe.engine.onednn;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bytedeco.dnnl.stream;

/** A thread that works while another one runs a pass. It is there only when it is needed. */
final class Beside implements AutoCloseable {

    private static final long SECONDS_UNTIL_IT_ENDS = 10;

    private final stream stream;
    private final ThreadPoolExecutor thread;

    /** @param stream for what runs on the thread */
    Beside(stream stream) {
        this.stream = stream;
        thread = new ThreadPoolExecutor(1, 1, SECONDS_UNTIL_IT_ENDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread made = new Thread(work, "Loupe fetching numbers");
            made.setDaemon(true);
            return made;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    /** Does something after all that was begun before; what it finds is there when it is done. */
    <T> CompletableFuture<T> begin(Function<stream, T> work) {
        return CompletableFuture.supplyAsync(() -> work.apply(stream), thread);
    }

    /** Ends the thread, when everything that was begun is done. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
